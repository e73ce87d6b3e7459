package join

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// level is the list of fields that one version has at some place.
type level struct {
	fields []*page.Field
	known  bool // a field that is not in it is not there
}

// top is the level of an answer or a resource.
func top(fields []*page.Field) level { return level{fields, len(fields) > 0 && stated(fields)} }

// stated tells whether a list is the page's own, and not what an example
// happened to show.
func stated(fields []*page.Field) bool {
	for _, f := range fields {
		if f.Name.From == page.FromExample || f.Name.From == page.FromSample {
			return false
		}
	}
	return true
}

const maxDepth = 64

// fields joins the lists of all versions.
func (m *merger) fields(at string, levels []level) []*page.Field {
	if strings.Count(at, ".") > maxDepth {
		return nil
	}
	indexes := each(levels, func(l level) map[string]*page.Field { return index(l.fields) })
	var out []*page.Field
	for _, name := range order(current(m, each(levels, func(l level) []*page.Field { return l.fields }))) {
		fields := each(indexes, func(known map[string]*page.Field) *page.Field { return known[name] })
		out = append(out, m.field(at+"."+name, levels, fields))
	}
	return out
}

func index(fields []*page.Field) map[string]*page.Field {
	known := make(map[string]*page.Field, len(fields))
	for _, f := range fields {
		if known[f.Name.Value] == nil {
			known[f.Name.Value] = f
		}
	}
	return known
}

// order is the order of the names: that of the preferred version, and what
// others have beside it behind the name that it follows there.
func order(lists [][]*page.Field) []string {
	var names []string
	known := map[string]bool{}
	for _, list := range lists {
		after := map[string][]string{}
		last := ""
		for _, f := range list {
			switch name := f.Name.Value; {
			case known[name]:
				last = name
			default:
				known[name] = true
				after[last] = append(after[last], name)
			}
		}
		names = insert(names, after)
	}
	return names
}

func insert(names []string, after map[string][]string) []string {
	if len(after) == 0 {
		return names
	}
	out := slices.Clone(after[""])
	for _, name := range names {
		out = append(out, name)
		out = append(out, after[name]...)
	}
	return out
}

// field joins one field. Versions that do not have it are nil.
func (m *merger) field(at string, levels []level, versions []*page.Field) *page.Field {
	fields := each(versions, func(f *page.Field) *page.Field {
		if f == nil {
			return &page.Field{}
		}
		return f
	})
	out := &page.Field{
		Name:     strongest(each(fields, func(f *page.Field) page.Fact[string] { return f.Name })),
		Label:    latest(m, each(fields, func(f *page.Field) page.Fact[string] { return f.Label })),
		Text:     latest(m, each(fields, func(f *page.Field) page.Fact[string] { return f.Text })),
		Example:  latest(m, each(fields, func(f *page.Field) page.Fact[string] { return f.Example })),
		TypeName: strongest(each(fields, func(f *page.Field) page.Fact[string] { return f.TypeName })),
		Place:    strongest(each(fields, func(f *page.Field) page.Fact[page.Place] { return f.Place })),
		Format:   strongest(each(fields, func(f *page.Field) page.Fact[string] { return f.Format })),
		Time:     strongest(each(fields, func(f *page.Field) page.Fact[bool] { return f.Time })),
		Secret:   strongest(each(fields, func(f *page.Field) page.Fact[bool] { return f.Secret })),
		JSON:     strongest(each(fields, func(f *page.Field) page.Fact[bool] { return f.JSON })),

		Type:      pick(m, at, "type", each(fields, func(f *page.Field) page.Fact[page.Type] { return f.Type })),
		Items:     pick(m, at, "type of the elements", each(fields, func(f *page.Field) page.Fact[page.Type] { return f.Items })),
		Default:   pick(m, at, "default", each(fields, func(f *page.Field) page.Fact[string] { return f.Default })),
		MinLength: pick(m, at, "smallest length", each(fields, func(f *page.Field) page.Fact[int64] { return f.MinLength })),
		MaxLength: pick(m, at, "largest length", each(fields, func(f *page.Field) page.Fact[int64] { return f.MaxLength })),
		MinItems:  pick(m, at, "smallest number of elements", each(fields, func(f *page.Field) page.Fact[int64] { return f.MinItems })),
		MaxItems:  pick(m, at, "largest number of elements", each(fields, func(f *page.Field) page.Fact[int64] { return f.MaxItems })),
		Minimum:   pick(m, at, "minimum", each(fields, func(f *page.Field) page.Fact[int64] { return f.Minimum })),
		Maximum:   pick(m, at, "maximum", each(fields, func(f *page.Field) page.Fact[int64] { return f.Maximum })),
	}
	out.Enum = m.enum(at, each(fields, func(f *page.Field) []page.EnumValue { return f.Enum }))
	out.Required, out.Needs = m.need(at, levels, versions)
	out.Fields = m.fields(at, each(versions, members))
	out.Folded = len(out.Fields) == 0 && slices.ContainsFunc(fields, func(f *page.Field) bool { return f.Folded })
	out.Unended = !slices.ContainsFunc(fields, func(f *page.Field) bool { return members(f).known }) &&
		slices.ContainsFunc(fields, func(f *page.Field) bool { return f.Unended })
	return out
}

// members are the fields below a field.
func members(f *page.Field) level {
	if f == nil {
		return level{}
	}
	return level{f.Fields, len(f.Fields) > 0 && !f.Folded && !f.Unended && stated(f.Fields)}
}

// enum joins the values of all versions. A list that a page states counts
// more than one out of a program.
func (m *merger) enum(at string, lists [][]page.EnumValue) []page.EnumValue {
	lists = current(m, lists)
	most := 0
	for _, list := range lists {
		most = max(most, strengthOf(list))
	}
	var out []page.EnumValue
	positions := map[string]int{}
	for _, list := range m.inNewestOrder(lists) {
		if strengthOf(list) < most || len(list) == 0 {
			continue
		}
		for _, v := range list {
			i, known := positions[v.Value.Value]
			switch {
			case !known:
				positions[v.Value.Value] = len(out)
				out = append(out, v)
			case !out[i].Label.Known():
				out[i].Label = v.Label
			}
		}
	}
	for _, list := range lists {
		if strengthOf(list) == most && len(list) > 0 && len(list) < len(out) {
			m.missingValues(at, list, out)
			break
		}
	}
	return out
}

func strengthOf(values []page.EnumValue) int {
	if len(values) == 0 {
		return 0
	}
	return strength[values[0].Value.From]
}

func (m *merger) inNewestOrder(lists [][]page.EnumValue) [][]page.EnumValue {
	out := make([][]page.EnumValue, len(lists))
	for i, version := range m.newest {
		out[i] = lists[version]
	}
	return out
}

// missingValues reports what one page has and another has not.
func (m *merger) missingValues(at string, list, all []page.EnumValue) {
	own := map[string]bool{}
	for _, v := range list {
		own[v.Value.Value] = true
	}
	for _, v := range all {
		if !own[v.Value.Value] {
			m.find(list[0].Value.Pos, page.Contradiction, at, fmt.Sprintf("values: %s is not among those here, but at %s", v.Value.Value, v.Value.Pos), "all are kept")
			return
		}
	}
}
