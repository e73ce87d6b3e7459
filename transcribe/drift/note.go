package drift

import (
	"strings"
)

// explained tells whether a note of the spec accounts for a difference.
func explained(d Difference, notes [][]string) bool {
	for _, group := range notes {
		for _, note := range group {
			if Explains(note, d) {
				return true
			}
		}
	}
	return false
}

// Explains tells whether a note accounts for a difference: it quotes what the
// page says or, where the page says nothing, names the field or the value that
// the spec has beyond it. So a note covers the difference that it was written
// for, and not the next change of the page.
func Explains(note string, d Difference) bool {
	if d.Page != "" {
		return mentions(note, d.Page)
	}
	return mentions(note, d.Spec) || d.Field != "" && mentions(note, last(d.Field))
}

// mentions looks for a word as a whole: 32 is not mentioned by 320.
func mentions(text, word string) bool {
	for from := 0; word != ""; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		at += from
		if boundary(text, at-1) && boundary(text, at+len(word)) {
			return true
		}
		from = at + 1
	}
	return false
}

func boundary(text string, at int) bool {
	if at < 0 || at >= len(text) {
		return true
	}
	c := text[at]
	return !(c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z')
}

func last(path string) string { return path[strings.LastIndex(path, ".")+1:] }
