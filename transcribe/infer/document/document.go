// Package document reads the JSON documents of examples as pages really show
// them: with comments, trailing commas, ellipses, lost quotes, placeholders,
// and several documents in one block. It keeps members in their order, says at
// which byte each value begins, and notes what it had to put up with.
package document

import "strings"

// Kind is the kind of a value.
type Kind int

// The kinds. Bare is text without quotes that is no JSON, mostly a placeholder.
const (
	Bare Kind = iota
	Object
	Array
	String
	Number
	Boolean
	Null
)

// Value is a value, and all below it.
type Value struct {
	Kind    Kind
	Text    string // a string without quotes and escapes, other scalars as written
	Offset  int    // in bytes
	Members []Member
	Items   []*Value
	Partial bool // an ellipsis or damage stands for members or items
}

// Member is a member of an object.
type Member struct {
	Name   string
	Offset int
	Value  *Value
}

// Document is one document of a text.
type Document struct {
	Value   *Value // an Object or an Array
	Offset  int
	End     int // the byte after the document
	Damages []Damage
}

// Damage is a place at which the text is no JSON.
type Damage struct {
	Offset int
	What   string
}

// Bounds on what hostile texts may ask for.
const (
	maxDepth   = 64
	maxValues  = 200_000
	maxDamages = 20
)

// Read returns all documents of a text. Blocks that only stand for one, such
// as {示例代码}, are none.
func Read(text string) []Document {
	var documents []Document
	p := parser{text: text, budget: maxValues}
	for p.at < len(text) && p.budget > 0 {
		start := opening(text, p.at)
		if start < 0 {
			break
		}
		if d, ok := p.document(start); ok {
			documents = append(documents, d)
		}
	}
	return documents
}

// First reads the document that begins at the first byte of a text.
func First(text string) (Document, bool) {
	if text == "" || text[0] != '{' && text[0] != '[' {
		return Document{}, false
	}
	p := parser{text: text, budget: maxValues}
	return p.document(0)
}

func (p *parser) document(start int) (Document, bool) {
	p.at, p.damages, p.stopped = start, nil, false
	value := p.value(0)
	d := Document{Value: value, Offset: start, End: p.at, Damages: p.damages}
	empty := len(value.Members) == 0 && len(value.Items) == 0
	return d, !empty || len(p.damages) == 0 && !value.Partial
}

// opening finds the next bracket that can begin a document: not one of a path
// or a template, and a square one only at the beginning of a line.
func opening(text string, from int) int {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '{':
			if !strings.ContainsRune("/$%{&=?-_", before(text, i)) {
				return i
			}
		case '[':
			if c := before(text, i); (c == '\n' || c == 0) && opensArray(text[i+1:]) {
				return i
			}
		}
	}
	return -1
}

// before is the byte before a place, blanks left out.
func before(text string, at int) rune {
	for at--; at >= 0; at-- {
		if text[at] != ' ' && text[at] != '\t' {
			return rune(text[at])
		}
	}
	return 0
}

func opensArray(rest string) bool {
	const window = 200
	if len(rest) > window {
		rest = rest[:window]
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	return rest == "" || strings.ContainsRune(`{["]0123456789-`, rune(rest[0]))
}
