package load

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/specs"
)

// TestToOpenAPI holds the short way into the OpenAPI library to the library's
// own: both make the same document of every spec that is valid.
func TestToOpenAPI(t *testing.T) {
	same := 0
	for _, fsys := range []fs.FS{specs.FS, os.DirFS("../testdata/golden")} {
		files, err := Files(fsys)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				t.Fatal(err)
			}
			// Each golden folder has specs of its own, with references from there.
			if sub, err := fs.Sub(fsys, path.Dir(name)); err == nil && fsys != fs.FS(specs.FS) {
				same += compareWays(t, sub, path.Base(name), data)
			} else {
				same += compareWays(t, fsys, name, data)
			}
		}
	}
	if same < 10 {
		t.Errorf("only %d specs went the short way", same)
	}
}

func compareWays(t *testing.T, fsys fs.FS, name string, data []byte) int {
	t.Helper()
	want, err := OpenAPI(fsys, name, false)
	root, problem := parseYAML(data)
	if err != nil || problem != nil {
		return 0
	}
	got := toOpenAPI(root.Content[0])
	if got == nil {
		t.Logf("%s went the long way", name)
		return 0
	}
	if err := newOpenAPILoader(fsys).ResolveRefsIn(got, &url.URL{Path: name}); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	one, err1 := json.Marshal(got)
	other, err2 := json.Marshal(want)
	if diff := cmp.Diff(string(other), string(one)); diff != "" || err1 != nil || err2 != nil {
		t.Errorf("%s: %v %v\n%s", name, err1, err2, diff)
	}
	return 1
}
