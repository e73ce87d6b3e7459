package load_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
)

// FuzzLoad loads mutated specs beside the common one: they load, or fail with
// a Problems whose every line names a place. They never panic or hang.
func FuzzLoad(f *testing.F) {
	common := readSpec(f, specs.FS, "common.yaml")
	addSeeds(f, specs.FS)
	addSeeds(f, os.DirFS("../testdata/broken"))
	addSeeds(f, os.DirFS("../testdata/golden"))
	f.Fuzz(func(t *testing.T, spec []byte) {
		fsys := fstest.MapFS{
			"common.yaml": {Data: common},
			"a/spec.yaml": {Data: spec},
		}
		set, err := load.Load(fsys, "a/spec.yaml")
		if err == nil {
			walk(set)
			return
		}
		problems, ok := errors.AsType[load.Problems](err)
		if !ok {
			t.Fatalf("%T: %v", err, err)
		}
		for _, p := range problems {
			if p.Pos.File == "" || p.Pos.Line == 0 || p.What == "" {
				t.Errorf("a problem without place or words: %q", p.Error())
			}
		}
	})
}

// walk visits whatever is reachable from operations, as the model does.
func walk(set *load.Set) {
	seen := map[*load.Schema]bool{}
	var visit func(s *load.Schema)
	visit = func(s *load.Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		s.Target()
		for _, part := range s.Parts() {
			visit(part)
		}
	}
	for _, doc := range set.Documents {
		for _, op := range doc.Operations {
			for _, p := range op.Parameters {
				visit(p.Schema)
			}
			if op.Body != nil {
				visitContent(visit, op.Body.Content)
			}
			for _, resp := range op.Responses {
				visitContent(visit, resp.Content)
			}
		}
		for _, hook := range doc.Webhooks {
			visit(hook.Event.Resource)
		}
		for _, s := range doc.Schemas {
			visit(s)
		}
	}
}

func visitContent(visit func(*load.Schema), content []load.Media) {
	for _, m := range content {
		visit(m.Schema)
	}
}

func addSeeds(f *testing.F, fsys fs.FS) {
	f.Helper()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		f.Add([]byte(strings.ReplaceAll(string(readSpec(f, fsys, name)), "'common.yaml", "'../common.yaml")))
		return nil
	})
	if err != nil {
		f.Fatal(err)
	}
}

func readSpec(f testing.TB, fsys fs.FS, name string) []byte {
	f.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		f.Fatal(err)
	}
	return data
}
