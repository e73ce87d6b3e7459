package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/html"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/markdown"
	"github.com/wxgen/wxgen/transcribe/source"
)

// Markdown of the wiki is written by hand or by converters, and is seldom
// sound: fences that nobody closed, rules with more columns than the head,
// tables without pipes, a formatter's idea of emphasis. So it is read by the
// line, and a line of a table is one wherever it stands.

// Markdown reads the wiki's pages as people keep them in Markdown.
func Markdown(text source.Text) ([]block.Block, error) {
	m := marked{}
	for lines := text.Lines; len(lines) > 0; {
		lines = lines[m.next(lines):]
	}
	m.flush()
	return settle(m.pieces), nil
}

// marked is where the reading of Markdown stands. Lines of text wait until
// the run of them ends, for a row may have a cell a line.
type marked struct {
	reading
	waiting  []source.Line
	unclosed bool // a fence was left open, so the next bare one closes it
	titled   bool // the front matter has the title of the call that comes
}

var (
	atxHeading = regexp.MustCompile(`^\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$`)
	quoted     = regexp.MustCompile(`^(?:\s*>)+ ?`)
	fenceMark  = regexp.MustCompile("^\\s*(?:>\\s*)*(```+|~~~+)\\s*([\\w+-]*)")
	prefix     = regexp.MustCompile(`^\s*(?:[-*+]\s+|\d{1,2}\.\s+)`)
	chapter    = regexp.MustCompile(`^\s*(?:\d{1,2}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,3})[、.．)）\s]\s*`)
	footnote   = regexp.MustCompile(`^\s*\[\^[^\]]+\]:`)
	shortcode  = regexp.MustCompile(`^\s*\{\{[%<].*[%>]\}\}\s*$`)
)

// next reads what begins at the first line, and tells how many lines it took.
func (m *marked) next(lines []source.Line) int {
	l := lines[0]
	if q := quoted.FindString(l.Text); q != "" {
		l = l.Slice(len(q), len(l.Text))
	}
	if f := fenceMark.FindStringSubmatch(l.Text); f != nil {
		m.flush()
		return m.fence(lines, f)
	}
	if h := atxHeading.FindStringSubmatchIndex(l.Text); h != nil {
		m.flush()
		m.title(l, lines[1:], h)
		return 1
	}
	if n := frontMatter(lines); n > 0 {
		m.flush()
		m.front(lines[:n])
		return n
	}
	if n := htmlTable(lines); n > 0 {
		m.flush()
		m.markup(lines[:n])
		return n
	}
	if piped(l.Text) {
		m.flush()
		m.pipeRow(l)
		text := strings.TrimSpace(l.Text)
		m.columns.cut = strings.HasPrefix(text, "|") && !strings.HasSuffix(text, "|")
		return 1
	}
	if shortcode.MatchString(l.Text) || footnote.MatchString(l.Text) {
		return 1
	}
	m.waiting = append(m.waiting, unmarked(l)...)
	return 1
}

// piped tells whether a line is a row of a pipe table: not a row whose cells
// ran together and whose description has pipes.
func piped(text string) bool {
	if !isPipes(text) || strings.HasPrefix(strings.TrimSpace(text), exampleMark) {
		return false
	}
	_, flat := find(text)
	return !flat
}

// unmarked is a line of text without the marks of Markdown, or the lines that
// breaks make of it.
func unmarked(l source.Line) []source.Line {
	if strings.Contains(l.Text, "*") || strings.Contains(l.Text, "[http") {
		status, code, _ := label.ErrorLine(l.Text)
		l = mended(l, status != "" || label.KnownCode(strings.ReplaceAll(code, "*", "_")))
	}
	if cut := prefix.FindString(l.Text); cut != "" {
		// A sign before a label is a part of the table.
		if _, ok := find(l.Text[len(cut):]); !ok {
			l = l.Slice(len(cut), len(l.Text))
		}
	}
	if end := strings.TrimRight(l.Text, `\ `); len(end) < len(l.Text) {
		l = l.Slice(0, len(end))
	}
	var lines []source.Line
	for _, part := range broken(l) {
		lines = append(lines, markdown.Inline(quotes(part)))
	}
	return lines
}

