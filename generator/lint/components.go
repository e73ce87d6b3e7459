package lint

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
)

// part is a component, or with an empty name the rest of a file, and what it
// refers to. Places are written as FILE#/components/KIND/NAME.
type part struct {
	name string
	pos  load.Pos
	uses []string
}

// parts takes a file apart, so that unused components can be told once all
// files are read.
func (f *file) parts() []part {
	parts := []part{{}}
	at := map[string]int{}
	f.eachComponent(func(place string, key *yaml.Node) {
		at[place] = len(parts)
		parts = append(parts, part{name: f.name + "#" + place, pos: f.pos(key)})
	})
	for _, o := range f.objects {
		owner := &parts[at[componentOf(o.at)]]
		for _, ref := range refsOf(o) {
			file, pointer := targetOf(f.name, ref.Value)
			owner.uses = append(owner.uses, file+"#"+pointer)
		}
		if _, v := o.member("security"); v != nil {
			owner.uses = append(owner.uses, f.schemes(v)...)
		}
	}
	return parts
}

func (f *file) eachComponent(visit func(place string, key *yaml.Node)) {
	_, components := member(f.root, "components")
	if components == nil {
		return
	}
	for i := 0; i+1 < len(components.Content); i += 2 {
		kind, group := components.Content[i], components.Content[i+1]
		for j := 0; group.Kind == yaml.MappingNode && j+1 < len(group.Content); j += 2 {
			visit("/components/"+kind.Value+"/"+escapePointer(group.Content[j].Value), group.Content[j])
		}
	}
}

// componentOf gives the pointer of the component that a place lies in.
func componentOf(at string) string {
	steps := strings.SplitN(at, "/", 5)
	if len(steps) < 4 || steps[1] != "components" {
		return ""
	}
	return strings.Join(steps[:4], "/")
}

// refsOf gives the references of an object, those of a discriminator as well.
func refsOf(o object) []*yaml.Node {
	var out []*yaml.Node
	if _, ref := o.member("$ref"); ref != nil {
		out = append(out, ref)
	}
	if _, mapping := o.member("mapping"); mapping != nil && mapping.Kind == yaml.MappingNode {
		for i := 1; i < len(mapping.Content); i += 2 {
			out = append(out, mapping.Content[i])
		}
	}
	return out
}

// schemes gives the security schemes that a list of requirements names.
func (f *file) schemes(list *yaml.Node) []string {
	var out []string
	for _, requirement := range list.Content {
		for i := 0; i < len(requirement.Content); i += 2 {
			out = append(out, f.name+"#/components/securitySchemes/"+requirement.Content[i].Value)
		}
	}
	return out
}

// unusedComponents tells which components no operation and no webhook leads
// to, over all files.
func unusedComponents(all []*seen) []Finding {
	uses := map[string][]string{}
	var roots []string
	for _, s := range all {
		for _, p := range s.parts {
			if p.name == "" {
				roots = append(roots, p.uses...)
			} else {
				uses[p.name] = p.uses
			}
		}
	}
	reached := reach(roots, uses)
	var out []Finding
	for _, s := range all {
		for _, p := range s.parts {
			if p.name != "" && !reached[p.name] {
				_, place, _ := strings.Cut(p.name, "#/components/")
				out = append(out, Finding{p.pos, "unused-component", "nothing uses " + place, "remove it, or refer to it"})
			}
		}
	}
	return out
}

// reach follows uses from some places to all that they lead to.
func reach(roots []string, uses map[string][]string) map[string]bool {
	reached := map[string]bool{}
	for len(roots) > 0 {
		next := roots[len(roots)-1]
		roots = roots[:len(roots)-1]
		if !reached[next] {
			reached[next] = true
			roots = append(roots, uses[next]...)
		}
	}
	return reached
}

// checkReferences keeps packages apart: what two files share belongs into
// common.yaml, or one could not be changed without the other.
func checkReferences(f *file, r report) {
	for _, o := range f.objects {
		for _, ref := range refsOf(o) {
			if file, _ := targetOf(f.name, ref.Value); file != f.name && file != "common.yaml" {
				r(f.pos(ref), "move it to common.yaml", "the reference leads to another product's file, %s", file)
			}
		}
	}
}

// checkRequiredNames looks where the loader does not: at properties that come
// from elsewhere.
func checkRequiredNames(f *file, r report) {
	for _, s := range f.schemas {
		if s.Additional != nil || len(s.OneOf)+len(s.AnyOf) > 0 {
			continue
		}
		has := map[string]bool{}
		for _, p := range slices.Concat(s.Properties, properties(s)) {
			has[p.Name] = true
		}
		for _, name := range s.Required {
			if !has[name] && !f.mergedInto(s) {
				r(f.at(s.Pos, "required"), "declare it, or remove it from required", "required names %s, which is no property", name)
			}
		}
	}
}

// mergedInto tells that a schema is a part of an allOf, whose other parts may
// declare what it requires.
func (f *file) mergedInto(s *load.Schema) bool {
	return slices.ContainsFunc(f.schemas, func(other *load.Schema) bool { return slices.Contains(other.AllOf, s) })
}
