// Package block is the form between a document and its meaning. A reader of a
// format knows how lines, tables, nesting and code look in it, and turns the
// document into blocks; package assemble knows what the platform's fixed
// headings and labels mean, and turns blocks into a page. So every format is
// understood by the same rules, and a new one needs a reader only.
package block

import "github.com/wxgen/wxgen/transcribe/page"

// Kind is the kind of a block.
type Kind int

// The kinds. A reader need not tell a Heading from a Line: assemble
// recognises the platform's headings by their text in both.
const (
	// Line is one paragraph, list item or line of text.
	Line Kind = iota
	// Heading is a line that the document marks as a heading.
	Heading
	// Field is a row that opens a field. Lines after it, up to the next
	// field, heading or Close, are its description.
	Field
	// Item is a value of an enum, and belongs to the field before it.
	Item
	// Open begins the members of the field before it, Close ends them, or the
	// description of the field before it if none is open. Where
	// the document does not show their end, the reader says so by Unended or
	// by leaving out Close: then all that follows in the enclosing list hangs
	// there, and examples have to tell where the end is.
	Open
	Close
	// Folded says that the field before it has members that are lost.
	Folded
	// Row is a row of a table that is not one of fields, mostly of errors.
	Row
	// Code is an example or a program.
	Code
)

// Block is one piece of a document, in the document's order.
type Block struct {
	Kind  Kind
	Text  string // Line, Heading, Code; the text of an Item
	Level int    // of a Heading, 0 if unknown
	Lang  string // of Code, if the document says: json, curl, java, go
	Cells []Cell // of a Row
	Field Fields // of a Field
	Value string // of an Item
	// Within says that a Line or Item certainly belongs to the field before
	// it, since it stood in the same row or cell: it opens no section.
	Within bool
	// Unended says of an Open that there will be no Close for it.
	Unended bool
	// Maybe says of such an Open that the members may as well be lost: then
	// what follows lies beside the field.
	Maybe bool
	// Doc is the page's own path on pay.weixin.qq.com, where a link shows it.
	Doc string
	// Doubt is what the reader is not sure of about this block, for instance
	// which object a row belongs to. It becomes a finding of the page.
	Doubt string
	Pos   page.Pos
	// Lines are the places where the lines of a Code begin in the document, if
	// line numbers were removed or a line broken up (see page.Example).
	Lines []page.Pos
}

// Cell is a cell of a table's row.
type Cell struct {
	Text   string
	Merged bool // the cell is merged with the one above, whose text it has
	Header bool
	Pos    page.Pos
}

// Fields are the cells of a row that opens a field, as written. What a format
// does not have stays empty.
type Fields struct {
	Name  string // a.b.c where the format writes dotted names from the root of its place
	Label string // the Chinese name, if it has a cell of its own
	Type  string // string[1,32], array[object]
	Need  string // 必填, true, 是
	Place string // path, query, body, if it has a cell of its own
	Text  string // the description that stands in the row
	// Depth is how deep the row says that it lies, by leading plus signs or
	// indentation: 0 for the top. Open and Close count beside it.
	Depth int
	// At is where the cells stand, if a format knows. A cell without a place
	// of its own stands where the block stands.
	At At
}

// At holds the places of the cells of a field's row.
type At struct {
	Name, Label, Type, Need, Place, Text page.Pos
}
