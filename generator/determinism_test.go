package generator_test

import (
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
	"github.com/wxgen/wxgen/specs"
)

func generateSpecs(t *testing.T, packages ...string) output.Files {
	t.Helper()
	res, err := generator.Generate(generator.Options{
		Specs: specs.FS, SpecsName: "specs", ImportPath: "example.com/pay", Packages: packages,
	})
	if err != nil {
		t.Fatal(err)
	}
	return res.Files
}

// TestSameBytes generates several times, with one processor and with several:
// the bytes are the same.
func TestSameBytes(t *testing.T) {
	want := generateSpecs(t)
	for _, processors := range []int{1, 2, 8} {
		t.Run("", func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			for range 2 {
				if diff := cmp.Diff(texts(want), texts(generateSpecs(t))); diff != "" {
					t.Fatalf("with %d processors (-first +then):\n%s", processors, diff)
				}
			}
		})
	}
}

// TestPackageAlone generates each package without the others: it is the same,
// so that adding to one spec never changes another package.
func TestPackageAlone(t *testing.T) {
	all := generateSpecs(t)
	for _, folder := range folders(all) {
		if diff := cmp.Diff(texts(below(all, folder)), texts(generateSpecs(t, folder))); diff != "" {
			t.Errorf("%s (-among all +alone):\n%s", folder, diff)
		}
	}
	for _, dir := range cases(t, "testdata/golden") {
		want := readFolder(t, filepath.Join(dir, "want"))
		for _, folder := range folders(want) {
			opts := goldenOptions(dir)
			opts.Packages = []string{folder}
			res, err := generator.Generate(opts)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(texts(below(want, folder)), texts(res.Files)); diff != "" {
				t.Errorf("%s: %s (-among all +alone):\n%s", dir, folder, diff)
			}
		}
	}
}

func texts(files output.Files) map[string]string {
	out := map[string]string{}
	for name, data := range files {
		out[name] = string(data)
	}
	return out
}

func folders(files output.Files) []string {
	var out []string
	for name := range files {
		out = append(out, path.Dir(name))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func below(files output.Files, folder string) output.Files {
	out := output.Files{}
	for name, data := range files {
		if path.Dir(name) == folder {
			out[name] = data
		}
	}
	return out
}
