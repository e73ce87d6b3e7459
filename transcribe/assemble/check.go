package assemble

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// check looks over an operation and leaves a finding for each gap.
func (b *builder) check(op *page.Operation) {
	at := op.Path.Pos
	switch {
	case !op.Method.Known():
		b.find(at, page.Gap, nameOf(op), "the page states no method", "give it in the spec")
	}
	b.checkVariables(op)
	unknown := withoutFlag(op.Parameters) + withoutFlag(op.Body)
	for _, a := range op.Answers {
		unknown += withoutFlag(a.Fields)
	}
	if unknown > 0 {
		b.find(at, page.Gap, nameOf(op), fmt.Sprintf("%d fields without a required flag", unknown), "another page of the operation may have them")
	}
	continued := 0
	for _, row := range op.Errors {
		if row.Continued {
			continued++
		}
	}
	if continued > 0 {
		b.find(op.Errors[0].Status.Pos, page.Inferred, nameOf(op), fmt.Sprintf("%d of %d error rows continue the row above", continued, len(op.Errors)), "")
	}
	b.checkAnswers(op)
}

func (b *builder) checkAnswers(op *page.Operation) {
	if len(op.Answers) == 0 {
		b.find(op.Path.Pos, page.Gap, nameOf(op), "the page shows no answer", "")
	}
	for _, a := range op.Answers {
		if !a.Status.Known() && !a.Stream.Known() {
			b.find(op.Path.Pos, page.Gap, nameOf(op), "the page states no status of the answer", "")
		}
	}
}

// checkVariables compares the path with the parameters that stand in it.
func (b *builder) checkVariables(op *page.Operation) {
	in := map[string]bool{}
	for _, name := range label.Variables(op.Path.Value) {
		in[name] = true
	}
	seen := map[string]bool{}
	for _, f := range op.Parameters {
		if f.Place.Value != page.Path {
			continue
		}
		seen[f.Name.Value] = true
		if op.Path.Known() && !in[f.Name.Value] {
			b.find(f.Name.Pos, page.Contradiction, nameOf(op)+": path."+f.Name.Value, "the path has no such variable", "")
		}
	}
	for _, name := range label.Variables(op.Path.Value) {
		if !seen[name] {
			b.find(op.Path.Pos, page.Gap, nameOf(op)+": path."+name, "the page describes no parameter for this variable of the path", "")
		}
	}
}

// withoutFlag counts the fields without a flag, which is not the same as
// optional ones. Whether types and members are missing, package infer tells:
// the examples may have them.
func withoutFlag(fields []*page.Field) (unknown int) {
	page.Walk(fields, func(_ string, f *page.Field) {
		if !f.Required.Known() {
			unknown++
		}
	})
	return unknown
}

func (b *builder) checkEvent(e *page.Event) {
	name := "notification " + e.Title.Value
	if len(e.Types) == 0 {
		b.find(e.Title.Pos, page.Gap, name, "the page names no event type", "")
	}
	if len(e.Resource) == 0 {
		b.find(e.Title.Pos, page.Gap, name, "the page has no fields of the decrypted data", "")
	}
	if len(e.Answers) == 0 {
		b.find(e.Title.Pos, page.Gap, name, "the page does not say with which status to answer", "")
	}
}
