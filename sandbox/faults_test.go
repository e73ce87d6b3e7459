package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// The three kinds of calls that differ in what may be done after a failure.
var kinds = []*wxpay.Operation{
	{Name: "GET", Method: "GET", Path: "/v3/faults"},
	{Name: "idempotent POST", Method: "POST", Path: "/v3/faults/idempotent", Idempotent: true},
	{Name: "POST", Method: "POST", Path: "/v3/faults/plain"},
}

// bench is a server with a client of its own, and a count of what was really carried out.
type bench struct {
	*sandbox.Server
	client   *wxpay.Client
	op       *wxpay.Operation
	times    int // of the rule that a fault is made of
	carried  atomic.Int64
	tries    atomic.Int64
	afterTry func(n int64) // may be nil
	jump     atomic.Int64  // of the clock
}

// tuning is what a fault needs of the server and the client.
type tuning struct {
	options             []sandbox.Option
	timeout, tryTimeout time.Duration // of the call with the fault
}

// waits reports whether playing the fault is mostly waiting.
func (t tuning) waits() bool { return t.timeout+t.tryTimeout > 0 }

func newBench(op *wxpay.Operation, times int, with tuning) (*bench, error) {
	b := &bench{op: op, times: times}
	clock := sandbox.WithClock(func() time.Time { return time.Now().Add(time.Duration(b.jump.Load())) })
	var err error
	if b.Server, err = sandbox.New(append(with.options, clock)...); err != nil {
		return nil, err
	}
	b.Handle(op.Method+" "+op.Path, func(*sandbox.Request) (any, error) {
		return map[string]any{"value": fmt.Sprint("genuine ", b.carried.Add(1))}, nil
	})
	config := b.Config()
	config.Observer = tryCounter{b}
	config.Retry.FirstWait = time.Millisecond
	b.client, err = wxpay.NewClient(config)
	return b, err
}

type tryCounter struct{ *bench }

func (tryCounter) StartCall(ctx context.Context, _ *wxpay.CallInfo) context.Context { return ctx }
func (tryCounter) EndCall(context.Context, *wxpay.CallInfo)                         {}
func (tryCounter) StartTry(ctx context.Context, _ *wxpay.TryInfo) context.Context   { return ctx }
func (c tryCounter) EndTry(context.Context, *wxpay.TryInfo) {
	if n := c.tries.Add(1); c.afterTry != nil {
		c.afterTry(n)
	}
}

func (b *bench) call(opts ...wxpay.CallOption) (value string, err error) {
	var answer struct{ Value string }
	var request any
	if b.op.Method == "POST" {
		request = map[string]string{"out_trade_no": "1"}
	}
	err = b.client.Do(context.Background(), b.op, request, &answer, opts...)
	return answer.Value, err
}

func (t tuning) callOptions() (opts []wxpay.CallOption) {
	if t.timeout > 0 {
		opts = append(opts, wxpay.WithTimeout(t.timeout))
	}
	if t.tryTimeout > 0 {
		opts = append(opts, wxpay.WithRetry(wxpay.RetryPolicy{FirstWait: time.Millisecond, TryTimeout: t.tryTimeout}))
	}
	return opts
}

// outcome is what a fault came to.
type outcome struct {
	value    string
	err      error
	tries    int64
	received int // by the server, as far as it could tell that it was WeChat Pay's merchant
	carried  int64
	refused  int // for a signature
}

// play makes one good call, so that there is a connection to reuse and an answer to replay, and then one with the fault.
func (f fault) play(op *wxpay.Operation, times int) (out outcome, err error) {
	b, err := newBench(op, times, f.tuning)
	if err != nil {
		return out, err
	}
	defer b.Close()
	defer b.client.CloseIdleConnections()
	if !f.cold {
		if _, err := b.call(); err != nil {
			return out, fmt.Errorf("the call before: %w", err)
		}
	}
	before := b.carried.Load()
	b.tries.Store(0)
	seen := len(b.Calls())
	f.begin(b)
	out.value, out.err = b.call(f.callOptions()...)
	b.Close() // what is under way ends
	out.tries, out.carried = b.tries.Load(), b.carried.Load()-before
	for _, call := range b.Calls()[seen:] {
		switch {
		case !strings.HasPrefix(call.Path, "/v3/faults"):
		case call.Code == "SIGN_ERROR":
			out.refused++
		default:
			out.received++
		}
	}
	return out, nil
}

