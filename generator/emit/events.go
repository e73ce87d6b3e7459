package emit

import (
	"strings"

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
		lines = append(lines, "", "\t"+t+signsOf(spec.Event))
	}
	if source := sourceLine(spec.Source); source != "" {
		lines = append(lines, "", source)
	}
	comment(f.Group, lines)
	handle := jen.Func().Params(
		jen.Qual("context", "Context"), jen.Op("*").Add(e.runtime("Event")), jen.Op("*").Add(e.named(ev.Payload)),
	).Add(e.handled(ev))
	f.Func().Id(ev.Name).Params(jen.Id("handle").Add(handle)).Add(e.runtime("EventHandler")).Block(
		jen.Return(e.handler(ev)),
	)
	f.Line()
}

// handled is what a handler returns.
func (e *emitter) handled(ev *model.Event) *jen.Statement {
	if ev.Answer == nil {
		return jen.Error()
	}
	return jen.Params(jen.Op("*").Add(e.named(ev.Answer)), jen.Error())
}

func (e *emitter) handler(ev *model.Event) *jen.Statement {
	made := e.made(ev)
	if member := ev.Spec.Event.Member; member != "" {
		made = made.Dot("Having").Call(jen.Lit(member))
	}
	return made
}

func (e *emitter) made(ev *model.Event) *jen.Statement {
	on := "On"
	if ev.Answer != nil {
		on = "OnSync"
	}
	types := ev.Spec.Event.Types
	if len(types) == 1 {
		return e.runtime(on).Call(jen.Lit(types[0]), jen.Lit(ev.Spec.Event.OriginalType), jen.Id("handle"))
	}
	return e.runtime("OnAny").Call(texts(types), jen.Lit(ev.Spec.Event.OriginalType), jen.Id("handle"))
}

// signsOf is what tells the notification from others of its type.
func signsOf(ev *load.Event) string {
	var signs []string
	if ev.OriginalType != "" {
		signs = append(signs, "original_type "+ev.OriginalType)
	}
	if ev.Member != "" {
		signs = append(signs, "holding "+ev.Member)
	}
	if signs == nil {
		return ""
	}
	return " (" + strings.Join(signs, ", ") + ")"
}
