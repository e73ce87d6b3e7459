package call

import (
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/infer/document"
)

// shell splits a text into words as a shell does. It knows two things that a
// shell does not: a JSON document goes up to its own last bracket, whatever
// became of the quotes around it, and a backslash before a blank is the end of
// a line that was joined with the next.
type shell struct {
	text    string
	at      int
	out     []word
	b       strings.Builder
	pieces  []piece
	open    bool // a word is being read
	json    bool
	refused int // documents that were none
}

const maxRefused = 20

func words(text string, from int) []word {
	s := &shell{text: text, at: from}
	for s.at < len(s.text) {
		s.step()
	}
	s.end()
	return s.out
}

func (s *shell) step() {
	switch c := s.text[s.at]; {
	case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		s.end()
		s.at++
	case c == '\\':
		s.backslash()
	case c == '\'' || c == '"':
		s.quoted(c)
	case (c == '{' || c == '[') && (!s.open || strings.HasSuffix(s.b.String(), "=")) && s.document(s.at):
	default:
		_, size := utf8.DecodeRuneInString(s.text[s.at:])
		s.write(s.at, s.text[s.at:s.at+size])
		s.at += size
	}
}

// write adds text that stands at a byte of the source.
func (s *shell) write(at int, text string) {
	s.open = true
	n := len(s.pieces)
	if n == 0 || s.pieces[n-1].at+s.b.Len()-s.pieces[n-1].from != at {
		s.pieces = append(s.pieces, piece{s.b.Len(), at})
	}
	s.b.WriteString(text)
}

func (s *shell) end() {
	if s.open {
		s.out = append(s.out, word{s.b.String(), s.pieces, s.json})
	}
	s.b.Reset()
	s.pieces, s.open, s.json = nil, false, false
}

func (s *shell) backslash() {
	s.at++
	if s.at >= len(s.text) {
		return
	}
	if strings.IndexByte(" \t\r\n", s.text[s.at]) >= 0 {
		s.end()
		return
	}
	_, size := utf8.DecodeRuneInString(s.text[s.at:])
	s.write(s.at, s.text[s.at:s.at+size])
	s.at += size
}

// quoted reads 'text' and "text".
func (s *shell) quoted(quote byte) {
	s.at++
	if s.quotedDocument(quote) {
		return
	}
	s.open = true
	for s.at < len(s.text) && s.text[s.at] != quote {
		if quote == '"' && s.text[s.at] == '\\' && s.at+1 < len(s.text) && strings.IndexByte("\"\\$`\n", s.text[s.at+1]) >= 0 {
			s.at++
		}
		_, size := utf8.DecodeRuneInString(s.text[s.at:])
		s.write(s.at, s.text[s.at:s.at+size])
		s.at += size
	}
	s.at++
}

// quotedDocument reads the document that stands directly behind a quote, if
// its own quotes are not escaped.
func (s *shell) quotedDocument(quote byte) bool {
	start := s.at
	for start < len(s.text) && strings.IndexByte(" \t\r\n", s.text[start]) >= 0 {
		start++
	}
	if start == len(s.text) || s.text[start] != '{' && s.text[start] != '[' {
		return false
	}
	inside := strings.TrimLeft(s.text[start+1:min(len(s.text), start+80)], " \t\r\n[{")
	if quote == '"' && !strings.HasPrefix(inside, `"`) {
		return false
	}
	if !s.document(start) {
		return false
	}
	end := s.at
	for end < len(s.text) && strings.IndexByte(" \t\r\n", s.text[end]) >= 0 {
		end++
	}
	if strings.HasPrefix(s.text[end:], ";") { // ;type=application/json
		end += strings.IndexAny(s.text[end:]+" ", " \t\r\n\"'")
	}
	if end < len(s.text) && s.text[end] == quote {
		s.at = end + 1
	}
	return true
}

func (s *shell) document(start int) bool {
	if s.refused == maxRefused {
		return false
	}
	d, ok := document.First(s.text[start:])
	if !ok {
		s.refused++
		return false
	}
	s.json = true
	s.write(start, s.text[start:start+d.End])
	s.at = start + d.End
	return true
}
