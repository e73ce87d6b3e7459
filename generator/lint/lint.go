// Package lint tells whether specs are good enough to be kept: valid OpenAPI,
// in the dialect, and with the texts that make the emitted code worth reading.
package lint

import (
	"errors"
	"io/fs"

	"github.com/wxgen/wxgen/generator/load"
)

// Run looks at all specs of a folder. What it finds is a load.Problems; any
// other error means that it could not look.
func Run(specs fs.FS) error {
	files, err := load.Files(specs)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("no spec (.yaml) is there to read")
	}
	var problems load.Problems
	set, err := load.Load(specs, files...)
	if found, ok := errors.AsType[load.Problems](err); ok {
		return found // what follows would only repeat it
	}
	if err != nil {
		return err
	}
	for _, check := range []func() error{
		func() error { return load.Validate(specs, files...) },
		func() error { return dialect(specs, files) },
		func() error { return texts(set) },
	} {
		err := check()
		found, ok := errors.AsType[load.Problems](err)
		if err != nil && !ok {
			return err
		}
		problems = append(problems, found...)
	}
	return problems.Err()
}
