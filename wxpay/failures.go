package wxpay

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ErrOutcomeUnknown is wrapped by every error after which WeChat Pay may have carried out a call that changes something.
// The money may have moved: query by the business number, or repeat the call unchanged, under the same number.
var ErrOutcomeUnknown = errors.New("outcome unknown: query, or repeat unchanged under the same business number")

// ErrMalformed is wrapped by errors about content that WeChat Pay signed, but that is not what it should be.
var ErrMalformed = errors.New("malformed")

// ErrDecrypt is wrapped by errors about ciphertext that the APIv3 key does not open, usually because the key was changed
// in the merchant platform; and about sensitive fields that the merchant's private key does not decrypt.
var ErrDecrypt = errors.New("cannot decrypt")

// VerifyError says that an answer or a notification is not proven to come from WeChat Pay. Nothing of its content was
// handed over.
type VerifyError struct {
	Operation string // as in Operation.Name, or "notification"
	Reason    error  // ErrUnsigned, ErrExpired, ErrUnknownKey, ErrBadSignature or ErrUnknownAlgorithm
	Problem   string // what was seen, and what to do
	Status    int    // of the answer; 0 for a notification
	RequestID string // for WeChat Pay's support; may be empty
	Serial    string // the key that was named
	Probe     bool   // WeChat Pay tests with a wrong signature whether signatures are verified
	Tries     int    // how often the call was made; 0 for a notification

	mayChange bool
	cause     error
}

func (e *VerifyError) Error() string {
	var text strings.Builder
	text.WriteString(e.Operation + ": not proven to come from WeChat Pay: " + e.Reason.Error() + ": " + e.Problem)
	if e.Probe {
		text.WriteString(" (this is a probe of WeChat Pay, which tests whether signatures are verified)")
	}
	return text.String() + answerText(e.Status, e.RequestID) + triesText(e.Tries) + outcomeText(e.mayChange)
}

// Unwrap returns the reason, the error of the KeySource if there was one, and ErrOutcomeUnknown if that is so.
func (e *VerifyError) Unwrap() []error { return wrapped(e.mayChange, e.Reason, e.cause) }

// SendError says that no usable answer came: no connection, a timeout, a reset, an answer cut off.
type SendError struct {
	Operation string
	Host      string
	Sent      bool  // false: the request certainly did not leave, so it can be made again
	Tries     int   // how often the call was made; Host, Sent and Err are those of the last try
	Err       error // of the transport, or of the context

	mayChange bool
}

func (e *SendError) Error() string {
	what := "no answer from "
	if !e.Sent {
		what = "not sent, no connection to "
	}
	return e.Operation + ": " + what + e.Host + ": " + e.Err.Error() + triesText(e.Tries) + outcomeText(e.unknown())
}

// Unwrap returns Err, and ErrOutcomeUnknown if that is so.
func (e *SendError) Unwrap() []error { return wrapped(e.unknown(), e.Err) }

func (e *SendError) unknown() bool { return e.Sent && e.mayChange }

// DecodeError says that a genuine answer could not be decoded: the call was carried out. It wraps ErrMalformed.
type DecodeError struct {
	Operation string
	Status    int
	RequestID string
	Tries     int    // how often the call was made
	Body      []byte // the answer, verified
	Err       error  // says where

	mayChange bool
}

func (e *DecodeError) Error() string {
	return e.Operation + ": the answer cannot be decoded: " + decodeText(e.Err) + answerText(e.Status, e.RequestID) + triesText(e.Tries) + outcomeText(e.mayChange)
}

// Unwrap returns Err, ErrMalformed, and ErrOutcomeUnknown if the call may have changed something.
func (e *DecodeError) Unwrap() []error { return wrapped(e.mayChange, ErrMalformed, e.Err) }

// decodeText describes an error of encoding/json without the value, which may be personal data.
func decodeText(err error) string {
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		kind, _, _ := strings.Cut(mismatch.Value, " ") // "number 1.5" and "number"
		return fmt.Sprintf("%s is a JSON %s, expected %s", fieldText(mismatch.Field), kind, mismatch.Type)
	}
	return err.Error()
}

func fieldText(path string) string {
	if path == "" {
		return "the content"
	}
	return path
}

func answerText(status int, requestID string) string {
	switch {
	case status == 0 && requestID == "":
		return ""
	case requestID == "":
		return fmt.Sprintf(" (status %d)", status)
	case status == 0:
		return fmt.Sprintf(" (request id %s)", requestID)
	}
	return fmt.Sprintf(" (status %d, request id %s)", status, requestID)
}

func outcomeText(unknown bool) string {
	if !unknown {
		return ""
	}
	return "; " + ErrOutcomeUnknown.Error()
}

// wrapped lists the errors behind an error, without the absent ones.
func wrapped(outcomeUnknown bool, behind ...error) []error {
	list := make([]error, 0, len(behind)+1)
	for _, err := range behind {
		if err != nil {
			list = append(list, err)
		}
	}
	if outcomeUnknown {
		list = append(list, ErrOutcomeUnknown)
	}
	return list
}

// errorKind names the kind of an error for the log, where texts of others have no place.
func errorKind(err error) string {
	if refused, ok := errors.AsType[*APIError](err); ok {
		return "refused: " + cut(string(refused.Code), 64)
	}
	if unverified, ok := errors.AsType[*VerifyError](err); ok {
		return "not verified: " + unverified.Reason.Error()
	}
	if unsent, ok := errors.AsType[*SendError](err); ok {
		return "no answer (sent: " + fmt.Sprint(unsent.Sent) + ")"
	}
	if _, ok := errors.AsType[*CheckError](err); ok {
		return "request not valid"
	}
	if errors.Is(err, ErrRateLimited) {
		return ErrRateLimited.Error()
	}
	if errors.Is(err, ErrDecrypt) {
		return ErrDecrypt.Error()
	}
	if errors.Is(err, ErrMalformed) {
		return ErrMalformed.Error()
	}
	return "failed"
}
