package repair

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

// codeStart is how a document or a program begins.
var codeStart = regexp.MustCompile(`^\s*(?:[{\[<"'}@]|//|/\*|#\w|--|-----|\$ ?\w|https?://|/v3/|HTTP/|(?:curl|package|import|public|private|using|from|func|type|var|const|class|` +
	`namespace|require|include|GET|POST|PUT|PATCH|DELETE|OPTIONS)\b|[A-Za-z_][\w.]*\s*(?:=|\(|:=))`)

// numbers takes line numbers out of code. They are found by counting: a block
// is numbered if it opens with a glued 1, and 2, 3 and so on follow, each at
// the start of a line, on a line of its own, or, where all code stands on one
// line, between blanks. A number is what the count says and no more, so that
// code which begins with digits keeps them.
func numbers(m *mending) {
	var out []source.Line
	done := 0
	for i := 0; i < len(m.lines); {
		block, next := numbered(m.lines, i)
		if next == i {
			i++
			continue
		}
		out = append(out, m.lines[done:i]...)
		out = append(out, block.lines...)
		m.note(block.count, m.lines[i].Pos(0))
		i, done = next, next
	}
	if done > 0 {
		m.lines, m.own = append(out, m.lines[done:]...), true
	}
}

// numberedBlock is code without its line numbers.
type numberedBlock struct {
	lines []source.Line
	count int
}

// numbered reads the numbered block that begins at a line, and gives the line
// after it, or the same line if there is none.
func numbered(lines []source.Line, i int) (numberedBlock, int) {
	text := strings.TrimLeft(lines[i].Text, " \t")
	if !strings.HasPrefix(text, "1") {
		return numberedBlock{}, i
	}
	rest := text[1:]
	switch {
	case strings.TrimSpace(rest) == "":
		if block, next := numberColumn(lines, i); next > i {
			return block, next
		}
		return numberAlternating(lines, i)
	case !codeStart.MatchString(rest):
		// Glued to a letter it is a number all the same, if enough follow.
		if !letter(rest[0]) {
			return numberedBlock{}, i
		}
		if block, next := numberPerLine(lines, i); block.count > 3 {
			return block, next
		}
		if block, ok := numberInline(lines[i]); ok && block.count > 3 {
			return block, i + 1
		}
		return numberedBlock{}, i
	}
	inline, ok := numberInline(lines[i])
	if block, next := numberPerLine(lines, i); block.count > 1 && block.count > inline.count {
		return block, next
	}
	if ok {
		return inline, i + 1
	}
	if block, ok := numberGlued(lines[i]); ok {
		return block, i + 1
	}
	if strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "[{") {
		return numberedBlock{lines: []source.Line{cutNumber(lines[i], "1")}, count: 1}, i + 1
	}
	return numberedBlock{}, i
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// hasNumber tells whether a line begins with a number, other than that of a
// heading (2、…).
func hasNumber(l source.Line, number string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(l.Text, " \t"), number)
	return ok && !strings.HasPrefix(rest, "、")
}

// cutNumber takes the number and what stands before it off a line.
func cutNumber(l source.Line, number string) source.Line {
	at := strings.Index(l.Text, number)
	return l.Slice(at+len(number), len(l.Text))
}

// wrapped is the number of lines without a number that may follow a numbered
// one, since long lines are wrapped when they are copied.
const wrapped = 2

// numberPerLine reads code whose numbers open its lines.
func numberPerLine(lines []source.Line, i int) (numberedBlock, int) {
	b := numberedBlock{lines: []source.Line{cutNumber(lines[i], "1")}, count: 1}
	next := i + 1
	for k := 2; ; k++ {
		number := strconv.Itoa(k)
		at := nextNumber(lines, next, number)
		if at < 0 {
			break
		}
		for _, l := range lines[next:at] {
			if !l.Blank() {
				b.lines = append(b.lines, l)
			}
		}
		b.lines = append(b.lines, cutNumber(lines[at], number))
		b.count++
		next = at + 1
	}
	if last := len(b.lines) - 1; b.lines[last].Blank() {
		b.lines = b.lines[:last]
	}
	return b, next
}

// nextNumber finds the line with a number, among the next few lines.
func nextNumber(lines []source.Line, from int, number string) int {
	skipped := 0
	for j := from; j < len(lines) && j < from+8; j++ {
		l := lines[j]
		if l.Blank() {
			continue
		}
		if hasNumber(l, number) && (!digitAfter(l, number) || followed(lines, j, number)) {
			return j
		}
		if skipped++; skipped > wrapped || isLabel(l.Text) {
			return -1
		}
	}
	return -1
}

