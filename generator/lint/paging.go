package lint

import (
	"slices"

	"github.com/wxgen/wxgen/generator/load"
)

// Names by which the platform's operations page, out of the catalogue.
var (
	placeNames = []string{"offset", "page_index", "page_no", "page_num", "page_number", "page"}
	sizeNames  = []string{"limit", "page_size", "count", "page_limit"}
	tokenNames = []string{"page_token", "next_page_token", "next_token", "cursor"}
)

// checkPageMissing finds operations that look as if they paged.
func checkPageMissing(f *file, r report) {
	for _, op := range f.doc.Operations {
		if op.Page != nil || !answersList(op) {
			continue
		}
		if takesAny(op, tokenNames) || takesAny(op, placeNames) && takesAny(op, sizeNames) {
			r(op.Pos, "write x-wx-page, or silence the rule with the reason", "%s seems to page, and does not say how", op.ID)
		}
	}
}

func takesAny(op *load.Operation, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return taken(op, name) != nil })
}

// taken gives the schema of what an operation takes by a name, in the query
// or in the body.
func taken(op *load.Operation, name string) *load.Schema {
	if p := op.Parameter(name, "query"); p != nil {
		return p.Schema
	}
	if op.Body == nil {
		return nil
	}
	return propertyOf(op.Body.Content, name)
}

// answered gives the schema of a field of an operation's answer.
func answered(op *load.Operation, name string) *load.Schema {
	resp := op.Success()
	if resp == nil {
		return nil
	}
	return propertyOf(resp.Content, name)
}

func propertyOf(content []load.Media, name string) *load.Schema {
	m := load.JSON(content)
	if m == nil || m.Schema == nil {
		return nil
	}
	for _, p := range properties(m.Schema) {
		if p.Name == name {
			return p.Schema
		}
	}
	return nil
}

// properties are those of an object and of what it is merged from. The loader
// has made sure that nothing is merged from itself.
func properties(s *load.Schema) []*load.Property {
	t := s.Target()
	out := slices.Clone(t.Properties)
	for _, part := range t.AllOf {
		out = append(out, properties(part)...)
	}
	return out
}

func answersList(op *load.Operation) bool {
	resp := op.Success()
	if resp == nil {
		return false
	}
	m := load.JSON(resp.Content)
	return m != nil && m.Schema != nil && slices.ContainsFunc(properties(m.Schema), func(p *load.Property) bool {
		return p.Schema.Target().Type() == "array"
	})
}

// checkPageLimits compares what x-wx-page says with the parameters: requests
// are checked by the parameters, pages are filled by x-wx-page.
func checkPageLimits(f *file, r report) {
	for _, op := range f.doc.Operations {
		if op.Page == nil {
			continue
		}
		pos := f.at(op.Pos, "x-wx-page")
		limit := takenWithNotes(op, op.Page.Limit)
		if limit.schema != nil && limit.max == 0 && !limit.noted {
			r(pos, "write maximum: at the parameter, or an x-wx-note that no source tells one", "%s does not say how large a page can be", op.ID)
		}
		compareMaximum(pos, "maxLimit", op.Page.MaxLimit, limit, r)
		compareMaximum(pos, "maxOffset", op.Page.MaxOffset, takenWithNotes(op, op.Page.Offset), r)
	}
}

// bounded is a parameter as far as its maximum goes.
type bounded struct {
	name   string
	schema *load.Schema
	max    int64
	noted  bool
}

func takenWithNotes(op *load.Operation, name string) bounded {
	b := bounded{name: name}
	if b.schema = taken(op, name); b.schema == nil {
		return b
	}
	for _, s := range []*load.Schema{b.schema, b.schema.Target()} {
		if s.Maximum != nil {
			b.max = int64(*s.Maximum)
		}
		b.noted = b.noted || len(s.Notes) > 0
	}
	if p := op.Parameter(name, "query"); p != nil {
		b.noted = b.noted || len(p.Notes) > 0
	}
	return b
}

func compareMaximum(pos load.Pos, key string, says int64, b bounded, r report) {
	if b.schema != nil && says != b.max && (says != 0 || b.max != 0) {
		r(pos, "write the same in both places", "%s is %d, and the maximum of %s is %d", key, says, b.name, b.max)
	}
}

// checkPageFields looks at the types of what a pager reads and writes.
func checkPageFields(f *file, r report) {
	for _, op := range f.doc.Operations {
		p := op.Page
		if p == nil {
			continue
		}
		position := "integer"
		if p.Style == "token" {
			position = "string"
		}
		for _, part := range []struct {
			key, name, want string
			schema          *load.Schema
		}{
			{"offset", p.Offset, position, taken(op, p.Offset)},
			{"limit", p.Limit, "integer", taken(op, p.Limit)},
			{"items", p.Items, "array", answered(op, p.Items)},
			{"total", p.Total, "integer", answered(op, p.Total)},
			{"next", p.Next, "string", answered(op, p.Next)},
		} {
			if part.schema != nil && part.schema.Target().Type() != part.want {
				r(f.at(op.Pos, "x-wx-page"), "name another field, or mend its type",
					"x-wx-page of %s: %s is %s, which is no %s", op.ID, part.key, part.name, part.want)
			}
		}
	}
}
