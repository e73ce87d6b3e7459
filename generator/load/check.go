package load

import (
	"regexp"
	"slices"
	"strings"
)

// check looks at what only shows once references are resolved.
func (d *Document) check(problems *Problems) {
	ids := map[string]Pos{}
	for _, op := range slices.Concat(d.Operations, d.Webhooks) {
		if at, ok := ids[op.ID]; ok {
			problems.Add(op.Pos, "give each operation of a file its own name",
				"operationId %s is used twice, first at %s", op.ID, at)
			continue
		}
		ids[op.ID] = op.Pos
	}
	for _, op := range d.Operations {
		op.checkPath(problems)
		op.checkParameters(problems)
		op.checkPage(problems)
	}
	for _, op := range d.Webhooks {
		if op.Event == nil {
			problems.Add(op.Pos, "write x-wx-event:", "the webhook %s does not say which events it stands for", op.Path)
		}
	}
}

var variable = regexp.MustCompile(`\{([^{}]*)\}`)

// Variables gives the names in braces of a path template, in their order.
func Variables(path string) []string {
	var out []string
	for _, m := range variable.FindAllStringSubmatch(path, -1) {
		out = append(out, m[1])
	}
	return out
}

func (op *Operation) checkPath(problems *Problems) {
	names := Variables(op.Path)
	for _, name := range names {
		if op.Parameter(name, "path") == nil {
			problems.Add(op.Pos, "add it to parameters with in: path",
				"%s %s does not declare the path parameter %s", op.Method, op.Path, name)
		}
	}
	for _, p := range op.Parameters {
		if p.In == "path" && !slices.Contains(names, p.Name) {
			problems.Add(p.Pos, "add {"+p.Name+"} to the path, or change in:",
				"the path parameter %s does not stand in %s", p.Name, op.Path)
		}
	}
}

func (op *Operation) checkParameters(problems *Problems) {
	for i, p := range op.Parameters {
		for _, q := range op.Parameters[:i] {
			if q.Name == p.Name && q.In == p.In {
				problems.Add(p.Pos, "keep one of them", "the %s parameter %s is declared twice, first at %s", p.In, p.Name, q.Pos)
			}
		}
	}
}

// Parameter finds a parameter by name and place.
func (op *Operation) Parameter(name, in string) *Parameter {
	for _, p := range op.Parameters {
		if p.Name == name && p.In == in {
			return p
		}
	}
	return nil
}

// Success gives the response of the first 2xx status, or nil.
func (op *Operation) Success() *Response {
	for _, r := range op.Responses {
		if strings.HasPrefix(r.Status, "2") {
			return r
		}
	}
	return nil
}

// JSON gives the JSON content among media types, or nil.
func JSON(content []Media) *Media {
	for i := range content {
		if t := content[i].Type; t == "application/json" || strings.HasSuffix(t, "+json") {
			return &content[i]
		}
	}
	return nil
}

func (op *Operation) checkPage(problems *Problems) {
	p := op.Page
	if p == nil {
		return
	}
	parameters, fields := []string{p.Offset, p.Limit}, []string{p.Items, p.Total}
	if p.Style == "token" {
		fields = []string{p.Items, p.Next}
	}
	if p.Offset == "" || p.Items == "" || p.Style == "token" && p.Next == "" {
		problems.Add(p.Pos, "write style:, offset: and items:, and next: for tokens", "x-wx-page does not say how %s pages", op.ID)
		return
	}
	for _, name := range parameters {
		if name != "" && !op.takes(name) {
			problems.Add(p.Pos, "name a parameter of the operation", "x-wx-page names %s, which %s does not take", name, op.ID)
		}
	}
	for _, name := range fields {
		if name != "" && !op.answers(name) {
			problems.Add(p.Pos, "name a field of the response", "x-wx-page names %s, which %s does not answer", name, op.ID)
		}
	}
}

func (op *Operation) takes(name string) bool {
	if op.Parameter(name, "query") != nil {
		return true
	}
	if op.Body == nil {
		return false
	}
	m := JSON(op.Body.Content)
	return m != nil && m.Schema != nil && m.Schema.has(name, map[*Schema]bool{})
}

func (op *Operation) answers(name string) bool {
	resp := op.Success()
	if resp == nil {
		return false
	}
	m := JSON(resp.Content)
	return m != nil && m.Schema != nil && m.Schema.has(name, map[*Schema]bool{})
}

// has tells whether an object or a part of its allOf has a property. Parts may
// share parts, so each is looked at once.
func (s *Schema) has(name string, seen map[*Schema]bool) bool {
	t := s.Target()
	if seen[t] {
		return false
	}
	seen[t] = true
	if t.Property(name) != nil {
		return true
	}
	return slices.ContainsFunc(t.AllOf, func(part *Schema) bool { return part.has(name, seen) })
}

// checkSchema looks at keywords that must fit each other.
func (r *reader) checkSchema(s *Schema) {
	for _, name := range s.Required {
		if len(s.Properties) > 0 && s.Property(name) == nil && len(s.AllOf) == 0 {
			r.problems.Add(s.Pos, "declare it, or remove it from required", "required names %s, which is no property", name)
		}
	}
	if len(s.EnumNames) > 0 && len(s.EnumNames) != len(s.Enum) {
		r.problems.Add(s.Pos, "give each value one name, in the same order",
			"x-enum-varnames has %d names for %d values", len(s.EnumNames), len(s.Enum))
	}
	for value := range s.EnumDescriptions {
		if !slices.ContainsFunc(s.Enum, func(v Value) bool { return v.Text == value }) {
			r.problems.Add(s.Pos, "add it to enum, or remove it", "x-enumDescriptions describes %s, which is not in enum", value)
		}
	}
	if s.MinLength != nil && s.MaxLength != nil && *s.MinLength > *s.MaxLength {
		r.problems.Add(s.Pos, "mend one of them", "minLength is greater than maxLength")
	}
	if s.Type() == "array" && s.Items == nil && s.refText == "" {
		r.problems.Add(s.Pos, "write items:", "an array does not say what it holds")
		s.Items = &Schema{Pos: s.Pos, Document: r.doc}
	}
}
