package diff

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// events compares the functions for notifications: by name first, then by the
// event types that they stand for.
func (c *comparison) events() {
	sameName := func(a, b *model.Event) bool { return a.Name == b.Name }
	sameType := func(a, b *model.Event) bool {
		return slices.ContainsFunc(a.Spec.Event.Types, func(t string) bool { return slices.Contains(b.Spec.Event.Types, t) })
	}
	both, gone, came := match(c.old.Events, c.new.Events, sameName, sameType)
	for _, e := range both {
		c.begin(e.new.Name)
		c.event(e.old, e.new)
	}
	for _, e := range came {
		c.begin(e.Name)
		c.add("event-added", "the notification is new", "", eventTypes(e), load.Pos{}, e.Spec.Pos)
	}
	for _, e := range gone {
		c.begin(e.Name)
		c.add("event-removed", "the notification is gone", eventTypes(e), "", e.Spec.Pos, load.Pos{})
	}
	c.begin("")
}

func eventTypes(e *model.Event) string { return strings.Join(e.Spec.Event.Types, ", ") }

func (c *comparison) event(old, new *model.Event) {
	a, b := old.Spec, new.Spec
	c.addIf("event-renamed", "the function has another name", old.Name, new.Name, a.Pos, b.Pos)
	if !c.sameNamed(old.Payload, new.Payload) {
		c.add("event-payload-changed", "the handler takes another type", "*"+old.Payload.Name, "*"+new.Payload.Name, a.Event.Pos, b.Event.Pos)
	}
	_, gone, came := match(a.Event.Types, b.Event.Types, func(x, y string) bool { return x == y })
	for _, t := range gone {
		c.add("event-type-removed", "an event type is gone", t, "", a.Event.Pos, b.Event.Pos)
	}
	for _, t := range came {
		c.add("event-type-added", "an event type is new", "", t, a.Event.Pos, b.Event.Pos)
	}
	c.addIf("event-original-type-changed", "the original_type changed", a.Event.OriginalType, b.Event.OriginalType, a.Event.Pos, b.Event.Pos)
	c.addIf("event-member-changed", "the member that tells the event from others changed", a.Event.Member, b.Event.Member, a.Event.Pos, b.Event.Pos)
	c.texts(a, b)
	c.named(old.Payload, new.Payload, false)
}
