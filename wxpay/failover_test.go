package wxpay_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

const (
	mainHost   = "api.mch.weixin.qq.com"
	backupHost = "api2.mch.weixin.qq.com"
)

// city is WeChat Pay in two cities: hosts that are down refuse connections.
type city struct {
	down  map[string]bool
	hang  map[string]bool
	hosts []string
}

func (c *city) RoundTrip(r *http.Request) (*http.Response, error) {
	c.hosts = append(c.hosts, r.URL.Host)
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GetConn != nil {
		trace.GetConn(r.URL.Host)
	}
	switch {
	case c.down[r.URL.Host]:
		return nil, errRefused
	case c.hang[r.URL.Host]:
		<-r.Context().Done()
		return nil, context.Cause(r.Context())
	}
	return response(204, signedHeader(nil), nil), nil
}

func (c *city) client(t *testing.T, change func(*wxpay.Config)) *wxpay.Client {
	return newClient(t, func(config *wxpay.Config) {
		config.Retry = wxpay.RetryPolicy{}
		config.HTTPClient = &http.Client{Transport: c}
		if change != nil {
			change(config)
		}
	})
}

// visited returns the hosts of the last calls.
func (c *city) visited(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(c.hosts, want) {
		t.Errorf("calls went to %v, want %v", c.hosts, want)
	}
	c.hosts = nil
}

func TestFailover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &city{down: map[string]bool{mainHost: true}}
		client := c.client(t, nil)
		call := func() {
			t.Helper()
			begun := time.Now()
			if err := client.Do(t.Context(), post, nil, nil); err != nil {
				t.Error(err)
			}
			if took := time.Since(begun); took > 0 {
				t.Errorf("the caller waited for %s", took)
			}
		}
		call()
		c.visited(t, mainHost, backupHost)
		call()
		c.visited(t, backupHost) // sticks
		time.Sleep(time.Minute)
		call()
		call()
		c.visited(t, mainHost, backupHost, backupHost) // one call looks, the next does not
		c.down = nil
		time.Sleep(time.Minute)
		call()
		call()
		c.visited(t, mainHost, mainHost) // back
		c.down = map[string]bool{mainHost: true}
		call()
		c.down = map[string]bool{backupHost: true}
		call()
		c.visited(t, mainHost, backupHost, backupHost, mainHost) // the backup fails, too
		call()
		c.visited(t, mainHost)
	})
}

func TestFailoverOfEveryKindOfHosts(t *testing.T) {
	hk := []string{"apihk.mch.weixin.qq.com", "apihk2.mch.weixin.qq.com"}
	for name, c := range map[string]struct {
		change func(*wxpay.Config)
		op     wxpay.Operation
		opts   []wxpay.CallOption
		want   []string // all down
	}{
		"defaults":         {nil, wxpay.Operation{}, nil, []string{mainHost, backupHost, mainHost}},
		"of the operation": {nil, wxpay.Operation{Hosts: hk}, nil, []string{hk[0], hk[1], hk[0]}},
		"one only":         {nil, wxpay.Operation{Hosts: hk[:1]}, nil, []string{hk[0], hk[0], hk[0]}},
		"base URL":         {func(c *wxpay.Config) { c.BaseURL = "https://a" }, wxpay.Operation{Hosts: hk}, nil, []string{"a", "a", "a"}},
		"backups": {func(c *wxpay.Config) { c.BaseURL, c.BackupURLs = "https://a", []string{"https://b", "http://c:80"} },
			wxpay.Operation{}, nil, []string{"a", "b", "c:80"}},
		"of the call": {nil, wxpay.Operation{}, []wxpay.CallOption{wxpay.WithBaseURL("https://x")}, []string{"x", "x", "x"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			down := &city{down: map[string]bool{}}
			for _, host := range c.want {
				down.down[host] = true
			}
			client := down.client(t, c.change)
			c.op.Method, c.op.Path = "POST", "/v3/x"
			err := client.Do(t.Context(), &c.op, nil, nil, c.opts...)
			if unsent, ok := errors.AsType[*wxpay.SendError](err); !ok || unsent.Sent || unsent.Tries != 3 || errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Errorf("%s: %v", name, err)
			}
			down.visited(t, c.want...)
		})
	}
}

// A host that answers nothing at all costs the probing call little, and a POST is still sent once.
func TestProbeOfADeadHostIsShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &city{down: map[string]bool{mainHost: true}}
		client := c.client(t, nil)
		_ = client.Do(t.Context(), post, nil, nil)
		c.down, c.hang, c.hosts = nil, map[string]bool{mainHost: true}, nil
		time.Sleep(time.Minute)
		begun := time.Now()
		if err := client.Do(t.Context(), post, nil, nil); err != nil || time.Since(begun) != 3*time.Second {
			t.Errorf("%v after %s", err, time.Since(begun))
		}
		c.visited(t, mainHost, backupHost)
	})
}

// Finding out about the main host is no reason for a call to fail, also where retries are off.
func TestProbeNeverFailsACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &city{down: map[string]bool{mainHost: true}}
		client := c.client(t, func(config *wxpay.Config) { config.Retry.MaxTries = 1 })
		if err := client.Do(t.Context(), post, nil, nil); err == nil {
			t.Error("the first call was tried again with retries off")
		}
		for range 5 {
			time.Sleep(time.Minute)
			if err := client.Do(t.Context(), post, nil, nil); err != nil {
				t.Error(err)
			}
		}
	})
}

