package wxpay

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"
)

// EventStore remembers which events were handled, so that one that WeChat Pay delivers twice, as it does now and then, calls
// its handler once. [NewMemoryEvents] makes one for a single process; package wxpay/redis has one that a fleet shares; a
// table with a unique key does as well.
//
// Begin, called for one key by many at the same time, lets exactly one of them have the event. That one ends its claim with
// Finish or Abandon. If it does neither, because its process died, the claim ends with its lease.
//
// Implementations are safe for concurrent use. An error of Begin makes WeChat Pay send the event again.
type EventStore interface {
	// Begin claims the event for the duration of lease, unless it is done or claimed already. For EventNew the claim has
	// a Token that differs from that of every earlier claim; for EventDone it has the Answer that Finish was given.
	Begin(ctx context.Context, key string, lease time.Duration) (EventClaim, error)

	// Finish records that the event is done, and the answer for its repeats, which may be nil, for the duration of keep.
	// It holds even when the lease is over and whoever has the event now: the work is done, which is what counts.
	Finish(ctx context.Context, key, token string, answer []byte, keep time.Duration) error

	// Abandon gives the event up after a failure, so that the next delivery begins anew. It does nothing if the event is
	// done, or if the claim with this token is not the present one.
	Abandon(ctx context.Context, key, token string) error
}

// EventState is what an [EventStore] knows of an event.
type EventState int

// The states of an event. Zero is none of them, so that a store that forgets to say is found out.
const (
	EventNew        EventState = iota + 1 // nobody has it, or whoever had it gave up: it was claimed by this call
	EventInProgress                       // someone else has it and may yet succeed
	EventDone                             // it was handled
)

// EventClaim is the answer of [EventStore] to Begin.
type EventClaim struct {
	State  EventState
	Token  string // of EventNew
	Answer []byte // of EventDone
}

// ErrEventInProgress says that the event is being handled at this moment, for an earlier delivery of it. It is answered with
// 503: should that one fail, WeChat Pay sends the event again.
var ErrEventInProgress = errors.New("the event is being handled at this moment")

// maxMemoryEvents is how many events a store in memory remembers as done, some 30 MB of them.
const maxMemoryEvents = 1 << 17

// NewMemoryEvents returns an [EventStore] in the memory of this process. It is right where one process receives all
// notifications and a restart may forget them; handlers then still look up by the business number. It remembers at most
// 131,072 events that are done, and forgets the oldest first.
func NewMemoryEvents() EventStore {
	return &memoryEvents{entries: make(map[string]*memoryEvent)}
}

// memoryEvents starts no goroutine: what is out of date goes when the next event comes.
type memoryEvents struct {
	mu      sync.Mutex
	claims  uint64
	entries map[string]*memoryEvent
	done    []*memoryEvent // in the order of Finish
}

type memoryEvent struct {
	key    string
	token  string
	until  time.Time // end of the lease, or of the memory
	done   bool
	answer []byte
}

func (m *memoryEvents) Begin(_ context.Context, key string, lease time.Duration) (EventClaim, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	m.forget(now)
	if e := m.entries[key]; e != nil && now.Before(e.until) {
		if e.done {
			return EventClaim{State: EventDone, Answer: e.answer}, nil
		}
		return EventClaim{State: EventInProgress}, nil
	}
	m.claims++
	token := strconv.FormatUint(m.claims, 10)
	m.entries[key] = &memoryEvent{key: key, token: token, until: now.Add(lease)}
	return EventClaim{State: EventNew, Token: token}, nil
}

func (m *memoryEvents) Finish(_ context.Context, key, _ string, answer []byte, keep time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := &memoryEvent{key: key, until: time.Now().Add(keep), done: true, answer: answer}
	m.entries[key] = e
	m.done = append(m.done, e)
	return nil
}

func (m *memoryEvents) Abandon(_ context.Context, key, token string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.entries[key]; e != nil && !e.done && e.token == token {
		delete(m.entries, key)
	}
	return nil
}

// forget drops the events at the head of the queue whose time is over, and more where there are too many. One that was
// finished twice is in the queue twice; only its last entry counts.
func (m *memoryEvents) forget(now time.Time) {
	for len(m.done) > 0 && (len(m.done) > maxMemoryEvents || !now.Before(m.done[0].until)) {
		e := m.done[0]
		if m.entries[e.key] == e {
			delete(m.entries, e.key)
		}
		m.done[0] = nil
		m.done = m.done[1:]
	}
}
