package wxpay

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RetryPolicy says how often and how fast a call is tried again. The zero value is the default: three tries in all, the
// second after about one second, the third after about two more.
//
// What may be tried again is not a matter of the policy. A call whose request certainly did not leave always may. One that
// may have been received is only sent again if that is safe: GET, HEAD, operations with [Operation.Idempotent], and calls
// with [WithIdempotent]; and only after a failure that can pass: no answer, 429, 502, 503, 504, SYSTEM_ERROR,
// FREQUENCY_LIMITED, SERVICE_UNAVAILABLE in any spelling, or a bad signature. Each try is signed anew. All tries together
// keep within the timeout of the call: a try that would begin after it is not waited for.
type RetryPolicy struct {
	// MaxTries is how often a call is made at most, the first time included. Default: 3; 1: never again.
	MaxTries int

	// FirstWait is how long the second try waits for; each further one waits twice as long as the one before. All waits
	// vary at random by half in both directions. There is no wait before a try on another host if the one before found
	// nobody to talk to. Default: 1 s.
	FirstWait time.Duration

	// MaxWait bounds the waits. Default: 8 s. An answer's Retry-After goes before it, up to a minute; calls that should
	// wait longer are not tried again.
	MaxWait time.Duration

	// TryTimeout bounds each try, so that one that hangs leaves time for another. It does not apply to a [Stream].
	// Default: only the timeout of the call.
	TryTimeout time.Duration
}

const (
	defaultTries     = 3
	defaultFirstWait = time.Second
	defaultMaxWait   = 8 * time.Second
	maxRetryAfter    = time.Minute
)

func (p RetryPolicy) validate() error {
	if p.MaxTries < 0 || p.FirstWait < 0 || p.MaxWait < 0 || p.TryTimeout < 0 {
		return errors.New("Retry holds a negative value: leave defaults at zero, and turn retries off with MaxTries 1")
	}
	return nil
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	if p.MaxTries == 0 {
		p.MaxTries = defaultTries
	}
	if p.FirstWait == 0 {
		p.FirstWait = defaultFirstWait
	}
	if p.MaxWait == 0 {
		p.MaxWait = defaultMaxWait
	}
	return p
}

// wait returns how long to wait after a number of tries: an exponential with jitter, so that callers which failed together
// do not come back together.
func (p RetryPolicy) wait(tries int) time.Duration {
	wait := p.MaxWait
	if doublings := tries - 1; doublings < 32 {
		if long := p.FirstWait << doublings; long > 0 {
			wait = min(wait, long)
		}
	}
	return wait/2 + rand.N(wait+1)
}

// remedy is what can be done about a failed try.
type remedy struct {
	again     bool          // it may be tried again
	elsewhere bool          // and better on another host
	atOnce    bool          // without a wait, if there is another host
	after     time.Duration // not before, as the answer asked
}

// remedy decides by the kind of the failure, and by whether the request can have been received.
func (c *call) remedy(err error) remedy {
	if unanswered, ok := errors.AsType[*SendError](err); ok {
		if errors.Is(err, errTooLarge) {
			return remedy{}
		}
		again := !unanswered.Sent || c.repeatable()
		if _, untrusted := errors.AsType[*tls.CertificateVerificationError](err); untrusted {
			again = c.moves+1 < len(c.route.endpoints) // the same host will not do better
		}
		return remedy{again: again, elsewhere: true, atOnce: !unanswered.Sent}
	}
	if !c.repeatable() {
		return remedy{}
	}
	if refused, ok := errors.AsType[*APIError](err); ok {
		return remedy{again: refused.passing(), elsewhere: refused.Status > http.StatusInternalServerError, after: refused.retryAfter(c.client.now())}
	}
	// A bad signature may be a probe of WeChat Pay, or an answer damaged on its way. The next answer is verified as
	// strictly, so nothing is lost by asking again.
	return remedy{again: errors.Is(err, ErrBadSignature)}
}

// repeatable reports whether the call may be sent again after it may have been received.
func (c *call) repeatable() bool {
	return !c.op.mayChange() || c.op.Idempotent || c.settings.idempotent
}

// passing reports whether the same call may succeed a little later. Codes of the business do not pass by themselves,
// whatever their status.
func (e *APIError) passing() bool {
	switch e.Code.Canonical() {
	case ErrSystemError, ErrFrequencyLimited, ErrServiceUnavailable:
		return true
	case "":
		return e.Status == http.StatusTooManyRequests || e.Status >= http.StatusBadGateway && e.Status <= http.StatusGatewayTimeout
	}
	return false
}

// retryAfter reads the header of that name, seconds or a date; 0 if there is none. No document says that WeChat Pay sends
// it, but gateways in front of it may.
func (e *APIError) retryAfter(now time.Time) time.Duration {
	text := strings.TrimSpace(e.Header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(text); err == nil {
		return max(0, date.Sub(now))
	}
	return 0
}

// pause waits until the next try may begin. The error says why there will be none.
func (c *call) pause(ctx context.Context, err error) error {
	remedy := c.remedy(err)
	if !remedy.again || c.tries >= c.maxTries() || remedy.after > maxRetryAfter || ctx.Err() != nil {
		return err
	}
	if remedy.elsewhere && c.moveOn() && remedy.atOnce {
		return nil
	}
	wait := max(c.retry.wait(c.tries), remedy.after)
	if !c.until.IsZero() && time.Until(c.until) <= wait {
		return err
	}
	if cause := sleep(ctx, wait); cause != nil {
		return fmt.Errorf("%w; then %w before another try", err, cause)
	}
	return nil
}

// maxTries is the policy's, and one more if a try was spent on finding out about the main host.
func (c *call) maxTries() int {
	if c.probed {
		return c.retry.MaxTries + 1
	}
	return c.retry.MaxTries
}

// sleep waits, or returns why the context ended.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ended(ctx)
	}
}

// ended returns why a context ended, nil if it has not: an error that is context.Canceled or context.DeadlineExceeded,
// whatever cause the caller gave.
func ended(ctx context.Context) error {
	cause := context.Cause(ctx)
	if cause == nil || errors.Is(cause, context.Canceled) || errors.Is(cause, context.DeadlineExceeded) {
		return cause
	}
	return fmt.Errorf("%w: %w", ctx.Err(), cause)
}

// settle completes the last error of a call: how many tries it took, and whether any of them may have been carried out,
// which the last error alone need not know.
func (c *call) settle(err error) error {
	setTries(err, c.tries)
	if _, done := errors.AsType[*SensitiveError](err); done {
		return err // this try was carried out, whatever became of the earlier ones
	}
	if c.unknown && !errors.Is(err, ErrOutcomeUnknown) {
		return fmt.Errorf("%w; an earlier try may have been carried out; %w", err, ErrOutcomeUnknown)
	}
	return err
}

func setTries(err error, tries int) {
	if e, ok := errors.AsType[*SendError](err); ok {
		e.Tries = tries
	} else if e, ok := errors.AsType[*APIError](err); ok {
		e.Tries = tries
	} else if e, ok := errors.AsType[*VerifyError](err); ok {
		e.Tries = tries
	} else if e, ok := errors.AsType[*DecodeError](err); ok {
		e.Tries = tries
	}
}

// triesText says how often a call was tried, where that was more than once.
func triesText(tries int) string {
	if tries <= 1 {
		return ""
	}
	return fmt.Sprintf(" (after %d tries)", tries)
}
