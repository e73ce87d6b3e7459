package corpus_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe/corpus"
)

// TestRenderingsHold looks whether each fact that a rendering claims to hold
// has its word in the text, and whether equal seeds give equal texts.
func TestRenderingsHold(t *testing.T) {
	pages := 0
	for _, truth := range corpus.Truths() {
		for _, shape := range corpus.Shapes() {
			if shape.Fits != nil && !shape.Fits(truth) {
				continue
			}
			pages++
			r := shape.Render(truth, corpus.NewVariant(7))
			if again := shape.Render(truth, corpus.NewVariant(7)); again.Text != r.Text {
				t.Errorf("%s as %s: two renderings of one seed differ", truth.Name, shape.Name)
			}
			held, lies := corpus.Facts(r.Held), corpus.Compare(r.True, r.Held, r.Held).Wrong
			if len(lies) > 0 {
				t.Errorf("%s as %s holds what is not true: %v", truth.Name, shape.Name, lies)
			}
			text := strings.NewReplacer(`\`, "", "&nbsp;", " ").Replace(r.Text)
			for _, f := range held {
				if word := evident(f); word != "" && !strings.Contains(text, word) {
					t.Errorf("%s as %s: %v has no word in the text", truth.Name, shape.Name, f)
				}
			}
			if dir := os.Getenv("CORPUS_OUT"); dir != "" {
				name := filepath.Join(dir, fmt.Sprintf("%s.%s%s", shape.Name, truth.Name, shape.Ext))
				if err := os.WriteFile(name, []byte(r.Text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	t.Logf("%d renderings of %d truths", pages, len(corpus.Truths()))
}

// evident is a word that the text has to show for a fact.
func evident(f corpus.Fact) string {
	switch f.Kind {
	case "field", "enum value", "min length", "max length", "max items", "maximum", "event type", "original type":
		return f.Value
	}
	return ""
}
