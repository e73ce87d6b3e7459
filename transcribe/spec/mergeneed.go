package spec

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/page"
)

// need merges whether a field is required, as far as the page tells it.
func (m *merger) need(f *page.Field, at string, has bool, node *yaml.Node, holder site, edit func(bool)) {
	if len(f.Needs) > 0 {
		m.roleNeeds(f, at, node)
	}
	if !f.Required.Known() || m.agreesByRole(f, node) {
		return
	}
	want := f.Required.Value == page.Required
	if want == has {
		return
	}
	schema := node
	if v := value(node, "schema"); v != nil {
		schema = v // of a parameter
	}
	d := fact{at: at, what: "flag", page: string(plainNeed(f.Required.Value)), spec: string(needOf(has)), pos: f.Required.Pos,
		node: node, notes: m.around(m.site(schema), holder.target)}
	if want && holder.shared {
		d.stays = shared
	}
	if m.otherRoles() {
		m.differ(d, func() { m.splitRoles(f, node, has, edit) })
		return
	}
	m.differ(d, func() { edit(want) })
}

func needOf(required bool) page.Need {
	if required {
		return page.Required
	}
	return page.Optional
}

// agreesByRole tells whether x-wx-roles already says what the page says of
// its roles.
func (m *merger) agreesByRole(f *page.Field, node *yaml.Node) bool {
	roles := value(node, "x-wx-roles")
	if roles == nil || len(m.pageRoles) == 0 {
		return false
	}
	for _, r := range m.pageRoles {
		if has := word(roles, r); has != "" && has != string(plainNeed(f.Required.Value)) {
			return false
		}
	}
	return true
}

// splitRoles writes what a field is for the roles of the spec and for those of
// the page, which differ. What is not required of all is optional.
func (m *merger) splitRoles(f *page.Field, node *yaml.Node, has bool, edit func(bool)) {
	n := mapping()
	for _, r := range docRoles {
		switch {
		case slices.Contains(m.specRoles, r):
			n.Content = append(n.Content, text(r), text(string(needOf(has))))
		case slices.Contains(m.pageRoles, r):
			n.Content = append(n.Content, text(r), text(string(plainNeed(f.Required.Value))))
		}
	}
	m.set(node, "x-wx-roles", n, rolesOrder(node))
	if has {
		edit(false)
	}
}

func rolesOrder(node *yaml.Node) []string {
	if value(node, "in") != nil {
		return parameterOrder
	}
	return schemaOrder
}

// roleNeeds merges what joined pages say of each role.
func (m *merger) roleNeeds(f *page.Field, at string, node *yaml.Node) {
	roles, has := value(node, "x-wx-roles"), mapping()
	if roles != nil {
		has.Content = slices.Clone(roles.Content)
	}
	var news []string
	for _, need := range f.Needs {
		if !slices.Contains(docRoles, need.Role) {
			continue
		}
		_, v := member(has, need.Role)
		switch want := string(need.Need); {
		case v == nil:
			has.Content = append(has.Content, text(need.Role), text(want))
		case v.Value == want:
			continue
		default:
			*v = *text(want)
		}
		news = append(news, need.Role+" "+string(need.Need))
	}
	if len(news) > 0 {
		m.differ(fact{at: at, what: "roles", page: strings.Join(news, ", "), pos: f.Needs[0].Pos, node: node},
			func() { m.set(node, "x-wx-roles", has, rolesOrder(node)) })
	}
}
