package page

import "fmt"

// Fact is something that a page says. The zero Fact says nothing.
type Fact[T comparable] struct {
	Value T
	Pos   Pos
	From  Evidence
}

// Known tells whether the page says anything at all.
func (f Fact[T]) Known() bool { return f.From != Unknown }

// Said is a fact that the page states in its text or tables.
func Said[T comparable](value T, pos Pos) Fact[T] {
	return Fact[T]{Value: value, Pos: pos, From: Stated}
}

// Seen is a fact that follows from something else than a statement.
func Seen[T comparable](value T, pos Pos, from Evidence) Fact[T] {
	return Fact[T]{Value: value, Pos: pos, From: from}
}

// Evidence is how a fact was found.
type Evidence string

// Kinds of evidence, from none to the strongest.
const (
	Unknown       Evidence = ""
	FromSample    Evidence = "sample"    // the Java or Go program that the page shows
	FromExample   Evidence = "example"   // a JSON document or a call that the page shows
	FromProse     Evidence = "prose"     // a sentence of the description
	FromCatalogue Evidence = "catalogue" // a collection of facts without the page
	Stated        Evidence = "page"      // the cell or label that is made for it
)

// Pos is a place in a document as it came, before any repair. Lines and
// columns count from 1, columns in characters.
type Pos struct {
	File string
	Line int
	Col  int
}

// String names the place as file:line:col.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Repair is one kind of damage that was mended in a document.
type Repair struct {
	Step  string // name of the step
	Count int    // how often it had something to do
	First Pos    // where it had first
	What  string // what it did, for people
}

// Kind sorts findings.
type Kind string

// Kinds of findings. A gap is something that the page should say and does
// not; a contradiction is said twice, differently; doubt marks a reading that
// a person should look at.
const (
	Gap           Kind = "gap"
	Contradiction Kind = "contradiction"
	Doubt         Kind = "doubt"
	Inferred      Kind = "inferred"
)

// Finding is a remark on a page that its reader wants to be seen.
type Finding struct {
	Pos   Pos
	Kind  Kind
	About string // the operation and field: POST /v3/a: body.b.c
	What  string
	How   string // how to mend it, if there is a way
}

func (f Finding) String() string {
	text := fmt.Sprintf("%s: %s: %s: %s", f.Pos, f.Kind, f.About, f.What)
	if f.How != "" {
		text += " (" + f.How + ")"
	}
	return text
}
