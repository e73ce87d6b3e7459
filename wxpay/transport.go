package wxpay

import (
	"bytes"
	"context"
	"crypto/tls"
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

// tooLarge is the error of an answer that is longer than so many bytes.
type tooLarge int64

var errTooLarge = errors.New("too large")

func (n tooLarge) Error() string      { return fmt.Sprintf("the answer is longer than %d bytes", int64(n)) }
func (tooLarge) Is(target error) bool { return target == errTooLarge }

// NewTransport returns a transport as clients have it by default, to wrap or to change before it is given to
// [Config.HTTPClient]. WeChat Pay closes idle connections after 8 s; this transport drops them a second earlier, so that no
// request meets a connection that is just being closed.
func NewTransport() *http.Transport {
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

func newTransport(client *http.Client) http.RoundTripper {
	if client != nil && client.Transport != nil {
		return client.Transport
	}
	return NewTransport()
}

// answer is what came back, before anything about it is believed.
type answer struct {
	status int
	header http.Header
	body   []byte
	rest   io.ReadCloser // in place of body, where the answer is streamed
	length int64         // as announced, -1 if unknown
}

func (a *answer) success() bool     { return a.status >= 200 && a.status <= 299 }
func (a *answer) requestID() string { return cut(a.header.Get("Request-Id"), 256) }

// discard frees the connection of an answer that nobody reads.
func (a *answer) discard() {
	if a.rest != nil {
		_ = a.rest.Close()
		a.rest = nil
	}
}

// roundTrip sends the request and reads the answer, unless it is one that is streamed. It goes to the transport
// directly: http.Client would add cookies, follow redirects with the Authorization header, and put the whole URL into errors.
func (c *Client) roundTrip(request *http.Request, streamed func(*answer) bool, limit int64) (*answer, error) {
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if response.Body == nil {
		response.Body = http.NoBody
	}
	a := &answer{status: response.StatusCode, header: response.Header, length: response.ContentLength}
	if streamed(a) {
		a.rest = response.Body
		return a, nil
	}
	defer response.Body.Close()
	if !a.success() {
		limit = maxAnswer
	}
	a.body, err = readBounded(response.Body, response.ContentLength, limit)
	if err != nil && a.success() {
		return nil, fmt.Errorf("reading the answer (status %d, request id %s): %w", a.status, a.requestID(), err)
	}
	return a, nil // of an error answer, what could be read is enough
}

// readBounded reads at most limit bytes. hint is the length that was announced, -1 if none was.
func readBounded(r io.Reader, hint, limit int64) ([]byte, error) {
	size := int64(bytes.MinRead)
	if hint >= 0 {
		size = min(hint+1, firstReadSize) // one more byte, so that the end is seen without growing
	}
	body := make([]byte, 0, size)
	for {
		n, err := r.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case int64(len(body)) > limit:
			return body[:limit], tooLarge(limit)
		case err == io.EOF:
			return body, nil
		case err != nil:
			return body, err
		case len(body) == cap(body):
			body = append(body, 0)[:len(body)]
		}
	}
}

// newRequestBody makes a body in the form that net/http knows to be in memory: it then sends header and body in one piece.
func newRequestBody(content []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(content)) }

// departure watches whether the request of a try can have left the machine. It cannot have if the transport began to look for
// a connection and never got one. A transport that tells nothing is taken to have sent it.
type departure struct {
	looked      atomic.Bool
	connections atomic.Int32 // that the request was given to, one after the other

	// hooks are those of the first try, kept here to spare an allocation. A transport may still read them when the try is
	// over, so others are not written over them.
	hooks httptrace.ClientTrace
	used  bool
}

// watch returns a context that lets the transport report.
func (d *departure) watch(ctx context.Context) context.Context {
	d.looked.Store(false)
	d.connections.Store(0)
	hooks := &d.hooks
	if d.used {
		hooks = new(httptrace.ClientTrace)
	}
	d.used = true
	hooks.GetConn = func(string) { d.looked.Store(true) }
	hooks.GotConn = func(httptrace.GotConnInfo) { d.connections.Add(1) }
	return httptrace.WithClientTrace(ctx, hooks)
}

// hurry ends the context if there is no connection in time, for a try that finds out whether a host can be reached again.
func (d *departure) hurry(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	late := fmt.Errorf("no connection within %s: %w", limit, context.DeadlineExceeded)
	timer := time.AfterFunc(limit, func() {
		if d.looked.Load() && d.connections.Load() == 0 {
			cancel(late)
		}
	})
	return ctx, func() { timer.Stop(); cancel(nil) }
}

func (d *departure) possible(err error) bool {
	if operation, ok := errors.AsType[*net.OpError](err); ok && operation.Op == "dial" {
		return false
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return false
	}
	return !d.looked.Load() || d.connections.Load() > 0
}

var errReplayed = errors.New("the connection broke after the request was sent, and WeChat Pay refused the nonce of the repeat")

// replayed reports whether the transport sent the request again by itself, as net/http does with a GET when a connection
// that it reuses breaks. The nonce is the same then, and is refused if the first one was received.
func (d *departure) replayed() bool { return d.connections.Load() > 1 }
