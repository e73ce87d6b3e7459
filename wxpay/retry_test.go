package wxpay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// What is tried again: the table of the rules.
func TestRetryRules(t *testing.T) {
	reset := fails(io.ErrUnexpectedEOF)
	badSignature := func(*http.Request) (*http.Response, error) {
		return response(200, signedHeader([]byte("{}")), []byte(`{"a":1}`)), nil
	}
	for name, c := range map[string]struct {
		first           step
		get, idem, post bool // tried again
	}{
		"refused":                {fails(errRefused), true, true, true},
		"reset":                  {reset, true, true, false},
		"500 SYSTEM_ERROR":       {answers(500, "SYSTEM_ERROR"), true, true, false},
		"400 SYSTEMERROR":        {answers(400, "SYSTEMERROR"), true, true, false},
		"429 FREQUENCY_LIMITED":  {answers(429, "FREQUENCY_LIMITED"), true, true, false},
		"403 RATE_LIMITED":       {answers(403, "RATE_LIMITED"), true, true, false},
		"429 without a code":     {answers(429, ""), true, true, false},
		"429 QUOTA_EXCEED":       {answers(429, "QUOTA_EXCEED"), false, false, false},
		"502":                    {answers(502, ""), true, true, false},
		"503 SERVICE_UNAVAIL…":   {answers(503, "SERVICE_UNAVAILABLE"), true, true, false},
		"504":                    {answers(504, ""), true, true, false},
		"500 without a code":     {answers(500, ""), false, false, false},
		"500 BANK_ERROR":         {answers(500, "BANK_ERROR"), false, false, false},
		"400 PARAM_ERROR":        {answers(400, "PARAM_ERROR"), false, false, false},
		"403 RULE_LIMIT":         {answers(403, "RULE_LIMIT"), false, false, false},
		"404":                    {answers(404, "ORDER_NOT_EXIST"), false, false, false},
		"302":                    {answers(302, ""), false, false, false},
		"bad signature":          {badSignature, true, true, false},
		"unsigned":               {answers(200, ""), false, false, false},
		"signed, but not usable": {func(*http.Request) (*http.Response, error) { return answering(200, "<html>")(nil) }, false, false, false},
		"endless": {func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(endless{}), ContentLength: -1}, nil
		}, false, false, false},
	} {
		for _, try := range []struct {
			op    *wxpay.Operation
			opts  []wxpay.CallOption
			again bool
		}{
			{get, nil, c.get}, {idempotent, nil, c.idem}, {post, nil, c.post}, {post, []wxpay.CallOption{wxpay.WithIdempotent()}, c.idem},
		} {
			synctest.Test(t, func(t *testing.T) {
				steps := []step{c.first, succeeds()}
				if !try.again {
					steps = steps[:1]
				}
				client, script := play(t, nil, steps...)
				err := client.Do(t.Context(), try.op, nil, new(map[string]any), try.opts...)
				if len(script.at) != len(steps) || (err == nil) != try.again {
					t.Errorf("%s, %s: %d tries, %v; want %d", name, try.op.Name, len(script.at), err, len(steps))
				}
			})
		}
	}
}

func TestRetryWaits(t *testing.T) {
	for name, c := range map[string]struct {
		policy wxpay.RetryPolicy
		steps  []step
		want   []time.Duration
	}{
		"default": {wxpay.RetryPolicy{}, []step{answers(503, ""), answers(503, ""), answers(503, "")}, []time.Duration{time.Second, 2 * time.Second}},
		"more, bounded": {wxpay.RetryPolicy{MaxTries: 5, FirstWait: 100 * time.Millisecond, MaxWait: 300 * time.Millisecond},
			[]step{answers(503, ""), answers(503, ""), answers(503, ""), answers(503, ""), answers(503, "")},
			[]time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 300 * time.Millisecond, 300 * time.Millisecond}},
		"off": {wxpay.RetryPolicy{MaxTries: 1}, []step{answers(503, "")}, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, script := play(t, func(config *wxpay.Config) { config.Retry = c.policy }, c.steps...)
			err := client.Do(t.Context(), get, nil, nil)
			script.tries(c.want...)
			refused, ok := errors.AsType[*wxpay.APIError](err)
			if !ok || refused.Tries != len(c.steps) {
				t.Errorf("%s: %v, Tries %d", name, err, refused.Tries)
			}
			if text := "tries)"; strings.Contains(err.Error(), text) != (len(c.steps) > 1) {
				t.Errorf("%s: the error does not say how many tries: %v", name, err)
			}
		})
	}
}

func TestRetryOptions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, script := play(t, nil, answers(503, ""))
		_ = client.Do(t.Context(), get, nil, nil, wxpay.WithoutRetry())
		script.tries()
		client, script = play(t, nil, answers(503, ""), succeeds())
		err := client.Do(t.Context(), get, nil, nil, wxpay.WithRetry(wxpay.RetryPolicy{MaxTries: 2, FirstWait: time.Hour, MaxWait: time.Hour}), wxpay.WithTimeout(0))
		script.tries(time.Hour)
		if err != nil {
			t.Error(err)
		}
	})
	if err := newClient(t, through(nil)).Do(t.Context(), get, nil, nil, wxpay.WithRetry(wxpay.RetryPolicy{MaxTries: -1})); err == nil {
		t.Error("a negative number of tries was taken")
	}
}

