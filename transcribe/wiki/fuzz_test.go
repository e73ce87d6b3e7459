package wiki_test

import (
	"bytes"
	"testing"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
	"github.com/wxgen/wxgen/transcribe/wiki"
)

func FuzzFlat(f *testing.F)     { fuzz(f, wiki.Flat) }
func FuzzMarkdown(f *testing.F) { fuzz(f, wiki.Markdown) }
func FuzzHTML(f *testing.F)     { fuzz(f, wiki.HTML) }
func FuzzHK(f *testing.F)       { fuzz(f, wiki.HK) }

// FuzzComment reads the pages in the comments of a program, and asks every
// recogniser what the program is.
func FuzzComment(f *testing.F) {
	fuzz(f, func(text source.Text) ([]block.Block, error) {
		for _, recognise := range recognisers {
			recognise(text)
		}
		parts, _ := wiki.Uncomment(text)
		var all []block.Block
		for _, part := range parts {
			blocks, err := wiki.Flat(part)
			if err != nil {
				return nil, err
			}
			all = append(all, blocks...)
		}
		return all, nil
	})
}

var recognisers = []func(source.Text) bool{
	wiki.RecogniseHTML, wiki.RecogniseHugo, wiki.RecogniseTable, wiki.RecogniseHK, wiki.RecogniseCellLines, wiki.RecogniseFlat,
}

// fuzz changes pages of all shapes.
func fuzz(f *testing.F, read reader) {
	for _, c := range cases(f) {
		f.Add([]byte(c.page))
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
		sound(t, data, blocks)
	})
}

// sound checks that blocks stand in the document, and that there is not more
// in them than in the document.
func sound(t *testing.T, data []byte, blocks []block.Block) {
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
