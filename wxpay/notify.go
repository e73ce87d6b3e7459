package wxpay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

const (
	maxNotification = 1 << 20 // bytes of a notification

	// handlerTime is how long WeChat Pay waits for the answer to a notification.
	handlerTime = 5 * time.Second
)

// Notifications receives what WeChat Pay sends to notify_url. It is an http.Handler: it verifies the signature over the raw
// body, decrypts, and calls the handler of the event. Its answers are
//
//	204  handled, or no handler is registered for the event and there is no Fallback
//	4xx  not a notification of WeChat Pay: no POST, too long, not signed, malformed
//	5xx  it cannot be decrypted, or the handler failed, panicked or took more than 5 s
//
// After 4xx and 5xx WeChat Pay sends the notification again, up to 15 times in 24 hours. The same notification may also
// come twice after success, even at the same time: handlers must look up by the business number whether the work is done.
//
// Servers without net/http use [Notifications.Parse] and [Notifications.Dispatch].
type Notifications struct {
	// Fallback handles events for which no handler is registered. nil: they are answered as handled.
	Fallback func(context.Context, *Event) error

	// OnError is told why a notification was not answered with success, before the answer is written. It holds no
	// plaintext unless the error of a handler does.
	OnError func(context.Context, error)

	client   *Client
	handlers []EventHandler
}

// EventHandler is a handler for one kind of event, made by [On].
type EventHandler struct {
	EventType    string
	OriginalType string // empty: any

	handle func(context.Context, *Event) error
}

// On makes a handler for an event type, whose content is decoded into a T. One event type can come with different contents,
// which originalType tells apart; where it is empty, here or in the notification, any content fits.
//
// An error of handle, or content that does not decode, makes WeChat Pay send the notification again.
func On[T any](eventType, originalType string, handle func(context.Context, *Event, *T) error) EventHandler {
	return EventHandler{
		EventType:    eventType,
		OriginalType: originalType,
		handle: func(ctx context.Context, event *Event) error {
			content := new(T)
			if err := event.Decode(content); err != nil {
				return err
			}
			return handle(ctx, event, content)
		},
	}
}

// NewNotifications returns a receiver that verifies with the keys of client. The client needs an APIv3 key.
//
// It panics if two handlers are for the same event type and original type, as http.ServeMux does, since one would never be
// called.
func NewNotifications(client *Client, handlers ...EventHandler) *Notifications {
	type kind struct{ event, original string }
	seen := make(map[kind]bool)
	for _, h := range handlers {
		key := kind{h.EventType, h.OriginalType}
		if seen[key] {
			panic(fmt.Sprintf("wxpay: two handlers for event type %q, original type %q", h.EventType, h.OriginalType))
		}
		seen[key] = true
	}
	return &Notifications{client: client, handlers: handlers}
}

// Dispatch calls the handler of an event, or Fallback. A nil error is to be answered with 204. A panic of the handler is
// returned as an error.
func (n *Notifications) Dispatch(ctx context.Context, event *Event) (err error) {
	handle := n.handlerOf(event)
	if handle == nil {
		return nil
	}
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the handler of %s panicked: %v", cut(event.EventType, 64), cause)
		}
	}()
	return handle(ctx, event)
}

// handlerOf prefers the handler that names the original type; an event or a handler without one takes any.
func (n *Notifications) handlerOf(event *Event) func(context.Context, *Event) error {
	handle := n.Fallback
	for i := len(n.handlers) - 1; i >= 0; i-- { // backwards, so that the first one that fits loosely stays
		h := &n.handlers[i]
		if h.EventType != event.EventType {
			continue
		}
		if h.OriginalType == event.OriginalType {
			return h.handle
		}
		if h.OriginalType == "" || event.OriginalType == "" {
			handle = h.handle
		}
	}
	return handle
}

