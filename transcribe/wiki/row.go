package wiki

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// A row of a table that came as one line is "label name type [flag] [place]
// description". The label may hold blanks, and the flag is mostly lost, being
// an icon. What can be relied on is a name that a type follows.

var (
	rowType = regexp.MustCompile(`(?i)^(?:string|integer|int64|int32|int|uint64|uint32|uint|unit32|unit64|long|number|float|double|decimal|boolean|bool|object|array|message|file|map|json|list|enum)` +
		`(?:\s?[\[(（{【<]\s*[A-Za-z0-9_]*\s*(?:[,，~\-]\s*\d+\s*)?[\])）}】>]{1,2}|\[\])?`)
	rowFlag = regexp.MustCompile(`^(?:必填|选填|条件选填|条件必填|非必填|[二两三四五多]选一|[二两三]选填一|是|否|YES|Yes|yes|NO|No|no|true|false|TRUE|FALSE)(?:[\s\p{Z}]|$)`)
	// gluedFlag is a flag that a place is glued to: 是body.
	gluedFlag = regexp.MustCompile(`^(?:是|否)(?:body|query|path|Body|Query|Path)`)
	// sentence is English that goes on behind a word like file or string.
	sentence = regexp.MustCompile(`^\s[a-z]{2,}\s`)
	nameWord = regexp.MustCompile(`^[+＋]?[A-Za-z_][\w-]*(?:\[\])?(?:\.[A-Za-z_][\w-]*)*`)
	marks    = regexp.MustCompile(`^(?:[+＋－└├│─•·●>\-\\]|&emsp;|&nbsp;|\s)*`)
)

// maxLabel bounds the label of a row, in characters and in words: what is
// longer is a sentence that happens to name a field and a type.
const (
	maxLabel = 40
	maxWords = 10
)

// span is where the parts of a row stand in its line.
type span struct{ name, nameEnd, kind, kindEnd int }

// window bounds how much of a line is looked at for a name and a type.
const window = 400

// find looks for the first name with a type behind it.
func find(text string) (span, bool) {
	text = text[:min(len(text), window)]
	at := skip(text)
	for n := 0; n <= maxWords && at < len(text); n++ {
		if s, ok := spanAt(text, at); ok {
			return s, fits(text[:at])
		}
		at += word(text[at:])
		at += skip(text[at:])
	}
	return span{}, false
}

// spanAt reads a name and a type at an offset.
func spanAt(text string, at int) (span, bool) {
	text = text[:min(len(text), at+window)]
	name := nameWord.FindString(text[at:])
	if name == "" {
		return span{}, false
	}
	s := span{name: at, nameEnd: at + len(name)}
	gap := skip(text[s.nameEnd:])
	s.kind = s.nameEnd + gap
	kind := rowType.FindString(text[s.kind:])
	s.kindEnd = s.kind + len(kind)
	if gap == 0 || kind == "" {
		return span{}, false
	}
	rest := text[s.kindEnd:]
	if strings.HasPrefix(strings.TrimFunc(rest, blank), "|") {
		return span{}, false // two words of the label in the first cell: Short Int | short_int
	}
	if rest != "" && nameByte(rest[0]) && !placeAhead(rest) || sentence.MatchString(rest) && bareType.MatchString(kind) && !placeAhead(rest[1:]) {
		return span{}, false
	}
	_, _, ok := label.ParseType(kind)
	return s, ok
}

// row reads a line as a row of a table of fields.
func row(l source.Line) (piece, bool) {
	s, ok := find(l.Text)
	if !ok {
		return piece{}, false
	}
	before := marks.FindString(l.Text[:s.name])
	name := strings.TrimLeft(l.Text[s.name:s.nameEnd], "+＋")
	p := piece{indent: -1, marks: count(before) + count(l.Text[s.name:s.nameEnd])}
	p.Block = block.Block{Kind: block.Field, Pos: l.Pos(s.nameEnd - len(name)), Field: block.Fields{
		Name: name, Type: l.Text[s.kind:s.kindEnd], Label: strings.TrimFunc(l.Text[len(before):s.name], blank),
	}}
	p.Field.At.Label, p.Field.At.Type = l.Pos(len(before)), l.Pos(s.kind)
	p.describe(l.Text[s.kindEnd:])
	return p, true
}

// describe reads what follows the type: flag, place and the first line of the
// description.
func (p *piece) describe(text string) {
	text = strings.TrimLeftFunc(text, blank)
	if flag := rowFlag.FindString(text); flag != "" {
		p.Field.Need = strings.TrimFunc(flag, blank)
		text = text[len(flag):]
	} else if gluedFlag.MatchString(text) {
		_, size := utf8.DecodeRuneInString(text)
		p.Field.Need, text = text[:size], text[size:]
	}
	p.place(text)
}

// place takes the place off the front of a description. A flag may stand
// behind it.
func (p *piece) place(text string) {
	text = strings.TrimFunc(text, blank)
	if place, rest := label.SplitPlace(text); place != "" {
		p.Field.Place = string(place)
		text = strings.TrimLeft(rest, " \t;；")
	}
	p.Field.Text = text
}

// fits tells whether a text can be the label of a row: short, and no
// sentence.
func fits(text string) bool {
	return utf8.RuneCountInString(text) <= maxLabel && !strings.ContainsAny(text, "，。；：,;:=|\"“”{}")
}

// placeAhead tells whether a text begins with the name of a place.
func placeAhead(text string) bool {
	p, _ := label.SplitPlace(text)
	return p != ""
}

func nameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// count is the number of signs in a text that mark members, or rows that
// have some.
func count(text string) int {
	n := 0
	for _, r := range text {
		if strings.ContainsRune("+＋-－", r) {
			n++
		}
	}
	return n
}

// skip is the length of the blanks at the front of a text, word that of the
// word.
func skip(text string) int { return len(text) - len(strings.TrimLeftFunc(text, blank)) }

func word(text string) int {
	if end := strings.IndexFunc(text, blank); end >= 0 {
		return end
	}
	return len(text)
}
