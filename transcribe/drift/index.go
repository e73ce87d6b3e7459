package drift

import (
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

// Event finds the webhook of an event type. Several webhooks share a type
// where the original type tells them apart. Nil: there is none.
func (x *Index) Event(eventType, originalType string) *load.Operation {
	hooks := x.events[eventType]
	for _, h := range hooks {
		if h.Event.OriginalType == originalType {
			return h
		}
	}
	if len(hooks) == 1 && (originalType == "" || hooks[0].Event.OriginalType == "") {
		return hooks[0]
	}
	return nil
}
