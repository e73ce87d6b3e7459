package model

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// origin says where a schema stands, so that an inline type can be named.
type origin struct {
	parent     string   // Go name of what holds it
	at         string   // where that stands, as names are remembered by
	wire       string   // its name on the wire
	goName     string   // the pinned name of the field
	what       string   // for reports
	candidates []string // names to try, where the place decides them
	item       bool     // it is an item of a list
}

// field makes the struct member for a property or parameter.
func (b *builder) field(n *Named, wire string, s *load.Schema, required bool, from origin) *Field {
	from.wire = wire
	from.at += "." + wire
	f := &Field{Pos: s.Pos, Name: fieldName(wire, s, from.goName), Wire: wire, Required: required}
	f.Type = b.resolve(s, from)
	f.Pointer = pointer(f.Type, required, n)
	b.describe(f, s)
	return f
}

func fieldName(wire string, s *load.Schema, pinned string) string {
	if pinned != "" {
		return pinned
	}
	if s.GoName != "" {
		return s.GoName
	}
	return GoName(wire)
}

// pointer tells whether a field must be a pointer: optional numbers, bools and
// objects, so that zero is not absent, and whatever would contain itself.
func pointer(t *Type, required bool, holder *Named) bool {
	switch t.Kind {
	case Bool, Int32, Int64, Uint32, Uint64, Float64:
		return !required
	case JSONText:
		return !required || t.Elem.Kind == Ref && t.Elem.Named.contains(holder, map[*Named]bool{})
	case File:
		return !required
	case Ref:
		if t.Named.Enum != nil {
			return !required && t.Named.Enum.Integer
		}
		return !required || t.Named.contains(holder, map[*Named]bool{})
	}
	return false
}

// contains tells whether a struct holds another one by value.
func (n *Named) contains(other *Named, seen map[*Named]bool) bool {
	if n == other {
		return true
	}
	if seen[n] {
		return false
	}
	seen[n] = true
	return slices.ContainsFunc(n.Fields, func(f *Field) bool {
		t := f.Type
		if t.Kind == JSONText {
			t = t.Elem
		}
		return t.Kind == Ref && !f.Pointer && t.Named.contains(other, seen)
	})
}

// describe copies what the schema and what it refers to say about a field.
// What stands beside a reference wins.
func (b *builder) describe(f *Field, s *load.Schema) {
	for at := s; at != nil; at = at.Ref {
		if at != s && f.Type.Kind == Ref {
			break // the type's own words stand at the type
		}
		f.Title = firstOf(f.Title, at.Title)
		f.Doc = firstOf(f.Doc, at.Description)
		f.Deprecated = f.Deprecated || at.Deprecated
		f.Sensitive = f.Sensitive || at.Sensitive
		if f.Roles == nil {
			f.Roles = at.Roles
		}
		f.Limits.add(f.Type, at)
		if f.Example == nil && len(at.Examples) > 0 {
			f.Example = at.Examples[0]
		}
		for _, part := range at.AllOf {
			f.Limits.add(f.Type, part.Target())
		}
	}
	if f.Title == "" && f.Type.Kind == Ref {
		f.Title = f.Type.Named.Title
	}
	term := b.doc.Glossary[f.Wire]
	f.Title = firstOf(f.Title, term.Label)
	f.Doc = firstOf(f.Doc, term.Description)
}

