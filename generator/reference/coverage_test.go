package reference_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/reference"
	"github.com/wxgen/wxgen/specs"
)

var update = flag.Bool("update", false, "write docs/coverage.md anew")

// TestCoverage holds docs/coverage.md to the specs.
func TestCoverage(t *testing.T) {
	files, err := load.Files(specs.FS)
	if err != nil {
		t.Fatal(err)
	}
	set, err := load.Load(specs.FS, files...)
	if err != nil {
		t.Fatal(err)
	}
	got, err := reference.Coverage(set)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("..", "..", "docs", "coverage.md")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("docs/coverage.md is old, run: go run ./cmd/wxgen docs coverage >docs/coverage.md\n%s", diff)
	}
}
