package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// Error is an error answer. A function for [Server.Handle] may return one.
type Error struct {
	Status  int    // HTTP status
	Code    string // PARAM_ERROR
	Message string
	Detail  any // the object under "detail"; nil: none
}

func (e *Error) Error() string { return fmt.Sprintf("%d %s: %s", e.Status, e.Code, e.Message) }

// body is what an Error looks like on the wire.
func (e *Error) body() []byte {
	content := object{{"code", e.Code}, {"message", e.Message}}
	if e.Detail != nil {
		content = append(content, member{"detail", e.Detail})
	}
	return encode(content)
}

// detail says which part of a request is wrong.
type detail struct {
	field, issue, location string
	value                  any // nil: not given
	more                   object
}

func (d detail) object() object {
	out := object{}
	if d.field != "" {
		out = append(out, member{"field", d.field})
	}
	if d.value != nil && len(encode(d.value)) <= maxDetailValue {
		out = append(out, member{"value", d.value})
	}
	return append(append(out, member{"issue", d.issue}, member{"location", d.location}), d.more...)
}

// maxDetailValue bounds the value that an error repeats, in bytes of JSON.
const maxDetailValue = 512

// paramError is the answer to a request with a wrong value.
func paramError(d detail) *Error {
	return &Error{
		Status: http.StatusBadRequest, Code: "PARAM_ERROR",
		Message: "参数错误: " + strings.TrimSpace(d.field+" "+d.issue),
		Detail:  d.object(),
	}
}

// ErrorHeader is the request header that makes a call fail with the code in it, for programs that cannot reach the [Server]:
// wxpay.WithHeader(sandbox.ErrorHeader, "NO_AUTH").
const ErrorHeader = "Sandbox-Error"

// failure finds the answer for a code in the operation's error table. A code that stands there with several statuses may be
// followed by one: "SYSTEM_ERROR 500". Rows of the operation's own come before those that all operations share.
func (r *route) failure(text string) (*Error, error) {
	code, status, _ := strings.Cut(strings.TrimSpace(text), " ")
	var found *load.ErrorRow
	for _, row := range r.rows() {
		if row.Code != code || status != "" && strconv.Itoa(row.Status) != strings.TrimSpace(status) {
			continue
		}
		if found == nil || found.Common && !row.Common {
			found = row
		}
	}
	if found == nil {
		return nil, fmt.Errorf("%s has no error %q; it has %s", r.name, text, r.codes())
	}
	return &Error{Status: found.Status, Code: found.Code, Message: label(found.Description)}, nil
}

func (r *route) rows() []*load.ErrorRow {
	if r.operation == nil {
		return nil
	}
	return r.operation.Errors
}

// codes lists the codes of the operation, each with its status.
func (r *route) codes() string {
	var out []string
	for _, row := range r.rows() {
		if text := row.Code + " " + strconv.Itoa(row.Status); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

// demanded returns the error that the request asks for by header, or nil.
func (r *route) demanded(header http.Header) error {
	text := header.Get(ErrorHeader)
	if text == "" {
		return nil
	}
	failure, err := r.failure(text)
	if err != nil {
		return &Error{
			Status: http.StatusBadRequest, Code: "PARAM_ERROR",
			Message: "参数错误: header " + ErrorHeader + ": " + err.Error(),
			Detail:  detail{field: ErrorHeader, value: text, issue: err.Error(), location: "header"}.object(),
		}
	}
	return failure
}

// label is the Chinese part of "中文: English.": WeChat Pay's own messages
// are Chinese.
func label(description string) string {
	text, _, _ := strings.Cut(description, ": ")
	return text
}
