package drift

import (
	"slices"

	"github.com/wxgen/wxgen/transcribe/page"
)

// compareEvent holds a notification against the webhooks of its types.
func (x *Index) compareEvent(e *page.Event) []Difference {
	var out []Difference
	done := map[any]bool{}
	for _, t := range e.Types {
		hook := x.Event(e, t.Value.Value)
		if hook == nil {
			out = append(out, Difference{Operation: t.Value.Value, Fact: "notification", Page: titleOr(e.Title, "without a title"), Impact: Adds, PagePos: t.Value.Pos})
			continue
		}
		if done[hook] {
			continue
		}
		done[hook] = true
		c := &comparison{name: hook.Event.Types[0], spec: hook, roles: values(e.Roles), answer: true}
		c.text("title", e.Title, hook.Summary)
		c.date(e.Updated)
		c.compareRoles(e.Roles)
		c.eventTypes(e, hook.Event.Types)
		if e.OriginalType.Known() && e.OriginalType.Value != hook.Event.OriginalType {
			c.differ(Difference{Fact: "original type", Page: e.OriginalType.Value, Spec: hook.Event.OriginalType, Impact: Breaks,
				PagePos: e.OriginalType.Pos, SpecPos: hook.Event.Pos})
		}
		if hook.Event.Resource != nil {
			c.fields("", e.Resource, hook.Event.Resource)
		}
		out = append(out, c.found...)
	}
	return out
}

func (c *comparison) eventTypes(e *page.Event, has []string) {
	for _, t := range has {
		if !slices.ContainsFunc(e.Types, func(v page.EnumValue) bool { return v.Value.Value == t }) {
			c.differ(Difference{Fact: "event type", Spec: t, Impact: Tells, PagePos: e.Types[0].Value.Pos, SpecPos: c.spec.Event.Pos})
		}
	}
}
