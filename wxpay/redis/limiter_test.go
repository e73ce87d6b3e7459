package wxredis_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	wxredis "github.com/wxgen/wxgen/wxpay/redis"
)

func limited(name string, limits ...wxpay.RateLimit) *wxpay.Operation {
	return &wxpay.Operation{Name: name, Method: "GET", Path: "/v3/x", RateLimits: limits}
}

// try asks for a call that cannot wait.
func try(t *testing.T, limiter wxpay.Limiter, mchID string, op *wxpay.Operation) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	err := limiter.Wait(ctx, mchID, op)
	if err != nil && !errors.Is(err, wxpay.ErrRateLimited) {
		t.Fatal(err)
	}
	return err == nil
}

func TestLimiterCountsTheFleet(t *testing.T) {
	db, prefix := connect(t)
	a, b := wxredis.New(db, prefix).Limiter(nil), wxredis.New(db, prefix).Limiter(nil)
	merchant := limited("merchant", wxpay.RateLimit{Requests: 3, Period: time.Hour, Per: "merchant"})
	for i, want := range []bool{true, true, true, false, false} {
		limiter := []wxpay.Limiter{a, b}[i%2]
		if got := try(t, limiter, "1", merchant); got != want {
			t.Errorf("call %d: %v", i, got)
		}
	}
	if !try(t, a, "2", merchant) {
		t.Error("another merchant is held back")
	}
	if !try(t, wxredis.New(db, prefix+"other:").Limiter(nil), "1", merchant) {
		t.Error("another prefix is held back")
	}
	all := limited("all", wxpay.RateLimit{Requests: 1, Period: time.Hour, Per: "all"}, wxpay.RateLimit{Requests: 5, Period: time.Hour, Per: "merchant"})
	if !try(t, a, "1", all) || try(t, b, "2", all) {
		t.Error("a limit for all is counted by merchant")
	}
	expireAll(t, db, prefix)
}

// A call that one limit holds back must not count for the others.
func TestLimiterTakesAllOrNothing(t *testing.T) {
	db, prefix := connect(t)
	limiter := wxredis.New(db, prefix).Limiter(nil)
	op := limited("two", wxpay.RateLimit{Requests: 3, Period: time.Hour, Per: "all"}, wxpay.RateLimit{Requests: 1, Period: time.Hour, Per: "merchant"})
	for i, c := range []struct {
		mchID string
		want  bool
	}{{"1", true}, {"1", false}, {"1", false}, {"2", true}, {"3", true}, {"4", false}} {
		if got := try(t, limiter, c.mchID, op); got != c.want {
			t.Errorf("call %d: %v", i, got)
		}
	}
}

// Calls that may wait get through in their turn, and not before. By the real clock, as it is that of Redis.
func TestLimiterWaits(t *testing.T) {
	db, prefix := connect(t)
	op := limited("wait", wxpay.RateLimit{Requests: 5, Period: 200 * time.Millisecond, Per: "merchant"})
	started := time.Now()
	var wait sync.WaitGroup
	for range 3 {
		limiter := wxredis.New(db, prefix).Limiter(nil)
		for range 5 {
			wait.Go(func() {
				if err := limiter.Wait(t.Context(), "1", op); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
	if took := time.Since(started); took < 400*time.Millisecond {
		t.Errorf("15 calls took %s, five a period of 200 ms are allowed", took)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	hour := limited("hour", wxpay.RateLimit{Requests: 1, Period: time.Hour})
	limiter := wxredis.New(db, prefix).Limiter(nil)
	if err := limiter.Wait(ctx, "1", hour); err != nil {
		t.Fatal(err)
	}
	gone := errors.New("gone")
	time.AfterFunc(50*time.Millisecond, func() { cancel(gone) })
	for range 2 { // while it waits, and before it asks
		if err := limiter.Wait(ctx, "1", hour); !errors.Is(err, gone) {
			t.Errorf("cancelled: %v", err)
		}
	}
}

func TestLimiterBoundsItsMemory(t *testing.T) {
	db, prefix := connect(t)
	limiter := wxredis.New(db, prefix).Limiter(nil)
	op := limited("large", wxpay.RateLimit{Requests: 1_000_000, Period: time.Hour})
	for range 10 {
		if !try(t, limiter, "1", op) {
			t.Error("held back")
		}
	}
	for _, name := range expireAll(t, db, prefix) {
		if left := db.PTTL(t.Context(), name).Val(); left > 36*time.Second {
			t.Errorf("%q is kept for %s; 10,000 requests in 36 s are what is counted", name, left)
		}
	}
	none := limited("none", wxpay.RateLimit{Requests: 0, Period: time.Hour}, wxpay.RateLimit{Requests: 1})
	if !try(t, limiter, "1", none) || !try(t, limiter, "1", limited("")) {
		t.Error("limits that say nothing hold calls back")
	}
}

// counter is a fallback.
type counter struct {
	calls int
	err   error
}

func (c *counter) Wait(context.Context, string, *wxpay.Operation) error { c.calls++; return c.err }

func TestLimiterWithoutRedis(t *testing.T) {
	stores := wxredis.New(unreachable(t), "")
	op := limited("down", wxpay.RateLimit{Requests: 1, Period: time.Hour})
	if !try(t, stores.Limiter(nil), "1", op) {
		t.Error("without a fallback, calls go through")
	}
	fallback := &counter{err: wxpay.ErrRateLimited}
	limiter := stores.Limiter(fallback)
	for range 3 {
		if try(t, limiter, "1", op) {
			t.Error("the fallback was not asked")
		}
	}
	if fallback.calls != 3 {
		t.Errorf("the fallback was asked %d times", fallback.calls)
	}
}
