package generator_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/load"
)

// FuzzGenerate takes mutated specs all the way: they become Go that parses, or
// fail with a Problems.
func FuzzGenerate(f *testing.F) {
	for _, dir := range []string{"testdata/golden", "testdata/broken", "../specs"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".yaml" {
				return err
			}
			data, err := fs.ReadFile(os.DirFS(dir), name)
			f.Add(data)
			return err
		})
		if err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, spec []byte) {
		_, err := generator.Generate(generator.Options{
			Specs: fstest.MapFS{"pay.yaml": {Data: spec}}, SpecsName: "specs", ImportPath: "example.com/pay",
		})
		if _, ok := errors.AsType[load.Problems](err); err != nil && !ok {
			t.Errorf("%T: %v", err, err)
		}
	})
}
