package corpus_test

import (
	"errors"
	"testing"

	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/corpus"
)

// TestRefused reads pages of other kinds, none of which may give an operation.
func TestRefused(t *testing.T) {
	for name, text := range corpus.Others() {
		p, err := read(name, []byte(text))
		var refusal *transcribe.Refusal
		switch {
		case err == nil:
			t.Errorf("%s: read as %s: %v", name, p.Format, corpus.Facts(p))
		case !errors.As(err, &refusal):
			t.Errorf("%s: %v is no refusal", name, err)
		case testing.Verbose():
			t.Log(err)
		}
	}
}
