package emit

import (
	"fmt"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// client writes the client with a method an operation.
func (e *emitter) client(f *jen.File) {
	comment(f.Group, []string{"This package needs the runtime of at least this version; where the line does not compile,",
		"update " + e.opts.Runtime + "."})
	f.Const().Id("_").Op("=").Add(e.runtime("IsAtLeastVersion0_1"))
	f.Line()
	comment(f.Group, paragraph("Client calls the operations of this package. It is safe for concurrent use and costs nothing to make."))
	f.Type().Id("Client").Struct(jen.Id("client").Op("*").Add(e.runtime("Client")))
	f.Line()
	comment(f.Group, []string{"NewClient returns a Client that signs, sends and verifies through client."})
	f.Func().Id("NewClient").Params(jen.Id("client").Op("*").Add(e.runtime("Client"))).Op("*").Id("Client").Block(
		jen.Return(jen.Op("&").Id("Client").Values(jen.Id("client"))),
	)
	f.Line()
	for _, op := range e.pkg.Operations {
		e.method(f, op)
		if op.Pager != nil {
			e.pager(f, op)
		}
	}
}

func (e *emitter) method(f *jen.File, op *model.Operation) {
	comment(f.Group, e.aboutOperation(op))
	call := jen.Id("c").Dot("client").Dot("Do").Call(
		jen.Id("ctx"), jen.Op("&").Id(op.Var), requestArgument(op), responseArgument(op), jen.Id("opts").Op("..."))
	signature := f.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(op.Name).ParamsFunc(e.parameters(op))
	if op.Response == nil {
		signature.Error().Block(jen.Return(call))
		f.Line()
		return
	}
	result := e.typ(op.Response)
	if op.Response.Kind != model.Ref && op.Response.Kind != model.Stream {
		signature.Params(jen.Id("resp").Add(result), jen.Err().Error()).Block(
			jen.Err().Op("=").Add(call),
			jen.Return(jen.Id("resp"), jen.Err()),
		)
		f.Line()
		return
	}
	signature.Params(jen.Op("*").Add(result), jen.Error()).Block(
		jen.Id("resp").Op(":=").New(result.Clone()),
		jen.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Return(jen.Id("resp"), jen.Nil()),
	)
	f.Line()
}

func (e *emitter) parameters(op *model.Operation) func(*jen.Group) {
	return func(g *jen.Group) {
		g.Id("ctx").Qual("context", "Context")
		if op.Request != nil {
			g.Id("req").Op("*").Add(e.named(op.Request))
		}
		g.Id("opts").Op("...").Add(e.runtime("CallOption"))
	}
}

func requestArgument(op *model.Operation) *jen.Statement {
	if op.Request == nil {
		return jen.Nil()
	}
	return jen.Id("req")
}

func responseArgument(op *model.Operation) *jen.Statement {
	switch {
	case op.Response == nil:
		return jen.Nil()
	case op.Response.Kind == model.Ref, op.Response.Kind == model.Stream:
		return jen.Id("resp")
	}
	return jen.Op("&").Id("resp")
}

// aboutOperation writes the comment of a method: what it does, the request
// line, who may call it, how often, and where it is documented.
func (e *emitter) aboutOperation(op *model.Operation) []string {
	lines := paragraph(aboutCall(op.Name, op.Spec.Summary, op.Spec.Description))
	lines = append(lines, "", "\t"+op.Spec.Method+" "+op.Spec.Path)
	if facts := facts(op.Spec); facts != "" {
		lines = append(lines, "")
		lines = append(lines, paragraph(facts)...)
	}
	if source := sourceLine(op.Spec.Source); source != "" {
		lines = append(lines, "", source)
	}
	if op.Spec.Deprecated {
		lines = append(lines, "", "Deprecated: the documentation marks it so.")
	}
	return lines
}

func facts(op *load.Operation) string {
	var out []string
	if len(op.Source.Roles) > 0 {
		out = append(out, "For "+strings.Join(op.Source.Roles, ", ")+".")
	}
	for _, l := range op.RateLimits {
		out = append(out, rateLimit(l))
	}
	if op.Idempotent && op.Method != "GET" {
		out = append(out, "A call may be repeated with the same parameters.")
	}
	if op.Unsigned {
		out = append(out, "The answer bears no signature.")
	}
	return strings.Join(out, " ")
}

func rateLimit(l load.RateLimit) string {
	return fmt.Sprintf("At most %d requests %s %s.", l.Requests, period(l.Period), scope(l.Per))
}

func scope(per string) string {
	switch per {
	case "all":
		return "in all"
	case "ip":
		return "per IP address"
	case "appid":
		return "per AppID"
	}
	return "per " + per
}

func period(d time.Duration) string {
	switch d {
	case time.Second:
		return "a second"
	case time.Minute:
		return "a minute"
	case time.Hour:
		return "an hour"
	case 24 * time.Hour:
		return "a day"
	}
	return "in " + d.String()
}

func sourceLine(s load.Source) string {
	switch {
	case s.Page != "" && s.Updated != "":
		return "Page of " + s.Updated + ": https://pay.weixin.qq.com" + s.Page
	case s.Page != "":
		return "Page: https://pay.weixin.qq.com" + s.Page
	case s.Updated != "":
		return "As of " + s.Updated + "."
	}
	return ""
}
