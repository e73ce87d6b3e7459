package wxpay

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// Event is a notification whose signature is verified and whose content is decrypted. Printing or logging it does not show
// the content.
type Event struct {
	ID           string // up to 36 characters
	CreateTime   Time
	EventType    string // such as TRANSACTION.SUCCESS
	ResourceType string // encrypt-resource
	OriginalType string // kind of the content; empty in some products
	Summary      string

	// A function, because fmt prints functions as addresses, even where it cannot call Format.
	resource func() []byte
}

// Resource returns the decrypted content, JSON. It may hold personal data: do not log it.
func (e *Event) Resource() json.RawMessage { return bytes.Clone(e.content()) }

// Decode decodes the content into v, a pointer. The error wraps ErrMalformed and does not quote the content.
func (e *Event) Decode(v any) error {
	if err := json.Unmarshal(e.content(), v); err != nil {
		return fmt.Errorf("notification %s: %w: %s", cut(e.EventType, 64), ErrMalformed, decodeText(err))
	}
	return nil
}

func (e *Event) content() []byte {
	if e.resource == nil {
		return nil
	}
	return e.resource()
}

// Parse verifies a notification, decrypts it and returns it, without calling a handler. It is for servers that do not use
// net/http: body is the request's body byte for byte, before any framework has decoded it; header may have its names in
// lower case.
//
// The error is a [*VerifyError], or wraps [ErrMalformed] or [ErrDecrypt]. Answer it with a status of 4xx or 5xx, so that
// WeChat Pay sends the notification again.
func (n *Notifications) Parse(ctx context.Context, header http.Header, body []byte) (*Event, error) {
	if err := n.client.verify(ctx, header, body); err != nil {
		err.Operation = "notification"
		err.RequestID, _ = single(header, "Request-Id")
		err.RequestID = cut(err.RequestID, 256)
		if len(body) == 0 {
			err.Problem += "; the body is empty: was it read before?"
		}
		return nil, err
	}
	event, err := n.client.openEvent(body)
	if err != nil {
		return nil, fmt.Errorf("notification: %w", err)
	}
	return event, nil
}

// envelope is the body of a notification.
type envelope struct {
	ID           string `json:"id"`
	CreateTime   Time   `json:"create_time"`
	EventType    string `json:"event_type"`
	ResourceType string `json:"resource_type"`
	Summary      string `json:"summary"`
	Resource     *struct {
		sealed
		OriginalType string `json:"original_type"`
	} `json:"resource"`
}

func (c *Client) openEvent(body []byte) (*Event, error) {
	if len(body) == 0 {
		return nil, fmt.Errorf("%w: the body is empty", ErrMalformed)
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrMalformed, decodeText(err))
	}
	if e.Resource == nil {
		return nil, fmt.Errorf("%w: it has no resource", ErrMalformed)
	}
	resource, err := c.open(&e.Resource.sealed)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", cut(e.EventType, 64), cut(e.ID, 64), err)
	}
	return &Event{
		ID:           e.ID,
		CreateTime:   e.CreateTime,
		EventType:    e.EventType,
		ResourceType: e.ResourceType,
		OriginalType: e.Resource.OriginalType,
		Summary:      e.Summary,
		resource:     func() []byte { return resource },
	}, nil
}
