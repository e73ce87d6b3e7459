package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// calls tells whether a line names the method or the address of a call.
func calls(text string) bool {
	switch key, value, _ := label.Statement(text); key {
	case label.KeyURL:
		return len(label.ReadCall(value).Paths) > 0
	case label.KeyMethod:
		return label.ReadCall(value).Method != ""
	}
	return false
}

// secondAddress is a line with a further address of an operation, and what one
// calls it by.
var secondAddress = regexp.MustCompile(`^\s*[（(][^（）()]{1,40}[）)]\s*[:：]?\s*(https?://\S+)\s*$`)

// alternative joins the lines of an operation that has two addresses.
func alternative(lines []source.Line) (source.Line, int) {
	if key, value, _ := label.Statement(lines[0].Text); key != label.KeyURL || len(lines) == 1 {
		return source.Line{}, 0
	} else if m := secondAddress.FindStringSubmatch(lines[1].Text); m != nil && len(label.ReadCall(value).Paths) == 1 && label.PathLine(m[1]) {
		return source.Join(" ", lines[0].Trim(), lines[1].Trim()), 2
	}
	at := ahead(lines, 3)
	if len(at) < 3 || strings.Trim(lines[at[1]].Text, " \t：:") != "或" || len(label.ReadCall(lines[at[2]].Text).Paths) == 0 {
		return source.Line{}, 0
	}
	return source.Join(" ", lines[0].Trim(), lines[at[1]].Trim(), lines[at[2]].Trim()), at[2] + 1
}
