package load

import (
	"go/token"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// schema reads a schema, one level deep for each call.
func (r *reader) schema(n *yaml.Node) *Schema {
	s := &Schema{Pos: r.pos(n), Document: r.doc}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!bool" && n.Value == "true" {
		return s // the schema that allows anything
	}
	r.each(n, "a schema", func(key, v *yaml.Node) bool {
		return r.schemaShape(s, key, v) || r.schemaLimit(s, key, v) || r.schemaText(s, key, v)
	})
	r.checkSchema(s)
	return s
}

// schemaShape reads the keywords that decide the Go type.
func (r *reader) schemaShape(s *Schema, key, v *yaml.Node) bool {
	switch key.Value {
	case "$ref":
		s.refText = r.text(v, "$ref")
		r.refer(v, refSchema, s.refText, func(t target) { s.Ref = t.schema })
	case "type":
		r.types(s, v)
	case "format":
		s.Format = r.text(v, "format")
	case "properties":
		r.properties(s, v)
	case "required":
		s.Required = r.texts(v, "required")
	case "additionalProperties":
		r.additional(s, v)
	case "items":
		s.Items = r.schema(v)
	case "allOf":
		s.AllOf = r.schemas(v, "allOf")
	case "oneOf":
		s.OneOf = r.schemas(v, "oneOf")
	case "anyOf":
		s.AnyOf = r.schemas(v, "anyOf")
	case "discriminator":
		s.Discriminator = r.discriminator(v)
	case "enum":
		r.list(v, "enum", func(item *yaml.Node) {
			if item.Kind == yaml.ScalarNode && item.Tag == "!!null" {
				s.Nullable = true // null is no value of the Go type
				return
			}
			s.Enum = append(s.Enum, r.value(item))
		})
	case "const":
		c := r.value(v)
		s.Const = &c
	case "contentMediaType":
		s.ContentMediaType = r.text(v, "contentMediaType")
	case "contentEncoding":
		s.ContentEncoding = r.text(v, "contentEncoding")
	case "contentSchema":
		s.ContentSchema = r.schema(v)
	default:
		return false
	}
	return true
}

// schemaLimit reads the keywords that a value is checked against.
func (r *reader) schemaLimit(s *Schema, key, v *yaml.Node) bool {
	switch key.Value {
	case "minLength":
		s.MinLength = r.count(v, key.Value)
	case "maxLength":
		s.MaxLength = r.count(v, key.Value)
	case "minItems":
		s.MinItems = r.count(v, key.Value)
	case "maxItems":
		s.MaxItems = r.count(v, key.Value)
	case "minimum":
		s.Minimum = r.number(v, key.Value)
	case "maximum":
		s.Maximum = r.number(v, key.Value)
	case "exclusiveMinimum":
		s.ExclusiveMinimum = r.number(v, key.Value)
	case "exclusiveMaximum":
		s.ExclusiveMaximum = r.number(v, key.Value)
	case "pattern":
		s.Pattern = r.pattern(v)
	case "uniqueItems", "multipleOf", "minProperties", "maxProperties", "readOnly", "writeOnly":
	default:
		return false
	}
	return true
}

// schemaText reads the keywords that people read, and the pins.
func (r *reader) schemaText(s *Schema, key, v *yaml.Node) bool {
	switch key.Value {
	case "title":
		s.Title = r.text(v, "title")
	case "description":
		s.Description = r.text(v, "description")
	case "deprecated":
		s.Deprecated = r.boolean(v, "deprecated")
	case "default":
		s.Default = v
	case "example":
		s.Examples = append(s.Examples, v)
	case "examples":
		r.list(v, "examples", func(item *yaml.Node) { s.Examples = append(s.Examples, item) })
	case "$comment", "$id", "externalDocs":
	case "x-enumDescriptions":
		s.EnumDescriptions = r.textMap(v, key.Value)
	case "x-enum-varnames":
		r.list(v, key.Value, func(item *yaml.Node) { s.EnumNames = append(s.EnumNames, r.goName(item)) })
	case "x-go-name":
		s.GoName = r.goName(v)
	case "x-wx-sensitive":
		s.Sensitive = r.boolean(v, key.Value)
	case "x-wx-roles":
		s.Roles = r.roleNeeds(v)
	case "x-wx-note":
		s.Notes = r.notes(v)
	case "x-wx-todo":
	default:
		return false
	}
	return true
}

func (r *reader) types(s *Schema, n *yaml.Node) {
	names := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		names = n.Content
	}
	for _, name := range names {
		switch t := r.oneOf(name, "type", "string", "integer", "number", "boolean", "object", "array", "null"); t {
		case "null":
			s.Nullable = true
		case "":
		default:
			s.Types = append(s.Types, t)
		}
	}
}

func (r *reader) properties(s *Schema, n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		s.Properties = make([]*Property, 0, len(n.Content)/2)
	}
	r.each(n, "properties", func(name, v *yaml.Node) bool {
		s.Properties = append(s.Properties, &Property{Pos: r.pos(name), Name: name.Value, Schema: r.schema(v)})
		return true
	})
}

func (r *reader) additional(s *Schema, n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!bool" {
		if n.Value == "true" {
			s.Additional = &Schema{Pos: r.pos(n), Document: r.doc}
		}
		return
	}
	s.Additional = r.schema(n)
}

func (r *reader) schemas(n *yaml.Node, what string) []*Schema {
	var out []*Schema
	r.list(n, what, func(item *yaml.Node) { out = append(out, r.schema(item)) })
	return out
}

func (r *reader) discriminator(n *yaml.Node) *Discriminator {
	d := new(Discriminator)
	r.each(n, "discriminator", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "propertyName":
			d.Property = r.text(v, "propertyName")
		case "mapping":
			r.each(v, "mapping", func(value, v *yaml.Node) bool {
				at := len(d.Mapping)
				d.Mapping = append(d.Mapping, Mapping{Value: value.Value})
				r.refer(v, refSchema, r.text(v, "mapping"), func(t target) { d.Mapping[at].Schema = t.schema })
				return true
			})
		default:
			return false
		}
		return true
	})
	return d
}

func (r *reader) value(n *yaml.Node) Value {
	if n.Kind != yaml.ScalarNode {
		r.fail(n, "write each value as plain text or digits", "a constant must be text or a number, not %s", kindName(n))
	}
	return Value{Pos: r.pos(n), Text: n.Value, Integer: n.Tag == "!!int"}
}

func (r *reader) textMap(n *yaml.Node, what string) map[string]string {
	out := map[string]string{}
	r.each(n, what, func(key, v *yaml.Node) bool {
		out[key.Value] = r.text(v, what)
		return true
	})
	return out
}

// goName reads a pinned Go name, which must be one that Go exports.
func (r *reader) goName(n *yaml.Node) string {
	name := r.text(n, "a Go name")
	first, _ := utf8.DecodeRuneInString(name)
	if !token.IsIdentifier(name) || !unicode.IsUpper(first) {
		r.fail(n, "use letters and digits, the first a capital letter", "%q is no exported Go name", name)
		return ""
	}
	return name
}
