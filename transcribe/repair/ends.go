package repair

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// menu drops what stands before the title: the title is the last line before
// the date. A page without a date keeps all but lines of search words.
func menu(m *mending) {
	title := titleLine(m.lines)
	var kept []source.Line
	for i, l := range m.lines {
		switch {
		case i >= title && !(i < 3 && searchWords(l.Text)):
			kept = append(kept, l)
		case !l.Blank():
			m.note(1, l.Pos(0))
		}
	}
	m.lines = kept
}

// titleLine finds the title of a page by its date, or gives -1.
func titleLine(lines []source.Line) int {
	for i, l := range lines {
		if l.Blank() {
			continue
		}
		if isDate(l.Text) {
			if title := before(lines, i); title >= 0 && isTitle(lines[title]) {
				return title
			}
			return -1
		}
		if section, ok := label.Heading(l.Text); ok && section == label.Interface {
			return -1
		}
		if _, ok := label.NameLine(l.Text); ok {
			return -1
		}
	}
	return -1
}

var underscored = regexp.MustCompile(`^\s*(?:[^_\s，。；：、,;:()（）]*\p{Han}_\p{Han}[^_\s，。；：、,;:()（）]*){2,}$`)

// searchWords tells whether a line is a list of words for search engines,
// joined by underscores, as spam puts it before a page.
func searchWords(text string) bool {
	return strings.Contains(text, "_") && utf8.RuneCountInString(text) >= 24 && underscored.MatchString(text)
}

var footer = regexp.MustCompile(`(?i)^\s*(?:©|copyright|powered by|粤B2|粤公网|版权所有|关注微信支付|联系客服|微信扫一扫)`)

// tail drops what follows the page: the words of its buttons, and a footer.
func tail(m *mending) {
	end := len(m.lines)
	for {
		last := before(m.lines, end)
		if last < 0 {
			return
		}
		section, _ := label.Heading(m.lines[last].Text)
		if section != label.Tail && !footer.MatchString(m.lines[last].Text) {
			break
		}
		end = last
		m.note(1, m.lines[last].Pos(0))
	}
	m.lines = m.lines[:end]
}