// explainTypes gives types that say nothing of their own the words of the
// fields that hold them, where these agree.
func (b *builder) explainTypes() {
	said := map[*Named]string{}
	for _, t := range b.pkg.Types {
		for _, f := range t.Fields {
			held := f.Type
			for held.Elem != nil {
				held = held.Elem
			}
			if held.Kind != Ref || f.Doc == "" {
				continue
			}
			if before, ok := said[held.Named]; ok && before != f.Doc {
				said[held.Named] = ""
				continue
			}
			said[held.Named] = f.Doc
		}
	}
	for _, t := range b.pkg.Types {
		if t.Operation == "" {
			t.Doc = firstOf(t.Doc, said[t])
		}
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (l *Limits) add(t *Type, s *load.Schema) {
	if l.Length.IsZero() && t.Kind == String {
		l.Length = Range{Min: count(s.MinLength), Max: count(s.MaxLength)}
	}
	if l.Number.IsZero() {
		whole := t.Kind != Float64
		l.Number = Range{Min: number(s.Minimum, s.ExclusiveMinimum, 1, whole), Max: number(s.Maximum, s.ExclusiveMaximum, -1, whole)}
	}
	if l.Items.IsZero() {
		l.Items = Range{Min: count(s.MinItems), Max: count(s.MaxItems)}
	}
	if item := s.Items; item != nil && l.Each.IsZero() && t.Kind == Slice && t.Elem.Kind == String {
		item = item.Target()
		l.Each = Range{Min: count(item.MinLength), Max: count(item.MaxLength)}
	}
	if t.Kind == String {
		l.Pattern = firstOf(l.Pattern, s.Pattern)
	}
}

func count(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

// number gives a bound that belongs to the range; an exclusive one moves by
// one where numbers are whole. Of others it is kept: the platform refuses what
// lies exactly on it.
func number(bound, exclusive *float64, step float64, whole bool) string {
	switch {
	case bound != nil:
		return strconv.FormatFloat(*bound, 'f', -1, 64)
	case exclusive != nil && !whole:
		return strconv.FormatFloat(*exclusive, 'f', -1, 64)
	case exclusive != nil:
		return strconv.FormatFloat(*exclusive+step, 'f', -1, 64)
	}
	return ""
}

// resolve gives the Go type of a schema.
func (b *builder) resolve(s *load.Schema, from origin) *Type {
	t := s.Target()
	if only := alias(t); only != nil {
		return b.resolve(only, from)
	}
	flat := b.flatten(t)
	switch {
	case len(flat.Enum) > 0 && !isBoolean(flat), isUnion(flat):
		return &Type{Kind: Ref, Named: b.declared(t, from)}
	case isObject(flat):
		return b.object(t, flat, from)
	case flat.Type() == "array":
		from.item = true
		from.at += "[]"
		return &Type{Kind: Slice, Elem: b.resolve(flat.Items, from)}
	case flat.ContentSchema != nil && flat.Type() == "string":
		return &Type{Kind: JSONText, Elem: b.resolve(flat.ContentSchema, from)}
	}
	return &Type{Kind: scalar(flat)}
}

// alias gives the schema that another one only repeats: an allOf of one
// reference beside nothing but words, which tools before OpenAPI 3.1 need to
// describe a reference. A component that repeats an object keeps its own name.
func alias(s *load.Schema) *load.Schema {
	if hasShape(s) {
		return nil
	}
	var only *load.Schema
	for _, part := range s.AllOf {
		if part.Ref == nil && len(part.AllOf) == 0 && !hasShape(part) {
			continue
		}
		if only != nil {
			return nil
		}
		only = part
	}
	if only == nil {
		return nil
	}
	if t := only.Target(); s.Name == "" || len(t.Enum) > 0 {
		return t
	}
	return nil
}

// hasShape tells whether a schema says anything about values itself.
func hasShape(s *load.Schema) bool {
	return len(s.Types)+len(s.Properties)+len(s.Enum)+len(s.OneOf)+len(s.AnyOf)+len(s.Required) > 0 ||
		s.Items != nil || s.Additional != nil || s.ContentSchema != nil || s.Const != nil || s.Format != ""
}

func scalar(s *load.Schema) Kind {
	switch s.Type() {
	case "string":
		if isTime(s) {
			return Time
		}
		if s.Format == "binary" {
			return File
		}
		return String
	case "boolean":
		return Bool
	case "number":
		return Float64
	case "integer":
		switch s.Format {
		case "int32":
			return Int32
		case "uint32":
			return Uint32
		case "uint64":
			return Uint64
		}
		return Int64
	}
	return Any
}

// isTime also knows a time that may read a word in place of a date: the word
// is an alternative of date-time.
func isTime(s *load.Schema) bool {
	return s.Format == "date-time" || slices.ContainsFunc(s.AnyOf, func(alt *load.Schema) bool {
		return alt.Target().Format == "date-time"
	})
}

func isObject(s *load.Schema) bool {
	if s.Type() == "object" || s.Type() == "" && len(s.Properties) > 0 {
		return true
	}
	return len(s.Types) == 0 && slices.ContainsFunc(s.AllOf, func(part *load.Schema) bool { return isObject(part.Target()) })
}

func isBoolean(s *load.Schema) bool { return s.Type() == "boolean" }

func (b *builder) object(t, flat *load.Schema, from origin) *Type {
	switch {
	case len(flat.Properties) > 0:
		return &Type{Kind: Ref, Named: b.declared(t, from)}
	case flat.Additional != nil:
		from.item = true
		from.at += "{}"
		return &Type{Kind: Map, Elem: b.resolve(flat.Additional, from)}
	}
	return &Type{Kind: Any}
}

// declared gives the named type of an object or enum: the component's, or one
// whose name is made up from the place.
func (b *builder) declared(t *load.Schema, from origin) *Named {
	if t.Name != "" {
		return b.component(t)
	}
	if n, ok := b.named[t]; ok {
		return n
	}
	candidates := from.candidates
	if candidates == nil {
		candidates = inlineNames(from)
	}
	if t.GoName != "" && from.candidates == nil && from.goName == "" {
		candidates = append([]string{t.GoName}, candidates...)
	}
	shape := b.signature(t)
	if n := b.sameShape(shape, from.at, candidates); n != nil {
		b.named[t] = n
		n.Sent = n.Sent || b.sent[t]
		b.pkg.Names[from.at] = n.Name
		return n
	}
	what := from.what
	if what == "" {
		what = "the type of " + from.wire
	}
	name := b.typeName(what, from.at, t.Pos, candidates...)
	n := b.declare(t, name, from.at)
	b.shape[name+" "+shape] = n
	b.fill(n)
	return n
}

// sameShape finds a type that has one of the names and the same shape. A place
// whose earlier name is still to be had keeps it, and shares no other.
func (b *builder) sameShape(shape, at string, names []string) *Named {
	if kept, ok := b.scope.kept[at]; ok {
		if n := b.shape[kept+" "+shape]; n != nil || b.scope.free(kept, at) {
			return n
		}
	}
	for _, name := range names {
		if n := b.shape[name+" "+shape]; n != nil {
			return n
		}
	}
	return nil
}

// vague are names that say nothing without what holds them.
var vague = []string{"Data", "Item", "Result", "Info", "Type", "List", "Content", "Value"}

// inlineNames proposes names from short to long.
func inlineNames(from origin) []string {
	short := firstOf(from.goName, GoName(from.wire))
	if from.item {
		short = singular(short)
	}
	parent := strings.TrimSuffix(strings.TrimSuffix(from.parent, "Request"), "Response")
	long := parent + short
	if slices.Contains(vague, short) || parent == "" {
		return []string{long}
	}
	return []string{short, long}
}
