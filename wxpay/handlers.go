package wxpay

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// EventHandler is a handler for one kind of event, made by [On], [OnAny] or [OnSync].
type EventHandler struct {
	EventTypes   []string
	OriginalType string // empty: any
	Member       string // that the content has; empty: any content

	// handle returns the answer's content, nil where there is none.
	handle func(context.Context, *Event) ([]byte, error)

	// key names what the event is about; nil: the id of the event.
	key func(context.Context, *Event) (string, error)
}

// On makes a handler for an event type, whose content is decoded into a T. One event type can come with different contents,
// which originalType tells apart; where it is empty, here or in the notification, any content fits.
//
// An error of handle, or content that does not decode, makes WeChat Pay send the notification again. To choose the answer,
// return an [*AnswerError]. The context ends when WeChat Pay no longer waits for the answer.
func On[T any](eventType, originalType string, handle func(context.Context, *Event, *T) error) EventHandler {
	return OnAny([]string{eventType}, originalType, handle)
}

// OnAny makes a handler for several event types whose contents are of one type T. Event.EventType tells which one came.
func OnAny[T any](eventTypes []string, originalType string, handle func(context.Context, *Event, *T) error) EventHandler {
	return newEventHandler(eventTypes, originalType, func(ctx context.Context, event *Event, content *T) ([]byte, error) {
		return nil, handle(ctx, event, content)
	})
}

// OnSync makes a handler for an event that WeChat Pay wants data in answer to: what handle returns is answered as JSON, with
// status 200 and the merchant's signature, or with 204 if it is nil. Where an event is delivered twice and
// [Notifications.Store] is set, the repeat gets the same answer without another call of handle; the store holds the answer that
// long.
func OnSync[T, R any](eventType, originalType string, handle func(context.Context, *Event, *T) (*R, error)) EventHandler {
	return newEventHandler([]string{eventType}, originalType, func(ctx context.Context, event *Event, content *T) ([]byte, error) {
		reply, err := handle(ctx, event, content)
		if err != nil || reply == nil {
			return nil, err
		}
		answer, err := json.Marshal(reply)
		if err != nil {
			return nil, fmt.Errorf("write the answer to %s: %w", cut(event.EventType, 64), err)
		}
		return answer, nil
	})
}

// Having narrows the handler to events whose content has a member of that name, for events of different products that bear the
// same types. Generated handlers are narrowed where their documentation lets them.
func (h EventHandler) Having(member string) EventHandler {
	h.Member = member
	return h
}

// KeyedBy makes [Notifications.Store] tell repeats of an event by what the event is about, instead of by the event's id: key
// returns the business number in the content, such as out_trade_no. WeChat Pay promises nowhere that a repeat has the same
// id. The event type is part of the key in any case. An empty number stands for the id.
//
//	wxpay.KeyedBy(transactions.OnSuccess(paid), func(t *transactions.Transaction) string { return t.OutTradeNo })
//
// Do not use it for events of which several come for one number, such as the two parts of a payment.
func KeyedBy[T any](handler EventHandler, key func(content *T) string) EventHandler {
	handler.key = func(ctx context.Context, event *Event) (string, error) {
		content := new(T)
		if err := event.decode(ctx, content); err != nil {
			return "", err
		}
		return key(content), nil
	}
	return handler
}

func newEventHandler[T any](eventTypes []string, originalType string, handle func(context.Context, *Event, *T) ([]byte, error)) EventHandler {
	return EventHandler{
		EventTypes:   slices.Clone(eventTypes),
		OriginalType: originalType,
		handle: func(ctx context.Context, event *Event) ([]byte, error) {
			content := new(T)
			if err := event.decode(ctx, content); err != nil {
				return nil, err
			}
			return handle(ctx, event, content)
		},
	}
}

// refuseDoubles panics if two handlers are for the same event, since one would never be called.
func refuseDoubles(handlers []EventHandler) {
	type kind struct{ event, original, member string }
	seen := make(map[kind]bool)
	for _, h := range handlers {
		for _, eventType := range h.EventTypes {
			key := kind{eventType, h.OriginalType, h.Member}
			if seen[key] {
				panic(fmt.Sprintf("wxpay: two handlers for event type %q, original type %q", eventType, h.OriginalType))
			}
			seen[key] = true
		}
	}
}

// handlerOf prefers the handler that names a member of the content, then the one that names the original type; an event or a
// handler without one takes any. It returns nil where nobody wants the event.
func (n *Notifications) handlerOf(event *Event) *EventHandler {
	var best *EventHandler
	var bestFit int
	for i := range n.handlers {
		if fit := n.handlers[i].fit(event); fit > bestFit {
			best, bestFit = &n.handlers[i], fit
		}
	}
	if best == nil && n.Fallback != nil {
		return &EventHandler{handle: func(ctx context.Context, event *Event) ([]byte, error) {
			return nil, n.Fallback(ctx, event)
		}}
	}
	return best
}

// fit tells how well the handler suits the event; 0: not at all.
func (h *EventHandler) fit(event *Event) int {
	if !slices.Contains(h.EventTypes, event.EventType) {
		return 0
	}
	fit := 1
	switch {
	case h.OriginalType == event.OriginalType:
		fit = 2
	case h.OriginalType != "" && event.OriginalType != "":
		return 0
	}
	if h.Member == "" {
		return fit
	}
	if !event.has(h.Member) {
		return 0
	}
	return fit + 2
}
