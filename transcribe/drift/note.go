package drift

import (
	"cmp"
	"slices"
	"strings"
)

// Explained tells whether a note of a spec accounts for a difference: it quotes
// what the page says or, where the page says nothing, names the field or the
// value that the spec has beyond it. So a note covers the difference that it
// was written for, and not the next change of the page. This is the only rule
// for notes: what it explains wxgen drift does not report, and wxgen import
// leaves as it is.
func Explained(d Difference, notes ...string) bool {
	said := cmp.Or(d.Word, d.Page, d.Spec)
	return slices.ContainsFunc(notes, func(note string) bool {
		return mentions(note, said) || d.Page == "" && mentions(note, last(d.Field))
	})
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