func TestRetryAfter(t *testing.T) {
	wait := func(value string) step {
		return func(*http.Request) (*http.Response, error) {
			return response(429, http.Header{"Retry-After": {value}}, nil), nil
		}
	}
	for value, c := range map[string]struct {
		tries int
		least time.Duration
	}{
		"20":   {2, 20 * time.Second},
		"0":    {2, 0},
		"-5":   {2, 0},
		"soon": {2, 0},
		now.Add(15 * time.Second).UTC().Format(http.TimeFormat): {2, 15 * time.Second},
		now.Add(-time.Hour).UTC().Format(http.TimeFormat):       {2, 0},
		"40":                   {1, 0}, // behind the timeout of 30 s
		"61":                   {1, 0},
		"99999999999999999999": {2, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, script := play(t, nil, wait(value), succeeds())
			err := client.Do(t.Context(), get, nil, nil)
			if len(script.at) != c.tries || (err == nil) != (c.tries == 2) {
				t.Errorf("%s: %d tries, %v; want %d", value, len(script.at), err, c.tries)
			} else if c.tries == 2 && (script.at[1] < c.least || script.at[1] > c.least+2*time.Second) {
				t.Errorf("%s: waited for %s, want %s", value, script.at[1], c.least)
			}
		})
	}
}

// A try that would begin behind the deadline is not waited for: the error comes at once.
func TestRetryKeepsWithinTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, script := play(t, nil, answers(503, ""))
		begun := time.Now()
		err := client.Do(t.Context(), get, nil, nil, wxpay.WithTimeout(300*time.Millisecond))
		script.tries()
		if took := time.Since(begun); took > 0 || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after %s: %v", took, err)
		}
	})
}

func TestRetryEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, script := play(t, nil, answers(503, ""))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		err := client.Do(ctx, get, nil, nil)
		script.tries()
		if refused, ok := errors.AsType[*wxpay.APIError](err); !ok || refused.Status != 503 || !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestTryTimeout(t *testing.T) {
	policy := func(config *wxpay.Config) { config.Retry.TryTimeout = 5 * time.Second }
	synctest.Test(t, func(t *testing.T) {
		client, script := play(t, policy, hangs(), succeeds())
		if err := client.Do(t.Context(), get, nil, nil); err != nil || script.at[1] < 5*time.Second {
			t.Errorf("%v after %s", err, script.at)
		}
		client, script = play(t, policy, hangs())
		err := client.Do(t.Context(), post, nil, nil)
		script.tries()
		if !errors.Is(err, wxpay.ErrOutcomeUnknown) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v", err)
		}
	})
}

// The last error alone need not know that an earlier try may have moved money.
func TestOutcomeOfEarlierTries(t *testing.T) {
	for name, last := range map[string]step{
		"refused":      fails(errRefused),
		"business":     answers(400, "PARAM_ERROR"),
		"rate limited": answers(429, "FREQUENCY_LIMITED"),
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := play(t, func(config *wxpay.Config) { config.Retry.MaxTries = 2 }, fails(io.ErrUnexpectedEOF), last)
			err := client.Do(t.Context(), idempotent, nil, nil)
			if !errors.Is(err, wxpay.ErrOutcomeUnknown) || !strings.Contains(err.Error(), "after 2 tries") {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		client, _ := play(t, nil, fails(errRefused), answers(400, "PARAM_ERROR"))
		if err := client.Do(t.Context(), post, nil, nil); errors.Is(err, wxpay.ErrOutcomeUnknown) || !errors.Is(err, wxpay.ErrParamError) {
			t.Errorf("no try was received, but: %v", err)
		}
	})
}

// The answer of a try that failed must not be taken for that of a later one.
func TestResponseIsThatOfTheLastTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, _ := play(t, func(config *wxpay.Config) { config.Retry.MaxTries = 2 }, answers(503, ""), fails(io.ErrUnexpectedEOF))
		var raw wxpay.Response
		if err := client.Do(t.Context(), get, nil, nil, wxpay.WithResponse(&raw)); err == nil || raw.Status != 0 || raw.Body != nil {
			t.Errorf("%v, %+v", err, raw)
		}
	})
}

func TestRetriedBodyIsTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var bodies []string
		read := func(then step) step {
			return func(r *http.Request) (*http.Response, error) {
				body, _ := io.ReadAll(r.Body)
				bodies = append(bodies, string(body))
				return then(r)
			}
		}
		client, _ := play(t, nil, read(answers(503, "")), read(succeeds()))
		err := client.Do(t.Context(), idempotent, map[string]int{"a": 1}, nil)
		if err != nil || len(bodies) != 2 || bodies[0] != `{"a":1}` || bodies[1] != bodies[0] {
			t.Errorf("%v, %q", err, bodies)
		}
	})
}

func TestLogSaysHowManyTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		client, _ := play(t, func(config *wxpay.Config) { config.Logger = jsonLogger(&log) }, answers(503, ""), succeeds())
		if err := client.Do(t.Context(), get, nil, nil); err != nil || !strings.Contains(log.String(), `"tries":2`) || strings.Count(log.String(), "\n") != 1 {
			t.Errorf("%v, %s", err, log.String())
		}
	})
}
