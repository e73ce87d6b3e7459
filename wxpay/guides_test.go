package wxpay_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var goBlocks = regexp.MustCompile("(?s)```go\n(.*?)```")

// The code of the guides must stand, but for white space, in a file that is compiled.
func TestGuidesShowCodeThatCompiles(t *testing.T) {
	compiled := squeeze(t, "example_keys_test.go")
	for _, name := range []string{"keys-and-certificates.md", "sensitive-fields.md"} {
		text, err := os.ReadFile(filepath.Join("..", "docs", "guides", name))
		if err != nil {
			t.Fatal(err)
		}
		blocks := goBlocks.FindAllStringSubmatch(string(text), -1)
		if len(blocks) == 0 {
			t.Errorf("%s has no code", name)
		}
		for _, block := range blocks {
			if !strings.Contains(compiled, strings.Join(strings.Fields(block[1]), " ")) {
				t.Errorf("%s: not in example_keys_test.go:\n%s", name, block[1])
			}
		}
	}
}

func squeeze(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}
