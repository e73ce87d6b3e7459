package wxpay_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func limited(per string, requests int, period time.Duration) *wxpay.Operation {
	op := *get
	op.Name = "test.Limited" + per
	op.RateLimits = []wxpay.RateLimit{{Requests: requests, Period: period, Per: per}}
	return &op
}

func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter := wxpay.NewLimiter(1)
		op := limited("merchant", 3, time.Second)
		begun := time.Now()
		for i := range 10 {
			if err := limiter.Wait(t.Context(), "1", op); err != nil {
				t.Fatal(err)
			}
			if at := time.Since(begun); at != time.Duration(i/3)*time.Second {
				t.Errorf("call %d at %s", i, at)
			}
		}
		if err := limiter.Wait(t.Context(), "2", op); err != nil || time.Since(begun) != 3*time.Second {
			t.Errorf("another merchant has to wait: %v, %s", err, time.Since(begun))
		}
		time.Sleep(time.Hour)
		begun = time.Now()
		for range 3 {
			_ = limiter.Wait(t.Context(), "1", op)
		}
		if time.Since(begun) != 0 {
			t.Error("an idle limit does not recover")
		}
	})
}

func TestLimiterScopes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for per, shared := range map[string]bool{"all": true, "ip": true, "merchant": false, "appid": false} {
			limiter, op, begun := wxpay.NewLimiter(1), limited(per, 1, time.Second), time.Now()
			_ = limiter.Wait(t.Context(), "1", op)
			_ = limiter.Wait(t.Context(), "2", op)
			if waited := time.Since(begun) > 0; waited != shared {
				t.Errorf("per %s: waited is %v", per, waited)
			}
		}
	})
}

func TestLimiterShareAndSeveralLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter, begun := wxpay.NewLimiter(0.5), time.Now()
		op := limited("merchant", 8, time.Second) // 4 of them are ours
		op.RateLimits = append(op.RateLimits, wxpay.RateLimit{Requests: 10, Period: time.Minute, Per: "all"}, wxpay.RateLimit{})
		for range 5 {
			_ = limiter.Wait(t.Context(), "1", op)
		}
		if at := time.Since(begun); at != time.Second {
			t.Errorf("5 calls took %s", at)
		}
		_ = limiter.Wait(t.Context(), "1", op)
		if at := time.Since(begun); at != time.Minute {
			t.Errorf("6 calls took %s, want a minute", at)
		}
		many := limited("all", 5_000_000, 24*time.Hour)
		for range 20_000 {
			_ = limiter.Wait(t.Context(), "1", many)
		}
	})
}

// What is not let through in time fails at once, and takes nobody's place.
func TestLimiterDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter, op := wxpay.NewLimiter(1), limited("merchant", 1, 10*time.Second)
		_ = limiter.Wait(t.Context(), "1", op)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		begun := time.Now()
		for range 3 {
			if err := limiter.Wait(ctx, "1", op); !errors.Is(err, wxpay.ErrRateLimited) || time.Since(begun) > 0 {
				t.Errorf("%v after %s", err, time.Since(begun))
			}
		}
		if err := limiter.Wait(t.Context(), "1", op); err != nil || time.Since(begun) != 10*time.Second {
			t.Errorf("%v after %s", err, time.Since(begun))
		}
		canceled, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		if err := limiter.Wait(canceled, "1", op); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if err := limiter.Wait(canceled, "1", op); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

func TestLimiterNeverLetsTooManyThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter, op := wxpay.NewLimiter(1), limited("merchant", 7, time.Second)
		var lock sync.Mutex
		var passed []time.Time
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				if err := limiter.Wait(t.Context(), "1", op); err != nil {
					t.Error(err)
				}
				lock.Lock()
				defer lock.Unlock()
				passed = append(passed, time.Now())
			})
		}
		group.Wait()
		for i := 7; i < len(passed); i++ {
			if passed[i].Sub(passed[i-7]) < time.Second {
				t.Errorf("8 calls within %s", passed[i].Sub(passed[i-7]))
			}
		}
	})
}

func TestClientAsksTheLimiterForEveryTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		op := limited("merchant", 1, 10*time.Second)
		client, script := play(t, func(config *wxpay.Config) { config.Limiter = wxpay.NewLimiter(1) }, answers(503, ""), succeeds())
		if err := client.Do(t.Context(), op, nil, nil); err != nil || script.at[1] != 10*time.Second {
			t.Errorf("%v, %v", err, script.at)
		}
		err := client.Do(t.Context(), op, nil, nil, wxpay.WithTimeout(time.Second))
		if !errors.Is(err, wxpay.ErrRateLimited) || errors.Is(err, wxpay.ErrOutcomeUnknown) || wxpay.Classify(err) != wxpay.ClassLimited {
			t.Errorf("error is %v", err)
		}
	})
}
