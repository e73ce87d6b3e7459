package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// events writes a function a notification, which makes the handler that
// wxpay.NewNotifications takes.
func (e *emitter) events(f *jen.File) {
	for _, ev := range e.pkg.Events {
		e.event(f, ev)
	}
}

func (e *emitter) event(f *jen.File, ev *model.Event) {
	spec := ev.Spec
	lines := paragraph(aboutCall(ev.Name, spec.Summary, spec.Description))
	for _, t := range spec.Event.Types {
		lines = append(lines, "", "\t"+t+original(spec.Event.OriginalType))
	}
	if source := sourceLine(spec.Source); source != "" {
		lines = append(lines, "", source)
	}
	comment(f.Group, lines)
	handle := jen.Func().Params(
		jen.Qual("context", "Context"), jen.Op("*").Add(e.runtime("Event")), jen.Op("*").Add(e.named(ev.Payload)),
	).Error()
	f.Func().Id(ev.Name).Params(jen.Id("handle").Add(handle)).Add(e.runtime("EventHandler")).Block(
		jen.Return(e.handler(spec.Event)),
	)
	f.Line()
}

func (e *emitter) handler(ev *load.Event) *jen.Statement {
	if len(ev.Types) == 1 {
		return e.runtime("On").Call(jen.Lit(ev.Types[0]), jen.Lit(ev.OriginalType), jen.Id("handle"))
	}
	return e.runtime("OnAny").Call(texts(ev.Types), jen.Lit(ev.OriginalType), jen.Id("handle"))
}

func original(t string) string {
	if t == "" {
		return ""
	}
	return fmt.Sprintf(" (original_type %s)", t)
}
