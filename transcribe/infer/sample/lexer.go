package sample

import "strings"

type kind int

const (
	end  kind = iota
	word      // an identifier
	text      // the inside of a string
	mark      // any other character
)

type token struct {
	kind kind
	text string
	at   int
}

func (t token) is(mark string) bool { return t.kind != text && t.text == mark }

// lexer cuts a program into tokens. Comments are passed over; in a program
// that was joined to one line nothing tells where a comment ends, so there its
// words are tokens like others.
type lexer struct {
	text      string
	at        int
	lineEnd   int // of the line that at stands in
	lineStart int
	unclosed  bool // no comment closes any more
}

// longLine is longer than any line of code: a longer one is a program that
// lost its line breaks.
const longLine = 600

func (l *lexer) next() token {
	for l.at < len(l.text) {
		c := l.text[l.at]
		switch {
		case c <= ' ' || c >= 0x80:
			l.at++
		case strings.HasPrefix(l.text[l.at:], "//"):
			l.comment()
		case strings.HasPrefix(l.text[l.at:], "/*"):
			l.longComment()
		case isLetter(c):
			return l.word()
		case c == '"' || c == '`':
			return l.literal(c)
		default:
			l.at++
			return token{mark, l.text[l.at-1 : l.at], l.at - 1}
		}
	}
	return token{kind: end, at: l.at}
}

func (l *lexer) comment() {
	if l.at >= l.lineEnd {
		l.lineStart = strings.LastIndexByte(l.text[l.lineEnd:l.at], '\n') + 1 + l.lineEnd
		l.lineEnd = len(l.text)
		if i := strings.IndexByte(l.text[l.at:], '\n'); i >= 0 {
			l.lineEnd = l.at + i
		}
	}
	if l.lineEnd-l.lineStart > longLine {
		l.at += 2
		return
	}
	l.at = l.lineEnd
}

func (l *lexer) longComment() {
	l.at += 2
	if l.unclosed {
		return
	}
	if i := strings.Index(l.text[l.at:], "*/"); i >= 0 {
		l.at += i + 2
	} else {
		l.unclosed = true
	}
}

func (l *lexer) word() token {
	start := l.at
	for l.at < len(l.text) && (isLetter(l.text[l.at]) || l.text[l.at] >= '0' && l.text[l.at] <= '9') {
		l.at++
	}
	return token{word, l.text[start:l.at], start}
}

// literal reads a string, which ends with its line at the latest.
func (l *lexer) literal(quote byte) token {
	l.at++
	start := l.at
	for l.at < len(l.text) {
		switch c := l.text[l.at]; {
		case c == quote:
			l.at++
			return token{text, l.text[start : l.at-1], start}
		case c == '\n':
			return token{text, l.text[start:l.at], start}
		case c == '\\' && quote == '"' && l.at+1 < len(l.text) && l.text[l.at+1] != '\n':
			l.at++
		}
		l.at++
	}
	return token{text, l.text[start:min(l.at, len(l.text))], start}
}

func isLetter(c byte) bool {
	return c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
