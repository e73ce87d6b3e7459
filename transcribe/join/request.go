package join

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// request joins the parameters and the bodies.
func (m *merger) request(ops []*page.Operation) (parameters, body []*page.Field) {
	placed := make([][]*page.Field, len(ops))
	for i, op := range ops {
		placed[i] = append(inPlace(op.Parameters, page.Query), inPlace(op.Body, page.Body)...)
		placed[i] = m.variables(placed[i], variables(op.Path.Value), variables(ops[0].Path.Value))
	}
	m.movePlaces(placed)
	for _, place := range places(placed) {
		lists := each(placed, func(all []*page.Field) level { return at(all, place) })
		for i := range lists {
			lists[i].known = len(placed[i]) > 0
		}
		fields := m.fields(where(place), lists)
		if place == page.Body || place == page.Form {
			body = append(body, fields...)
		} else {
			parameters = append(parameters, fields...)
		}
	}
	return parameters, body
}

// places are the places of fields, in the order in which pages have them.
func places(placed [][]*page.Field) []page.Place {
	var out []page.Place
	for _, fields := range placed {
		for _, f := range fields {
			if !slices.Contains(out, f.Place.Value) {
				out = append(out, f.Place.Value)
			}
		}
	}
	return out
}

func where(place page.Place) string {
	if place == page.Body || place == page.Form {
		return "request"
	}
	return string(place)
}

// at are the fields of a place.
func at(fields []*page.Field, place page.Place) level {
	var l level
	for _, f := range fields {
		if f.Place.Value == place {
			l.fields = append(l.fields, f)
		}
	}
	return l
}

func variables(path string) []string {
	var names []string
	for _, part := range strings.Split(path, "/") {
		if strings.HasPrefix(part, "{") {
			names = append(names, strings.TrimSpace(strings.Trim(part, "{}")))
		}
	}
	return names
}

// inPlace copies fields, and gives a place to those that have none.
func inPlace(fields []*page.Field, place page.Place) []*page.Field {
	var out []*page.Field
	for _, f := range fields {
		copied := *f
		if !copied.Place.Known() {
			copied.Place = page.Seen(place, f.Name.Pos, f.Name.From)
		}
		out = append(out, &copied)
	}
	return out
}

// variables gives the parameters of the path the names that they have in the
// path that counts, and leaves out those that stand in neither.
func (m *merger) variables(fields []*page.Field, own, counting []string) []*page.Field {
	var out []*page.Field
	for _, f := range fields {
		if f.Place.Value != page.Path || len(counting) == 0 {
			out = append(out, f)
			continue
		}
		if i := slices.Index(own, f.Name.Value); i >= 0 && i < len(counting) {
			f.Name.Value = counting[i]
		}
		if slices.Contains(counting, f.Name.Value) {
			out = append(out, f)
		} else {
			m.find(f.Name.Pos, page.Contradiction, "path."+f.Name.Value, "the path has no such variable", "the parameter is left out")
		}
	}
	return out
}

// movePlaces looks for fields that pages put into different places, and moves
// them to where the preferred page has them. A name that stands in two places
// of one page is two fields.
func (m *merger) movePlaces(placed [][]*page.Field) {
	var names []string
	byName := map[string][]*page.Field{}
	twice := map[string]bool{}
	for _, fields := range placed {
		own := map[string]bool{}
		for _, f := range fields {
			name := f.Name.Value
			if own[name] {
				twice[name] = true
			}
			own[name] = true
			if byName[name] == nil {
				names = append(names, name)
			}
			byName[name] = append(byName[name], f)
		}
	}
	for _, name := range names {
		if !twice[name] {
			m.movePlace(name, byName[name])
		}
	}
}

func (m *merger) movePlace(name string, fields []*page.Field) {
	first := fields[0]
	told := false
	for _, f := range fields[1:] {
		if f.Place.Value == first.Place.Value {
			continue
		}
		if !told {
			m.find(first.Name.Pos, page.Contradiction, where(first.Place.Value)+"."+name,
				fmt.Sprintf("place: %s here, %s at %s", first.Place.Value, f.Place.Value, f.Name.Pos), "the first counts")
			told = true
		}
		f.Place = first.Place
	}
}
