package html

import (
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// Format is the name of the format.
const Format = "html"

// RecogniseCentre tells whether a document is HTML of the doc centre.
func RecogniseCentre(text source.Text) bool {
	for _, l := range text.Lines {
		if strings.Contains(l.Text, `class="iwiki-`) || strings.Contains(l.Text, `class="content-title`) {
			return true
		}
	}
	return false
}

// Recognise tells whether a document is HTML.
func Recognise(text source.Text) bool {
	looked := 0
	for _, l := range text.Lines {
		if l.Blank() {
			continue
		}
		start := strings.ToLower(l.Text[:min(len(l.Text), 4096)])
		if looked == 0 && strings.HasPrefix(strings.TrimSpace(start), "<") && !strings.HasPrefix(strings.TrimSpace(start), "<br") &&
			!strings.HasPrefix(strings.TrimSpace(start), "<?php") {
			return true
		}
		for _, tag := range []string{"<!doctype html", "<html", "<body", `class="iwiki-`} {
			if strings.Contains(start, tag) {
				return true
			}
		}
		if looked++; looked > 50 {
			break
		}
	}
	return false
}

// Read makes blocks of a page of the doc centre.
func Read(text source.Text) ([]block.Block, error) {
	w := walker{doc: text.Whole(), cells: map[*Node]cellText{}}
	root := Parse(w.doc.Text)
	w.head(root)
	main := root.Find(func(n *Node) bool { return n.Attr("id") == "main-content" })
	if main == nil {
		main = root.Find(func(n *Node) bool { return n.Class("iwiki-wrapper") })
	}
	if main == nil {
		main = root
	}
	w.walk(main)
	w.flush()
	return w.blocks, nil
}

// walker goes through a tree and leaves blocks.
type walker struct {
	doc    source.Whole
	blocks []block.Block
	line   line
	level  int  // of the heading that the line is, 0 if none
	listed bool // the line began with a list item
	code   string
	fresh  bool // a field may begin: a rule, a heading or a fold came before
	cells  map[*Node]cellText
}

// head takes title and date, which stand outside the content.
func (w *walker) head(root *Node) {
	for _, class := range []string{"content-title", "last-updated-date"} {
		n := root.Find(func(n *Node) bool { return n.Class(class) })
		if n == nil {
			continue
		}
		if class == "content-title" {
			w.level = 1
		}
		w.inside(n)
		w.flush()
	}
}

// skipped are elements without anything to read.
var skipped = set(atom.Script, atom.Style, atom.Head, atom.Svg, atom.Img, atom.Button, atom.Nav, atom.Noscript, atom.Iframe,
	atom.Template, atom.Title, atom.Select, atom.Textarea)

// noise are classes of elements that belong to the site, not to the page.
var noise = []string{
	"toggle-all-expand-btn", "iwiki-tab-panel-nav", "iwiki-codeBlock-copy", "iwiki-expand-icon", "iwiki-expand-title", "toc-container",
	"relative-doc-and-moresupport", "feedback-and-moresupport", "sub-sidebar", "feedback-box", "content-title", "last-updated-date",
}

func ignored(n *Node) bool {
	if skipped[n.Tag] {
		return true
	}
	if n.Attr("class") == "" {
		return false
	}
	for _, class := range noise {
		if n.Class(class) {
			return true
		}
	}
	return false
}

func (w *walker) inside(n *Node) {
	for _, c := range n.Children {
		w.walk(c)
	}
}

func (w *walker) walk(n *Node) {
	switch {
	case n.Text != "":
		w.line.add(n.Text, n.At)
	case ignored(n):
	case n.Tag == atom.Br:
		w.flush()
	case n.Tag == atom.Hr:
		w.flush()
		w.fresh = true
	case n.Tag == atom.Pre:
		w.pre(n)
	case n.Tag == atom.Table:
		w.flush()
		w.table(n)
		w.flush()
	case n.Tag == atom.Code:
		w.inlineCode(n)
	case heading(n.Tag) > 0:
		w.flush()
		w.level = heading(n.Tag)
		w.inside(n)
		w.flush()
	case n.Attr("language") != "":
		w.flush()
		before := w.code
		w.code = n.Attr("language")
		w.inside(n)
		w.code = before
	case n.Tag == atom.Li:
		w.flush()
		w.listed = true
		w.inside(n)
		w.flush()
		w.listed = false
	case blocks[n.Tag]:
		w.flush()
		w.inside(n)
		w.flush()
	default:
		w.inside(n)
	}
}

func heading(tag atom.Atom) int {
	switch tag {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// inlineCode marks code with the backticks of Markdown, so that a line shows
// which of its words are code; flush takes them off.
func (w *walker) inlineCode(n *Node) {
	w.line.add("`", n.At)
	w.inside(n)
	w.line.add("`", n.At)
}

var codedItem = regexp.MustCompile("^`\\s*([^`]+?)\\s*`\\s*(?:[:：]\\s*|$)")

// flush ends the line that was being put together.
func (w *walker) flush() {
	l := w.line
	w.line = line{}
	level := w.level
	w.level = 0
	raw := strings.TrimRight(l.text.String(), " ")
	if raw == "" {
		if level > 0 {
			w.level = level // the heading's text comes in a block of its own
		}
		return
	}
	if m := codedItem.FindStringSubmatchIndex(raw); m != nil && w.listed {
		text := strings.ReplaceAll(raw[m[1]:], "`", "")
		w.add(block.Block{Kind: block.Item, Value: raw[m[2]:m[3]], Text: strings.TrimSpace(text), Pos: l.pos(w.doc, m[2])})
		w.listed = false
		return
	}
	w.textLine(&l, raw, level)
}

func (w *walker) textLine(l *line, raw string, level int) {
	text := strings.ReplaceAll(raw, "`", "")
	first := 0
	if strings.HasPrefix(raw, "`") {
		first = 1
	}
	pos := l.pos(w.doc, first)
	if level > 0 {
		w.fresh = true
		w.add(block.Block{Kind: block.Heading, Level: level, Text: text, Pos: pos})
		return
	}
	if name, ok := label.NameLine(raw); ok && (name.Type != "" || w.fresh) {
		w.fresh = false
		f := block.Fields{Name: name.Name, Need: name.Need, Type: name.Type}
		f.At = block.At{Name: l.pos(w.doc, name.NameAt), Need: l.pos(w.doc, name.NeedAt)}
		if name.TypeAt >= 0 {
			f.At.Type = l.pos(w.doc, name.TypeAt)
		}
		w.add(block.Block{Kind: block.Field, Field: f, Pos: f.At.Name})
		return
	}
	_, w.fresh = label.PlaceLine(text)
	w.add(block.Block{Kind: block.Line, Text: text, Pos: pos})
}

func (w *walker) add(b block.Block) { w.blocks = append(w.blocks, b) }

func (w *walker) at(n *Node) page.Pos { return w.doc.Pos(n.At) }
