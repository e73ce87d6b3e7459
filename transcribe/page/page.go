// Package page says what a documentation page says: its operations, fields,
// enums, error rows, examples and notifications, each fact with the place it
// stands at and how it was found. Readers fill pages; whatever works with
// pages after that knows nothing of their formats.
package page

// Page is what was read of one document. A document may describe several
// operations or notifications, and most describe one.
type Page struct {
	File    string // file, address, or - for standard input
	Format  string // the reader that read it
	Title   Fact[string]
	Updated Fact[string] // YYYY-MM-DD
	Doc     Fact[string] // path on pay.weixin.qq.com, where the document says so

	Operations []*Operation
	Events     []*Event

	Repairs  []Repair
	Findings []Finding
	Lines    int // lines, or cells and paragraphs, that are no code and not empty
	Unused   int // of them, those that no rule took facts from
}

// Operation is one call of the API.
type Operation struct {
	Title      Fact[string] // without a trailing "API"
	Summary    Fact[string] // the introduction, to read, never to copy
	Updated    Fact[string]
	Doc        Fact[string]
	Method     Fact[string] // GET, POST, PUT, PATCH, DELETE
	Path       Fact[string] // with {variables}; a trailing slash belongs to it
	Hosts      []Fact[string]
	Roles      []Fact[string] // the doc centre's names: 普通商户, 普通服务商 …
	RateLimits []Fact[RateLimit]
	Idempotent Fact[bool]
	Multipart  Fact[bool] // the body is a form with a file
	Unsigned   Fact[bool] // a download by an address out of another answer
	Deprecated Fact[bool] // it is no longer offered

	Parameters []*Field // path, query and header; not the headers of every call
	Body       []*Field // fields of the JSON body, or parts of the form
	Answers    []*Answer
	Errors     []ErrorRow

	Requests []Example
	Samples  []Example // sample programs, in Java, Go or a shell

	// Sources are the pages that describe the operation, after package join.
	Sources []Source
}

// Source is a page that a joined operation or event was read from.
type Source struct {
	File    string
	Format  string
	Title   string
	Doc     string // path on pay.weixin.qq.com
	Updated string // YYYY-MM-DD
	Roles   []string
	Pos     Pos // where the page begins to speak of it
}

// Answer is what a successful call brings.
type Answer struct {
	Status   Fact[int] // 200, 202, 204; not set if the page does not say
	Empty    Fact[bool]
	Stream   Fact[bool] // bytes of a file, not JSON
	Fields   []*Field
	Examples []Example
}

// Event is a notification.
type Event struct {
	Title        Fact[string]
	Summary      Fact[string]
	Updated      Fact[string]
	Doc          Fact[string]
	Roles        []Fact[string]
	Types        []EnumValue // values of event_type, with what they mean
	OriginalType Fact[string]
	Envelope     []*Field // id, create_time, resource …
	Resource     []*Field // the decrypted data
	Answers      []Fact[int]
	Examples     []Example // the envelope, as sent
	Decrypted    []Example // the data, as JSON

	// Sources are the pages that describe the event, after package join.
	Sources []Source
}

// Field is one parameter, or one member of an object.
type Field struct {
	Name     Fact[string]
	Label    Fact[string] // the short Chinese name
	Place    Fact[Place]
	Type     Fact[Type]
	Items    Fact[Type]   // of an array
	Format   Fact[string] // int32, uint32, int64 or uint64, where an integer is typed so
	Required Fact[Need]
	// Needs says for which roles Required is otherwise, after package join:
	// it is empty if the field is alike for all roles. Required then holds
	// what can be relied on for every role.
	Needs []RoleNeed

	MinLength, MaxLength Fact[int64] // characters of a string, or of each string in an array
	MinItems, MaxItems   Fact[int64]
	Minimum, Maximum     Fact[int64]

	Text    Fact[string] // the description, to read, never to copy
	Enum    []EnumValue
	Time    Fact[bool] // the text calls it a time in RFC 3339
	Secret  Fact[bool] // the text says that it is encrypted on the way
	JSON    Fact[bool] // a string that holds a JSON document
	Example Fact[string]
	Default Fact[string]

	// TypeName is the name that the type cell (GadgetInfo) or the sample
	// programs give to the object or enum.
	TypeName Fact[string]

	Fields []*Field // members of an object, or of an array's objects
	Folded bool     // the page has members here, but this copy of it lost them
	// Unended says that this copy of the page lost where the members end: they
	// are the first of the fields that follow, in Fields up to the end of the
	// enclosing list, or in the list itself if that is such a one already. If
	// the field is Folded too, none of them may be its members. Package infer
	// finds out with the help of the examples; where it stays Unended, members
	// may be missing.
	Unended bool
}

// RoleNeed is what a field is for one role, in an operation that roles share.
type RoleNeed struct {
	Role string
	Need Need
	Pos  Pos
}

// EnumValue is one value that a field may have.
type EnumValue struct {
	Value Fact[string]
	Label Fact[string] // what stands beside it, to read; its first words are a label
}

// RateLimit is a limit of calls, as the page states it.
type RateLimit struct {
	Requests int
	Seconds  int
	Per      string // all, merchant, ip, appid; empty if the page does not say
}

// ErrorRow is a row of an error table. One code may have several rows.
type ErrorRow struct {
	Status      Fact[int]
	Code        Fact[string]
	Spelt       string // as the page misspells the code, if it does
	Description Fact[string]
	Solution    Fact[string]
	Meaning     Fact[string] // the description in a few Chinese words of our own
	Action      Fact[string] // the solution in a few Chinese words of our own
	Common      bool         // it stands in the table of common codes
	Continued   bool         // status or code come from the row above, by a merged cell
}

// Example is a document or a program that the page shows.
type Example struct {
	Lang string // json, curl, java, go, http
	Text string // as shown, without line numbers
	Pos  Pos

	// Lines are the places where the lines of Text begin in the document, for
	// readers that removed line numbers or broke a line up. Without them the
	// text is taken to stand in the document as it is, from Pos on.
	Lines []Pos
}

// Type is the type of a field, in the words of JSON Schema, and file.
type Type string

// The types that pages tell apart.
const (
	String  Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Boolean Type = "boolean"
	Object  Type = "object"
	Array   Type = "array"
	File    Type = "file"
)

// Place is where a field stands in a call.
type Place string

// The places that pages tell apart. Form is a part of a multipart body.
const (
	Path   Place = "path"
	Query  Place = "query"
	Header Place = "header"
	Body   Place = "body"
	Form   Place = "form"
)

// Need tells whether a field has to be there. A page that lost its flags says
// nothing, which is not the same as optional.
type Need string

// The flags. Conditional covers 条件选填, 二选一 and their like.
const (
	Required    Need = "required"
	Optional    Need = "optional"
	Conditional Need = "conditional"

	// Absent stands in Field.Needs only: the pages for this role do not have
	// the field.
	Absent Need = "absent"
)

// Walk visits fields and all below them, parents first. The path of a field
// is dotted, and an array adds nothing to it.
func Walk(fields []*Field, visit func(path string, f *Field)) { walk("", fields, visit) }

func walk(prefix string, fields []*Field, visit func(path string, f *Field)) {
	for _, f := range fields {
		visit(prefix+f.Name.Value, f)
		walk(prefix+f.Name.Value+".", f.Fields, visit)
	}
}

// Find returns the field at a dotted path.
func Find(fields []*Field, path string) *Field {
	var found *Field
	Walk(fields, func(at string, f *Field) {
		if at == path && found == nil {
			found = f
		}
	})
	return found
}
