package model

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"github.com/wxgen/wxgen/generator/load"
)

// flatten merges allOf into one flat schema, which is what a struct can say.
// A schema without allOf is itself.
func (b *builder) flatten(s *load.Schema) *load.Schema {
	s = s.Target()
	if len(s.AllOf) == 0 {
		return s
	}
	if f, ok := b.flat[s]; ok {
		return f
	}
	merged := *s
	merged.AllOf = nil
	b.flat[s] = &merged
	own := merged.Properties
	merged.Properties = nil
	for _, part := range s.AllOf {
		b.merge(&merged, b.flatten(part))
	}
	b.mergeProperties(&merged, own)
	return &merged
}

// merge adds one part of an allOf. What the whole says itself wins.
func (b *builder) merge(into, part *load.Schema) {
	if len(into.Types) == 0 {
		into.Types = part.Types
	}
	if into.Format == "" {
		into.Format = part.Format
	}
	into.Title = firstOf(into.Title, part.Title)
	into.Description = firstOf(into.Description, part.Description)
	if into.Items == nil {
		into.Items = part.Items
	}
	if into.Additional == nil {
		into.Additional = part.Additional
	}
	if into.Enum == nil {
		into.Enum, into.EnumDescriptions, into.EnumNames = part.Enum, part.EnumDescriptions, part.EnumNames
	}
	into.Required = append(slices.Clone(into.Required), part.Required...)
	b.mergeProperties(into, part.Properties)
}

func (b *builder) mergeProperties(into *load.Schema, properties []*load.Property) {
	for _, p := range properties {
		old := into.Property(p.Name)
		if old == nil {
			into.Properties = append(into.Properties, p)
			continue
		}
		if before, now := b.signature(old.Schema), b.signature(p.Schema); before != now {
			b.fail(p.Pos, "let both say the same, or drop one", "allOf gives %s two types, the other at %s", p.Name, old.Pos)
		}
	}
}

// signature is equal for schemas that become the same Go type: the words for
// people do not count.
func (b *builder) signature(s *load.Schema) string {
	h := sha256.New()
	b.writeShape(h, s, 0)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func (b *builder) writeShape(w io.Writer, s *load.Schema, depth int) {
	t := s.Target()
	if t.Name != "" && (isObject(t) || len(t.Enum) > 0) {
		fmt.Fprintf(w, "ref %s %s;", t.Document.File, t.Name)
		return
	}
	const deepest = 64 // inline schemas cannot be cyclic, but allOf can
	if depth > deepest {
		return
	}
	flat := b.flatten(t)
	l := Limits{}
	fmt.Fprintf(w, "%v %s %q %v %v;", flat.Types, flat.Format, flat.Pattern, s.Sensitive, isTime(flat))
	l.add(&Type{Kind: scalar(flat)}, flat)
	fmt.Fprintf(w, "%v %s %s;", l, count(flat.MinItems), count(flat.MaxItems))
	for _, v := range flat.Enum {
		fmt.Fprintf(w, "=%q", v.Text)
	}
	for _, p := range flat.Properties {
		fmt.Fprintf(w, "{%q %v %s ", p.Name, flat.IsRequired(p.Name), p.Schema.GoName)
		b.writeShape(w, p.Schema, depth+1)
		io.WriteString(w, "}")
	}
	for _, part := range append([]*load.Schema{flat.Items, flat.Additional, flat.ContentSchema}, flat.OneOf...) {
		if part != nil {
			io.WriteString(w, "[")
			b.writeShape(w, part, depth+1)
			io.WriteString(w, "]")
		}
	}
}
