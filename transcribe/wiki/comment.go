package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// People paste pages into the comments of their programs, one above each
// function. What is left without the program and the marks of its comments is
// a page like others, or several.

var (
	lineComment = regexp.MustCompile(`^\s*(?:///?!?|//!|%{1,3}|#{1,2}|--|;;)(?: |\t|$|[^\s/%#;-])`)
	commentMark = regexp.MustCompile(`^\s*(?:///?!?|%{1,3}|#{1,2}|--|;;) ?`)
	starMark    = regexp.MustCompile(`^\s*\*+(?: |$|/)?`)
	blockOpen   = regexp.MustCompile(`^\s*/\*+!?\s?`)
	docTag      = regexp.MustCompile(`^\s*@(?:param|return|returns|author|since|version|throws|exception|see|link|date|file|copyright)\b`)
	docText     = regexp.MustCompile(`^\s*@(?:doc|apiNote|brief|desc|description|title|name|summary)\s+`)
	commentTags = regexp.MustCompile(`(?i)</?(?:pre|para|summary|remarks|ul|ol|see|c|code)(?:\s[^<>]*)?/?>|\{@(?:link|code)\s+([^{}]*)\}`)
	programLine = regexp.MustCompile(`[;{}]\s*$|->\s*$|^\s*(?:import|package|namespace|using|use|public|private|protected|func|function|def|class|interface|type|var|const|let|return|if|for|else|end|try|catch|@\w+\(|#include|-module)\b`)
	wikiLine    = regexp.MustCompile(`变量|请求\s*(?:URL|Url|url)|适用对象|类型\s*[\[（(]|接口说明|状态码`)
)

// Uncomment takes the pages out of the comments of a program, one page a
// comment. It says no to a document that is no program, or whose comments
// name no call.
func Uncomment(text source.Text) ([]source.Text, bool) {
	if !program(text.Lines) {
		return nil, false
	}
	var pages []source.Text
	for _, f := range fragmentsOf(text.Lines) {
		one := text.With(f)
		if len(pages) == 0 {
			one.Repaired("comments", "took the pages out of the comments of a program", 1, f[0].Pos(0))
		}
		pages = append(pages, one)
	}
	return pages, len(pages) > 0
}

// program tells whether a document is a program: it has lines of code, and
// most of what is of interest stands in comments.
func program(lines []source.Line) bool {
	code, within, outside := 0, 0, 0
	inBlock := false
	for _, l := range lines {
		text := l.Text
		_, comment := commented(l, &inBlock)
		switch {
		case wikiLine.MatchString(text) && comment:
			within++
		case wikiLine.MatchString(text):
			outside++
		case !comment && programLine.MatchString(text):
			code++
		}
	}
	return within > 0 && within > 3*outside && code >= 3
}

// commented takes the mark of a comment off a line. It keeps track of
// comments that go over lines.
func commented(l source.Line, inBlock *bool) (source.Line, bool) {
	text := l.Text
	if !*inBlock {
		if m := blockOpen.FindString(text); m != "" && !strings.HasPrefix(strings.TrimSpace(text), "/*/") {
			l = l.Slice(len(m), len(text))
			*inBlock = !strings.Contains(l.Text, "*/")
			return unended(l), true
		}
		if lineComment.MatchString(text) {
			return l.Slice(len(commentMark.FindString(text)), len(text)), true
		}
		return l, false
	}
	if strings.Contains(text, "*/") {
		*inBlock = false
		l = unended(l)
	}
	if m := starMark.FindString(l.Text); m != "" && !strings.HasPrefix(m, "*/") {
		l = l.Slice(len(m), len(l.Text))
	}
	return l, true
}

// unended is a line without what closes a comment.
func unended(l source.Line) source.Line {
	if at := strings.Index(l.Text, "*/"); at >= 0 {
		return l.Slice(0, at)
	}
	return l
}

// fragmentsOf gives the comments that name a call. Blank lines part no
// comments, code does.
func fragmentsOf(lines []source.Line) [][]source.Line {
	var all [][]source.Line
	var one []source.Line
	var fields bean
	wanted, inBlock := false, false
	page := func() {
		if rows := fields.call(); len(rows) > 0 {
			all[len(all)-1] = append(all[len(all)-1], rows...)
		}
	}
	end := func() {
		switch {
		case wanted:
			page()
			all = append(all, unmarkedComment(one))
		case len(one) > 0:
			fields.comment(unmarkedComment(one))
		}
		one, wanted = nil, false
	}
	for _, l := range lines {
		text, comment := commented(l, &inBlock)
		switch {
		case !comment && l.Blank():
			if len(one) > 0 {
				one = append(one, text)
			}
		case !comment:
			end()
			fields.code(l)
		case docTag.MatchString(text.Text):
		default:
			wanted = wanted || calls(text.Text) || label.CallLine(text.Text)
			one = append(one, text)
		}
	}
	end()
	page()
	return all
}

// unmarkedComment takes the markup of comments off, unless there are tables in
// it: then the comment is HTML.
func unmarkedComment(lines []source.Line) []source.Line {
	var plain []source.Line
	for _, l := range lines {
		if strings.Contains(l.Text, "<td") || strings.Contains(l.Text, "<table") {
			return lines
		}
		plain = append(plain, plainComment(l)...)
	}
	return plain
}

// plainComment takes the markup of comments off a line.
func plainComment(l source.Line) []source.Line {
	if m := docText.FindString(l.Text); m != "" {
		l = l.Slice(len(m), len(l.Text))
	}
	if !strings.ContainsAny(l.Text, "<{") {
		return []source.Line{l}
	}
	var changes []source.Change
	for _, m := range commentTags.FindAllStringSubmatchIndex(l.Text, -1) {
		with := ""
		if m[2] >= 0 {
			with = l.Text[m[2]:m[3]]
		}
		changes = append(changes, source.Change{From: m[0], To: m[1], With: with})
	}
	return broken(l.Changed(changes))
}
