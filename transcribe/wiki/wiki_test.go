package wiki_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/block/blocktest"
	"github.com/wxgen/wxgen/transcribe/source"
	"github.com/wxgen/wxgen/transcribe/wiki"
)

var update = flag.Bool("update", false, "write what the readers make of the pages into testdata")

type reader = func(source.Text) ([]block.Block, error)

var readers = map[string]reader{
	"flat": wiki.Flat, "markdown": wiki.Markdown, "html": wiki.HTML, "hk": wiki.HK, "celllines": wiki.CellLines, "comment": uncommented,
}

// uncommented reads all pages in the comments of a program, one after the
// other.
func uncommented(text source.Text) ([]block.Block, error) {
	parts, ok := wiki.Uncomment(text)
	if !ok {
		return nil, fmt.Errorf("%s has no page in its comments", text.File)
	}
	var all []block.Block
	for _, part := range parts {
		blocks, err := wiki.Flat(part)
		if err != nil {
			return nil, err
		}
		all = append(all, blocks...)
	}
	return all, nil
}

// shape is one made-up page, and its blocks.
type shape struct {
	name, file         string
	reader, page, want string
	archive            *txtar.Archive
}

// cases reads the pages in testdata. The comment of an archive names the
// reader on its first line, and says what the page shows on the others.
func cases(t testing.TB) []shape {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	var all []shape
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(string(a.Comment), "\n")
		s := shape{name: strings.TrimSuffix(filepath.Base(file), ".txtar"), file: file, reader: name, archive: a}
		for _, f := range a.Files {
			switch f.Name {
			case "page":
				s.page = string(f.Data)
			case "blocks":
				s.want = string(f.Data)
			}
		}
		all = append(all, s)
	}
	return all
}

// TestBlocks reads a page of each shape.
func TestBlocks(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			read := readers[c.reader]
			if read == nil {
				t.Fatalf("there is no reader %q", c.reader)
			}
			blocks, err := read(source.Lines(c.name, c.page))
			if err != nil {
				t.Fatal(err)
			}
			blocktest.Sound(t, []byte(c.page), blocks)
			got := print(blocks)
			if *update {
				c.archive.Files = []txtar.File{{Name: "page", Data: []byte(c.page)}, {Name: "blocks", Data: []byte(got)}}
				if err := os.WriteFile(c.file, txtar.Format(c.archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// print shows blocks, one a line, members further right.
func print(blocks []block.Block) string {
	var b strings.Builder
	deep := 0
	for _, bl := range blocks {
		if bl.Kind == block.Close {
			deep = max(deep-1, 0)
		}
		fmt.Fprintf(&b, "%3d:%-3d %s%s\n", bl.Pos.Line, bl.Pos.Col, strings.Repeat("  ", deep), show(bl))
		if bl.Kind == block.Open && !bl.Unended {
			deep++
		}
	}
	return b.String()
}

func show(b block.Block) string {
	s := ""
	switch b.Kind {
	case block.Line:
		s = map[bool]string{true: ". ", false: "- "}[b.Within] + quote(b.Text)
	case block.Heading:
		s = strings.Repeat("#", b.Level) + "# " + b.Text
	case block.Field:
		s = fmt.Sprintf("field %s (%s) %s need=%s place=%s", b.Field.Name, b.Field.Label, b.Field.Type, b.Field.Need, b.Field.Place)
		if b.Field.Depth > 0 {
			s += fmt.Sprintf(" depth=%d", b.Field.Depth)
		}
	case block.Item:
		s = "item " + b.Value + " " + b.Text
	case block.Open:
		s = map[bool]string{true: "open unended", false: "open"}[b.Unended]
	case block.Close:
		s = "close"
	case block.Folded:
		s = "folded"
	case block.Row:
		var cells []string
		for _, c := range b.Cells {
			cells = append(cells, quote(c.Text)+map[bool]string{true: "^", false: ""}[c.Merged])
		}
		s = "row " + strings.Join(cells, " | ")
	case block.Code:
		s = "code " + b.Lang + " " + quote(b.Text)
	}
	if b.Doubt != "" {
		s += " ?" + b.Doubt
	}
	return strings.TrimRight(s, " ")
}

func quote(s string) string { return strings.ReplaceAll(s, "\n", "⏎") }