// digitAfter tells whether more digits follow a number, as in 200 OK, or in
// code that begins with digits.
func digitAfter(l source.Line, number string) bool {
	rest := strings.TrimLeft(l.Text, " \t")[len(number):]
	return rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// followed tells whether the next line that is not empty has the next number.
func followed(lines []source.Line, j int, number string) bool {
	k, _ := strconv.Atoi(number)
	for j++; j < len(lines); j++ {
		if !lines[j].Blank() {
			return hasNumber(lines[j], strconv.Itoa(k+1))
		}
	}
	return false
}

// numberColumn reads numbers that all stand before the code, one a line.
func numberColumn(lines []source.Line, i int) (numberedBlock, int) {
	j, k := i, 0
	for ; j < len(lines); j++ {
		if lines[j].Blank() {
			continue
		}
		if strings.TrimSpace(lines[j].Text) != strconv.Itoa(k+1) {
			break
		}
		k++
	}
	if k < 3 || j == len(lines) || !codeStart.MatchString(lines[j].Text) {
		return numberedBlock{}, i
	}
	return numberedBlock{count: k}, j
}

// numberAlternating reads numbers that stand on lines between those of the
// code.
func numberAlternating(lines []source.Line, i int) (numberedBlock, int) {
	var b numberedBlock
	j := i
	for j < len(lines) && strings.TrimSpace(lines[j].Text) == strconv.Itoa(b.count+1) {
		b.count++
		j++
		if j < len(lines) && strings.TrimSpace(lines[j].Text) != strconv.Itoa(b.count+1) {
			if isLabel(lines[j].Text) || b.count == 1 && !codeStart.MatchString(lines[j].Text) {
				break
			}
			b.lines = append(b.lines, lines[j])
			j++
		}
	}
	if b.count < 3 {
		return numberedBlock{}, i
	}
	return b, j
}

// numberInline reads code that stands on one line with its numbers between
// blanks.
func numberInline(l source.Line) (numberedBlock, bool) {
	text := l.Text
	start := strings.Index(text, "1") + 1
	var b numberedBlock
	b.count = 1
	for k := 2; ; k++ {
		at := inlineNumber(text, start, k)
		if at < 0 {
			break
		}
		b.lines = append(b.lines, l.Slice(start, at))
		b.count++
		start = at + 1 + len(strconv.Itoa(k))
	}
	last := l.Slice(start, len(text))
	if !last.Blank() {
		b.lines = append(b.lines, last)
	}
	if b.count < 2 || b.count == 2 && !last.Blank() && !strings.Contains(b.lines[0].Text, "curl ") {
		return numberedBlock{}, false
	}
	for i := range b.lines {
		// The blanks around a number belong to it.
		b.lines[i] = b.lines[i].Trim()
	}
	return b, true
}

// numberGlued reads a JSON document that stands on one line with nothing
// around its numbers: 1{2"a":1,3"b":24}. A number is where the count wants
// it, outside of strings, and before what opens a line. Where it follows a
// value (24}) it is the end of the digits.
func numberGlued(l source.Line) (numberedBlock, bool) {
	text := l.Text
	start := strings.Index(text, "1") + 1
	b := numberedBlock{count: 1}
	inside := false
	for i := start; i < len(text); {
		switch c := text[i]; {
		case inside && c == '\\':
			i += 2
			continue
		case c == '"':
			inside = !inside
		case !inside && c >= '0' && c <= '9':
			end := i
			for end < len(text) && text[end] >= '0' && text[end] <= '9' {
				end++
			}
			if at, ok := gluedNumber(text, i, end, strconv.Itoa(b.count+1)); ok {
				b.lines = append(b.lines, l.Slice(start, at))
				b.count++
				start = end
			}
			i = end
			continue
		}
		i++
	}
	if last := l.Slice(start, len(text)); !last.Blank() {
		b.lines = append(b.lines, last)
	}
	return b, b.count > 2
}

// gluedNumber tells whether digits end with a line number, and where it
// begins.
func gluedNumber(text string, from, to int, number string) (int, bool) {
	if to < len(text) && strings.IndexByte("\"{}[]", text[to]) < 0 || !strings.HasSuffix(text[from:to], number) {
		return 0, false
	}
	at := to - len(number)
	value := from > 0 && (text[from-1] == ':' || text[from-1] == '-' || text[from-1] == '.')
	return at, value == (at > from)
}

// near is how far behind a number in doubt a better one is looked for.
const near = 400

// inlineNumber finds the blank before a line number. Code may hold the same
// number itself (: 3 3 }), so of several before the next number the one is
// taken whose neighbours look most like the end of a line.
func inlineNumber(text string, from, k int) int {
	number := strconv.Itoa(k)
	best := indexNumber(text, from, number)
	if best < 0 {
		return beforeDigits(text, from, number)
	}
	end := min(len(text), best+near)
	if at := indexNumber(text[:end], best, strconv.Itoa(k+1)); at >= 0 {
		end = at + 1
	}
	rank := lineEnd(text, from, best)
	for at := best + 1; rank < sureEnd; at++ {
		at = indexNumber(text[:end], at, number)
		if at < 0 {
			break
		}
		if r := lineEnd(text, from, at); r > rank {
			best, rank = at, r
		}
	}
	return best
}

// indexNumber finds the blank before a number that stands alone, or glued to
// what can open a line of code.
func indexNumber(text string, from int, number string) int {
	for from < len(text) {
		at := strings.Index(text[from:], " "+number)
		if at < 0 {
			return -1
		}
		at += from
		if end := at + 1 + len(number); end == len(text) || opensLine(text[end]) {
			return at
		}
		from = at + 1
	}
	return -1
}

func opensLine(c byte) bool {
	return c == ' ' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("{}[])(\"'@/*#_$<`-", c) >= 0
}

// beforeDigits finds a number that is glued to code which begins with digits:
// the end of a line must stand right before it.
func beforeDigits(text string, from int, number string) int {
	window := text[from:min(len(text), from+near)]
	for at := 0; at < len(window); at++ {
		i := strings.Index(window[at:], " "+number)
		if i < 0 {
			return -1
		}
		at += i
		if lineEnd(text, from, from+at) == sureEnd && at+1+len(number) < len(window) {
			return from + at
		}
	}
	return -1
}

const sureEnd = 2

// lineEnd ranks how much what stands before an offset looks like the end of a
// line of code: 0 is an operator, which wants a value.
func lineEnd(text string, from, at int) int {
	before := strings.TrimRight(text[from:at], " ")
	if before == "" || strings.HasSuffix(before, "*/") {
		return sureEnd // an empty line, or a comment
	}
	switch last := before[len(before)-1]; {
	case strings.IndexByte(":=<>+-*&|(%!?/", last) >= 0:
		return 0
	case strings.IndexByte(`{}[],;\)`, last) >= 0:
		return sureEnd
	}
	return 1
}
