package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Request is a call as it was received.
type Request struct {
	// Operation is the name of the operation, such as "records.List". For a route that [Server.Handle] added it is method and
	// path. It is empty if there is no such operation.
	Operation string

	Method string
	URI    string     // path and query as sent, still escaped
	Path   string     // the path, unescaped
	Query  url.Values // the query, unescaped
	Header http.Header
	Body   []byte

	// Domain is the one that the request came in on; empty where the server is served elsewhere.
	Domain Domain

	// Files are those of an upload.
	Files []File

	plain    []byte // the body with its sensitive fields in plain text; of an upload, the part meta
	multi    bool   // it is an upload
	rawQuery string
	route    *route
	values   map[string]string // of the path's variables
	server   *Server
}

// newRequest reads a request whole. What can be read is in the Request even if an error is returned.
func (s *Server) newRequest(r *http.Request) (*Request, error) {
	req := &Request{
		Method: r.Method,
		URI:    r.RequestURI,
		Path:   r.URL.Path,
		Query:  r.URL.Query(),
		Header: r.Header.Clone(),
		server: s,

		rawQuery: r.URL.RawQuery,
	}
	if req.URI == "" { // a test that calls ServeHTTP with a client's request
		req.URI = r.URL.RequestURI()
	}
	if r.Body == nil {
		return req, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	req.Body, req.plain = body, body
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return req, &Error{
			Status: http.StatusRequestEntityTooLarge, Code: "INVALID_REQUEST",
			Message: fmt.Sprintf("请求体过大: the body is longer than %d bytes", maxBody),
		}
	}
	if err != nil {
		return req, &Error{
			Status: http.StatusBadRequest, Code: "INVALID_REQUEST",
			Message: "请求体不完整: the body ended early: " + err.Error(),
		}
	}
	return req, req.readUpload()
}

// PathValue returns a variable of the path, unescaped.
func (r *Request) PathValue(name string) string { return r.values[name] }

// Decode decodes the JSON body into v, with sensitive fields in plain text. Of an upload it decodes the part meta.
func (r *Request) Decode(v any) error {
	if err := json.Unmarshal(r.plain, v); err != nil {
		return fmt.Errorf("decode the body of %s: %w", r.Operation, err)
	}
	return nil
}

// Default returns what the server would answer by itself: the example of the documentation, as a map for an answer that is a
// JSON object. A function for [Server.Handle] can change it and return it. It is nil where there is no content.
func (r *Request) Default() (any, error) {
	if r.route == nil || r.route.operation == nil {
		return nil, nil
	}
	content, err := r.server.content(r)
	if err != nil || content == nil {
		return nil, err
	}
	return plain(content), nil
}

// Fail returns the error that the documentation of the operation lists under a code, for a function of [Server.Handle].
func (r *Request) Fail(code string) error {
	row, err := r.route.failure(code)
	if err != nil {
		return err
	}
	return row
}
