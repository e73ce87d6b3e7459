package drift

import (
	"slices"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Index finds operations and notifications of the specs by what pages call
// them.
type Index struct {
	operations map[string]*load.Operation
	events     map[string][]*load.Operation
}

// NewIndex lists what the specs hold.
func NewIndex(set *load.Set) *Index {
	x := &Index{operations: map[string]*load.Operation{}, events: map[string][]*load.Operation{}}
	for _, doc := range set.Documents {
		for _, op := range doc.Operations {
			x.operations[page.Key(op.Method, op.Path)] = op
		}
		for _, hook := range doc.Webhooks {
			for _, t := range hook.Event.Types {
				x.events[t] = append(x.events[t], hook)
			}
		}
	}
	return x
}

// Operation finds the operation of the specs that a page describes, or nil.
func (x *Index) Operation(op *page.Operation) *load.Operation {
	return x.operations[page.Key(op.Method.Value, op.Path.Value)]
}

// Event finds the webhook of a notification that a page describes, by one of
// its types. Several webhooks share a type: the original type tells them
// apart, or else the fields do. Nil: there is none.
func (x *Index) Event(e *page.Event, eventType string) *load.Operation {
	var best *load.Operation
	most := -1
	for _, hook := range x.events[eventType] {
		if n := alike(e, hook.Event); n > most {
			best, most = hook, n
		}
	}
	return best
}

// Apart tells whether two notifications of the same types are two webhooks of
// the specs, such as that of a merchant and that of a partner.
func (x *Index) Apart(a, b *page.Event) bool {
	if len(a.Types) == 0 || len(b.Types) == 0 {
		return false
	}
	one, other := x.Event(a, a.Types[0].Value.Value), x.Event(b, b.Types[0].Value.Value)
	return one != nil && other != nil && one != other
}

// alike counts the fields that a page and a webhook share; -1 where they are
// not the same notification. An equal original type counts more than any field.
func alike(e *page.Event, event *load.Event) int {
	if event.Member != "" && len(e.Resource) > 0 && page.Find(e.Resource, event.Member) == nil {
		return -1
	}
	has, shared := members(event.Resource.Target(), nil), 0
	for _, field := range e.Resource {
		if slices.ContainsFunc(has, func(p member) bool { return p.Name == field.Name.Value }) {
			shared++
		}
	}
	if 3*shared < min(len(e.Resource), len(has)) {
		return -1
	}
	switch original := e.OriginalType.Value; {
	case original == event.OriginalType:
		return shared + len(e.Resource) + 1
	case original != "" && event.OriginalType != "":
		return -1
	}
	return shared
}
