package diff

import (
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// typeText writes a type as generated code does.
func typeText(t *model.Type) string {
	switch t.Kind {
	case model.String:
		return "string"
	case model.Bool:
		return "bool"
	case model.Int32:
		return "int32"
	case model.Int64:
		return "int64"
	case model.Uint32:
		return "uint32"
	case model.Uint64:
		return "uint64"
	case model.Float64:
		return "float64"
	case model.Time:
		return "wxpay.Time"
	case model.Slice:
		return "[]" + typeText(t.Elem)
	case model.Map:
		return "map[string]" + typeText(t.Elem)
	case model.JSONText:
		return "wxpay.JSON[" + typeText(t.Elem) + "]"
	case model.File:
		return "wxpay.File"
	case model.Stream:
		return "wxpay.Stream"
	case model.Ref:
		return t.Named.Name
	}
	return "json.RawMessage"
}

// sameType tells whether a program that uses the old type compiles with the
// new one. A type that only has another name counts as the same: that is told
// of the type, once.
func (c *comparison) sameType(a, b *model.Type) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind {
		return false
	}
	if a.Kind == model.Ref {
		return c.sameNamed(a.Named, b.Named)
	}
	return c.sameType(a.Elem, b.Elem)
}

// sameNamed takes types of one name for the same wherever they stand in the
// specs and however many places share them. Of different names are the same
// types if the one went when the other came.
func (c *comparison) sameNamed(a, b *model.Named) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Name == b.Name || !c.newTypes[a.Name] && !c.oldTypes[b.Name]
}

// inside compares the declared types that two types hold.
func (c *comparison) inside(a, b *model.Type, sent bool) {
	x, y := held(a), held(b)
	if x != nil && y != nil {
		c.named(x, y, sent)
	}
}

func held(t *model.Type) *model.Named {
	for t.Elem != nil {
		t = t.Elem
	}
	return t.Named
}

// named compares two declared types, in one direction: sent says that it is
// part of a request, otherwise it is part of an answer or a notification. Types
// that merely took each other's place are not compared.
func (c *comparison) named(a, b *model.Named, sent bool) {
	if !c.sameNamed(a, b) || c.seen[visit{a, b, sent}] {
		return
	}
	c.seen[visit{a, b, sent}] = true
	oldPos, newPos := a.Spec.Pos, b.Spec.Pos
	c.addIf("type-renamed", "the type has another name", a.Name, b.Name, oldPos, newPos)
	if form(a) != form(b) {
		c.add("type-form-changed", "the type "+b.Name+" is another thing", form(a), form(b), oldPos, newPos)
		return
	}
	switch {
	case b.Enum != nil:
		c.enum(a, b)
	case b.Union != nil:
		c.union(a, b, sent)
	default:
		c.fields(a, b, sent)
	}
	if b.Operation == "" {
		c.addIf("label-changed", "the label of "+b.Name+" changed", a.Title, b.Title, oldPos, newPos)
		c.addIf("description-changed", "the description of "+b.Name+" changed", a.Doc, b.Doc, oldPos, newPos)
	}
}

// form says what sort of type is declared.
func form(n *model.Named) string {
	switch {
	case n.Enum != nil && n.Enum.Integer:
		return "an enum of integers"
	case n.Enum != nil:
		return "an enum of strings"
	case n.Union != nil:
		return "a union"
	}
	return "a struct"
}

// value is a constant of an enum with its place.
type value struct {
	model.EnumValue
	pos  load.Pos
	tail string // the name without that of the type
}

func values(n *model.Named) []value {
	out := make([]value, len(n.Enum.Values))
	for i, v := range n.Enum.Values {
		out[i] = value{EnumValue: v, pos: n.Spec.Enum[i].Pos, tail: strings.TrimPrefix(v.Name, n.Name)}
	}
	return out
}

// enum compares constants: by value first, then by name. That a constant has
// the new name of its type is told of the type.
func (c *comparison) enum(a, b *model.Named) {
	both, gone, came := match(values(a), values(b),
		func(x, y value) bool { return x.Wire == y.Wire },
		func(x, y value) bool { return x.tail == y.tail })
	for _, v := range both {
		if v.old.tail != v.new.tail {
			c.add("constant-renamed", "the constant for "+v.new.Wire+" has another name", v.old.Name, v.new.Name, v.old.pos, v.new.pos)
		}
		c.addIf("constant-value-changed", "the constant "+v.new.Name+" stands for another value", v.old.Wire, v.new.Wire, v.old.pos, v.new.pos)
		c.addIf("description-changed", "the description of "+v.new.Name+" changed", v.old.Doc, v.new.Doc, v.old.pos, v.new.pos)
	}
	for _, v := range gone {
		c.add("constant-removed", "the constant "+v.Name+" is gone", v.Wire, "", v.pos, load.Pos{})
	}
	for _, v := range came {
		c.add("constant-added", "the constant "+v.Name+" is new", "", v.Wire, load.Pos{}, v.pos)
	}
}

// union compares alternatives: by their names, then by what tells them.
func (c *comparison) union(a, b *model.Named, sent bool) {
	both, gone, came := match(a.Union.Alternatives, b.Union.Alternatives,
		func(x, y *model.Alternative) bool { return x.Name == y.Name },
		func(x, y *model.Alternative) bool { return signs(a.Union, x) == signs(b.Union, y) })
	for _, alt := range both {
		x, y := alt.old, alt.new
		oldPos, newPos := x.Type.Spec.Pos, y.Type.Spec.Pos
		if x.Name != y.Name || !c.sameNamed(x.Type, y.Type) {
			c.add("alternative-renamed", "an alternative of "+b.Name+" has another name or type", x.Name, y.Name, oldPos, newPos)
		}
		c.addIf("alternative-told-otherwise", b.Name+"."+y.Name+" is told by another sign", signs(a.Union, x), signs(b.Union, y), oldPos, newPos)
		c.named(x.Type, y.Type, sent)
	}
	for _, alt := range gone {
		c.add("alternative-removed", "the alternative "+a.Name+"."+alt.Name+" is gone", alt.Type.Name, "", alt.Type.Spec.Pos, load.Pos{})
	}
	for _, alt := range came {
		c.add("alternative-added", "the alternative "+b.Name+"."+alt.Name+" is new", "", alt.Type.Name, load.Pos{}, alt.Type.Spec.Pos)
	}
}

// signs says how an alternative is recognised.
func signs(u *model.Union, alt *model.Alternative) string {
	if u.Discriminator != "" {
		return u.Discriminator + " is " + strings.Join(alt.Values, " or ")
	}
	return "has " + strings.Join(alt.Required, ", ")
}
