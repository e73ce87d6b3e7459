package load

import (
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v4"
)

// reader turns the nodes of one file into a document. Whatever is wrong is
// noted and skipped, so that one run reports all of it.
type reader struct {
	doc      *Document
	problems Problems
	refs     []reference
	broken   Problems // references that lead nowhere

	openAPI *openapi3.T // the whole file, where it is to be validated and was easy to read
}

func (r *reader) pos(n *yaml.Node) Pos {
	return Pos{File: r.doc.File, Line: n.Line, Col: n.Column}
}

func (r *reader) fail(n *yaml.Node, remedy, format string, args ...any) {
	r.problems.Add(r.pos(n), remedy, format, args...)
}

// each visits the members of a mapping. The visitor says whether it knows the
// key; unknown keys are problems, except the extensions of other tools.
func (r *reader) each(n *yaml.Node, what string, visit func(key, value *yaml.Node) bool) {
	if !r.kind(n, yaml.MappingNode, what, "a mapping") {
		return
	}
	first := firstOf(n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		n.Content[i+1] = nil // it is read once; the memory goes to what is made of it
		if at := first(i); at < i {
			r.fail(key, "keep one of them", "%s has the key %q twice, first at %s", what, key.Value, r.pos(n.Content[at]))
			continue
		}
		if !r.plain(key) || !r.plain(value) || visit(key, value) {
			continue
		}
		if strings.HasPrefix(key.Value, "x-") && !strings.HasPrefix(key.Value, "x-wx-") {
			continue
		}
		r.unknownKey(key, what)
	}
}

// firstOf finds where the key at an index of a mapping stands first. In small
// mappings, by far the most, looking back is cheaper than a table.
func firstOf(n *yaml.Node) func(int) int {
	const small = 64
	if len(n.Content) > small {
		seen := make(map[string]int, len(n.Content)/2)
		return func(at int) int {
			key := n.Content[at].Value
			if i, ok := seen[key]; ok {
				return i
			}
			seen[key] = at
			return at
		}
	}
	return func(at int) int {
		i := 0
		for n.Content[i].Value != n.Content[at].Value {
			i += 2
		}
		return i
	}
}

func (r *reader) unknownKey(key *yaml.Node, what string) {
	remedy := "remove it, or see specs/README.md for what the dialect knows"
	if near := nearest(key.Value, dialectKeys); near != "" {
		remedy = "did you mean " + near + "?"
	}
	r.fail(key, remedy, "%s has an unknown key %q", what, key.Value)
}

// list visits the items of a sequence.
func (r *reader) list(n *yaml.Node, what string, visit func(item *yaml.Node)) {
	if !r.kind(n, yaml.SequenceNode, what, "a list") {
		return
	}
	for i, item := range n.Content {
		n.Content[i] = nil // as in a mapping
		if r.plain(item) {
			visit(item)
		}
	}
}

// plain refuses aliases and merge keys: they hide where a fact stands, and
// let a small file grow without bound.
func (r *reader) plain(n *yaml.Node) bool {
	if n.Kind == yaml.AliasNode || n.Tag == "!!merge" {
		r.fail(n, "write the value out, or use $ref", "YAML aliases are not part of the dialect")
		return false
	}
	return true
}

func (r *reader) kind(n *yaml.Node, kind yaml.Kind, what, want string) bool {
	if n.Kind == kind {
		return true
	}
	r.fail(n, "", "%s must be %s, not %s", what, want, kindName(n))
	return false
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return "empty"
		}
		return strconv.Quote(shorten(n.Value))
	}
	return "something else"
}

func shorten(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

func (r *reader) text(n *yaml.Node, what string) string {
	if !r.kind(n, yaml.ScalarNode, what, "text") {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

func (r *reader) boolean(n *yaml.Node, what string) bool {
	if r.kind(n, yaml.ScalarNode, what, "true or false") && n.Tag != "!!bool" {
		r.fail(n, "", "%s must be true or false, not %s", what, kindName(n))
		return false
	}
	return n.Value == "true"
}

func (r *reader) integer(n *yaml.Node, what string) int64 {
	v, err := strconv.ParseInt(n.Value, 0, 64)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil {
		r.fail(n, "", "%s must be a whole number, not %s", what, kindName(n))
	}
	return v
}

// count reads a limit such as maxLength, which cannot be negative.
func (r *reader) count(n *yaml.Node, what string) *int64 {
	v := r.integer(n, what)
	if v < 0 {
		r.fail(n, "", "%s must not be negative", what)
	}
	return &v
}

func (r *reader) number(n *yaml.Node, what string) *float64 {
	v, err := strconv.ParseFloat(n.Value, 64)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" && n.Tag != "!!float" || err != nil {
		r.fail(n, "", "%s must be a number, not %s", what, kindName(n))
	}
	return &v
}

func (r *reader) texts(n *yaml.Node, what string) []string {
	out := make([]string, 0, len(n.Content))
	r.list(n, what, func(item *yaml.Node) { out = append(out, r.text(item, what)) })
	return out
}

// oneOf reads a text that must be one of a few words.
func (r *reader) oneOf(n *yaml.Node, what string, words ...string) string {
	v := r.text(n, what)
	if !slices.Contains(words, v) {
		r.fail(n, "use one of "+strings.Join(words, ", "), "%s cannot be %q", what, v)
		return ""
	}
	return v
}
