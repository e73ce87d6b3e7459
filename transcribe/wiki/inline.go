package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// inline is what may stand inside a cell or a line of Markdown and is no
// text: tags, links, escapes, emphasis and code marks. The groups are the
// text of a link and the character that is escaped.
var inline = regexp.MustCompile("(?i)" + `!\[[^\]]*\]\([^)]*\)|\[([^\[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)|\\([!-/:-@\[-` + "`" + `{-~])|\*\*+|` + "`" +
	`|</?(?:span|font|a|p|div|b|strong|em|i|u|code|sup|sub|small|img|center|label|ul|ol|li|h[1-6])(?:\s[^<>]*)?/?>|&nbsp;|&emsp;|&ensp;`)

var lineBreak = regexp.MustCompile(`(?i)<br\s*/?>|</(?:p|div|li)>|\x{2028}`)

// clean takes off a line what is Markdown or HTML and no text.
func clean(l source.Line) source.Line {
	if !strings.ContainsAny(l.Text, "\\[*`<&") {
		return l
	}
	var changes []source.Change
	for _, m := range inline.FindAllStringSubmatchIndex(l.Text, -1) {
		with := ""
		switch {
		case m[2] >= 0:
			with = l.Text[m[2]:m[3]]
		case m[4] >= 0:
			with = l.Text[m[4]:m[5]]
		case l.Text[m[0]] == '&':
			with = " "
		}
		changes = append(changes, source.Change{From: m[0], To: m[1], With: with})
	}
	return l.Changed(changes)
}

// broken splits a cell where it has a line break.
func broken(l source.Line) []source.Line {
	if !strings.Contains(l.Text, "<") && !strings.Contains(l.Text, "\u2028") {
		return []source.Line{l}
	}
	var lines []source.Line
	from := 0
	for _, m := range lineBreak.FindAllStringIndex(l.Text, -1) {
		lines = append(lines, l.Slice(from, m[0]))
		from = m[1]
	}
	return append(lines, l.Slice(from, len(l.Text)))
}

var (
	// innerLabel is a label that a description goes on with, where the cell
	// had a line of its own for it.
	innerLabel = regexp.MustCompile(`(?:示例值|校验规则|特殊规则|枚举值|可选取值|示例)[ \t]*[：:]`)
	// innerValue is a value of an enum behind another one.
	innerValue = regexp.MustCompile(`(?:^|[\s;；,，、。：:\p{Han}])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{2,}[A-Z0-9]*)\s*[：:]`)
)

// sentences splits a description that came as one line into the lines that it
// had: the example, the rules and the values of an enum began new ones.
func sentences(l source.Line) []source.Line {
	cuts := []int{0}
	for _, m := range innerLabel.FindAllStringIndex(l.Text, -1) {
		if m[0] > 0 && !inWord(l.Text[:m[0]]) {
			cuts = append(cuts, m[0])
		}
	}
	cuts = append(cuts, len(l.Text))
	var lines []source.Line
	for i := 1; i < len(cuts); i++ {
		piece := l.Slice(cuts[i-1], cuts[i]).Trim()
		if piece.Text != "" {
			lines = append(lines, values(piece)...)
		}
	}
	return lines
}

// inWord tells whether a label behind a text is a part of a sentence: 详见示例值.
func inWord(before string) bool {
	for _, word := range []string{"见", "的", "为", "该", "此"} {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// values splits the values that follow a label on its line.
func values(l source.Line) []source.Line {
	if _, ok := label.EnumLabel(l.Text); !ok {
		return []source.Line{l}
	}
	found := innerValue.FindAllStringSubmatchIndex(l.Text, -1)
	if len(found) < 2 {
		return []source.Line{l}
	}
	lines := []source.Line{l.Slice(0, found[0][2]).Trim()}
	for i, m := range found {
		end := len(l.Text)
		if i+1 < len(found) {
			end = found[i+1][2]
		}
		lines = append(lines, l.Slice(m[2], end).Trim())
	}
	return lines
}
