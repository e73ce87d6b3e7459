// Package generator turns specs into Go packages. Generation is pure: it
// returns the bytes of every file, and its callers decide whether to write,
// compare or show them.
//
// It goes through four stages, each a package that knows only those before
// it: load reads YAML into checked documents, model says what they become in
// Go, emit writes the source, output formats it and takes it to disk.
package generator

import (
	"io/fs"
	"slices"

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
	Packages   []string // the packages or products that are wanted; empty: all
	Only       []string // limits the run to some of them, and leaves the others alone; empty: all
	Operations []string // limits it to operations and events that match; empty: all
	Exclude    []string // leaves out operations and events that match
	ImportPath string   // of the output folder
	Runtime    string   // import path of wxpay; empty: the published one
	Header     string   // stands at the head of every file, such as a licence

	// Previous is what the last run made. Its names are kept, and so are its
	// packages where their specs are the same and Intact says that their files
	// are, too. Both may be nil.
	Previous *output.Manifest
	Intact   func(*output.Package) bool

	// Verify asks the OpenAPI library about every spec, also those that the
	// last run found valid.
	Verify bool
}

// Result is what a run made.
type Result struct {
	// Files are the generated files. Those of packages that were kept have no
	// bytes: they are right already.
	Files      output.Files
	Manifest   *output.Manifest
	Folders    []string // of the packages, in the order of the specs
	Kept       int      // packages that were left as they are
	Operations int
	Events     int
	Renames    []model.Rename // names that had to give way to others, and are new
}

// Generate makes the packages of the specs. Where specs are at fault, the
// error is a load.Problems with all that was found.
func Generate(opts Options) (*Result, error) {
	files, err := specFiles(opts.Specs, opts.Packages)
	if err == nil && len(opts.Only) > 0 {
		files, err = pick(opts.Specs, files, opts.Only)
	}
	if err != nil {
		return nil, err
	}
	if opts.Runtime == "" {
		opts.Runtime = Runtime
	}
	if opts.Previous == nil {
		opts.Previous = &output.Manifest{}
	}
	r := &run{Options: opts, loader: load.NewLoader(opts.Specs), fingerprint: fingerprint(opts)}
	built := make([]made, len(files))
	load.Each(len(files), func(i int) { built[i] = r.file(files[i]) })
	return r.gather(built)
}

// run makes the packages of one set of options.
type run struct {
	Options
	loader      *load.Loader
	fingerprint string
}

// made is the outcome of one spec file: nothing where it declares only what
// others share.
type made struct {
	source  string
	folder  string
	entry   *output.Package
	files   output.Files
	renames []model.Rename
	kept    bool
	err     error
}

// file makes the package of one spec, or keeps it.
func (r *run) file(name string) made {
	folder := model.Folder(name)
	before := r.Previous.Packages[folder]
	inputs, same := r.unchanged(name, before)
	if same && r.Previous.Generator == r.fingerprint && r.Intact != nil && r.Intact(before) {
		return keep(name, folder, before)
	}
	read := r.loader.Load
	if !same || r.Verify {
		read = r.loader.LoadValid
	}
	doc, err := read(name)
	if err != nil {
		return made{err: err}
	}
	defer r.loader.Forget(name)
	if r.filter(doc); !model.HasPackage(doc) {
		return made{}
	}
	if !same {
		if inputs, err = r.hash(doc.Sources); err != nil {
			return made{err: err}
		}
	}
	return r.makePackage(doc, inputs, before)
}

// unchanged tells whether the sources of a package are those of the last run,
// which found them valid.
func (r *run) unchanged(name string, before *output.Package) (inputs string, same bool) {
	if before == nil || len(before.Sources) == 0 || before.Sources[0] != name {
		return "", false
	}
	inputs, err := r.hash(before.Sources)
	return inputs, err == nil && inputs == before.Inputs
}

func (r *run) hash(sources []string) (string, error) {
	return output.Hash(sources, func(name string) ([]byte, error) { return fs.ReadFile(r.Specs, name) })
}

func keep(source, folder string, before *output.Package) made {
	m := made{source: source, folder: folder, entry: before, kept: true, files: output.Files{}}
	for _, name := range before.Files {
		m.files[name] = nil
	}
	return m
}

// makePackage goes through the stages behind loading.
func (r *run) makePackage(doc *load.Document, inputs string, before *output.Package) made {
	opts := model.Options{RuntimeDeclares: declaredByRuntime}
	if before != nil {
		opts.Names = before.Names
	}
	pkg, err := model.Build(doc, opts)
	if err != nil {
		return made{err: err}
	}
	sources, err := emit.Package(pkg, emit.Options{Specs: r.SpecsName, ImportPath: r.ImportPath, Runtime: r.Runtime, Header: r.Header})
	if err != nil {
		return made{err: err}
	}
	m := made{source: doc.File, folder: pkg.Folder, renames: pkg.Renames, files: output.Files{}}
	for _, f := range sources {
		if m.files[f.Name] = f.Source; f.Formatted {
			continue
		}
		if m.files[f.Name], err = output.Format(f.Name, f.Source); err != nil {
			return made{err: err}
		}
	}
	m.entry = &output.Package{
		Sources: doc.Sources, Inputs: inputs, Names: pkg.Names, Renamed: untold(&m, before),
		Operations: len(pkg.Operations), Events: len(pkg.Events),
	}
	m.entry.Seal(m.files)
	return m
}

// untold lists what had to give way, and leaves to be told what the last run
// has not told.
func untold(m *made, before *output.Package) []string {
	var all []string
	for _, r := range m.renames {
		all = append(all, r.What)
	}
	if before != nil {
		m.renames = slices.DeleteFunc(m.renames, func(r model.Rename) bool { return slices.Contains(before.Renamed, r.What) })
	}
	return all
}

func declaredByRuntime(code string) bool { return wxpay.ErrorCode(code).Known() }

// gather puts packages together, in the order of the specs.
func (r *run) gather(built []made) (*Result, error) {
	res := &Result{Files: output.Files{}, Manifest: &output.Manifest{Generator: r.fingerprint, Packages: map[string]*output.Package{}}}
	errs := make([]error, 0, len(built))
	folders := map[string]string{}
	for _, m := range built {
		errs = append(errs, m.err)
		if m.err != nil || m.entry == nil {
			continue
		}
		if other, ok := folders[m.folder]; ok {
			var problems load.Problems
			problems.Add(load.Pos{File: m.source, Line: 1, Col: 1}, "rename one of the files",
				"it becomes the package %s, and so does %s", m.folder, other)
			errs = append(errs, problems)
		}
		folders[m.folder] = m.source
		res.add(m)
	}
	if err := load.Join(errs...); err != nil {
		return nil, err
	}
	r.keepOthers(res.Manifest)
	return res, nil
}

// keepOthers leaves in the manifest what a run over some packages did not
// look at.
func (r *run) keepOthers(m *output.Manifest) {
	if len(r.Only) == 0 {
		return
	}
	for folder, p := range r.Previous.Packages {
		if m.Packages[folder] == nil {
			m.Packages[folder] = p
		}
	}
}

func (res *Result) add(m made) {
	res.Folders = append(res.Folders, m.folder)
	res.Operations += m.entry.Operations
	res.Events += m.entry.Events
	res.Renames = append(res.Renames, m.renames...)
	res.Manifest.Packages[m.folder] = m.entry
	if m.kept {
		res.Kept++
	}
	for name, data := range m.files {
		res.Files[name] = data
	}
}

// Load reads the specs of some packages, or of all.
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
	return set, nil
}
