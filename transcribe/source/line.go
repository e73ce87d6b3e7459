package source

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Line is a line of a document, perhaps repaired, cut or joined.
type Line struct {
	Text  string
	file  *string
	marks []mark
}

// mark says where the character at a byte offset of a line stood in the
// original. Up to the next mark each character stands one column further,
// unless the mark is fixed: then all of them stand in for the one.
type mark struct {
	at, line, col int32
	fixed         bool
}

// stride is the number of bytes between marks of a long line, so that the
// place of a character is found without counting the whole line.
const stride = 1 << 10

// Pos is the place in the original of a byte offset of the line.
func (l Line) Pos(offset int) page.Pos {
	if len(l.marks) == 0 {
		return page.Pos{}
	}
	m := l.mark(offset)
	return page.Pos{File: *l.file, Line: int(m.line), Col: int(m.col)}
}

// mark is the mark that would stand at an offset.
func (l Line) mark(offset int) mark {
	offset = min(max(offset, 0), len(l.Text))
	i := sort.Search(len(l.marks), func(i int) bool { return int(l.marks[i].at) > offset }) - 1
	m := l.marks[max(i, 0)]
	if !m.fixed {
		m.col += int32(utf8.RuneCountInString(l.Text[min(int(m.at), offset):offset]))
	}
	m.at = int32(offset)
	return m
}

// indexed adds a mark every stride bytes.
func (l Line) indexed() Line {
	m := l.marks[0]
	for end := stride; end < len(l.Text); end += stride {
		for end < len(l.Text) && !utf8.RuneStart(l.Text[end]) {
			end++
		}
		m.col += int32(utf8.RuneCountInString(l.Text[m.at:end]))
		m.at = int32(end)
		l.marks = append(l.marks, m)
	}
	return l
}

// Slice is the piece of a line between two byte offsets.
func (l Line) Slice(from, to int) Line {
	piece := Line{Text: l.Text[from:to], file: l.file}
	if len(l.marks) == 0 {
		return piece
	}
	piece.marks = l.marksOf(nil, from, to, 0)
	return piece
}

// marksOf appends the marks of a piece of the line that is to stand at an
// offset of another one.
func (l Line) marksOf(marks []mark, from, to, at int) []mark {
	first := l.mark(from)
	first.at = int32(at)
	marks = append(marks, first)
	i := sort.Search(len(l.marks), func(i int) bool { return int(l.marks[i].at) > from })
	for ; i < len(l.marks) && int(l.marks[i].at) < to; i++ {
		m := l.marks[i]
		m.at += int32(at - from)
		marks = append(marks, m)
	}
	return marks
}

// Trim is the line without blanks at its ends.
func (l Line) Trim() Line {
	right := strings.TrimRightFunc(l.Text, unicode.IsSpace)
	left := strings.TrimLeftFunc(right, unicode.IsSpace)
	if len(left) == len(l.Text) {
		return l
	}
	return l.Slice(len(right)-len(left), len(right))
}

// Blank tells whether the line has nothing to read.
func (l Line) Blank() bool { return strings.TrimSpace(l.Text) == "" }

// Change is a piece of a line, as byte offsets, and what is to stand there.
type Change struct {
	From, To int
	With     string
}

// Changed is the line with changes applied, which are in order and do not
// overlap. Text that has as many characters as what it replaces takes their
// columns; other text takes the column of the first.
func (l Line) Changed(changes []Change) Line {
	if len(changes) == 0 {
		return l
	}
	var b strings.Builder
	b.Grow(len(l.Text))
	marks := make([]mark, 0, len(l.marks)+2*len(changes))
	done := 0
	for _, c := range changes {
		marks = l.keep(&b, marks, done, c.From)
		marks = l.put(&b, marks, c)
		done = c.To
	}
	marks = l.keep(&b, marks, done, len(l.Text))
	if len(marks) == 0 {
		marks = append(marks, l.mark(0))
	}
	return Line{Text: b.String(), file: l.file, marks: marks}
}

func (l Line) keep(b *strings.Builder, marks []mark, from, to int) []mark {
	if from == to {
		return marks
	}
	if len(l.marks) > 0 {
		marks = l.marksOf(marks, from, to, b.Len())
	}
	b.WriteString(l.Text[from:to])
	return marks
}

func (l Line) put(b *strings.Builder, marks []mark, c Change) []mark {
	if c.With == "" {
		return marks
	}
	if len(l.marks) > 0 {
		m := l.mark(c.From)
		m.at = int32(b.Len())
		m.fixed = m.fixed || utf8.RuneCountInString(c.With) != utf8.RuneCountInString(l.Text[c.From:c.To])
		marks = append(marks, m)
	}
	b.WriteString(c.With)
	return marks
}

// Mapped is the line with each character replaced by another one. As columns
// count characters, all keep their places.
func (l Line) Mapped(to func(rune) rune) Line {
	text := strings.Map(to, l.Text)
	if text == l.Text {
		return l
	}
	changed := Line{Text: text, file: l.file, marks: make([]mark, len(l.marks))}
	before, after := 0, 0
	for i, m := range l.marks {
		for before < int(m.at) {
			_, size := utf8.DecodeRuneInString(l.Text[before:])
			before += size
			_, size = utf8.DecodeRuneInString(text[after:])
			after += size
		}
		m.at = int32(after)
		changed.marks[i] = m
	}
	return changed
}

// Join makes one line of several, with a text between them.
func Join(between string, lines ...Line) Line {
	if len(lines) == 0 {
		return Line{}
	}
	var b strings.Builder
	var joined Line
	for i, l := range lines {
		if joined.file == nil {
			joined.file = l.file // a line made up by a reader has none
		}
		if i > 0 && between != "" {
			if prev := lines[i-1]; len(prev.marks) > 0 {
				end := prev.mark(len(prev.Text))
				end.at, end.fixed = int32(b.Len()), true
				joined.marks = append(joined.marks, end)
			}
			b.WriteString(between)
		}
		joined.marks = l.keep(&b, joined.marks, 0, len(l.Text))
	}
	joined.Text = b.String()
	if len(joined.marks) == 0 && len(lines[0].marks) > 0 {
		joined.marks = []mark{lines[0].mark(0)}
	}
	return joined
}