// check holds an outcome against what must be true of any fault.
func (o outcome) check(op *wxpay.Operation, expectStale bool) error {
	var problems []error
	report := func(bad bool, format string, args ...any) {
		if bad {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	unknown := errors.Is(o.err, wxpay.ErrOutcomeUnknown)
	changes := op.Method == "POST"
	report(o.err != nil && o.value != "", "content was handed over with an error: %q", o.value)
	report(o.err == nil && !strings.HasPrefix(o.value, "genuine "), "content that is not WeChat Pay's: %q", o.value)
	report(o.err == nil && o.carried == 0 && !expectStale, "success, but nothing was carried out")
	report(changes && !op.Idempotent && o.received > 1, "a POST was sent %d times", o.received)
	report(changes && !op.Idempotent && o.carried > 1, "a POST was carried out %d times", o.carried)
	report(changes && o.err != nil && o.carried > 0 && !unknown, "carried out, but the error does not say that the outcome is unknown: %v", o.err)
	report(!changes && unknown, "the outcome of a GET is said to be unknown: %v", o.err)
	report(errors.Is(o.err, wxpay.ErrSignError), "a request with a nonce that was used before, and no other after it")
	return errors.Join(problems...)
}

// describe writes the outcome as the table has it.
func (o outcome) describe() string {
	text := o.kind()
	if errors.Is(o.err, wxpay.ErrOutcomeUnknown) {
		text += ", outcome unknown"
	}
	return fmt.Sprintf("%s (%d)", text, o.received)
}

func (o outcome) kind() string {
	if e, ok := errors.AsType[*wxpay.SendError](o.err); ok && e.Sent {
		return "`SendError`"
	} else if ok {
		return "`SendError`, not sent"
	}
	if e, ok := errors.AsType[*wxpay.VerifyError](o.err); ok {
		return "`VerifyError` " + reasonName(e)
	}
	if e, ok := errors.AsType[*wxpay.APIError](o.err); ok {
		return fmt.Sprintf("`APIError` %d", e.Status)
	}
	switch {
	case o.err != nil:
		return fmt.Sprintf("`%s`", strings.TrimPrefix(fmt.Sprintf("%T", o.err), "*wxpay."))
	case o.value == "genuine 1" && o.carried > 0:
		return "earlier answer"
	}
	return "answer"
}

func reasonName(e *wxpay.VerifyError) string {
	for reason, name := range map[error]string{
		wxpay.ErrUnsigned: "`ErrUnsigned`", wxpay.ErrExpired: "`ErrExpired`", wxpay.ErrUnknownKey: "`ErrUnknownKey`",
		wxpay.ErrBadSignature: "`ErrBadSignature`", wxpay.ErrUnknownAlgorithm: "`ErrUnknownAlgorithm`",
	} {
		if e.Reason == reason {
			if e.Probe {
				name += ", `Probe`"
			}
			return name
		}
	}
	return e.Reason.Error()
}

// TestFaults plays each fault, once and for good, with each kind of call. What comes out is the table of
// docs/guides/faults.md.
func TestFaults(t *testing.T) {
	before := goroutines()
	table := &cells{of: make(map[string]string)}
	var wg sync.WaitGroup
	slots := make(chan struct{}, 4)
	for _, f := range faults {
		for _, op := range kinds {
			for _, times := range f.durations() {
				wg.Go(func() {
					if !f.waits() {
						slots <- struct{}{}
						defer func() { <-slots }()
					}
					table.play(t, f, op, times)
				})
			}
		}
	}
	wg.Wait()
	checkTable(t, table.of)
	noneLeft(t, before)
}

// cells are those of the table, by fault, duration and kind of call.
type cells struct {
	mu sync.Mutex
	of map[string]string
}

func (c *cells) play(t *testing.T, f fault, op *wxpay.Operation, times int) {
	name := cellName(f, times, op)
	out, err := f.play(op, times)
	if err == nil {
		err = out.check(op, f.stale)
	}
	cell := out.describe()
	if err != nil {
		t.Errorf("%s: %v\n%v", name, err, out.err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of[name] = cell
}

// TestFaultElsewhere: a server behind another one, with HTTP/2, breaks answers off where it cannot reset the connection.
func TestFaultElsewhere(t *testing.T) {
	srv := sandbox.Start(t)
	elsewhere := httpsServer(t, srv)
	for _, f := range []sandbox.Fault{sandbox.FaultResetBefore, sandbox.FaultTruncated} {
		srv.Apply(sandbox.Rule{Fault: f, Times: sandbox.Always})
		config := srv.Config()
		config.BaseURL, config.HTTPClient, config.Retry.MaxTries = elsewhere.URL, elsewhere.Client(), 1
		client, err := wxpay.NewClient(config)
		if err != nil {
			t.Fatal(err)
		}
		err = client.Do(t.Context(), &wxpay.Operation{Method: http.MethodGet, Path: quotas}, nil, nil)
		if failed, ok := errors.AsType[*wxpay.SendError](err); !ok || !failed.Sent {
			t.Errorf("%s: %v", f, err)
		}
		srv.Reset()
	}
}
