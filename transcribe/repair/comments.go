package repair

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

var commentPrefix = regexp.MustCompile(`^[ \t]*(?:/{2,3}|%{1,3}|/\*{1,2}|\*/|\*)(?: |\t|$)?`)

// comments takes off what opens the lines of a comment, if most lines of the
// document are one. A star alone also opens items of Markdown, so there has
// to be the end of a comment, or a line with nothing but a star.
func comments(m *mending) {
	lines, prefixed, stars, sure := 0, 0, 0, 0
	for _, l := range m.lines {
		text := strings.TrimSpace(l.Text)
		if text == "" {
			continue
		}
		lines++
		switch {
		case strings.HasPrefix(text, "//"), strings.HasPrefix(text, "%"):
			prefixed++
		case strings.HasPrefix(text, "*/"), strings.HasPrefix(text, "/*"), text == "*":
			prefixed++
			sure++
		case strings.HasPrefix(text, "*"):
			prefixed++
			stars++
		}
	}
	if prefixed*2 < lines || prefixed < 5 || stars > 0 && sure == 0 {
		return
	}
	for i, l := range m.lines {
		if at := commentPrefix.FindStringIndex(l.Text); at != nil && at[1] > 0 {
			changes := []source.Change{{From: 0, To: at[1]}}
			if text := strings.TrimRight(l.Text, " \t"); len(text) > at[1]+1 && strings.HasSuffix(text, "*/") {
				changes = append(changes, source.Change{From: len(text) - 2, To: len(text)})
			}
			m.change(i, changes)
		}
	}
}
