package drift

import (
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// limits compares lengths, numbers of elements and ranges. A limit that the
// page gave up is a difference only where it still states the type that the
// limit belongs to; what it says in prose is a hint, and its absence nothing.
func (c *comparison) limits(path string, f *page.Field, n node) {
	target := n.schema.Target()
	minimum, maximum := target.Range()
	text := target // whose length the page states: of the elements of a list
	if target.Items != nil {
		text = target.Items.Target()
	}
	for _, l := range []struct {
		fact string
		said page.Fact[int64]
		has  *int64
	}{
		{"minimum length", f.MinLength, text.MinLength},
		{"maximum length", f.MaxLength, text.MaxLength},
		{"least number of elements", f.MinItems, target.MinItems},
		{"largest number of elements", f.MaxItems, target.MaxItems},
		{"minimum", f.Minimum, minimum},
		{"maximum", f.Maximum, maximum},
	} {
		if len(text.Enum) > 0 && strings.HasSuffix(l.fact, "length") {
			continue // the values say it
		}
		c.limit(path, l.fact, l.said, l.has, f, n)
	}
}

func (c *comparison) limit(path, fact string, said page.Fact[int64], has *int64, f *page.Field, n node) {
	d := Difference{Fact: fact, Field: path, Impact: Breaks, PagePos: said.Pos, SpecPos: n.pos}
	switch {
	case said.Known() && has == nil && trivial(fact, said.Value):
	case said.Known() && has == nil:
		d.Page = number(said.Value)
		c.differ(d, n.notes)
	case said.Known() && said.Value != *has:
		d.Page, d.Spec = number(said.Value), number(*has)
		c.differ(d, n.notes)
	case !said.Known() && has != nil && fact == "maximum length" && f.Type.From == page.Stated:
		d.Spec, d.PagePos, d.Impact = number(*has), f.Type.Pos, Tells
		c.differ(d, n.notes)
	}
}

// trivial is a limit that says nothing.
func trivial(fact string, value int64) bool { return fact == "minimum length" && value == 0 }

// enum compares the values that a field may have. What only sample programs
// show need not be all.
func (c *comparison) enum(path string, f *page.Field, n node) {
	has := enumOf(n.schema)
	if len(f.Enum) == 0 {
		return
	}
	for _, v := range f.Enum {
		if !slices.Contains(has, v.Value.Value) {
			c.differ(Difference{Fact: "enum value", Field: path, Page: v.Value.Value, Impact: Adds, PagePos: v.Value.Pos, SpecPos: n.pos}, n.notes)
		}
	}
	if f.Enum[0].Value.From != page.Stated {
		return
	}
	for _, value := range has {
		if !slices.ContainsFunc(f.Enum, func(v page.EnumValue) bool { return v.Value.Value == value }) {
			c.differ(Difference{Fact: "enum value", Field: path, Spec: value, Impact: Breaks, PagePos: f.Enum[0].Value.Pos, SpecPos: n.pos}, n.notes)
		}
	}
}

func enumOf(s *load.Schema) []string {
	t := s.Target()
	if t.Items != nil {
		t = t.Items.Target()
	}
	var out []string
	for _, v := range t.Enum {
		out = append(out, v.Text)
	}
	if t.Const != nil {
		out = append(out, t.Const.Text)
	}
	for _, part := range t.AllOf {
		out = append(out, enumOf(part)...)
	}
	return out
}

// errorRows compares the tables by status and code, each row once. Rows that
// the spec shares with all others may be left out by a page, which only links
// to them.
func (c *comparison) errorRows(said []page.ErrorRow) {
	if len(said) == 0 {
		return
	}
	has, common := map[string][]*load.ErrorRow{}, map[string]bool{}
	for _, row := range c.spec.Errors {
		k := number(int64(row.Status)) + " " + row.Code
		has[k] = append(has[k], row)
		common[k] = common[k] || row.Common
	}
	for _, rows := range has {
		slices.SortStableFunc(rows, func(a, b *load.ErrorRow) int { return own(b) - own(a) })
	}
	for _, row := range said {
		k := number(int64(row.Status.Value)) + " " + row.Code.Value
		if !row.Status.Known() {
			k = c.statusOf(row.Code.Value, has)
		}
		if len(has[k]) == 0 && row.Common && common[k] {
			continue // pages of one operation word a common row differently
		}
		if len(has[k]) == 0 {
			c.differ(Difference{Fact: "error row", Page: strings.TrimPrefix(k, "0 "), Word: row.Code.Value, Impact: Adds, PagePos: row.Code.Pos, SpecPos: c.spec.Pos})
			continue
		}
		has[k] = has[k][1:]
	}
	for _, row := range c.spec.Errors {
		k := number(int64(row.Status)) + " " + row.Code
		if len(has[k]) > 0 && !has[k][0].Common {
			c.differ(Difference{Fact: "error row", Spec: k, Word: row.Code, Impact: Tells, PagePos: said[0].Code.Pos, SpecPos: has[k][0].Pos})
			has[k] = has[k][1:]
		}
	}
}

// own is 1 for a row that the operation has for itself.
func own(row *load.ErrorRow) int {
	if row.Common {
		return 0
	}
	return 1
}

// statusOf finds the row of a code whose status the page lost.
func (c *comparison) statusOf(code string, has map[string][]*load.ErrorRow) string {
	for _, k := range slices.Sorted(maps.Keys(has)) {
		if rows := has[k]; len(rows) > 0 && rows[0].Code == code {
			return k
		}
	}
	return "0 " + code
}
