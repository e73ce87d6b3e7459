package spec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// deepest is how far an example may nest; those of the platform stay below 12.
const deepest = 64

// parseJSON reads a JSON document, keeping the order of its members.
func parseJSON(s string) (*yaml.Node, error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	n, err := jsonValue(d, 0)
	if err != nil {
		return nil, fmt.Errorf("reading the example: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("reading the example: something follows the document")
	}
	return n, nil
}

func jsonValue(d *json.Decoder, depth int) (*yaml.Node, error) {
	if depth > deepest {
		return nil, errors.New("it nests too deep")
	}
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return jsonObject(d, depth)
		}
		return jsonArray(d, depth)
	case json.Number:
		if _, err := v.Int64(); err == nil {
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: v.String()}, nil
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: v.String()}, nil
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(v)}, nil
	case nil:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
	case string:
		return text(v), nil
	}
	return nil, fmt.Errorf("what is %v?", t)
}

func jsonObject(d *json.Decoder, depth int) (*yaml.Node, error) {
	n := mapping()
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := jsonValue(d, depth+1)
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if k, _ := member(n, name); k == nil { // the first of two counts
			n.Content = append(n.Content, text(name), v)
		}
	}
	_, err := d.Token()
	return n, err
}

func jsonArray(d *json.Decoder, depth int) (*yaml.Node, error) {
	n := sequence()
	for d.More() {
		v, err := jsonValue(d, depth+1)
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, v)
	}
	_, err := d.Token()
	return n, err
}

// layOut lays JSON that a string holds out anew, so that people can read it.
func layOut(s string) string {
	if inner, ok := label.JSONText(s); ok {
		s = inner
	}
	var b bytes.Buffer
	if json.Indent(&b, []byte(strings.TrimSpace(s)), "", "  ") != nil || !strings.ContainsAny(s, "{[") {
		return s
	}
	return b.String()
}

// typed turns the text of an example into a value of the field's type, if it
// is one.
func typed(f *page.Field, s string) (*yaml.Node, error) {
	switch f.Type.Value {
	case page.Integer:
		v, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("the example %q is no integer", shorten(s))
		}
		return number(v), nil
	case page.Number:
		if _, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err != nil {
			return nil, fmt.Errorf("the example %q is no number", shorten(s))
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: strings.TrimSpace(s)}, nil
	case page.Boolean:
		if s = strings.ToLower(strings.TrimSpace(s)); s != "true" && s != "false" {
			return nil, fmt.Errorf("the example %q is neither true nor false", shorten(s))
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: s}, nil
	case page.Object, page.Array:
		return parseJSON(s)
	}
	return text(s), nil
}

func shorten(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// unfit tells what keeps a value from being one of the field's, or nothing.
func unfit(f *page.Field, v *yaml.Node) string {
	if v.Kind != yaml.ScalarNode {
		is := page.Object
		if v.Kind == yaml.SequenceNode {
			is = page.Array
		}
		if f.Type.Known() && f.Type.Value != is {
			return "is no " + string(f.Type.Value)
		}
		return ""
	}
	switch f.Type.Value {
	case page.Object, page.Array:
		return "is no " + string(f.Type.Value)
	case page.Integer:
		if v.Tag != "!!int" {
			return "is no integer"
		}
		return outOfRange(f, v.Value)
	case page.Number:
		if v.Tag != "!!int" && v.Tag != "!!float" {
			return "is no number"
		}
	case page.Boolean:
		if v.Tag != "!!bool" {
			return "is no boolean"
		}
	case page.String:
		return unfitText(f, v)
	}
	return unlisted(f, v.Value)
}

func unfitText(f *page.Field, v *yaml.Node) string {
	n := int64(utf8.RuneCountInString(v.Value))
	switch {
	case v.Tag != "!!str":
		return "is no string"
	case f.Secret.Value && label.Ciphertext(v.Value):
		return "is ciphertext"
	case f.MaxLength.Known() && n > f.MaxLength.Value:
		return fmt.Sprintf("has %d characters, and at most %d are allowed", n, f.MaxLength.Value)
	case f.MinLength.Known() && n < f.MinLength.Value:
		return fmt.Sprintf("has %d characters, and at least %d are wanted", n, f.MinLength.Value)
	case f.Time.Value && !isTime(v.Value):
		return "is no time as RFC 3339 writes it"
	}
	return unlisted(f, v.Value)
}

func isTime(s string) bool {
	_, err := time.Parse(time.RFC3339, s)
	return err == nil
}

func outOfRange(f *page.Field, s string) string {
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil:
		return "is no integer"
	case f.Maximum.Known() && n > f.Maximum.Value:
		return fmt.Sprintf("is above the maximum, %d", f.Maximum.Value)
	case f.Minimum.Known() && n < f.Minimum.Value:
		return fmt.Sprintf("is below the minimum, %d", f.Minimum.Value)
	}
	return unlisted(f, s)
}

