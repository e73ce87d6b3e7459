package wxpay_test

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// delivery is a notification that WeChat Pay signs anew each time it sends it.
type delivery struct {
	body []byte
	sent atomic.Int64
}

func newDelivery(eventType, content string) *delivery {
	_, body := notification(eventType, "a", content)
	return &delivery{body: body}
}

// send delivers the notification once more and returns the status of the answer.
func (d *delivery) send(handler http.Handler) int {
	header := signedHeader(d.body)
	nonce := "nonce-" + strconv.FormatInt(d.sent.Add(1), 10)
	header.Set("Wechatpay-Nonce", nonce)
	header.Set("Wechatpay-Signature", signature(wechatpayKey(), header.Get("Wechatpay-Timestamp"), nonce, d.body))
	return serve(handler, header, d.body).Code
}

func (d *delivery) expect(t *testing.T, handler http.Handler, want int) {
	t.Helper()
	if got := d.send(handler); got != want {
		t.Errorf("delivery %d was answered %d, want %d", d.sent.Load(), got, want)
	}
}

// newCounted returns a receiver of event A with a store, and the number of calls of its handler so far.
func newCounted(t *testing.T, store wxpay.EventStore, handle func(ctx context.Context, call int64) error) (*wxpay.Notifications, *atomic.Int64) {
	calls := new(atomic.Int64)
	n := wxpay.NewNotifications(newClient(t, nil), wxpay.On("A", "", func(ctx context.Context, _ *wxpay.Event, _ *transaction) error {
		return handle(ctx, calls.Add(1))
	}))
	n.Store = store
	return n, calls
}

func expectCalls(t *testing.T, calls *atomic.Int64, want int64) {
	t.Helper()
	if got := calls.Load(); got != want {
		t.Errorf("the handler was called %d times, want %d", got, want)
	}
}

func succeed(context.Context, int64) error { return nil }

func TestDeliveredTwiceCallsOnce(t *testing.T) {
	n, calls := newCounted(t, wxpay.NewMemoryEvents(), succeed)
	d := newDelivery("A", `{}`)
	d.expect(t, n, 204)
	d.expect(t, n, 204)
	expectCalls(t, calls, 1)
}

func TestWithoutStoreHandlersSeeRepeats(t *testing.T) {
	n, calls := newCounted(t, nil, succeed)
	d := newDelivery("A", `{}`)
	d.expect(t, n, 204)
	d.expect(t, n, 204)
	expectCalls(t, calls, 2)
}

func TestDeliveredAtTheSameTimeCallsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, calls := newCounted(t, wxpay.NewMemoryEvents(), func(context.Context, int64) error { time.Sleep(time.Second); return nil })
		d := newDelivery("A", `{}`)
		go d.expect(t, n, 204)
		synctest.Wait()
		d.expect(t, n, 503) // it may yet fail, so WeChat Pay has to keep it
		time.Sleep(2 * time.Second)
		d.expect(t, n, 204)
		expectCalls(t, calls, 1)
	})
}

func TestFailedEventsAreHandledAgain(t *testing.T) {
	for name, fail := range map[string]func() error{
		"error":  func() error { return errors.New("database is down") },
		"panic":  func() error { panic("index out of range") },
		"Goexit": func() error { runtime.Goexit(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			n, calls := newCounted(t, wxpay.NewMemoryEvents(), func(_ context.Context, call int64) error {
				if call < 3 {
					return fail()
				}
				return nil
			})
			d := newDelivery("A", `{}`)
			for _, want := range []int{500, 500, 204, 204} {
				d.expect(t, n, want)
			}
			expectCalls(t, calls, 3)
		})
	}
}

// A handler that goes on after its time keeps the event, and what it does counts, though its answer is not written.
func TestLateHandlerWithStore(t *testing.T) {
	for name, c := range map[string]struct {
		late  error
		calls int64
	}{
		"succeeds": {nil, 1},
		"fails":    {errors.New("too late"), 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n, calls := newCounted(t, wxpay.NewMemoryEvents(), func(ctx context.Context, call int64) error {
					if call > 1 {
						return nil
					}
					time.Sleep(20 * time.Second)
					if ctx.Err() == nil {
						t.Error("the context of a late handler has not ended")
					}
					return c.late
				})
				d := newDelivery("A", `{}`)
				d.expect(t, n, 500) // after 5 s
				d.expect(t, n, 503)
				time.Sleep(16 * time.Second)
				d.expect(t, n, 204)
				expectCalls(t, calls, c.calls)
			})
		})
	}
}

