package wxpay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// attempt makes one try, and notes what it says about the outcome and the host.
func (c *call) attempt(ctx context.Context, m *message, resp any) error {
	if err := c.hold(ctx); err != nil {
		return c.wrap("before sending", err)
	}
	c.tries++
	c.forget()
	err := c.observeTry(ctx, m, resp)
	if err != nil && errors.Is(err, ErrOutcomeUnknown) {
		c.unknown = true
	}
	if c.answer != nil {
		c.route.reached(c.at)
	}
	return err
}

// hold waits for the rate limiter, if there is one. The deadline is given to it in the context, so that it can refuse at once.
func (c *call) hold(ctx context.Context) error {
	limiter := c.client.limiter
	if limiter == nil || len(c.op.RateLimits) == 0 {
		return nil
	}
	if !c.until.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, c.until)
		defer cancel()
	}
	return limiter.Wait(ctx, c.client.mchID, c.op)
}

// forget removes the answer of an earlier try.
func (c *call) forget() {
	c.answer = nil
	if c.settings.response != nil {
		*c.settings.response = Response{}
	}
}

// exchange signs and sends a request, and judges its answer.
func (c *call) exchange(ctx context.Context, m *message, resp any) error {
	if err := c.send(ctx, m); err != nil {
		return err
	}
	return c.judge(ctx, resp)
}

// send sends a request with a fresh signature and gets its answer.
func (c *call) send(ctx context.Context, m *message) error {
	key, err := c.key(ctx, m)
	if err != nil {
		return c.wrap("find WeChat Pay's key", err)
	}
	p := c.parts()
	request := c.request(m, c.route.endpoints[c.at], key, p)
	authorization, err := c.client.authorization(ctx, request.Method, c.uri, m.signed)
	if err != nil {
		return c.wrap("sign the request", err)
	}
	request.Header["Authorization"] = p.value(4, authorization)
	if err := ended(ctx); err != nil {
		return c.wrap("before sending", err)
	}
	return c.transmit(ctx, &request)
}

// parts is what a request refers to, in one piece.
type parts struct {
	url    url.URL
	values [5]string // of headers
}

func (c *call) parts() *parts {
	if c.tries > 1 {
		return new(parts)
	}
	return &c.first
}

// value returns the value of a header, as http.Header wants it.
func (p *parts) value(i int, text string) []string {
	p.values[i] = text
	return p.values[i : i+1 : i+1]
}

// transmit gives a signed request to the transport.
func (c *call) transmit(ctx context.Context, request *http.Request) error {
	started := time.Now()
	within, stop := c.boundTry(ctx)
	answer, err := c.client.roundTrip(request.WithContext(c.trace.watch(within)), c.streams, c.limit(maxAnswer))
	if err != nil {
		failed := c.sendError(within, err)
		if !failed.Sent && blamesHost(ctx, started) {
			c.route.unreachable(c.at)
		}
		stop()
		return failed
	}
	if answer.rest == nil {
		stop() // a stream needs its context until it is closed, and then ends it
	}
	c.answer = answer
	return nil
}

// boundTry bounds the context of one try.
func (c *call) boundTry(ctx context.Context) (context.Context, context.CancelFunc) {
	switch {
	case c.probing:
		return c.trace.hurry(ctx, probeTimeout)
	case c.retry.TryTimeout > 0 && c.stream == nil:
		return withTimeout(ctx, c.retry.TryTimeout)
	}
	return ctx, func() {}
}

// blamesHost reports whether a connection that did not come about says something about the host: not if the caller gave up,
// or gave it hardly any time.
func blamesHost(ctx context.Context, started time.Time) bool {
	err := ended(ctx)
	return err == nil || errors.Is(err, context.DeadlineExceeded) && time.Since(started) >= time.Second
}

// limit returns how many bytes the answer may have, most unless an option says otherwise.
func (c *call) limit(most int64) int64 {
	if c.settings.maxBytes > 0 {
		return c.settings.maxBytes
	}
	return most
}

// key returns the key to name in the request: the one that encrypted its sensitive fields, else the preferred one.
func (c *call) key(ctx context.Context, m *message) (*Key, error) {
	if m.key != nil || c.settings.withoutKey {
		return m.key, nil
	}
	return c.client.keys.Preferred(ctx, c.client.now())
}

// request builds the request but for its signature.
func (c *call) request(m *message, to endpoint, key *Key, p *parts) http.Request {
	p.url = url.URL{Scheme: to.scheme, Host: to.host, Path: m.path, RawPath: m.rawPath, RawQuery: m.query}
	request := http.Request{
		Method:     c.op.Method,
		URL:        &p.url,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     c.header(m, key, p),
		Host:       to.host,
	}
	if length := m.length(); length > 0 {
		request.Body = m.open()
		request.ContentLength = length
		request.GetBody = func() (io.ReadCloser, error) { return m.open(), nil }
	}
	// What is signed must be what net/http writes on the request line, so ask net/url and build nothing beside it.
	c.host, c.uri, c.length = to.host, p.url.RequestURI(), len(m.signed)
	return request
}

func (c *call) header(m *message, key *Key, p *parts) http.Header {
	accept := "application/json"
	if c.stream != nil {
		accept = "*/*" // as the official SDK sends it; without any Accept the answer is 400
	}
	header := make(http.Header, 8)
	header["Accept"] = p.value(0, accept)
	header["Content-Type"] = p.value(1, m.contentType)
	header["User-Agent"] = p.value(2, c.client.userAgent)
	if key != nil {
		header["Wechatpay-Serial"] = p.value(3, key.ID)
	}
	for _, pair := range m.header {
		header.Set(pair[0], pair[1])
	}
	for _, pair := range c.settings.header {
		header.Set(pair[0], pair[1])
	}
	return header
}

func (c *call) sendError(ctx context.Context, err error) *SendError {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err // the whole URL, with its query, stays out of errors
	}
	if end := ended(ctx); end != nil && !says(err, end) {
		err = fmt.Errorf("%w (%v)", end, err)
	}
	return &SendError{
		Operation: c.op.label(),
		Host:      c.host,
		Sent:      c.trace.possible(err),
		Err:       err,
		mayChange: c.op.mayChange(),
	}
}

// says reports whether an error of the transport tells already how the context ended. A context that ran out of time in a way
// of its own is canceled for the transport.
func says(err, end error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) && errors.Is(end, context.Canceled)
}
