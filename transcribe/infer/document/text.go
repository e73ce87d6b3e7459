package document

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The quotes that open a text, and what closes it. Typographic quotes come
// from word processors, and close with whatever comes first.
var quotes = []struct{ open, close string }{
	{`"`, `"`}, {`'`, `'`}, {"“", "”“"}, {"”", "”“"},
}

// quote returns what closes the text that begins here, or nothing.
func (p *parser) quote() string {
	for _, q := range quotes {
		if strings.HasPrefix(p.rest(), q.open) {
			return q.close
		}
	}
	return ""
}

// quoted reads a text. A JSON document that stands in a text without escapes,
// "{"a":1}", is read to its own last bracket.
func (p *parser) quoted(v *Value, closing string, depth int) {
	v.Kind = String
	if closing == `"` && p.holdsDocument() {
		p.at++
		start := p.at
		p.damage(start, "a document in a text without escapes")
		inner := p.value(depth + 1)
		v.Text = strings.TrimSpace(p.text[inner.Offset:p.at])
		p.blank()
		p.skip(`"`)
		return
	}
	v.Text = p.stringUpTo(closing)
}

// holdsDocument tells whether the text that begins here is a bracket and a
// quote and a name: the bracket of a document that forgot its escapes.
func (p *parser) holdsDocument() bool {
	rest := p.rest()[1:]
	if rest == "" || rest[0] != '{' && rest[0] != '[' {
		return false
	}
	rest = strings.TrimLeft(rest[1:min(len(rest), 40)], " {[")
	return len(rest) > 1 && rest[0] == '"' && isWord(rest[1])
}

// stringUpTo reads a text with quotes. A text that runs over the end of its
// line is joined, unless the next line looks as if its quote had been lost.
func (p *parser) stringUpTo(closing string) string {
	start := p.at
	_, size := utf8.DecodeRuneInString(p.rest())
	p.at += size
	var b strings.Builder
	for !p.done() {
		r, size := utf8.DecodeRuneInString(p.rest())
		switch {
		case strings.ContainsRune(closing, r):
			p.at += size
			return b.String()
		case r == '\\':
			p.escape(&b)
		case r == '\n':
			if p.lostQuote() {
				p.damage(start, "a text without its closing quote")
				return strings.TrimRight(b.String(), " \t\r,")
			}
			p.damage(p.at, "a text over several lines")
			p.blankOnly()
		default:
			b.WriteString(p.text[p.at : p.at+size])
			p.at += size
		}
	}
	p.damage(start, "a text without its closing quote")
	return b.String()
}

func (p *parser) blankOnly() {
	for !p.done() && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// lostQuote tells whether the next line begins with a bracket or with a name
// and a colon, which cannot be the rest of a text.
func (p *parser) lostQuote() bool {
	const window = 120
	next := p.text[p.at+1 : min(len(p.text), p.at+window)]
	next = strings.TrimLeft(next, " \t\r\n")
	if next == "" {
		return false
	}
	if next[0] == '}' || next[0] == ']' {
		return true
	}
	if next[0] != '"' {
		return false
	}
	name := strings.TrimLeftFunc(next[1:], func(r rune) bool { return r < utf8.RuneSelf && isWord(byte(r)) })
	return strings.HasPrefix(name, `"`) && strings.HasPrefix(strings.TrimLeft(name[1:], " \t"), ":")
}

var escapes = map[byte]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads an escape. One that JSON does not know stands for its character.
func (p *parser) escape(b *strings.Builder) {
	p.at++
	if p.done() {
		return
	}
	c := p.text[p.at]
	if plain, ok := escapes[c]; ok {
		b.WriteByte(plain)
		p.at++
		return
	}
	if c == 'u' {
		if r, n := unicodeEscape(p.rest()); n > 0 {
			b.WriteRune(r)
			p.at += n
			return
		}
	}
	_, size := utf8.DecodeRuneInString(p.rest())
	b.WriteString(p.text[p.at : p.at+size])
	p.at += size
}

// unicodeEscape decodes u and four hex digits, with its second half if it has one, and
// returns how long it is.
func unicodeEscape(s string) (rune, int) {
	high, ok := hex4(s)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(high) && strings.HasPrefix(s[5:], `\`) {
		if low, ok := hex4(s[6:]); ok {
			return utf16.DecodeRune(high, low), 11
		}
	}
	return high, 5
}

func hex4(s string) (rune, bool) {
	if len(s) < 5 || s[0] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[1:5], 16, 16)
	return rune(n), err == nil
}
