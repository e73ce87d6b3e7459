package markdown

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// row is a line of a pipe table as cells, with their marks.
func row(l source.Line) []source.Line {
	var cells []source.Line
	text := l.Text
	from := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, l.Slice(from, i))
			from = i + 1
		}
	}
	if strings.TrimSpace(text[min(from, len(text)):]) != "" {
		cells = append(cells, l.Slice(from, len(text)))
	}
	if len(cells) > 0 && strings.TrimSpace(cells[0].Text) == "" && strings.HasPrefix(strings.TrimSpace(text), "|") {
		cells = cells[1:]
	}
	return cells
}

var rule = regexp.MustCompile(`^[\s|:\-]*-[\s|:\-]*$`)

// isRule tells the line under a table's head.
func isRule(text string) bool { return strings.Contains(text, "|") && rule.MatchString(text) }

func isRow(text string) bool { return strings.HasPrefix(strings.TrimLeft(text, " \t"), "|") }

// head reads the head of a table of fields.
func head(cells []source.Line) (label.Columns, bool) {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		texts[i] = Inline(cell).Text
	}
	return label.FieldColumns(texts)
}

var (
	breaks = regexp.MustCompile(`(?i)</?(?:br|ul|ol|li|p|div)\s*/?>`)
	coded  = regexp.MustCompile("^\\s*(?:[-*+•]\\s+)?`([^`]+)`\\s*(?:[:：]\\s*|$)")
	bullet = regexp.MustCompile(`^\s*[-*+•]\s+`)
)

// parts cuts a cell at its breaks and list items.
func parts(cell source.Line) []part {
	var all []part
	from, listed := 0, false
	for _, m := range append(breaks.FindAllStringIndex(cell.Text, -1), []int{len(cell.Text), len(cell.Text)}) {
		if piece := cell.Slice(from, m[0]).Trim(); piece.Text != "" {
			all = append(all, part{piece, listed || bullet.MatchString(piece.Text)})
		}
		from = m[1]
		listed = strings.EqualFold(strings.TrimSpace(cell.Text[m[0]:m[1]]), "<li>")
	}
	return all
}

// part is a piece of a cell: a line, or an item of a list.
type part struct {
	source.Line
	listed bool
}

// fieldBlocks are the blocks of a row that opens a field.
func fieldBlocks(cells []source.Line, c label.Columns) []block.Block {
	cell := func(i int) source.Line {
		if i < 0 || i >= len(cells) {
			return source.Line{}
		}
		return Inline(cells[i].Trim()).Trim()
	}
	name, kind, need, title := cell(c.Name), cell(c.Type), cell(c.Need), cell(c.Label)
	if name.Text == "" {
		return nil
	}
	field := block.Fields{Name: name.Text, Type: kind.Text, Need: need.Text, Label: title.Text}
	field.At = block.At{Name: name.Pos(0), Type: kind.Pos(0), Need: need.Pos(0), Label: title.Pos(0)}
	blocks := []block.Block{{Kind: block.Field, Field: field, Pos: name.Pos(0)}}
	if c.Text < 0 || c.Text >= len(cells) {
		return blocks
	}
	for _, p := range parts(cells[c.Text]) {
		blocks = append(blocks, described(p))
	}
	return blocks
}

// described is a piece of a description: a value of an enum if it is an item
// of a list that begins with code, otherwise a line.
func described(p part) block.Block {
	if m := coded.FindStringSubmatchIndex(p.Text); m != nil && p.listed {
		value := Inline(p.Slice(m[2], m[3])).Trim()
		text := Inline(p.Slice(m[1], len(p.Text))).Trim()
		return block.Block{Kind: block.Item, Value: value.Text, Text: text.Text, Within: true, Pos: value.Pos(0)}
	}
	line := p.Line
	if m := bullet.FindString(line.Text); m != "" {
		line = line.Slice(len(m), len(line.Text))
	}
	line = Inline(line).Trim()
	return block.Block{Kind: block.Line, Text: line.Text, Within: true, Pos: line.Pos(0)}
}

// rowBlock is a row of any other table.
func rowBlock(cells []source.Line, header bool) block.Block {
	b := block.Block{Kind: block.Row}
	for _, cell := range cells {
		var texts []string
		var at source.Line
		for i, p := range parts(cell) {
			clean := Inline(p.Line).Trim()
			if i == 0 {
				at = clean
			}
			texts = append(texts, clean.Text)
		}
		b.Cells = append(b.Cells, block.Cell{Text: strings.Join(texts, "\n"), Header: header, Pos: at.Pos(0)})
	}
	if len(cells) > 0 {
		b.Pos = cells[0].Pos(0)
	}
	return b
}
