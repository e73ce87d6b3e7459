package generator_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
)

const growing = `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /v3/new:
    get: {operationId: New, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {amount: {type: object, properties: {new: {type: string}}}}}}}}}}
  /v3/old:
    get: {operationId: Old, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {amount: {type: object, properties: {old: {type: string}}}}}}}}}}
`

// TestNamesStay adds an operation before another whose inline types had the
// short names: they keep them, and the new one takes what is left.
func TestNamesStay(t *testing.T) {
	lines := strings.SplitAfter(growing, "\n")
	before := generateOne(t, strings.Join(slices.Delete(slices.Clone(lines), 3, 5), ""), nil)
	after := generateOne(t, growing, before.Manifest)
	types := string(after.Files["pay/types.go"])
	for _, want := range []string{"Amount *Amount `", "type NewAmount struct"} {
		if !strings.Contains(types, want) {
			t.Errorf("the types lack %q:\n%s", want, types)
		}
	}
	old := declarationOf(string(before.Files["pay/types.go"]), "type OldResponse struct")
	if got := declarationOf(types, "type OldResponse struct"); got != old {
		t.Errorf("the type of the operation that was there changed from\n%s\nto\n%s", old, got)
	}
	again := generateOne(t, growing, after.Manifest)
	if diff := cmp.Diff(texts(after.Files), texts(again.Files)); diff != "" {
		t.Errorf("a second run (-first +second):\n%s", diff)
	}
	if len(again.Renames) > 0 {
		t.Errorf("a second run reports %v again", again.Renames)
	}
}

func declarationOf(source, start string) string {
	_, rest, _ := strings.Cut(source, start)
	body, _, _ := strings.Cut(rest, "\n}\n")
	return body
}

func generateOne(t *testing.T, spec string, previous *output.Manifest) *generator.Result {
	t.Helper()
	res, err := generator.Generate(generator.Options{
		Specs: fstest.MapFS{"pay.yaml": {Data: []byte(spec)}}, SpecsName: "specs", ImportPath: "example.com/pay", Previous: previous,
	})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestKept holds that a package whose specs and files are the same is left
// alone, that one whose files were touched is not, and that in the end the
// folder is the same as after a first run.
func TestKept(t *testing.T) {
	specs := filepath.Join("testdata", "golden", "across-files")
	opts := goldenOptions(specs)
	first, err := generator.Generate(opts)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, first)
	opts.Previous = first.Manifest
	opts.Intact = func(p *output.Package) bool { return p.Intact(dir) }
	second, err := generator.Generate(opts)
	if err != nil {
		t.Fatal(err)
	}
	if second.Kept != 2 || len(second.Folders) != 2 || second.Operations != first.Operations {
		t.Errorf("of %d packages %d are kept, with %d operations", len(second.Folders), second.Kept, second.Operations)
	}
	if diff := cmp.Diff(first.Manifest, second.Manifest); diff != "" {
		t.Errorf("manifest (-first +second):\n%s", diff)
	}
	if changes := write(t, dir, second); len(changes) > 0 {
		t.Errorf("a second run changes %v", changes)
	}
	if err := os.Remove(filepath.Join(dir, "orders", "types.go")); err != nil {
		t.Fatal(err)
	}
	third, err := generator.Generate(opts)
	if err != nil {
		t.Fatal(err)
	}
	if changes := write(t, dir, third); third.Kept != 1 || len(changes) != 1 {
		t.Errorf("%d packages are kept where one was damaged; changes: %v", third.Kept, changes)
	}
}

func write(t *testing.T, dir string, res *generator.Result) []output.Change {
	t.Helper()
	changes, err := output.Compare(dir, res.Files)
	if err != nil {
		t.Fatal(err)
	}
	if err := output.Apply(dir, res.Files, changes); err != nil {
		t.Fatal(err)
	}
	return changes
}
