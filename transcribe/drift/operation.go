package drift

import (
	"fmt"
	"slices"

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
	if op.Deprecated.Value && !spec.Deprecated {
		c.differ(Difference{Fact: "deprecated", Page: "true", Spec: "false", Impact: Tells, PagePos: op.Deprecated.Pos, SpecPos: spec.Pos})
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

// date reports a page that is newer than the one that the spec was made of,
// and tells of one that is older.
func (c *comparison) date(updated page.Fact[string]) {
	has := c.spec.Source.Updated
	if !updated.Known() || updated.Value == has {
		return
	}
	d := Difference{Fact: "date", Page: updated.Value, Spec: has, Impact: Tells, PagePos: updated.Pos, SpecPos: c.spec.Pos}
	if updated.Value < has {
		d.Impact = Older
	}
	c.differ(d)
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

func values(facts []page.Fact[string]) []string {
	var out []string
	for _, f := range facts {
		out = append(out, f.Value)
	}
	return out
}
