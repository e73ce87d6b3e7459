// Package label knows the fixed wording of the platform's documentation:
// headings, place lines, flags, types, dates, roles, limits. Its functions
// take a piece of text and give the fact that stands in it. They are pure,
// know nothing of formats, and say no when in doubt.
//
// Texts are compared after Fold, so callers may pass them with full-width
// punctuation, blanks of any kind and emphasis around them. Traditional
// characters and pinyin have to be mended before (package repair).
package label

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a text into the form in which wording is compared: full-width
// forms become half-width, blanks of all kinds one blank, invisible
// characters nothing, and the ends are trimmed. 【】 stay as they are.
func Fold(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range norm.NFKC.String(s) {
		switch {
		case unicode.IsSpace(r):
			blank = true
			continue
		case unicode.Is(unicode.Cf, r), r < ' ', r == 0x7f, r == unicode.ReplacementChar:
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// isPlain tells whether Fold would change nothing: a quick way for the many
// names, codes and sentences.
func isPlain(s string) bool {
	for i, r := range s {
		switch {
		case r == ' ':
			if i == 0 || i == len(s)-1 || s[i-1] == ' ' {
				return false
			}
		case r > ' ' && r < 0x7f, r >= '一' && r <= '鿿', r == '【', r == '】', r == '。', r == '、':
		default:
			return false
		}
	}
	return true
}

// squeeze is Fold without any blanks, for labels that come with and without.
func squeeze(s string) string {
	return strings.ReplaceAll(Fold(s), " ", "")
}

// plain takes emphasis and code marks off a text's ends.
func plain(s string) string { return strings.Trim(Fold(s), "*_` ") }
