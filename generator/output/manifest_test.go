package output_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator/output"
)

func TestManifest(t *testing.T) {
	dir := t.TempDir()
	none, err := output.ReadManifest(dir)
	if err != nil || len(none.Packages) != 0 {
		t.Fatalf("before the first run: %v, %v", none, err)
	}
	files := output.Files{"a/b.go": source("var B int\n"), "a/a.go": source("var A int\n")}
	pkg := &output.Package{Sources: []string{"a.yaml"}, Inputs: "1", Operations: 2, Names: map[string]string{"GET /a request": "ARequest"}}
	pkg.Seal(files)
	want := &output.Manifest{Generator: "g", Packages: map[string]*output.Package{"a": pkg}}
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	files[output.ManifestName] = data
	apply(t, dir, files)
	got, err := output.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-written +read:\n%s", diff)
	}
	if !got.Packages["a"].Intact(dir) {
		t.Error("files that were just written are not intact")
	}
	put(t, dir, "a/b.go", source("var B string\n"))
	if got.Packages["a"].Intact(dir) {
		t.Error("a file that was edited is intact")
	}
	if err := os.Remove(filepath.Join(dir, "a", "b.go")); err != nil {
		t.Fatal(err)
	}
	if got.Packages["a"].Intact(dir) {
		t.Error("a file that is gone is intact")
	}
}

func TestManifestUnreadable(t *testing.T) {
	dir := folder(t, output.Files{output.ManifestName: []byte("<<<<<<< HEAD\n{\n")})
	_, err := output.ReadManifest(dir)
	if err == nil {
		t.Fatal("a manifest with a merge conflict is read")
	}
	if want := filepath.Join(dir, output.ManifestName) + ":1:1: "; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("the error does not begin with %s: %v", want, err)
	}
}

// TestHashTellsFilesApart holds that no part of a name or of bytes can move
// from one file to another unnoticed.
func TestHashTellsFilesApart(t *testing.T) {
	seen := map[string][]string{}
	for _, files := range [][]string{
		{"a", "x", "b", "y"}, {"b", "y", "a", "x"}, {"a", "xb", "", "y"}, {"ab", "x", "", "y"}, {"a", "", "b", "xy"}, {"a", "x"},
		{"a", "x", "b", ""}, {"a", "xb 1\ny"},
	} {
		var names []string
		bytes := map[string]string{}
		for i := 0; i < len(files); i += 2 {
			names = append(names, files[i])
			bytes[files[i]] = files[i+1]
		}
		hash, err := output.Hash(names, func(name string) ([]byte, error) { return []byte(bytes[name]), nil })
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[hash]; ok {
			t.Errorf("%q and %q have one hash", files, other)
		}
		seen[hash] = files
	}
}
