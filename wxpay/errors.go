package wxpay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// APIError is an answer of WeChat Pay that is no success: any status but 2xx. Compare its code with errors.Is:
//
//	if errors.Is(err, wxpay.ErrNotEnough) { … }
//
// One code comes with several statuses and many messages, and messages change, so decide by the code. Error answers are not
// verified, because gateways send unsigned ones.
type APIError struct {
	Operation string
	Status    int       // HTTP status
	Code      ErrorCode // as it came; empty if the answer has none, as a gateway's HTML page
	Message   string    // in Chinese, unless Accept-Language asked otherwise
	Detail    ErrorDetail
	RequestID string // tell it to WeChat Pay's support
	Tries     int    // how often the call was made; the other fields are those of the last answer

	Header http.Header
	Body   []byte // at most 64 KiB of the answer

	// ClockSkew is how far WeChat Pay's clock is ahead of the local one, from the answer's Date header; 0 if it has none.
	// Five minutes in either direction make every call fail with SIGN_ERROR.
	ClockSkew time.Duration

	signed         requestLine
	rows, common   []ErrorRow
	outcomeUnknown bool
}

// ErrorDetail is the detail of an error answer. What is absent, or not of the usual form, is empty.
type ErrorDetail struct {
	Field    string          // JSON pointer into the body, or the name of a query or path value
	Value    json.RawMessage // what WeChat Pay took as the field's value, any JSON
	Issue    string          // what is wrong with it
	Location string          // body, query or url

	// SignInformation is what WeChat Pay took as signed, in the detail of a SIGN_ERROR.
	SignInformation *SignInformation

	Raw json.RawMessage // the whole detail
}

// SignInformation is what WeChat Pay took as the signed message. Its form is not documented, so any field may be empty.
type SignInformation struct {
	Method        string
	URL           string // path and query
	MessageLength int64  // bytes
	Message       string // the beginning of the message; it may hold content of the request
}

// requestLine is what this side signed.
type requestLine struct {
	method, uri string
	length      int // of the signed body
}

// Is reports whether target is the code of the answer in any spelling, or ErrOutcomeUnknown where the call may have been
// carried out all the same (SYSTEM_ERROR and every 5xx, for a call that changes something).
func (e *APIError) Is(target error) bool {
	if target == ErrOutcomeUnknown {
		return e.outcomeUnknown
	}
	return e.Code != "" && e.Code.Is(target)
}

func (e *APIError) Error() string {
	var text strings.Builder
	text.WriteString(e.Operation + ": WeChat Pay refused the call: ")
	switch {
	case e.Code != "" || e.Message != "":
		text.WriteString(strings.TrimSpace(string(e.Code) + " " + e.Message))
	case e.Status >= 300 && e.Status <= 399:
		text.WriteString("redirect to " + redirectHost(e.Header) + ", which is never followed")
	default:
		text.WriteString("the answer has no error code (" + contentText(e.Header) + ")")
	}
	text.WriteString(e.Detail.text())
	text.WriteString(answerText(e.Status, e.RequestID) + triesText(e.Tries))
	text.WriteString(e.signatureHint())
	return text.String() + outcomeText(e.outcomeUnknown)
}

// Advice returns the rows of the documentation's error table that fit, best first.
func (e *APIError) Advice() Advice { return advise(e) }

// text writes the detail without the value, which may be personal data.
func (d ErrorDetail) text() string {
	var parts []string
	if d.Field != "" {
		parts = append(parts, "field "+cut(d.Field, 256))
	}
	if d.Location != "" {
		parts = append(parts, "in "+cut(d.Location, 64))
	}
	if d.Issue != "" {
		parts = append(parts, cut(d.Issue, 512))
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, ", ")
}

