package infer

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/page"
)

// origin finds the place in the document of a byte of an example's text.
type origin struct {
	text   string
	pos    page.Pos
	lines  []page.Pos
	starts []int // of the lines of the text
	runes  []int // characters before each block of the text
}

// runeBlock is how many bytes are counted at most to find a column.
const runeBlock = 256

func newOrigin(e page.Example) *origin {
	o := &origin{text: e.Text, pos: e.Pos, lines: e.Lines, starts: []int{0}}
	for i := 0; i < len(o.text); {
		next := strings.IndexByte(o.text[i:], '\n')
		if next < 0 {
			break
		}
		i += next + 1
		o.starts = append(o.starts, i)
	}
	count := 0
	for from := 0; from < len(o.text); from += runeBlock {
		o.runes = append(o.runes, count)
		count += countStarts(o.text[from:min(len(o.text), from+runeBlock)])
	}
	return o
}

// countStarts counts the bytes that begin a character, which can be summed
// over blocks that cut characters.
func countStarts(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

// chars counts the characters before a byte.
func (o *origin) chars(offset int) int {
	block := offset / runeBlock
	if block >= len(o.runes) {
		block = len(o.runes) - 1
	}
	if block < 0 {
		return 0
	}
	return o.runes[block] + countStarts(o.text[block*runeBlock:offset])
}

// at returns the place of a byte.
func (o *origin) at(offset int) page.Pos {
	offset = max(0, min(offset, len(o.text)))
	line := sort.SearchInts(o.starts, offset+1) - 1
	column := o.chars(offset) - o.chars(o.starts[line])
	pos := o.pos
	switch {
	case line < len(o.lines):
		pos = o.lines[line]
	case line > 0:
		pos.Line += line
		pos.Col = 1
	}
	if pos.Col == 0 {
		return pos
	}
	pos.Col += column
	return pos
}
