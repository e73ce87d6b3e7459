package catalogue

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Same tells whether two operations are one: names of variables and a trailing
// slash do not count.
func Same(a, b *page.Operation) bool {
	return page.Key(a.Method.Value, a.Path.Value) == page.Key(b.Method.Value, b.Path.Value)
}

// Enrich fills what pages left open with what a catalogue says. What pages
// say counts; fields that only the catalogue has are no fields, but remarks.
func Enrich(op, facts *page.Operation) []page.Finding {
	e := &enrichment{about: op.Method.Value + " " + op.Path.Value}
	fill(&op.Title, facts.Title)
	fill(&op.Updated, facts.Updated)
	fill(&op.Doc, facts.Doc)
	fill(&op.Deprecated, facts.Deprecated)
	if len(op.Hosts) == 0 {
		op.Hosts = facts.Hosts
	}
	if len(op.Roles) == 0 {
		op.Roles = facts.Roles
	}
	if len(op.RateLimits) == 0 {
		op.RateLimits = facts.RateLimits
	}
	e.fields("", op.Parameters, facts.Parameters)
	e.fields("", op.Body, facts.Body)
	if len(op.Answers) == 0 {
		op.Answers = facts.Answers
	} else if len(facts.Answers) > 0 {
		fill(&op.Answers[0].Status, facts.Answers[0].Status)
		e.fields("answer: ", op.Answers[0].Fields, facts.Answers[0].Fields)
	}
	e.errors(op, facts.Errors)
	return e.found
}

// Alike tells whether two notifications have most of their data in common.
func Alike(a, b *page.Event) bool {
	shared := 0
	for _, f := range a.Resource {
		if named(b.Resource, f.Name.Value) != nil {
			shared++
		}
	}
	return 3*shared >= 2*min(len(a.Resource), len(b.Resource))
}

// EnrichEvent fills what pages left open of a notification.
func EnrichEvent(e, facts *page.Event) []page.Finding {
	x := &enrichment{about: e.Types[0].Value.Value}
	fill(&e.Title, facts.Title)
	fill(&e.OriginalType, facts.OriginalType)
	x.fields("", e.Resource, facts.Resource)
	return x.found
}

type enrichment struct {
	about string
	found []page.Finding
}

func fill[T comparable](into *page.Fact[T], from page.Fact[T]) {
	if !into.Known() {
		*into = from
	}
}

func (e *enrichment) fields(prefix string, into, from []*page.Field) {
	for _, f := range from {
		known := named(into, f.Name.Value)
		if known == nil {
			e.found = append(e.found, page.Finding{
				Pos: f.Name.Pos, Kind: page.Doubt, About: e.about + ": " + prefix + f.Name.Value,
				What: "the catalogue has a field that no page describes; left out",
			})
			continue
		}
		e.field(prefix+f.Name.Value, known, f)
	}
}

func (e *enrichment) field(path string, into, from *page.Field) {
	fill(&into.Label, from.Label)
	fill(&into.Type, from.Type)
	fill(&into.Required, from.Required)
	if into.Type.Value == from.Type.Value {
		fill(&into.Items, from.Items)
		fill(&into.Time, from.Time)
		fill(&into.Secret, from.Secret)
		fill(&into.JSON, from.JSON)
		fill(&into.Example, from.Example)
	}
	if into.Folded && len(into.Fields) == 0 {
		into.Fields = from.Fields
		return
	}
	if len(into.Fields) == 0 {
		return
	}
	e.fields(path+".", into.Fields, from.Fields)
}

// errors gives the rows of a page the short words of the catalogue: the rows
// of one status and code stand in one order in both.
func (e *enrichment) errors(op *page.Operation, rows []page.ErrorRow) {
	if len(op.Errors) == 0 {
		op.Errors = rows
		return
	}
	type id struct {
		status int
		code   string
		common bool
	}
	short := map[id][]page.ErrorRow{}
	count := map[id]int{}
	for _, r := range rows {
		k := id{r.Status.Value, r.Code.Value, r.Common}
		short[k] = append(short[k], r)
	}
	for _, r := range op.Errors {
		count[id{r.Status.Value, r.Code.Value, r.Common}]++
	}
	next := map[id]int{}
	for i := range op.Errors {
		r := &op.Errors[i]
		k := id{r.Status.Value, r.Code.Value, r.Common}
		if len(short[k]) != count[k] {
			if len(short[k]) > 0 && next[k] == 0 {
				e.found = append(e.found, page.Finding{Pos: r.Code.Pos, Kind: page.Doubt, About: e.about, What: fmt.Sprintf(
					"%d rows %d %s here and %d in the catalogue, so that its words fit none", count[k], k.status, k.code, len(short[k]))})
			}
			next[k]++
			continue
		}
		r.Meaning, r.Action = short[k][next[k]].Meaning, short[k][next[k]].Action
		next[k]++
	}
}
