package wxpay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// call is one call under way.
type call struct {
	client   *Client
	op       *Operation
	settings callSettings
	started  time.Time
	host     string // empty until a request is made
	uri      string // as signed
	length   int    // of the signed body
	answer   *answer
}

func (c *call) run(ctx context.Context, req, resp any, opts []CallOption) error {
	settings, err := newCallSettings(opts)
	if err != nil {
		return c.wrap("options", err)
	}
	c.settings = settings
	message, err := newMessage(c.op, req, !settings.withoutChecks)
	if err != nil {
		if checks, ok := errors.AsType[*CheckError](err); ok {
			return checks
		}
		return c.wrap("build the request", err)
	}
	ctx, cancel := c.deadline(ctx)
	defer cancel()
	if err := c.send(ctx, message); err != nil {
		return err
	}
	return c.judge(ctx, resp)
}

// wrap names the operation in an error that came before anything was sent.
func (c *call) wrap(doing string, err error) error {
	return fmt.Errorf("%s: %s: %w", c.op.label(), doing, err)
}

// deadline bounds the context by the timeout of the call.
func (c *call) deadline(ctx context.Context) (context.Context, context.CancelFunc) {
	timeout := c.client.timeout
	if c.settings.timeout != 0 {
		timeout = c.settings.timeout
	}
	if timeout <= 0 {
		return ctx, func() {}
	}
	if until, ok := ctx.Deadline(); ok && time.Until(until) <= timeout {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, timeout)
}

// endpoint returns where the call goes: the option before the configuration before the operation.
func (c *call) endpoint() endpoint {
	switch {
	case c.settings.base != endpoint{}:
		return c.settings.base
	case c.client.base != endpoint{}:
		return c.client.base
	case len(c.op.Hosts) > 0:
		return endpoint{scheme: "https", host: c.op.Hosts[0]}
	}
	return defaultEndpoint
}

// send makes one attempt: a request with a fresh signature, and its answer.
func (c *call) send(ctx context.Context, m *message) error {
	key, err := c.client.keys.Preferred(ctx, c.client.now())
	if err != nil {
		return c.wrap("find WeChat Pay's key", err)
	}
	request := c.request(m, c.endpoint(), key)
	authorization, err := c.client.authorization(ctx, request.Method, c.uri, m.signed)
	if err != nil {
		return c.wrap("sign the request", err)
	}
	request.Header["Authorization"] = []string{authorization}
	if err := ctx.Err(); err != nil {
		return c.wrap("before sending", err)
	}
	var trace departure
	if c.op.mayChange() {
		ctx = trace.watch(ctx)
	}
	c.answer, err = c.client.exchange(request.WithContext(ctx))
	if err != nil {
		return c.sendError(ctx, &trace, err)
	}
	return nil
}

// request builds the request but for its signature.
func (c *call) request(m *message, to endpoint, key *Key) *http.Request {
	request := &http.Request{
		Method:     c.op.Method,
		URL:        &url.URL{Scheme: to.scheme, Host: to.host, Path: m.path, RawPath: m.rawPath, RawQuery: m.query},
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     c.header(m, key),
		Host:       to.host,
	}
	if len(m.body) > 0 {
		request.Body = newRequestBody(m.body)
		request.ContentLength = int64(len(m.body))
		request.GetBody = func() (io.ReadCloser, error) { return newRequestBody(m.body), nil }
	}
	// What is signed must be what net/http writes on the request line, so ask net/url and build nothing beside it.
	c.host, c.uri, c.length = to.host, request.URL.RequestURI(), len(m.signed)
	return request
}

func (c *call) header(m *message, key *Key) http.Header {
	header := make(http.Header, 8)
	values := []string{"application/json", m.contentType, c.client.userAgent, ""}
	header["Accept"] = values[0:1:1]
	header["Content-Type"] = values[1:2:2]
	header["User-Agent"] = values[2:3:3]
	if key != nil {
		values[3] = key.ID
		header["Wechatpay-Serial"] = values[3:4:4]
	}
	for _, pair := range m.header {
		header.Set(pair[0], pair[1])
	}
	for _, pair := range c.settings.header {
		header.Set(pair[0], pair[1])
	}
	return header
}

func (c *call) sendError(ctx context.Context, trace *departure, err error) error {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err // the whole URL, with its query, stays out of errors
	}
	if cause := ctx.Err(); cause != nil && !errors.Is(err, cause) {
		err = fmt.Errorf("%w (%v)", cause, err)
	}
	return &SendError{
		Operation: c.op.label(),
		Host:      c.host,
		Sent:      trace.possible(err),
		Err:       err,
		mayChange: c.op.mayChange(),
	}
}

// judge decides whether the answer is an error, whether it is genuine, and only then looks into it.
func (c *call) judge(ctx context.Context, resp any) error {
	a := c.answer
	if !a.success() {
		c.store(false)
		return c.apiError()
	}
	if !c.op.Unsigned {
		if err := c.client.verify(ctx, a.header, a.body); err != nil {
			c.storeUnverified()
			return c.unverified(err)
		}
	}
	c.store(!c.op.Unsigned)
	if resp == nil || a.status == http.StatusNoContent {
		return nil
	}
	if err := decodeAnswer(a.body, resp); err != nil {
		return c.decodeError(err)
	}
	return nil
}

func decodeAnswer(body []byte, resp any) error {
	if len(body) == 0 {
		return errors.New("it is empty")
	}
	return json.Unmarshal(body, resp)
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

// log writes the record of the call. Paths and queries may hold names and tokens, so the operation stands for them.
func (c *call) log(ctx context.Context, err error) {
	logger, level := c.client.logger, slog.LevelDebug
	if err != nil {
		level = slog.LevelInfo
	}
	if logger == nil || !logger.Enabled(ctx, level) {
		return
	}
	attrs := make([]slog.Attr, 0, 6)
	attrs = append(attrs, slog.String("operation", c.op.label()), slog.String("host", c.host))
	if c.answer != nil {
		attrs = append(attrs, slog.Int("status", c.answer.status), slog.String("request_id", c.answer.requestID()))
	}
	attrs = append(attrs, slog.Duration("duration", time.Since(c.started)))
	if err != nil {
		attrs = append(attrs, slog.String("error", errorKind(err)))
	}
	logger.LogAttrs(ctx, level, "wechat pay call", attrs...)
}
