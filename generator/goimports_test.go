package generator_test

import (
	"bytes"
	"testing"

	"golang.org/x/tools/imports"
)

// TestGoldenGoimports holds the emitter to exact imports: goimports, which
// searches for what is missing, would change nothing.
func TestGoldenGoimports(t *testing.T) {
	for name, source := range goldenFiles(t) {
		out, err := imports.Process("testdata/golden/"+name, source, nil)
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(out, source) {
			t.Errorf("%s: goimports would change it", name)
		}
	}
}
