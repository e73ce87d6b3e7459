package lint

import (
	"errors"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// exampleFault begins the problems of the OpenAPI library that are about
// examples. They have a rule of their own.
const exampleFault = "the example does not fit its schema"

// checkOpenAPI asks the OpenAPI library.
func checkOpenAPI(f *file, r report) {
	for _, p := range f.validate() {
		if !strings.HasPrefix(p.What, exampleFault) {
			r(p.Pos, p.Remedy, "%s", p.What)
		}
	}
}

// validate gives what the OpenAPI library objects to. It is asked once.
func (f *file) validate() load.Problems {
	if f.validated {
		return f.invalid
	}
	f.validated = true
	err := load.Validate(f.specs, f.name)
	if found, ok := errors.AsType[load.Problems](err); ok {
		f.invalid = found
	} else if err != nil {
		f.invalid.Add(load.Pos{File: f.name, Line: 1, Col: 1}, "", "%v", err)
	}
	return f.invalid
}