// ServeHTTP receives one notification.
func (n *Notifications) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	started := time.Now()
	ctx, cancel := context.WithTimeout(r.Context(), handlerTime)
	defer cancel()
	event, err := n.receive(ctx, w, r)
	if err == nil {
		err = n.handle(ctx, event)
	}
	n.log(ctx, event, err, started)
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if n.OnError != nil {
		n.OnError(ctx, err)
	}
	writeFailure(w, err)
}

// receive reads a bounded body within the time, and parses it.
func (n *Notifications) receive(ctx context.Context, w http.ResponseWriter, r *http.Request) (*Event, error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, badRequest(http.StatusMethodNotAllowed, fmt.Errorf("notification: the method is %q, needed is POST", cut(r.Method, 16)))
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	// A sender that drips its body must not hold the handler. Not every ResponseWriter can do it; then the server's own
	// ReadTimeout has to.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(handlerTime))
	body, err := readBounded(io.LimitReader(r.Body, maxNotification+1), r.ContentLength, maxNotification)
	if errors.Is(err, errTooLarge) {
		return nil, badRequest(http.StatusRequestEntityTooLarge, fmt.Errorf("notification: longer than %d bytes", maxNotification))
	}
	if err != nil {
		return nil, badRequest(http.StatusBadRequest, fmt.Errorf("notification: read the body: %w", err))
	}
	event, err := n.Parse(ctx, r.Header, body)
	if errors.Is(err, ErrMalformed) {
		return nil, badRequest(http.StatusBadRequest, err)
	}
	return event, err
}

// handle runs the handler, but waits no longer than WeChat Pay does. A handler that is late runs on, with its context
// cancelled; what it returns then is not looked at, as WeChat Pay sends the notification again.
func (n *Notifications) handle(ctx context.Context, event *Event) error {
	done := make(chan error, 1)
	go func() { done <- n.Dispatch(ctx, event) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("the handler of %s did not return in time: %w", cut(event.EventType, 64), ctx.Err())
	}
}

func (n *Notifications) log(ctx context.Context, event *Event, err error, started time.Time) {
	logger, level := n.client.logger, slog.LevelDebug
	if err != nil {
		level = slog.LevelInfo
	}
	if logger == nil || !logger.Enabled(ctx, level) {
		return
	}
	attrs := make([]slog.Attr, 0, 5)
	if event != nil {
		attrs = append(attrs, slog.String("event_type", cut(event.EventType, 64)), slog.String("id", cut(event.ID, 64)))
	}
	attrs = append(attrs, slog.Duration("duration", time.Since(started)))
	if err != nil {
		attrs = append(attrs, slog.Int("status", failureStatus(err)), slog.String("error", errorKind(err)))
	}
	logger.LogAttrs(ctx, level, "wechat pay notification", attrs...)
}

// requestError is a failure that the sender made, and the status to answer it with.
type requestError struct {
	status int
	error
}

func (e *requestError) Unwrap() error { return e.error }

func badRequest(status int, err error) error { return &requestError{status: status, error: err} }

// failureStatus chooses the answer. What WeChat Pay did not send is 4xx; what may succeed when it comes again is 5xx.
func failureStatus(err error) int {
	if request, ok := errors.AsType[*requestError](err); ok {
		return request.status
	}
	if _, ok := errors.AsType[*VerifyError](err); ok {
		return http.StatusUnauthorized
	}
	return http.StatusInternalServerError
}

// writeFailure answers with a status and the body that WeChat Pay documents. Why it failed stays here: the texts are fixed,
// and short enough for the products that limit them (?) to 64 characters.
func writeFailure(w http.ResponseWriter, err error) {
	status := failureStatus(err)
	message := "the notification could not be handled"
	switch {
	case status == http.StatusUnauthorized:
		message = "the signature could not be verified"
	case status < 500:
		message = "this is no valid notification"
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `{"code":"FAIL","message":"`+message+`"}`) // the sender may be gone; nothing is lost
}
