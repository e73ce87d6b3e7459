package generator_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/load"
)

// TestBroken generates from testdata/broken/CASE/specs, which must fail with
// exactly the lines of CASE/want.
func TestBroken(t *testing.T) {
	for _, dir := range cases(t, "testdata/broken") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			res, err := generator.Generate(generator.Options{
				Specs: os.DirFS(filepath.Join(dir, "specs")), SpecsName: "specs", ImportPath: "example.com/pay",
			})
			if err == nil {
				t.Fatalf("these specs are taken for good, and become %d files", len(res.Files))
			}
			problems, ok := err.(load.Problems)
			if !ok {
				t.Fatalf("a broken spec is a load.Problems, not a %T: %v", err, err)
			}
			for _, p := range problems {
				checkWords(t, p)
			}
			compareFile(t, filepath.Join(dir, "want"), []byte(err.Error()+"\n"))
		})
	}
}

var place = regexp.MustCompile(`^\S.*\.yaml:\d+:\d+: \S`)

// checkWords holds each problem to a place, a remedy and one line.
func checkWords(t *testing.T, p load.Problem) {
	t.Helper()
	text := p.Error()
	if !place.MatchString(text) {
		t.Errorf("%s\nit does not begin with file:line:col", text)
	}
	if p.Remedy == "" && !strings.Contains(p.What, " must ") && !strings.Contains(p.What, "not valid OpenAPI: ") {
		t.Errorf("%s\nit does not say how to mend it", text)
	}
	if strings.ContainsAny(text, "\n\r") {
		t.Errorf("%q\nis more than one line", text)
	}
}
