package wxpay

import (
	"context"
	"time"
)

// Observer sees every call and every try of it, for traces and metrics. Its methods run within the call and should be fast.
// Nothing they are given is secret: neither values of the request nor headers.
//
// The contexts that StartCall and StartTry return are those that the call or the try goes on with, also in the transport:
// a span put into one is found by the other methods and by instrumented transports. They must be derived from the context
// that was given.
type Observer interface {
	// StartCall is called once, before the request is checked.
	StartCall(ctx context.Context, call *CallInfo) context.Context

	// EndCall is called when the call returns. The content of a [Stream] is read later.
	EndCall(ctx context.Context, call *CallInfo)

	// StartTry is called when a try is about to be signed and sent.
	StartTry(ctx context.Context, try *TryInfo) context.Context

	// EndTry is called when the answer of a try was verified and decoded, or the try failed.
	EndTry(ctx context.Context, try *TryInfo)
}

// CallInfo describes a call. It is only valid within the method that it is given to; what is not known at the start is
// zero there.
type CallInfo struct {
	Operation string // as in Operation.Name
	Method    string
	Path      string // with {names}, not values
	MchID     string

	// Tries counts requests; 0 if the call failed before one was made.
	Tries int

	// Status and RequestID are those of the last answer; zero if none came.
	Status    int
	RequestID string

	Duration time.Duration
	Err      error // as Do returns it
	Class    ErrorClass
}

// TryInfo describes one try of a call. It is only valid within the method that it is given to; what is not known at the
// start is zero there.
type TryInfo struct {
	Operation string // as in Operation.Name
	Method    string
	Host      string
	Number    int // from 1

	Status    int
	RequestID string
	Duration  time.Duration // from signing to the decoded answer
	Err       error
	Class     ErrorClass
}

// startCall tells the observer, if there is one.
func (c *call) startCall(ctx context.Context) context.Context {
	if observer := c.client.observer; observer != nil {
		return observer.StartCall(ctx, c.info(nil))
	}
	return ctx
}

// endCall tells the logger and the observer.
func (c *call) endCall(ctx context.Context, err error) {
	c.log(ctx, err)
	if observer := c.client.observer; observer != nil {
		info := c.info(err)
		info.Duration = time.Since(c.started)
		observer.EndCall(ctx, info)
	}
}

func (c *call) info(err error) *CallInfo {
	info := &CallInfo{
		Operation: c.op.label(), Method: c.op.Method, Path: c.op.Path, MchID: c.client.mchID,
		Tries: c.tries, Err: err, Class: Classify(err),
	}
	if c.answer != nil {
		info.Status, info.RequestID = c.answer.status, c.answer.requestID()
	}
	return info
}

// observeTry makes a try between the two hooks.
func (c *call) observeTry(ctx context.Context, m *message, resp any) error {
	observer := c.client.observer
	if observer == nil {
		return c.exchange(ctx, m, resp)
	}
	started := time.Now()
	info := &TryInfo{Operation: c.op.label(), Method: c.op.Method, Host: c.route.endpoints[c.at].host, Number: c.tries}
	ctx = observer.StartTry(ctx, info)
	err := c.exchange(ctx, m, resp)
	info.Err, info.Class, info.Duration = err, Classify(err), time.Since(started)
	if c.answer != nil {
		info.Status, info.RequestID = c.answer.status, c.answer.requestID()
	}
	observer.EndTry(ctx, info)
	return err
}
