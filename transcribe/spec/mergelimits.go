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

// enumValues adds the values that a spec lacks, at the end of its list.
func (m *merger) enumValues(f *page.Field, at string, s *site) {
	enum := value(s.target, "enum")
	var fresh []page.EnumValue
	for _, e := range f.Enum {
		if !listed(enum, e.Value.Value) {
			fresh = append(fresh, e)
		}
	}
	if len(fresh) > 0 {
		var names []string
		for _, e := range fresh {
			names = append(names, e.Value.Value)
		}
		d := fact{at: at, what: "value", page: strings.Join(names, ", "), pos: fresh[0].Value.Pos, node: s.target}
		if s.other != "" {
			m.differ(d, nil)
		} else {
			m.differ(d, func() { m.addValues(s.target, fresh) })
		}
	}
	if s.shared || f.Enum[0].Value.From != page.Stated {
		return
	}
	for _, n := range enum.Content {
		if !slices.ContainsFunc(f.Enum, func(e page.EnumValue) bool { return e.Value.Value == n.Value }) {
			m.differ(fact{at: at, what: "value", spec: n.Value, node: s.target}, nil)
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
	text1 := s
	if typeName(s.target) == "array" {
		text1 = m.site(value(s.target, "items")).within(s)
	}
	if value(text1.target, "enum") == nil {
		m.limit(at, "minLength", "minimum length", f.MinLength, text1, holder)
		m.limit(at, "maxLength", "maximum length", f.MaxLength, text1, holder)
	}
	m.limit(at, "minItems", "least number of items", f.MinItems, s, holder)
	m.limit(at, "maxItems", "largest number of items", f.MaxItems, s, holder)
	m.limit(at, "minimum", "minimum", f.Minimum, text1, holder)
	m.limit(at, "maximum", "maximum", f.Maximum, text1, holder)
	m.format(f, at, text1, holder)
	if f.Secret.Value && word(s.target, "x-wx-sensitive") != "true" && word(s.use, "x-wx-sensitive") != "true" && typeName(s.target) == "string" {
		m.change(fact{at: at, what: "encryption", page: "true", pos: f.Secret.Pos, node: s.use, notes: []*yaml.Node{holder}}, s,
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

func (m *merger) limit(at, key, what string, said page.Fact[int64], s site, holder *yaml.Node) {
	if !said.Known() || s.target == nil {
		return
	}
	has := word(s.target, key)
	if has == strconv.FormatInt(said.Value, 10) || has == "" && key == "minLength" && said.Value == 0 {
		return
	}
	d := fact{at: at, what: what, page: fmt.Sprint(said.Value), spec: has, pos: said.Pos, node: s.use, notes: []*yaml.Node{holder, s.target}}
	if n, err := strconv.ParseInt(has, 10, 64); s.shared && err == nil && (n > said.Value) == strings.HasPrefix(key, "max") {
		d.stays = shared // the wider limit is right for all
	}
	m.change(d, s, key, number(said.Value))
}

func (m *merger) format(f *page.Field, at string, s site, holder *yaml.Node) {
	has := word(s.target, "format")
	d := fact{at: at, what: "format", spec: has, node: s.use, notes: []*yaml.Node{holder, s.target}}
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
