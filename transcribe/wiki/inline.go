package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

var lineBreak = regexp.MustCompile(`(?i)<br\s*/?>|</(?:p|div|li)>|\x{2028}`)

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
	innerLabel = regexp.MustCompile(`(?:示例值|校验规则|特殊规则|枚举值|可选取值|示例|Example)[ \t]*[：:]`)
	// innerValue is a value of an enum behind another one: a word in capitals
	// anywhere, one in small letters behind a blank.
	innerValue = regexp.MustCompile(`(?:^|[\s;；,，、。：:\p{Han}])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{2,}[A-Z0-9]*)\s*[：:]|[\s：:]([A-Za-z][A-Za-z0-9_#.\-]*)(?:：|:[^/])`)
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
	var lines []source.Line
	from := 0
	for _, m := range found {
		at := max(m[2], m[4])
		lines = append(lines, l.Slice(from, at).Trim())
		from = at
	}
	return append(lines, l.Slice(from, len(l.Text)).Trim())
}
