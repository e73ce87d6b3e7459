package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

func compareOperation(op *page.Operation, spec *load.Operation) []Difference {
	c := &comparison{name: spec.Method + " " + spec.Path, spec: spec, roles: values(op.Roles)}
	c.text("title", op.Title, spec.Summary)
	c.date(op.Updated)
	c.comparePath(op.Path)
	c.compareRoles(op.Roles)
	c.rates(op.RateLimits)
	if op.Idempotent.Known() && op.Idempotent.Value != spec.Idempotent {
		c.differ(Difference{Fact: "idempotent", Page: fmt.Sprint(op.Idempotent.Value), Spec: fmt.Sprint(spec.Idempotent),
			Impact: Breaks, PagePos: op.Idempotent.Pos, SpecPos: spec.Pos})
	}
	c.parameters(op.Parameters)
	c.body(op.Body)
	c.answers(op.Answers)
	c.errorRows(op.Errors)
	return c.found
}

// text compares something that people read.
func (c *comparison) text(fact string, said page.Fact[string], spec string) {
	if said.Known() && said.Value != spec {
		c.differ(Difference{Fact: fact, Page: said.Value, Spec: spec, Impact: Tells, PagePos: said.Pos, SpecPos: c.spec.Pos})
	}
}

// date reports a page that is newer than the one that the spec was made of.
// An older page is another copy.
func (c *comparison) date(updated page.Fact[string]) {
	if updated.Known() && updated.Value > c.spec.Source.Updated {
		c.differ(Difference{Fact: "date", Page: updated.Value, Spec: c.spec.Source.Updated, Impact: Tells,
			PagePos: updated.Pos, SpecPos: c.spec.Pos})
	}
}

// comparePath looks at what the key leaves out: names of variables, and the
// slash at the end.
func (c *comparison) comparePath(path page.Fact[string]) {
	if path.Known() && path.Value != c.spec.Path {
		c.differ(Difference{Fact: "path", Page: path.Value, Spec: c.spec.Path, Impact: Breaks, PagePos: path.Pos, SpecPos: c.spec.Pos})
	}
}

// compareRoles reports roles that the page adds. The spec may have more, from
// the other pages of the operation.
func (c *comparison) compareRoles(roles []page.Fact[string]) {
	for _, r := range roles {
		if !slices.Contains(c.spec.Source.Roles, r.Value) {
			c.differ(Difference{Fact: "role", Page: r.Value, Impact: Adds, PagePos: r.Pos, SpecPos: c.spec.Pos})
		}
	}
}

func (c *comparison) rates(limits []page.Fact[page.RateLimit]) {
	if len(limits) == 0 {
		return
	}
	var said, has []string
	for _, l := range limits {
		said = append(said, rate(l.Value.Requests, l.Value.Seconds, l.Value.Per))
	}
	for _, l := range c.spec.RateLimits {
		per := l.Per
		if len(limits) == 1 && limits[0].Value.Per == "" {
			per = "" // the page does not say per what
		}
		has = append(has, rate(l.Requests, int(l.Period.Seconds()), per))
	}
	slices.Sort(said)
	slices.Sort(has)
	if !slices.Equal(said, has) {
		c.differ(Difference{Fact: "rate limit", Page: strings.Join(said, ", "), Spec: strings.Join(has, ", "), Impact: Breaks,
			PagePos: limits[0].Pos, SpecPos: c.spec.Pos})
	}
}

func rate(requests, seconds int, per string) string {
	text := fmt.Sprintf("%d in %ds", requests, seconds)
	if per != "" {
		text += " per " + per
	}
	return text
}

func values(facts []page.Fact[string]) []string {
	var out []string
	for _, f := range facts {
		out = append(out, f.Value)
	}
	return out
}
