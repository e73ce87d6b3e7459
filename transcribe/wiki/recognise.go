package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/markdown"
	"github.com/wxgen/wxgen/transcribe/source"
)

// The names of the shapes.
const (
	FormatFlat      = "wiki-flat"
	FormatCellLines = "wiki-celllines"
	FormatTable     = "wiki-md-table"
	FormatHugo      = "hugo-wiki"
	FormatHK        = "hk-wiki"
	FormatHTML      = "wiki-html"
)

// marksOf are what a document shows of the wiki's tables.
type marksOf struct {
	flat, cells   bool // a head on one line, or with a cell a line
	pipes         bool // a head between pipes, or Markdown around one
	hugo, hk      bool // its columns, its words
	markup, doc   bool // a table in HTML, and the doc centre's own elements
	fenced        bool
	roles, errors bool // the wiki's label of who may call, a table of errors
	rows          int  // between pipes, that look like rows of the wiki's tables
}

var hkHead = regexp.MustCompile(`(?i)Field Name\s*\|?\s*ID\s*\|?\s*Type`)

// hkWords tells whether a line is one of the cross-border wiki.
func hkWords(text string) bool {
	return strings.Contains(text, "apihk.mch.weixin") || strings.Contains(text, "/hk/v3/") || strings.Contains(text, "/v3/global/") ||
		strings.Contains(text, "ype") && hkHead.MatchString(text)
}

// look goes through a document once.
func look(text source.Text) marksOf {
	var m marksOf
	for i, l := range text.Lines {
		if len(l.Text) > 1000 {
			l = l.Slice(0, len("<table"))
		}
		m.line(l, text.Lines[i:])
	}
	return m
}

func (m *marksOf) line(l source.Line, rest []source.Line) {
	text := l.Text
	m.hk = m.hk || hkWords(text)
	switch {
	case strings.TrimSpace(text) == "":
	case strings.Contains(text, "iwiki-"):
		m.doc = true
	case strings.Contains(text, "<th") || strings.Contains(text, "<td"):
		m.markup = true
	case fenceMark.MatchString(text), strings.HasPrefix(text, "## "), strings.HasPrefix(text, "# "):
		m.fenced = true
	}
	if cells := barred(l); len(cells) > 2 {
		if words := texts(cells); wikiHead(words) {
			m.pipes, m.hugo = true, m.hugo || strings.Contains(text, "参数名/描述")
		} else if c, ok := guess(words); ok && c.Label >= 0 && c.Text > c.Type {
			m.rows++
			m.pipes = m.pipes || m.rows > 1
		}
		return
	}
	m.roles = m.roles || strings.Contains(text, "适用对象")
	if words := strings.Split(strings.TrimSpace(text), "\t"); len(words) > 3 {
		c, ok := guess(words)
		m.flat = m.flat || ok && c.Label >= 0 && c.Text > c.Type
	}
	if kind, words, ok := head(l); ok {
		m.flat = m.flat || kind == fieldTable && wikiHead(words)
		m.errors = m.errors || kind == errorTable
	} else if kind, words, n := cellHead(rest); n > 0 && kind == fieldTable && wikiHead(words) {
		m.cells = true
	}
}

// barred are the cells of a line that has bars.
func barred(l source.Line) []source.Line {
	if !strings.Contains(l.Text, "|") {
		return nil
	}
	return pipes(markdown.Inline(l))
}

// wikiHead tells whether the head of a table is one of the wiki's: it has a
// column for the names beside one for the labels.
func wikiHead(words []string) bool {
	c, ok := label.FieldColumns(words)
	if !ok {
		return false
	}
	return c.Label >= 0 || strings.Contains(strings.Join(words, " "), "变量")
}

// RecogniseHTML tells whether a document is a page of the wiki in HTML.
func RecogniseHTML(text source.Text) bool {
	m := look(text)
	return m.markup && !m.doc && !m.fenced && wikiText(text)
}

func wikiText(text source.Text) bool {
	for _, l := range text.Lines {
		if strings.Contains(l.Text, "变量") || strings.Contains(l.Text, "长度限制") || strings.Contains(l.Text, "Field Name") {
			return true
		}
	}
	return false
}

// RecogniseHugo tells whether a document is a page of the site generator's
// copy.
func RecogniseHugo(text source.Text) bool {
	front := frontMatter(text.Lines) > 0
	for _, l := range text.Lines {
		if strings.Contains(l.Text, "参数名/描述/示例值") || front && strings.Contains(l.Text, "请求 URL") {
			return true
		}
	}
	return false
}

// RecogniseTable tells whether a document has the wiki's tables in Markdown.
func RecogniseTable(text source.Text) bool {
	m := look(text)
	return m.pipes || m.markup && wikiText(text) || m.fenced && m.flat
}

// RecogniseHK tells whether a document is a page of the cross-border wiki.
func RecogniseHK(text source.Text) bool {
	m := look(text)
	return m.hk && (m.flat || m.cells || m.pipes)
}

// HK reads a page of the cross-border wiki, which comes in all shapes.
func HK(text source.Text) ([]block.Block, error) {
	if m := look(text); m.pipes || m.fenced {
		return Markdown(text)
	}
	return Flat(text)
}

// RecogniseCellLines tells whether a document has the wiki's tables with a
// cell a line.
func RecogniseCellLines(text source.Text) bool { return look(text).cells }

// RecogniseFlat tells whether a document has the wiki's tables with a row a
// line.
func RecogniseFlat(text source.Text) bool {
	m := look(text)
	return m.flat || m.roles && m.errors
}
