package markdown

import (
	"html"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

// mark finds what Markdown puts around and into text: images, links, code,
// strong text, escapes, entities and the few tags that pages have in lines.
var mark = regexp.MustCompile(`!\[[^\]]*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+"[^"]*")?\)` + // image
	`|\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)` + // link
	"|``\\s?([^\\n]*?)\\s?``|`([^`]*)`" + // code
	`|\\([!-/:-@\[-` + "`" + `{-~])` + // escape
	`|&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});` + // entity
	`|\*{1,3}` +
	`|</?(?:u|b|i|p|em|strong|span|font|code|sup|sub|a|div)(?:\s[^<>]*)?>`)

// Inline is a line without the marks of Markdown. What a link points to goes,
// its words stay.
func Inline(l source.Line) source.Line {
	if !strings.ContainsAny(l.Text, "`*[\\&<!") {
		return l
	}
	var changes []source.Change
	change := func(from, to int, with string) {
		changes = append(changes, source.Change{From: from, To: to, With: with})
	}
	for _, m := range mark.FindAllStringSubmatchIndex(l.Text, -1) {
		text := l.Text[m[0]:m[1]]
		switch {
		case m[2] >= 0: // link: its words may bear marks of their own
			change(m[0], m[2], "")
			for _, inner := range mark.FindAllStringSubmatchIndex(l.Text[m[2]:m[3]], -1) {
				at := m[2] + inner[0]
				change(at, m[2]+inner[1], inside(l.Text[m[2]:m[3]], inner))
			}
			change(m[3], m[1], "")
		case m[4] >= 0:
			change(m[0], m[4], "")
			change(m[5], m[1], "")
		case m[6] >= 0:
			change(m[0], m[6], "")
			change(m[7], m[1], "")
		case m[8] >= 0:
			change(m[0], m[8], "")
		case text[0] == '&':
			change(m[0], m[1], html.UnescapeString(text))
		default:
			change(m[0], m[1], "")
		}
	}
	return l.Changed(changes)
}

// inside is what stands for a mark within a link's words.
func inside(text string, m []int) string {
	for group := 2; group+1 < len(m); group += 2 {
		if m[group] >= 0 {
			return text[m[group]:m[group+1]]
		}
	}
	if text[m[0]] == '&' {
		return html.UnescapeString(text[m[0]:m[1]])
	}
	return ""
}
