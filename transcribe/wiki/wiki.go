// Package wiki reads the pages of the platform's wiki of 2019 to 2022, in the
// shapes in which they have come down: a row a line, a cell a line, tables of
// Markdown or HTML, comments of source files, notes on several operations,
// and the cross-border pages. All have the same table, whose columns are
// 参数名, 变量, 类型[长度限制], 必填 and 描述, and each shape is a way of
// finding its rows; what a row is, and which rows are members of which, is
// the same for all (row.go, columns.go, nest.go).
package wiki

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/source"
)

// piece is a block that is not settled yet: where it lies among the members
// of other fields is found when the whole table and its example are known.
type piece struct {
	block.Block
	head   bool // the head of a table of fields, which is no block in the end
	indent int  // columns that the line is indented by, -1 if that says nothing
	marks  int  // plus signs before the label
	folded bool // its members are folded away
}

func (p *piece) isField() bool { return !p.head && p.Kind == block.Field }

// pieces collects what a shape finds.
type pieces []piece

func (p *pieces) add(b block.Block) { *p = append(*p, piece{Block: b, indent: -1}) }

func (p *pieces) line(l source.Line) {
	p.add(block.Block{Kind: block.Line, Text: l.Text, Pos: l.Pos(0)})
}

func (p *pieces) heading(l source.Line, level int) {
	p.add(block.Block{Kind: block.Heading, Text: l.Text, Level: level, Pos: l.Pos(0)})
}

func (p *pieces) head(l source.Line) {
	*p = append(*p, piece{Block: block.Block{Pos: l.Pos(0)}, head: true, indent: -1})
}

// last is the latest piece of a kind, looking back no further than the head
// of the table.
func (p pieces) last(kind block.Kind) *piece {
	const far = 1000
	for i := len(p) - 1; i >= max(0, len(p)-far); i-- {
		switch {
		case p[i].head:
			return nil
		case p[i].Kind == kind:
			return &p[i]
		}
	}
	return nil
}

// width is the number of columns that a line is indented by. Tabs count as
// four.
func width(text string) int {
	n := 0
	for _, r := range text {
		switch r {
		case '\t':
			n += 4
		case '\u3000':
			n += 2
		case ' ', '\u00a0':
			n++
		default:
			return n
		}
	}
	return n
}

// blank tells whether a character separates words.
func blank(r rune) bool { return strings.ContainsRune(" \t\u00a0\u3000", r) }
