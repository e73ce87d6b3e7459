package repair

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/source"
)

// member is a line of JSON with full-width punctuation: “name”：“value”，
var member = regexp.MustCompile(`^\s*[{｛\[［]*\s*["“”＂][A-Za-z_][\w.-]*\s*["“”＂]\s*[:：]|^\s*[{}｛｝\[\]［］,，\s]+$`)

// fullWidth makes half-width letters and digits wherever they stand, and the
// punctuation of JSON outside of its strings. The punctuation of sentences is
// as it should be.
func fullWidth(m *mending) {
	for i, l := range m.lines {
		if plain(l.Text) {
			continue
		}
		var changes []source.Change
		if strings.ContainsAny(l.Text, "“”＂：，｛｝［］") && member.MatchString(l.Text) {
			changes = jsonPunctuation(l.Text)
		} else {
			changes = alphanumeric(l.Text)
		}
		m.change(i, changes)
	}
}

func alphanumeric(s string) []source.Change {
	var changes []source.Change
	for at, r := range s {
		if half, ok := halfWidth(r); ok {
			changes = append(changes, source.Change{From: at, To: at + utf8.RuneLen(r), With: string(half)})
		}
	}
	return changes
}

// halfWidth is the ASCII form of full-width letters, digits, and of those
// signs that names, types and paths are made of.
func halfWidth(r rune) (rune, bool) {
	if r < '！' || r > '～' {
		return r, false
	}
	half := r - '！' + '!'
	switch {
	case half >= '0' && half <= '9', half >= 'A' && half <= 'Z', half >= 'a' && half <= 'z', strings.ContainsRune("_-./=&#{}[]", half):
		return half, true
	}
	return r, false
}

const quotes = "\"“”＂"

// jsonPunctuation goes through a line of JSON and changes what stands outside
// of strings, and the quotes of strings.
func jsonPunctuation(s string) []source.Change {
	var changes []source.Change
	put := func(at int, r rune, with string) {
		if string(r) != with {
			changes = append(changes, source.Change{From: at, To: at + utf8.RuneLen(r), With: with})
		}
	}
	inside, curly, escaped := false, false, false
	for at, r := range s {
		quote := strings.ContainsRune(quotes, r)
		switch {
		case escaped:
			escaped = false
		case inside && r == '\\':
			escaped = true
		case inside && quote && (r == '"' && !curly || r != '"' && ends(s[at+utf8.RuneLen(r):])):
			inside = false
			put(at, r, `"`)
		case inside:
		case quote:
			inside, curly = true, r != '"'
			put(at, r, `"`)
		default:
			if i := strings.IndexRune("：，｛｝［］", r); i >= 0 {
				put(at, r, string(":,{}[]"[i/3]))
			}
		}
	}
	return changes
}

// ends tells whether a string of JSON may end before this.
func ends(rest string) bool {
	rest = strings.TrimLeft(rest, " \t")
	if rest == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune(":：,，}｝]］", r)
}
