package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// errorLine reads a line of an error table whose cells ran together. A cell
// that is merged with the one above printed once, so a row without a status
// continues that of the row above, and one without a code continues both.
func (r *reading) errorLine(l source.Line) {
	if s := strings.TrimRight(l.Text, "| \t"); s != l.Text {
		l = l.Slice(0, len(s))
	}
	if l.Text == "" {
		return
	}
	status, code, rest := label.ErrorLine(l.Text)
	if r.places[0] < 0 && status == "" && label.KnownCode(code) {
		cells := r.errorCells(l, "", code, rest)
		r.add(block.Block{Kind: block.Row, Cells: cells[1:], Pos: l.Pos(0)})
		return
	}
	if raw := behind(l.Text, status, code); len(raw) >= len(rest) {
		rest = raw
	}
	if status == "" && code == "" && r.wraps(rest) {
		r.wrap(rest)
		return
	}
	if r.above == nil && status == "" || status != "" && code == "" {
		r.line(l)
		return
	}
	r.above = r.errorCells(l, status, code, rest)
	r.add(block.Block{Kind: block.Row, Cells: r.above, Pos: l.Pos(0)})
}

// wraps tells whether a line without status and code goes on with the text of
// the row above, since it has one cell only.
func (r *reading) wraps(rest string) bool {
	const longest = 4000 // of a text over lines
	if r.above == nil || len(r.above[2].Text)+len(r.above[3].Text) > longest {
		return false
	}
	_, solution := label.ErrorTexts(rest)
	return solution == "" && !gap.MatchString(rest) && !between.MatchString(rest)
}

// wrap adds to the last text of the row above.
func (r *reading) wrap(rest string) {
	cell := &r.above[3]
	if cell.Text == "" {
		cell = &r.above[2]
	}
	cell.Text = strings.TrimSpace(cell.Text + "\n" + rest)
}

// errorCells makes the four cells of a row.
func (r *reading) errorCells(l source.Line, status, code, rest string) []block.Cell {
	cells := make([]block.Cell, 4)
	at := func(text string) page.Pos {
		if i := strings.Index(l.Text, text); i >= 0 && text != "" {
			return l.Pos(i)
		}
		return l.Pos(0)
	}
	cells[0] = block.Cell{Text: status, Pos: at(status)}
	cells[1] = block.Cell{Text: code, Pos: at(code)}
	description, solution := label.ErrorTexts(rest)
	cells[2] = block.Cell{Text: description, Pos: at(description)}
	cells[3] = block.Cell{Text: solution, Pos: at(solution)}
	if r.above != nil && status == "" {
		cells[0] = merged(r.above[0])
		if code == "" {
			cells[1] = merged(r.above[1])
		}
	}
	return cells
}

// merged is the cell below in a merged one.
func merged(above block.Cell) block.Cell {
	if len(above.Text) > longestMerged {
		return block.Cell{Pos: above.Pos}
	}
	above.Merged = true
	return above
}

var (
	// gap is what divides cells for certain, between what does so if no
	// formatter put it there: those set blanks beside Latin letters only.
	gap     = regexp.MustCompile(`\t+|[ \x{00a0}\x{3000}]{2,}`)
	between = regexp.MustCompile(`[\p{Han}。）)!！?？]([ \t\x{00a0}\x{3000}])\p{Han}`)
)

// behind is what stands behind the status and the code of a row, as written.
func behind(text, status, code string) string {
	for _, word := range []string{status, code} {
		if i := strings.Index(text, word); word != "" && i >= 0 {
			text = text[i+len(word):]
		}
	}
	return text
}
