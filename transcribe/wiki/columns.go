package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// cell is a cell of a row of fields that a column of the table names.
func cell(cells []source.Line, i int) source.Line {
	if i < 0 || i >= len(cells) {
		return source.Line{}
	}
	return cells[i]
}

// fill puts the cells of a row where they belong, but for the description.
func (p *piece) fill(c label.Columns, cells []source.Line) {
	p.label(cell(cells, c.Label))
	p.name(cell(cells, c.Name))
	kind, need, place := cell(cells, c.Type), cell(cells, c.Need), cell(cells, c.Place)
	p.Field.Type, p.Field.At.Type = kind.Text, kind.Pos(0)
	p.Field.Need, p.Field.At.Need = need.Text, need.Pos(0)
	p.Field.Place, p.Field.At.Place = place.Text, place.Pos(0)
}

// label reads the cell with the label. Signs before it say how deep the row
// lies.
func (p *piece) label(l source.Line) {
	before := p.signs(l)
	p.Field.Label, p.Field.At.Label = l.Text[len(before):], l.Pos(len(before))
}

// nameCell is a name with what people put around it: a button, a lock for a
// secret, or the label.
var nameCell = regexp.MustCompile(`^(?::[a-z_]+:)?([^A-Za-z_]*?)\s*([A-Za-z_][\w.\[\]-]*)[^\w]*$`)

func (p *piece) name(l source.Line) {
	before := p.signs(l)
	text := strings.ReplaceAll(l.Text[len(before):], " ", "")
	at := len(before)
	if m := nameCell.FindStringSubmatchIndex(l.Text[at:]); m != nil {
		if m[3] > m[2] && p.Field.Label == "" {
			p.Field.Label, p.Field.At.Label = l.Text[at+m[2]:at+m[3]], l.Pos(at+m[2])
		}
		text, at = l.Text[at+m[4]:at+m[5]], at+m[4]
	}
	p.Field.Name = text
	p.Pos = l.Pos(at)
	p.Field.At.Name = p.Pos
}

// signs reads the signs before a label or a name.
func (p *piece) signs(l source.Line) string {
	before := marks.FindString(l.Text)
	p.marks += count(before)
	for _, branch := range []string{"└", "├", ">"} {
		p.Field.Depth += strings.Count(before, branch)
	}
	return before
}
