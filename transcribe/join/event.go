package join

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// eventKey is what pages of one notification have in common: its types.
func eventKey(e *page.Event) string {
	var types []string
	for _, t := range e.Types {
		types = append(types, t.Value.Value)
	}
	slices.Sort(types)
	return strings.Join(types, " ")
}

// sameEvent parts notifications of the same types into those whose data are
// the same: payments of several products share their type, and even the name
// of their data.
func sameEvent(versions []version, apart func(a, b *page.Event) bool) [][]version {
	var all [][]version
	for _, named := range byOriginalType(versions) {
		all = append(all, byData(named, apart)...)
	}
	return all
}

// byData puts notifications together whose data have at least half of their
// fields in common. One whose data are not known belongs to the first.
func byData(versions []version, apart func(a, b *page.Event) bool) [][]version {
	var all [][]version
	for _, v := range versions {
		i := slices.IndexFunc(all, func(same []version) bool {
			first := same[0].event
			return alike(first.Resource, v.event.Resource) && !apart(first, v.event)
		})
		if i < 0 {
			all = append(all, []version{v})
			continue
		}
		all[i] = append(all[i], v)
	}
	return all
}

func alike(a, b []*page.Field) bool {
	known := index(a)
	common := 0
	for _, f := range b {
		if known[f.Name.Value] != nil {
			common++
		}
	}
	return 2*common >= min(len(a), len(b))
}

// byOriginalType parts notifications of the same types whose data differ.
// One that does not name its data belongs to the first.
func byOriginalType(versions []version) [][]version {
	var g groups
	first := ""
	for _, v := range versions {
		if first == "" {
			first = v.event.OriginalType.Value
		}
	}
	for _, v := range versions {
		key := v.event.OriginalType.Value
		if key == "" {
			key = first
		}
		g.add(key, v)
	}
	return g.list()
}

func (j *Joined) event(versions []version) *page.Event {
	m := j.merger("", versions)
	events := each(m.versions, func(v version) *page.Event { return v.event })
	out := &page.Event{
		Title:   latest(m, each(events, func(e *page.Event) page.Fact[string] { return e.Title })),
		Summary: latest(m, each(events, func(e *page.Event) page.Fact[string] { return e.Summary })),
		Updated: latest(m, each(events, func(e *page.Event) page.Fact[string] { return e.Updated })),
		Doc:     latest(m, each(events, func(e *page.Event) page.Fact[string] { return e.Doc })),
		Roles:   union(each(events, func(e *page.Event) []page.Fact[string] { return e.Roles })),
		Answers: union(each(events, func(e *page.Event) []page.Fact[int] { return e.Answers })),
	}
	m.about = "notification " + eventKey(events[0])
	out.OriginalType = strongest(each(events, func(e *page.Event) page.Fact[string] { return e.OriginalType }))
	out.Types = m.enum("event_type", each(events, func(e *page.Event) []page.EnumValue { return e.Types }))
	out.Envelope = m.fields("envelope", each(events, func(e *page.Event) level { return top(e.Envelope) }))
	out.Resource = m.fields("resource", each(events, func(e *page.Event) level { return top(e.Resource) }))
	out.Examples = firstOf(m, each(events, func(e *page.Event) []page.Example { return e.Examples }))
	out.Decrypted = firstOf(m, each(events, func(e *page.Event) []page.Example { return e.Decrypted }))
	out.Sources = each(versions, func(v version) page.Source { return v.source })
	return out
}
