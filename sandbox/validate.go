package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/wxgen/wxgen/generator/load"
)

// document is a spec as the validator reads it. That takes milliseconds, so it happens when an operation is first called.
type document struct {
	fsys fs.FS
	file string
	once sync.Once
	spec *openapi3.T
	err  error
}

func (d *document) open() (*openapi3.T, error) {
	d.once.Do(func() {
		if d.spec, d.err = d.read(); d.err == nil {
			d.err = normalize(d.spec)
		}
	})
	return d.spec, d.err
}

func (d *document) read() (*openapi3.T, error) {
	loader := openapi3.NewLoader()
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
		if location.Scheme != "" || location.Host != "" {
			return nil, fmt.Errorf("a spec refers to %s: only files beside it are read", location)
		}
		return fs.ReadFile(d.fsys, path.Clean(location.Path))
	}
	text, err := fs.ReadFile(d.fsys, d.file)
	if err != nil {
		return nil, err
	}
	return loader.LoadFromDataWithPath(text, &url.URL{Path: d.file})
}

// normalize writes what a 3.1 schema says in the words of 3.0, and then calls the document 3.0. The reason: for 3.1 the
// validator compiles each schema anew for each request (30 times as slow), words its findings for machines, and where a
// schema refers to another file, silently leaves const out. The dialect has nothing else that 3.0 lacks.
func normalize(spec *openapi3.T) error {
	spec.OpenAPI = "3.0.3"
	return spec.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		s := ref.Value
		if s.Const != nil {
			s.Enum, s.Const = []any{s.Const}, nil
		}
		if strings.HasPrefix(s.Format, "uint") && s.Min == nil { // formats that the validator does not know
			s.Min = new(0.0)
		}
		if s.Format == "uint32" && s.Max == nil {
			s.Max = new(float64(math.MaxUint32))
		}
		return nil
	})
}

var filterOptions = &openapi3filter.Options{
	AuthenticationFunc:  openapi3filter.NoopAuthenticationFunc, // authenticate does it
	SkipSettingDefaults: true,
}

// validate holds the request against the spec.
func (s *Server) validate(ctx context.Context, req *Request) error {
	op := req.route.operation
	if op == nil {
		return nil
	}
	if err := checkText(req, op); err != nil {
		return err
	}
	spec, err := req.route.document.open()
	if err != nil {
		return fmt.Errorf("read the spec %s: %w", req.route.document.file, err)
	}
	item := spec.Paths.Value(op.Path)
	if item == nil {
		return fmt.Errorf("read the spec %s: it has no path %s", req.route.document.file, op.Path)
	}
	err = openapi3filter.ValidateRequest(ctx, &openapi3filter.RequestValidationInput{
		Request:     req.filterRequest(ctx),
		PathParams:  req.values,
		QueryParams: req.Query,
		Options:     req.filterOptions(),
		Route:       &routers.Route{Spec: spec, Path: op.Path, PathItem: item, Method: op.Method, Operation: item.GetOperation(op.Method)},
	})
	if err != nil {
		return describe(err)
	}
	return nil
}

// filterOptions leaves the parts of an upload alone: checkUpload has looked at them.
func (r *Request) filterOptions() *openapi3filter.Options {
	options := *filterOptions
	options.ExcludeRequestBody = r.multi
	return &options
}

// filterRequest is the request as the filter wants it. It may change its copy.
func (r *Request) filterRequest(ctx context.Context) *http.Request {
	out := &http.Request{Method: r.Method, URL: &url.URL{Path: r.Path, RawQuery: r.Query.Encode()}, Header: r.Header.Clone()}
	if len(r.plain) > 0 && !r.multi {
		out.Body = io.NopCloser(bytes.NewReader(r.plain))
	}
	return out.WithContext(ctx)
}

// checkText refuses what the filter lets pass: query values given twice, text behind the JSON value, and characters of four
// bytes, which WeChat Pay does not take.
func checkText(req *Request, op *load.Operation) error {
	if err := checkQuery(req, op); err != nil {
		return err
	}
	if op.Body != nil && len(req.plain) > 0 && load.JSON(op.Body.Content) != nil && !json.Valid(req.plain) {
		return paramError(detail{issue: "the body is no valid JSON" + whereJSON(req.plain), location: "body"})
	}
	if i := bytes.IndexFunc(req.plain, isWide); i >= 0 {
		return paramError(detail{issue: fmt.Sprintf("the body holds a character of four bytes, such as an emoji, at byte %d: WeChat Pay takes none", i), location: "body"})
	}
	return nil
}

func isWide(r rune) bool { return r > 0xffff }

func checkQuery(req *Request, op *load.Operation) error {
	if _, err := url.ParseQuery(req.rawQuery); err != nil {
		return paramError(detail{issue: "the query cannot be read: " + err.Error(), location: "query"})
	}
	for _, p := range op.Parameters {
		values := req.Query[p.Name]
		if p.In != "query" {
			continue
		}
		if len(values) > 1 && p.Schema.Target().Type() != "array" {
			return paramError(detail{field: p.Name, issue: "is given " + strconv.Itoa(len(values)) + " times", location: "query"})
		}
		if strings.ContainsFunc(strings.Join(values, ""), isWide) {
			return paramError(detail{field: p.Name, issue: "holds a character of four bytes, such as an emoji: WeChat Pay takes none", location: "query"})
		}
	}
	return nil
}

func whereJSON(body []byte) string {
	var value any
	if syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(body, &value)); ok {
		return fmt.Sprintf(" at byte %d: %v", syntax.Offset, syntax)
	}
	return ""
}
