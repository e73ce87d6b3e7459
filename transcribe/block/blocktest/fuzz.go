// Package blocktest holds readers to what is true of every page, whatever is
// in it.
package blocktest

import (
	"bytes"
	"testing"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// Fuzz reads pages that are changed from seeds.
func Fuzz(f *testing.F, read func(source.Text) ([]block.Block, error), seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip("longer pages take too long to be changed")
		}
		text, err := source.Read("page", data)
		if err != nil {
			return
		}
		blocks, err := read(text)
		if err != nil {
			t.Fatal(err)
		}
		Sound(t, data, blocks)
	})
}

// Sound checks that blocks stand in the document, and that there is not more
// in them than in the document.
func Sound(t *testing.T, data []byte, blocks []block.Block) {
	t.Helper()
	lines := 1 + bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r"))
	size := 0
	for _, b := range blocks {
		if b.Pos.Line < 1 || b.Pos.Line > lines {
			t.Fatalf("%+v stands at line %d of %d", b, b.Pos.Line, lines)
		}
		for _, at := range []page.Pos{b.Field.At.Name, b.Field.At.Label, b.Field.At.Type, b.Field.At.Need, b.Field.At.Place} {
			if at.Line > lines {
				t.Fatalf("%+v has a cell at line %d of %d", b, at.Line, lines)
			}
		}
		size += weight(b)
	}
	if most := 64*len(data) + 1024; size > most {
		t.Fatalf("%d bytes gave blocks of %d", len(data), size)
	}
}

// weight is how much text a block holds.
func weight(b block.Block) int {
	n := 1 + len(b.Text) + len(b.Value) + len(b.Doubt)/16 + len(b.Lines)
	n += len(b.Field.Name) + len(b.Field.Label) + len(b.Field.Type) + len(b.Field.Need) + len(b.Field.Place) + len(b.Field.Text)
	for _, c := range b.Cells {
		n += 1 + len(c.Text)
	}
	return n
}
