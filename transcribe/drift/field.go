package drift

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// node is what a spec says of one parameter or property.
type node struct {
	schema   *load.Schema
	pos      load.Pos
	required bool
	roles    []load.RoleNeed
	notes    []string
	example  string // of a parameter
}

func (c *comparison) parameters(said []*page.Field) {
	names := map[string]bool{}
	for _, f := range said {
		names[f.Name.Value] = true
		p := c.parameter(f.Name.Value)
		if p == nil {
			c.differ(Difference{Fact: "field", Field: f.Name.Value, Word: f.Name.Value, Page: described(f), Impact: added(f), PagePos: f.Name.Pos, SpecPos: c.spec.Pos})
			continue
		}
		if f.Place.Known() && string(f.Place.Value) != p.In {
			c.differ(Difference{Fact: "place", Field: f.Name.Value, Page: string(f.Place.Value), Spec: p.In, Impact: Breaks,
				PagePos: f.Place.Pos, SpecPos: p.Pos}, p.Notes)
		}
		n := node{schema: p.Schema, pos: p.Pos, required: p.Required, roles: slices.Concat(p.Roles, p.Schema.Roles), notes: slices.Concat(p.Notes, notes(p.Schema))}
		if p.Example != nil {
			n.example = p.Example.Value
		}
		c.field(f.Name.Value, f, n)
	}
	if len(said) == 0 {
		return
	}
	for _, p := range c.spec.Parameters {
		if !names[p.Name] && p.In != "header" && !c.absent(slices.Concat(p.Roles, p.Schema.Roles)) {
			c.differ(Difference{Fact: "field", Field: p.Name, Word: p.Name, Spec: p.In, Impact: Breaks, PagePos: said[0].Name.Pos, SpecPos: p.Pos}, p.Notes, notes(p.Schema))
		}
	}
}

