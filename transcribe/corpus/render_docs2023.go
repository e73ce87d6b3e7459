package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// docs2023 is the site of 2022 and 2023 as text: with bullets (§4), or with
// the types lost and the place lines behind their lists (§5).
type docs2023 struct {
	writer
	v        *Variant
	trailing bool
	indented bool // nesting shows in indents
	behind   string
}

func renderBullets(t *Truth, v *Variant) *Rendering {
	s := &docs2023{v: v, indented: v.coin() || t.bare()}
	docPage(s, t, v)
	r := docHeld(t)
	noSolutions(r.Held)
	r.set(s.String())
	return r
}

func renderTrailing(t *Truth, v *Variant) *Rendering {
	t = t.clone()
	t.all(func(f *Field) { f.NoLabel = false }) // without its label an item could not be told from a sentence
	s := &docs2023{v: v, trailing: true, indented: true}
	docPage(s, t, v)
	r := docHeld(t)
	noSolutions(r.Held)
	untyped(t, r.Held)
	r.set(s.String())
	return r
}

// noSolutions forgets where the description of an error ends and its solution
// begins: a blank between the two is all that such rows have.
func noSolutions(p *page.Page) {
	for _, op := range p.Operations {
		for i := range op.Errors {
			row := &op.Errors[i]
			row.Description.Value += row.Solution.Value
			row.Solution = page.Fact[string]{}
		}
	}
}

// untyped forgets types and lengths. An example shows the types of a body's
// fields; an address does not show those of a parameter.
func untyped(t *Truth, p *page.Page) {
	seen := shown(t)
	forget(p, func(f *page.Field) {
		f.Format = page.Fact[string]{}
		f.MinLength, f.MaxLength, f.Minimum, f.Maximum = page.Fact[int64]{}, page.Fact[int64]{}, page.Fact[int64]{}, page.Fact[int64]{}
		if !seen[f.Name.Value] {
			f.Type, f.Items = page.Fact[page.Type]{}, page.Fact[page.Type]{}
		}
	})
	for _, op := range p.Operations {
		for _, f := range op.Parameters {
			f.Type = page.Fact[page.Type]{}
		}
	}
}

func (s *docs2023) para(text string) { s.line(strings.TrimSpace(text)) }

func (s *docs2023) top(t *Truth) {
	s.line(t.Title).blank()
	s.line("更新时间：", dotted(t.Updated)).blank()
	s.line(t.Intro).blank()
}

func (s *docs2023) heading(_ int, text string) {
	s.flush()
	s.line("# ", text).blank()
}

func (s *docs2023) caption(text string) {
	s.flush()
	s.line("# ", text)
}

// status is glued, as in 200OK.
func (s *docs2023) status(text string) {
	s.line(strings.Replace(text, " ", "", 1))
}

func (s *docs2023) place(at page.Place) {
	word := map[page.Place]string{page.Header: "Header HTTP头参数", page.Path: "Path 路径参数",
		page.Query: "Query 查询参数", page.Body: "Body 包体参数"}[at]
	s.flush()
	if s.trailing {
		s.behind = word
		return
	}
	s.line(word)
}

// flush writes the place line that stands behind its list.
func (s *docs2023) flush() {
	if s.behind != "" {
		s.line(s.behind)
	}
	s.behind = ""
}

func (s *docs2023) fields(fields []*Field) {
	s.list(fields, 0)
	s.blank()
}

func (s *docs2023) list(fields []*Field, depth int) {
	indent := strings.Repeat("    ", depth)
	if !s.indented {
		indent = ""
	}
	for _, f := range fields {
		if s.trailing {
			s.line(indent, "- ", f.Name, " ", f.docFlag(), f.trailingLabel(), " ", f.Says, strings.Join(f.rules(), ""))
		} else {
			s.line(indent, "  • ", f.Name, " ", f.docFlag(), " ", f.docType())
			s.line(indent, "    ", f.docLabel(), " ", f.Says)
			for _, rule := range f.rules() {
				s.line(indent, "    ", rule)
			}
		}
		s.values(f, indent+"    ")
		s.list(f.Kids, depth+1)
	}
}

func (f *Field) trailingLabel() string {
	if label := f.docLabel(); label != "" {
		return label
	}
	return " "
}

func (s *docs2023) values(f *Field, indent string) {
	if len(f.Enum) == 0 {
		return
	}
	s.line(indent, f.enumWord())
	for _, v := range f.Enum {
		s.line(indent, "  • ", v.Name, ": ", v.Label)
	}
}

func (s *docs2023) code(_, text string) { s.line(code(text)).blank() }

func (s *docs2023) errors(rows []Err) {
	s.line("状态码 错误码 描述 解决方案")
	for _, e := range rows {
		s.line(fmt.Sprint(e.Status), " ", e.code(), " ", e.Says, " ", e.Solve)
	}
	s.blank()
}

func (s *docs2023) tail() { s.flush() }
