package lint

import (
	"math"
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// object is a mapping to which OpenAPI gives a meaning: no data, and no map
// whose keys are names.
type object struct {
	at   string // JSON pointer from the root
	key  *yaml.Node
	node *yaml.Node
}

// member gives a member's key and value, or nil.
func (o object) member(name string) (key, value *yaml.Node) {
	return member(o.node, name)
}

func member(n *yaml.Node, name string) (key, value *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// named are the keywords whose mappings have names as keys.
var named = map[string]bool{
	"properties": true, "patternProperties": true, "schemas": true, "parameters": true, "responses": true,
	"requestBodies": true, "headers": true, "securitySchemes": true, "paths": true, "webhooks": true, "content": true,
	"mapping": true, "encoding": true, "x-wx-errors": true, "$defs": true, "links": true, "pathItems": true,
}

// data are the keywords whose values are not OpenAPI.
var data = map[string]bool{
	"example": true, "examples": true, "default": true, "const": true, "enum": true, "required": true,
}

// descends tells whether the rules have something to look for below a key.
func descends(key string) bool {
	if strings.HasPrefix(key, "x-") {
		return key == "x-wx-errors" || key == "x-wx-event"
	}
	return !data[key]
}

// objects lists the objects of a file, from outside in and in its order.
func objects(root *yaml.Node) []object {
	var out []object
	var visit func(at string, key, n *yaml.Node, names bool)
	visit = func(at string, key, n *yaml.Node, names bool) {
		switch n.Kind {
		case yaml.SequenceNode:
			for i, item := range n.Content {
				visit(at+"/"+strconv.Itoa(i), nil, item, false)
			}
		case yaml.MappingNode:
			if !names {
				out = append(out, object{at, key, n})
			}
			for i := 0; i+1 < len(n.Content); i += 2 {
				k, v := n.Content[i], n.Content[i+1]
				if names || descends(k.Value) {
					visit(at+"/"+escapePointer(k.Value), k, v, !names && named[k.Value])
				}
			}
		}
	}
	visit("", nil, root, false)
	return out
}

func escapePointer(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}

// text is a text for people.
type text struct {
	key   *yaml.Node
	value *yaml.Node
	row   bool // it belongs to an error table, whose texts have a form of their own
}

// texts lists the descriptions and notes of a file.
func texts(objects []object) []text {
	var out []text
	for _, o := range objects {
		row := strings.Contains(o.at, "/x-wx-errors/")
		for _, name := range []string{"description", "x-wx-note"} {
			key, value := o.member(name)
			switch {
			case value == nil:
			case value.Kind == yaml.ScalarNode:
				out = append(out, text{key, value, row && name == "description"})
			case value.Kind == yaml.SequenceNode:
				for _, item := range value.Content {
					out = append(out, text{item, item, false})
				}
			}
		}
	}
	return out
}

// plain gives a node as the values that a JSON Schema judges.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		out := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, item := range n.Content {
			out[i] = plain(item)
		}
		return out
	case yaml.ScalarNode:
		return scalar(n)
	}
	return nil
}

// scalar gives a scalar's value. What JSON does not know stays text: dates,
// and numbers that are none.
func scalar(n *yaml.Node) any {
	switch n.Tag {
	case "!!int", "!!float", "!!bool", "!!null":
		var v any
		if n.Decode(&v) == nil && finite(v) {
			return v
		}
	}
	return n.Value
}

func finite(v any) bool {
	number, ok := v.(float64)
	return !ok || !math.IsNaN(number) && !math.IsInf(number, 0)
}

// targetOf tells which file and which place in it a $ref leads to.
func targetOf(file, ref string) (target, pointer string) {
	name, pointer, _ := strings.Cut(ref, "#")
	if name == "" {
		return file, pointer
	}
	return path.Join(path.Dir(file), name), pointer
}

// index reads a step of a path as the index of a list.
func index(step string) (int, bool) {
	i, err := strconv.Atoi(step)
	return i, err == nil && i >= 0
}
