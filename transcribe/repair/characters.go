package repair

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/source"
)

// entity may be escaped several times over: &amp;amp;lt;.
var entity = regexp.MustCompile(`&(?:amp;)*(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});`)

func entities(m *mending) {
	for i, l := range m.lines {
		if strings.IndexByte(l.Text, '&') < 0 {
			continue
		}
		var changes []source.Change
		for _, at := range entity.FindAllStringSubmatchIndex(l.Text, -1) {
			was := "&" + l.Text[at[2]:at[3]] + ";"
			// A bar would part the cells of a table; who reads tables resolves it.
			if is := html.UnescapeString(was); is != was && is != "|" {
				changes = append(changes, source.Change{From: at[0], To: at[1], With: is})
			}
		}
		m.change(i, changes)
	}
}

// invisible treats all blanks alike but the tab, which parts the cells of
// some tables.
func invisible(m *mending) {
	for i, l := range m.lines {
		if plain(l.Text) {
			continue
		}
		var changes []source.Change
		for at, r := range l.Text {
			switch {
			case r == '\t':
			case unicode.In(r, unicode.Zs) && r != ' ', r == '\f', r == '\v':
				changes = append(changes, source.Change{From: at, To: at + size(l.Text, at), With: " "})
			case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), r == '\u2028', r == '\u2029':
				changes = append(changes, source.Change{From: at, To: at + size(l.Text, at)})
			}
		}
		m.change(i, changes)
	}
}

// size is the length of the character at an offset, which is 1 for a byte
// that is none.
func size(s string, at int) int {
	_, n := utf8.DecodeRuneInString(s[at:])
	return n
}

// plain tells whether a text has ASCII characters only, and no control.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

var lostBullet = regexp.MustCompile(`^\s*([?？])\s+(?:\p{Han}|【|[A-Za-z_][\w-]*\s*(?:必填|选填)|[A-Z][A-Z0-9_]+\s*[:：])`)

func bullets(m *mending) {
	for i, l := range m.lines {
		if at := lostBullet.FindStringSubmatchIndex(l.Text); at != nil {
			m.change(i, []source.Change{{From: at[2], To: at[3], With: "•"}})
		}
	}
}
