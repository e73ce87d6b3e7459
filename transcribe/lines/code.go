package lines

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

var (
	codeStart = regexp.MustCompile(`^(?:[{\[]|curl\s|package [\w.]+|import [\w."(]|public (?:final |static )*(?:class|void)|using [\w.]+;|<\?php|func \w+\(|#include|//|/\*|` +
		`https?://|[A-Z][\w.<>]* \w+ = |\$\w+|(?:final|try|use|const|var|let|async)\s|\w+(?:\.\w+)+\(|(?:GET|POST|PUT|PATCH|DELETE)\s+(?:https?:/)?/\S|HTTP/1|\$ curl|--[\w-]{6,}$)`)
	// What stands between programs: 需配合微信支付工具库…使用.
	between = regexp.MustCompile(`^需配合|^\p{Han}[^;{}"]*$`)
)

// showsCode tells whether the section is one that shows examples.
func (r *reading) showsCode() bool {
	switch r.section {
	case label.RequestExample, label.AnswerExample, label.Download, label.EventExample, label.EventDecrypted, label.EventAnswer, label.EventAnswerGood,
		label.EventAnswerBad, label.EventResource, label.EventFields:
		return true
	}
	return false
}

// code reads the document, call or program that begins at a line.
func (r *reading) code() {
	start := r.i
	switch first := strings.TrimSpace(r.lines[start].Text); first[0] {
	case '{', '[':
		r.i = documentEnd(r.lines, start)
	default:
		r.i = programEnd(r.lines, start)
	}
	r.add(codeBlock(r.lines[start:r.i]))
}

// documentEnd is the line after a JSON document, or after what is left of it.
func documentEnd(lines []source.Line, i int) int {
	depth := 0
	for ; i < len(lines); i++ {
		text := lines[i].Text
		if breaksOff(text) {
			return i
		}
		if depth += nesting(text); depth <= 0 {
			return i + 1
		}
	}
	return i
}

// nesting is by how much a line of JSON opens more than it closes. Strings
// end with the line at the latest.
func nesting(text string) int {
	n, inside := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case inside:
		case c == '{' || c == '[':
			n++
		case c == '}' || c == ']':
			n--
		case c == '/' && i+1 < len(text) && text[i+1] == '/':
			return n
		}
	}
	return n
}

// programEnd is the line after a call or a program: it ends before the
// platform's wording, or before Chinese that stands in no comment.
func programEnd(lines []source.Line, i int) int {
	comment := strings.Contains(lines[i].Text, "/*") && !strings.Contains(lines[i].Text, "*/")
	for i++; i < len(lines); i++ {
		text := strings.TrimSpace(lines[i].Text)
		if text == "" {
			continue
		}
		if comment {
			comment = !strings.Contains(text, "*/")
			continue
		}
		if breaksOff(text) || between.MatchString(text) || tabLabel.MatchString(text) || strings.HasPrefix(text, "curl ") {
			return i
		}
		open := strings.LastIndex(text, "/*")
		comment = open >= 0 && !strings.Contains(text[open:], "*/") && !strings.Contains(text[:open], "//") && !strings.Contains(text[:open], `"`)
	}
	return i
}

// breaksOff tells whether a line is wording of the platform, which no code
// has.
func breaksOff(text string) bool {
	if text == "" || len(text) > 200 {
		return false
	}
	if _, ok := label.Heading(text); ok {
		return true
	}
	if m := hash.FindStringSubmatch(text); m != nil {
		if _, ok := label.Heading(m[2]); ok {
			return true
		}
	}
	if _, ok := label.StatusLine(text); ok {
		return true
	}
	_, ok := label.NameLine(text)
	return ok
}

func codeBlock(lines []source.Line) block.Block {
	text, places := source.Excerpt(lines)
	return block.Block{Kind: block.Code, Text: text, Pos: places[0], Lines: places}
}
