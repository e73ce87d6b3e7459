package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"reflect"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Validate asks the OpenAPI library whether documents are valid OpenAPI 3.1,
// examples included. Positions cost it half as much time again, so it keeps
// them only where something is wrong.
func Validate(fsys fs.FS, files ...string) error {
	var problems Problems
	for _, file := range files {
		if validate(fsys, file, false) == nil {
			continue
		}
		problems = append(problems, faults(file, validate(fsys, file, true), fault{})...)
	}
	return problems.Err()
}

func validate(fsys fs.FS, file string, positions bool) error {
	doc, err := OpenAPI(fsys, file, positions)
	if err != nil {
		return err
	}
	return askLibrary(doc)
}

func askLibrary(doc *openapi3.T) error {
	return doc.Validate(context.Background(), openapi3.EnableExamplesValidation(), openapi3.EnableMultiError())
}

// valid tells whether a document that was turned into the library's form is
// valid. False is no verdict: then the library must read the file itself.
func (l *Loader) valid(name string, doc *openapi3.T) bool {
	if doc == nil {
		return false
	}
	loader, ok := l.validators.Get().(*openapi3.Loader)
	if !ok {
		loader = newOpenAPILoader(l.fsys)
	}
	if loader.ResolveRefsIn(doc, &url.URL{Path: name}) != nil || askLibrary(doc) != nil {
		return false // and the loader is left half-way
	}
	l.validators.Put(loader)
	return true
}

// OpenAPI reads a spec with the OpenAPI library, for those that need its own
// form: validators of requests and other tools.
func OpenAPI(fsys fs.FS, file string, positions bool) (*openapi3.T, error) {
	loader := newOpenAPILoader(fsys)
	loader.IncludeOrigin = positions
	doc, err := loader.LoadFromURI(&url.URL{Path: file})
	if err != nil {
		return nil, fmt.Errorf("reading %s as OpenAPI: %w", file, err)
	}
	return doc, nil
}

func newOpenAPILoader(fsys fs.FS) *openapi3.Loader {
	loader := openapi3.NewLoader()
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, u *url.URL) ([]byte, error) {
		name := path.Clean(u.Path)
		if u.Host != "" || !fs.ValidPath(name) {
			return nil, fmt.Errorf("%s is outside the specs", u)
		}
		return fs.ReadFile(fsys, name)
	}
	return loader
}

// fault is what the errors around another one tell of it.
type fault struct {
	at      *openapi3.Location
	example bool
}

// faults takes a tree of errors apart into those that can be mended one by
// one. The innermost place counts; some errors know none of their own.
func faults(file string, err error, around fault) []Problem {
	for e := err; e != nil; e = errors.Unwrap(e) {
		switch e := e.(type) {
		case openapi3.MultiError:
			var out []Problem
			for _, one := range e {
				out = append(out, faults(file, one, around)...)
			}
			return out
		case *openapi3.ExampleViolatesSchema:
			around.example = true
		}
		if at := location(e); at != nil {
			around.at = at
		}
	}
	if err == nil {
		return nil
	}
	return []Problem{problemOf(file, err, around)}
}

func problemOf(file string, err error, around fault) Problem {
	what, _, _ := strings.Cut(err.Error(), "\nSchema:")
	what = strings.Join(strings.Fields(what), " ")
	p := Problem{Pos: Pos{File: file, Line: 1, Col: 1}, What: "not valid OpenAPI: " + what}
	if around.example {
		if i := strings.Index(what, ": at '"); i >= 0 {
			what = what[i+2:] // the place stands in it twice
		}
		p.What = "the example does not fit its schema: " + strings.TrimPrefix(what, "at '': ")
		p.Remedy = "mend the example or the schema"
	}
	if at := around.at; at != nil {
		p.Pos.Line, p.Pos.Col = at.Line, at.Column
		if at.File != "" {
			p.Pos.File = path.Clean(at.File)
		}
	}
	return p
}

// location gives the place of an error that knows its own. The library has
// dozens of error types with a field Origin, and no interface for it.
func location(err error) *openapi3.Location {
	v := reflect.Indirect(reflect.ValueOf(err))
	if v.Kind() != reflect.Struct {
		return nil
	}
	field := v.FieldByName("Origin")
	if !field.IsValid() || !field.CanInterface() {
		return nil
	}
	origin, ok := field.Interface().(*openapi3.Origin)
	if !ok || origin == nil {
		return nil
	}
	return origin.Key
}
