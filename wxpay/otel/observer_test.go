package wxotel_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/noop"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/wxgen/wxgen/wxpay"
	wxotel "github.com/wxgen/wxgen/wxpay/otel"
)

var merchantKey = sync.OnceValue(newKey)
var platformKey = sync.OnceValue(newKey)

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

// world is a client whose answers the test makes, and what OpenTelemetry saw of it.
type world struct {
	client *wxpay.Client
	spans  *tracetest.SpanRecorder
	reader *sdkmetric.ManualReader
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func newWorld(t *testing.T, answer roundTrip, opts ...wxotel.Option) *world {
	t.Helper()
	w := &world{spans: tracetest.NewSpanRecorder(), reader: sdkmetric.NewManualReader()}
	opts = append([]wxotel.Option{
		wxotel.WithTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(w.spans))),
		wxotel.WithMeterProvider(sdkmetric.NewMeterProvider(sdkmetric.WithReader(w.reader))),
	}, opts...)
	observer, err := wxotel.New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	w.client, err = wxpay.NewClient(wxpay.Config{
		MchID: "1900000001", SerialNo: strings.Repeat("0", 40), Signer: merchantKey(), Observer: observer,
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_01", &platformKey().PublicKey),
		Retry:      wxpay.RetryPolicy{MaxTries: 1},
		HTTPClient: &http.Client{Transport: answer},
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// signed answers as WeChat Pay does.
func signed(status int, body string) *http.Response {
	timestamp := fmt.Sprint(time.Now().Unix())
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\nn\n%s\n", timestamp, body))
	signature, err := rsa.SignPKCS1v15(nil, platformKey(), crypto.SHA256, digest[:])
	if err != nil {
		panic(err)
	}
	return &http.Response{
		StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
		Header: http.Header{
			"Request-Id": {"REQ-1"}, "Wechatpay-Timestamp": {timestamp}, "Wechatpay-Nonce": {"n"},
			"Wechatpay-Serial": {"PUB_KEY_ID_01"}, "Wechatpay-Signature": {base64.StdEncoding.EncodeToString(signature)},
		},
	}
}

var query = &wxpay.Operation{Name: "orders.Query", Method: "GET", Path: "/v3/orders/{out_trade_no}"}

type queryRequest struct {
	OutTradeNo string `path:"out_trade_no"`
	Name       string `query:"name"`
}

const secret = "ZhangSan"

func (w *world) call(t *testing.T) error {
	t.Helper()
	return w.client.Do(t.Context(), query, &queryRequest{OutTradeNo: "ORDER-" + secret, Name: secret}, nil)
}

// span returns the one span of a name.
func (w *world) span(t *testing.T, name string) sdktrace.ReadOnlySpan {
	t.Helper()
	var found []sdktrace.ReadOnlySpan
	for _, span := range w.spans.Ended() {
		if span.Name() == name {
			found = append(found, span)
		}
	}
	if len(found) == 0 {
		t.Fatalf("no span %q", name)
	}
	return found[len(found)-1]
}

// text writes attributes in the order of their names.
func text(attributes []attribute.KeyValue) string {
	pairs := make([]string, len(attributes))
	for i, a := range attributes {
		pairs[i] = string(a.Key) + "=" + a.Value.String()
	}
	slices.Sort(pairs)
	return strings.Join(pairs, " ")
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s is\n%s\nwant\n%s", what, got, want)
	}
}

const request = "http.request.method=GET "
const server = "server.address=api.mch.weixin.qq.com server.port=443 url.template=/v3/orders/{out_trade_no}"

func TestCallThatSucceeds(t *testing.T) {
	var inTransport trace.SpanContext
	w := newWorld(t, func(r *http.Request) (*http.Response, error) {
		inTransport = trace.SpanContextFromContext(r.Context())
		return signed(200, `{"name":"`+secret+`"}`), nil
	})
	if err := w.call(t); err != nil {
		t.Fatal(err)
	}
	call, try := w.span(t, "orders.Query"), w.span(t, "GET /v3/orders/{out_trade_no}")
	expect(t, "the call", text(call.Attributes()), "wxpay.mchid=1900000001 wxpay.operation=orders.Query wxpay.request_id=REQ-1 wxpay.tries=1")
	expect(t, "the try", text(try.Attributes()), request+"http.response.status_code=200 "+server+" wxpay.operation=orders.Query wxpay.request_id=REQ-1")
	if call.SpanKind() != trace.SpanKindInternal || try.SpanKind() != trace.SpanKindClient || try.Parent().SpanID() != call.SpanContext().SpanID() {
		t.Error("the try is no child of the call, or the kinds are wrong")
	}
	if inTransport.SpanID() != try.SpanContext().SpanID() {
		t.Error("the transport does not see the span of the try")
	}
	if call.Status().Code != codes.Unset || try.Status().Code != codes.Unset {
		t.Error("a success has a status")
	}
	metrics := w.metrics(t)
	expect(t, "the metric of calls", metrics["wxpay.client.call.duration"], "1 wxpay.operation=orders.Query")
	expect(t, "the metric of tries", metrics["http.client.request.duration"], "1 "+request+"http.response.status_code=200 "+server)
	w.refuseSecrets(t)
}

func TestCallsThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		answer    func() (*http.Response, error)
		call, try string
	}{
		"refused": {
			func() (*http.Response, error) {
				return signed(400, `{"code":"PARAM_ERROR","message":"`+secret+` is wrong"}`), nil
			},
			"error.type=refused wxpay.error.code=PARAM_ERROR", "error.type=400",
		},
		"unverified": {
			func() (*http.Response, error) {
				r := signed(200, `{}`)
				r.Header.Set("Wechatpay-Nonce", "other")
				return r, nil
			},
			"error.type=unverified", "error.type=unverified",
		},
		"no answer": {
			func() (*http.Response, error) { return nil, errors.New("reset by " + secret) },
			"error.type=no_answer", "error.type=no_answer",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, func(*http.Request) (*http.Response, error) { return c.answer() })
			if w.call(t) == nil {
				t.Fatal("it succeeded")
			}
			call, try := w.span(t, "orders.Query"), w.span(t, "GET /v3/orders/{out_trade_no}")
			for span, want := range map[sdktrace.ReadOnlySpan]string{call: c.call, try: c.try} {
				for part := range strings.FieldsSeq(want) {
					if got := text(span.Attributes()); !slices.Contains(strings.Fields(got), part) {
						t.Errorf("%s: %s is not in %s", span.Name(), part, got)
					}
				}
				if span.Status().Code != codes.Error || len(span.Events()) > 0 {
					t.Errorf("%s: status %v, events %v", span.Name(), span.Status(), span.Events())
				}
			}
			for name, got := range w.metrics(t) {
				if !strings.Contains(got, "error.type=") {
					t.Errorf("%s: %s", name, got)
				}
			}
			w.refuseSecrets(t)
		})
	}
}

