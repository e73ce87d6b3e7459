package wiki

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// A table may have come with a cell a line. Its rows have as many lines as
// they have cells that are not empty, and more where a description has
// several. So a row is known by its type, which stands alone on its line
// below a name.

// CellLines reads the wiki's pages with a cell of a table a line.
func CellLines(text source.Text) ([]block.Block, error) { return Flat(text) }

// ahead gives the next lines that are not blank, as indexes.
func ahead(lines []source.Line, n int) []int {
	const far = 200
	var found []int
	for i := 0; i < len(lines) && i < far && len(found) < n; i++ {
		if !lines[i].Blank() {
			found = append(found, i)
		}
	}
	return found
}

// maxColumns is the most columns that a table has.
const maxColumns = 7

// cellHead reads the head of a table with a cell a line, and tells how many
// lines it takes.
func cellHead(lines []source.Line) (kind tableKind, cells []string, n int) {
	if !label.Column(lines[0].Text) {
		return noTable, nil, 0
	}
	at := ahead(lines, maxColumns+2)
	for k, i := range at[:min(len(at), maxColumns)] {
		text := strings.TrimSpace(lines[i].Text)
		if !label.Column(text) || k > 1 && rowAt(lines, at[k:]) {
			break
		}
		cells, n = append(cells, text), i+1
	}
	if len(cells) < 3 || slices.Contains(cells[1:], cells[0]) {
		return noTable, nil, 0 // 错误码 may be the heading above 状态码, 错误码, …
	}
	if _, ok := label.ErrorHeader(cells); ok {
		return errorTable, cells, n
	}
	if _, ok := label.FieldColumns(cells); ok {
		return fieldTable, cells, n
	}
	return noTable, nil, 0
}

// rowAt tells whether a row of fields begins at the first of some lines. A
// label such as 备注 heads columns elsewhere.
func rowAt(lines []source.Line, at []int) bool {
	return len(at) > 1 && alone(lines[at[0]], lines[at[1]]) || len(at) > 2 && alone(lines[at[1]], lines[at[2]])
}

// labels tells whether a line that could be a heading is the label of a row
// with a cell a line: a field of its own may be called 错误码.
func (r *reading) labels(lines []source.Line) bool {
	if !r.table || !r.cells {
		return false
	}
	at := ahead(lines, 3)
	return len(at) == 3 && alone(lines[at[1]], lines[at[2]])
}

// cellRow reads a row with a cell a line: the label, the name, the type, and
// the flag if it is no icon. It tells how many lines these take.
func (r *reading) cellRow(lines []source.Line) int {
	at := ahead(lines, 4)
	name := 0
	if len(at) >= 3 && alone(lines[at[1]], lines[at[2]]) {
		name = 1
	} else if len(at) < 2 || !alone(lines[at[0]], lines[at[1]]) {
		return 0
	}
	p := piece{indent: -1, Block: block.Block{Kind: block.Field}}
	if name == 1 {
		l := lines[at[0]].Trim()
		if !fits(l.Text) {
			return 0
		}
		p.label(l)
	}
	p.name(lines[at[name]].Trim())
	typed := lines[at[name+1]].Trim()
	kind := rowType.FindString(typed.Text)
	p.Field.Type, p.Field.At.Type = kind, typed.Pos(0)
	if place, _ := label.SplitPlace(typed.Text[len(kind):]); place != "" {
		p.Field.Place, p.Field.At.Place = string(place), typed.Pos(len(kind))
	}
	n := at[name+1] + 1
	if len(at) > name+2 {
		if flag := lines[at[name+2]].Trim(); rowFlag.FindString(flag.Text) == flag.Text && flag.Text != "" {
			p.Field.Need, p.Field.At.Need = flag.Text, flag.Pos(0)
			n = at[name+2] + 1
		}
	}
	r.addField(p)
	r.columns.piped = false
	return n
}

