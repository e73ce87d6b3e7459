package lines

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

func (r *reading) inErrors() bool {
	switch r.section {
	case label.Errors, label.CommonErrors, label.BusinessErrors:
		return true
	}
	return false
}

// errors reads rows of the error table, in the three ways in which they come:
// a cell a line, cells between tabs or blanks, cells between bars.
func (r *reading) errors(l source.Line, text string) bool {
	if r.columnCells(text) {
		return true
	}
	if !r.inErrors() || pipes(text) && tabbed(l) == nil {
		return false
	}
	if _, ok := label.ErrorStatus(text); ok {
		r.cellRow()
		return true
	}
	if _, ok := label.Heading(text); ok || r.ends(text) {
		return false
	}
	if cells := tabbed(l); cells != nil {
		r.i++
		r.row(cells)
		return true
	}
	return r.errorLine(l)
}

// columnCells skips the head of a table that stands a cell a line. Its second
// cell, 错误码, is a heading elsewhere.
func (r *reading) columnCells(text string) bool {
	if len(text) > 40 || !label.Column(text) {
		return false
	}
	if columns, _ := label.ErrorHeader([]string{text}); columns[0] < 0 {
		return false
	}
	var cells []block.Cell
	i := r.i
	for ; i < len(r.lines) && len(cells) < 5; i++ {
		l := r.lines[i].Trim()
		if l.Text == "" {
			continue
		}
		if !label.Column(l.Text) {
			break
		}
		cells = append(cells, block.Cell{Text: l.Text, Header: true, Pos: l.Pos(0)})
	}
	if len(cells) < 2 {
		return false
	}
	if !r.inErrors() {
		r.begin(label.Errors)
	}
	r.i = i
	r.add(block.Block{Kind: block.Row, Cells: cells, Pos: cells[0].Pos})
	r.above = nil
	return true
}

// cellRow reads the row whose status is the line. A cell may be wrapped over
// several lines; where empty lines divide the cells, lines that none divides
// are one cell.
func (r *reading) cellRow() {
	cells := []block.Cell{cell(r.lines[r.i].Trim())}
	r.i++
	divided, blank := false, false
	for ; r.i < len(r.lines); r.i++ {
		l := r.lines[r.i].Trim()
		if l.Text == "" {
			blank = true
			continue
		}
		if r.ends(l.Text) || r.endsRow(l.Text, len(cells)) {
			break
		}
		if len(cells) == 1 {
			divided = blank
		}
		if last := len(cells) - 1; last >= 2 && (divided && !blank || last == 3) {
			cells[last].Text += "\n" + l.Text
		} else {
			cells = append(cells, cell(l))
		}
		blank = false
	}
	if _, _, ok := label.Code(cells[min(1, len(cells)-1)].Text); !ok {
		for _, c := range cells {
			r.add(block.Block{Kind: block.Line, Text: c.Text, Pos: c.Pos})
		}
		return
	}
	r.row(cells)
}

// endsRow tells whether a line opens the next row or another table. A row
// whose status is merged with the one above opens with its code.
func (r *reading) endsRow(text string, cells int) bool {
	if _, ok := label.ErrorStatus(text); ok {
		return true
	}
	if columns, _ := label.ErrorHeader([]string{text}); columns[0] >= 0 {
		return true
	}
	return cells >= 4 && strings.Contains(text, "_") && label.CodeLike(text)
}

func cell(l source.Line) block.Cell { return block.Cell{Text: l.Text, Pos: l.Pos(0)} }

// row adds a row, and completes it from the row above where a cell is merged.
func (r *reading) row(cells []block.Cell) {
	for i := 0; i < 2 && i < len(cells) && i < len(r.above); i++ {
		if cells[i].Text != "" || i == 1 && cells[0].Text != "" && !cells[0].Merged {
			break
		}
		cells[i] = block.Cell{Text: r.above[i].Text, Merged: true, Pos: r.above[i].Pos}
	}
	r.above = cells
	r.add(block.Block{Kind: block.Row, Cells: cells, Pos: cells[0].Pos})
}