// signatureHint helps with a refused signature: a clock that is off, or a message that differs from the one signed here.
func (e *APIError) signatureHint() string {
	if e.Status != http.StatusUnauthorized && !e.Code.Is(ErrSignError) {
		return ""
	}
	var hint string
	if e.ClockSkew.Abs() >= time.Minute {
		hint += "; " + clockText(e.ClockSkew) + " (five minutes make every signature fail)"
	}
	if info := e.Detail.SignInformation; info != nil {
		hint += fmt.Sprintf("; WeChat Pay verified method %q, url %q, %d bytes",
			cut(info.Method, 16), cut(info.URL, 512), info.MessageLength)
		if info.URL != "" && info.URL != e.signed.uri || info.Method != "" && info.Method != e.signed.method {
			hint += ", which is not the request that was signed: does a proxy or a middleware change it?"
		}
	}
	if hint == "" {
		hint = "; do MchID, SerialNo and Signer belong to one certificate?"
	}
	return hint
}

func redirectHost(header http.Header) string {
	target, err := url.Parse(header.Get("Location"))
	if err != nil || target.Host == "" {
		return "another path"
	}
	return cut(target.Host, 256)
}

func contentText(header http.Header) string {
	if kind := header.Get("Content-Type"); kind != "" {
		return "its type is " + cut(kind, 64)
	}
	return "it has no content type"
}

// apiError makes the error of an answer that is no success. Nothing in the answer can make it fail.
func (c *call) apiError() error {
	a := c.answer
	e := &APIError{
		Operation: c.op.label(),
		Status:    a.status,
		RequestID: a.requestID(),
		Header:    a.header,
		Body:      bytes.Clone(a.body[:min(len(a.body), maxKeptError)]),
		signed:    requestLine{method: c.op.Method, uri: c.uri, length: c.length},
		rows:      c.op.Errors,
		common:    c.op.CommonErrors,
	}
	if date, ok := dateOf(a.header); ok {
		e.ClockSkew = date.Sub(c.client.now()).Truncate(time.Second)
	}
	e.parse(a.body)
	e.outcomeUnknown = c.op.mayChange() && (a.status >= 500 || e.Code.Is(ErrSystemError))
	return e
}

// parse reads the body part by part: what is odd in one part must not hide another.
func (e *APIError) parse(body []byte) {
	var parts struct {
		Code, Message, Detail json.RawMessage
	}
	if json.Unmarshal(body, &parts) != nil {
		return
	}
	e.Code = ErrorCode(cut(lenientText(parts.Code), 128))
	e.Message = cut(lenientText(parts.Message), 2048)
	if len(parts.Detail) <= maxKeptError && !bytes.Equal(parts.Detail, []byte("null")) {
		e.Detail = parseDetail(parts.Detail)
	}
}

func parseDetail(raw json.RawMessage) ErrorDetail {
	detail := ErrorDetail{Raw: raw}
	var parts struct {
		Field, Value, Issue, Location json.RawMessage

		SignInformation json.RawMessage `json:"sign_information"`
		Detail          struct{ Issue json.RawMessage }
	}
	if err := json.Unmarshal(raw, &parts); err != nil {
		if _, ok := errors.AsType[*json.UnmarshalTypeError](err); !ok || raw[0] != '{' {
			return detail
		}
	}
	detail.Field = lenientText(parts.Field)
	detail.Value = parts.Value
	detail.Issue = lenientText(parts.Issue)
	if detail.Issue == "" {
		detail.Issue = lenientText(parts.Detail.Issue) // SIGN_ERROR nests it once more
	}
	detail.Location = lenientText(parts.Location)
	detail.SignInformation = parseSignInformation(parts.SignInformation)
	return detail
}

func parseSignInformation(raw json.RawMessage) *SignInformation {
	var parts struct {
		Method, URL json.RawMessage

		Length  json.Number     `json:"sign_message_length"`
		Message json.RawMessage `json:"truncated_sign_message"`
	}
	if len(raw) == 0 || raw[0] != '{' {
		return nil
	}
	_ = json.Unmarshal(raw, &parts) // what can be read is read
	length, _ := parts.Length.Int64()
	return &SignInformation{
		Method:        lenientText(parts.Method),
		URL:           lenientText(parts.URL),
		MessageLength: length,
		Message:       lenientText(parts.Message),
	}
}

// lenientText returns a JSON string's content, a number's or a bool's digits, and "" for anything else.
func lenientText(raw json.RawMessage) string {
	if len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || raw[0] == 'n' {
		return ""
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}
