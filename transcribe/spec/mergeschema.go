package spec

import (
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/page"
)

var schemaOrder = strings.Fields(`$ref type format anyOf minLength maxLength minimum maximum contentMediaType contentSchema x-go-name
	x-wx-sensitive title description x-wx-note x-wx-todo x-wx-roles required properties minItems maxItems items enum x-enum-varnames
	x-enumDescriptions examples`)

// site is a schema of a spec: where it is used, and what it refers to.
type site struct {
	use    *yaml.Node
	target *yaml.Node
	other  string // the file that the target stands in, if it is another one
	shared bool   // operations beside this one have it as well
}

// within is a schema that stands in another one.
func (s site) within(holder site) site {
	if s.other == "" {
		s.other = holder.other
	}
	s.shared = s.shared || holder.shared
	return s
}

// site follows the references of a schema.
func (m *merger) site(n *yaml.Node) site {
	s := site{use: n, target: n}
	f := m.f
	for range 20 {
		ref := word(s.target, "$ref")
		if ref == "" {
			return s
		}
		name, pointer, _ := strings.Cut(ref, "#/components/schemas/")
		if name != "" {
			f = m.w.tree.files[path.Join(path.Dir(f.name), name)]
			if f == nil {
				return s
			}
			s.other = f.name
		}
		next := value(f.root, "components", "schemas", pointer)
		if next == nil {
			return s
		}
		s.target = next
		s.shared = s.shared || f.uses()[pointer] > 1
	}
	return s
}

// properties finds the object that has a member, among those that an object
// is composed of, and the member itself.
func (m *merger) property(s site, name string, depth int) (holder site, schema *yaml.Node) {
	if depth > 20 || s.target == nil {
		return s, nil
	}
	if v := value(s.target, "properties", name); v != nil {
		return s, v
	}
	if parts := value(s.target, "allOf"); parts != nil {
		for _, part := range parts.Content {
			below := m.site(part).within(s)
			if h, v := m.property(below, name, depth+1); v != nil {
				return h, v
			}
		}
	}
	return s, nil
}

// fields merges the members of an object.
func (m *merger) fields(fields []*page.Field, object site, example *yaml.Node, at string) {
	if object.target == nil || len(fields) == 0 {
		return
	}
	said := map[string]bool{}
	for _, f := range fields {
		name := f.Name.Value
		said[name] = true
		holder, schema := m.property(object, name, 0)
		if schema == nil {
			m.addProperty(object, f, fields, value(example, name), at+name)
			continue
		}
		if m.visited[visit{f, schema}] {
			continue
		}
		m.visited[visit{f, schema}] = true
		m.member(f, holder, schema, value(example, name), at+name)
	}
	m.missing(fields, object, said, at)
}

// missing reports what the spec has beyond the page. What only an example
// shows need not be all.
func (m *merger) missing(fields []*page.Field, object site, said map[string]bool, at string) {
	properties := value(object.target, "properties")
	if properties == nil || object.shared || fields[0].Name.From != page.Stated {
		return
	}
	for i := 0; i+1 < len(properties.Content); i += 2 {
		name, schema := properties.Content[i].Value, properties.Content[i+1]
		if !said[name] && !m.absentHere(schema) {
			m.differ(fact{at: at + name, what: "field", spec: name, node: schema, notes: m.around(m.site(schema), object.target)}, nil)
		}
	}
}

// absentHere tells whether the spec says that the page's roles do not have a
// field.
func (m *merger) absentHere(n *yaml.Node) bool {
	roles := value(n, "x-wx-roles")
	return roles != nil && slices.ContainsFunc(m.pageRoles, func(r string) bool { return word(roles, r) == string(page.Absent) })
}

// deeper tells whether the spec has a field in one of the objects beside it,
// where the page has none of that name: some copies of pages lost how deep a
// field lies.
func (m *merger) deeper(object site, name string, fields []*page.Field) bool {
	for _, f := range fields {
		_, schema := m.property(object, f.Name.Value, 0)
		if schema == nil || len(f.Fields) > 0 && below(f.Fields, name) {
			continue
		}
		if m.has(m.inner(m.site(schema)), name, 0) {
			return true
		}
	}
	return false
}

