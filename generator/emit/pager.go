package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/model"
)

// pager writes the method that walks through all pages of an operation.
func (e *emitter) pager(f *jen.File, op *model.Operation) {
	p := op.Pager
	comment(f.Group, e.aboutPager(op))
	f.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(p.Name).ParamsFunc(e.parameters(op)).
		Qual("iter", "Seq2").Types(e.typ(p.Item), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			if p.Page.Style == "token" {
				e.byToken(g, op)
			} else {
				e.byOffset(g, op)
			}
		})
	f.Line()
}

func (e *emitter) aboutPager(op *model.Operation) []string {
	text := op.Pager.Name + " iterates over the items of all pages of [Client." + op.Name + "], from the one that req asks for. " +
		"It stops at the first error, which it yields last; req is not changed."
	if p := op.Pager; p.Limit != nil && p.Page.MaxLimit > 0 {
		text += " Where req has no " + p.Limit.Name + ", pages are as large as WeChat Pay allows."
	}
	return paragraph(text)
}

func (e *emitter) byOffset(g *jen.Group, op *model.Operation) {
	p := op.Pager
	offset := jen.Id("req").Dot(p.Offset.Name)
	first := int64Pointer(e, p.Offset, offset.Clone())
	g.Id("paging").Op(":=").Add(e.runtime("Paging")).Values(jen.DictFunc(func(d jen.Dict) {
		d[jen.Id("First")] = first
		if p.Page.Start != 0 {
			d[jen.Id("Start")] = jen.Lit(int(p.Page.Start))
		}
		if p.Page.Unit == "page" {
			d[jen.Id("Step")] = jen.Lit(1)
		}
		if p.Page.MaxOffset != 0 {
			d[jen.Id("Max")] = jen.Op(strconv.FormatInt(p.Page.MaxOffset, 10))
		}
	}))
	fetch := jen.Func().
		Params(jen.Id("req").Op("*").Add(e.named(op.Request)), jen.Id("offset").Int64()).
		Params(jen.Index().Add(e.typ(p.Item)), jen.Op("*").Int64(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			e.fullPages(g, p)
			g.Add(assign(e, p.Offset, "offset"))
			e.call(g, op, jen.Nil(), jen.Nil())
			total := jen.Nil()
			if p.Total != nil {
				total = int64Pointer(e, p.Total, jen.Id("resp").Dot(p.Total.Name))
			}
			g.Return(jen.Id("resp").Dot(p.Items.Name), total, jen.Nil())
		})
	g.Return(e.runtime("ByOffset").Call(jen.Id("req"), jen.Id("paging"), fetch))
}

func (e *emitter) byToken(g *jen.Group, op *model.Operation) {
	p := op.Pager
	fetch := jen.Func().
		Params(jen.Id("req").Op("*").Add(e.named(op.Request)), jen.Id("token").String()).
		Params(jen.Index().Add(e.typ(p.Item)), jen.String(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			e.fullPages(g, p)
			g.Id("req").Dot(p.Offset.Name).Op("=").Id("token")
			e.call(g, op, jen.Nil(), jen.Lit(""))
			g.Return(jen.Id("resp").Dot(p.Items.Name), jen.Id("resp").Dot(p.Total.Name), jen.Nil())
		})
	g.Return(e.runtime("ByToken").Call(jen.Id("req"), jen.Id("req").Dot(p.Offset.Name), fetch))
}

// fullPages asks for the largest pages where the caller does not care.
func (e *emitter) fullPages(g *jen.Group, p *model.Pager) {
	if p.Limit == nil || p.Page.MaxLimit == 0 || p.Limit.Type.Kind == model.String {
		return
	}
	unset, limit := jen.Lit(0), jen.Op(strconv.FormatInt(p.Page.MaxLimit, 10))
	if p.Limit.Pointer {
		unset, limit = jen.Nil(), jen.New(e.typ(p.Limit.Type).Call(limit))
	}
	g.If(jen.Id("req").Dot(p.Limit.Name).Op("==").Add(unset)).Block(jen.Id("req").Dot(p.Limit.Name).Op("=").Add(limit))
}

// call writes the call of one page and the return of its error.
func (e *emitter) call(g *jen.Group, op *model.Operation, zeros ...jen.Code) {
	g.List(jen.Id("resp"), jen.Err()).Op(":=").Id("c").Dot(op.Name).Call(jen.Id("ctx"), jen.Id("req"), jen.Id("opts").Op("..."))
	g.If(jen.Err().Op("!=").Nil()).Block(jen.Return(append(zeros, jen.Err())...))
}

// int64Pointer gives a number field as the *int64 that the runtime takes.
func int64Pointer(e *emitter, f *model.Field, value *jen.Statement) *jen.Statement {
	switch {
	case f.Pointer && f.Type.Kind == model.Int64:
		return value
	case f.Pointer:
		return e.runtime("Int64").Call(value)
	case f.Type.Kind == model.Int64:
		return jen.Op("&").Add(value)
	}
	return e.runtime("Int64").Call(jen.Op("&").Add(value))
}

// assign sets a number field from an int64 variable.
func assign(e *emitter, f *model.Field, variable string) *jen.Statement {
	target := jen.Id("req").Dot(f.Name)
	value := jen.Id(variable)
	if f.Type.Kind != model.Int64 {
		value = e.typ(f.Type).Call(value)
	}
	if f.Pointer {
		return target.Op("=").New(value)
	}
	return target.Op("=").Add(value)
}
