package wxpay

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

const (
	handlerTime = 5 * time.Second  // how long WeChat Pay waits for the answer to a notification
	settleTime  = 3 * time.Second  // how long a store may take to record how a handler ended
	eventLease  = time.Minute      // the longest that a crashed handler keeps others from the event
	eventKeep   = 48 * time.Hour   // twice as long as WeChat Pay repeats a notification
	replayKeep  = 10 * time.Minute // the longest that a signature verifies: from window before to window after its timestamp
)

// Dispatch calls the handler of an event, or Fallback, at most once for the same event as Store says, and waits for it no
// longer than Timeout. [AnswerTo] turns the error into an answer; a panic of the handler is returned as a [*PanicError].
// What a handler made by [OnSync] answers is dropped: such events go through [Notifications.Receive].
func (n *Notifications) Dispatch(ctx context.Context, event *Event) error {
	ctx, cancel := n.deadline(ctx)
	defer cancel()
	return n.dispatch(ctx, event).err
}

// outcome is how the handling of an event ended.
type outcome struct {
	answer []byte
	repeat bool  // it was done before, so that no handler was called
	err    error // it failed

	// unrecorded is the error of a store after the handler: it does not change the answer, as it does not change what
	// the handler has done.
	unrecorded error
}

// dispatch runs the handler in a goroutine of its own, because nothing else can leave a handler that does not look at its
// context, which is bounded. Such a handler keeps its claim until it returns, so that no second one runs beside it.
func (n *Notifications) dispatch(ctx context.Context, event *Event) outcome {
	handler := n.handlerOf(event)
	if handler == nil {
		return outcome{}
	}
	done := make(chan outcome, 1)
	go n.process(ctx, handler, event, done)
	select {
	case o := <-done:
		return o
	case <-ctx.Done():
	}
	select {
	case o := <-done: // at the last moment
		return o
	default:
		return outcome{err: fmt.Errorf("the handler of %s did not return in time: %w", cut(event.EventType, 64), ctx.Err())}
	}
}

// process claims the event, calls the handler and settles the claim. It sends exactly one outcome, whatever the handler does.
func (n *Notifications) process(ctx context.Context, handler *EventHandler, event *Event, done chan<- outcome) {
	o := outcome{err: endedError(event.EventType)} // unless the handler returns, or panics
	defer func() {
		if cause := recover(); cause != nil {
			o.err = &PanicError{EventType: event.EventType, Value: cause, Stack: debug.Stack()}
		}
		done <- o
	}()
	job, err := n.claim(ctx, handler, event)
	if err != nil {
		o.err = err
		return
	}
	if job.claim.State == EventDone {
		o = outcome{answer: job.claim.Answer, repeat: true}
		return
	}
	defer func() { o.unrecorded = job.settle(ctx, o) }()
	o.answer, o.err = handler.handle(ctx, event)
}

// endedError is the error of a handler that called runtime.Goexit, for an event of that type.
type endedError string

func (e endedError) Error() string {
	return "the handler of " + cut(string(e), 64) + " ended its goroutine"
}

// job is an event that this delivery has, and where that is noted.
type job struct {
	store EventStore // nil: nowhere
	key   string
	keep  time.Duration
	claim EventClaim // EventNew or EventDone
}

// claim asks the store for the event. Without a store, the same signed bytes are still recognised as a replay, which needs
// no more than the memory of ten minutes.
func (n *Notifications) claim(ctx context.Context, handler *EventHandler, event *Event) (job, error) {
	j := job{store: n.replays, key: event.fingerprint(), keep: replayKeep}
	if n.Store != nil {
		key, err := n.eventKey(ctx, handler, event)
		if err != nil {
			return j, err
		}
		j = job{store: n.Store, key: key, keep: eventKeep}
	} else if event.signature == "" {
		return job{claim: EventClaim{State: EventNew}}, nil // not made by Parse: all such events would look the same
	}
	var err error
	j.claim, err = j.store.Begin(ctx, j.key, n.lease())
	if err != nil {
		return j, fmt.Errorf("the store of events: begin %s: %w", cut(event.EventType, 64), err)
	}
	switch j.claim.State {
	case EventNew, EventDone:
		return j, nil
	case EventInProgress:
		return j, fmt.Errorf("%s %s: %w", cut(event.EventType, 64), cut(event.ID, 64), ErrEventInProgress)
	}
	return j, fmt.Errorf("the store of events: begin %s: it returned no state", cut(event.EventType, 64))
}

// eventKey names an event for the store. The merchant and the type are part of it, because stores are shared, and because
// several events bear one business number.
func (n *Notifications) eventKey(ctx context.Context, handler *EventHandler, event *Event) (string, error) {
	about := event.ID
	if handler.key != nil {
		number, err := handler.key(ctx, event)
		if err != nil {
			return "", err
		}
		if number != "" {
			about = number
		}
	}
	if about == "" {
		about = event.fingerprint()
	}
	return n.client.mchID + ":" + event.EventType + ":" + about, nil
}

// settle tells the store how the handler ended. It takes its own time, as that of the notification may be over.
func (j *job) settle(ctx context.Context, o outcome) error {
	if j.store == nil {
		return nil
	}
	if _, local := j.store.(*memoryEvents); !local { // which never waits
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), settleTime)
		defer cancel()
	}
	if o.err != nil {
		if err := j.store.Abandon(ctx, j.key, j.claim.Token); err != nil {
			return fmt.Errorf("the store of events: abandon after a failure; it comes free with its lease: %w", err)
		}
		return nil
	}
	if err := j.store.Finish(ctx, j.key, j.claim.Token, o.answer, j.keep); err != nil {
		return fmt.Errorf("the store of events: record as done; a repeat may call the handler again: %w", err)
	}
	return nil
}

// deadline bounds the handling of a notification.
func (n *Notifications) deadline(ctx context.Context) (context.Context, context.CancelFunc) {
	if n.Timeout < 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, n.timeout())
}

func (n *Notifications) timeout() time.Duration {
	if n.Timeout <= 0 {
		return handlerTime
	}
	return n.Timeout
}

// lease is longer than a handler has, or a second one could begin while the first one is still at work.
func (n *Notifications) lease() time.Duration {
	lease := n.Lease
	if lease <= 0 {
		lease = eventLease
	}
	return max(lease, n.timeout()+settleTime)
}

// failures lists what went wrong, for the log and OnError.
func (o *outcome) failures() error { return errors.Join(o.err, o.unrecorded) }
