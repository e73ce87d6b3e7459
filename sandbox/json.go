package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// JSON values are object, list, string, json.Number, bool or nil. An object keeps the order of its members, so that an answer
// reads as its documentation does.
type (
	object []member
	member struct {
		name  string
		value any
	}
	list []any
)

// index finds a member, -1 if there is none.
func (o object) index(name string) int {
	return slices.IndexFunc(o, func(m member) bool { return m.name == name })
}

// set replaces a member where it stands, or adds it at the end.
func (o object) set(name string, value any) object {
	if i := o.index(name); i >= 0 {
		o[i].value = value
		return o
	}
	return append(o, member{name, value})
}

// remove takes a member out.
func (o object) remove(name string) object {
	return slices.DeleteFunc(o, func(m member) bool { return m.name == name })
}

// MarshalJSON keeps the order and, as WeChat Pay does, leaves & < > alone.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(encode(m.name))
		b.WriteByte(':')
		value, err := marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal is json.Marshal without escaping for HTML.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// encode marshals a value that cannot fail to.
func encode(v any) []byte {
	text, err := marshal(v)
	if err != nil {
		return []byte(strconv.Quote("sandbox: " + err.Error()))
	}
	return text
}

// fromYAML reads an example.
func fromYAML(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.MappingNode:
		out := make(object, 0, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			value, err := fromYAML(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			out = append(out, member{n.Content[i].Value, value})
		}
		return out, nil
	case yaml.SequenceNode:
		out := make(list, len(n.Content))
		for i, item := range n.Content {
			var err error
			if out[i], err = fromYAML(item); err != nil {
				return nil, err
			}
		}
		return out, nil
	case yaml.ScalarNode:
		return fromScalar(n)
	}
	return nil, fmt.Errorf("line %d: an example cannot hold a YAML alias", n.Line)
}

func fromScalar(n *yaml.Node) (any, error) {
	switch n.Tag {
	case "!!null":
		return nil, nil
	case "!!bool", "!!int", "!!float":
		if text := []byte(n.Value); json.Valid(text) {
			return decodeJSON(text)
		}
		var value any
		if err := n.Decode(&value); err != nil {
			return nil, fmt.Errorf("line %d: %w", n.Line, err)
		}
		return decodeJSON(encode(value))
	}
	return n.Value, nil // text, and dates that are not quoted
}

// decodeJSON reads one JSON value; numbers keep their digits.
func decodeJSON(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

// clone copies a value, so that it can be changed.
func clone(v any) any {
	switch v := v.(type) {
	case object:
		out := slices.Clone(v)
		for i := range out {
			out[i].value = clone(out[i].value)
		}
		return out
	case list:
		out := slices.Clone(v)
		for i := range out {
			out[i] = clone(out[i])
		}
		return out
	}
	return v
}

// plain converts a value to maps and slices, as encoding/json would give it.
func plain(v any) any {
	switch v := v.(type) {
	case object:
		out := make(map[string]any, len(v))
		for _, m := range v {
			out[m.name] = plain(m.value)
		}
		return out
	case list:
		out := make([]any, len(v))
		for i := range v {
			out[i] = plain(v[i])
		}
		return out
	}
	return v
}
