package wxpay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

var unsigned = &wxpay.Operation{Name: "test.File", Method: "GET", Path: "/v3/file", Unsigned: true}

// slowBody gives a byte a minute, until the context of its request ends.
type slowBody struct {
	ctx    context.Context
	pause  time.Duration
	left   int
	closed bool
}

func (b *slowBody) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	timer := time.NewTimer(b.pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		b.left--
		p[0] = 'x'
		return 1, nil
	case <-b.ctx.Done():
		return 0, b.ctx.Err()
	}
}

func (b *slowBody) Close() error { b.closed = true; return nil }

func streaming(body func(ctx context.Context) io.ReadCloser) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		header := http.Header{"Content-Type": {"application/pdf"}, "Request-Id": {"R-1"}}
		return &http.Response{StatusCode: 200, Header: header, ContentLength: -1, Body: body(r.Context())}, nil
	}
}

func TestStream(t *testing.T) {
	client := serverClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "*/*" {
			t.Errorf("Accept is %q", r.Header.Get("Accept"))
		}
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("Request-ID", "R-1")
		w.Header().Set("Content-Length", "3")
		_, _ = io.WriteString(w, "png")
	})
	var raw wxpay.Response
	var stream wxpay.Stream
	if err := client.Do(t.Context(), unsigned, nil, &stream, wxpay.WithResponse(&raw)); err != nil {
		t.Fatal(err)
	}
	if stream.ContentType != "image/png" || stream.Length != 3 || stream.RequestID != "R-1" || raw.Status != 200 || raw.Body != nil || raw.Verified {
		t.Errorf("stream is %+v, response %+v", &stream, raw)
	}
	content, err := io.ReadAll(&stream)
	if string(content) != "png" || err != nil || stream.Close() != nil || stream.Close() != nil {
		t.Errorf("%q, %v", content, err)
	}
	var empty wxpay.Stream
	if n, err := empty.Read(make([]byte, 1)); n != 0 || err != io.EOF || empty.Close() != nil {
		t.Error("the zero Stream is not empty")
	}
	if err := client.Do(t.Context(), unsigned, nil, (*wxpay.Stream)(nil)); err == nil || !strings.Contains(err.Error(), "is nil") {
		t.Errorf("without a stream to fill: %v", err)
	}
}

// A signed answer is verified before any of it is handed over.
func TestSignedStream(t *testing.T) {
	text := *get
	body := []byte("\x89PNG")
	var stream wxpay.Stream
	client := newClient(t, through(func(*http.Request) (*http.Response, error) { return response(200, signedHeader(body), body), nil }))
	if err := client.Do(t.Context(), &text, nil, &stream); err != nil {
		t.Fatal(err)
	}
	if content, err := io.ReadAll(&stream); !bytes.Equal(content, body) || err != nil || stream.Length != 4 || stream.Close() != nil {
		t.Errorf("%q, %v", content, err)
	}
	for name, header := range map[string]http.Header{"forged": signedHeader([]byte("x")), "unsigned": nil} {
		client := newClient(t, through(func(*http.Request) (*http.Response, error) { return response(200, header, body), nil }))
		stream := wxpay.Stream{}
		err := client.Do(t.Context(), &text, nil, &stream)
		if n, _ := stream.Read(make([]byte, 1)); n != 0 || err == nil {
			t.Errorf("%s: %d bytes were handed over, %v", name, n, err)
		}
	}
}

func TestStreamErrorAnswer(t *testing.T) {
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		return response(400, nil, []byte(`{"code":"NO_STATEMENT_EXIST"}`)), nil
	}))
	err := client.Do(t.Context(), unsigned, nil, new(wxpay.Stream))
	if !errors.Is(err, wxpay.ErrorCode("NO_STATEMENT_EXIST")) {
		t.Errorf("error is %v", err)
	}
}

