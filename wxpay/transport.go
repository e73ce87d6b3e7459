package wxpay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

const (
	maxAnswer     = 10 << 20 // bytes of an answer, after decompression
	maxKeptError  = 64 << 10 // bytes of an error answer that APIError keeps
	maxHeader     = 64 << 10 // bytes of an answer's header
	idleTimeout   = 7 * time.Second
	firstReadSize = 64 << 10 // bytes set aside on the word of a Content-Length
)

var errTooLarge = fmt.Errorf("the answer is longer than %d bytes", maxAnswer)

// newTransport returns the transport of a client. WeChat Pay closes idle connections after 8 s; the own transport drops
// them a second earlier, so that no request meets a connection that is just being closed.
func newTransport(client *http.Client) http.RoundTripper {
	if client != nil && client.Transport != nil {
		return client.Transport
	}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           128,
		MaxIdleConnsPerHost:    64,
		IdleConnTimeout:        idleTimeout,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// answer is what came back, before anything about it is believed.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a *answer) success() bool     { return a.status >= 200 && a.status <= 299 }
func (a *answer) requestID() string { return cut(a.header.Get("Request-Id"), 256) }

// exchange sends the request and reads the answer. It goes to the transport directly: http.Client would add cookies,
// follow redirects with the Authorization header, and put the whole URL into errors.
func (c *Client) exchange(request *http.Request) (*answer, error) {
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if response.Body == nil {
		response.Body = http.NoBody
	}
	defer response.Body.Close()
	body, err := readBounded(response.Body, response.ContentLength, maxAnswer)
	a := &answer{status: response.StatusCode, header: response.Header, body: body}
	if err != nil && a.success() {
		return nil, fmt.Errorf("reading the answer (status %d, request id %s): %w", a.status, a.requestID(), err)
	}
	return a, nil // of an error answer, what could be read is enough
}

// readBounded reads at most limit bytes. hint is the length that was announced, -1 if none was.
func readBounded(r io.Reader, hint int64, limit int) ([]byte, error) {
	size := int64(bytes.MinRead)
	if hint >= 0 {
		size = min(hint+1, firstReadSize) // one more byte, so that the end is seen without growing
	}
	body := make([]byte, 0, size)
	for {
		n, err := r.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case len(body) > limit:
			return body[:limit], errTooLarge
		case err == io.EOF:
			return body, nil
		case err != nil:
			return body, err
		case len(body) == cap(body):
			body = append(body, 0)[:len(body)]
		}
	}
}

// requestBody is a body that net/http can send again on a fresh connection, in one allocation.
type requestBody struct{ bytes.Reader }

func (*requestBody) Close() error { return nil }

func newRequestBody(content []byte) *requestBody {
	body := new(requestBody)
	body.Reset(content)
	return body
}

// departure watches whether a request can have left the machine. It cannot have if the transport began to look for a
// connection and never got one. A transport that tells nothing is taken to have sent it.
type departure struct{ looked, connected atomic.Bool }

// watch returns a context that lets the transport report.
func (d *departure) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { d.looked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { d.connected.Store(true) },
	})
}

func (d *departure) possible(err error) bool {
	if operation, ok := errors.AsType[*net.OpError](err); ok && operation.Op == "dial" {
		return false
	}
	return !d.looked.Load() || d.connected.Load()
}