// alone tells whether two lines are a name and its type, and nothing else.
func alone(name, kind source.Line) bool {
	n := strings.TrimSpace(name.Text)
	n = strings.TrimLeft(n[len(marks.FindString(n)):], "+＋")
	if nameWord.FindString(n) != n || n == "" || len(n) > 80 {
		return false
	}
	t := strings.TrimSpace(kind.Text)
	if t == "" || len(t) > 60 || !nameByte(t[0]) {
		return false
	}
	if rest := t[len(rowType.FindString(t)):]; len(rest) == len(t) || rest != "" && !placeAhead(rest) {
		return false
	}
	_, _, ok := label.ParseType(t)
	return ok
}

// cellError reads a row of an error table with a cell a line, and tells how
// many lines it takes. A row begins at a status or, where that is merged with
// the one above, at a code.
func (r *reading) cellError(lines []source.Line) int {
	l, n := lines[0].Trim(), 1
	status := ""
	if _, ok := label.ErrorStatus(l.Text); ok {
		status = l.Text
		at := ahead(lines[1:], 1)
		if len(at) == 0 {
			return 0
		}
		n = at[0] + 2
		l = lines[n-1].Trim()
	}
	if _, _, ok := label.Code(l.Text); !ok && status != "" && r.stacks(status) {
		return r.withoutCode(lines, status)
	} else if !ok || status == "" && !(r.cells && codeLine(l.Text)) {
		return 0
	}
	texts := behindCode(lines[n:])
	r.above = r.errorCells(lines[0].Trim(), status, l.Text, "")
	r.above[1].Pos = l.Pos(0)
	r.fillError(texts.lines)
	r.add(block.Block{Kind: block.Row, Cells: r.above, Pos: lines[0].Pos(0)})
	return n + texts.n
}

// stacks tells whether the row above has its status on a line of its own, as
// this one has.
func (r *reading) stacks(status string) bool {
	return r.above != nil && r.above[0].Text == status && r.above[0].Pos.Line < r.above[1].Pos.Line
}

// withoutCode reads a row that has a status and texts. What its code is the
// page does not say: that of the row above stands there once more where cells
// were merged, and it need not be.
func (r *reading) withoutCode(lines []source.Line, status string) int {
	texts := behindCode(lines[1:])
	row := []block.Cell{{Text: status, Pos: lines[0].Trim().Pos(0)}, {}, {}, {}}
	if len(texts.lines) > 0 {
		row[2] = block.Cell{Text: source.Join("\n", texts.lines...).Text, Pos: texts.lines[0].Pos(0)}
	}
	r.add(block.Block{Kind: block.Row, Cells: row, Pos: row[0].Pos})
	return 1 + texts.n
}

// codeLine tells whether a line is a code and nothing else.
func codeLine(s string) bool {
	return label.CodeLike(s) && (label.KnownCode(s) || strings.Contains(s, "_"))
}

// cellTexts are the lines behind the code of a row.
type cellTexts struct {
	lines []source.Line
	n     int
}

func behindCode(lines []source.Line) cellTexts {
	var t cellTexts
	for i, l := range lines {
		text := strings.TrimSpace(l.Text)
		if text == "" {
			continue
		}
		_, isStatus := label.ErrorStatus(text)
		_, isHeading := label.Heading(text)
		if isStatus || isHeading || label.Column(text) || codeLine(text) {
			break
		}
		t.lines, t.n = append(t.lines, l.Trim()), i+1
	}
	return t
}

// fillError puts the lines behind a code into their cells, if there are as
// many as the table has columns. More cannot be told apart and stay together.
func (r *reading) fillError(lines []source.Line) {
	if len(lines) == 0 {
		return
	}
	// Columns before the description, such as the text of the answer, are
	// empty in some rows.
	empty := max(0, min(r.width-2-len(lines), r.places[2]-2))
	for cell := 2; cell < 4; cell++ {
		if at := r.places[cell] - 2 - empty; at >= 0 && at < len(lines) && len(lines) <= r.width-2 {
			r.above[cell] = block.Cell{Text: lines[at].Text, Pos: lines[at].Pos(0)}
		}
	}
	if len(lines) > r.width-2 {
		r.above[2] = block.Cell{Text: source.Join("\n", lines...).Text, Pos: lines[0].Pos(0)}
	}
}
