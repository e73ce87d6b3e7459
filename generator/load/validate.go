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
		for _, err := range leaves(validate(fsys, file, true)) {
			problems = append(problems, problemOf(file, err))
		}
	}
	return problems.Err()
}

func validate(fsys fs.FS, file string, positions bool) error {
	doc, err := OpenAPI(fsys, file, positions)
	if err != nil {
		return err
	}
	return doc.Validate(context.Background(), openapi3.EnableExamplesValidation(), openapi3.EnableMultiError())
}

// OpenAPI reads a spec with the OpenAPI library, for those that need its own
// form: validators of requests and other tools.
func OpenAPI(fsys fs.FS, file string, positions bool) (*openapi3.T, error) {
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = positions
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, u *url.URL) ([]byte, error) {
		name := path.Clean(u.Path)
		if u.Host != "" || !fs.ValidPath(name) {
			return nil, fmt.Errorf("%s is outside the specs", u)
		}
		return fs.ReadFile(fsys, name)
	}
	doc, err := loader.LoadFromURI(&url.URL{Path: file})
	if err != nil {
		return nil, fmt.Errorf("reading %s as OpenAPI: %w", file, err)
	}
	return doc, nil
}

// leaves takes a tree of errors apart into those that can be mended one by one.
func leaves(err error) []error {
	if err == nil {
		return nil
	}
	if many, ok := errors.AsType[openapi3.MultiError](err); ok && len(many) > 0 {
		var out []error
		for _, e := range many {
			out = append(out, leaves(e)...)
		}
		return out
	}
	return []error{err}
}

func problemOf(file string, err error) Problem {
	what, _, _ := strings.Cut(err.Error(), "\nSchema:")
	what = strings.Join(strings.Fields(what), " ")
	p := Problem{Pos: Pos{File: file}, What: "not valid OpenAPI: " + what}
	if at := location(err); at != nil {
		p.Pos.Line, p.Pos.Col = at.Line, at.Column
		if at.File != "" {
			p.Pos.File = path.Clean(at.File)
		}
	}
	return p
}

// location finds the innermost error that knows its place. The library has
// dozens of error types with a field Origin, and no interface for it.
func location(err error) *openapi3.Location {
	var found *openapi3.Location
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		field := v.FieldByName("Origin")
		if !field.IsValid() || !field.CanInterface() {
			continue
		}
		if origin, ok := field.Interface().(*openapi3.Origin); ok && origin != nil && origin.Key != nil {
			found = origin.Key
		}
	}
	return found
}
