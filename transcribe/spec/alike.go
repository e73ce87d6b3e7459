package spec

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// contradict tells whether two shapes that are one by their facts say different
// things to people: a member or a value that both label, and label otherwise.
// Such shapes stay apart. Made one, the labels of the second would be lost, and
// those of the first be wrong for it.
func (n *naming) contradict(a, b *yaml.Node) bool { return n.differ(a, b, map[[2]*yaml.Node]bool{}) }

func (n *naming) differ(a, b *yaml.Node, seen map[[2]*yaml.Node]bool) bool {
	a, b = n.follow(a), n.follow(b)
	if a == nil || b == nil || a == b || seen[[2]*yaml.Node{a, b}] {
		return false
	}
	seen[[2]*yaml.Node{a, b}] = true
	if meansOther(value(a, "x-enumDescriptions"), value(b, "x-enumDescriptions")) {
		return true
	}
	properties := value(a, "properties")
	for i := 0; properties != nil && i+1 < len(properties.Content); i += 2 {
		name, one := properties.Content[i].Value, properties.Content[i+1]
		other := value(b, "properties", name)
		if other == nil {
			continue
		}
		here, there := n.labelOf(name, one), n.labelOf(name, other)
		if here != "" && there != "" && here != there || n.differ(one, other, seen) {
			return true
		}
	}
	for _, key := range []string{"items", "contentSchema"} {
		if n.differ(value(a, key), value(b, key), seen) {
			return true
		}
	}
	return false
}

// follow gives the component that a schema refers to, or the schema itself.
func (n *naming) follow(node *yaml.Node) *yaml.Node {
	ref := value(node, "$ref")
	if ref == nil {
		return node
	}
	if to := n.refs[ref]; to != nil {
		return to
	}
	return n.old[strings.TrimPrefix(ref.Value, "#/components/schemas/")]
}

// labelOf is what a property is called: its own label, or the glossary's.
func (n *naming) labelOf(name string, schema *yaml.Node) string {
	if title := word(schema, "title"); title != "" {
		return title
	}
	return n.book.Fields[name].Label
}

// meansOther tells whether a value means something else in one list than in
// the other. Pages shorten what they say: 成功 and 支付成功 are no two things.
func meansOther(a, b *yaml.Node) bool {
	for i := 0; a != nil && i+1 < len(a.Content); i += 2 {
		one, other := chinese(a.Content[i+1].Value), chinese(word(b, a.Content[i].Value))
		if other != "" && !strings.Contains(one, other) && !strings.Contains(other, one) {
			return true
		}
	}
	return false
}

// chinese is the page's part of a text "中文: English."
func chinese(s string) string {
	label, _, _ := strings.Cut(s, ": ")
	return label
}
