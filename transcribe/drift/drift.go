// Package drift tells where a documentation page and a spec no longer agree.
// Only what the page states is held against the spec: a fact that a copy of a
// page lost is no difference.
package drift

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Impact is what a difference means for users of the generated package.
type Impact string

// Impacts, from the worst on. Breaks: calls fail or answers lose something
// until the spec follows. Adds: something new cannot be used yet. Tells:
// documentation only. Older: no difference to mend, but the reason for others:
// the spec was made of a newer page.
const (
	Breaks Impact = "breaks"
	Adds   Impact = "adds"
	Tells  Impact = "tells"
	Older  Impact = "older"
)

var impacts = []Impact{Breaks, Adds, Tells, Older}

// Count is how many of the differences are to be looked into.
func Count(found []Difference) int {
	n := 0
	for _, d := range found {
		if d.Impact != Older {
			n++
		}
	}
	return n
}

// Difference is one fact that page and spec do not share.
type Difference struct {
	Operation string   `json:"operation"` // GET /v3/a, or an event type
	Fact      string   `json:"fact"`      // type, required, enum value, error row …
	Field     string   `json:"field,omitempty"`
	Page      string   `json:"page,omitempty"` // what the page says; empty: nothing
	Spec      string   `json:"spec,omitempty"`
	Word      string   `json:"-"` // what a note quotes in place of the rest: a code, a name
	Impact    Impact   `json:"impact"`
	PagePos   page.Pos `json:"-"`
	SpecPos   load.Pos `json:"-"`
}

// String tells the difference in one line, without the places.
func (d Difference) String() string {
	what := d.Fact
	if d.Field != "" {
		what = d.Field + ": " + d.Fact
	}
	switch {
	case d.Page == "":
		return fmt.Sprintf("%s: %s %s is in the spec, not on the page", d.Operation, what, d.Spec)
	case d.Spec == "":
		return fmt.Sprintf("%s: %s %s is on the page, not in the spec", d.Operation, what, d.Page)
	}
	return fmt.Sprintf("%s: %s is %s on the page, %s in the spec", d.Operation, what, d.Page, d.Spec)
}

// Compare holds a page's operations and events against the specs. What the
// specs do not have at all is a difference, too.
func Compare(p *page.Page, specs *Index) []Difference {
	var out []Difference
	for _, op := range p.Operations {
		spec := specs.Operation(op)
		if spec == nil {
			out = append(out, Difference{
				Operation: op.Method.Value + " " + op.Path.Value, Fact: "operation", Page: titleOr(op.Title, "without a title"),
				Impact: Adds, PagePos: op.Path.Pos, SpecPos: load.Pos{},
			})
			continue
		}
		out = append(out, compareOperation(op, spec)...)
	}
	for _, e := range p.Events {
		out = append(out, specs.compareEvent(e)...)
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return cmp.Compare(rank(a.Impact), rank(b.Impact)) })
	return out
}

// titleOr is a title, or other words: a difference without them would say that
// the page has nothing.
func titleOr(title page.Fact[string], other string) string {
	if title.Value == "" {
		return other
	}
	return title.Value
}

func rank(i Impact) int { return slices.Index(impacts, i) }

// comparison collects the differences of one operation or event.
type comparison struct {
	name  string
	spec  *load.Operation
	roles []string // of the page
	found []Difference

	answer bool // it is at fields that WeChat Pay sends
}

// differ notes a difference, unless a note of the spec speaks of it.
func (c *comparison) differ(d Difference, notes ...[]string) {
	d.Operation = c.name
	if Explained(d, slices.Concat(append(notes, c.spec.Notes)...)...) {
		return
	}
	c.found = append(c.found, d)
}