// A process that died while it had an event keeps it from the others until its lease ends.
func TestLeaseOfCrashedHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := wxpay.NewMemoryEvents()
		hang := make(chan struct{})
		crashed, _ := newCounted(t, store, func(context.Context, int64) error { <-hang; return errors.New("never heard of") })
		other, calls := newCounted(t, store, succeed)
		d := newDelivery("A", `{}`)
		d.expect(t, crashed, 500)
		time.Sleep(50 * time.Second)
		d.expect(t, other, 503)
		time.Sleep(6 * time.Second)
		d.expect(t, other, 204)
		close(hang)
		synctest.Wait()
		d.expect(t, other, 204)
		expectCalls(t, calls, 1)
	})
}

func TestLeaseIsLongerThanTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, calls := newCounted(t, wxpay.NewMemoryEvents(), func(context.Context, int64) error { time.Sleep(9 * time.Second); return nil })
		n.Timeout, n.Lease = 10*time.Second, time.Second
		d := newDelivery("A", `{}`)
		go d.expect(t, n, 204)
		time.Sleep(8 * time.Second)
		d.expect(t, n, 503)
		time.Sleep(2 * time.Second)
		expectCalls(t, calls, 1)
	})
}

func TestTimeout(t *testing.T) {
	for timeout, want := range map[time.Duration]time.Duration{0: 5 * time.Second, time.Second: time.Second, -1: time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			n, _ := newCounted(t, nil, func(ctx context.Context, _ int64) error {
				select {
				case <-ctx.Done():
				case <-time.After(time.Minute):
				}
				return ctx.Err()
			})
			n.Timeout = timeout
			started := time.Now()
			newDelivery("A", `{}`).send(n)
			if took := time.Since(started); took != want {
				t.Errorf("timeout %s: answered after %s, want %s", timeout, took, want)
			}
		})
	}
}

// A sender that hangs up ends the context of the handler, and the event counts as failed.
func TestSenderGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, calls := newCounted(t, wxpay.NewMemoryEvents(), func(ctx context.Context, call int64) error {
			if call == 1 {
				<-ctx.Done()
			}
			return ctx.Err()
		})
		header, body := notification("A", "a", `{}`)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if answer := n.Receive(ctx, header, body); answer.Status != 500 {
			t.Errorf("answered %d", answer.Status)
		}
		synctest.Wait()
		if answer := n.Receive(t.Context(), header, body); answer.Status != 204 {
			t.Errorf("answered %d", answer.Status)
		}
		expectCalls(t, calls, 2)
	})
}

// A replay is the very same bytes. It verifies, so nothing is refused; but a handler that was done is not called again.
func TestReplay(t *testing.T) {
	for name, store := range map[string]wxpay.EventStore{"without store": nil, "with store": wxpay.NewMemoryEvents()} {
		t.Run(name, func(t *testing.T) {
			n, calls := newCounted(t, store, func(_ context.Context, call int64) error {
				if call == 1 {
					return errors.New("database is down")
				}
				return nil
			})
			header, body := notification("A", "a", `{}`)
			for i, want := range []int{500, 204, 204, 204} {
				if i == 3 {
					header = otherBase64(t, header)
				}
				if got := serve(n, header, body).Code; got != want {
					t.Errorf("copy %d was answered %d, want %d", i, got, want)
				}
			}
			expectCalls(t, calls, 2)
		})
	}
}

// otherBase64 writes the same signature with other bits in the padding, which Go's decoder does not look at.
func otherBase64(t *testing.T, header http.Header) http.Header {
	t.Helper()
	text, ok := strings.CutSuffix(header.Get("Wechatpay-Signature"), "==")
	if !ok {
		t.Fatal("no padding")
	}
	last := text[len(text)-1]
	header = header.Clone()
	header.Set("Wechatpay-Signature", text[:len(text)-1]+string(rune(last+1))+"==")
	return header
}

func TestReplayIsForgottenWhenItWouldNotVerify(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, calls := newCounted(t, nil, succeed)
		header, body := notification("A", "a", `{}`)
		for range 3 {
			serve(n, header, body)
			time.Sleep(10*time.Minute - time.Second)
		}
		expectCalls(t, calls, 2) // the clock of the client stands still, that of the memory does not
	})
}

