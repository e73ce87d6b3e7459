// Package storetest checks implementations of the stores that package wxpay takes, as testing/fstest does for file systems.
package storetest

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// Events checks a [wxpay.EventStore]. It uses keys that begin with "storetest:" and leases and memories of unit and ten times
// unit, and lets them run out with wait: a store in memory takes a second of the clock of testing/synctest, one that another
// process keeps perhaps 100 ms of the real one.
func Events(t *testing.T, store wxpay.EventStore, unit time.Duration, wait func(time.Duration)) {
	t.Helper()
	s := &events{t: t, store: store, lease: 10 * unit, unit: unit, wait: wait}
	s.onlyOneAtATime("storetest:one")
	s.doneStaysDone("storetest:done")
	s.memoryEnds("storetest:memory")
	s.abandonedComesAgain("storetest:abandoned")
	s.leaseEnds("storetest:lease")
	s.lateFinishHolds("storetest:late")
	s.oneOfMany("storetest:many")
	s.anyBytes("storetest:\x00 \n%:*中文" + strings.Repeat("x", 300))
}

type events struct {
	t     *testing.T
	store wxpay.EventStore
	lease time.Duration
	unit  time.Duration
	wait  func(time.Duration)
}

// begin claims a key, and expects a state.
func (s *events) begin(key string, lease time.Duration, want wxpay.EventState) wxpay.EventClaim {
	s.t.Helper()
	claim, err := s.store.Begin(context.Background(), key, lease)
	if err != nil {
		s.t.Fatalf("Begin(%q): %v", key, err)
	}
	if claim.State != want {
		s.t.Fatalf("Begin(%q): state %d, want %d", key, claim.State, want)
	}
	return claim
}

func (s *events) finish(key, token string, answer []byte, keep time.Duration) {
	s.t.Helper()
	if err := s.store.Finish(context.Background(), key, token, answer, keep); err != nil {
		s.t.Fatalf("Finish(%q): %v", key, err)
	}
}

func (s *events) abandon(key, token string) {
	s.t.Helper()
	if err := s.store.Abandon(context.Background(), key, token); err != nil {
		s.t.Fatalf("Abandon(%q): %v", key, err)
	}
}

func (s *events) onlyOneAtATime(key string) {
	s.t.Helper()
	first := s.begin(key, s.lease, wxpay.EventNew)
	if first.Token == "" {
		s.t.Error("a claim without a token")
	}
	s.begin(key, s.lease, wxpay.EventInProgress)
	s.begin(key+"2", s.lease, wxpay.EventNew)
	s.abandon(key, "no such token")
	s.begin(key, s.lease, wxpay.EventInProgress)
}

func (s *events) doneStaysDone(key string) {
	s.t.Helper()
	token := s.begin(key, s.unit, wxpay.EventNew).Token
	s.finish(key, token, []byte(`{"a":"值"}`), time.Hour)
	s.abandon(key, token)
	s.wait(2 * s.unit) // the end of the lease means nothing now
	if got := s.begin(key, s.lease, wxpay.EventDone); string(got.Answer) != `{"a":"值"}` {
		s.t.Errorf("the answer is %q", got.Answer)
	}
}

func (s *events) memoryEnds(key string) {
	s.t.Helper()
	s.finish(key, s.begin(key, s.lease, wxpay.EventNew).Token, nil, s.unit)
	if got := s.begin(key, s.lease, wxpay.EventDone); len(got.Answer) != 0 {
		s.t.Errorf("the answer is %q", got.Answer)
	}
	s.wait(2 * s.unit)
	s.begin(key, s.lease, wxpay.EventNew)
}

func (s *events) abandonedComesAgain(key string) {
	s.t.Helper()
	first := s.begin(key, s.lease, wxpay.EventNew)
	s.abandon(key, first.Token)
	if second := s.begin(key, s.lease, wxpay.EventNew); second.Token == first.Token {
		s.t.Error("two claims have one token")
	}
}

// leaseEnds: whoever had the event crashed, or so it seems; what it does later must not touch the claim of the next one.
func (s *events) leaseEnds(key string) {
	s.t.Helper()
	first := s.begin(key, s.unit, wxpay.EventNew)
	s.wait(2 * s.unit)
	second := s.begin(key, time.Hour, wxpay.EventNew)
	if second.Token == first.Token {
		s.t.Error("two claims have one token")
	}
	s.abandon(key, first.Token)
	s.begin(key, s.lease, wxpay.EventInProgress)
}

func (s *events) lateFinishHolds(key string) {
	s.t.Helper()
	first := s.begin(key, s.unit, wxpay.EventNew)
	s.wait(2 * s.unit)
	second := s.begin(key, s.lease, wxpay.EventNew)
	s.finish(key, first.Token, []byte("1"), time.Hour)
	s.abandon(key, second.Token)
	if got := s.begin(key, s.lease, wxpay.EventDone); string(got.Answer) != "1" {
		s.t.Errorf("the answer is %q", got.Answer)
	}
}

func (s *events) oneOfMany(key string) {
	s.t.Helper()
	var won atomic.Int64
	var wait sync.WaitGroup
	for range 32 {
		wait.Go(func() {
			claim, err := s.store.Begin(context.Background(), key, time.Hour)
			if err != nil {
				s.t.Errorf("Begin(%q): %v", key, err)
			}
			if claim.State == wxpay.EventNew {
				won.Add(1)
			}
		})
	}
	wait.Wait()
	if won.Load() != 1 {
		s.t.Errorf("%d of 32 have the event, want 1", won.Load())
	}
}

func (s *events) anyBytes(key string) {
	s.t.Helper()
	answer := "\x00\xff\r\n"
	s.finish(key, s.begin(key, s.lease, wxpay.EventNew).Token, []byte(answer), time.Hour)
	if got := s.begin(key, s.lease, wxpay.EventDone); string(got.Answer) != answer {
		s.t.Errorf("the answer is %q", got.Answer)
	}
}
