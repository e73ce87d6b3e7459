package diff

import (
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// fields compares the members of two structs. They belong together by their
// names on the wire and the part of the request that they stand in, then by
// their place in the path, then by name in another part of the request, and at
// last by name and type in Go.
func (c *comparison) fields(a, b *model.Named, sent bool) {
	both, gone, came := match(a.Fields, b.Fields,
		func(x, y *model.Field) bool { return x.In == y.In && x.Wire == y.Wire },
		c.sameVariable,
		func(x, y *model.Field) bool { return x.Wire == y.Wire },
		func(x, y *model.Field) bool { return x.Name == y.Name && fieldType(x) == fieldType(y) })
	for _, f := range both {
		c.field(fieldPair{f.old, f.new, subject(b, f.new), sent, a.Sent || b.Sent})
	}
	for _, f := range came {
		kind, what := Kind("field-added"), subject(b, f)+" is new"
		if sent && f.Required {
			kind, what = "field-added-required", what+" and required"
		}
		c.add(kind, what, "", fieldType(f), load.Pos{}, f.Pos)
	}
	for _, f := range gone {
		c.add("field-removed", subject(a, f)+" is gone", fieldType(f), "", f.Pos, load.Pos{})
	}
}

func (c *comparison) sameVariable(x, y *model.Field) bool {
	return x.In == "path" && y.In == "path" && c.variables[x.Wire] == y.Wire
}

// subject names a field by its struct, with its name on the wire.
func subject(n *model.Named, f *model.Field) string {
	return n.Name + "." + f.Name + " (" + f.Wire + ")"
}

func fieldType(f *model.Field) string {
	if f.Pointer {
		return "*" + typeText(f.Type)
	}
	return typeText(f.Type)
}

// fieldPair is a field on both sides, in one direction.
type fieldPair struct {
	old, new *model.Field
	subject  string
	sent     bool
	checked  bool // some request holds it
}

func (c *comparison) field(f fieldPair) {
	c.fieldNames(f)
	c.fieldTypes(f)
	c.required(f)
	c.limits(f)
	if f.old.Sensitive != f.new.Sensitive {
		f.add(c, "sensitivity-changed", f.subject+" travels otherwise", encrypted(f.old), encrypted(f.new))
	}
	c.deprecation(f.subject, f.old.Deprecated, f.new.Deprecated, f.old.Pos, f.new.Pos)
	if ownTitle(f.old) != ownTitle(f.new) {
		f.add(c, "label-changed", "the label of "+f.subject+" changed", f.old.Title, f.new.Title)
	}
	f.addIf(c, "description-changed", "the description of "+f.subject+" changed", f.old.Doc, f.new.Doc)
	c.inside(f.old.Type, f.new.Type, f.sent)
}

func (f fieldPair) add(c *comparison, kind Kind, what, old, new string) {
	c.add(kind, what, old, new, f.old.Pos, f.new.Pos)
}

func (f fieldPair) addIf(c *comparison, kind Kind, what, old, new string) {
	c.addIf(kind, what, old, new, f.old.Pos, f.new.Pos)
}

// fieldNames compares how a field is called and where it travels. The name of
// a path variable does not travel.
func (c *comparison) fieldNames(f fieldPair) {
	f.addIf(c, "field-renamed", f.subject+" has another name", f.old.Name, f.new.Name)
	if !c.sameVariable(f.old, f.new) {
		f.addIf(c, "field-wire-changed", f.subject+" has another name on the wire", f.old.Wire, f.new.Wire)
	}
	f.addIf(c, "field-moved", f.subject+" travels elsewhere", part(f.old), part(f.new))
	if f.old.In == f.new.In && (f.new.In == "query" || f.new.In == "header") {
		f.addIf(c, "field-encoding-changed", f.subject+" is written otherwise", encoding(f.old), encoding(f.new))
	}
}

// part names the part of a message that a field stands in.
func part(f *model.Field) string {
	switch f.In {
	case "":
		return "a member of the body"
	case "body":
		return "the body"
	}
	return f.In
}

// encoding says how a value stands in the query or a header.
func encoding(f *model.Field) string {
	switch {
	case f.JSON:
		return "as JSON text"
	case f.Comma:
		return "joined by commas"
	case f.Type.Kind == model.Slice:
		return "the key repeated"
	}
	return "as it is"
}

func (c *comparison) fieldTypes(f fieldPair) {
	was, is := fieldType(f.old), fieldType(f.new)
	switch {
	case !c.sameType(f.old.Type, f.new.Type):
		f.add(c, "field-type-changed", "the type of "+f.subject+" changed", was, is)
	case f.old.Pointer != f.new.Pointer:
		f.add(c, "field-pointer-changed", "the type of "+f.subject+" changed", was, is)
	}
}

// required compares whether a field must be there: what a program may leave
// out of a request is what it may miss in an answer.
func (c *comparison) required(f fieldPair) {
	switch {
	case f.old.Required == f.new.Required:
	case f.sent && f.new.Required:
		f.add(c, "field-became-required", f.subject+" is required now", "", "")
	case f.sent:
		f.add(c, "field-became-optional", f.subject+" is optional now", "", "")
	case f.new.Required:
		f.add(c, "field-became-required-in-response", f.subject+" always comes now", "", "")
	default:
		f.add(c, "field-became-optional-in-response", f.subject+" may be missing now", "", "")
	}
}

func encrypted(f *model.Field) string {
	if f.Sensitive {
		return "encrypted"
	}
	return "in plain text"
}

// ownTitle is the label of a field, unless it only repeats that of its type.
func ownTitle(f *model.Field) string {
	if n := f.Type.Named; n != nil && strings.TrimSpace(n.Title) == strings.TrimSpace(f.Title) {
		return ""
	}
	return f.Title
}
