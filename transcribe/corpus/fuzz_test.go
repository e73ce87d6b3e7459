package corpus_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/wxgen/wxgen/transcribe/corpus"
	"github.com/wxgen/wxgen/transcribe/page"
)

// FuzzRead changes pages of all shapes. Whatever comes of one, its facts have
// places in the document, and it comes of it again.
func FuzzRead(f *testing.F) {
	for i, truth := range corpus.Truths() {
		if i%13 != 5 {
			continue
		}
		for _, s := range corpus.Shapes() {
			if s.Fits == nil || s.Fits(truth) {
				f.Add([]byte(s.Render(truth, corpus.NewVariant(uint64(i))).Text))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip("longer pages take too long to be changed")
		}
		p, err := read("fuzz", data)
		if err != nil {
			return
		}
		if len(p.Operations)+len(p.Events) == 0 {
			t.Fatal("a page without anything in it was not refused")
		}
		lines := 1 + bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r"))
		for _, op := range p.Operations {
			sound(t, lines, op.Parameters)
			sound(t, lines, op.Body)
			for _, a := range op.Answers {
				sound(t, lines, a.Fields)
			}
		}
		for _, e := range p.Events {
			sound(t, lines, e.Envelope)
			sound(t, lines, e.Resource)
		}
		if again, err := read("fuzz", data); err != nil || !reflect.DeepEqual(p, again) {
			t.Fatal("the same document gave another page")
		}
	})
}

// sound checks that fields have names, and places that are in the document.
func sound(t *testing.T, lines int, fields []*page.Field) {
	page.Walk(fields, func(at string, f *page.Field) {
		if f.Name.Value == "" || !f.Name.Known() {
			t.Fatalf("%q is a field without a name", at)
		}
		if f.Name.Pos.Line < 1 || f.Name.Pos.Line > lines {
			t.Fatalf("%q stands at line %d of %d", at, f.Name.Pos.Line, lines)
		}
	})
}
