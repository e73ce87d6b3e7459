package wxpay

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// CallOption changes one call.
type CallOption func(*callSettings)

// callSettings are what the options of a call amount to.
type callSettings struct {
	timeout       time.Duration // 0: the client's; negative: none
	withoutChecks bool
	withoutKey    bool // name no key of WeChat Pay
	response      *Response
	retry         *RetryPolicy // nil: the client's
	idempotent    bool
	maxBytes      int64 // 0: the default
	header        [][2]string
	base          endpoint
	problem       error // of an option that cannot be followed
}

// Response is the answer of a call as it came, for [WithResponse].
type Response struct {
	Status    int
	Header    http.Header
	RequestID string // header Request-ID, which WeChat Pay's support asks for

	// Body is the answer's text after decompression. It is nil if an answer that should be signed could not be verified:
	// what is not proven to come from WeChat Pay is not handed over. It is nil as well if the answer is streamed. Bodies of
	// error answers are never verified.
	Body []byte

	// Verified says that the signature was verified, which covers Body but no header.
	Verified bool
}

// WithTimeout bounds this call, with all its tries, instead of [Config.Timeout]. Zero or less: only the context bounds it.
// For a [Stream] it bounds the wait for the answer to begin, and then each wait for more of its content.
func WithTimeout(d time.Duration) CallOption {
	return func(s *callSettings) {
		s.timeout = d
		if d <= 0 {
			s.timeout = -1
		}
	}
}

// WithRetry applies another policy to this call than [Config.Retry].
func WithRetry(policy RetryPolicy) CallOption {
	return func(s *callSettings) {
		s.problem = errors.Join(s.problem, policy.validate())
		s.retry = &policy
	}
}

// WithoutRetry makes this call once.
func WithoutRetry() CallOption { return WithRetry(RetryPolicy{MaxTries: 1}) }

// WithIdempotent says that this call may be repeated even if it was received: the caller knows that the business number in it
// makes WeChat Pay carry it out once, though the documentation does not say so.
func WithIdempotent() CallOption {
	return func(s *callSettings) { s.idempotent = true }
}

// WithMaxBytes bounds the answer of this call after decompression. Default: 10 MiB, or 16 GiB for a [Stream].
func WithMaxBytes(n int64) CallOption {
	return func(s *callSettings) {
		if n <= 0 {
			s.problem = errors.Join(s.problem, fmt.Errorf("WithMaxBytes: %d is no bound", n))
		}
		s.maxBytes = n
	}
}

// WithoutChecks sends the request without checking its fields. Empty path variables are refused all the same.
func WithoutChecks() CallOption {
	return func(s *callSettings) { s.withoutChecks = true }
}

// WithResponse stores the answer in response, also that of a call that WeChat Pay refused.
func WithResponse(response *Response) CallOption {
	return func(s *callSettings) { s.response = response }
}

// WithHeader sends one more header, such as Accept-Language. The headers that the signature rests on cannot be set.
func WithHeader(name, value string) CallOption {
	return func(s *callSettings) {
		if err := validateHeader(name, value); err != nil {
			s.problem = errors.Join(s.problem, err)
			return
		}
		s.header = append(s.header, [2]string{http.CanonicalHeaderKey(name), value})
	}
}

// WithBaseURL sends this call elsewhere than [Config.BaseURL] says, and to that host only. The URL has a scheme and a host.
func WithBaseURL(base string) CallOption {
	return func(s *callSettings) {
		endpoint, err := parseEndpoint(base)
		if err != nil {
			s.problem = errors.Join(s.problem, fmt.Errorf("WithBaseURL: %w", err))
		}
		s.base = endpoint
	}
}

// apply follows the options.
func (s *callSettings) apply(opts []CallOption) error {
	for _, option := range opts {
		if option != nil {
			option(s)
		}
	}
	return s.problem
}

// validateHeader refuses what would break the request. The value is not quoted, since it may be a secret.
func validateHeader(name, value string) error {
	switch canonical := http.CanonicalHeaderKey(name); canonical {
	case "Authorization", "Wechatpay-Serial", "Host", "Content-Length", "Transfer-Encoding", "Connection", "Accept-Encoding":
		return fmt.Errorf("header %s is set by the runtime: do not give it", canonical)
	}
	const token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if name == "" || strings.Trim(name, token) != "" {
		return fmt.Errorf("header name %q is not valid", cut(name, 80))
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		return fmt.Errorf("the value of header %s holds control characters: remove them", name)
	}
	return nil
}