func unlisted(f *page.Field, s string) string {
	if len(f.Enum) == 0 {
		return ""
	}
	for _, e := range f.Enum {
		if e.Value.Value == s {
			return ""
		}
	}
	return "is none of the values listed"
}

// misfits compares a document with the fields that it should have.
func misfits(fields []*page.Field, doc *yaml.Node, at string) []string {
	if doc == nil || doc.Kind != yaml.MappingNode {
		return nil
	}
	var out []string
	for _, f := range fields {
		name := f.Name.Value
		v := value(doc, name)
		if v == nil {
			if f.Required.Value == page.Required {
				out = append(out, at+name+" is required and missing")
			}
			continue
		}
		if v.Tag == "!!null" {
			out = append(out, at+name+" is null")
			continue
		}
		out = append(out, misfit(f, v, at+name)...)
	}
	return out
}

func misfit(f *page.Field, v *yaml.Node, at string) []string {
	if f.Type.Value == page.Array && v.Kind == yaml.SequenceNode {
		item := itemOf(f)
		var out []string
		for _, each := range v.Content {
			if item.Type.Known() {
				out = append(out, misfit(item, each, at)...)
			}
		}
		return append(out, wrongCount(f, len(v.Content), at)...)
	}
	if what := unfit(f, v); what != "" {
		return []string{at + " " + what}
	}
	return misfits(f.Fields, v, at+".")
}

// prune takes out of an example what does not fit, and tells whether what is
// left fits.
func prune(fields []*page.Field, doc *yaml.Node) bool {
	for _, f := range fields {
		name := f.Name.Value
		v := value(doc, name)
		if v == nil {
			if f.Required.Value == page.Required {
				return false
			}
			continue
		}
		if v.Tag != "!!null" && pruned(f, v) {
			continue
		}
		if f.Required.Value == page.Required {
			return false
		}
		drop(doc, name)
	}
	return true
}

// pruned makes a value fit, if it can.
func pruned(f *page.Field, v *yaml.Node) bool {
	had := len(v.Content)
	switch v.Kind {
	case yaml.MappingNode:
		if f.Type.Value == page.Object && !prune(f.Fields, v) {
			return false
		}
	case yaml.SequenceNode:
		item := itemOf(f)
		v.Content = slices.DeleteFunc(v.Content, func(each *yaml.Node) bool {
			return f.Type.Value == page.Array && item.Type.Known() && !pruned(item, each)
		})
	}
	return len(misfit(f, v, "")) == 0 && (had == 0 || len(v.Content) > 0)
}

func drop(doc *yaml.Node, name string) {
	for i := 0; i+1 < len(doc.Content); i += 2 {
		if doc.Content[i].Value == name {
			doc.Content = slices.Delete(doc.Content, i, i+2)
			return
		}
	}
}

func wrongCount(f *page.Field, n int, at string) []string {
	if f.MaxItems.Known() && int64(n) > f.MaxItems.Value || f.MinItems.Known() && int64(n) < f.MinItems.Value {
		return []string{fmt.Sprintf("%s has %d items", at, n)}
	}
	return nil
}

// itemOf is an item of an array as a field of its own.
func itemOf(f *page.Field) *page.Field {
	return &page.Field{
		Name: f.Name, Type: f.Items, Format: f.Format, MinLength: f.MinLength, MaxLength: f.MaxLength,
		Minimum: f.Minimum, Maximum: f.Maximum, Enum: f.Enum, Time: f.Time, Secret: f.Secret, Fields: f.Fields,
		TypeName: f.TypeName, Label: f.Label, Folded: f.Folded,
	}
}