func (c *comparison) parameter(name string) *load.Parameter {
	for _, p := range c.spec.Parameters {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func (c *comparison) body(said []*page.Field) {
	if c.spec.Body == nil {
		for _, f := range said {
			c.differ(Difference{Fact: "field", Field: f.Name.Value, Word: f.Name.Value, Page: described(f), Impact: added(f), PagePos: f.Name.Pos, SpecPos: c.spec.Pos})
		}
		return
	}
	if len(c.spec.Body.Content) > 0 {
		c.fields("", said, c.spec.Body.Content[0].Schema)
	}
}

func (c *comparison) answers(said []*page.Answer) {
	spec := c.spec.Success()
	c.answer = true
	for _, a := range said {
		if spec == nil {
			continue
		}
		if status := strconv.Itoa(a.Status.Value); a.Status.Known() && !c.hasStatus(status) {
			c.differ(Difference{Fact: "status", Page: status, Spec: spec.Status, Impact: Breaks, PagePos: a.Status.Pos, SpecPos: spec.Pos})
		}
		if m := load.JSON(spec.Content); m != nil {
			c.fields("", a.Fields, m.Schema)
		} else if len(a.Fields) > 0 {
			c.differ(Difference{Fact: "answer", Page: "a body", Spec: "none", Impact: Breaks, PagePos: a.Fields[0].Name.Pos, SpecPos: spec.Pos})
		}
	}
}

func (c *comparison) hasStatus(status string) bool {
	return slices.ContainsFunc(c.spec.Responses, func(r *load.Response) bool { return r.Status == status })
}

// fields compares the members of an object, and those below them.
func (c *comparison) fields(at string, said []*page.Field, object *load.Schema) {
	if len(said) == 0 {
		return
	}
	has, around := members(object, nil), object.Target().Notes
	for _, f := range said {
		path := join(at, f.Name.Value)
		i := slices.IndexFunc(has, func(p member) bool { return p.Name == f.Name.Value })
		if i < 0 {
			c.differ(Difference{Fact: "field", Field: path, Word: f.Name.Value, Page: described(f), Impact: added(f),
				PagePos: f.Name.Pos, SpecPos: object.Pos}, around)
			continue
		}
		c.field(path, f, node{schema: has[i].Schema, pos: has[i].Pos, required: has[i].required, roles: has[i].Schema.Roles,
			notes: slices.Concat(around, notes(has[i].Schema))})
	}
	if said[0].Name.From != page.Stated {
		return // what an example shows need not be all
	}
	for _, p := range has {
		if !slices.ContainsFunc(said, func(f *page.Field) bool { return f.Name.Value == p.Name }) && !c.absent(p.Schema.Roles) {
			c.differ(Difference{Fact: "field", Field: join(at, p.Name), Word: p.Name, Spec: p.Schema.Target().Type(), Impact: Breaks,
				PagePos: said[0].Name.Pos, SpecPos: p.Pos}, around, notes(p.Schema))
		}
	}
}

// member is a property with whether its object demands it.
type member struct {
	*load.Property
	required bool
}

// members lists the properties of an object, with those that it is composed
// of, and those of the items of a list.
func members(s *load.Schema, seen []*load.Schema) []member {
	s = s.Target()
	if slices.Contains(seen, s) {
		return nil
	}
	seen = append(seen, s)
	var out []member
	for _, part := range s.AllOf {
		out = append(out, members(part, seen)...)
	}
	for _, p := range s.Properties {
		out = append(out, member{p, s.IsRequired(p.Name)})
	}
	switch {
	case s.Items != nil:
		out = append(out, members(s.Items, seen)...)
	case s.ContentSchema != nil:
		out = append(out, members(s.ContentSchema, seen)...)
	}
	return out
}

// notes are those of a property, of the type that it refers to, and of what a
// list holds.
func notes(s *load.Schema) []string {
	out := slices.Clone(s.Notes)
	t := s.Target()
	if t != s {
		out = append(out, t.Notes...)
	}
	if t.Items != nil {
		out = append(out, t.Items.Notes...)
		out = append(out, t.Items.Target().Notes...)
	}
	return out
}

func (c *comparison) field(path string, f *page.Field, n node) {
	d := func(fact, said, has string, impact Impact, at page.Pos) {
		c.differ(Difference{Fact: fact, Field: path, Page: said, Spec: has, Impact: impact, PagePos: at, SpecPos: n.pos}, n.notes)
	}
	if has := n.label(f.Name.Value); f.Label.From == page.Stated && f.Label.Value != has && f.Label.Value != n.schema.Target().Title {
		d("label", f.Label.Value, has, Tells, f.Label.Pos)
	}
	if has := kind(n.schema); f.Type.Known() && !sameType(f.Type.Value, has) {
		d("type", string(f.Type.Value), has, Breaks, f.Type.Pos)
		return
	}
	c.needs(path, f, n)
	c.limits(path, f, n)
	c.enum(path, f, n)
	if f.Example.Known() && n.example != "" && f.Example.Value != n.example {
		d("example", f.Example.Value, n.example, Tells, f.Example.Pos)
	}
	if len(f.Fields) > 0 {
		c.fields(path, f.Fields, n.schema)
	}
}

// needs compares the flag of a field, for each role that the page tells apart.
func (c *comparison) needs(path string, f *page.Field, n node) {
	if f.Required.From != page.Stated || f.Place.Value == page.Path {
		return
	}
	if len(f.Needs) == 0 {
		for _, role := range c.roles {
			if has := n.need(role); has != plain(f.Required.Value) && has != page.Absent {
				c.need(path, f.Required.Value, has, f.Required.Pos, n)
				return
			}
		}
		if has := n.need(""); len(c.roles) == 0 && has != plain(f.Required.Value) {
			c.need(path, f.Required.Value, has, f.Required.Pos, n)
		}
		return
	}
	for _, said := range f.Needs {
		if has := n.need(said.Role); has != plain(said.Need) {
			c.need(path+" for "+said.Role, said.Need, has, said.Pos, n)
		}
	}
}

// need notes that a flag differs. In an answer it does not break anybody who
// was not promised the field.
func (c *comparison) need(path string, said, has page.Need, at page.Pos, n node) {
	impact := Breaks
	if c.answer && has != page.Required || said == page.Absent {
		impact = Tells
	}
	c.differ(Difference{Fact: "required", Field: path, Page: string(plain(said)), Spec: string(has), Impact: impact, PagePos: at, SpecPos: n.pos}, n.notes)
}

// label is the field's own, or that of the glossary.
func (n node) label(name string) string {
	if n.schema.Title != "" || n.schema.Document == nil {
		return n.schema.Title
	}
	return n.schema.Document.Glossary[name].Label
}

// plain is a flag as specs have it: conditional fields are optional.
func plain(need page.Need) page.Need {
	if need == page.Conditional {
		return page.Optional
	}
	return need
}

// need is what the spec says for a role.
func (n node) need(role string) page.Need {
	for _, r := range n.roles {
		if r.Role == role {
			return page.Need(r.Need)
		}
	}
	if n.required {
		return page.Required
	}
	return page.Optional
}

// absent tells whether the spec says that the roles of the page do not have
// the field.
func (c *comparison) absent(roles []load.RoleNeed) bool {
	for _, r := range roles {
		if r.Need == "absent" && slices.Contains(c.roles, r.Role) {
			return true
		}
	}
	return false
}

// kind is the type of a schema in the words of a page. Times and JSON in a
// string are strings.
func kind(s *load.Schema) string {
	t := s.Target()
	if t.Type() == "" && len(t.AllOf)+len(t.Properties)+len(t.OneOf) > 0 {
		return string(page.Object)
	}
	if t.Type() == "string" && (t.Format == "binary" || t.ContentMediaType == "application/octet-stream") {
		return string(page.File)
	}
	return t.Type()
}

// sameType lets a page's number stand for an integer, which pages mean by it.
func sameType(said page.Type, has string) bool {
	return string(said) == has || said == page.Number && has == string(page.Integer)
}

func described(f *page.Field) string {
	parts := []string{string(f.Type.Value), string(f.Required.Value)}
	if text := strings.TrimSpace(strings.Join(parts, " ")); text != "" {
		return text
	}
	return "a field"
}

// added is what a new field means: one that has to be sent breaks calls.
func added(f *page.Field) Impact {
	if f.Required.Value == page.Required && f.Place.Known() {
		return Breaks
	}
	return Adds
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func number(n int64) string { return fmt.Sprint(n) }
