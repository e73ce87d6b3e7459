package wxpay

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Limiter holds calls back so that they keep within the rates of [Operation.RateLimits]. It is asked before every try. One
// that counts for a whole fleet can be put in place of the one of [NewLimiter].
//
// Implementations are safe for concurrent use.
type Limiter interface {
	// Wait returns nil when the merchant may make a call of the operation. If the context would end before, it returns an
	// error at once, one that wraps ErrRateLimited.
	Wait(ctx context.Context, mchID string, op *Operation) error
}

// ErrRateLimited is wrapped by errors of calls that the client's own [Limiter] held back. They were not sent.
var ErrRateLimited = errors.New("held back by the client's rate limiter")

// maxWindow bounds the memory of one limit: 24 bytes a request.
const maxWindow = 10_000

// NewLimiter returns a Limiter for one process. It never lets more calls through in any period than the documentation
// allows, and lets them through at once as long as that holds. share is the part of the rates that this process takes: 1 for
// all, 0.25 for one of four processes; anything outside of (0, 1] counts as 1.
//
// Limits per merchant are counted for each merchant, those per IP address or for all callers once for the process. Limits per
// appid are counted for each merchant, which is the safe side where it has several.
func NewLimiter(share float64) Limiter {
	if !(share > 0 && share <= 1) {
		share = 1
	}
	return &limiter{share: share, windows: make(map[windowKey]*limitWindow)}
}

type limiter struct {
	share float64

	mu      sync.Mutex
	windows map[windowKey]*limitWindow
}

// windowKey says what is counted together.
type windowKey struct {
	operation, mchID string
	index            int // in Operation.RateLimits
}

// limitWindow holds the times of the last calls of one limit, as many as a period may have, in a ring. The next call may begin
// when the oldest of them is a period ago, so no period ever holds more. Unlike a bucket of tokens this cannot let through
// twice the rate around a full bucket.
type limitWindow struct {
	period time.Duration
	times  []time.Time
	next   int
}

// newLimitWindow cuts a large limit down to as many requests in a shorter period, which bounds its memory.
func newLimitWindow(requests int, period time.Duration) *limitWindow {
	if requests > maxWindow {
		period = time.Duration(float64(period) * maxWindow / float64(requests))
		requests = maxWindow
	}
	return &limitWindow{period: period, times: make([]time.Time, requests)}
}

func (w *limitWindow) earliest(now time.Time) time.Time {
	if oldest := w.times[w.next]; !oldest.IsZero() && oldest.Add(w.period).After(now) {
		return oldest.Add(w.period)
	}
	return now
}

func (w *limitWindow) take(at time.Time) {
	w.times[w.next] = at
	w.next = (w.next + 1) % len(w.times)
}

func (l *limiter) Wait(ctx context.Context, mchID string, op *Operation) error {
	if err := ended(ctx); err != nil {
		return err
	}
	deadline, bounded := ctx.Deadline()
	wait, ok := l.reserve(mchID, op, deadline, bounded)
	if !ok {
		return fmt.Errorf("%w: a call now would have to wait for %s, longer than the deadline allows", ErrRateLimited, wait.Round(time.Millisecond))
	}
	if wait <= 0 {
		return nil
	}
	return sleep(ctx, wait)
}

// reserve finds the earliest time that all limits allow, and takes it unless it lies behind the deadline.
func (l *limiter) reserve(mchID string, op *Operation, deadline time.Time, bounded bool) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	at := now
	for i := range op.RateLimits {
		if w := l.window(mchID, op, i); w != nil {
			if earliest := w.earliest(now); earliest.After(at) {
				at = earliest
			}
		}
	}
	wait = at.Sub(now)
	if bounded && at.After(deadline) {
		return wait, false
	}
	for i := range op.RateLimits {
		if w := l.window(mchID, op, i); w != nil {
			w.take(at)
		}
	}
	return wait, true
}

// window returns the window of a limit; nil if the limit says nothing.
func (l *limiter) window(mchID string, op *Operation, index int) *limitWindow {
	limit := op.RateLimits[index]
	if limit.Requests <= 0 || limit.Period <= 0 {
		return nil
	}
	key := windowKey{operation: op.label(), index: index}
	if limit.Per != "all" && limit.Per != "ip" {
		key.mchID = mchID
	}
	found := l.windows[key]
	if found == nil {
		found = newLimitWindow(max(1, int(float64(limit.Requests)*l.share)), limit.Period)
		l.windows[key] = found
	}
	return found
}
