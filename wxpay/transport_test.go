package wxpay_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func serverClient(t *testing.T, handle http.HandlerFunc) *wxpay.Client {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return newClient(t, func(config *wxpay.Config) { config.BaseURL = server.URL })
}

func copyHeader(to, from http.Header) {
	for name, values := range from {
		to[name] = values
	}
}

func gzipped(content io.Reader) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.Copy(w, content); err != nil {
		panic(err)
	}
	must(0, w.Close())
	return out.Bytes()
}

func TestCompressedAnswerIsVerifiedAsSigned(t *testing.T) {
	body := []byte(`{"a":"` + strings.Repeat("x", 5000) + `"}`)
	client := serverClient(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("gzip is not offered")
		}
		copyHeader(w.Header(), signedHeader(body))
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(gzipped(bytes.NewReader(body)))
	})
	var answer struct{ A string }
	if err := client.Do(t.Context(), post, nil, &answer); err != nil || len(answer.A) != 5000 {
		t.Errorf("%d characters, %v", len(answer.A), err)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	bomb := gzipped(io.LimitReader(endless{}, 40<<20))
	for name, write := range map[string]func(w http.ResponseWriter){
		"gzip bomb": func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		},
		"endless": func(w http.ResponseWriter) { _, _ = io.Copy(w, io.LimitReader(endless{}, 40<<20)) },
		"announced": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", fmt.Sprint(40<<20))
			_, _ = io.Copy(w, io.LimitReader(endless{}, 40<<20))
		},
	} {
		client := serverClient(t, func(w http.ResponseWriter, _ *http.Request) {
			copyHeader(w.Header(), signedHeader(nil))
			write(w)
		})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := client.Do(t.Context(), post, nil, nil)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), "longer than 10485760 bytes") || !errors.Is(err, wxpay.ErrOutcomeUnknown) {
			t.Errorf("%s: %v", name, err)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 100<<20 {
			t.Errorf("%s: %d MiB were allocated", name, grown>>20)
		}
	}
	header := http.Header{"X-Big": {strings.Repeat("x", 1<<20)}}
	client := serverClient(t, func(w http.ResponseWriter, _ *http.Request) { copyHeader(w.Header(), header) })
	if err := client.Do(t.Context(), post, nil, nil); err == nil {
		t.Error("a header of 1 MiB was taken")
	}
}

func TestNoContent(t *testing.T) {
	client := serverClient(t, func(w http.ResponseWriter, _ *http.Request) {
		copyHeader(w.Header(), signedHeader(nil))
		w.WriteHeader(http.StatusNoContent)
	})
	answer := struct{ A string }{"kept"}
	if err := client.Do(t.Context(), post, nil, &answer); err != nil || answer.A != "kept" {
		t.Errorf("%+v, %v", answer, err)
	}
}

