package wxpay

import (
	"context"
	"errors"
)

// ErrorClass names what kind of failure an error is, for the labels of metrics: there are few, and they do not change.
type ErrorClass string

// The classes of errors.
const (
	ClassNone       ErrorClass = ""           // no error
	ClassRequest    ErrorClass = "request"    // the request was not valid, or could not be built or signed
	ClassLimited    ErrorClass = "limited"    // the client's own rate limiter held it back
	ClassUnsent     ErrorClass = "unsent"     // no connection: the request did not leave
	ClassNoAnswer   ErrorClass = "no_answer"  // the request may have been received, and no usable answer came
	ClassCanceled   ErrorClass = "canceled"   // the caller's context was canceled
	ClassTimeout    ErrorClass = "timeout"    // time was up
	ClassRefused    ErrorClass = "refused"    // WeChat Pay answered with an error
	ClassUnverified ErrorClass = "unverified" // the answer is not proven to come from WeChat Pay
	ClassMalformed  ErrorClass = "malformed"  // a genuine answer could not be read
)

// Classify returns the class of an error that a call returned.
func Classify(err error) ErrorClass {
	if err == nil {
		return ClassNone
	}
	if _, ok := errors.AsType[*APIError](err); ok {
		return ClassRefused
	}
	if _, ok := errors.AsType[*VerifyError](err); ok {
		return ClassUnverified
	}
	if _, ok := errors.AsType[*SensitiveError](err); ok {
		return ClassMalformed
	}
	switch {
	case errors.Is(err, context.Canceled):
		return ClassCanceled
	case errors.Is(err, ErrRateLimited):
		return ClassLimited
	case errors.Is(err, context.DeadlineExceeded):
		return ClassTimeout
	case errors.Is(err, ErrMalformed):
		return ClassMalformed
	}
	if unanswered, ok := errors.AsType[*SendError](err); ok {
		if unanswered.Sent {
			return ClassNoAnswer
		}
		return ClassUnsent
	}
	return ClassRequest
}
