package wxpay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
)

// message is a request as it goes over the wire, but for host, signature and the client's own headers.
type message struct {
	path, rawPath string // decoded, and percent-escaped once
	query         string // escaped
	header        [][2]string
	contentType   string
	body          []byte
	upload        *upload // the body in place of body, if it has files
	signed        []byte  // what the signature covers of the body; for uploads that is less than the body
	key           *Key    // that sensitive fields are encrypted with; nil: there are none
}

// length returns how many bytes the body has.
func (m *message) length() int64 {
	if m.upload != nil {
		return m.upload.size
	}
	return int64(len(m.body))
}

// open returns the body from its beginning, as often as it is sent.
func (m *message) open() io.ReadCloser {
	if m.upload != nil {
		return io.NopCloser(m.upload.open())
	}
	return newRequestBody(m.body)
}

// newMessage checks a request, encrypts its sensitive fields, and encodes it.
func (c *call) newMessage(ctx context.Context, req any) (*message, error) {
	m := &c.message
	m.contentType = "application/json"
	template, query, _ := strings.Cut(c.op.Path, "?")
	m.query = query
	if v := reflect.ValueOf(req); v.Kind() == reflect.Pointer && v.IsNil() && v.Type().Elem().Kind() == reflect.Struct {
		req = reflect.New(v.Type().Elem()).Interface() // a nil pointer is a request without any field set
	}
	value := reflect.Indirect(reflect.ValueOf(req))
	if !value.IsValid() {
		return m, m.fillPath(template, c.op, nil, value)
	}
	plan, err := planOf(value.Type())
	if err != nil {
		return nil, err
	}
	var files []*loadedFile
	if plan.uploader != nil {
		if value, files, err = plan.uploader.describe(ctx, c, value, plan); err != nil {
			return nil, err
		}
	}
	if err := checkRequest(c.op, value, !c.settings.withoutChecks, c.client.scheme.MaxSensitive()); err != nil {
		return nil, err
	}
	if value, m.key, err = c.seal(ctx, value); err != nil {
		return nil, err
	}
	if m.key != nil {
		req = value.Addr().Interface() // the copy with ciphertext, which takes the place of the caller's request
	}
	if err := m.fillPath(template, c.op, plan.path, value); err != nil {
		return nil, err
	}
	if err := m.fillQuery(plan.query, value); err != nil {
		return nil, err
	}
	if err := m.fillHeader(plan.header, value); err != nil {
		return nil, err
	}
	if plan.uploader != nil {
		return m, plan.uploader.fill(m, c, plan, value, files)
	}
	return m, m.fillBody(c.op, plan, value, req)
}

// fillPath puts the path variables into the template. Each value is escaped once, '/' included, so that it stays within its
// segment.
func (m *message) fillPath(template string, op *Operation, params []param, value reflect.Value) error {
	if !strings.Contains(template, "{") {
		m.path, m.rawPath = template, ""
		if len(params) > 0 {
			return fmt.Errorf("path variable %q is not in %s", params[0].name, op.Path)
		}
		return nil
	}
	var room [2][128]byte // usually enough, without an allocation
	plain, escaped := room[0][:0], room[1][:0]
	filled := 0
	for rest := template; ; {
		before, after, found := strings.Cut(rest, "{")
		plain, escaped = append(plain, before...), append(escaped, before...)
		if !found {
			break
		}
		name, tail, _ := strings.Cut(after, "}")
		text, err := pathValue(name, params, value)
		if err != nil {
			return err
		}
		if err := validatePathValue(text, before, tail); err != nil {
			return &CheckError{Operation: op.label(), Fields: []FieldError{{Path: name, Rule: "path", Problem: err.Error()}}}
		}
		plain, escaped = append(plain, text...), append(escaped, url.PathEscape(text)...)
		rest, filled = tail, filled+1
	}
	if filled < len(params) {
		return fmt.Errorf("the request has %d path variables, %s has %d", len(params), op.Path, filled)
	}
	m.path = string(plain)
	if !bytes.Equal(plain, escaped) {
		m.rawPath = string(escaped)
	}
	return nil
}

func pathValue(name string, params []param, value reflect.Value) (string, error) {
	for i := range params {
		if params[i].name == name {
			return params[i].text(value.FieldByIndex(params[i].index))
		}
	}
	return "", fmt.Errorf("the request has no field for path variable %q: tag one with path:%q", name, name)
}

// validatePathValue refuses values that would make another path: none, and the dots that servers and proxies resolve, which
// no escaping prevents.
func validatePathValue(text, before, after string) error {
	if text == "" {
		return errors.New("is empty, but stands in the path")
	}
	whole := strings.HasSuffix(before, "/") && (after == "" || after[0] == '/')
	if whole && (text == "." || text == "..") {
		return fmt.Errorf("is %q, which would lead to another path", text)
	}
	return nil
}

func (m *message) fillQuery(params []param, value reflect.Value) error {
	if len(params) == 0 {
		return nil
	}
	var room [256]byte
	query := append(room[:0], m.query...)
	for i := range params {
		err := params[i].each(value, func(text string) {
			if len(query) > 0 {
				query = append(query, '&')
			}
			query = append(query, params[i].escaped...)
			query = append(query, '=')
			query = append(query, url.QueryEscape(text)...)
		})
		if err != nil {
			return fmt.Errorf("query value %q: %w", params[i].name, err)
		}
	}
	m.query = string(query)
	return nil
}

func (m *message) fillHeader(params []param, value reflect.Value) error {
	for i := range params {
		name := params[i].name
		var problem error
		err := params[i].each(value, func(text string) {
			problem = errors.Join(problem, validateHeader(name, text))
			m.header = append(m.header, [2]string{name, text})
		})
		if err := errors.Join(err, problem); err != nil {
			return fmt.Errorf("header %q: %w", name, err)
		}
	}
	return nil
}

// fillBody encodes the JSON body: the whole request, the field marked so, or nothing where no field belongs into a body.
func (m *message) fillBody(op *Operation, plan *requestPlan, value reflect.Value, req any) error {
	content := req
	switch {
	case plan.body != nil:
		field := value.FieldByIndex(plan.body)
		if isNil(field) {
			return nil
		}
		content = field.Interface()
	case !plan.hasBody || isNil(value):
		return nil
	}
	if !op.mayChange() {
		return fmt.Errorf("%s carries no body, but %s has fields for one: tag them with query", op.Method, value.Type())
	}
	body, err := encodeJSON(content)
	if err != nil {
		return fmt.Errorf("encode the body: %w", err)
	}
	m.body, m.signed = body, body
	return nil
}

func isNil(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return v.IsNil()
	}
	return false
}