func below(fields []*page.Field, name string) bool {
	found := false
	page.Walk(fields, func(_ string, f *page.Field) { found = found || f.Name.Value == name })
	return found
}

// has tells whether an object, or one that it holds, has a member.
func (m *merger) has(object site, name string, depth int) bool {
	if _, v := m.property(object, name, 0); v != nil {
		return true
	}
	properties := value(object.target, "properties")
	for i := 1; properties != nil && depth < 4 && i < len(properties.Content); i += 2 {
		if m.has(m.inner(m.site(properties.Content[i])), name, depth+1) {
			return true
		}
	}
	return false
}

func (m *merger) addProperty(object site, f *page.Field, fields []*page.Field, example *yaml.Node, at string) {
	d := fact{at: at, what: "field", page: f.Name.Value, pos: f.Name.Pos, node: object.target}
	if m.deeper(object, f.Name.Value, fields) {
		d.stays = "the spec has it deeper, where the page does not"
	}
	if !m.accept(d, object.other == "" && word(object.target, "type") == "object") {
		return
	}
	f = m.forRoles(f)
	node := m.b.property(f, example, place{holders: m.b.nouns})
	properties := value(object.target, "properties")
	m.later = append(m.later, func() {
		if properties == nil {
			m.f.put(object.target, "properties", mapping(pair{f.Name.Value, node}), schemaOrder)
		} else {
			m.f.put(properties, f.Name.Value, node, nil)
		}
		if f.Required.Value == page.Required {
			m.require(object.target, f.Name.Value, true)
		}
	})
}

// forRoles tells of a new field, where page and spec speak of different roles,
// that the spec's roles do not have it.
func (m *merger) forRoles(f *page.Field) *page.Field {
	if !m.otherRoles() || len(f.Needs) > 0 || !f.Required.Known() {
		return f
	}
	out := *f
	for _, r := range m.pageRoles {
		out.Needs = append(out.Needs, page.RoleNeed{Role: r, Need: plainNeed(f.Required.Value)})
	}
	for _, r := range m.specRoles {
		out.Needs = append(out.Needs, page.RoleNeed{Role: r, Need: page.Absent})
	}
	out.Required = page.Seen(page.Optional, f.Required.Pos, f.Required.From)
	return &out
}

// otherRoles tells whether the page is for roles that the spec does not have.
func (m *merger) otherRoles() bool {
	return len(m.pageRoles) > 0 && len(m.specRoles) > 0 &&
		!slices.ContainsFunc(m.pageRoles, func(r string) bool { return slices.Contains(m.specRoles, r) })
}

func plainNeed(n page.Need) page.Need {
	if n == page.Required {
		return n
	}
	return page.Optional
}

// member merges one field of an object.
func (m *merger) member(f *page.Field, holder site, schema, example *yaml.Node, at string) {
	name := f.Name.Value
	s := m.site(schema).within(holder)
	if holder.other == "" {
		m.need(f, at, listed(value(holder.target, "required"), name), schema, holder, func(needed bool) {
			m.require(holder.target, name, needed)
		})
	}
	m.schema(f, at, s, holder.target, func(with *yaml.Node) {
		m.f.replace(value(holder.target, "properties"), name, with)
	})
	if word(schema, "title") == "" && word(s.target, "title") == "" && f.Label.Value != "" && holder.other == "" &&
		m.b.book.Fields[name].Label == "" {
		m.differ(fact{at: at, what: "label", page: f.Label.Value, pos: f.Label.Pos, node: schema},
			func() { m.f.put(schema, "title", text(f.Label.Value), schemaOrder) })
	}
	below := m.inner(s)
	if len(f.Fields) > 0 && below.target != nil {
		m.fields(f.Fields, below, inside(f, example), at+".")
	}
}