// The outcome of a call that changes something is unknown if its answer cannot be verified.
func TestOutcomeUnknown(t *testing.T) {
	w := newWorld(t, func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: http.NoBody}, nil
	})
	pay := &wxpay.Operation{Name: "orders.Pay", Method: "POST", Path: "/v3/pay"}
	if err := w.client.Do(t.Context(), pay, nil, nil); err == nil {
		t.Fatal("it succeeded")
	}
	if got := text(w.span(t, "orders.Pay").Attributes()); !strings.Contains(got, "wxpay.outcome_unknown=true") {
		t.Error(got)
	}
}

// The second try is a span of its own that says so.
func TestTriesAreCounted(t *testing.T) {
	w := &world{spans: tracetest.NewSpanRecorder()}
	direct, err := wxotel.New(wxotel.WithTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(w.spans))))
	if err != nil {
		t.Fatal(err)
	}
	ctx := direct.StartCall(t.Context(), &wxpay.CallInfo{Operation: "orders.Query", Method: "GET", Path: query.Path})
	for number := 1; number <= 2; number++ {
		try := &wxpay.TryInfo{Method: "GET", Host: "127.0.0.1:8080", Number: number}
		direct.EndTry(direct.StartTry(ctx, try), try)
	}
	direct.EndCall(ctx, &wxpay.CallInfo{Operation: "orders.Query", Tries: 2})
	got := text(w.span(t, "GET /v3/orders/{out_trade_no}").Attributes())
	if !strings.Contains(got, "http.request.resend_count=1 server.address=127.0.0.1 server.port=8080") {
		t.Error(got)
	}
}

// Without a provider nothing happens, and calls go on.
func TestGlobalProvidersAreTheDefault(t *testing.T) {
	observer, err := wxotel.New()
	if err != nil {
		t.Fatal(err)
	}
	info := &wxpay.CallInfo{Operation: "orders.Query"}
	observer.EndCall(observer.StartCall(t.Context(), info), info)
}

// brokenMeters refuse every instrument.
type brokenMeters struct{ noop.MeterProvider }

func (brokenMeters) Meter(string, ...metric.MeterOption) metric.Meter { return brokenMeter{} }

type brokenMeter struct{ noop.Meter }

func (brokenMeter) Float64Histogram(string, ...metric.Float64HistogramOption) (metric.Float64Histogram, error) {
	return nil, errors.New("no room")
}

func TestMeterThatRefuses(t *testing.T) {
	if observer, err := wxotel.New(wxotel.WithMeterProvider(brokenMeters{})); observer != nil || err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("%v, %v", observer, err)
	}
}

// metrics returns the count and the labels of each histogram.
func (w *world) metrics(t *testing.T) map[string]string {
	t.Helper()
	var all metricdata.ResourceMetrics
	if err := w.reader.Collect(context.Background(), &all); err != nil {
		t.Fatal(err)
	}
	out := make(map[string]string)
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			for _, point := range m.Data.(metricdata.Histogram[float64]).DataPoints {
				out[m.Name] += fmt.Sprint(point.Count) + " " + text(point.Attributes.ToSlice())
			}
			if m.Unit != "s" {
				t.Errorf("%s has the unit %q", m.Name, m.Unit)
			}
		}
	}
	return out
}

// refuseSecrets looks for what must not leave in anything that was reported.
func (w *world) refuseSecrets(t *testing.T) {
	t.Helper()
	var out bytes.Buffer
	for _, span := range tracetest.SpanStubsFromReadOnlySpans(w.spans.Ended()) {
		fmt.Fprintf(&out, "%+v\n", span)
	}
	fmt.Fprint(&out, w.metrics(t))
	if strings.Contains(out.String(), secret) {
		t.Errorf("values of the call are in %s", out.String())
	}
}
