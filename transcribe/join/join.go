// Package join makes one operation of the many pages that describe it: one for
// each role, and one for each product that has it. What all pages say stays
// one; what differs by role is kept by role; contradictions are reported.
package join

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Joined is what a set of pages describes.
type Joined struct {
	Operations []*page.Operation // in the order of their first page
	Events     []*page.Event
	Findings   []page.Finding // what the pages do not agree on
}

// Pages joins pages. The pages themselves stay as they are.
func Pages(pages []*page.Page) *Joined {
	return PagesApart(pages, func(*page.Event, *page.Event) bool { return false })
}

// PagesApart joins pages, but no notifications that apart calls different,
// however much their types and data are alike.
func PagesApart(pages []*page.Page, apart func(a, b *page.Event) bool) *Joined {
	j := &Joined{}
	var operations, events groups
	for _, p := range pages {
		for i, op := range p.Operations {
			key := page.Key(op.Method.Value, op.Path.Value)
			if !op.Path.Known() {
				key = fmt.Sprintf("%s#%d", p.File, i)
			}
			operations.add(key, operationVersion(p, op))
		}
		for i, e := range p.Events {
			key := eventKey(e)
			if key == "" {
				key = fmt.Sprintf("%s#%d", p.File, i)
			}
			events.add(key, eventVersion(p, e))
		}
	}
	for _, versions := range operations.list() {
		j.Operations = append(j.Operations, j.operation(versions))
	}
	for _, versions := range events.list() {
		for _, same := range sameEvent(versions, apart) {
			j.Events = append(j.Events, j.event(same))
		}
	}
	return j
}

// version is what one page says.
type version struct {
	source page.Source
	op     *page.Operation
	event  *page.Event
}

// groups are versions by key, in the order in which keys came.
type groups struct {
	keys     []string
	versions map[string][]version
}

func (g *groups) add(key string, v version) {
	if g.versions == nil {
		g.versions = map[string][]version{}
	}
	if len(g.versions[key]) == 0 {
		g.keys = append(g.keys, key)
	}
	g.versions[key] = append(g.versions[key], v)
}

func (g *groups) list() [][]version {
	var all [][]version
	for _, key := range g.keys {
		all = append(all, g.versions[key])
	}
	return all
}

// operationVersion takes what stands on the page for all of its operations.
func operationVersion(p *page.Page, op *page.Operation) version {
	own := *op
	own.Title, own.Doc, own.Updated = either(op.Title, p.Title), either(op.Doc, p.Doc), either(op.Updated, p.Updated)
	return version{op: &own, source: page.Source{
		File: p.File, Format: p.Format, Pos: op.Path.Pos,
		Title: own.Title.Value, Doc: own.Doc.Value, Updated: own.Updated.Value, Roles: values(op.Roles),
	}}
}

func eventVersion(p *page.Page, e *page.Event) version {
	own := *e
	own.Title, own.Doc, own.Updated = either(e.Title, p.Title), either(e.Doc, p.Doc), either(e.Updated, p.Updated)
	return version{event: &own, source: page.Source{
		File: p.File, Format: p.Format, Pos: own.Title.Pos,
		Title: own.Title.Value, Doc: own.Doc.Value, Updated: own.Updated.Value, Roles: values(e.Roles),
	}}
}

func either(a, b page.Fact[string]) page.Fact[string] {
	if a.Known() {
		return a
	}
	return b
}

func values[T comparable](facts []page.Fact[T]) []T {
	var out []T
	for _, f := range facts {
		out = append(out, f.Value)
	}
	return out
}

// ranks order the formats by how much of a page they keep, best first. What
// is not listed comes last.
var ranks = map[string]int{
	"html": 1, "md-official": 1,
	"md-iwiki": 2,
	"docline":  3, "copy": 3, "docinline": 3,
	"docs2023-bullets": 4, "docs2023-trailing-labels": 5,
	"catalogue": 6,
}

func rank(format string) int {
	if r, ok := ranks[format]; ok {
		return r
	}
	return len(ranks)
}

// preferred orders versions by how far their facts are to be trusted: the
// better format first, then the newer page.
func preferred(versions []version) []version {
	out := slices.Clone(versions)
	slices.SortStableFunc(out, func(a, b version) int {
		return cmp.Or(cmp.Compare(rank(a.source.Format), rank(b.source.Format)), cmp.Compare(b.source.Updated, a.source.Updated))
	})
	return out
}

// newest gives the indexes of versions, the newest first.
func newest(versions []version) []int {
	order := make([]int, len(versions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(versions[b].source.Updated, versions[a].source.Updated)
	})
	return order
}