// The timeout of a call does not end a long download, but a stall does.
func TestStreamTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var body *slowBody
		client := newClient(t, through(streaming(func(ctx context.Context) io.ReadCloser {
			body = &slowBody{ctx: ctx, pause: 20 * time.Second, left: 100}
			return body
		})))
		var stream wxpay.Stream
		if err := client.Do(t.Context(), unsigned, nil, &stream); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour) // the reader may take its time
		content, err := io.ReadAll(&stream)
		if len(content) != 100 || err != nil || !body.closed {
			t.Errorf("%d bytes, %v, closed %v", len(content), err, body.closed)
		}
		if err := client.Do(t.Context(), unsigned, nil, &stream, wxpay.WithTimeout(10*time.Second)); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		_, err = io.ReadAll(&stream)
		if stalled, ok := errors.AsType[*wxpay.SendError](err); !ok || !errors.Is(err, context.DeadlineExceeded) ||
			time.Since(begun) != 10*time.Second || stalled.Host != "api.mch.weixin.qq.com" || !body.closed {
			t.Errorf("after %s: %v", time.Since(begun), err)
		}
		if _, again := stream.Read(make([]byte, 1)); again != err {
			t.Errorf("the error does not stay: %v", again)
		}
		_ = stream.Close()
	})
}

func TestStreamWithoutAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, through(roundTrip(hangs())))
		begun := time.Now()
		err := client.Do(t.Context(), unsigned, nil, new(wxpay.Stream))
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != 30*time.Second {
			t.Errorf("after %s: %v", time.Since(begun), err)
		}
	})
}

func TestStreamEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, through(streaming(func(ctx context.Context) io.ReadCloser {
			return &slowBody{ctx: ctx, pause: time.Second, left: 100}
		})))
		ctx, cancel := context.WithCancel(t.Context())
		var stream wxpay.Stream
		if err := client.Do(ctx, unsigned, nil, &stream); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(10*time.Second, cancel)
		if _, err := io.ReadAll(&stream); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestStreamIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, script := play(t, nil, answers(503, ""), step(streaming(func(context.Context) io.ReadCloser { return io.NopCloser(strings.NewReader("x")) })))
		var stream wxpay.Stream
		err := client.Do(t.Context(), unsigned, nil, &stream)
		script.tries(time.Second)
		if content, _ := io.ReadAll(&stream); err != nil || string(content) != "x" {
			t.Errorf("%q, %v", content, err)
		}
	})
}

func TestStreamsAreBounded(t *testing.T) {
	client := newClient(t, through(streaming(func(context.Context) io.ReadCloser { return io.NopCloser(endless{}) })))
	var stream wxpay.Stream
	if err := client.Do(t.Context(), unsigned, nil, &stream, wxpay.WithMaxBytes(100_000)); err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, &stream)
	if n != 100_000 || err == nil || !strings.Contains(err.Error(), "longer than 100000 bytes") {
		t.Errorf("%d bytes, %v", n, err)
	}
	if err := newClient(t, through(answering(200, `{"a":1}`))).Do(t.Context(), get, nil, nil, wxpay.WithMaxBytes(3)); err == nil || !strings.Contains(err.Error(), "longer than 3 bytes") {
		t.Errorf("an answer longer than the bound: %v", err)
	}
	if err := client.Do(t.Context(), get, nil, nil, wxpay.WithMaxBytes(0)); err == nil {
		t.Error("a bound of 0 was taken")
	}
}

func TestClosedStreamsLeaveNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.CopyN(w, endless{}, 1<<20)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	client := newClient(t, func(config *wxpay.Config) { config.BaseURL = server.URL })
	for range 10 {
		var stream wxpay.Stream
		if err := client.Do(t.Context(), unsigned, nil, &stream); err != nil {
			t.Fatal(err)
		}
		_, _ = io.CopyN(io.Discard, &stream, 1000)
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
		if _, err := stream.Read(make([]byte, 1)); err == nil || err == io.EOF {
			t.Errorf("reading behind Close: %v", err)
		}
	}
	client.CloseIdleConnections()
	server.Close()
	for wait := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(wait); {
		time.Sleep(5 * time.Millisecond)
	}
	if now := runtime.NumGoroutine(); now > before {
		t.Errorf("%d goroutines before, %d after", before, now)
	}
}
