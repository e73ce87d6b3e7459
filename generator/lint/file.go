package lint

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// file is a spec as the rules see it.
type file struct {
	*linter
	name  string
	data  []byte
	lines []string
	root  *yaml.Node // the mapping at the root

	objects []object
	texts   []text
	byPos   map[load.Pos]object

	doc     *load.Document
	ops     []*load.Operation // with webhooks
	schemas []*load.Schema    // each schema that stands in the file, once
	fields  []field

	validated bool // the OpenAPI library was asked
	invalid   load.Problems
	built     *built
}

func newFile(l *linter, name string, data []byte, root *yaml.Node) *file {
	f := &file{linter: l, name: name, data: data, lines: strings.Split(string(data), "\n"), root: root}
	if root.Kind == yaml.DocumentNode && len(root.Content) > 0 {
		f.root = root.Content[0]
	}
	return f
}

// use takes the document that the loader made of the file.
func (f *file) use(doc *load.Document) {
	f.objects = objects(f.root)
	f.texts = texts(f.objects)
	f.byPos = make(map[load.Pos]object, len(f.objects))
	for _, o := range f.objects {
		f.byPos[f.pos(o.node)] = o
		if o.key != nil {
			f.byPos[f.pos(o.key)] = o
		}
		if _, name := o.member("name"); name != nil {
			f.byPos[f.pos(name)] = o // the loader places a parameter at its name
		}
	}
	f.doc = doc
	f.ops = slices.Concat(doc.Operations, doc.Webhooks)
	f.collect()
}

func (f *file) pos(n *yaml.Node) load.Pos {
	return load.Pos{File: f.name, Line: n.Line, Col: n.Column}
}

// at gives the place of a key of the object that stands at a place, or that
// place itself where the object lacks the key.
func (f *file) at(pos load.Pos, key string) load.Pos {
	if k, _ := f.byPos[pos].member(key); k != nil {
		return f.pos(k)
	}
	return pos
}

// field is a parameter or a property.
type field struct {
	pos       load.Pos
	name      string
	schema    *load.Schema    // as it stands; it may refer to another
	parameter *load.Parameter // nil for a property
}

func (f field) title() string {
	if f.schema.Title != "" {
		return f.schema.Title
	}
	return f.schema.Target().Title
}

func (f field) description() string {
	if f.parameter != nil {
		return f.parameter.Description
	}
	if f.schema.Description != "" {
		return f.schema.Description
	}
	return f.schema.Target().Description
}

// noted tells that somebody thought about the field and wrote it down.
func (f field) noted() bool {
	if f.parameter != nil && len(f.parameter.Notes) > 0 {
		return true
	}
	return len(f.schema.Notes)+len(f.schema.Target().Notes) > 0
}

// collect lists schemas and fields. References are not followed: what they
// lead to is looked at where it stands.
func (f *file) collect() {
	seen := map[*load.Schema]bool{}
	for _, op := range f.ops {
		for _, p := range op.Parameters {
			f.fields = append(f.fields, field{p.Pos, p.Name, p.Schema, p})
			f.collectSchema(p.Schema, seen)
		}
		for _, m := range contents(op) {
			f.collectSchema(m.Schema, seen)
		}
	}
	for _, s := range f.doc.Schemas {
		f.collectSchema(s, seen)
	}
}

func (f *file) collectSchema(s *load.Schema, seen map[*load.Schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	f.schemas = append(f.schemas, s)
	for _, p := range s.Properties {
		f.fields = append(f.fields, field{p.Pos, p.Name, p.Schema, nil})
	}
	for _, part := range s.Parts() {
		if part != s.Ref {
			f.collectSchema(part, seen)
		}
	}
}

// contents are what an operation takes and answers.
func contents(op *load.Operation) []load.Media {
	var out []load.Media
	if op.Body != nil {
		out = append(out, op.Body.Content...)
	}
	for _, r := range op.Responses {
		out = append(out, r.Content...)
	}
	return out
}

// textLines tells which lines belong to texts in YAML's block style, where a
// number sign begins no comment.
func (f *file) textLines() map[int]bool {
	out := map[int]bool{}
	var visit func(n *yaml.Node, indent int)
	visit = func(n *yaml.Node, indent int) {
		if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			f.blockLines(n.Line, indent, out)
		}
		for i, child := range n.Content {
			indent := n.Column - 1
			if n.Kind == yaml.MappingNode && i%2 == 1 {
				indent = n.Content[i-1].Column - 1
			}
			visit(child, indent)
		}
	}
	visit(f.root, 0)
	return out
}

// blockLines marks the lines behind one that are indented more than its key.
func (f *file) blockLines(line, indent int, out map[int]bool) {
	for i := line; i < len(f.lines); i++ {
		rest := strings.TrimLeft(f.lines[i], " ")
		if rest != "" && len(f.lines[i])-len(rest) <= indent {
			return
		}
		out[i+1] = true
	}
}

// built is what the generator would make of the file.
type built struct {
	pkg      *model.Package
	problems load.Problems
}
