package spec_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
	"github.com/wxgen/wxgen/transcribe/input"
	"github.com/wxgen/wxgen/transcribe/spec"
)

var update = flag.Bool("update", false, "write what the tests get as what they want")

// TestImport imports the pages and facts of each archive in testdata/import
// into the specs of the archive, and compares what comes out: files, and what
// is told of them. The comment of an archive says what it shows, and may name
// a package. What was imported once has nothing to add the second time.
func TestImport(t *testing.T) {
	files, err := filepath.Glob("testdata/import/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archive is there", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testImport(t, name) })
	}
}

func testImport(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	tree := archiveSpecs(t, a, folder)
	opts := spec.Options{Specs: tree}
	for line := range strings.Lines(string(a.Comment)) {
		if pkg, ok := strings.CutPrefix(line, "package: "); ok {
			opts.Package = strings.TrimSpace(pkg)
		}
	}
	got, told := runImport(t, folder, opts)
	want := map[string]string{}
	for _, f := range a.Files {
		if rest, ok := strings.CutPrefix(f.Name, "want/"); ok {
			want[rest] = string(f.Data)
		}
	}
	if *update {
		write(t, name, a, got, told)
		return
	}
	if told != want["told"] {
		t.Errorf("told:\n%s", spec.Diff("told", []byte(want["told"]), []byte(told)))
	}
	delete(want, "told")
	for _, file := range slices.Sorted(maps.Keys(want)) {
		if string(got[file]) != want[file] {
			t.Errorf("%s", spec.Diff(file, []byte(want[file]), got[file]))
		}
	}
	for file := range got {
		if _, ok := want[file]; !ok {
			t.Errorf("%s is written, and not wanted:\n%s", file, got[file])
		}
	}
	again(t, folder, tree, got, opts)
}

// archiveSpecs takes the specs out of an archive, and puts all else into a
// folder.
func archiveSpecs(t *testing.T, a *txtar.Archive, folder string) fstest.MapFS {
	t.Helper()
	tree := fstest.MapFS{}
	for _, name := range []string{"common.yaml", "phrases.yaml"} {
		data, err := fs.ReadFile(specs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		tree[name] = &fstest.MapFile{Data: data}
	}
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, "specs/"); ok {
			tree[name] = &fstest.MapFile{Data: f.Data}
		} else if !strings.HasPrefix(f.Name, "want/") {
			file := filepath.Join(folder, f.Name)
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, f.Data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return tree
}

func runImport(t *testing.T, folder string, opts spec.Options) (files map[string][]byte, told string) {
	t.Helper()
	r, err := input.Collect(input.Open([]string{folder}, input.From{Stdin: strings.NewReader("")}), input.Options{})
	if err != nil {
		t.Fatal(err)
	}
	result, err := spec.Import(r.Operations, r.Events, opts)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, refused := range r.Refused {
		fmt.Fprintln(&b, strings.ReplaceAll(refused, folder+string(filepath.Separator), ""))
	}
	for _, e := range result.Entries {
		fmt.Fprintf(&b, "%s: %s %s new=%v\n", e.File, e.What, e.Name, e.New)
		for _, c := range e.Changes {
			fmt.Fprintf(&b, "  %s\n", c)
		}
		for _, todo := range e.Todo {
			fmt.Fprintf(&b, "  todo: %s\n", todo)
		}
		for _, note := range e.Notes {
			fmt.Fprintf(&b, "  note: %s\n", note)
		}
	}
	return result.Files, b.String()
}

// again imports once more, over what was written: it loads, and nothing
// changes.
func again(t *testing.T, folder string, tree fstest.MapFS, written map[string][]byte, opts spec.Options) {
	t.Helper()
	for name, data := range written {
		tree[name] = &fstest.MapFile{Data: data}
	}
	for name := range written {
		if _, err := load.Load(tree, name); err != nil {
			t.Errorf("what was written cannot be read: %v", err)
		}
	}
	files, told := runImport(t, folder, opts)
	for name, data := range files {
		t.Errorf("a second import changes %s:\n%s\n%s", name, spec.Diff(name, written[name], data), told)
	}
}

func write(t *testing.T, name string, a *txtar.Archive, got map[string][]byte, told string) {
	t.Helper()
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
	a.Files = append(a.Files, txtar.File{Name: "want/told", Data: []byte(told)})
	for _, file := range slices.Sorted(maps.Keys(got)) {
		a.Files = append(a.Files, txtar.File{Name: "want/" + file, Data: bytes.TrimRight(got[file], "\x00")})
	}
	if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
		t.Fatal(err)
	}
}
