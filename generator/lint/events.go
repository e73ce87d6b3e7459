package lint

import (
	"slices"

	"github.com/wxgen/wxgen/generator/load"
)

// heard is an event that a webhook stands for, and what tells it from others.
type heard struct {
	pos                    load.Pos
	hook                   string
	kind, original, member string
}

// hears lists the events of a file.
func (f *file) hears() []heard {
	var out []heard
	for _, hook := range f.doc.Webhooks {
		for _, kind := range hook.Event.Types {
			out = append(out, heard{f.at(hook.Pos, "x-wx-event"), hook.ID, kind, hook.Event.OriginalType, hook.Event.Member})
		}
	}
	return out
}

// checkEventMember wants a member that every such notification has.
func checkEventMember(f *file, r report) {
	for _, hook := range f.doc.Webhooks {
		event := hook.Event
		if event.Member != "" && !slices.Contains(event.Resource.Target().Required, event.Member) {
			r(f.at(hook.Pos, "x-wx-event"), "name a required property of the resource", "%s cannot be told by the member %s", hook.ID, event.Member)
		}
	}
}

// sharedEvents tells which webhooks no receiver could tell apart.
func sharedEvents(all []*seen) []Finding {
	type key struct{ kind, original, member string }
	first := map[key]heard{}
	var out []Finding
	for _, s := range all {
		for _, h := range s.heard {
			k := key{h.kind, h.original, h.member}
			other, taken := first[k]
			if !taken {
				first[k] = h
				continue
			}
			out = append(out, Finding{h.pos, "event-member",
				h.hook + " has " + h.kind + " with the same original type as " + other.hook + " at " + other.pos.String(),
				"write member: with a required property of the resource that the other lacks"})
		}
	}
	return out
}
