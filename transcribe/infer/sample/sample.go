// Package sample reads the sample programs that the platform generates for its
// operations, in Java and in Go: which classes there are, the names that their
// members have on the wire, their types, and the values of enums. It is no
// parser of these languages: it knows the few regular forms that such
// programs have, and passes over the rest, so that programs which lost their
// line breaks, generics or borders are still understood.
package sample

import "strings"

// Program is what the sample programs of a page declare.
type Program struct {
	Classes map[string]*Class
	Enums   map[string]*Enum
	// Calls are the classes that go in and come out, as the functions that
	// send the request declare them.
	Calls []Call

	named  map[string]bool // Go types that are strings
	consts []constant
	size   int
}

// Place is a byte of one of the texts that were read.
type Place struct {
	Source, Offset int
}

// Call is the signature of a function that sends a request. A function may
// have neither.
type Call struct {
	Request, Response string
}

// Class is a class or a struct.
type Class struct {
	Name    string
	Place   Place
	Members []Member
	index   map[string]int
}

// Member is a member of a class that has a name on the wire.
type Member struct {
	Name   string // on the wire
	Type   Type
	Place  Place
	Hidden bool // the program leaves it out of the body: it goes into the address
}

// Type is the type of a member. The name is that of a class or enum, one of
// the basic ones below, or not set if the program does not tell.
type Type struct {
	Name string
	List bool
}

// The basic types, one name for both languages.
const (
	String  = "string"
	Integer = "integer"
	Number  = "number"
	Boolean = "boolean"
	Time    = "time"
	Bytes   = "bytes"
	Map     = "map"
)

// Enum is an enum class, or a named string type with constants.
type Enum struct {
	Name   string
	Place  Place
	Values []Value
}

// Value is a value of an enum, as on the wire.
type Value struct {
	Text  string
	Place Place
}

type constant struct {
	of    string
	value Value
}

// maxMembers bounds what hostile programs may declare.
const maxMembers = 50_000

// New returns an empty program.
func New() *Program {
	return &Program{Classes: map[string]*Class{}, Enums: map[string]*Enum{}, named: map[string]bool{}}
}

// Looks tells whether a text is a program that Read can find something in.
func Looks(text string) bool {
	return strings.Contains(text, "@SerializedName") || strings.Contains(text, `json:"`) && strings.Contains(text, "struct")
}

// Read adds the declarations of a text, in whatever language, to the program.
// What several texts declare alike is kept once, with the types that say most.
func (p *Program) Read(source int, text string) {
	r := reader{lexer: lexer{text: text}, program: p, source: source}
	r.run()
	for _, c := range p.consts {
		if p.named[c.of] {
			p.enum(c.of, c.value.Place).add(c.value)
		}
	}
	p.consts = p.consts[:0]
}

// Member returns the member with a name on the wire.
func (c *Class) Member(name string) (Member, bool) {
	i, ok := c.index[name]
	if !ok {
		return Member{}, false
	}
	return c.Members[i], true
}

func (p *Program) class(name string, place Place) *Class {
	c := p.Classes[name]
	if c == nil {
		c = &Class{Name: name, Place: place, index: map[string]int{}}
		p.Classes[name] = c
	}
	return c
}

func (p *Program) enum(name string, place Place) *Enum {
	e := p.Enums[name]
	if e == nil {
		e = &Enum{Name: name, Place: place}
		p.Enums[name] = e
	}
	return e
}

func (p *Program) full() bool {
	p.size++
	return p.size > maxMembers
}

func (c *Class) add(m Member) {
	if i, ok := c.index[m.Name]; ok {
		c.Members[i].Type = c.Members[i].Type.better(m.Type)
		return
	}
	c.index[m.Name] = len(c.Members)
	c.Members = append(c.Members, m)
}

// better is the one of two types of the same member that says more: what
// Java calls a text may be a time in Go, and a list may have lost its generics.
func (t Type) better(other Type) Type {
	switch {
	case t.Name == "" || t.Name == Map || t.Name == String && !t.List && other == Type{Name: Time}:
		return other
	}
	return t
}

func (e *Enum) add(v Value) {
	for _, known := range e.Values {
		if known.Text == v.Text {
			return
		}
	}
	if len(e.Values) < maxValues {
		e.Values = append(e.Values, v)
	}
}

// maxValues is far above what any enum has; it keeps add from being slow.
const maxValues = 500

var basics = map[string]string{
	"String": String, "string": String,
	"Long": Integer, "long": Integer, "Integer": Integer, "int": Integer, "Short": Integer, "BigInteger": Integer,
	"int64": Integer, "int32": Integer, "uint64": Integer, "uint32": Integer, "uint": Integer,
	"Boolean": Boolean, "boolean": Boolean, "bool": Boolean,
	"Double": Number, "double": Number, "Float": Number, "float": Number, "BigDecimal": Number,
	"float64": Number, "float32": Number,
	"Date": Time, "OffsetDateTime": Time, "Time": Time,
	"Map": Map, "HashMap": Map, "Object": Map, "JsonObject": Map, "JSONObject": Map, "map": Map, "interface": Map,
}
