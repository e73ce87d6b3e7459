package diff_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/diff"
)

const spec = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /v3/a: {get: {operationId: A, responses: {'204': {description: ok}}}}\n"

func specs(files ...string) *diff.Side {
	all := fstest.MapFS{}
	for _, name := range files {
		all[name] = &fstest.MapFile{Data: []byte(spec)}
	}
	return &diff.Side{Name: "v1", FS: all, Place: "v1:api/specs/"}
}

// TestClash: two specs of one side that become the same package are told, with
// the places as git would name them.
func TestClash(t *testing.T) {
	_, err := diff.Compare(specs("a.yaml"), specs("a/b_c.yaml", "a/bc.yaml"), diff.Options{})
	want := "the new side, v1, is broken:\nv1:api/specs/a/bc.yaml: it becomes the package a/bc, and so does a/b_c.yaml (rename one of the files)"
	if err == nil || err.Error() != want {
		t.Errorf("error is\n%v, want\n%s", err, want)
	}
}

// TestWithoutGit: the error says what is missing.
func TestWithoutGit(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	_, err := diff.Open(t.Context(), "v1", diff.Project{Specs: dir, Lock: filepath.Join(dir, "wxgen.lock")})
	if err == nil || !strings.Contains(err.Error(), "revisions are read with git, which is not installed") {
		t.Errorf("error is %v", err)
	}
}

// TestBrokenLock: names that cannot be read are no reason to make up others.
func TestBrokenLock(t *testing.T) {
	dir := t.TempDir()
	lock := filepath.Join(dir, "wxgen.lock")
	if err := os.WriteFile(lock, []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := diff.Open(t.Context(), dir, diff.Project{Specs: dir, Lock: lock})
	if err == nil || !strings.HasPrefix(err.Error(), lock+": not readable: ") {
		t.Errorf("error is %v", err)
	}
}

// TestOrder: the report is the same in every run, though packages are built at
// the same time.
func TestOrder(t *testing.T) {
	var first string
	for range 20 {
		r, err := diff.Compare(specs("c.yaml", "a.yaml", "b/d.yaml", "b/a.yaml"), specs("z.yaml", "a.yaml", "y.yaml"), diff.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := r.Text(&got); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = got.String()
		}
		if got.String() != first {
			t.Fatalf("a run says\n%s, another one\n%s", first, &got)
		}
	}
	if at, b := strings.Index(first, "  b/a\n"), strings.Index(first, "  c\n"); at < 0 || b < at {
		t.Errorf("packages are not in order:\n%s", first)
	}
}
