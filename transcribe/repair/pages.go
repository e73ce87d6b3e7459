package repair

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// split parts a document into its pages. A page begins at the title above a
// date; where the pages have no dates, above 接口说明. A part that names no
// call belongs to the page before it.
func split(t source.Text) []source.Text {
	starts := pageStarts(t.Lines)
	if len(starts) < 2 {
		return []source.Text{t}
	}
	var pages []source.Text
	for i, start := range starts {
		end := len(t.Lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if i == 0 {
			start = 0
		}
		p := source.Text{File: t.File, Lines: t.Lines[start:end:end]}
		if i == 0 {
			p = t.With(p.Lines)
			p.Repaired("pages", "split the document into its pages", len(starts)-1, t.Lines[starts[1]].Pos(0))
		}
		pages = append(pages, p)
	}
	return pages
}

// pageStarts finds the titles of a document's pages.
func pageStarts(lines []source.Line) []int {
	dates := heads(lines, func(l source.Line) bool { return isDate(l.Text) })
	if len(dates) > 1 {
		return dates
	}
	return heads(lines, func(l source.Line) bool {
		if !strings.Contains(l.Text, "接口") && !strings.Contains(l.Text, "escription") {
			return false
		}
		section, ok := label.Heading(l.Text)
		return ok && section == label.Interface
	})
}

// heads finds the titles above the lines that a page has one of, as far as a
// call follows each before the next.
func heads(lines []source.Line, mark func(source.Line) bool) []int {
	var starts []int
	open := false // a title without a call so far
	for i, l := range lines {
		if l.Blank() {
			continue
		}
		switch {
		case open && names(l.Text):
			open = false
		case mark(l):
			title := frontMatter(lines, before(lines, i))
			for back := 0; title > 0 && !isTitle(lines[title]) && back < 4; back++ {
				title = before(lines, title)
			}
			if title < 0 || !isTitle(lines[title]) {
				continue
			}
			if open {
				starts = starts[:len(starts)-1]
			}
			starts, open = append(starts, title), true
		}
	}
	if open {
		starts = starts[:len(starts)-1]
	}
	return starts
}

// frontMatter finds the first line of the front matter that ends at a line, if
// one does.
func frontMatter(lines []source.Line, end int) int {
	const longest = 60
	if end < 0 || strings.TrimRight(lines[end].Text, " ") != "---" {
		return end
	}
	for i := end - 1; i >= 0 && i > end-longest; i-- {
		switch text := lines[i].Text; {
		case strings.TrimRight(text, " ") == "---":
			return i
		case !lines[i].Blank() && !frontLine.MatchString(text):
			return end
		}
	}
	return end
}

var frontLine = regexp.MustCompile(`^[A-Za-z_]+\s*:|^(?:\s+|- )\S`)

// names tells whether a line names the method or the path of a call, or opens
// the fields of a notification.
func names(text string) bool {
	if strings.Contains(text, "通知") || strings.Contains(text, "回调") || strings.Contains(text, "oti") {
		if section, ok := label.Heading(text); ok && section == label.EventFields {
			return true
		}
	}
	key, _, _ := label.Statement(text)
	return key == label.KeyMethod || key == label.KeyURL
}
