package wxpay

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Answer is what a notification is to be answered with.
type Answer struct {
	Status int    // 204 or 200: handled; 4xx and 5xx: WeChat Pay sends it again
	Body   []byte // JSON, to be sent as application/json; nil with 204

	// Authorization is the header of that name, with the merchant's signature, for the answers of handlers made by [OnSync].
	// Empty: none.
	Authorization string
}

// ContentType is the media type of Body; empty where there is none.
func (a Answer) ContentType() string {
	if len(a.Body) == 0 {
		return ""
	}
	return "application/json; charset=utf-8"
}

// AnswerError is an error of a handler that chooses the answer. Whatever it says, WeChat Pay takes it as a failure and sends
// the event again; some products read the code.
type AnswerError struct {
	Status  int    // 4xx or 5xx; anything else becomes 500
	Code    string // up to 32 characters; empty: FAIL
	Message string // up to 64 characters, shown to WeChat Pay: nothing secret
}

func (e *AnswerError) Error() string {
	return fmt.Sprintf("answered with status %d: %s", e.answer().Status, e.Code+" "+e.Message)
}

func (e *AnswerError) answer() Answer {
	status, code := e.Status, e.Code
	if status < 400 || status > 599 {
		status = http.StatusInternalServerError
	}
	if code == "" {
		code = "FAIL"
	}
	return failure(status, code, e.Message)
}

// PanicError is the error of a handler that panicked.
type PanicError struct {
	EventType string
	Value     any
	Stack     []byte // as of runtime/debug.Stack
}

// Error shows the value only if it is a text or an error: printed, a struct could show the content of the event.
func (e *PanicError) Error() string {
	value := fmt.Sprintf("%T", e.Value)
	switch v := e.Value.(type) {
	case error:
		value = v.Error()
	case string:
		value = v
	}
	return "the handler of " + cut(e.EventType, 64) + " panicked: " + cut(value, 256)
}

// AnswerTo returns the answer to a notification for an error of Parse or Dispatch; nil is answered with 204. Why it failed is
// not told: the texts are fixed, unless the handler chose them with an [*AnswerError].
func AnswerTo(err error) Answer {
	if err == nil {
		return Answer{Status: http.StatusNoContent}
	}
	if chosen, ok := errors.AsType[*AnswerError](err); ok && chosen != nil {
		return chosen.answer()
	}
	status := failureStatus(err)
	message := "the notification could not be handled"
	switch {
	case status == http.StatusUnauthorized:
		message = "the signature could not be verified"
	case status == http.StatusServiceUnavailable:
		message = "the notification is being handled"
	case status < 500:
		message = "this is no valid notification"
	}
	return failure(status, "FAIL", message)
}

// failureStatus chooses the answer. What WeChat Pay did not send is 4xx; what may succeed when it comes again is 5xx.
func failureStatus(err error) int {
	if request, ok := errors.AsType[*requestError](err); ok {
		return request.status
	}
	if _, ok := errors.AsType[*VerifyError](err); ok {
		return http.StatusUnauthorized
	}
	if errors.Is(err, ErrEventInProgress) {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// failure keeps to the lengths that some products state (?) for code and message.
func failure(status int, code, message string) Answer {
	body, _ := json.Marshal(struct { // of strings, which never fails
		Code    string `json:"code"`
		Message string `json:"message"`
	}{firstRunes(code, 32), firstRunes(message, 64)})
	return Answer{Status: status, Body: body}
}

func firstRunes(text string, most int) string {
	for i := range text {
		if most == 0 {
			return text[:i]
		}
		most--
	}
	return text
}

func (a Answer) write(w http.ResponseWriter) {
	if kind := a.ContentType(); kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	if a.Authorization != "" {
		w.Header().Set("Authorization", a.Authorization)
	}
	w.WriteHeader(a.Status)
	if len(a.Body) > 0 {
		_, _ = w.Write(a.Body) // the sender may be gone; nothing is lost
	}
}

// requestError is a failure that the sender made, and the status to answer it with.
type requestError struct {
	status int
	error
}

func (e *requestError) Unwrap() error { return e.error }

func badRequest(status int, err error) error { return &requestError{status: status, error: err} }
