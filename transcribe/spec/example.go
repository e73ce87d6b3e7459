package spec

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/infer/call"
	"github.com/wxgen/wxgen/transcribe/infer/document"
	"github.com/wxgen/wxgen/transcribe/page"
)

// shown finds the document among examples that has the fields, and the values
// of parameters in the addresses that are called.
func shown(examples []page.Example, fields []*page.Field) *yaml.Node {
	for _, e := range examples {
		for _, v := range documentsOf(e) {
			if n := nodeOf(v); n.Kind == yaml.MappingNode && related(n, fields) {
				tidy(fields, n)
				return n
			}
		}
	}
	return nil
}

func documentsOf(e page.Example) []*document.Value {
	var out []*document.Value
	if e.Lang == "java" || e.Lang == "go" {
		return nil
	}
	for _, c := range call.Read(e.Text) {
		for _, b := range c.Body {
			out = append(out, b.Value)
		}
	}
	return out
}

// related tells whether a document has any of the fields: pages show failures
// as well.
func related(n *yaml.Node, fields []*page.Field) bool {
	return len(fields) == 0 || slices.ContainsFunc(fields, func(f *page.Field) bool { return value(n, f.Name.Value) != nil })
}

// tidy lays out the JSON that strings of a document hold.
func tidy(fields []*page.Field, n *yaml.Node) {
	for _, f := range fields {
		v := value(n, f.Name.Value)
		switch {
		case v == nil:
		case f.JSON.Value && v.Kind == yaml.ScalarNode:
			v.Value = layOut(v.Value)
		case v.Kind == yaml.SequenceNode:
			for _, item := range v.Content {
				tidy(f.Fields, item)
			}
		default:
			tidy(f.Fields, v)
		}
	}
}

// anyItem is an item that has what any item of a list has: the first value of
// each member.
func anyItem(list *yaml.Node) *yaml.Node {
	if list == nil || list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		return nil
	}
	if list.Content[0].Kind != yaml.MappingNode {
		return list.Content[0]
	}
	all := mapping()
	for _, item := range list.Content {
		addMembers(all, item)
	}
	return all
}

func addMembers(into, from *yaml.Node) {
	if from.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(from.Content); i += 2 {
		key, v := from.Content[i], from.Content[i+1]
		k, has := member(into, key.Value)
		switch {
		case k == nil && v.Kind == yaml.MappingNode:
			n := mapping()
			addMembers(n, v)
			into.Content = append(into.Content, key, n)
		case k == nil:
			own := *v // what is added to it must not show in the document
			into.Content = append(into.Content, key, &own)
		case has.Kind == yaml.MappingNode:
			addMembers(has, v)
		case has.Kind == yaml.SequenceNode && v.Kind == yaml.SequenceNode:
			*has = *sequence(slices.Concat(has.Content, v.Content)...)
		}
	}
}

// nodeOf turns a value of an example into a node.
func nodeOf(v *document.Value) *yaml.Node {
	scalar := func(tag string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: v.Text} }
	switch v.Kind {
	case document.Object:
		n := mapping()
		for _, m := range v.Members {
			if k, _ := member(n, m.Name); k == nil { // the first of two counts
				n.Content = append(n.Content, text(m.Name), nodeOf(m.Value))
			}
		}
		return n
	case document.Array:
		n := sequence()
		for _, item := range v.Items {
			n.Content = append(n.Content, nodeOf(item))
		}
		return n
	case document.Number:
		if _, err := strconv.ParseInt(v.Text, 10, 64); err == nil {
			return scalar("!!int")
		}
		if _, err := strconv.ParseFloat(v.Text, 64); err == nil {
			return scalar("!!float")
		}
	case document.Boolean:
		return scalar("!!bool")
	case document.Null:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
	}
	return text(v.Text)
}

// called takes the values of parameters out of the addresses that examples
// call.
func called(template string, examples []page.Example) map[string]string {
	out := map[string]string{}
	want := strings.Split(strings.Trim(template, "/"), "/")
	for _, e := range examples {
		for _, c := range append(call.Read(e.Text), call.Addresses(e.Text)...) {
			if len(c.Path) != len(want) || !pathValues(want, c.Path, out) {
				continue
			}
			for _, q := range c.Query {
				if out[q.Name] == "" {
					out[q.Name] = q.Text
				}
			}
			return out
		}
	}
	return out
}

// pathValues compares a path with its template, and takes the variables.
func pathValues(want []string, have []call.Value, into map[string]string) bool {
	found := map[string]string{}
	for i, w := range want {
		name, variable := strings.CutPrefix(w, "{")
		switch {
		case !variable && w != have[i].Text:
			return false
		case variable && !strings.HasPrefix(have[i].Text, "{"):
			found[strings.TrimSuffix(name, "}")] = have[i].Text
		}
	}
	maps.Copy(into, found)
	return true
}
