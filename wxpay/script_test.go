package wxpay_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

var (
	get        = &wxpay.Operation{Name: "test.Get", Method: "GET", Path: "/v3/test"}
	idempotent = &wxpay.Operation{Name: "test.Idempotent", Method: "POST", Path: "/v3/test", Idempotent: true}
)

// errRefused is what a connection that is refused gives.
var errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}

// step is what one try meets.
type step func(*http.Request) (*http.Response, error)

func fails(err error) step {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

func answers(status int, code string) step {
	return func(*http.Request) (*http.Response, error) {
		return response(status, http.Header{"Request-Id": {"R"}}, []byte(`{"code":"`+code+`"}`)), nil
	}
}

func succeeds() step {
	return func(*http.Request) (*http.Response, error) { return response(204, signedHeader(nil), nil), nil }
}

// hangs waits until the try is given up.
func hangs() step {
	return func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, context.Cause(r.Context())
	}
}

// script plays the steps, one a try, and notes what it saw.
type script struct {
	t     *testing.T
	steps []step
	at    []time.Duration // since the first try
	hosts []string
	auth  map[string]bool

	begun time.Time
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.begun.IsZero() {
		s.begun, s.auth = time.Now(), make(map[string]bool)
	}
	if len(s.at) == len(s.steps) {
		s.t.Errorf("try %d was not expected", len(s.at)+1)
		return nil, io.ErrClosedPipe
	}
	s.at, s.hosts = append(s.at, time.Since(s.begun)), append(s.hosts, r.URL.Host)
	if authorization := r.Header.Get("Authorization"); s.auth[authorization] {
		s.t.Error("a signature was used twice")
	} else {
		s.auth[authorization] = true
	}
	return s.steps[len(s.at)-1](r)
}

// play makes a client that retries and meets the steps.
func play(t *testing.T, change func(*wxpay.Config), steps ...step) (*wxpay.Client, *script) {
	s := &script{t: t, steps: steps}
	return newClient(t, func(config *wxpay.Config) {
		config.BaseURL = "https://gateway.example" // without a backup
		config.Retry = wxpay.RetryPolicy{}
		config.HTTPClient = &http.Client{Transport: s}
		if change != nil {
			change(config)
		}
	}), s
}

// tries checks how often a call was tried, with about which waits in between (half to one and a half times).
func (s *script) tries(want ...time.Duration) {
	s.t.Helper()
	if len(s.at) != len(want)+1 {
		s.t.Fatalf("%d tries, want %d", len(s.at), len(want)+1)
	}
	for i, wait := range want {
		if got := s.at[i+1] - s.at[i]; got < wait/2 || got > wait*3/2 {
			s.t.Errorf("try %d came %s after the one before, want about %s", i+2, got, wait)
		}
	}
}