// tabbed splits a line at its tabs.
func tabbed(l source.Line) []block.Cell {
	if strings.Count(l.Text, "\t") < 2 {
		return nil
	}
	if strings.Trim(l.Text, "\t ") == "" {
		return nil
	}
	cells := split(l, '\t')
	if len(cells) < 3 || len(cells) > 6 {
		return nil
	}
	return cells
}

// errorLine reads a row whose cells blanks divide.
func (r *reading) errorLine(l source.Line) bool {
	l = l.Trim()
	if words := strings.Fields(l.Text); len(words) <= 6 {
		if _, ok := label.ErrorHeader(words); ok {
			r.i++
			r.above = nil
			var cells []block.Cell
			for _, w := range words {
				cells = append(cells, block.Cell{Text: w, Header: true, Pos: l.Pos(0)})
			}
			r.add(block.Block{Kind: block.Row, Cells: cells, Pos: l.Pos(0)})
			return true
		}
	}
	status, code, rest := label.ErrorLine(l.Text)
	switch {
	case code == "" || rest == "" && status == "":
		return r.mergedRow(l, code)
	case status == "" && r.above == nil:
		return false
	}
	r.i++
	description, solution := label.ErrorTexts(behind(l.Text, status, code))
	r.row([]block.Cell{part(l, status), part(l, code), part(l, description), part(l, solution)})
	return true
}

// mergedRow reads a row that begins with its code, a cell a line.
func (r *reading) mergedRow(l source.Line, code string) bool {
	if code == "" || r.above == nil || !strings.Contains(code, "_") {
		return false
	}
	cells := []block.Cell{{Pos: l.Pos(0)}, cell(l)}
	for r.i++; r.i < len(r.lines) && len(cells) < 4; r.i++ {
		next := r.lines[r.i].Trim()
		if next.Text == "" {
			continue
		}
		if r.ends(next.Text) || r.endsRow(next.Text, 4) {
			break
		}
		cells = append(cells, cell(next))
	}
	r.row(cells)
	return true
}

// behind is what stands behind the status and the code, as written.
func behind(text, status, code string) string {
	for _, word := range []string{status, code} {
		if i := strings.Index(text, word); word != "" && i >= 0 {
			text = text[i+len(word):]
		}
	}
	return strings.TrimSpace(text)
}

// part is the cell of a line that has a text.
func part(l source.Line, text string) block.Cell {
	return block.Cell{Text: text, Pos: l.Pos(max(strings.Index(l.Text, text), 0))}
}

var rule = regexp.MustCompile(`^[\s|:\-—]*-[\s|:\-—]*$`)

// pipes tells whether a line is a row of a table with bars.
func pipes(text string) bool { return strings.Count(text, "|") >= 2 }

// pipeRow reads a row between bars.
func (r *reading) pipeRow(l source.Line) {
	l = l.Trim()
	if rule.MatchString(l.Text) {
		return
	}
	from, to := 0, len(l.Text)
	if strings.HasPrefix(l.Text, "|") {
		from = 1
	}
	if to > from && l.Text[to-1] == '|' {
		to--
	}
	cells := split(l.Slice(from, to), '|')
	if from > 0 && len(cells) < r.columns {
		cells = split(l.Slice(0, to), '|') // the first cell is empty
	}
	header := false
	for _, c := range cells {
		header = header || label.Column(c.Text)
	}
	if header {
		for i := range cells {
			cells[i].Header = true
		}
		r.columns = len(cells)
		r.above = nil
	}
	if !r.inErrors() || header {
		r.add(block.Block{Kind: block.Row, Cells: cells, Pos: l.Pos(0)})
		return
	}
	r.row(cells)
}

// split cuts a line into cells. Bars with a blank on both sides divide cells,
// and those without do so only in a table that has no others.
func split(l source.Line, by byte) []block.Cell {
	var cells []block.Cell
	start := 0
	spaced := by == '|' && strings.Count(l.Text, " | ") >= 2
	for i := 0; i <= len(l.Text); i++ {
		if i == len(l.Text) || l.Text[i] == by && (!spaced || (i == 0 || l.Text[i-1] == ' ') && (i == len(l.Text)-1 || l.Text[i+1] == ' ')) {
			cells = append(cells, cell(l.Slice(start, i).Trim()))
			start = i + 1
		}
	}
	return cells
}