func TestKeyedBy(t *testing.T) {
	var calls atomic.Int64
	handle := func(context.Context, *wxpay.Event, *transaction) error { calls.Add(1); return nil }
	keyed := wxpay.KeyedBy(wxpay.OnAny([]string{"A", "B"}, "", handle), func(t *transaction) string { return t.TransactionID })
	store := wxpay.NewMemoryEvents()
	n := wxpay.NewNotifications(newClient(t, nil), keyed)
	n.Store = store
	for _, c := range []struct {
		event, id, content string
		status             int
		calls              int64
	}{
		{"A", "EV-1", `{"transaction_id":"1"}`, 204, 1},
		{"A", "EV-2", `{"transaction_id":"1"}`, 204, 1}, // another id for the same event
		{"B", "EV-3", `{"transaction_id":"1"}`, 204, 2}, // another event on the same number
		{"A", "EV-1", `{"transaction_id":"2"}`, 204, 3},
		{"A", "EV-4", `{}`, 204, 4}, // no number: by id
		{"A", "EV-4", `{}`, 204, 4},
		{"A", "EV-5", `{}`, 204, 5},
		{"A", "EV-6", `{"transaction_id":[]}`, 500, 5},
	} {
		header, body := notificationWithID(c.id, c.event, c.content)
		if got := serve(n, header, body).Code; got != c.status || calls.Load() != c.calls {
			t.Errorf("%+v: answered %d, %d calls so far", c, got, calls.Load())
		}
	}
	other := wxpay.NewNotifications(newClient(t, func(config *wxpay.Config) { config.MchID = "1900000002" }), keyed)
	other.Store = store
	header, body := notificationWithID("EV-1", "A", `{"transaction_id":"1"}`)
	if serve(other, header, body); calls.Load() != 6 {
		t.Error("two merchants share a store, and one has lost an event to the other")
	}
}

// A panic in the key function is in the goroutine of the handler, and must not end the program.
func TestKeyThatPanics(t *testing.T) {
	h := wxpay.On("A", "", func(context.Context, *wxpay.Event, *transaction) error { return nil })
	n := wxpay.NewNotifications(newClient(t, nil), wxpay.KeyedBy(h, func(*struct{}) string { panic("no key") }))
	n.Store = wxpay.NewMemoryEvents()
	newDelivery("A", `{}`).expect(t, n, 500)
}

// brokenStore fails where told.
type brokenStore struct {
	wxpay.EventStore
	begin, finish, abandon error
	noState                bool
}

func (s *brokenStore) Begin(ctx context.Context, key string, lease time.Duration) (wxpay.EventClaim, error) {
	if s.begin != nil || s.noState {
		return wxpay.EventClaim{}, s.begin
	}
	return s.EventStore.Begin(ctx, key, lease)
}

func (s *brokenStore) Finish(ctx context.Context, key, token string, answer []byte, keep time.Duration) error {
	if s.finish != nil {
		return s.finish
	}
	return s.EventStore.Finish(ctx, key, token, answer, keep)
}

func (s *brokenStore) Abandon(ctx context.Context, key, token string) error {
	if s.abandon != nil {
		return s.abandon
	}
	return s.EventStore.Abandon(ctx, key, token)
}

func TestStoreFailures(t *testing.T) {
	down := errors.New("store is down")
	for name, c := range map[string]struct {
		store  brokenStore
		handle error
		status int
		calls  int64
	}{
		"begin":              {brokenStore{begin: down}, nil, 500, 0},
		"begin says nothing": {brokenStore{noState: true}, nil, 500, 0},
		"finish":             {brokenStore{finish: down}, nil, 204, 1}, // the work is done, so it must not come again
		"abandon":            {brokenStore{abandon: down}, errors.New("database is down"), 500, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c.store.EventStore = wxpay.NewMemoryEvents()
			n, calls := newCounted(t, &c.store, func(context.Context, int64) error { return c.handle })
			var told error
			n.OnError = func(_ context.Context, err error) { told = err }
			newDelivery("A", `{}`).expect(t, n, c.status)
			expectCalls(t, calls, c.calls)
			if told == nil || !strings.Contains(told.Error(), "the store of events") || c.handle != nil && !errors.Is(told, c.handle) {
				t.Errorf("told: %v", told)
			}
		})
	}
}

// Dispatch works on events from elsewhere, too: they have no signature, so they are no replays of each other.
func TestDispatchAlone(t *testing.T) {
	n, _ := newCounted(t, nil, succeed)
	calls := 0
	n.Fallback = func(context.Context, *wxpay.Event) error { calls++; return nil }
	for range 2 {
		if err := n.Dispatch(t.Context(), &wxpay.Event{EventType: "B"}); err != nil {
			t.Error(err)
		}
	}
	if calls != 2 {
		t.Errorf("%d calls", calls)
	}
	n.Store = wxpay.NewMemoryEvents()
	header, body := notification("B", "b", `{}`)
	event := must(n.Parse(t.Context(), header, body))
	for range 2 {
		if err := n.Dispatch(t.Context(), event); err != nil {
			t.Error(err)
		}
	}
	if calls != 3 {
		t.Errorf("%d calls", calls)
	}
}
