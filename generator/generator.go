// Package generator turns specs into Go packages. Generation is pure: it
// returns the bytes of every file, and its callers decide whether to write,
// compare or show them.
//
// It goes through four stages, each a package that knows only those before
// it: load reads YAML into checked documents, model says what they become in
// Go, emit writes the source, output formats it and takes it to disk.
package generator

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/emit"
	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/generator/output"
	"github.com/wxgen/wxgen/wxpay"
)

// Runtime is the import path of the runtime that this wxgen belongs to.
const Runtime = "github.com/wxgen/wxgen/wxpay"

// Options say what to generate and how its packages refer to each other.
type Options struct {
	Specs      fs.FS    // holds the spec files
	SpecsName  string   // what the headers of generated files call that folder
	Packages   []string // limits the run to some packages; empty: all
	ImportPath string   // of the output folder
	Runtime    string   // import path of wxpay; empty: the published one
}

// Result is what a run made.
type Result struct {
	Files      output.Files
	Packages   int
	Operations int
	Events     int
	Renames    []model.Rename // names that had to give way to others
}

// Generate makes the packages of the specs. Where specs are at fault, the
// error is a load.Problems with all that was found.
func Generate(opts Options) (*Result, error) {
	set, err := Load(opts.Specs, opts.Packages...)
	if err != nil {
		return nil, err
	}
	if opts.Runtime == "" {
		opts.Runtime = Runtime
	}
	built := make([]made, len(set.Documents))
	load.Each(len(built), func(i int) {
		built[i] = makePackage(set.Documents[i], opts)
	})
	return gather(built)
}

// Load reads the specs of some packages, or of all, and has them validated.
func Load(specs fs.FS, packages ...string) (*load.Set, error) {
	files, err := specFiles(specs, packages)
	if err != nil {
		return nil, err
	}
	set, err := load.Load(specs, files...)
	if err != nil {
		return nil, err
	}
	set.Documents = slices.DeleteFunc(set.Documents, func(d *load.Document) bool { return !model.HasPackage(d) })
	faults := make([]error, len(set.Documents))
	load.Each(len(faults), func(i int) {
		faults[i] = load.Validate(specs, set.Documents[i].File)
	})
	return set, load.Join(faults...)
}

// specFiles picks the files that become the wanted packages.
func specFiles(specs fs.FS, packages []string) ([]string, error) {
	files, err := load.Files(specs)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no spec (.yaml) is there to read")
	}
	if len(packages) == 0 {
		return files, nil
	}
	var picked []string
	for _, want := range packages {
		at := slices.IndexFunc(files, func(f string) bool { return model.Folder(f) == strings.Trim(want, "/") })
		if at < 0 {
			return nil, fmt.Errorf("no spec becomes the package %s (see wxgen ops for the packages)", want)
		}
		picked = append(picked, files[at])
	}
	return picked, nil
}

// made is the outcome of one package.
type made struct {
	pkg   *model.Package
	files output.Files
	err   error
}

func makePackage(doc *load.Document, opts Options) made {
	pkg, err := model.Build(doc, declaredByRuntime)
	if err != nil {
		return made{err: err}
	}
	sources, err := emit.Package(pkg, emit.Options{Specs: opts.SpecsName, ImportPath: opts.ImportPath, Runtime: opts.Runtime})
	if err != nil {
		return made{err: err}
	}
	files := output.Files{}
	for _, f := range sources {
		if files[f.Name], err = output.Format(f.Name, f.Source); err != nil {
			return made{err: err}
		}
	}
	return made{pkg: pkg, files: files}
}

func declaredByRuntime(code string) bool { return wxpay.ErrorCode(code).Known() }

// gather puts packages together, in the order of the specs.
func gather(built []made) (*Result, error) {
	res := &Result{Files: output.Files{}}
	var problems load.Problems
	folders := map[string]string{}
	for _, m := range built {
		if ps, ok := m.err.(load.Problems); ok {
			problems = append(problems, ps...)
			continue
		}
		if m.err != nil {
			return nil, m.err
		}
		file := m.pkg.Spec.File
		if other, ok := folders[m.pkg.Folder]; ok {
			problems.Add(load.Pos{File: file, Line: 1, Col: 1}, "rename one of the files",
				"it becomes the package %s, and so does %s", m.pkg.Folder, other)
		}
		folders[m.pkg.Folder] = file
		res.add(m)
	}
	return res, problems.Err()
}

func (res *Result) add(m made) {
	res.Packages++
	res.Operations += len(m.pkg.Operations)
	res.Events += len(m.pkg.Events)
	res.Renames = append(res.Renames, m.pkg.Renames...)
	for name, data := range m.files {
		res.Files[name] = data
	}
}
