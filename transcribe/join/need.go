package join

import (
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/transcribe/page"
)

// need joins the flags of a field. Where roles need it differently, needs
// tells so for each role, and the flag is what all can rely on.
func (m *merger) need(at string, levels []level, versions []*page.Field) (flag page.Fact[page.Need], needs []page.RoleNeed) {
	for _, role := range m.roles() {
		if n, ok := m.roleNeed(at, role, levels, versions); ok {
			needs = append(needs, n)
		}
	}
	flags := make([]page.Fact[page.Need], len(versions))
	for i, f := range versions {
		if f != nil {
			flags[i] = f.Required
		}
	}
	if len(needs) == 0 || same(needs) && needs[0].Need == page.Absent {
		return strongest(flags), needs // roles that have the field do not tell
	}
	if same(needs) {
		for _, f := range flags {
			if f.Value == needs[0].Need {
				return f, nil
			}
		}
		return page.Said(needs[0].Need, needs[0].Pos), nil
	}
	for i := range needs {
		if needs[i].Need == page.Conditional {
			needs[i].Need = page.Optional
		}
	}
	if same(needs) {
		return page.Said(page.Conditional, needs[0].Pos), nil
	}
	return page.Said(page.Optional, weakest(needs).Pos), needs
}

func same(needs []page.RoleNeed) bool {
	return !slices.ContainsFunc(needs, func(n page.RoleNeed) bool { return n.Need != needs[0].Need })
}

func weakest(needs []page.RoleNeed) page.RoleNeed {
	for _, n := range needs {
		if n.Need != page.Required {
			return n
		}
	}
	return needs[0]
}

// roles are the roles of all versions. Versions that name none are a role
// without a name.
func (m *merger) roles() []string {
	var roles []string
	for _, v := range m.versions {
		for _, role := range rolesOf(v) {
			if !slices.Contains(roles, role) {
				roles = append(roles, role)
			}
		}
	}
	return roles
}

func rolesOf(v version) []string {
	if len(v.source.Roles) == 0 {
		return []string{""}
	}
	return v.source.Roles
}

// roleNeed joins the flags of one role's pages.
func (m *merger) roleNeed(at, role string, levels []level, versions []*page.Field) (page.RoleNeed, bool) {
	seen := m.votes(role, levels, versions, false)
	if len(seen) == 0 {
		seen = m.votes(role, levels, versions, true)
	}
	switch {
	case len(seen) == 0:
		return page.RoleNeed{}, false
	case same(seen):
		return seen[0], true
	}
	return m.mixed(at, seen), true
}

// votes are the flags that the pages of a role give to a field, either the
// earlier copies of pages or the others. Of pages in several formats those in
// the best one count. A page that has the field and lost its flag does not
// vote, but where all others lack the field, it cannot be required.
func (m *merger) votes(role string, levels []level, versions []*page.Field, old bool) []page.RoleNeed {
	var seen []page.RoleNeed
	var untold *page.Field
	best := -1
	for i, v := range m.versions {
		if m.old[i] != old || !slices.Contains(rolesOf(v), role) {
			continue
		}
		n := page.RoleNeed{Role: role}
		switch f := versions[i]; {
		case f != nil && f.Required.Known():
			n.Need, n.Pos = f.Required.Value, f.Required.Pos
		case f != nil:
			untold = f
			continue
		case levels[i].known:
			n.Need, n.Pos = page.Absent, v.source.Pos
		default:
			continue
		}
		if best < 0 {
			best = rank(v.source.Format)
		}
		if rank(v.source.Format) == best || seen[0].Need == page.Absent {
			seen = append(seen, n)
		}
	}
	if len(seen) > 0 && same(seen) && seen[0].Need == page.Absent && untold != nil {
		seen = append(seen, page.RoleNeed{Role: role, Need: page.Optional, Pos: untold.Name.Pos})
	}
	return seen
}

// mixed is the need of a role whose pages do not agree: they are of several
// products, or one of them is wrong.
func (m *merger) mixed(at string, seen []page.RoleNeed) page.RoleNeed {
	have, absent := seen[:0:0], 0
	for _, n := range seen {
		if n.Need == page.Absent {
			absent++
		} else {
			have = append(have, n)
		}
	}
	weak := weakest(have)
	if !same(have) {
		strong := have[slices.IndexFunc(have, func(n page.RoleNeed) bool { return n.Need != weak.Need })]
		m.find(strong.Pos, page.Contradiction, at, fmt.Sprintf("%s here, %s at %s", strong.Need, weak.Need, weak.Pos), "the weaker counts")
	}
	if absent > 0 {
		m.find(have[0].Pos, page.Doubt, at, fmt.Sprintf("on %d of %d pages%s only", len(have), len(seen), of(weak.Role)), "")
		weak.Need = page.Optional
	}
	return weak
}

func of(role string) string {
	if role == "" {
		return ""
	}
	return " of " + role
}
