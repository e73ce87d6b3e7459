// Package infer completes a page with what its examples and sample programs
// show: types and members that the tables lost, values of enums that stand
// only in programs, and an example of each field. Everything found so says
// where it came from. Where table, example and program do not agree, the page
// gets a finding; what one of them says alone gets one too.
//
// An example never tells whether a field is required, nor how long it may be.
package infer

import (
	"github.com/wxgen/wxgen/transcribe/infer/document"
	"github.com/wxgen/wxgen/transcribe/infer/sample"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Complete adds to a page what its examples show.
func Complete(p *page.Page) {
	for _, op := range p.Operations {
		c := newComparison(p, about(op))
		c.operation(op)
	}
	for _, e := range p.Events {
		c := newComparison(p, "notification "+e.Title.Value)
		c.event(e)
	}
}

func about(op *page.Operation) string {
	return op.Method.Value + " " + op.Path.Value
}

// comparison is the work on one operation or event.
type comparison struct {
	page    *page.Page
	about   string
	program *sample.Program
	origins []*origin // of the programs
	grown   int
	found   int
}

// maxFindings is more than anybody reads about one operation.
const maxFindings = 1000

func newComparison(p *page.Page, about string) *comparison {
	return &comparison{page: p, about: about, program: sample.New()}
}

func (c *comparison) find(pos page.Pos, kind page.Kind, field, what, how string) {
	if c.found++; c.found >= maxFindings {
		if c.found > maxFindings {
			return
		}
		kind, field, what, how = page.Doubt, "", "too much to report on one operation: the rest is left out", ""
	}
	about := c.about
	if field != "" {
		about += ": " + field
	}
	c.page.Findings = append(c.page.Findings, page.Finding{Pos: pos, Kind: kind, About: about, What: what, How: how})
}

func (c *comparison) operation(op *page.Operation) {
	c.read(op.Samples)
	c.read(op.Requests)
	c.request(op)
	lists := [][]*page.Field{op.Parameters, op.Body}
	c.gaps("request", op.Parameters)
	c.gaps("request", op.Body)
	for _, a := range op.Answers {
		c.answer(a)
		c.gaps("answer", a.Fields)
		lists = append(lists, a.Fields)
	}
	labels(lists...)
}

// read reads the sample programs among examples.
func (c *comparison) read(examples []page.Example) {
	for _, e := range examples {
		if sample.Looks(e.Text) {
			c.program.Read(len(c.origins), e.Text)
			c.origins = append(c.origins, newOrigin(e))
		}
	}
}

// programPos is the place of something that a program declares.
func (c *comparison) programPos(at sample.Place) page.Pos {
	return c.origins[at.Source].at(at.Offset)
}

// answer completes the fields of an answer.
func (c *comparison) answer(a *page.Answer) {
	if a.Stream.Value {
		return
	}
	s := &shape{}
	for _, e := range a.Examples {
		c.show(s, e, a.Fields, "answer")
	}
	w := witness{shape: s.below(), class: c.responseClass(a.Fields)}
	a.Fields = c.nest("answer", c.settle("answer", a.Fields, w, 0), w)
	if len(a.Fields) == 0 && !a.Empty.Value && w.shape != nil {
		c.find(w.shape.pos, page.Inferred, "answer", "the page describes no fields of the answer: they are those of the example", "look at another copy of the page")
		a.Fields = c.grow("answer", witness{shape: w.shape}, 0)
		return
	}
	c.fields("answer", &a.Fields, w, 0)
}

// shownAnswer is the shape that the examples of answers have, looked at in
// silence.
func (c *comparison) shownAnswer(op *page.Operation) *shape {
	quiet := newComparison(&page.Page{}, c.about)
	s := &shape{}
	for _, a := range op.Answers {
		for _, e := range a.Examples {
			quiet.show(s, e, a.Fields, "answer")
		}
	}
	return s.below()
}

// show adds the documents of an example to a shape. Documents that say why a
// call failed are left out.
func (c *comparison) show(s *shape, e page.Example, fields []*page.Field, where string) {
	o := newOrigin(e)
	known := index(fields)
	for _, d := range document.Read(e.Text) {
		if isFailure(d.Value, known) {
			continue
		}
		if len(fields) > 0 && !related(d.Value, known) {
			c.find(o.at(d.Offset), page.Doubt, where, "an example that has none of the fields described", "see whether it belongs to the operation")
			continue
		}
		for _, damage := range d.Damages {
			c.find(o.at(damage.Offset), page.Doubt, where, "the example is no JSON here: "+damage.What, "")
		}
		if s.pos == (page.Pos{}) {
			s.pos = o.at(d.Offset)
		}
		s.show(d.Value, o.at, 0)
	}
}

// isFailure tells whether a document is the error that a failed call returns.
func isFailure(v *document.Value, fields map[string]*page.Field) bool {
	code, message := false, false
	for _, m := range v.Members {
		switch m.Name {
		case "code":
			code = true
		case "message":
			message = true
		case "detail":
		default:
			return false
		}
	}
	return code && message && fields["code"] == nil
}

// related tells whether a document, or the elements of a list, have any of the
// fields.
func related(v *document.Value, fields map[string]*page.Field) bool {
	for _, m := range v.Members {
		if fields[m.Name] != nil {
			return true
		}
	}
	for _, item := range v.Items {
		if related(item, fields) {
			return true
		}
	}
	return len(v.Members) == 0 && len(v.Items) == 0
}
