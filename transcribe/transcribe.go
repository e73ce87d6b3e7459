// Package transcribe reads documentation pages. Read takes a document in any
// of the formats in which pages reach people, recognises which one it is,
// mends its damage, and gives a page of facts or a refusal.
package transcribe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/assemble"
	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/html"
	"github.com/wxgen/wxgen/transcribe/lines"
	"github.com/wxgen/wxgen/transcribe/markdown"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/repair"
	"github.com/wxgen/wxgen/transcribe/source"
	"github.com/wxgen/wxgen/transcribe/wiki"
)

// Refusal is the error for a document that describes no operation and no
// notification: a guide, a call of the front end, an empty shell.
type Refusal = assemble.Refusal

// Options are what the caller knows about a document.
type Options struct {
	// Format names the reader. Empty: the document tells.
	Format string
	// Title, Updated and Doc stand in for what the document does not say.
	Title, Updated, Doc page.Fact[string]
}

// reader is a format.
type reader struct {
	name      string
	recognise func(source.Text) bool
	read      func(source.Text) ([]block.Block, error)
	headed    bool // titles are marked as headings, or absent
}

// Formats that have a parser of their own, and are mended only so far that
// the parser finds what it looks for; and those of plain text, which all
// repairs are made for, and of which a file may hold several pages. Both in
// the order in which they are tried.
var (
	marked = []reader{
		{html.Format, html.RecogniseCentre, html.Read, true},
		{markdown.IWiki, markdown.RecogniseIWiki, markdown.ReadIWiki, true},
		{markdown.Official, markdown.RecogniseOfficial, markdown.ReadOfficial, true},
		{wiki.FormatHTML, wiki.RecogniseHTML, wiki.HTML, false},
		{html.Format, html.Recognise, html.Read, true},
	}
	plain = []reader{
		{wiki.FormatHK, wiki.RecogniseHK, wiki.HK, false},
		{wiki.FormatHugo, wiki.RecogniseHugo, wiki.Markdown, false},
		{wiki.FormatTable, wiki.RecogniseTable, wiki.Markdown, false},
		{wiki.FormatCellLines, wiki.RecogniseCellLines, wiki.CellLines, false},
		{wiki.FormatFlat, wiki.RecogniseFlat, wiki.Flat, false},
		{lines.Docinline, lines.RecogniseDocinline, lines.ReadDocinline, false},
		{lines.Bullets, lines.RecogniseBullets, lines.ReadBullets, false},
		{lines.TrailingLabels, lines.RecogniseTrailingLabels, lines.ReadTrailingLabels, false},
		{lines.Copy, lines.RecogniseCopy, lines.ReadCopy, false},
		{lines.Docline, lines.RecogniseDocline, lines.ReadDocline, false},
		{markdown.Official, markdown.RecogniseAny, markdown.ReadOfficial, true},
	}
)

// Formats names the readers, as Options.Format takes them.
func Formats() []string {
	var names []string
	for _, r := range append(append([]reader{}, marked...), plain...) {
		if !slices.Contains(names, r.name) {
			names = append(names, r.name)
		}
	}
	return names
}

// Read makes a page of a document. A document that is no page of an operation
// or a notification gives a *Refusal.
func Read(file string, data []byte, opts Options) (*page.Page, error) {
	text, err := source.Read(file, data)
	if err != nil {
		return nil, err
	}
	mended := repair.Markup(text)
	if r, ok := choose(marked, mended, opts.Format); ok {
		if err := oversized(mended); err != nil {
			return nil, err
		}
		return readAs(r, mended, opts)
	}
	comments, ok := wiki.Uncomment(text)
	if !ok {
		comments = []source.Text{text}
	}
	var parts []source.Text
	for _, c := range comments {
		parts = append(parts, repair.Text(c)...)
	}
	var pages []*page.Page
	var refused error
	for _, part := range parts {
		p, err := readPlain(part, opts)
		if err != nil {
			refused = cmp.Or(refused, err)
			continue
		}
		pages = append(pages, p)
	}
	if len(pages) == 0 {
		return nil, refused
	}
	return together(pages), nil
}

// readPlain reads a page of plain text.
func readPlain(text source.Text, opts Options) (*page.Page, error) {
	if err := oversized(text); err != nil {
		return nil, err
	}
	r, ok := choose(plain, text, opts.Format)
	switch {
	case ok:
		return readAs(r, text, opts)
	case opts.Format == "":
		return nil, &Refusal{File: text.File, Why: "it is in no format that is known"}
	}
	return nil, fmt.Errorf("read %s: there is no format %q, but %s", text.File, opts.Format, strings.Join(Formats(), ", "))
}

// Bounds of a page, some ten times what the largest of the doc centre has.
const (
	maxLines = 50_000
	maxTags  = 400_000
)

// oversized refuses what no page is, since reading it would take memory out of
// all proportion.
func oversized(text source.Text) error {
	tags := 0
	for _, line := range text.Lines {
		tags += strings.Count(line.Text, "<")
	}
	if len(text.Lines) <= maxLines && tags <= maxTags {
		return nil
	}
	return &Refusal{File: text.File, Why: fmt.Sprintf("it has %d lines and %d tags, no page has more than %d and %d: split it",
		len(text.Lines), tags, maxLines, maxTags)}
}

// readAs reads a text in a format.
func readAs(r reader, text source.Text, opts Options) (*page.Page, error) {
	blocks, err := r.read(text)
	if err != nil {
		return nil, fmt.Errorf("read %s as %s: %w", text.File, r.name, err)
	}
	return assemble.Page(text.File, r.name, blocks, assemble.Options{
		Title: opts.Title, Updated: opts.Updated, Doc: opts.Doc, Repairs: text.Repairs, TitleInHeading: r.headed,
	})
}

// together makes one page of those of a document: title, date and format are
// the first one's.
func together(pages []*page.Page) *page.Page {
	first := pages[0]
	for _, p := range pages[1:] {
		first.Operations = append(first.Operations, p.Operations...)
		first.Events = append(first.Events, p.Events...)
		first.Repairs = append(first.Repairs, p.Repairs...)
		first.Findings = append(first.Findings, p.Findings...)
		first.Lines += p.Lines
		first.Unused += p.Unused
	}
	return first
}

// choose finds the reader of a format, or the first that recognises a text.
func choose(among []reader, text source.Text, format string) (reader, bool) {
	for _, r := range among {
		if format == r.name || format == "" && r.recognise(text) {
			return r, true
		}
	}
	return reader{}, false
}
