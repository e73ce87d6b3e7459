package wxpay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
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

	// opened gives the content, and the client that decrypts its sensitive fields. It is a function, because fmt prints
	// functions as addresses, even where it cannot call Format.
	opened func() (content []byte, client *Client)

	timestamp, nonce, signature string // as received
}

// Resource returns the decrypted content, JSON. It may hold personal data: do not log it.
func (e *Event) Resource() json.RawMessage {
	content, _ := e.content()
	return bytes.Clone(content)
}

// Decode decodes the content into v, a pointer, and decrypts its sensitive fields. The error wraps ErrMalformed or, where
// fields cannot be decrypted, ErrDecrypt. It does not quote the content.
func (e *Event) Decode(v any) error { return e.decode(context.Background(), v) }

// decode takes the context of a [ContextDecrypter].
func (e *Event) decode(ctx context.Context, v any) error {
	content, client := e.content()
	if err := json.Unmarshal(content, v); err != nil {
		return fmt.Errorf("notification %s: %w: %s", cut(e.EventType, 64), ErrMalformed, decodeText(err))
	}
	if client == nil {
		return nil
	}
	if err := client.unsealEvent(ctx, v); err != nil {
		return fmt.Errorf("notification %s: %w", cut(e.EventType, 64), err)
	}
	return nil
}

// has tells whether the content is an object with that member.
func (e *Event) has(member string) bool {
	content, _ := e.content()
	var members map[string]json.RawMessage
	return json.Unmarshal(content, &members) == nil && members[member] != nil
}

func (e *Event) content() ([]byte, *Client) {
	if e.opened == nil {
		return nil, nil // of an Event that Parse did not make
	}
	return e.opened()
}

// Parse verifies a notification, decrypts it and returns it, without calling a handler. It is for servers that do not use
// net/http: body is the request's body byte for byte, before any framework has decoded it; header may have its names in
// lower case.
//
// The error is a [*VerifyError], or wraps [ErrMalformed] or [ErrDecrypt]. Answer it as [AnswerTo] says, with 4xx or 5xx, so
// that WeChat Pay sends the notification again. A copy of a notification that came before is no error here: it is
// recognised by [Notifications.Dispatch].
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
		return nil, parseError(err)
	}
	event.timestamp, _ = single(header, "Wechatpay-Timestamp")
	event.nonce, _ = single(header, "Wechatpay-Nonce")
	event.signature, _ = single(header, "Wechatpay-Signature")
	return event, nil
}

// parseError names the sender's mistakes as such. Content that does not decode later on is not one of them: it may be an event
// that the next version of the program knows.
func parseError(err error) error {
	err = fmt.Errorf("notification: %w", err)
	if errors.Is(err, ErrMalformed) {
		return badRequest(http.StatusBadRequest, err)
	}
	return err
}

// fingerprint is the same for copies of one signed notification only: WeChat Pay signs its repeats anew. The signature
// counts as bytes, because base64 can be written in more than one way.
func (e *Event) fingerprint() string {
	var room [512]byte
	message := append(append(room[:0], e.timestamp...), '\n')
	message = append(append(message, e.nonce...), '\n')
	signed, err := base64.StdEncoding.AppendDecode(message, []byte(e.signature))
	if err != nil {
		signed = append(message, e.signature...) // of an Event that Parse did not make
	}
	sum := sha256.Sum256(signed)
	return hex.EncodeToString(sum[:])
}

// envelope is the body of a notification.
type envelope struct {
	ID           string `json:"id"`
	CreateTime   Time   `json:"create_time"`
	EventType    string `json:"event_type"`
	ResourceType string `json:"resource_type"`
	Summary      string `json:"summary"`
	Resource     struct {
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
	if e.Resource.sealed == (sealed{}) {
		return nil, fmt.Errorf("%w: it has no resource", ErrMalformed)
	}
	resource, err := c.opener.open(&e.Resource.sealed)
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
		opened:       func() ([]byte, *Client) { return resource, c },
	}, nil
}

// unsealEvent names all the fields that cannot be decrypted; content that could be read in part only is not handed over.
func (c *Client) unsealEvent(ctx context.Context, v any) error {
	fields, err := c.unseal(ctx, v)
	if err == nil {
		return nil
	}
	problems := make([]string, len(fields))
	for i, field := range fields {
		problems[i] = field.Error()
	}
	return fmt.Errorf("%w its sensitive fields: %s: %w", ErrDecrypt, strings.Join(problems, "; "), err)
}
