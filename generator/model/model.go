// Package model describes what a spec becomes in Go: packages, operations,
// structs, enums, error tables and events, with every name resolved. It does
// no I/O and prints nothing; the emitter writes down what stands here.
package model

import (
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
)

// Package is the Go package that one spec becomes.
type Package struct {
	Spec        *load.Document
	Folder      string // below the output folder, such as marketing/favor
	Name        string
	Operations  []*Operation
	Types       []*Named // in the order of their first use
	Events      []*Event
	ErrorCodes  []ErrorCode
	ErrorTables [][]*load.ErrorRow // tables of common codes, each once
	Names       map[string]string  // made-up names of types, by place
	Renames     []Rename           // names that had to give way, and are new
}

// Operation is a method of the package's client.
type Operation struct {
	Spec     *load.Operation
	Name     string // of the method
	Var      string // of the table entry
	Request  *Named // nil: nothing is sent
	Response *Type  // nil: nothing is answered
	Errors   []*load.ErrorRow
	Common   int // index into Package.ErrorTables, or -1
	Pager    *Pager
}

// Pager is a method that walks through all pages of an operation.
type Pager struct {
	Name   string
	Page   *load.Page
	Offset *Field // of the request: the offset or the token
	Limit  *Field // of the request: the size of a page; may be nil
	Items  *Field // of the response
	Total  *Field // of the response, or the next token; may be nil
	Item   *Type
}

// Event is a notification with its payload.
type Event struct {
	Spec    *load.Operation
	Name    string // of the function, OnCouponUse
	Payload *Named
	Answer  *Named // what WeChat Pay wants to be told; nil: that it arrived
}

// ErrorCode is a sentinel error that the package declares.
type ErrorCode struct {
	Name string
	Code string
	Rows []*load.ErrorRow
}

// Rename says that a name was taken, and what was used in its place.
type Rename struct {
	Pos  load.Pos
	What string
	From string
	To   string
}

// Kind is the sort of a Go type.
type Kind int

// The kinds of types that the emitter writes.
const (
	Any Kind = iota // raw JSON
	String
	Bool
	Int32
	Int64
	Uint32
	Uint64
	Float64
	Time
	Slice    // of Elem
	Map      // from string to Elem
	JSONText // JSON of Elem held in a string
	File     // a file that is uploaded
	Stream   // an answer that is no JSON, read as it comes
	Ref      // to Named
)

// Type is a Go type as a field uses it.
type Type struct {
	Kind  Kind
	Elem  *Type
	Named *Named
}

// Named is a type that a package declares: a struct or an enum.
type Named struct {
	Spec   *load.Schema
	Name   string
	Title  string
	Doc    string
	Fields []*Field // of a struct
	Union  *Union   // set for a union

	Operation string // the method whose request or answer this is, if it has no name of its own
	Request   bool   // it is the request
	Sent      bool   // it is part of a request, so that its values are checked
	Enum      *Enum  // set for an enum

	taken map[string]bool // names of fields
	at    string          // where it stands, as names are remembered by
}

// Union is a value that is one of several objects. It becomes a struct with a
// pointer for each of them, of which one is set.
type Union struct {
	Discriminator string // the property that tells; empty: the required ones do
	Alternatives  []*Alternative
}

// Alternative is one of the objects of a union.
type Alternative struct {
	Name     string // of the field
	Type     *Named
	Values   []string // of the discriminator
	Required []string // properties that must be there, where nothing discriminates
}

// Enum holds the values that the documentation knows of a type.
type Enum struct {
	Integer bool
	Values  []EnumValue
}

// EnumValue is one constant.
type EnumValue struct {
	Pos  load.Pos
	Name string
	Wire string
	Doc  string
}

// Field is a member of a struct.
type Field struct {
	Pos        load.Pos
	Name       string
	Wire       string
	In         string // path, query, header, form, body (it is the whole body), or empty for a member of the body
	Type       *Type
	Required   bool
	Pointer    bool
	Deprecated bool
	JSON       bool // a query value that is JSON text
	Comma      bool // a query list that is joined by commas
	Sensitive  bool
	Roles      []load.RoleNeed // where roles share the operation and not the field
	Title      string
	Doc        string
	Limits     Limits
	Example    *yaml.Node // as the spec gives it; may be nil
}

// Limits are what a value is checked against before it is sent.
type Limits struct {
	Length  Range // characters of a string
	Number  Range // value of a number
	Items   Range // length of a list
	Each    Range // characters of each string in a list
	Pattern string
}

// Range holds bounds that both belong to it; an empty bound is open.
type Range struct{ Min, Max string }

// IsZero tells that nothing is bounded.
func (r Range) IsZero() bool { return r == Range{} }