// Many callers at once agree on the host, and nobody fails. The race detector looks on.
func TestFailoverOfManyCallers(t *testing.T) {
	var down atomic.Bool
	var served [2]atomic.Int32
	client := newClient(t, func(config *wxpay.Config) {
		config.Retry, config.Signer = wxpay.RetryPolicy{}, &signingKey{}
		header := signedHeader(nil)
		through(func(r *http.Request) (*http.Response, error) {
			index := 0
			if r.URL.Host == backupHost {
				index = 1
			} else if down.Load() {
				return nil, errRefused
			}
			served[index].Add(1)
			return response(204, header, nil), nil
		})(config)
	})
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			for n := range 20 {
				down.Store(i == 0 && n > 3 || down.Load())
				if err := client.Do(t.Context(), post, nil, nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if total := served[0].Load() + served[1].Load(); total != 64*20 || served[1].Load() == 0 {
		t.Errorf("%d and %d calls arrived", served[0].Load(), served[1].Load())
	}
}

func TestFailoverNeedsAFailureToConnect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, c := range map[string]struct {
			op    *wxpay.Operation
			steps []step
			hosts []string
		}{
			"reset after sending a POST": {post, []step{fails(io.ErrUnexpectedEOF), succeeds()}, []string{mainHost, mainHost}},
			"503 for a POST":             {post, []step{answers(503, ""), succeeds()}, []string{mainHost, mainHost}},
			"business error":             {get, []step{answers(400, "PARAM_ERROR"), succeeds()}, []string{mainHost, mainHost}},
			// What may be repeated may be repeated elsewhere, but later calls stay.
			"reset after sending a GET": {get, []step{fails(io.ErrUnexpectedEOF), succeeds(), succeeds()}, []string{mainHost, backupHost, mainHost}},
			"503 for a GET":             {get, []step{answers(503, ""), succeeds(), succeeds()}, []string{mainHost, backupHost, mainHost}},
			"SYSTEM_ERROR for a GET":    {get, []step{answers(500, "SYSTEM_ERROR"), succeeds(), succeeds()}, []string{mainHost, mainHost, mainHost}},
		} {
			client, script := play(t, func(config *wxpay.Config) { config.BaseURL = "" }, c.steps...)
			_ = client.Do(t.Context(), c.op, nil, nil)
			_ = client.Do(t.Context(), c.op, nil, nil)
			if !slices.Equal(script.hosts, c.hosts) {
				t.Errorf("%s: %v, want %v", name, script.hosts, c.hosts)
			}
		}
	})
}

// A caller that gives up says nothing about the host.
func TestImpatienceIsNoOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &city{hang: map[string]bool{mainHost: true}}
		client := c.client(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		if err := client.Do(ctx, post, nil, nil); !errors.Is(err, context.Canceled) || errors.Is(err, wxpay.ErrOutcomeUnknown) {
			t.Errorf("error is %v", err)
		}
		_ = client.Do(t.Context(), post, nil, nil, wxpay.WithTimeout(100*time.Millisecond))
		c.visited(t, mainHost, mainHost)
		// Ten seconds without a connection do: the next call goes elsewhere.
		_ = client.Do(t.Context(), post, nil, nil, wxpay.WithTimeout(10*time.Second))
		if err := client.Do(t.Context(), post, nil, nil); err != nil {
			t.Error(err)
		}
		c.visited(t, mainHost, backupHost)
	})
}

// The same over real connections: the main server dies between two calls.
func TestFailoverOverTheWire(t *testing.T) {
	var calls atomic.Int32
	handle := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		copyHeader(w.Header(), signedHeader(nil))
		w.WriteHeader(http.StatusNoContent)
	})
	first, second := httptest.NewServer(handle), httptest.NewServer(handle)
	defer second.Close()
	client := newClient(t, func(config *wxpay.Config) {
		config.BaseURL, config.BackupURLs, config.Retry = first.URL, []string{second.URL}, wxpay.RetryPolicy{}
	})
	for i := range 4 {
		if err := client.Do(t.Context(), post, nil, nil); err != nil {
			t.Error(err)
		}
		if i == 1 {
			first.Close()
			client.CloseIdleConnections()
		}
	}
	if calls.Load() != 4 {
		t.Errorf("%d calls arrived, want 4", calls.Load())
	}
}

// A certificate that cannot be trusted is tried on the other host once, and never waited for.
func TestUntrustedCertificateIsNotTriedAgain(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	client := newClient(t, func(config *wxpay.Config) { config.BaseURL, config.Retry = server.URL, wxpay.RetryPolicy{} })
	begun := time.Now()
	err := client.Do(t.Context(), post, nil, nil)
	unsent, ok := errors.AsType[*wxpay.SendError](err)
	if !ok || unsent.Sent || unsent.Tries != 1 || time.Since(begun) > 400*time.Millisecond {
		t.Errorf("%v after %s", err, time.Since(begun))
	}
}

func TestBackupURLErrors(t *testing.T) {
	for name, change := range map[string]func(*wxpay.Config){
		"without a main one": func(c *wxpay.Config) { c.BackupURLs = []string{"https://a"} },
		"no URL":             func(c *wxpay.Config) { c.BaseURL, c.BackupURLs = "https://a", []string{"b"} },
		"negative tries":     func(c *wxpay.Config) { c.Retry.MaxTries = -1 },
	} {
		c := config()
		change(&c)
		if _, err := wxpay.NewClient(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
