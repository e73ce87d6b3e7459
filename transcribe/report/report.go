// Package report tells what an import made of documentation pages: what was
// read, inferred, repaired and left open, and the page's facts beside the
// spec's, for people who review them.
package report

import (
	"cmp"
	"slices"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Report is what one run read.
type Report struct {
	Pages   []Page   `json:"pages"`
	Refused []string `json:"refused,omitempty"` // documents that nothing was taken from, with the reason
}

// Page is what one document gave.
type Page struct {
	File     string    `json:"file"`
	Format   string    `json:"format"`
	Title    string    `json:"title,omitempty"`
	Updated  string    `json:"updated,omitempty"`
	Lines    int       `json:"lines"`
	Unused   int       `json:"unused_lines"`
	Repairs  []Repair  `json:"repairs,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
	Calls    []Call    `json:"calls"`
}

// Repair is a kind of damage that was mended.
type Repair struct {
	Step  string `json:"step"`
	Count int    `json:"count"`
	First string `json:"first"`
	What  string `json:"what"`
}

// Finding is what a reader wants to be looked at.
type Finding struct {
	At    string    `json:"at"`
	Kind  page.Kind `json:"kind"`
	About string    `json:"about,omitempty"`
	What  string    `json:"what"`
	How   string    `json:"how,omitempty"`
}

// Call is an operation or a notification, fact by fact.
type Call struct {
	Name string `json:"name"` // GET /v3/a, or an event type
	Spec string `json:"spec,omitempty"`
	Rows []Row  `json:"rows"`
}

// State says how page and spec stand to each other in a row.
type State string

// States of a row.
const (
	Same     State = "same"
	Differs  State = "differs"
	PageOnly State = "page only"
	SpecOnly State = "spec only"
)

// Row is a fact on both sides, in one notation.
type Row struct {
	Part   string        `json:"part"` // call, request, answer, errors, resource
	Name   string        `json:"name"`
	Page   string        `json:"page,omitempty"`
	PageAt string        `json:"page_at,omitempty"`
	From   page.Evidence `json:"from,omitempty"`
	Spec   string        `json:"spec,omitempty"`
	SpecAt string        `json:"spec_at,omitempty"`
	State  State         `json:"state"`
}

// Add puts a page into the report, beside what the specs hold now.
func (r *Report) Add(p *page.Page, specs *drift.Index) {
	out := Page{File: p.File, Format: p.Format, Title: p.Title.Value, Updated: p.Updated.Value, Lines: p.Lines, Unused: p.Unused}
	for _, step := range p.Repairs {
		out.Repairs = append(out.Repairs, Repair{step.Step, step.Count, step.First.String(), step.What})
	}
	for _, f := range p.Findings {
		out.Findings = append(out.Findings, Finding{f.Pos.String(), f.Kind, f.About, f.What, f.How})
	}
	for _, op := range p.Operations {
		out.Calls = append(out.Calls, operation(op, specs.Operation(op)))
	}
	for _, e := range p.Events {
		for _, t := range e.Types {
			out.Calls = append(out.Calls, event(e, t.Value.Value, specs.Event(e, t.Value.Value)))
		}
	}
	r.Pages = append(r.Pages, out)
}

// Sort puts the pages with the most to look at first.
func (r *Report) Sort() {
	slices.SortStableFunc(r.Pages, func(a, b Page) int { return cmp.Compare(len(b.Findings), len(a.Findings)) })
}

// Inferred counts the facts that the pages do not state.
func (p Page) Inferred() int {
	n := 0
	for _, c := range p.Calls {
		for _, row := range c.Rows {
			if row.From != page.Unknown && row.From != page.Stated {
				n++
			}
		}
	}
	return n
}

// Facts counts the facts that the pages have.
func (p Page) Facts() int {
	n := 0
	for _, c := range p.Calls {
		for _, row := range c.Rows {
			if row.Page != "" {
				n++
			}
		}
	}
	return n
}

// Count is the number of rows in a state.
func (c Call) Count(state State) int {
	n := 0
	for _, row := range c.Rows {
		if row.State == state {
			n++
		}
	}
	return n
}

func at(pos load.Pos) string {
	if pos.Line == 0 {
		return ""
	}
	return pos.String()
}
