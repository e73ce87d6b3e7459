package corpus

import (
	"math/rand/v2"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Rendering is a page in one shape.
type Rendering struct {
	Shape string
	File  string // a name with the extension that such files have
	Text  string
	True  *page.Page // the truth, with what the shape itself adds to it
	Held  *page.Page // what can still be known from the text

	marked string // the text with marks around its code, for damage that has to know
}

// Marks around code, taken out of the text at last.
const (
	codeBegin = "\ue000"
	codeEnd   = "\ue001"
)

func code(text string) string { return codeBegin + text + codeEnd }

// set takes the text of a rendering.
func (r *Rendering) set(marked string) {
	r.marked = marked
	r.Text = strings.NewReplacer(codeBegin, "", codeEnd, "").Replace(marked)
}

// Shape is one of the forms in which pages reach a transcriber.
type Shape struct {
	Name   string
	Ext    string
	Render func(t *Truth, v *Variant) *Rendering
	Fits   func(t *Truth) bool // whether pages of this kind occur in the shape; all do if nil
}

// Shapes are all of them, in the order of the survey.
func Shapes() []Shape {
	return []Shape{
		{"docline", ".txt", renderDocline, docPages},
		{"copy", ".txt", renderCopy, docPages},
		{"copy-open", ".txt", renderCopyOpen, docPages},
		{"docinline", ".txt", renderDocinline, docPages},
		{"docs2023-bullets", ".txt", renderBullets, plainPages},
		{"docs2023-trailing-labels", ".txt", renderTrailing, plainPages},
		{"wiki-flat", ".txt", renderWikiFlat, wikiPages},
		{"wiki-celllines", ".txt", renderCellLines, plainPages},
		{"md-official", ".md", renderOfficial, docPages},
		{"md-iwiki", ".md", renderIwiki, plainPages},
		{"html", ".html", renderHTML, docPages},
		{"wiki-html", ".html", renderWikiHTML, wikiPages},
		{"wiki-md-table", ".md", renderWikiTable, plainPages},
		{"hugo-wiki", ".md", renderHugo, plainPages},
		{"wiki-comment", ".php", renderComment, wikiPages},
		{"digest", ".md", renderDigest, wikiPages},
		{"hk-wiki", ".txt", renderHK, hkPages},
	}
}

// Variant decides what a page may write in one way or another. Equal seeds
// decide alike.
type Variant struct{ rng *rand.Rand }

// NewVariant is the variant of a seed.
func NewVariant(seed uint64) *Variant {
	return &Variant{rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
}

func (v *Variant) one(choices ...string) string { return choices[v.rng.IntN(len(choices))] }

func (v *Variant) coin() bool { return v.rng.IntN(2) == 0 }

// docPages are the kinds of page that the doc centre has.
func docPages(t *Truth) bool { return len(t.Ops) < 2 && !hasMerged(t) }

// wikiPages are operations with JSON, one or several on a page.
func wikiPages(t *Truth) bool {
	for _, op := range t.Ops {
		if op.Upload || op.Download || op.Answer.NoBody || op.Or != "" {
			return false
		}
	}
	return len(t.Ops) > 0
}

// plainPages are single operations with JSON.
func plainPages(t *Truth) bool { return wikiPages(t) && len(t.Ops) == 1 }

// hkPages have answers, and tables without merged cells.
func hkPages(t *Truth) bool {
	return plainPages(t) && !hasMerged(t) && len(t.Ops[0].Answer.Fields) > 0
}

func hasMerged(t *Truth) bool {
	for _, op := range t.Ops {
		for _, e := range op.Business {
			if e.Merge > 0 {
				return true
			}
		}
	}
	return false
}

// writer puts lines together.
type writer struct{ strings.Builder }

func (w *writer) line(parts ...string) *writer {
	for _, p := range parts {
		w.WriteString(p)
	}
	w.WriteString("\n")
	return w
}

func (w *writer) blank() *writer { return w.line() }

// rendering is the frame of a rendering: the text follows, and what is held
// shrinks by what the shape loses.
func rendering(t *Truth) *Rendering { return &Rendering{True: t.Page(), Held: t.Page()} }

// lists visits every list of fields that a page holds.
func lists(p *page.Page, visit func(fields []*page.Field)) {
	for _, op := range p.Operations {
		visit(op.Parameters)
		visit(op.Body)
		for _, a := range op.Answers {
			visit(a.Fields)
		}
	}
	for _, e := range p.Events {
		visit(e.Envelope)
		visit(e.Resource)
	}
}

// forget visits every field and lets a shape take facts out.
func forget(p *page.Page, lose func(f *page.Field)) {
	lists(p, func(fields []*page.Field) {
		page.Walk(fields, func(_ string, f *page.Field) { lose(f) })
	})
}

// noExamples forgets the example values of fields: only the wiki states them.
func noExamples(f *page.Field) { f.Example = page.Fact[string]{} }

// fold forgets all of the fields below the depth but what a JSON example
// shows: names, nesting and types. Depth 0 is the top.
func fold(t *Truth, p *page.Page, depth int) {
	seen := shown(t)
	lists(p, func(fields []*page.Field) { foldList(fields, depth, seen) })
}

func foldList(fields []*page.Field, depth int, seen map[string]bool) {
	for _, f := range fields {
		if depth > 0 {
			foldList(f.Fields, depth-1, seen)
			continue
		}
		f.Fields = bare(f.Fields, seen)
	}
}

func bare(fields []*page.Field, seen map[string]bool) []*page.Field {
	var out []*page.Field
	for _, f := range fields {
		if seen[f.Name.Value] {
			out = append(out, &page.Field{Name: f.Name, Type: f.Type, Items: f.Items, Fields: bare(f.Fields, seen)})
		}
	}
	return out
}

// shown are the names that examples show. Names are unique enough in truths to
// do without their paths.
func shown(t *Truth) map[string]bool {
	seen := map[string]bool{}
	mark := func(fields []*Field) {
		eachField(fields, func(f *Field) { seen[f.Name] = seen[f.Name] || !f.NoSample })
	}
	for _, op := range t.Ops {
		mark(op.Body)
		mark(op.Answer.Fields)
	}
	for _, e := range t.Events {
		mark(e.envelope())
		mark(e.Resource)
	}
	return seen
}
