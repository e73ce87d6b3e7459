package spec_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/transcribe/input"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// FuzzMerge merges a page into specs that people wrote, and that went wrong:
// it ends with an error or with YAML, and does not change its mind the second
// time.
func FuzzMerge(f *testing.F) {
	files, err := filepath.Glob("testdata/import/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	var pages []string
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			switch {
			case strings.HasPrefix(file.Name, "specs/"):
				f.Add(string(file.Data))
			case strings.HasPrefix(file.Name, "pages/"):
				pages = append(pages, string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, page := range pages {
			merge(t, page, text)
		}
	})
}

func merge(t *testing.T, page, text string) {
	t.Helper()
	r, err := input.Collect(input.Open([]string{input.Stdin}, input.From{Stdin: strings.NewReader(page)}), input.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tree := fstest.MapFS{"demo/gadgets.yaml": &fstest.MapFile{Data: []byte(text)}}
	result, err := spec.Import(r.Operations, r.Events, spec.Options{Specs: tree})
	if err != nil {
		if strings.Contains(err.Error(), "fault of wxgen") {
			t.Errorf("%v", errors.Unwrap(err))
		}
		return
	}
	for name, data := range result.Files {
		var n yaml.Node
		if err := yaml.Load(data, &n); err != nil {
			t.Errorf("%s is no YAML any more: %v", name, err)
		}
	}
}
