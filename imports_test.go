// Package wxgen_test holds the repository to its rules: who may import whom,
// and that what is checked in as generated is what the specs say.
package wxgen_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
)

const module = "github.com/wxgen/wxgen/"

// TestUsersImportNothingElse: what users import brings the standard library
// along and nothing else.
func TestUsersImportNothingElse(t *testing.T) {
	for _, folder := range []string{"wxpay", "generated"} {
		for file, imports := range importsBelow(t, folder) {
			for _, from := range imports {
				if standard(from) || within(from, "wxpay") || within(from, "generated") {
					continue
				}
				t.Errorf("%s imports %s", file, from)
			}
		}
	}
}

// TestRuntimeImportsNoPackage: the runtime does not know what is generated.
func TestRuntimeImportsNoPackage(t *testing.T) {
	for file, imports := range importsBelow(t, "wxpay") {
		for _, from := range imports {
			if within(from, "generated") {
				t.Errorf("%s imports %s", file, from)
			}
		}
	}
}

// TestStages: each stage of the generator knows those before it only.
func TestStages(t *testing.T) {
	allowed := map[string][]string{
		"generator/load":   {"specs"},
		"generator/model":  {"generator/load"},
		"generator/emit":   {"generator/load", "generator/model", "templates"},
		"generator/output": {},
		"generator/config": {},
		"generator/diff":   {"generator/load", "generator/model"},
		"generator/lint":   {"generator/load", "generator/model", "specs"},
		"templates":        {},
		"specs":            {},
	}
	for folder, friends := range allowed {
		for file, imports := range importsBelow(t, folder) {
			for _, from := range imports {
				own, ok := strings.CutPrefix(from, module)
				if ok && own != folder && !slices.Contains(friends, own) {
					t.Errorf("%s imports %s, which %s must not know", file, from, folder)
				}
			}
		}
	}
}

// TestNoVaguePackages: no package is a place for whatever has no other.
func TestNoVaguePackages(t *testing.T) {
	for _, folder := range []string{"cmd", "generator", "wxpay", "sandbox", "generated", "templates"} {
		for file := range importsBelow(t, folder) {
			if name := path.Base(path.Dir(file)); slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc"}, name) {
				t.Errorf("%s lies in a package called %s", file, name)
			}
		}
	}
}

// TestGeneratedIsCurrent: the generated packages are what the specs say, as
// wxgen check would find.
func TestGeneratedIsCurrent(t *testing.T) {
	previous, err := output.ReadManifest("generated")
	if err != nil {
		t.Fatal(err)
	}
	res, err := generator.Generate(generator.Options{
		Specs: os.DirFS("specs"), SpecsName: "specs", ImportPath: module + "generated", Previous: previous,
	})
	if err != nil {
		t.Fatal(err)
	}
	changes, err := output.Compare("generated", res.Files)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]output.Change(nil), changes); diff != "" {
		t.Errorf("run go run ./cmd/wxgen generate:\n%s", diff)
	}
}

func standard(from string) bool {
	first, _, _ := strings.Cut(from, "/")
	return !strings.Contains(first, ".")
}

func within(from, folder string) bool {
	return from == module+folder || strings.HasPrefix(from, module+folder+"/")
}

// otherModule tells whether a folder is a module of its own, which users import
// only if they want what it needs.
func otherModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// importsBelow gives the imports of all Go files of this module below a folder
// but tests and what lies in testdata.
func importsBelow(t *testing.T, folder string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") || otherModule(name)) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(name)] = nil
		for _, spec := range file.Imports {
			from, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			out[filepath.ToSlash(name)] = append(out[filepath.ToSlash(name)], from)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no Go file", folder)
	}
	return out
}
