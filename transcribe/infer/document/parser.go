package document

import (
	"strings"
	"unicode/utf8"
)

type parser struct {
	text    string
	at      int
	budget  int // values that may still be read
	damages []Damage
	stopped bool // a bound was hit: everything returns
}

func (p *parser) damage(at int, what string) {
	if len(p.damages) < maxDamages {
		p.damages = append(p.damages, Damage{Offset: at, What: what})
	}
}

func (p *parser) stop(what string) {
	if !p.stopped {
		p.stopped = true
		p.damages = append(p.damages, Damage{Offset: p.at, What: what})
	}
}

func (p *parser) done() bool { return p.stopped || p.at >= len(p.text) }

// rest is what is still to read.
func (p *parser) rest() string { return p.text[p.at:] }

func (p *parser) value(depth int) *Value {
	v := &Value{Offset: p.at}
	p.budget--
	switch {
	case p.budget <= 0:
		p.stop("too many values")
	case depth > maxDepth:
		p.stop("nested too deep")
	case p.done():
		p.damage(p.at, "the document ends before its last bracket")
	case p.text[p.at] == '{':
		p.object(v, depth)
	case p.text[p.at] == '[':
		p.array(v, depth)
	default:
		if closing := p.quote(); closing != "" {
			p.quoted(v, closing, depth)
		} else {
			p.literal(v)
		}
	}
	return v
}

func (p *parser) object(v *Value, depth int) {
	v.Kind = Object
	p.at++
	for {
		p.blank()
		switch {
		case p.done():
			p.damage(p.at, "the document ends before its last bracket")
			v.Partial = true
			return
		case p.text[p.at] == '}':
			p.at++
			return
		case p.text[p.at] == ']':
			p.damage(p.at, "a square bracket closes an object")
			p.at++
			return
		case p.skip(",", "，"):
		case p.ellipsis():
			v.Partial = true
		case p.text[p.at] == '{' || p.text[p.at] == '[':
			p.damage(p.at, "a value without a name")
			v.Partial = true
			p.value(depth + 1)
		default:
			p.member(v, depth)
		}
	}
}

// member reads a name and its value.
func (p *parser) member(v *Value, depth int) {
	start := p.at
	name, ok := p.name()
	p.blank()
	if !ok || !p.skip(":", "：") {
		p.damage(start, "a text that is neither a name nor a value")
		v.Partial = true
		return
	}
	p.blank()
	if trimmed := strings.TrimSpace(name); trimmed != name {
		p.damage(start, "a name with blanks around it")
		name = trimmed
	}
	m := Member{Name: name, Offset: start}
	if p.done() || strings.ContainsRune(",}]", rune(p.text[p.at])) {
		p.damage(p.at, "a name without a value")
		m.Value = &Value{Kind: Null, Offset: p.at}
	} else {
		m.Value = p.value(depth + 1)
	}
	p.blank()
	p.expectComma()
	if name != "" {
		v.Members = append(v.Members, m)
	}
}

// name reads the name of a member, with quotes or without. What is no name is
// passed over up to the end of its line.
func (p *parser) name() (string, bool) {
	if closing := p.quote(); closing != "" {
		return p.stringUpTo(closing), true
	}
	start := p.at
	for !p.done() && isWord(p.text[p.at]) {
		p.at++
	}
	if p.at > start {
		return p.text[start:p.at], true
	}
	p.bare()
	return "", false
}

func (p *parser) array(v *Value, depth int) {
	v.Kind = Array
	p.at++
	for {
		p.blank()
		switch {
		case p.done():
			p.damage(p.at, "the document ends before its last bracket")
			v.Partial = true
			return
		case p.text[p.at] == ']':
			p.at++
			return
		case p.text[p.at] == '}':
			p.damage(p.at, "a brace closes an array")
			p.at++
			return
		case p.skip(",", "，"):
		case p.ellipsis():
			v.Partial = true
		default:
			p.item(v, depth)
		}
	}
}

// item reads an element. One that is followed by a colon is the name of a
// member whose object lost its braces: neither is kept.
func (p *parser) item(v *Value, depth int) {
	start := p.at
	item := p.value(depth + 1)
	p.blank()
	if p.skip(":", "：") {
		p.damage(start, "a member outside of an object")
		v.Partial = true
		p.blank()
		if !p.done() && !strings.ContainsRune(",}]", rune(p.text[p.at])) {
			p.value(depth + 1)
			p.blank()
		}
		p.expectComma()
		return
	}
	v.Items = append(v.Items, item)
	p.expectComma()
}

// expectComma passes over what stands between a value and the comma, bracket
// or quote that can follow it.
func (p *parser) expectComma() {
	switch {
	case p.done() || strings.ContainsRune(",}]", rune(p.text[p.at])) || strings.HasPrefix(p.rest(), "，"):
	case p.quote() != "" || p.text[p.at] == '{' || p.text[p.at] == '[':
		p.damage(p.at, "a comma is missing")
	case p.ellipsis():
	default:
		p.damage(p.at, "a text behind a value")
		p.bare()
	}
}

// bare passes over text up to a comma, a closing bracket or the line's end,
// and returns it. It always advances.
func (p *parser) bare() string {
	start := p.at
	for !p.done() {
		c := p.text[p.at]
		if strings.IndexByte(",}]\n", c) >= 0 && p.at > start || strings.HasPrefix(p.rest(), "//") {
			break
		}
		_, size := utf8.DecodeRuneInString(p.rest())
		p.at += size
	}
	if p.at == start {
		p.at++
	}
	return strings.TrimSpace(p.text[start:p.at])
}

func (p *parser) literal(v *Value) {
	v.Text = p.bare()
	switch {
	case v.Text == "true" || v.Text == "false":
		v.Kind = Boolean
	case v.Text == "null":
		v.Kind = Null
	case isNumber(v.Text):
		v.Kind = Number
	default:
		v.Kind = Bare
		p.damage(v.Offset, "a value without quotes")
	}
}

// blank passes over blanks and comments.
func (p *parser) blank() {
	for !p.done() {
		r, size := utf8.DecodeRuneInString(p.rest())
		switch {
		case strings.ContainsRune(" \t\r\n\u00a0\u3000\u200b\ufeff", r):
			p.at += size
		case strings.HasPrefix(p.rest(), "//"):
			p.past("\n")
		case strings.HasPrefix(p.rest(), "/*"):
			p.past("*/")
		default:
			return
		}
	}
}

// past moves behind the next end, or to the end of the text.
func (p *parser) past(end string) {
	if i := strings.Index(p.rest(), end); i >= 0 {
		p.at += i + len(end)
	} else {
		p.at = len(p.text)
	}
}

func (p *parser) skip(tokens ...string) bool {
	for _, token := range tokens {
		if strings.HasPrefix(p.rest(), token) {
			p.at += len(token)
			return true
		}
	}
	return false
}

// ellipsis passes over dots that stand for more of the same.
func (p *parser) ellipsis() bool {
	if !p.skip("...", "…") {
		return false
	}
	for p.skip(".", "…") {
	}
	return true
}

func isWord(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// isNumber tells whether a text is a JSON number.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := digits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	s = s[whole:]
	if strings.HasPrefix(s, ".") {
		fraction := digits(s[1:])
		if fraction == 0 {
			return false
		}
		s = s[1+fraction:]
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = strings.TrimLeft(s[1:], "+-")
	return s != "" && digits(s) == len(s)
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
