package lines

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// opening is a name, a flag and a type that open a field in running text; the
// type may be lost if a short name follows, and the short name may be missing
// if the type is there. Sentences hold 必填 too, but not with all that.
var opening = regexp.MustCompile("(?:^|[\\s|])([•·●*\\-+]?\\s*[A-Za-z_][\\w-]*\\s*(?:条件选填|条件必填|必填|选填|[二两三四五多]选一)" +
	`(?:\s*[A-Za-z][\w]*(?:\s*[\[(（][^\])）【】\s]{0,40}[\])）]{1,2})?)?)(\s*(?:【|$)|\s)`)

// fieldWithText reads a field and its description on one line, and gives
// where the description begins, or -1.
func fieldWithText(text string, from int) (label.Name, int) {
	m := opening.FindStringSubmatchIndex(text[from:min(len(text), from+300)])
	if m == nil || strings.TrimSpace(text[from:from+m[2]]) != "" {
		return label.Name{}, -1
	}
	n, ok := label.NameLine(text[from+m[2] : from+m[3]])
	if !ok || n.Type == "" && strings.TrimSpace(text[from+m[4]:from+m[5]]) == "" && from+m[5] != len(text) {
		return label.Name{}, -1
	}
	n.NameAt += from + m[2]
	n.NeedAt += from + m[2]
	if n.TypeAt >= 0 {
		n.TypeAt += from + m[2]
	}
	return n, from + m[4]
}

// members reads 属性, which stands where an object's members are folded away
// or follow.
func (r *reading) members(l source.Line) {
	r.i++
	if strings.ContainsAny(l.Text, "|｜") {
		r.inlineMembers()
		return
	}
	l = l.Trim()
	next := r.i
	for next < len(r.lines) && strings.Trim(r.lines[next].Text, " \t•·●") == "" {
		next++
	}
	follows := false
	if next < len(r.lines) {
		_, follows = label.NameLine(bare(r.lines[next]).Text)
	}
	if last := len(r.indents) - 1; follows && last >= 0 && indentOf(r.lines[next].Text) > r.indents[last].width {
		return // the indent tells which fields are members
	}
	r.out = append(r.out, piece{Block: block.Block{Kind: block.Folded, Pos: l.Pos(0)}, section: r.section, folded: follows})
}

// inlineMembers reads members that run together on lines, up to the line that
// ends with a bar. Their own members are lost.
func (r *reading) inlineMembers() {
	start := len(r.out)
	r.add(block.Block{Kind: block.Open, Pos: r.lines[r.i-1].Pos(0)})
	for ; r.i < len(r.lines); r.i++ {
		l := r.lines[r.i].Trim()
		if l.Text == "" {
			continue
		}
		if _, ok := label.NameLine(l.Text); ok && !r.closesAhead() || r.ends(l.Text) {
			break
		}
		body := strings.TrimRight(l.Text, "|｜ \t")
		r.memberLine(l.Slice(0, len(body)))
		if body != l.Text {
			r.i++
			break
		}
	}
	if len(r.out) == start+1 {
		r.out[start].Kind = block.Folded
		return
	}
	r.add(block.Block{Kind: block.Close, Pos: r.lines[r.i-1].Pos(0)})
}

// closesAhead tells whether a bar that closes the members is still to come. A
// name alone on its line is one of the enclosing object otherwise.
func (r *reading) closesAhead() bool {
	for i := r.i; i < len(r.lines) && i < r.i+100; i++ {
		text := strings.TrimSpace(r.lines[i].Text)
		switch {
		case members.MatchString(text) || r.ends(text) || pipes(text):
			return false
		case strings.HasSuffix(text, " |"):
			return true
		}
	}
	return false
}

// ends tells whether a line cannot be among the members of an object.
func (r *reading) ends(text string) bool {
	if _, ok := label.Heading(text); ok {
		return true
	}
	if _, ok := label.StatusLine(text); ok {
		return true
	}
	_, ok := label.PlaceLine(text)
	return ok
}

