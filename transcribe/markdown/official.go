// Package markdown reads the doc centre's own Markdown (pages that end in
// .md), and Markdown that readers' tools make of its HTML.
package markdown

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// Official is the name of the format of the doc centre's own Markdown.
const Official = "md-official"

// A page without a table of fields tells by its links, which lead to other
// pages' Markdown.
var (
	officialLink = regexp.MustCompile(`\]\(https://pay\.weixin\.qq\.com/doc/v3/(?:merchant|partner)/\d+\.md[)#]`)
	officialHead = regexp.MustCompile(`(?m)^\s*\|\s*参数名\s*\|\s*类型\s*\|\s*必填\s*\|\s*描述\s*\|`)
)

// RecogniseOfficial tells whether a document is the doc centre's Markdown.
func RecogniseOfficial(text source.Text) bool {
	for _, l := range text.Lines {
		if isRow(l.Text) && officialHead.MatchString(l.Text) || strings.Contains(l.Text, ".md") && officialLink.MatchString(l.Text) {
			return true
		}
	}
	return false
}

// RecogniseAny tells whether a document is Markdown with headings that pages
// have. It is for documents that no other format claims.
func RecogniseAny(text source.Text) bool {
	for _, l := range text.Lines {
		if m := headingLine.FindStringSubmatch(l.Text); m != nil {
			if _, ok := label.Heading(m[2]); ok {
				return true
			}
		}
	}
	return false
}

// ReadOfficial makes blocks of the doc centre's Markdown.
func ReadOfficial(text source.Text) ([]block.Block, error) {
	r := reader{}
	for i := 0; i < len(text.Lines); i++ {
		r.line(text.Lines, i)
	}
	r.endCode()
	return r.blocks, nil
}

// reader goes through the lines of a document.
type reader struct {
	blocks []block.Block

	code  *block.Block // the fence that is open
	fence string
	body  strings.Builder

	table   bool // the lines are rows of one table
	fields  bool // of fields
	columns label.Columns
}

var (
	headingLine = regexp.MustCompile(`^\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$`)
	fenceLine   = regexp.MustCompile("^\\s*(`{3,}|~{3,})\\s*(.*)$")
	quoteLine   = regexp.MustCompile(`^\s*(?:>\s?)+`)
	listLine    = regexp.MustCompile(`^\s*[-*+]\s+`)
)

func (r *reader) line(lines []source.Line, i int) {
	l := lines[i]
	if m := fenceLine.FindStringSubmatchIndex(l.Text); m != nil {
		r.atFence(l, m)
		return
	}
	if r.code != nil {
		r.codeLine(l)
		return
	}
	if isRow(l.Text) {
		r.row(lines, i)
		return
	}
	r.table = false
	if l.Blank() {
		return
	}
	if m := headingLine.FindStringSubmatchIndex(l.Text); m != nil {
		title := Inline(l.Slice(m[4], m[5])).Trim()
		r.blocks = append(r.blocks, block.Block{Kind: block.Heading, Level: m[3] - m[2], Text: title.Text, Pos: title.Pos(0)})
		return
	}
	r.plain(l)
}

var sampleLink = regexp.MustCompile(`\]\(https://pay\.weixin\.qq\.com(/doc/v3/(?:merchant|partner)/\d+)-(?:curl|java|go)\.md\)`)

// ownPath is the page's own path, which the links to its samples begin with.
func ownPath(text string) string {
	if !strings.Contains(text, ".md)") {
		return ""
	}
	if m := sampleLink.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// plain is a line of text, in a quotation, a list or none.
func (r *reader) plain(l source.Line) {
	if m := quoteLine.FindString(l.Text); m != "" {
		l = l.Slice(len(m), len(l.Text))
	}
	if m := listLine.FindString(l.Text); m != "" {
		l = l.Slice(len(m), len(l.Text))
	}
	for _, p := range parts(l) {
		if clean := Inline(p.Line).Trim(); clean.Text != "" {
			r.blocks = append(r.blocks, block.Block{Kind: block.Line, Text: clean.Text, Doc: ownPath(p.Text), Pos: clean.Pos(0)})
		}
	}
}

// row reads a line of a table. The first line is its head.
func (r *reader) row(lines []source.Line, i int) {
	l := lines[i]
	cells := row(l)
	if isRule(l.Text) || len(cells) == 0 || strings.Trim(l.Text, "| \t") == "" {
		return
	}
	first := !r.table
	r.table = true
	if first || i+1 < len(lines) && isRule(lines[i+1].Text) {
		r.columns, r.fields = head(cells)
		if !r.fields {
			r.blocks = append(r.blocks, rowBlock(cells, true))
		}
		return
	}
	if r.fields {
		r.blocks = append(r.blocks, fieldBlocks(cells, r.columns)...)
		return
	}
	r.blocks = append(r.blocks, rowBlock(cells, false))
}

// atFence opens or closes code. Pages glue a heading to the closing fence.
func (r *reader) atFence(l source.Line, m []int) {
	r.table = false
	info := strings.TrimSpace(l.Text[m[4]:m[5]])
	if r.code == nil {
		r.fence = l.Text[m[2]:m[3]]
		r.code = &block.Block{Kind: block.Code, Lang: language(info)}
		return
	}
	if l.Text[m[2]] != r.fence[0] || m[3]-m[2] < len(r.fence) {
		r.codeLine(l)
		return
	}
	r.endCode()
	if info != "" {
		r.line([]source.Line{l.Slice(m[4], m[5])}, 0)
	}
}

func language(info string) string {
	word, _, _ := strings.Cut(info, " ")
	return strings.ToLower(strings.Trim(word, "{}."))
}

func (r *reader) codeLine(l source.Line) {
	if len(r.code.Lines) == 0 {
		r.code.Pos = l.Pos(0)
	} else {
		r.body.WriteByte('\n')
	}
	r.code.Lines = append(r.code.Lines, l.Pos(0))
	r.body.WriteString(l.Text)
}

func (r *reader) endCode() {
	if r.code == nil {
		return
	}
	r.code.Text = r.body.String()
	r.body.Reset()
	if len(r.code.Lines) > 0 {
		r.blocks = append(r.blocks, *r.code)
	}
	r.code = nil
}