// inside is the example of a field's members.
func inside(f *page.Field, example *yaml.Node) *yaml.Node {
	if example == nil {
		return nil
	}
	if example.Kind == yaml.SequenceNode {
		return anyItem(example)
	}
	if f.JSON.Value && example.Kind == yaml.ScalarNode {
		n, err := parseJSON(example.Value)
		if err != nil {
			return nil
		}
		return inside(&page.Field{}, n)
	}
	return example
}

// inner gives the object that a field's members are those of.
func (m *merger) inner(s site) site {
	for range 4 {
		next := value(s.target, "items")
		if next == nil {
			next = value(s.target, "contentSchema")
		}
		if next == nil {
			return s
		}
		s = m.site(next).within(s)
	}
	return s
}

func listed(list *yaml.Node, name string) bool {
	return list != nil && slices.ContainsFunc(list.Content, func(n *yaml.Node) bool { return n.Value == name })
}

// schema merges type, limits and values. A schema whose type changes is
// written anew; what people wrote at it stays.
func (m *merger) schema(f *page.Field, at string, s site, holder *yaml.Node, replace func(*yaml.Node)) {
	if s.target == nil {
		return
	}
	f = fitting(f)
	part := f.JSON.Value && f.Place.Value == page.Form && typeName(s.target) == string(page.Object)
	if has := typeName(s.target); f.Type.Known() && has != "" && !part && !sameType(f.Type.Value, has) {
		d := fact{at: at, what: "type", page: string(f.Type.Value), spec: has, pos: f.Type.Pos, node: s.use, notes: m.around(s, holder)}
		m.anew(d, f, s, replace)
		return
	}
	values := len(f.Enum) > 0 && f.Type.Value != page.Boolean
	list := m.enumOf(s)
	if values && list == nil && f.Enum[0].Value.From != page.FromSample {
		d := fact{at: at, what: "values", page: valuesOf(f), pos: f.Enum[0].Value.Pos, node: s.use, notes: m.around(s, holder)}
		m.anew(d, f, s, replace)
		return
	}
	if values && list != nil {
		m.enumValues(f, at, list, m.around(s, holder))
	}
	m.limits(f, at, s, holder)
}

func valuesOf(f *page.Field) string {
	var out []string
	for _, e := range f.Enum {
		out = append(out, e.Value.Value)
	}
	return strings.Join(out, ", ")
}

// anew writes a schema of the page's facts, and keeps what people wrote.
func (m *merger) anew(d fact, f *page.Field, s site, replace func(*yaml.Node)) {
	if s.shared {
		d.stays = shared
	}
	if !m.accept(d, s.other == "") {
		return
	}
	node := m.b.property(f, nil, place{holders: m.b.nouns})
	for _, key := range []string{"x-go-name", "title", "description", "x-wx-note"} {
		has := value(s.use, key)
		if has == nil {
			continue
		}
		if _, v := member(node, key); v != nil {
			*v = *has
			continue
		}
		insert(node, key, has, schemaOrder)
	}
	m.later = append(m.later, func() { replace(node) })
}

// insert puts a member into a new node where the order wants it.
func insert(n *yaml.Node, key string, v *yaml.Node, order []string) {
	rank := slices.Index(order, key)
	at := len(n.Content)
	for i := 0; i < len(n.Content); i += 2 {
		if slices.Index(order, n.Content[i].Value) > rank {
			at = i
			break
		}
	}
	n.Content = slices.Insert(n.Content, at, text(key), v)
}

// typeName is the type of a schema in the words of a page.
func typeName(n *yaml.Node) string {
	t := word(n, "type")
	switch {
	case t == "string" && word(n, "format") == "binary":
		return string(page.File)
	case t == "" && (value(n, "properties") != nil || value(n, "allOf") != nil):
		return string(page.Object)
	}
	return t
}

func sameType(said page.Type, has string) bool {
	return string(said) == has || said == page.Number && has == string(page.Integer)
}
