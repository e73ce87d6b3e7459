// Package load reads specs: OpenAPI 3.1 in wxgen's dialect, from YAML to
// documents in which every reference is resolved, every extension decoded,
// and every node knows its file, line and column. The order of the file is
// kept, because users read a struct beside the page it came from.
//
// Loading reports all problems of a file at once. It reads YAML itself, since
// positions and order are lost in the OpenAPI library; Validate asks that
// library whether the documents are valid OpenAPI.
package load

import (
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Files lists the specs below a file system's root: every .yaml file but
// those that lie beside specs (the glossary and the phrase book) and those that
// begin with a dot.
func Files(fsys fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") && name != "." {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !d.IsDir() && path.Ext(name) == ".yaml" && name != glossaryFile && name != PhrasesFile {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for specs: %w", err)
	}
	return files, nil
}

// Set is what a run loaded: the documents that were asked for, in the order
// of their file names.
type Set struct {
	Documents []*Document
}

// Load reads the named files, several at once. The error is a Problems with
// all that is wrong with any of them.
func Load(fsys fs.FS, files ...string) (*Set, error) {
	files = slices.Sorted(slices.Values(files))
	l := NewLoader(fsys)
	docs, errs := make([]*Document, len(files)), make([]error, len(files))
	Each(len(files), func(i int) { docs[i], errs[i] = l.Load(files[i]) })
	return &Set{Documents: docs}, Join(errs...)
}

// Each calls f for 0 to n-1, as many at once as there are processors.
func Each(n int, f func(i int)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			f(i)
		})
	}
	wg.Wait()
}

// Loader reads documents and keeps those that others refer to. It may be used
// by several goroutines at once.
type Loader struct {
	fsys fs.FS

	mu    sync.Mutex
	files map[string]*file

	glossary func() (map[string]Term, error) // read once

	// validators are loaders of the OpenAPI library that have read common files.
	validators sync.Pool
}

// file is a spec that is read at most once.
type file struct {
	once   sync.Once
	reader *reader
	err    error
	linked bool // its references are resolved; guarded by the loader's lock
}

// NewLoader returns a loader for the specs of a file system.
func NewLoader(fsys fs.FS) *Loader {
	l := &Loader{fsys: fsys, files: map[string]*file{}}
	l.glossary = sync.OnceValues(l.readGlossary)
	return l
}

// LoadValid reads a document as Load does, and asks the OpenAPI library
// whether it is valid.
func (l *Loader) LoadValid(name string) (*Document, error) {
	first := l.read(name, true)
	doc, err := l.Load(name)
	if err != nil {
		return nil, err
	}
	openAPI := first.reader.openAPI
	first.reader.openAPI = nil // it is as large as the document
	if l.valid(name, openAPI) {
		return doc, nil
	}
	return doc, Validate(l.fsys, name)
}

// Load reads a document and whatever it refers to. The error is a Problems
// where a spec is at fault.
func (l *Loader) Load(name string) (*Document, error) {
	closure, problems, err := l.closure(name)
	if err != nil {
		return nil, err
	}
	l.link(closure, &problems)
	doc := closure[0].reader.doc
	doc.Sources = make([]string, len(closure))
	for i, f := range closure {
		doc.Sources[i] = f.reader.doc.File
	}
	if doc.Glossary, err = l.glossary(); err != nil {
		return nil, err
	}
	if doc.Glossary != nil {
		doc.Sources = append(doc.Sources, glossaryFile)
	}
	if len(problems) == 0 {
		doc.check(&problems)
	}
	return doc, problems.Err()
}

// Forget drops a document that no other one is expected to need, so that a
// run over many specs holds few of them. It can be loaded again.
func (l *Loader) Forget(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.files, name)
}

// closure reads a file and those it refers to, directly or not, the file
// itself first.
func (l *Loader) closure(name string) ([]*file, Problems, error) {
	first := l.read(name, false)
	if first.err != nil {
		return nil, nil, first.err
	}
	var problems Problems
	all, seen := []*file{first}, map[string]bool{name: true}
	for i := 0; i < len(all); i++ {
		for _, ref := range all[i].reader.refs {
			if seen[ref.file] {
				continue
			}
			seen[ref.file] = true
			next := l.read(ref.file, false)
			if next.err != nil {
				problems.Add(ref.pos, "files are named from the folder of the spec that refers to them",
					"$ref %q names a file that cannot be read", ref.text)
				continue
			}
			all = append(all, next)
		}
	}
	return all, problems, nil
}

// read reads a file once, and keeps what validating it takes if that is wanted.
func (l *Loader) read(name string, validate bool) *file {
	l.mu.Lock()
	f := l.files[name]
	if f == nil {
		f = new(file)
		l.files[name] = f
	}
	l.mu.Unlock()
	f.once.Do(func() { f.reader, f.err = readFile(l.fsys, name, validate) })
	return f
}

func readFile(fsys fs.FS, name string, validate bool) (*reader, error) {
	if info, err := fs.Stat(fsys, name); err == nil && info.Size() > maxSize {
		return nil, Problems{{Pos: Pos{File: name}, What: "the file is larger than 2 MiB", Remedy: "split it: one file becomes one package"}}
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading spec: %w", err)
	}
	return read(name, data, validate), nil
}

// link resolves the references of files that were read together.
func (l *Loader) link(closure []*file, problems *Problems) {
	l.mu.Lock()
	defer l.mu.Unlock()
	byName := make(map[string]*reader, len(closure))
	for _, f := range closure {
		byName[f.reader.doc.File] = f.reader
		*problems = append(*problems, f.reader.problems...)
	}
	for _, f := range closure {
		if !f.linked {
			f.reader.link(byName)
		}
	}
	for _, f := range closure {
		if !f.linked {
			f.linked = true
			f.reader.doc.refLoops(&f.reader.broken)
		}
		*problems = append(*problems, f.reader.broken...)
	}
}

// link resolves the references of one file. What leads nowhere is kept for
// every document that needs this file.
func (r *reader) link(files map[string]*reader) {
	for _, ref := range r.refs {
		to := files[ref.file]
		if to == nil {
			continue // reported where the closure was read
		}
		t, ok := to.doc.find(ref)
		if !ok && len(r.broken) < maxProblems { // a hint costs more than the problem
			r.broken.Add(ref.pos, hint(to.doc, ref), "$ref %q leads nowhere: %s has no %s under components.%s",
				ref.text, ref.file, ref.name, ref.kind)
		}
		if !ok {
			continue
		}
		if t.schema != nil && to == r {
			t.schema.Uses++
		}
		ref.set(t)
	}
}

func hint(d *Document, ref reference) string {
	names := d.names(ref.kind)
	if near := nearest(ref.name, names); near != "" {
		return "did you mean " + near + "?"
	}
	if len(names) == 0 {
		return "add it there"
	}
	const most = 8
	if len(names) > most {
		names = append(slices.Clip(names[:most]), "…")
	}
	return "it has " + strings.Join(names, ", ")
}
