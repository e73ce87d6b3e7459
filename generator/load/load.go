// Package load reads specs: OpenAPI 3.1 in wxgen's dialect, from YAML to
// documents in which every reference is resolved, every extension decoded,
// and every node knows its file, line and column. The order of the file is
// kept, because users read a struct beside the page it came from.
//
// Load reports all problems of a run at once. It reads YAML itself, since
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

// maxSize bounds a spec file; the largest that people write is far below.
const maxSize = 16 << 20

// Files lists the specs below a file system's root: every .yaml file but
// those that begin with a dot.
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
		if !d.IsDir() && path.Ext(name) == ".yaml" {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for specs: %w", err)
	}
	return files, nil
}

// Load reads the named files and those they refer to. The error is a
// Problems where the specs are at fault.
func Load(fsys fs.FS, files ...string) (*Set, error) {
	files = slices.Sorted(slices.Values(files))
	readers, err := readAll(fsys, files)
	if err != nil {
		return nil, err
	}
	var problems Problems
	for wanted := files; len(wanted) > 0; {
		wanted = missing(readers, wanted, &problems, fsys)
		more, err := readAll(fsys, wanted)
		if err != nil {
			return nil, err
		}
		for name, r := range more {
			readers[name] = r
		}
	}
	set := &Set{}
	for _, name := range files {
		set.Documents = append(set.Documents, readers[name].doc)
	}
	link(readers, &problems)
	if len(problems) == 0 {
		for _, d := range set.Documents {
			d.check(&problems)
			for _, op := range d.Operations {
				op.markSent()
			}
		}
	}
	return set, problems.Err()
}

// readAll reads files at once, as many as there are processors.
func readAll(fsys fs.FS, files []string) (map[string]*reader, error) {
	readers := make([]*reader, len(files))
	errs := make([]error, len(files))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, name := range files {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			readers[i], errs[i] = readFile(fsys, name)
		}()
	}
	wg.Wait()
	out := make(map[string]*reader, len(files))
	for i, name := range files {
		if errs[i] != nil {
			return nil, errs[i]
		}
		out[name] = readers[i]
	}
	return out, nil
}

func readFile(fsys fs.FS, name string) (*reader, error) {
	if info, err := fs.Stat(fsys, name); err == nil && info.Size() > maxSize {
		return nil, Problem{Pos: Pos{File: name}, What: "the file is larger than 16 MiB", Remedy: "split it: one file becomes one package"}
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading spec: %w", err)
	}
	return read(name, data), nil
}

// missing lists the files that the given ones refer to and nobody has read.
// A reference to a file that is not there is a problem at its place.
func missing(readers map[string]*reader, from []string, problems *Problems, fsys fs.FS) []string {
	var out []string
	for _, name := range from {
		r := readers[name]
		if r == nil {
			continue
		}
		for _, ref := range r.refs {
			if readers[ref.file] != nil || slices.Contains(out, ref.file) {
				continue
			}
			if _, err := fs.Stat(fsys, ref.file); err != nil {
				problems.Add(ref.pos, "files are named from the folder of the spec that refers to them",
					"$ref %q names a file that is not there", ref.text)
				continue
			}
			out = append(out, ref.file)
		}
	}
	return out
}

// link resolves every reference.
func link(readers map[string]*reader, problems *Problems) {
	for _, name := range keys(readers) {
		r := readers[name]
		*problems = append(*problems, r.problems...)
		for _, ref := range r.refs {
			to := readers[ref.file]
			if to == nil {
				continue // reported as missing
			}
			t, ok := to.doc.find(ref)
			if !ok {
				problems.Add(ref.pos, hint(to.doc, ref), "$ref %q leads nowhere: %s has no %s under components.%s",
					ref.text, ref.file, ref.name, ref.kind)
				continue
			}
			if t.schema != nil {
				t.schema.Uses++
			}
			ref.set(t)
		}
	}
	if len(*problems) > 0 {
		return
	}
	for _, name := range keys(readers) {
		readers[name].doc.refLoops(problems)
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
		names = append(names[:most:most], "…")
	}
	return "it has " + strings.Join(names, ", ")
}
