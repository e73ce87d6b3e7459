package load

import (
	"path"
	"strings"

	"go.yaml.in/yaml/v4"
)

// refKind is a section of components that a reference can point into.
type refKind string

const (
	refSchema    refKind = "schemas"
	refParameter refKind = "parameters"
	refResponse  refKind = "responses"
	refBody      refKind = "requestBodies"
	refErrorRow  refKind = "x-wx-errors"
)

// target is what a reference leads to; one of them is set.
type target struct {
	schema    *Schema
	parameter *Parameter
	response  *Response
	body      *Body
	errorRow  *ErrorRow
}

// reference is a $ref that is to be resolved once all files are read.
type reference struct {
	pos  Pos
	kind refKind
	text string
	file string // of the document that it points into
	name string
	set  func(target)
}

// isRef notes the reference if the node is nothing but a $ref.
func (r *reader) isRef(n *yaml.Node, kind refKind, set func(target)) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) < 2 || n.Content[0].Value != "$ref" {
		return false
	}
	for _, key := range n.Content[2:] {
		if key.Kind == yaml.ScalarNode && (key.Value == "summary" || key.Value == "description") {
			continue
		}
		r.fail(n, "keep only $ref, or write everything out", "nothing may stand beside a $ref here")
		break
	}
	r.refer(n.Content[1], kind, r.text(n.Content[1], "$ref"), set)
	return true
}

func (r *reader) refer(n *yaml.Node, kind refKind, text string, set func(target)) {
	file, pointer, ok := strings.Cut(text, "#/components/"+string(kind)+"/")
	if !ok || pointer == "" || strings.Contains(pointer, "/") || strings.Contains(file, "://") {
		r.fail(n, "write FILE#/components/"+string(kind)+"/NAME; FILE is relative and may be left out",
			"$ref %q cannot be followed", text)
		return
	}
	if file == "" {
		file = r.doc.File
	} else {
		file = path.Join(path.Dir(r.doc.File), file)
	}
	name := strings.ReplaceAll(strings.ReplaceAll(pointer, "~1", "/"), "~0", "~")
	r.refs = append(r.refs, reference{pos: r.pos(n), kind: kind, text: text, file: file, name: name, set: set})
}

// find looks a reference up in the document that it points into.
func (d *Document) find(ref reference) (t target, ok bool) {
	switch ref.kind {
	case refSchema:
		t.schema, ok = d.schemas[ref.name]
	case refParameter:
		t.parameter, ok = d.parameters[ref.name]
	case refResponse:
		t.response, ok = d.responses[ref.name]
	case refBody:
		t.body, ok = d.bodies[ref.name]
	case refErrorRow:
		t.errorRow, ok = d.errorRows[ref.name]
	}
	return t, ok
}

// names lists what a section holds, for the hint when a name is not there.
func (d *Document) names(kind refKind) []string {
	var out []string
	switch kind {
	case refSchema:
		out = keys(d.schemas)
	case refParameter:
		out = keys(d.parameters)
	case refResponse:
		out = keys(d.responses)
	case refBody:
		out = keys(d.bodies)
	case refErrorRow:
		out = keys(d.errorRows)
	}
	return out
}

// refLoops reports schemas that refer to each other and never reach a shape.
func (d *Document) refLoops(problems *Problems) {
	for _, s := range d.Schemas {
		if s.mergedFrom(s, map[*Schema]bool{}) {
			problems.Add(s.Pos, "remove it from its own allOf", "the schema %s is made of itself", s.Name)
			s.AllOf = nil
		}
	}
	seenFrom := map[*Schema]*Schema{}
	for _, s := range d.Schemas {
		for at := s; at.Ref != nil; at = at.Ref {
			from := seenFrom[at]
			if from == s {
				problems.Add(at.Pos, "give one of them a type", "the schema %s refers to itself", at.Name)
				at.Ref = nil
			}
			if from != nil {
				break // it ends, now or as was seen before
			}
			seenFrom[at] = s
		}
	}
}

// mergedFrom tells whether a schema's allOf leads to another schema, directly
// or by way of further references.
func (s *Schema) mergedFrom(other *Schema, seen map[*Schema]bool) bool {
	if seen[s] {
		return false
	}
	seen[s] = true
	for _, part := range s.AllOf {
		if part == other || part.mergedFrom(other, seen) {
			return true
		}
	}
	return s.Ref != nil && (s.Ref == other && len(other.AllOf) > 0 || s.Ref.mergedFrom(other, seen))
}
