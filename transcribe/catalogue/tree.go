package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// deepest bounds how far a tree may nest.
const deepest = 40

// node is a schema of the catalogue.
type node struct {
	Type       string          `json:"type"`
	Format     string          `json:"format"`
	Label      string          `json:"label"`
	Required   json.RawMessage `json:"required"` // names, or a flag at a parameter
	Properties members         `json:"properties"`
	Items      *node           `json:"items"`
	Enum       []any           `json:"enum"`
	Example    any             `json:"example"`
	Sensitive  bool            `json:"sensitive"`
	JSON       *node           `json:"json"`

	// A parameter.
	Name    string `json:"name"`
	In      string `json:"in"`
	Default any    `json:"default"`
}

// members keep the order of an object.
type members []member

type member struct {
	name string
	node *node
}

func (m *members) UnmarshalJSON(data []byte) error {
	return eachMember(data, func(name string, value json.RawMessage) error {
		n := new(node)
		d := json.NewDecoder(bytes.NewReader(value))
		d.UseNumber()
		if err := d.Decode(n); err != nil {
			return err
		}
		*m = append(*m, member{name, n})
		return nil
	})
}

// eachMember visits an object's members in their order.
func eachMember(data []byte, visit func(name string, value json.RawMessage) error) error {
	if len(data) == 0 || bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(data))
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return errors.New("an object was expected")
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		if err := visit(name.(string), value); err != nil {
			return err
		}
	}
	return nil
}

// names are those that an object requires.
func (n *node) names() []string {
	var out []string
	_ = json.Unmarshal(n.Required, &out) // a flag, where it is a parameter
	return out
}

// fields turns the members of an object into fields. Without flags the source
// does not know what is required.
func fields(n *node, pos page.Pos, place page.Place, flags bool, depth int) []*page.Field {
	if n == nil || depth > deepest {
		return nil
	}
	required := n.names()
	var out []*page.Field
	for _, m := range n.Properties {
		f := field(m.name, m.node, pos, flags, depth)
		f.Place = fact(place, pos)
		switch {
		case slices.Contains(required, m.name):
			f.Required = fact(page.Required, pos)
		case flags:
			f.Required = fact(page.Optional, pos)
		}
		out = append(out, f)
	}
	return out
}

func field(name string, n *node, pos page.Pos, flags bool, depth int) *page.Field {
	f := &page.Field{
		Name:    fact(strings.ReplaceAll(name, " ", ""), pos),
		Label:   given(cleanLabel(n.Label), pos),
		Example: given(exampleText(n.Example), pos),
		Default: given(exampleText(n.Default), pos),
	}
	if t := typeOf(n); t != "" {
		f.Type = fact(t, pos)
	}
	if n.Format == "uint64" || n.Format == "int64" {
		f.Format = fact(n.Format, pos)
	}
	if n.Format == "rfc3339" {
		f.Time = fact(true, pos)
	}
	if n.Sensitive {
		f.Secret = fact(true, pos)
	}
	members := n
	switch {
	case n.JSON != nil:
		f.JSON, members = fact(true, pos), n.JSON
	case n.Items != nil:
		members = n.Items
		if t := typeOf(n.Items); t != "" {
			f.Items = fact(t, pos)
		}
		if n.Items.Format == "rfc3339" {
			f.Time = fact(true, pos)
		}
		if f.Example.Value == "" {
			f.Example = given(exampleText(n.Items.Example), pos)
		}
		f.Secret.Value = f.Secret.Value || n.Items.Sensitive
		f.Enum = enum(n.Items.Enum, pos)
	}
	if len(n.Enum) > 0 {
		f.Enum = enum(n.Enum, pos)
	}
	f.Fields = fields(members, pos, page.Body, flags, depth+1)
	if f.Secret.Value {
		f.Secret = fact(true, pos)
	}
	return f
}

// typeOf reads a type: number means integer in this catalogue, but where the
// format says float.
func typeOf(n *node) page.Type {
	switch n.Type {
	case "number":
		if n.Format == "float" {
			return page.Number
		}
		return page.Integer
	case "string", "integer", "boolean", "object", "array", "file":
		return page.Type(n.Type)
	}
	return ""
}

func enum(values []any, pos page.Pos) []page.EnumValue {
	var out []page.EnumValue
	for _, v := range values {
		text := exampleText(v)
		if text == "" || slices.ContainsFunc(out, func(e page.EnumValue) bool { return e.Value.Value == text }) {
			continue
		}
		out = append(out, page.EnumValue{Value: fact(text, pos)})
	}
	return out
}

// exampleText writes an example as a page would show it. Examples that the
// catalogue cut off are none.
func exampleText(v any) string {
	const cut = 80 // characters, of which the catalogue keeps no more
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if len([]rune(v)) >= cut {
			return ""
		}
		return v
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return fmt.Sprint(v)
}

// cleanLabel takes off what is no label: code marks, and what the catalogue
// had to cut.
func cleanLabel(s string) string {
	const cut = 24
	s = strings.NewReplacer("`", "", "**", "").Replace(strings.TrimSpace(s))
	if len([]rune(s)) >= cut {
		if i := strings.IndexAny(s, "，,。；;（("); i > 0 {
			s = s[:i]
		}
	}
	return strings.TrimRight(s, "：:，,。；; ")
}
