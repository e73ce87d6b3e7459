package model

import (
	"slices"

	"github.com/wxgen/wxgen/generator/load"
)

// isUnion tells whether a value is one of several objects. Alternatives of
// other types say nothing that a Go type could hold apart.
func isUnion(s *load.Schema) bool {
	return len(s.OneOf) > 0 && !slices.ContainsFunc(s.OneOf, func(alt *load.Schema) bool {
		return !isObject(alt.Target())
	})
}

// union describes the alternatives of a oneOf. They are told apart by the
// discriminator, or else by the properties that only one of them requires.
func (b *builder) union(n *Named) *Union {
	u := &Union{}
	if d := n.Spec.Discriminator; d != nil {
		u.Discriminator = d.Property
	}
	taken := map[string]bool{"Raw": true}
	for i, s := range n.Spec.OneOf {
		alt := b.alternative(n, s, i)
		for taken[alt.Name] {
			alt.Name += "Value"
		}
		taken[alt.Name] = true
		u.Alternatives = append(u.Alternatives, alt)
	}
	if u.Discriminator == "" {
		b.distinct(n, u)
	}
	return u
}

func (b *builder) alternative(n *Named, s *load.Schema, i int) *Alternative {
	t := s.Target()
	name := schemaName(t)
	if t.Name == "" {
		name = firstOf(t.GoName, n.Name+string(rune('A'+i%26)))
	}
	typ := b.resolve(s, origin{parent: n.Name, at: n.at + "|" + name, what: "an alternative of " + n.Name, candidates: []string{name, n.Name + name}})
	alt := &Alternative{Name: typ.Named.Name, Type: typ.Named}
	if d := n.Spec.Discriminator; d != nil {
		alt.Values = b.discriminatorValues(d, t)
		return alt
	}
	alt.Required = slices.Sorted(slices.Values(b.flatten(t).Required))
	return alt
}

// discriminatorValues are those that the mapping gives a schema. Without a
// mapping, the schema's own property or name says it.
func (b *builder) discriminatorValues(d *load.Discriminator, t *load.Schema) []string {
	var out []string
	for _, m := range d.Mapping {
		if m.Schema != nil && m.Schema.Target() == t {
			out = append(out, m.Value)
		}
	}
	if p := b.flatten(t).Property(d.Property); len(out) == 0 && p != nil {
		s := p.Schema.Target()
		if s.Const != nil {
			return []string{s.Const.Text}
		}
		for _, v := range s.Enum {
			out = append(out, v.Text)
		}
	}
	if len(out) == 0 && t.Name != "" {
		out = []string{t.Name}
	}
	return out
}

// distinct reports alternatives that nothing tells apart: the first of them
// would hide the others.
func (b *builder) distinct(n *Named, u *Union) {
	for i, alt := range u.Alternatives {
		for _, other := range u.Alternatives[:i] {
			if slices.Equal(alt.Required, other.Required) {
				b.fail(n.Spec.Pos, "add a discriminator, or require a property that only one of them has",
					"nothing tells %s and %s of %s apart", other.Name, alt.Name, n.Name)
			}
		}
	}
}
