package wxpay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const maxNotification = 1 << 20 // bytes of a notification

// Notifications receives what WeChat Pay sends to notify_url. It is an http.Handler: it verifies the signature over the raw
// body, decrypts, and calls the handler of the event. Its answers are
//
//	204  handled, or no handler is registered for the event and there is no Fallback
//	200  handled by a handler made with [OnSync], whose data is the body, signed in the header Authorization
//	4xx  not a notification of WeChat Pay: no POST, too long, not signed, malformed
//	5xx  it cannot be decrypted, or the handler failed, panicked or took too long, or the event is just being handled
//
// After 4xx and 5xx WeChat Pay sends the notification again, up to 15 times in 24 hours. The same notification may also
// come twice after success, even at the same time: give a Store, or let the handlers look up by the business number, under a
// lock, whether the work is done.
//
// Servers without net/http call [Notifications.Receive], or [Notifications.Parse] and [Notifications.Dispatch].
//
// Set the fields before the first notification comes, and do not change them after.
type Notifications struct {
	// Fallback handles events for which no handler is registered. nil: they are answered as handled.
	Fallback func(context.Context, *Event) error

	// Store makes each event call its handler once, however often it is delivered, also at the same time. After a
	// failure the next delivery calls the handler again. nil: the handlers have to see to it; a copy of a notification
	// with the very same signature (a replay, or a proxy that sends again) is recognised even then, within this process.
	Store EventStore

	// Timeout is how long a notification may take. A handler that takes longer has failed as far as WeChat Pay knows;
	// its context ends and its answer is not written. If it returns nil later on, Store records the event as done, and
	// the repeat is answered without a call. Default: 5 s, after which WeChat Pay no longer waits; negative: none.
	Timeout time.Duration

	// Lease is how long a process that died while it had an event keeps the others from it. Set it longer than any
	// handler takes. Default: 1 minute, and more than Timeout in any case.
	Lease time.Duration

	// OnError is told why a notification was not answered with success, before the answer is written, and of a Store
	// that did not record a success. It holds no plaintext unless the error of a handler does. It may be called from many
	// goroutines.
	OnError func(context.Context, error)

	client   *Client
	handlers []EventHandler
	replays  EventStore // by fingerprint, where there is no Store
}

// NewNotifications returns a receiver that verifies with the keys of client. The client needs an APIv3 key.
//
// It panics if two handlers are for the same event type and original type, as http.ServeMux does, since one would never be
// called.
func NewNotifications(client *Client, handlers ...EventHandler) *Notifications {
	refuseDoubles(handlers)
	return &Notifications{client: client, handlers: handlers, replays: NewMemoryEvents()}
}

// Receive handles one notification from first to last and returns the answer. It is ServeHTTP for servers without net/http:
// header and body are as for [Notifications.Parse], and the whole request was a POST.
func (n *Notifications) Receive(ctx context.Context, header http.Header, body []byte) Answer {
	started := time.Now()
	ctx, cancel := n.deadline(ctx)
	defer cancel()
	return n.receive(ctx, header, body, started)
}

// ServeHTTP receives one notification.
func (n *Notifications) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	started := time.Now()
	ctx, cancel := n.deadline(r.Context())
	defer cancel()
	body, err := n.read(w, r)
	if err != nil {
		n.finish(ctx, nil, outcome{err: err}, started).write(w)
		return
	}
	n.receive(ctx, r.Header, body, started).write(w)
}

func (n *Notifications) receive(ctx context.Context, header http.Header, body []byte, started time.Time) Answer {
	if len(body) > maxNotification {
		return n.finish(ctx, nil, outcome{err: notificationTooLong()}, started)
	}
	event, err := n.Parse(ctx, header, body)
	if err != nil {
		return n.finish(ctx, nil, outcome{err: err}, started)
	}
	return n.finish(ctx, event, n.dispatch(ctx, event), started)
}

// read reads a bounded body within the time.
func (n *Notifications) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, badRequest(http.StatusMethodNotAllowed, fmt.Errorf("notification: the method is %q, needed is POST", cut(r.Method, 16)))
	}
	if r.Body == nil {
		return nil, nil
	}
	// A sender that drips its body must not hold the handler. Not every ResponseWriter can do it; then the server's own
	// ReadTimeout has to. The limit is lifted after reading, or it would end the context of a handler that may take longer.
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(n.timeout()))
	body, err := readBounded(io.LimitReader(r.Body, maxNotification+1), r.ContentLength, maxNotification)
	if errors.Is(err, errTooLarge) {
		return nil, notificationTooLong()
	}
	if err != nil {
		return nil, badRequest(http.StatusBadRequest, fmt.Errorf("notification: read the body: %w", err))
	}
	_ = control.SetReadDeadline(time.Time{})
	return body, nil
}

func notificationTooLong() error {
	return badRequest(http.StatusRequestEntityTooLarge, fmt.Errorf("notification: longer than %d bytes", maxNotification))
}

// answer signs what a handler answers.
func (n *Notifications) answer(ctx context.Context, o *outcome) Answer {
	if o.err != nil || o.answer == nil {
		return AnswerTo(o.err)
	}
	authorization, err := n.client.answerAuthorization(ctx, o.answer)
	if err != nil {
		o.err = fmt.Errorf("sign the answer to a notification: %w", err)
		return AnswerTo(o.err)
	}
	return Answer{Status: http.StatusOK, Body: o.answer, Authorization: authorization}
}

// finish reports how a notification ended, and returns the answer.
func (n *Notifications) finish(ctx context.Context, event *Event, o outcome, started time.Time) Answer {
	answer := n.answer(ctx, &o)
	failures := o.failures()
	n.log(ctx, event, answer.Status, o.repeat, failures, started)
	if failures != nil && n.OnError != nil {
		n.OnError(ctx, failures)
	}
	return answer
}
