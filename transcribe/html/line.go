package html

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// line is a line of text that is put together from several texts. It knows
// where each of them stands.
type line struct {
	text  strings.Builder
	marks []mark
}

type mark struct{ at, offset int }

// add appends a text, blanks as one.
func (l *line) add(s string, offset int) {
	fields := strings.FieldsFunc(s, blank)
	if len(fields) == 0 {
		l.space()
		return
	}
	if strings.IndexFunc(s, blank) == 0 {
		l.space()
	}
	l.marks = append(l.marks, mark{l.text.Len(), offset})
	for i, f := range fields {
		if i > 0 {
			l.text.WriteByte(' ')
		}
		l.text.WriteString(f)
	}
	if strings.LastIndexFunc(s, blank) == len(s)-lastSize(s) {
		l.space()
	}
}

// space appends a blank where one makes sense.
func (l *line) space() {
	if s := l.text.String(); s != "" && s[len(s)-1] != ' ' {
		l.text.WriteByte(' ')
	}
}

func blank(r rune) bool {
	switch r {
	case ' ', '\n', '\t', '\r', '\u00a0', '\u3000', '\u200b', '\ufeff':
		return true
	}
	return false
}

func lastSize(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i]&0xc0 != 0x80 {
			return len(s) - i
		}
	}
	return 0
}

// pos is where a byte of the line stands in the document. Within a text that
// holds entities or several blanks the column is that of an earlier one.
func (l *line) pos(doc source.Whole, at int) page.Pos {
	if len(l.marks) == 0 {
		return page.Pos{}
	}
	m := l.marks[0]
	for _, next := range l.marks[1:] {
		if next.at > at {
			break
		}
		m = next
	}
	return doc.Pos(m.offset + max(at-m.at, 0))
}
