package load_test

import (
	"bytes"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator/load"
)

func TestFiles(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{"b.yaml", "a/z.yaml", "a/b/c.yaml", ".hidden.yaml", ".git/x.yaml", "README.md", "x.yml", "dialect.schema.json"} {
		fsys[name] = &fstest.MapFile{}
	}
	got, err := load.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a/b/c.yaml", "a/z.yaml", "b.yaml"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

const ordered = `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /v3/z: {get: {operationId: Z, responses: {'204': {description: ok}}}}
  /v3/a: {get: {operationId: A, responses: {'204': {description: ok}}}}
components:
  schemas:
    Z:
      type: object
      properties: {z: {type: string}, a: {type: string}, m: {type: string}}
    A: {type: string}
`

// TestOrder holds the reader to the order of the file.
func TestOrder(t *testing.T) {
	set, err := load.Load(fstest.MapFS{"t.yaml": {Data: []byte(ordered)}}, "t.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc := set.Documents[0]
	var got []string
	for _, op := range doc.Operations {
		got = append(got, op.ID)
	}
	for _, s := range doc.Schemas {
		got = append(got, s.Name)
	}
	for _, p := range doc.Schemas[0].Properties {
		got = append(got, p.Name)
	}
	if diff := cmp.Diff([]string{"Z", "A", "Z", "A", "z", "a", "m"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want := load.Pos{File: "t.yaml", Line: 10, Col: 20}
	if pos := doc.Schemas[0].Properties[0].Pos; pos != want {
		t.Errorf("the property stands at %s, not %s", want, pos)
	}
}

func TestTooLarge(t *testing.T) {
	data := append([]byte(ordered), bytes.Repeat([]byte("# filling\n"), 2<<20)...)
	_, err := load.Load(fstest.MapFS{"t.yaml": {Data: data}}, "t.yaml")
	if _, ok := errors.AsType[load.Problems](err); !ok {
		t.Errorf("got %v, want a Problems", err)
	}
}

// TestDeep loads schemas that are nested deeper than anybody writes.
func TestDeep(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: ")
	const depth = 5000
	b.Write(bytes.Repeat([]byte("{type: array, items: "), depth))
	b.WriteString("{type: string}")
	b.Write(bytes.Repeat([]byte("}"), depth))
	b.WriteString("}}\n")
	_, err := load.Load(fstest.MapFS{"t.yaml": {Data: b.Bytes()}}, "t.yaml")
	if _, ok := errors.AsType[load.Problems](err); err != nil && !ok {
		t.Errorf("got %v, want success or a Problems", err)
	}
}

func TestProblemsErr(t *testing.T) {
	var ps load.Problems
	if ps.Err() != nil {
		t.Error("no problems are an error")
	}
	ps.Add(load.Pos{File: "b.yaml", Line: 2, Col: 1}, "mend it", "second %d", 2)
	ps.Add(load.Pos{File: "a.yaml", Line: 10, Col: 1}, "", "first")
	ps.Add(load.Pos{File: "b.yaml", Line: 2, Col: 1}, "mend it", "second %d", 2)
	ps.Add(load.Pos{File: "a.yaml", Line: 9, Col: 2}, "", "zeroth")
	want := "a.yaml:9:2: zeroth\na.yaml:10:1: first\nb.yaml:2:1: second 2 (mend it)"
	if got := ps.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJoin(t *testing.T) {
	one := load.Problems{{Pos: load.Pos{File: "b.yaml", Line: 1, Col: 1}, What: "b"}}
	two := load.Problems{{Pos: load.Pos{File: "a.yaml", Line: 1, Col: 1}, What: "a"}}
	if got, want := load.Join(one, nil, two).Error(), "a.yaml:1:1: a\nb.yaml:1:1: b"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	other := errors.New("no disk")
	if got := load.Join(one, other); got != other {
		t.Errorf("got %v, want %v", got, other)
	}
	if got := load.Join(nil, nil); got != nil {
		t.Errorf("got %v, want nil", got)
	}
}

func TestVariables(t *testing.T) {
	got := load.Variables("/v3/{a}/x/{b_c}")
	if diff := cmp.Diff([]string{"a", "b_c"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
