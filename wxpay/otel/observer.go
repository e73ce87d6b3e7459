package wxotel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/wxgen/wxgen/wxpay"
)

// scope names this package as the source of spans and metrics.
const scope = "github.com/wxgen/wxgen/wxpay/otel"

// The attributes that the semantic conventions do not have.
const (
	keyOperation      = attribute.Key("wxpay.operation")
	keyMchID          = attribute.Key("wxpay.mchid")
	keyTries          = attribute.Key("wxpay.tries")
	keyRequestID      = attribute.Key("wxpay.request_id")
	keyErrorCode      = attribute.Key("wxpay.error.code")
	keyOutcomeUnknown = attribute.Key("wxpay.outcome_unknown")
)

// Option changes where New reports to.
type Option func(*settings)

type settings struct {
	tracers trace.TracerProvider
	meters  metric.MeterProvider
}

// WithTracerProvider sends spans to a provider instead of the global one.
func WithTracerProvider(provider trace.TracerProvider) Option {
	return func(s *settings) { s.tracers = provider }
}

// WithMeterProvider sends metrics to a provider instead of the global one.
func WithMeterProvider(provider metric.MeterProvider) Option {
	return func(s *settings) { s.meters = provider }
}

// New returns an observer for wxpay.Config, which one or several clients share. The error is that of a meter provider that
// refuses an instrument.
func New(opts ...Option) (wxpay.Observer, error) {
	s := settings{tracers: otel.GetTracerProvider(), meters: otel.GetMeterProvider()}
	for _, option := range opts {
		option(&s)
	}
	meter := s.meters.Meter(scope, metric.WithSchemaURL(semconv.SchemaURL))
	calls, callsErr := meter.Float64Histogram("wxpay.client.call.duration",
		metric.WithUnit("s"), metric.WithDescription("Duration of calls to WeChat Pay, with all tries and the waits between."), buckets)
	tries, triesErr := meter.Float64Histogram("http.client.request.duration",
		metric.WithUnit("s"), metric.WithDescription("Duration of HTTP client requests."), buckets)
	if err := errors.Join(callsErr, triesErr); err != nil {
		return nil, fmt.Errorf("wxotel: make the metrics: %w", err)
	}
	return &observer{
		tracer: s.tracers.Tracer(scope, trace.WithSchemaURL(semconv.SchemaURL)),
		calls:  calls,
		tries:  tries,
	}, nil
}

// buckets are those that the conventions advise for HTTP, up to the 30 s that a call may take by default.
var buckets = metric.WithExplicitBucketBoundaries(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30)

type observer struct {
	tracer       trace.Tracer
	calls, tries metric.Float64Histogram
}

// template is the context key for the path of a call, which its tries do not know.
type template struct{}

func (o *observer) StartCall(ctx context.Context, call *wxpay.CallInfo) context.Context {
	ctx = context.WithValue(ctx, template{}, call.Path)
	ctx, _ = o.tracer.Start(ctx, call.Operation, trace.WithSpanKind(trace.SpanKindInternal), trace.WithAttributes(
		keyOperation.String(call.Operation), keyMchID.String(call.MchID)))
	return ctx
}

func (o *observer) EndCall(ctx context.Context, call *wxpay.CallInfo) {
	labels := []attribute.KeyValue{keyOperation.String(call.Operation)}
	if call.Class != wxpay.ClassNone {
		labels = append(labels, semconv.ErrorTypeKey.String(string(call.Class)))
	}
	o.calls.Record(ctx, call.Duration.Seconds(), metric.WithAttributeSet(attribute.NewSet(labels...)))
	span := trace.SpanFromContext(ctx)
	defer span.End()
	if !span.IsRecording() {
		return
	}
	span.SetAttributes(keyTries.Int(call.Tries))
	setRequestID(span, call.RequestID)
	setFailure(span, call.Err, string(call.Class))
	if refused, ok := errors.AsType[*wxpay.APIError](call.Err); ok && refused.Code != "" {
		span.SetAttributes(keyErrorCode.String(string(refused.Code)))
	}
	if errors.Is(call.Err, wxpay.ErrOutcomeUnknown) {
		span.SetAttributes(keyOutcomeUnknown.Bool(true))
	}
}

func (o *observer) StartTry(ctx context.Context, try *wxpay.TryInfo) context.Context {
	attributes := append(requestOf(ctx, try), keyOperation.String(try.Operation))
	if try.Number > 1 {
		attributes = append(attributes, semconv.HTTPRequestResendCount(try.Number-1))
	}
	path, _ := ctx.Value(template{}).(string)
	ctx, _ = o.tracer.Start(ctx, try.Method+" "+path, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
	return ctx
}

func (o *observer) EndTry(ctx context.Context, try *wxpay.TryInfo) {
	failure := string(try.Class)
	var result []attribute.KeyValue
	if try.Status != 0 {
		result = append(result, semconv.HTTPResponseStatusCode(try.Status))
	}
	if try.Class == wxpay.ClassRefused {
		failure = strconv.Itoa(try.Status) // as the conventions want it
	}
	span := trace.SpanFromContext(ctx)
	if span.IsRecording() {
		span.SetAttributes(result...)
		setRequestID(span, try.RequestID)
		setFailure(span, try.Err, failure)
	}
	span.End()
	if try.Err != nil {
		result = append(result, semconv.ErrorTypeKey.String(failure))
	}
	o.tries.Record(ctx, try.Duration.Seconds(), metric.WithAttributeSet(attribute.NewSet(append(requestOf(ctx, try), result...)...)))
}

// requestOf describes the request of a try. All of it is known from the specs and the configuration, so that it makes as many
// time series as there are operations.
func requestOf(ctx context.Context, try *wxpay.TryInfo) []attribute.KeyValue {
	path, _ := ctx.Value(template{}).(string)
	host, port := try.Host, 443
	if name, number, err := net.SplitHostPort(try.Host); err == nil {
		if n, err := strconv.Atoi(number); err == nil {
			host, port = name, n
		}
	}
	return []attribute.KeyValue{
		semconv.HTTPRequestMethodKey.String(try.Method),
		semconv.ServerAddress(host),
		semconv.ServerPort(port),
		semconv.URLTemplate(path),
	}
}

func setRequestID(span trace.Span, id string) {
	if id != "" {
		span.SetAttributes(keyRequestID.String(id))
	}
}

// setFailure says what kind of failure it was. The text of the error stays out, because WeChat Pay's messages may quote what
// was sent.
func setFailure(span trace.Span, err error, kind string) {
	if err == nil {
		return
	}
	span.SetAttributes(semconv.ErrorTypeKey.String(kind))
	span.SetStatus(codes.Error, kind)
}
