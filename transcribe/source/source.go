// Package source turns the bytes of a document into lines that know where
// they came from. Repairs change lines, cut them and join them, and yet every
// character can still be named by its line and column in the original.
package source

import (
	"sort"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// MaxBytes and MaxLines bound a document. The largest page of the doc centre
// has 400 KB; what is far beyond that is no page.
const (
	MaxBytes = 32 << 20
	MaxLines = 1 << 20
)

// Text is a document as lines, and what was done to it so far.
type Text struct {
	File    string
	Lines   []Line
	Repairs []page.Repair
}

// Lines makes a text of what is known to be clean UTF-8, for instance a part
// of another document.
func Lines(file, text string) Text {
	starts := breaks(text)
	lines := make([]Line, len(starts))
	marks := make([]mark, len(starts))
	for i, s := range starts {
		marks[i] = mark{line: int32(i + 1), col: 1}
		lines[i] = Line{Text: text[s.from:s.to], file: &file, marks: marks[i : i+1 : i+1]}
		if s.to-s.from > stride {
			lines[i] = lines[i].indexed()
		}
	}
	return Text{File: file, Lines: lines}
}

// span is a piece of a text, as offsets.
type span struct{ from, to int }

// breaks finds the lines of a text. A line ends with \n, \r\n or \r.
func breaks(text string) []span {
	spans := make([]span, 0, strings.Count(text, "\n")+1)
	start := 0
	for start < len(text) {
		end := strings.IndexAny(text[start:], "\r\n")
		if end < 0 {
			break
		}
		end += start
		spans = append(spans, span{start, end})
		start = end + 1
		if text[end] == '\r' && start < len(text) && text[start] == '\n' {
			start++
		}
	}
	if start < len(text) {
		spans = append(spans, span{start, len(text)})
	}
	return spans
}

// String is the text with \n after each line.
func (t Text) String() string { return t.Whole().Text }

// With is the same document with other lines.
func (t Text) With(lines []Line) Text {
	return Text{File: t.File, Lines: lines, Repairs: t.Repairs[:len(t.Repairs):len(t.Repairs)]}
}

// Repaired notes that a step had something to do n times.
func (t *Text) Repaired(step, what string, n int, first page.Pos) {
	if n == 0 {
		return
	}
	t.Repairs = append(t.Repairs[:len(t.Repairs):len(t.Repairs)],
		page.Repair{Step: step, Count: n, First: first, What: what})
}

// Whole is a text in one piece, for parsers that want it so.
type Whole struct {
	Text   string
	lines  []Line
	starts []int
}

// Whole joins the lines of a text.
func (t Text) Whole() Whole {
	size := 0
	for _, l := range t.Lines {
		size += len(l.Text) + 1
	}
	var b strings.Builder
	b.Grow(size)
	starts := make([]int, len(t.Lines))
	for i, l := range t.Lines {
		starts[i] = b.Len()
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return Whole{Text: b.String(), lines: t.Lines, starts: starts}
}

// Line is the index of the line that holds an offset of the text, or -1.
func (w Whole) Line(offset int) int {
	return sort.Search(len(w.starts), func(i int) bool { return w.starts[i] > offset }) - 1
}

// Pos is the place in the original of an offset of the text.
func (w Whole) Pos(offset int) page.Pos {
	i := w.Line(offset)
	if i < 0 {
		return page.Pos{}
	}
	return w.lines[i].Pos(offset - w.starts[i])
}

// Excerpt is the text of lines that belong together, such as an example, with
// the place of each. Empty lines at the end are left out, but for the first.
func Excerpt(lines []Line) (text string, places []page.Pos) {
	for len(lines) > 1 && lines[len(lines)-1].Blank() {
		lines = lines[:len(lines)-1]
	}
	texts := make([]string, len(lines))
	places = make([]page.Pos, len(lines))
	for i, l := range lines {
		texts[i], places[i] = l.Text, l.Pos(0)
	}
	return strings.Join(texts, "\n"), places
}
