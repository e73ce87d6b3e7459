package spec_test

import (
	"os"
	"testing"

	"github.com/wxgen/wxgen/specs"
	"github.com/wxgen/wxgen/transcribe/catalogue"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// TestPhraseBookIsComplete: every short meaning and every advice that the
// catalogue of error tables has is there in English.
func TestPhraseBookIsComplete(t *testing.T) {
	data, err := os.ReadFile("../../../shared/catalog/errors.jsonl")
	if err != nil {
		t.Skip("the catalogue is not beside the checkout")
	}
	book, err := spec.ReadBook(specs.FS)
	if err != nil {
		t.Fatal(err)
	}
	c := catalogue.New()
	if err := c.Add("errors.jsonl", data); err != nil {
		t.Fatal(err)
	}
	for _, op := range c.Page(func(_, _ string) bool { return true }).Operations {
		for _, row := range op.Errors {
			if m := row.Meaning.Value; m != "" && book.Meanings[m] == "" {
				t.Errorf("no English for the meaning %s", m)
			}
			if a := row.Action.Value; a != "" && book.Actions[a] == "" {
				t.Errorf("no English for the advice %s", a)
			}
		}
	}
}