// What a SendError says about an unfinished call decides whether it may be made again.
func TestSendErrors(t *testing.T) {
	get := &wxpay.Operation{Name: "test.Get", Method: "GET", Path: "/v3/secret/{id}?token=SECRET"}
	type request struct {
		ID string `json:"-" path:"id"`
	}
	closed := httptest.NewServer(nil)
	closed.Close()
	tlsServer := httptest.NewUnstartedServer(nil)
	tlsServer.Config.ErrorLog = log.New(io.Discard, "", 0)
	tlsServer.StartTLS() // with a certificate that nobody trusts
	defer tlsServer.Close()
	hijack := func(answer string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.ReadAll(r.Body)
			conn, _, _ := w.(http.Hijacker).Hijack()
			_, _ = io.WriteString(conn, answer)
			conn.Close()
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer slow.Close()
	defer close(release)
	silent := must(net.Listen("tcp", "127.0.0.1:0")) // takes connections, but no TLS handshake goes on
	defer silent.Close()
	for name, c := range map[string]struct {
		url  string
		sent bool
		is   error
	}{
		"refused":          {closed.URL, false, nil},
		"unknown host":     {"http://no-such-host.invalid", false, nil},
		"TLS not trusted":  {tlsServer.URL, false, nil},
		"TLS without end":  {"https://" + silent.Addr().String(), false, context.DeadlineExceeded},
		"reset":            {hijack(""), true, nil},
		"no HTTP":          {hijack("SSH-2.0\r\n\r\n"), true, nil},
		"cut off":          {hijack("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), true, io.ErrUnexpectedEOF},
		"header then hang": {slow.URL, true, context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) { config.BaseURL = c.url })
			for _, op := range []*wxpay.Operation{post, get} {
				var req any
				if op == get {
					req = &request{"SECRET"}
				}
				err := client.Do(t.Context(), op, req, nil, wxpay.WithTimeout(300*time.Millisecond))
				failed, ok := errors.AsType[*wxpay.SendError](err)
				if !ok {
					t.Fatalf("error is %T: %v", err, err)
				}
				if op == post && failed.Sent != c.sent {
					t.Errorf("sent is %v in %v", failed.Sent, err)
				}
				if errors.Is(err, wxpay.ErrOutcomeUnknown) != (c.sent && op == post) {
					t.Errorf("%s: outcome unknown is %v", op.Method, !c.sent)
				}
				if c.is != nil && !errors.Is(err, c.is) {
					t.Errorf("error is %v, want %v", err, c.is)
				}
				if strings.Contains(err.Error(), "SECRET") {
					t.Errorf("the error holds the URL: %v", err)
				}
			}
		})
	}
}

func TestContextEndsCall(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return nil, io.EOF
	}))
	if err := client.Do(ctx, post, nil, nil); !errors.Is(err, context.Canceled) || errors.Is(err, wxpay.ErrOutcomeUnknown) {
		t.Errorf("error is %v", err)
	}
}

func TestTimeouts(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*wxpay.Config)
		opts   []wxpay.CallOption
		want   time.Duration // 0: none
	}{
		"default":           {nil, nil, 30 * time.Second},
		"configured":        {func(c *wxpay.Config) { c.Timeout = time.Minute }, nil, time.Minute},
		"of the client":     {func(c *wxpay.Config) { c.HTTPClient.Timeout = time.Second }, nil, time.Second},
		"none":              {func(c *wxpay.Config) { c.Timeout = -1 }, nil, 0},
		"of the call":       {nil, []wxpay.CallOption{wxpay.WithTimeout(time.Hour)}, time.Hour},
		"none for the call": {nil, []wxpay.CallOption{wxpay.WithTimeout(0)}, 0},
	} {
		var left time.Duration
		client := newClient(t, func(config *wxpay.Config) {
			through(func(r *http.Request) (*http.Response, error) {
				if until, ok := r.Context().Deadline(); ok {
					left = time.Until(until)
				}
				return response(204, signedHeader(nil), nil), nil
			})(config)
			if c.change != nil {
				c.change(config)
			}
		})
		if err := client.Do(t.Context(), post, nil, nil, c.opts...); err != nil {
			t.Error(err)
		}
		if left > c.want || left < c.want-10*time.Second {
			t.Errorf("%s: %s left, want about %s", name, left, c.want)
		}
	}
}

func TestConcurrentCallsLeaveNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		copyHeader(w.Header(), signedHeader(body))
		_, _ = w.Write(body)
	}))
	client := newClient(t, func(config *wxpay.Config) {
		config.BaseURL = server.URL
		config.Signer = struct{ *signingKey }{&signingKey{}}
	})
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			var answer map[string]int
			err := client.Do(t.Context(), post, map[string]int{"n": i}, &answer)
			if err != nil || answer["n"] != i {
				t.Errorf("%v, %v", answer, err)
			}
		})
	}
	group.Wait()
	client.CloseIdleConnections()
	server.Close()
	for wait := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(wait); {
		time.Sleep(5 * time.Millisecond)
	}
	if now := runtime.NumGoroutine(); now > before {
		t.Errorf("%d goroutines before, %d after", before, now)
	}
}