// quotes keeps the escapes of a line of JSON that nobody fenced.
func quotes(l source.Line) source.Line {
	text := strings.TrimSpace(l.Text)
	if text == "" || !strings.ContainsAny(text[:1], `{["`) || !strings.Contains(text, `\"`) {
		return l
	}
	var changes []source.Change
	for i := 0; i < len(l.Text); i++ {
		if l.Text[i] != '\\' {
			continue
		}
		if i++; i < len(l.Text) && (l.Text[i] == '"' || l.Text[i] == '\\') {
			changes = append(changes, source.Change{From: i - 1, To: i + 1, With: `\\\` + l.Text[i:i+1]})
		}
	}
	return l.Changed(changes)
}

// flush reads the lines that waited.
func (m *marked) flush() {
	for i := 0; i < len(m.waiting); {
		i += m.reading.next(m.waiting[i:])
	}
	m.waiting = m.waiting[:0]
}

// title reads a heading. It can be the title of an operation if a call
// follows soon; otherwise it only parts what it stands between.
func (m *marked) title(l source.Line, rest []source.Line, h []int) {
	text, level := markdown.Inline(l.Slice(h[4], h[5])).Trim(), h[3]-h[2]
	section, known := label.Heading(text.Text)
	switch {
	case text.Text == "":
	case known:
		m.titled = m.titled && section != label.Interface && section != label.Request
		m.reading.open(text, level)
	case m.titled, level > 1 && !leads(rest), strings.HasSuffix(text.Text, ":"), strings.HasSuffix(text.Text, "："):
		m.reading.begins(text, level)
		m.reading.line(text)
	default:
		m.reading.open(text.Slice(len(chapter.FindString(text.Text)), len(text.Text)), level)
	}
}

// near is how many lines below its title a call is named.
const near = 12

// leads tells whether a call, or what announces one, is near.
func leads(lines []source.Line) bool {
	for _, i := range ahead(lines, near) {
		text := markdown.Inline(lines[i]).Trim().Text
		if section, ok := label.Heading(text); ok {
			return section == label.Interface
		}
		if calls(text) || label.CallLine(text) {
			return true
		}
		if atxHeading.MatchString(lines[i].Text) {
			return false
		}
	}
	return false
}

// fence reads a fenced block. A heading of a section inside means that nobody
// closed it. Text that somebody fenced for its looks is read as text.
func (m *marked) fence(lines []source.Line, mark []string) int {
	if m.unclosed && mark[2] == "" {
		m.unclosed = false
		return 1
	}
	n, closed := 1, false
	for ; n < len(lines); n++ {
		text := lines[n].Text
		if f := fenceMark.FindStringSubmatch(text); f != nil && f[1][0] == mark[1][0] && f[2] == "" {
			closed = true
			break
		}
		if h := atxHeading.FindStringSubmatch(text); h != nil {
			if _, ok := label.Heading(h[2]); ok {
				break
			}
		}
	}
	m.unclosed = !closed && n < len(lines)
	m.fenced(lines[1:n], mark[2])
	if closed {
		n++
	}
	return n
}

func (m *marked) fenced(lines []source.Line, lang string) {
	for len(lines) > 0 && lines[0].Blank() {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return
	}
	if prose(lines) {
		for i := 0; i < len(lines); {
			i += m.reading.next(lines[i:])
		}
		return
	}
	m.addCode(codeBlock(lines, strings.ToLower(lang)))
}

// prose tells whether a fenced block is text of a page: it states a method or
// an address, or has a table.
func prose(lines []source.Line) bool {
	for i, l := range lines {
		if key, _, _ := label.Statement(l.Text); key == label.KeyMethod || key == label.KeyURL {
			return true
		}
		if _, _, ok := head(l); ok || i > 100 {
			return ok
		}
	}
	return false
}

var tableTag = regexp.MustCompile(`(?i)<(/?)table[\s>]`)

// htmlTable is the number of lines of the HTML table that begins at the first
// line, or 0.
func htmlTable(lines []source.Line) int {
	if !strings.Contains(lines[0].Text, "<table") && !strings.Contains(lines[0].Text, "<TABLE") {
		return 0
	}
	depth := 0
	for i, l := range lines {
		for _, t := range tableTag.FindAllStringSubmatch(l.Text, -1) {
			if t[1] == "" {
				depth++
			} else {
				depth--
			}
		}
		if depth <= 0 {
			return i + 1
		}
	}
	return len(lines)
}

// markup reads an HTML table.
func (m *marked) markup(lines []source.Line) {
	h := newMarkup(lines, &m.reading)
	h.walk(html.Parse(h.whole.Text))
	h.flush()
}

var (
	keyed     = regexp.MustCompile(`^\s*$|^[A-Za-z_]+\s*:|^(?:\s+|- )\S`)
	frontLine = regexp.MustCompile(`^(title|date|description|linkTitle)\s*:\s*(?:>-?\s*)?['"]?(.*?)['"]?\s*$`)
)

// frontMatter tells how many lines the front matter of a site generator takes.
// It heads every page of several in one file.
func frontMatter(lines []source.Line) int {
	const longest = 60
	titled := false
	for i, l := range lines[:min(len(lines), longest)] {
		text := strings.TrimRight(l.Text, " \t")
		switch rule := text == "---"; {
		case i == 0 && rule:
		case i > 0 && rule && titled:
			return i + 1
		case i == 0 || rule || !keyed.MatchString(text):
			return 0
		}
		titled = titled || strings.HasPrefix(text, "title")
	}
	return 0
}

// front reads the front matter.
func (m *marked) front(lines []source.Line) {
	for _, l := range lines {
		f := frontLine.FindStringSubmatchIndex(l.Text)
		if f == nil || f[4] == f[5] {
			continue
		}
		value := l.Slice(f[4], f[5])
		switch l.Text[f[2]:f[3]] {
		case "title":
			m.titled = true
			m.heading(value, 1)
		case "date":
			m.line(value.Changed([]source.Change{{With: "更新时间："}}))
		case "description":
			m.line(value)
		}
	}
}
