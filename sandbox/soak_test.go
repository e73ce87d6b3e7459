package sandbox_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

var soakCalls = flag.Int("calls", 1000, "calls of TestSoak")

// soak is traffic across a rotation of the certificate and an outage of the main domain.
type soak struct {
	srv    *sandbox.Server
	client *wxpay.Client
	jump   atomic.Int64 // of the clock

	next    atomic.Int64 // number of the next call
	unknown atomic.Int64 // calls whose outcome is not known

	mu      sync.Mutex
	carried map[string]int // how often, by business number
	failed  []error
}

type trade struct {
	Number string `json:"out_trade_no"`
}

// TestSoak makes 1,000 calls (10,000 with -calls 10000) while the certificate changes, the main domain goes down and comes
// back, answers are probes, and gateways fail. No caller sees a failure that the rules could have avoided: GETs and
// idempotent POSTs all succeed; other POSTs fail only if they may have been received, and say so; none is carried out twice.
func TestSoak(t *testing.T) {
	before := goroutines()
	s := newSoak(t)
	total := *soakCalls
	started := time.Now()
	s.run(total / 5)
	s.srv.Rotate(sandbox.RotationListed)
	s.jump.Add(int64(13 * time.Hour)) // certificates are fetched every twelve hours; nothing is under way at this moment
	steps := []func(){
		func() { s.srv.Rotate(sandbox.RotationMixed) },
		func() { s.srv.Down(sandbox.Main) },
		func() { s.srv.Rotate(sandbox.RotationSwitched) },
		func() { s.srv.Apply(sandbox.Rule{Fault: sandbox.FaultProbe, Times: 3}) },
		func() {
			if err := s.srv.Up(sandbox.Main); err != nil {
				t.Error(err)
			}
		},
		func() { s.srv.Rotate(sandbox.RotationDone) },
		func() { s.srv.Apply(sandbox.Rule{Fault: sandbox.FaultHTML, Status: 502, Times: 3}) },
		func() { s.srv.Apply(sandbox.Rule{Fault: sandbox.FaultResetBefore, Times: 3}) },
		func() { s.srv.Down(sandbox.Backup) },
	}
	s.runWith(total-total/5, steps)
	t.Logf("%d calls in %v, %d of them with an unknown outcome", total, time.Since(started).Round(time.Millisecond), s.unknown.Load())
	s.verdict(t, int64(2*len(steps)*workers))
	s.client.CloseIdleConnections()
	s.srv.Close()
	noneLeft(t, before)
}

const workers = 8

func newSoak(t *testing.T) *soak {
	t.Helper()
	s := &soak{carried: make(map[string]int)}
	s.srv = sandbox.Start(t, sandbox.WithBackup(), sandbox.WithKeys(sandbox.CertificatesOnly),
		sandbox.WithClock(func() time.Time { return time.Now().Add(time.Duration(s.jump.Load())) }))
	for _, op := range kinds {
		s.srv.Handle(op.Method+" "+op.Path, s.carryOut)
	}
	config := s.srv.Config()
	config.Retry = wxpay.RetryPolicy{FirstWait: time.Millisecond, MaxTries: 4}
	transport := wxpay.NewTransport()
	config.HTTPClient = &http.Client{Transport: transport}
	var err error
	if s.client, err = wxpay.NewClient(config); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *soak) carryOut(r *sandbox.Request) (any, error) {
	number := trade{Number: r.Query.Get("n")}
	if r.Method == http.MethodPost {
		if err := r.Decode(&number); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.carried[number.Number]++
	return number, nil
}

func (s *soak) run(calls int) { s.runWith(calls, nil) }

// runWith makes calls from several goroutines, and takes the steps in equal distances while they are under way.
func (s *soak) runWith(calls int, steps []func()) {
	last := s.next.Load() + int64(calls)
	distance := int64(calls / (len(steps) + 1))
	first := last - int64(calls)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n := s.next.Add(1); n <= last; n = s.next.Add(1) {
				if i := (n-first)/distance - 1; (n-first)%distance == 0 && i < int64(len(steps)) {
					steps[i]()
				}
				s.call(n)
			}
		})
	}
	wg.Wait()
	s.next.Store(last)
}

func (s *soak) call(n int64) {
	op, number := *kinds[n%3], fmt.Sprint(n)
	var request any
	if op.Method == http.MethodPost {
		request = trade{number}
	} else {
		op.Path += "?n=" + number
	}
	var answer trade
	err := s.client.Do(context.Background(), &op, request, &answer)
	switch {
	case err == nil && answer.Number == number:
	case err == nil:
		s.fail(fmt.Errorf("call %d got the answer of %q", n, answer.Number))
	case answer.Number != "":
		s.fail(fmt.Errorf("call %d: content beside an error: %w", n, err))
	case op.Method == http.MethodPost && !op.Idempotent && errors.Is(err, wxpay.ErrOutcomeUnknown):
		s.unknown.Add(1)
	default:
		s.fail(fmt.Errorf("call %d, %s: %w", n, op.Name, err))
	}
}

func (s *soak) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = append(s.failed, err)
}

// verdict allows unknown outcomes for calls that were under way when something broke, and nothing else.
func (s *soak) verdict(t *testing.T, most int64) {
	t.Helper()
	for i, err := range s.failed {
		if i < 10 {
			t.Error(err)
		}
	}
	if n := len(s.failed); n > 0 {
		t.Errorf("%d calls failed that should not have", n)
	}
	if n := s.unknown.Load(); n > most {
		t.Errorf("%d POSTs have an unknown outcome, at most %d were under way when something broke", n, most)
	}
	for number, times := range s.carried {
		var n int
		if _, err := fmt.Sscan(number, &n); err != nil {
			t.Fatal(err)
		}
		if n%3 == 2 && times > 1 {
			t.Errorf("POST %s was carried out %d times", number, times)
		}
	}
}
