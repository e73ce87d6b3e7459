package lint

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// build asks the generator what it would make of the file. It is asked once.
func (f *file) build() *built {
	if f.built != nil {
		return f.built
	}
	f.built = &built{}
	if !model.HasPackage(f.doc) {
		return f.built
	}
	pkg, err := model.Build(f.doc, model.Options{RuntimeDeclares: func(string) bool { return false }})
	if found, ok := errors.AsType[load.Problems](err); ok {
		f.built.problems = found
	}
	f.built.pkg = pkg
	return f.built
}

// clash is a component whose name is too much like that of another.
type clash struct {
	schema, other *load.Schema
}

// clashes compares the names of the components that the package would have.
func (f *file) clashes() []clash {
	var out []clash
	first := map[string]*load.Schema{}
	for _, s := range f.doc.Schemas {
		name := s.GoName
		if name == "" {
			name = model.GoName(s.Name)
		}
		key := strings.ToLower(name)
		if other := first[key]; other != nil {
			out = append(out, clash{s, other})
			continue
		}
		first[key] = s
	}
	return out
}

// checkShapeNames finds names that two shapes want. The generator would give
// one of them a longer name, which nobody chose.
func checkShapeNames(f *file, r report) {
	for _, c := range f.clashes() {
		r(c.schema.Pos, "make one of them, or rename one", "the schema %s is called like %s at %s but for its spelling",
			c.schema.Name, c.other.Name, c.other.Pos)
	}
	if pkg := f.build().pkg; pkg != nil {
		for _, n := range pkg.Renames {
			r(n.Pos, "make it a component of its own name, or pin one with x-go-name", "%s is called %s, since %s is taken", n.What, n.To, n.From)
		}
	}
}

// checkGoPackage tells what the generator would refuse.
func checkGoPackage(f *file, r report) {
	told := map[load.Pos]bool{}
	for _, c := range f.clashes() {
		told[c.schema.Pos] = true
	}
	for _, p := range f.build().problems {
		if !told[p.Pos] {
			r(p.Pos, p.Remedy, "%s", p.What)
		}
	}
}

// checkGoNames looks at the names that people chose.
func checkGoNames(f *file, r report) {
	want := func(pos load.Pos, what, name string) {
		if style := model.GoName(name); !styled(name, style) {
			r(pos, "write "+style, "%s %s is not in Go style", what, name)
		}
	}
	for _, op := range f.ops {
		want(f.at(op.Pos, "operationId"), "operationId", op.ID)
	}
	for _, s := range f.doc.Schemas {
		want(s.Pos, "the schema", s.Name)
	}
	for _, o := range f.objects {
		if key, v := o.member("x-go-name"); v != nil {
			want(f.pos(key), "x-go-name", v.Value)
		}
		for _, v := range varnames(o) {
			want(f.pos(v), "the value's name", v.Value)
		}
	}
}

// styled tells whether a name is as good as the one that wxgen would make of
// it. It may write more in capitals, since people know initialisms (DOCX) that
// wxgen does not; but long words in capitals are no initialisms.
func styled(name, style string) bool {
	const longest = 5
	if !strings.EqualFold(name, style) || len(name) > longest && strings.ToUpper(name) == name && style != name {
		return false
	}
	for i, c := range []byte(style) {
		if c >= 'A' && c <= 'Z' && name[i] != c {
			return false
		}
	}
	return true
}

func varnames(o object) []*yaml.Node {
	_, list := o.member("x-enum-varnames")
	if list == nil || list.Kind != yaml.SequenceNode {
		return nil
	}
	return list.Content
}

// checkEnumNames finds constants that would have one name.
func checkEnumNames(f *file, r report) {
	for _, o := range f.objects {
		seen := map[string]bool{}
		for _, v := range varnames(o) {
			if seen[v.Value] {
				r(f.pos(v), "give each value its own name", "two values would be called %s", v.Value)
			}
			seen[v.Value] = true
		}
	}
}

// checkEnumValues wants to know what each value means.
func checkEnumValues(f *file, r report) {
	for _, s := range f.schemas {
		if len(s.Notes) > 0 {
			continue
		}
		for _, v := range s.Enum {
			if s.EnumDescriptions[v.Text] == "" {
				r(v.Pos, "write it under x-enumDescriptions, or an x-wx-note that no source tells", "%s is not explained", v.Text)
			}
		}
	}
}
