package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/transcribe/page"
)

// enumOf gives the schema that lists the values of a field.
func (m *merger) enumOf(s site) *site {
	for range 3 {
		if value(s.target, "enum") != nil {
			return &s
		}
		next := value(s.target, "items")
		if next == nil {
			return nil
		}
		s = m.site(next).within(s)
	}
	return nil
}

// around are the nodes whose notes may speak of a field: the field, its type,
// what a list holds, and the object that has it.
func (m *merger) around(s site, holder *yaml.Node) []*yaml.Node {
	out := []*yaml.Node{holder, s.use, s.target}
	if items := value(s.target, "items"); items != nil {
		out = append(out, items, m.site(items).target)
	}
	return out
}

// enumValues adds the values that a spec lacks, at the end of its list.
func (m *merger) enumValues(f *page.Field, at string, s *site, around []*yaml.Node) {
	enum := value(s.target, "enum")
	var fresh []page.EnumValue
	for _, e := range f.Enum {
		// Each value by itself, for a note may speak of one of them.
		d := fact{at: at, what: "value", page: e.Value.Value, pos: e.Value.Pos, node: s.target, notes: around}
		if !listed(enum, e.Value.Value) && m.accept(d, s.other == "") {
			fresh = append(fresh, e)
		}
	}
	if len(fresh) > 0 {
		m.later = append(m.later, func() { m.addValues(s.target, fresh) })
	}
	if s.shared || f.Enum[0].Value.From != page.Stated {
		return
	}
	for _, n := range enum.Content {
		if !slices.ContainsFunc(f.Enum, func(e page.EnumValue) bool { return e.Value.Value == n.Value }) {
			m.differ(fact{at: at, what: "value", spec: n.Value, node: s.target, notes: around}, nil)
		}
	}
}

func (m *merger) addValues(n *yaml.Node, fresh []page.EnumValue) {
	names := value(n, "x-enum-varnames")
	said := value(n, "x-enumDescriptions")
	for _, e := range fresh {
		v := text(e.Value.Value)
		if word(n, "type") == "integer" {
			v.Tag = "!!int"
		}
		m.f.addItem(value(n, "enum"), v)
		if names != nil {
			m.f.addItem(names, text(model.GoName(e.Value.Value)))
		}
		label := shortLabel(e.Label.Value)
		if label == "" {
			continue
		}
		if said != nil {
			m.f.put(said, e.Value.Value, text(m.b.book.value(label)), nil)
		}
	}
}

// limits merges formats, lengths and ranges.
func (m *merger) limits(f *page.Field, at string, s site, holder *yaml.Node) {
	text1, around := s, m.around(s, holder)
	if typeName(s.target) == "array" {
		text1 = m.site(value(s.target, "items")).within(s)
	}
	if value(text1.target, "enum") == nil {
		m.limit(at, "minLength", "minimum length", f.MinLength, text1, around)
		m.limit(at, "maxLength", "maximum length", f.MaxLength, text1, around)
	}
	m.limit(at, "minItems", "least number of items", f.MinItems, s, around)
	m.limit(at, "maxItems", "largest number of items", f.MaxItems, s, around)
	m.limit(at, "minimum", "minimum", f.Minimum, text1, around)
	m.limit(at, "maximum", "maximum", f.Maximum, text1, around)
	m.format(f, at, text1, around)
	if f.Secret.Value && word(s.target, "x-wx-sensitive") != "true" && word(s.use, "x-wx-sensitive") != "true" && typeName(s.target) == "string" {
		m.change(fact{at: at, what: "encryption", page: "true", pos: f.Secret.Pos, node: s.use, notes: around}, s,
			"x-wx-sensitive", yes(true))
	}
}

// change edits the schema itself, unless it stands in another file.
func (m *merger) change(d fact, s site, key string, v *yaml.Node) {
	if s.other != "" {
		m.differ(d, nil)
		return
	}
	m.differ(d, func() { m.set(s.target, key, v, schemaOrder) })
}

func (m *merger) limit(at, key, what string, said page.Fact[int64], s site, around []*yaml.Node) {
	if !said.Known() || s.target == nil {
		return
	}
	has := word(s.target, key)
	if has == strconv.FormatInt(said.Value, 10) || has == "" && key == "minLength" && said.Value == 0 {
		return
	}
	d := fact{at: at, what: what, page: fmt.Sprint(said.Value), spec: has, pos: said.Pos, node: s.use, notes: around}
	if n, err := strconv.ParseInt(has, 10, 64); s.shared && err == nil && (n > said.Value) == strings.HasPrefix(key, "max") {
		d.stays = shared // the wider limit is right for all
	}
	m.change(d, s, key, number(said.Value))
}

func (m *merger) format(f *page.Field, at string, s site, around []*yaml.Node) {
	has := word(s.target, "format")
	d := fact{at: at, what: "format", spec: has, node: s.use, notes: around}
	switch {
	case f.Format.Known() && f.Format.Value != has && typeName(s.target) == "integer":
		d.page, d.pos = f.Format.Value, f.Format.Pos
		if s.shared {
			d.stays = shared
		}
		m.change(d, s, "format", text(f.Format.Value))
	case f.Time.Value && has == "" && typeName(s.target) == "string" && value(s.target, "anyOf") == nil && value(s.target, "pattern") == nil:
		d.page, d.pos = "date-time", f.Time.Pos
		m.change(d, s, "format", text("date-time"))
	}
}
