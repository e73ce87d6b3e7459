// Package corpus proves that the readers are right. It knows made-up pages as
// they are in truth, renders each in the shapes in which pages reach a
// transcriber, damages the renderings as mirrors and copies do, and compares
// what was read with what is true, fact by fact.
//
// The renderers are witnesses: they were written from the survey of the shapes
// and from a look at real pages, and share no code with the readers. All
// wording except the platform's fixed labels is invented.
package corpus

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Truth is a page as it would be if nothing were ever lost on its way.
type Truth struct {
	Name    string // in the names of tests
	Title   string // of the page, without a trailing "API"
	Intro   string
	Updated string // YYYY-MM-DD
	Ops     []*Op
	Events  []*Event
}

// Op is a true operation.
type Op struct {
	Title, Method, Path string
	Or                  string // another path, which the page describes at once
	Query               string // that the page's path line shows behind the path
	Blank               bool   // the page writes { id } for {id}
	Roles               []string
	Rates               []Rate
	Idempotent          bool
	Upload              bool
	Download            bool // a second, unsigned step on the page brings the file
	Bare                bool // the page shows no examples
	Failure             bool // a failed answer stands behind the good one, in one example

	Headers, InPath, InQuery, Body []*Field
	Answer                         Answer
	Common, Business               []Err
	BusinessFirst                  bool // the business table stands before the common one
	OneTable                       bool // a single table, without headings that tell the two apart
}

// Answer is a true answer.
type Answer struct {
	Status int
	Fields []*Field
	NoBody bool // the page says 无应答包体, and the status in the example only
}

// Rate is a wording of rate limits, and what it says.
type Rate struct {
	Place  string // intro or call
	Says   string
	Limits []page.RateLimit
}

// Err is a row of an error table.
type Err struct {
	Status      int
	Code, Spelt string // Spelt is the code as the page misspells it
	Says, Solve string
	Merge       int // how many of its first cells are merged with the row above: 1 or 2
}

// Event is a true notification.
type Event struct {
	Title        string
	Roles        []string
	Types        []Value
	OriginalType string
	Resource     []*Field
}

// Value is a value of an enum.
type Value struct{ Name, Label string }

// Field is a true field.
type Field struct {
	Name, Label string
	NoLabel     bool   // the doc centre's page shows no 【label】
	Says        string // its sentence; made up if empty
	Type, Items page.Type
	Format      string
	Spelt       string // the type as the page writes it, if not in the shape's usual way
	Need        page.Need
	Flag        string // the word for the flag, if it is not the usual one

	MinLength, MaxLength, MinItems, MaxItems, Minimum, Maximum *int64

	Enum               []Value
	EnumWord           string // the label above the values
	Time, Secret, JSON bool
	Default            string
	Sample             any // string, int, float64, bool or []any
	NoSample           bool
	Kids               []*Field
	Inner              []*Field // members of the document in a JSON string

	mark string // a word that stands in this field's sentence only
}

func num(n int) *int64 { v := int64(n); return &v }

// Str is a string. The other functions make fields of the other types.
func Str(name, label string) *Field { return &Field{Name: name, Label: label, Type: page.String} }

// Int is an integer.
func Int(name, label string) *Field { return &Field{Name: name, Label: label, Type: page.Integer} }

// Num is a number that need not be whole.
func Num(name, label string) *Field { return &Field{Name: name, Label: label, Type: page.Number} }

// Bool is a boolean.
func Bool(name, label string) *Field { return &Field{Name: name, Label: label, Type: page.Boolean} }

// Obj is an object.
func Obj(name, label string, kids ...*Field) *Field {
	return &Field{Name: name, Label: label, Type: page.Object, Kids: kids}
}

// List is an array of objects.
func List(name, label string, kids ...*Field) *Field {
	return &Field{Name: name, Label: label, Type: page.Array, Items: page.Object, Kids: kids}
}

// Strs is an array of strings.
func Strs(name, label string) *Field {
	return &Field{Name: name, Label: label, Type: page.Array, Items: page.String}
}

// Ints is an array of integers.
func Ints(name, label string) *Field {
	return &Field{Name: name, Label: label, Type: page.Array, Items: page.Integer}
}

// File is a file in a form.
func File(name, label string) *Field { return &Field{Name: name, Label: label, Type: page.File} }

// Must says that the field is required. The other methods add other facts.
func (f *Field) Must() *Field { f.Need = page.Required; return f }

// May says that the field is optional.
func (f *Field) May() *Field { f.Need = page.Optional; return f }

// Cond says that the field is required under a condition, in a word of the page.
func (f *Field) Cond(word string) *Field { f.Need, f.Flag = page.Conditional, word; return f }

// Max is the greatest length.
func (f *Field) Max(n int) *Field { f.MaxLength = num(n); return f }

// Len is the smallest and the greatest length.
func (f *Field) Len(low, high int) *Field { f.MinLength, f.MaxLength = num(low), num(high); return f }

// Count is the smallest and the greatest number of items.
func (f *Field) Count(low, high int) *Field { f.MinItems, f.MaxItems = num(low), num(high); return f }

// Range is the smallest and the greatest value.
func (f *Field) Range(low, high int) *Field { f.Minimum, f.Maximum = num(low), num(high); return f }

// As is the type as the page spells it.
func (f *Field) As(spelt string) *Field { f.Spelt = spelt; return f }

// Eg is the value that examples show.
func (f *Field) Eg(v any) *Field { f.Sample = v; return f }

// Unseen keeps the field out of examples.
func (f *Field) Unseen() *Field { f.NoSample = true; return f }

// Tell is the sentence of the description.
func (f *Field) Tell(says string) *Field { f.Says = says; return f }

// Plain leaves the label away.
func (f *Field) Plain() *Field { f.NoLabel = true; return f }

// Else is what is left out if the field is not given.
func (f *Field) Else(value string) *Field { f.Default = value; return f }

// Stamp says that a string is a time.
func (f *Field) Stamp() *Field {
	f.Time = true
	if f.Sample == nil {
		f.Sample = "2031-05-20T13:29:35+08:00"
	}
	return f
}

// Hide says that a string is encrypted on its way.
func (f *Field) Hide() *Field { f.Secret = true; return f }

// Doc says that a string holds a JSON document, and what is in it.
func (f *Field) Doc(json string, inner ...*Field) *Field {
	f.JSON, f.Sample, f.Inner = true, json, inner
	return f
}

// Vals are the values of an enum and their labels, by turns.
func (f *Field) Vals(pairs ...string) *Field {
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Enum = append(f.Enum, Value{pairs[i], pairs[i+1]})
	}
	return f
}

// Word is the label above the values.
func (f *Field) Word(w string) *Field { f.EnumWord = w; return f }

// Params are the operation's parameters outside of the body, in page order.
func (o *Op) Params() []*Field {
	return append(append(append([]*Field(nil), o.Headers...), o.InPath...), o.InQuery...)
}

// trimAPI is a title as pages are named after.
func trimAPI(title string) string { return strings.TrimSpace(strings.TrimSuffix(title, "API")) }
