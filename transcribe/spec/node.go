package spec

import (
	"strconv"

	"go.yaml.in/yaml/v4"
)

// mapping makes an object of keys and values in their order. Values that are
// nil are left out, so that a table can list all that might be there.
func mapping(pairs ...pair) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, p := range pairs {
		if p.value != nil {
			n.Content = append(n.Content, text(p.key), p.value)
		}
	}
	return n
}

type pair struct {
	key   string
	value *yaml.Node
}

func sequence(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}

// some is a list, or nothing where it would be empty.
func some(items []*yaml.Node) *yaml.Node {
	if len(items) == 0 {
		return nil
	}
	return sequence(items...)
}

func text(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}

// texts is a list of texts, or nothing.
func texts(list []string) *yaml.Node {
	var items []*yaml.Node
	for _, s := range list {
		items = append(items, prose(s))
	}
	return some(items)
}

// given is a text, or nothing where it is empty.
func given(s string) *yaml.Node {
	if s == "" {
		return nil
	}
	return text(s)
}

// prose is a text for people, which is broken into lines if it is long.
func prose(s string) *yaml.Node {
	n := text(s)
	if len([]rune(s)) >= longText {
		n.Style = yaml.FoldedStyle
	}
	return n
}

func number(v int64) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(v, 10)}
}

// yes is true, or nothing.
func yes(v bool) *yaml.Node {
	if !v {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"}
}

// reference is a $ref to a component, by itself.
func reference(to string) *yaml.Node { return mapping(pair{"$ref", text(to)}) }

// member finds a key of a mapping and its value, or nil.
func member(n *yaml.Node, key string) (k, v *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// value finds the value of a key, or nil; at goes down several keys.
func value(n *yaml.Node, keys ...string) *yaml.Node {
	for _, key := range keys {
		_, n = member(n, key)
	}
	return n
}

// word is the text of a member, or empty.
func word(n *yaml.Node, keys ...string) string {
	if v := value(n, keys...); v != nil && v.Kind == yaml.ScalarNode {
		return v.Value
	}
	return ""
}
