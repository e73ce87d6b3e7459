package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/model"
)

func (e *emitter) enums(f *jen.File) {
	for _, t := range e.pkg.Types {
		if t.Enum != nil {
			e.enum(f, t)
		}
	}
}

func (e *emitter) enum(f *jen.File, t *model.Named) {
	comment(f.Group, paragraph(aboutType(t.Name, t.Title, t.Doc)))
	underlying := jen.String()
	if t.Enum.Integer {
		underlying = jen.Int64()
	}
	f.Type().Id(t.Name).Add(underlying)
	f.Line()
	comment(f.Group, paragraph("The values of "+t.Name+" that the documentation lists. WeChat Pay may add others at any time."))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, v := range t.Enum.Values {
			e.constant(g, t, v)
		}
	})
	f.Line()
	comment(f.Group, []string{"Known reports whether the documentation lists the value."})
	f.Func().Params(jen.Id("v").Id(t.Name)).Id("Known").Params().Bool().Block(
		jen.Switch(jen.Id("v")).Block(
			jen.Case(e.constants(t)...).Block(jen.Return(jen.True())),
		),
		jen.Return(jen.False()),
	)
	f.Line()
}

// constant writes one value, with its text above where it would not fit
// beside it.
func (e *emitter) constant(g *jen.Group, t *model.Named, v model.EnumValue) {
	line := jen.Id(v.Name).Id(t.Name).Op("=").Lit(v.Wire)
	if t.Enum.Integer {
		line = jen.Id(v.Name).Id(t.Name).Op("=").Op(v.Wire)
	}
	text := paragraph(v.Doc)
	switch {
	case len(text) == 0:
		g.Add(line)
	case len(text) == 1 && columns(v.Name+t.Name+strconv.Quote(v.Wire)+text[0]) < width:
		g.Add(line.Comment("// " + text[0]))
	default:
		comment(g, text)
		g.Add(line)
	}
}

// constants lists the constants of an enum, in lines that are not too long.
func (e *emitter) constants(t *model.Named) []jen.Code {
	var out []jen.Code
	at := 0
	for _, v := range t.Enum.Values {
		name := jen.Id(v.Name)
		if at += len(v.Name) + 2; at > width && len(out) > 0 {
			name, at = jen.Line().Id(v.Name), len(v.Name)+2
		}
		out = append(out, name)
	}
	return out
}
