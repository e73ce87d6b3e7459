package wxpay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// call is one call under way.
type call struct {
	client   *Client
	op       *Operation
	req      any
	settings callSettings
	retry    RetryPolicy
	started  time.Time
	until    time.Time // when there is no point in another try; zero: never
	stream   streamed  // where the answer goes if it is one, else nil

	statement bool // the answer may be an overseas statement

	route   *route
	at      int  // index of the endpoint of the present try
	probing bool // the try finds out whether the main endpoint is back
	probed  bool // some try did, which is no reason for the call to fail
	moves   int  // changes of the endpoint so far
	tries   int
	unknown bool // some try may have been carried out

	host   string // empty until a request is made
	uri    string // as signed
	length int    // of the signed body
	answer *answer
	trace  departure

	// Kept here to spare allocations. A transport may still read what belongs to the first try when that is over, so the
	// others have their own.
	message message
	first   parts
}

func (c *call) run(ctx context.Context, req, resp any, opts []CallOption) error {
	if err := c.configure(opts); err != nil {
		return c.wrap("options", err)
	}
	if err := checkSensitiveType(resp); err != nil {
		return c.wrap("read the type of the answer", err)
	}
	c.req = req
	return c.deliver(ctx, nil, resp)
}

func (c *call) configure(opts []CallOption) error {
	err := c.settings.apply(opts)
	c.retry = c.client.retry
	if c.settings.retry != nil {
		c.retry = c.settings.retry.withDefaults()
	}
	return err
}

// wrap names the operation in an error that came before anything was sent.
func (c *call) wrap(doing string, err error) error {
	return fmt.Errorf("%s: %s: %w", c.op.label(), doing, err)
}

// deliver makes the call within its time, with a message that is made before, or of the request.
func (c *call) deliver(ctx context.Context, m *message, resp any) error {
	timeout := c.client.timeout
	if c.settings.timeout != 0 {
		timeout = c.settings.timeout
	}
	c.plan()
	if s, ok := resp.(interface{ delivery() any }); ok {
		c.stream = s.delivery().(streamed)
		return c.stream.deliver(ctx, c, m, timeout)
	}
	ctx, cancel := withTimeout(ctx, timeout)
	defer cancel()
	c.until, _ = ctx.Deadline()
	return c.attempts(ctx, m, resp)
}

// withTimeout bounds a context, if that makes it any shorter.
func withTimeout(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if until, ok := ctx.Deadline(); timeout <= 0 || ok && time.Until(until) <= timeout {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, timeout)
}

// prepare makes the message. It is given the time of the call, since it may call out for a key to encrypt with.
func (c *call) prepare(ctx context.Context) (*message, error) {
	m, err := c.newMessage(ctx, c.req)
	if err == nil {
		return m, nil
	}
	if checks, ok := errors.AsType[*CheckError](err); ok {
		return nil, checks
	}
	return nil, c.wrap("build the request", err)
}

// attempts tries until there is an answer, or no sense in another try.
func (c *call) attempts(ctx context.Context, m *message, resp any) (err error) {
	if m == nil {
		if m, err = c.prepare(ctx); err != nil {
			return err
		}
	}
	for {
		err := c.attempt(ctx, m, resp)
		if err == nil {
			return nil
		}
		if err := c.pause(ctx, err); err != nil {
			return c.settle(err)
		}
	}
}

// judge decides whether the answer is an error, whether it is genuine, and only then looks into it.
func (c *call) judge(ctx context.Context, resp any) error {
	a := c.answer
	if !a.success() {
		c.store(false)
		if a.status == http.StatusUnauthorized && c.trace.replayed() {
			return c.sendError(ctx, errReplayed)
		}
		return c.apiError()
	}
	if !c.op.Unsigned {
		if err := c.verify(ctx); err != nil {
			a.discard()
			c.storeUnverified()
			return c.unverified(err)
		}
	}
	c.store(!c.op.Unsigned)
	if c.stream != nil {
		c.stream.take(c.answer)
		return nil
	}
	if err := decodeAnswer(a, resp); err != nil {
		return c.decodeError(err)
	}
	return c.readSensitive(ctx, resp)
}

func decodeAnswer(a *answer, resp any) error {
	switch {
	case a.status == http.StatusNoContent && len(a.body) > 0:
		return errors.New("it has content, but its status says that it has none")
	case a.status == http.StatusNoContent || resp == nil:
		return nil
	case len(a.body) == 0:
		return errors.New("it is empty")
	}
	return json.Unmarshal(a.body, resp)
}

func (c *call) store(verified bool) {
	if r := c.settings.response; r != nil {
		a := c.answer
		*r = Response{Status: a.status, Header: a.header, RequestID: a.requestID(), Body: a.body, Verified: verified}
	}
}

// storeUnverified stores what a report to WeChat Pay's support needs, and no content.
func (c *call) storeUnverified() {
	c.store(false)
	if r := c.settings.response; r != nil {
		r.Body = nil
	}
}

func (c *call) unverified(err *VerifyError) error {
	err.Operation, err.Status, err.RequestID = c.op.label(), c.answer.status, c.answer.requestID()
	err.mayChange = c.op.mayChange()
	return err
}

func (c *call) decodeError(err error) error {
	a := c.answer
	return &DecodeError{
		Operation: c.op.label(), Status: a.status, RequestID: a.requestID(),
		Body: a.body, Err: err, mayChange: c.op.mayChange(),
	}
}