// memberLine reads the fields that stand on a line, each with its description
// up to the next one.
func (r *reading) memberLine(l source.Line) {
	starts := memberStarts(l.Text)
	first := len(l.Text)
	if len(starts) > 0 {
		first = starts[0]
	}
	if rest := l.Slice(0, first).Trim(); strings.Trim(rest.Text, "|｜ ") != "" {
		r.add(block.Block{Kind: block.Line, Text: rest.Text, Within: true, Pos: rest.Pos(0)})
	}
	for i, at := range starts {
		end := len(l.Text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		field := l.Slice(at, end)
		n, text := fieldWithText(field.Text, 0)
		if text < 0 {
			continue
		}
		r.addField(field, n, field.Text[text:], text)
		if isObject(n.Type) && !strings.Contains(n.Type, "[string") {
			r.add(block.Block{Kind: block.Folded, Pos: field.Pos(n.NameAt)})
		}
	}
}

// memberStarts finds the fields in a line.
func memberStarts(text string) []int {
	var starts []int
	for from := 0; from < len(text); {
		m := opening.FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		if n, ok := label.NameLine(text[from+m[2] : from+m[3]]); ok && (n.Type != "" || strings.HasSuffix(text[:from+m[5]], "【")) {
			starts = append(starts, from+m[2])
		}
		from += m[3]
	}
	return starts
}

var tailName = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9_.#-]*$`)

// gluedValue reads the lines of an enum whose texts run into the name of the
// next value:
//
//	RED
//	: 红色BLUE
//	: 蓝色
//
// Only the first name stands alone. The last text ends with its line, whatever
// its last word is.
func (r *reading) gluedValue(l source.Line) bool {
	name := l.Trim()
	value, ok := label.EnumBare(name.Text)
	if !ok || !r.textFollows(r.i+1) || !r.values && !label.CodeLike(value) {
		return false
	}
	for r.i++; ; r.i++ {
		text := r.lines[r.i].Trim()
		text = text.Slice(len(text.Text)-len(strings.TrimLeft(text.Text, ":： ")), len(text.Text))
		next := source.Line{}
		if r.textFollows(r.i + 1) {
			if at := r.nameAtEnd(text.Text); at >= 0 {
				text, next = text.Slice(0, at), text.Slice(at, len(text.Text))
			}
		}
		r.add(block.Block{Kind: block.Item, Value: value, Text: strings.TrimSpace(text.Text), Pos: name.Pos(0)})
		if next.Text == "" {
			break
		}
		name, value = next, next.Text
	}
	r.i++
	r.values = false
	return true
}

// nameAtEnd finds the name of a value at the end of a text, or gives -1. If
// the text itself ends in Latin letters, they look like a part of the name:
// then a shorter name counts that stands elsewhere in the document, if the
// longer one does not.
func (r *reading) nameAtEnd(text string) int {
	at := tailName.FindStringIndex(text)
	if at == nil {
		return -1
	}
	words := r.documentWords()
	if words[text[at[0]:]] > 1 {
		return at[0]
	}
	for i := at[0] + 1; i < len(text)-1 && i < at[0]+40; i++ {
		if words[text[i:]] > 0 && label.CodeLike(text[i:]) && isAlphanumeric(text[i-1]) {
			return i
		}
	}
	return at[0]
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

var latinWord = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9_.#-]*`)

// documentWords counts the Latin words of the document.
func (r *reading) documentWords() map[string]int {
	if r.words == nil {
		r.words = map[string]int{}
		for _, l := range r.lines {
			for _, w := range latinWord.FindAllString(l.Text, -1) {
				r.words[w]++
			}
		}
	}
	return r.words
}

// textFollows tells whether a line is the text of a value.
func (r *reading) textFollows(i int) bool {
	if i >= len(r.lines) {
		return false
	}
	_, ok := label.EnumText(r.lines[i].Text)
	return ok
}
