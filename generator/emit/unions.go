package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/model"
)

func (e *emitter) unions(f *jen.File) {
	for _, t := range e.pkg.Types {
		if t.Union != nil {
			comment(f.Group, paragraph(e.aboutStruct(t)))
			e.union(f, t)
		}
	}
}

// union writes a struct with a pointer for each alternative, and the two
// methods that encoding/json needs for it.
func (e *emitter) union(f *jen.File, t *model.Named) {
	comment(f.Group, []string{"", "One of the pointers is set. Raw is what was received; it alone is set where no alternative fits."})
	f.Type().Id(t.Name).StructFunc(func(g *jen.Group) {
		for _, alt := range t.Union.Alternatives {
			g.Id(alt.Name).Op("*").Add(e.named(alt.Type)).Comment("// " + told(t.Union, alt))
		}
		g.Id("Raw").Qual("encoding/json", "RawMessage")
	})
	f.Line()
	comment(f.Group, []string{"MarshalJSON writes the alternative that is set."})
	f.Func().Params(jen.Id("u").Id(t.Name)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Block(
		jen.Return(e.runtime("MarshalUnion").CallFunc(func(g *jen.Group) {
			g.Id("u").Dot("Raw")
			for _, alt := range t.Union.Alternatives {
				g.Id("u").Dot(alt.Name)
			}
		})),
	)
	f.Line()
	comment(f.Group, []string{"UnmarshalJSON finds the alternative that fits."})
	f.Func().Params(jen.Id("u").Op("*").Id(t.Name)).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().Block(
		jen.Return(e.runtime("UnmarshalUnion").Custom(jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true},
			append([]jen.Code{jen.Id("data"), jen.Op("&").Id("u").Dot("Raw"), jen.Lit(t.Union.Discriminator)}, e.alternatives(t)...)...)),
	)
	f.Line()
}

func (e *emitter) alternatives(t *model.Named) []jen.Code {
	var out []jen.Code
	for _, alt := range t.Union.Alternatives {
		signs := alt.Values
		if t.Union.Discriminator == "" {
			signs = alt.Required
		}
		out = append(out, e.runtime("Alternative").CallFunc(func(g *jen.Group) {
			g.Op("&").Id("u").Dot(alt.Name)
			for _, s := range signs {
				g.Lit(s)
			}
		}))
	}
	return out
}

// told says how an alternative is recognised.
func told(u *model.Union, alt *model.Alternative) string {
	if u.Discriminator != "" {
		return u.Discriminator + " is " + strings.Join(alt.Values, " or ")
	}
	if len(alt.Required) == 0 {
		return "where no other fits"
	}
	return "has " + strings.Join(alt.Required, ", ")
}
