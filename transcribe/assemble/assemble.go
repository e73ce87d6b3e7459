// Package assemble turns the blocks of a document into a page. It is the only
// place that knows what the platform's sections mean: which table holds
// parameters, which the answer, what an example under which heading shows.
package assemble

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Options are facts about a document that it does not hold itself. They
// stand in for what the document does not say, and never replace it.
type Options struct {
	Title   page.Fact[string]
	Updated page.Fact[string] // YYYY-MM-DD
	Doc     page.Fact[string] // path on pay.weixin.qq.com
	Repairs []page.Repair     // what was mended before the document was read
	// TitleInHeading says that the format marks its titles as headings, so
	// that no other line can be one.
	TitleInHeading bool
}

// Refusal is the error for a document that describes no operation and no
// notification, or not enough of one.
type Refusal struct {
	File string
	Why  string
}

func (r *Refusal) Error() string { return r.File + ": refused: " + r.Why }

// Page makes a page of the blocks of a document. The error is a *Refusal.
func Page(file, format string, blocks []block.Block, opts Options) (*page.Page, error) {
	b := &builder{
		page:   &page.Page{File: file, Format: format, Repairs: opts.Repairs},
		opts:   opts,
		titles: titles{headed: opts.TitleInHeading},
		used:   map[page.Pos]bool{},
	}
	b.fields.finder = b
	for i := range blocks {
		b.next(&blocks[i])
	}
	return b.finish()
}

// builder holds where the reading stands.
type builder struct {
	page *page.Page
	opts Options

	section label.Section
	place   page.Place // as the last place line said; empty if there was none
	bad     bool       // the examples that follow show a failure

	draft  *draft // the operation being read, nil before the first
	drafts []*draft

	fields fieldStack
	table  errorTable
	notes  *label.Columns // of a table that tells what fields are for
	kinds  bool           // a heading says that event types follow
	titles titles
	count  int  // fields so far
	rating bool // the line before is, or announces, a limit of calls

	used map[page.Pos]bool // places of text, and whether facts were taken from it
}

// draft is an operation or event in the making. Which of the two it is shows
// late in some formats, so both are filled.
type draft struct {
	op    page.Operation
	event page.Event

	request []*page.Field // of all places together
	answer  *page.Answer  // the one being read
	answers []*page.Answer
	others  []page.Fact[string] // further paths of the same description
	summary []string

	isEvent     bool
	pathless    bool // 请求方式 without a path
	download    bool
	begun       bool             // it has fields, error rows or examples
	otherStatus page.Fact[int]   // the example names another status
	kinds       []page.EnumValue // event types that have a table of their own
	partial     []page.Pos       // limits that hold for a part of the calls
	owned       []owned          // limits of calls that the page names
}

// current is the operation being read, begun if there is none.
func (b *builder) current() *draft {
	if b.draft == nil {
		return b.open()
	}
	return b.draft
}

// open begins another operation.
func (b *builder) open() *draft {
	b.draft = &draft{}
	b.drafts = append(b.drafts, b.draft)
	b.place, b.bad = "", false
	b.fields.reset(nil)
	b.table = errorTable{}
	return b.draft
}

func (b *builder) next(bl *block.Block) {
	took := false
	if bl.Doc != "" && !b.page.Doc.Known() {
		b.page.Doc = page.Said(bl.Doc, bl.Pos)
	}
	if bl.Doubt != "" {
		b.doubt(bl)
	}
	switch bl.Kind {
	case block.Line, block.Heading:
		took = b.line(bl)
	case block.Field:
		took = b.field(bl)
	case block.Item:
		took = b.fields.item(bl)
	case block.Row:
		took = b.row(bl)
	case block.Open:
		b.fields.push(bl.Unended, bl.Unended && bl.Maybe)
		return
	case block.Close:
		b.fields.pop()
		return
	case block.Folded:
		b.fields.fold()
		return
	case block.Code:
		b.example(bl)
		return
	}
	if bl.Pos.Line > 0 {
		b.used[bl.Pos] = b.used[bl.Pos] || took
	}
}

// doubt passes on what a reader was not sure of.
func (b *builder) doubt(bl *block.Block) {
	about := clip(bl.Field.Name)
	if b.draft != nil && b.draft.op.Path.Known() {
		about = strings.TrimSuffix(nameOf(&b.draft.op)+": "+about, ": ")
	}
	b.find(bl.Pos, page.Doubt, about, bl.Doubt, "look at the page")
}

func (b *builder) find(pos page.Pos, kind page.Kind, about, what, how string) {
	b.page.Findings = append(b.page.Findings, page.Finding{Pos: pos, Kind: kind, About: about, What: what, How: how})
}
