package infer

import (
	"github.com/wxgen/wxgen/transcribe/infer/sample"
	"github.com/wxgen/wxgen/transcribe/page"
)

// witness is what examples and programs know of an object: either may be nil.
type witness struct {
	shape *shape
	class *sample.Class
}

// sight is what they know of a field.
type sight struct {
	shape  *shape
	member *sample.Member
}

func (w witness) of(name string) sight {
	s := sight{shape: w.shape.find(name)}
	if w.class != nil {
		if m, ok := w.class.Member(name); ok {
			s.member = &m
		}
	}
	return s
}

func (w witness) none() bool { return w.shape == nil && w.class == nil }

func (w witness) has(name string) bool {
	s := w.of(name)
	return s.shape != nil || s.member != nil
}

// allows tells whether nothing speaks against a field being a member of the
// object: not the type of the value that stands there, not a class that lacks
// it, and not an example without it if it is required.
func (w witness) allows(f *page.Field) bool {
	switch s := w.of(f.Name.Value); {
	case s.shape != nil && !s.shape.holds(f.Type.Value):
		return false
	case s.shape != nil || s.member != nil:
		return true
	case w.class != nil:
		return false
	}
	return w.shape == nil || w.shape.partial || f.Required.Value != page.Required
}

// below is what is known of the object that a field holds.
func (c *comparison) below(s sight) witness {
	w := witness{shape: s.shape.below()}
	if s.member != nil {
		w.class = c.program.Classes[s.member.Type.Name]
	}
	return w
}

// enumOf is the enum that a program gives to a field.
func (c *comparison) enumOf(s sight) *sample.Enum {
	if s.member == nil {
		return nil
	}
	return c.program.Enums[s.member.Type.Name]
}

// declared is the type that a program gives to a field, and that of its
// elements if it is a list.
func (c *comparison) declared(s sight) (kind, items page.Fact[page.Type]) {
	if s.member == nil {
		return kind, items
	}
	pos := c.programPos(s.member.Place)
	if t := c.basicType(s.member.Type.Name); t != "" {
		kind = page.Seen(t, pos, page.FromSample)
	}
	if s.member.Type.List {
		return page.Seen(page.Array, pos, page.FromSample), kind
	}
	return kind, items
}

func (c *comparison) basicType(name string) page.Type {
	switch name {
	case sample.String, sample.Time:
		return page.String
	case sample.Integer:
		return page.Integer
	case sample.Number:
		return page.Number
	case sample.Boolean:
		return page.Boolean
	case sample.Map:
		return page.Object
	}
	if c.program.Enums[name] != nil {
		return page.String
	}
	if c.program.Classes[name] != nil {
		return page.Object
	}
	return ""
}
