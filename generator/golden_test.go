package generator_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
)

var update = flag.Bool("update", false, "write what is generated as what is wanted")

// goldenImports is what the folder of golden cases is called in imports, so
// that the wanted packages compile where they are.
const goldenImports = "github.com/wxgen/wxgen/generator/testdata/golden"

// TestGolden generates from testdata/golden/CASE/specs and compares with
// CASE/want and, for names that had to give way, with CASE/renames.
func TestGolden(t *testing.T) {
	for _, dir := range cases(t, "testdata/golden") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			res, err := generator.Generate(goldenOptions(dir))
			if err != nil {
				t.Fatal(err)
			}
			compareFolder(t, filepath.Join(dir, "want"), res.Files)
			compareFile(t, filepath.Join(dir, "renames"), renames(res))
		})
	}
}

func goldenOptions(dir string) generator.Options {
	return generator.Options{
		Specs:      os.DirFS(filepath.Join(dir, "specs")),
		SpecsName:  "specs",
		ImportPath: path.Join(goldenImports, filepath.Base(dir), "want"),
	}
}

// cases lists the folders of a folder.
func cases(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no case", dir)
	}
	return out
}

// renames says which names gave way, one a line.
func renames(res *generator.Result) []byte {
	var b bytes.Buffer
	for _, r := range res.Renames {
		fmt.Fprintf(&b, "%s: %s: %s is taken, so it is %s\n", r.Pos, r.What, r.From, r.To)
	}
	return b.Bytes()
}

// compareFolder compares all files of a folder with what is wanted there.
func compareFolder(t *testing.T, dir string, got output.Files) {
	t.Helper()
	if *update {
		rewrite(t, dir, got)
	}
	want := readFolder(t, dir)
	for name := range want {
		if got[name] == nil {
			t.Errorf("%s is not generated any more (go test -update removes it)", name)
		}
	}
	for name, data := range got {
		if diff := cmp.Diff(string(want[name]), string(data)); diff != "" {
			t.Errorf("%s differs (-want +got; go test -update accepts it):\n%s", name, diff)
		}
	}
}

// compareFile compares a file, which is not there where it would be empty.
func compareFile(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		os.Remove(name)
		if len(got) > 0 {
			writeFile(t, name, got)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got; go test -update accepts it):\n%s", name, diff)
	}
}

func rewrite(t *testing.T, dir string, files output.Files) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// readFolder reads all files below a folder, by their names with slashes.
func readFolder(t *testing.T, dir string) output.Files {
	t.Helper()
	files := output.Files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return files
}

// goldenFiles reads the wanted Go files of all cases.
func goldenFiles(t *testing.T) output.Files {
	t.Helper()
	files := output.Files{}
	for name, data := range readFolder(t, "testdata/golden") {
		if strings.HasSuffix(name, ".go") {
			files[name] = data
		}
	}
	if len(files) == 0 {
		t.Fatal("testdata/golden holds no Go file")
	}
	return files
}
