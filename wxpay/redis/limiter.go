package wxredis

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/wxgen/wxgen/wxpay"
)

const (
	// maxWindow bounds the memory of one limit, some 20 bytes a request. A larger limit is kept as so many requests in a
	// shorter period.
	maxWindow = 10_000

	// downTime is how long nobody asks a Redis that has failed: calls must not wait for its timeout one after the other.
	downTime = time.Second
)

// Limiter returns a limiter for [wxpay.Config] that counts the calls of all processes together, by the clock of Redis. As
// that of wxpay.NewLimiter it never lets through more calls in any period than the documentation allows. Limits per IP
// address or for all callers are counted once for everyone who shares prefix and Redis, those per merchant or per appid for
// each merchant.
//
// No payment should fail because Redis is down. Then fallback is asked, for example wxpay.NewLimiter(0.25) in each of four
// processes; with nil, calls are let through, and WeChat Pay does the counting. Redis is asked again after a second.
func (s *Stores) Limiter(fallback wxpay.Limiter) wxpay.Limiter {
	return &limiter{db: s.db, prefix: s.prefix + "limit:", fallback: fallback}
}

type limiter struct {
	db        redis.UniversalClient
	prefix    string
	fallback  wxpay.Limiter
	downUntil atomic.Int64 // in nanoseconds, as of time.Time.UnixNano
}

// reserve keeps, for each limit, a list of the times of the last calls, as many as a period may have. The next call may begin
// when the oldest of them is a period ago. It takes the earliest time that all limits allow, unless the caller cannot wait
// for it. ARGV is the longest wait, then requests and period of each key; times are in microseconds. It returns the wait, and
// 1 if the time was taken.
var reserve = redis.NewScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local at = now
for i, key in ipairs(KEYS) do
	local requests, period = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
	local oldest = redis.call('LINDEX', key, requests - 1)
	if oldest then
		at = math.max(at, oldest + period)
	end
end
local wait = at - now
if wait > tonumber(ARGV[1]) then
	return {wait, 0}
end
for i, key in ipairs(KEYS) do
	local requests, period = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
	redis.call('LPUSH', key, string.format('%.0f', at))
	redis.call('LTRIM', key, 0, requests - 1)
	redis.call('PEXPIRE', key, math.ceil((wait + period) / 1000))
end
return {wait, 1}
`)

func (l *limiter) Wait(ctx context.Context, mchID string, op *wxpay.Operation) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	keys, args := l.limits(mchID, op)
	if len(keys) == 0 {
		return nil
	}
	if time.Now().UnixNano() < l.downUntil.Load() {
		return l.withoutRedis(ctx, mchID, op)
	}
	reply, err := reserve.Run(ctx, l.db, keys, append([]any{longestWait(ctx).Microseconds()}, args...)...).Int64Slice()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil || len(reply) != 2 {
		l.downUntil.Store(time.Now().Add(downTime).UnixNano())
		return l.withoutRedis(ctx, mchID, op)
	}
	wait := time.Duration(reply[0]) * time.Microsecond
	if reply[1] == 0 {
		return fmt.Errorf("%w: a call now would have to wait for %s, longer than the deadline allows", wxpay.ErrRateLimited, wait.Round(time.Millisecond))
	}
	return sleep(ctx, wait)
}

func (l *limiter) withoutRedis(ctx context.Context, mchID string, op *wxpay.Operation) error {
	if l.fallback == nil {
		return nil
	}
	return l.fallback.Wait(ctx, mchID, op)
}

// limits returns a key for each limit of an operation, and the arguments of the script that belong to it. The braces put all
// keys of an operation into one slot of a cluster, where one script can reach them.
func (l *limiter) limits(mchID string, op *wxpay.Operation) (keys []string, args []any) {
	name := op.Name
	if name == "" {
		name = op.Method + " " + op.Path
	}
	for i, limit := range op.RateLimits {
		if limit.Requests <= 0 || limit.Period <= 0 {
			continue
		}
		key := l.prefix + "{" + name + "}:" + strconv.Itoa(i)
		if limit.Per != "all" && limit.Per != "ip" {
			key += ":" + mchID
		}
		requests, period := int64(limit.Requests), limit.Period
		if requests > maxWindow {
			period = time.Duration(float64(period) * maxWindow / float64(requests))
			requests = maxWindow
		}
		keys = append(keys, key)
		args = append(args, requests, max(1, period.Microseconds()))
	}
	return keys, args
}

// longestWait is what is left of the context, or a time that no limit makes anyone wait.
func longestWait(ctx context.Context) time.Duration {
	if deadline, ok := ctx.Deadline(); ok {
		return max(0, time.Until(deadline))
	}
	return 365 * 24 * time.Hour
}

func sleep(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
