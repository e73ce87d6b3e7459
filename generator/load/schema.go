package load

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// Schema is a JSON schema in the dialect. A schema that refers to another
// keeps what stands beside $ref and names the other in Ref.
type Schema struct {
	Pos         Pos
	Document    *Document
	Name        string // of the component; empty for an inline schema
	Ref         *Schema
	Title       string // the page's label
	Description string
	Deprecated  bool
	GoName      string
	Sensitive   bool
	Roles       []RoleNeed
	Notes       []string

	Types    []string // without "null"
	Nullable bool
	Format   string

	Properties    []*Property // in the order of the file
	Required      []string
	Additional    *Schema // of values whose names are free
	Items         *Schema
	AllOf         []*Schema
	OneOf         []*Schema
	AnyOf         []*Schema
	Discriminator *Discriminator

	Enum             []Value
	EnumDescriptions map[string]string
	EnumNames        []string // x-enum-varnames
	Const            *Value

	MinLength, MaxLength *int64
	MinItems, MaxItems   *int64
	Minimum, Maximum     *float64
	ExclusiveMinimum     *float64
	ExclusiveMaximum     *float64
	Pattern              string

	ContentMediaType string
	ContentEncoding  string
	ContentSchema    *Schema

	Default  *yaml.Node
	Examples []*yaml.Node

	Uses int // how many references of its own file lead here

	refText string
}

// Property is a named member of an object.
type Property struct {
	Pos    Pos
	Name   string
	Schema *Schema
}

// Value is a constant of a schema: a member of an enum.
type Value struct {
	Pos     Pos
	Text    string
	Integer bool
}

// Discriminator tells the alternatives of a oneOf apart.
type Discriminator struct {
	Property string
	Mapping  []Mapping
}

// Mapping says which schema a value of the discriminator stands for.
type Mapping struct {
	Value  string
	Schema *Schema
}

// Target follows references to the schema that holds the shape.
func (s *Schema) Target() *Schema {
	for s.Ref != nil {
		s = s.Ref
	}
	return s
}

// Type is the schema's only type, "" where it states none or several.
func (s *Schema) Type() string {
	if len(s.Types) == 1 {
		return s.Types[0]
	}
	return ""
}

// IsRequired tells whether the object demands the property.
func (s *Schema) IsRequired(name string) bool {
	for _, r := range s.Required {
		if r == name {
			return true
		}
	}
	return false
}

// Property finds a member of an object by its name on the wire.
func (s *Schema) Property(name string) *Property {
	for _, p := range s.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Range gives the least and the largest whole number, nil where there is none.
func (s *Schema) Range() (least, largest *int64) { return whole(s.Minimum), whole(s.Maximum) }

func whole(f *float64) *int64 {
	if f == nil {
		return nil
	}
	n := int64(*f)
	return &n
}

// Parts are the schemas, possibly nil, that stand in this one or that it
// refers to.
func (s *Schema) Parts() []*Schema {
	out := []*Schema{s.Ref, s.Items, s.Additional, s.ContentSchema}
	for _, p := range s.Properties {
		out = append(out, p.Schema)
	}
	return slices.Concat(out, s.AllOf, s.OneOf, s.AnyOf)
}
