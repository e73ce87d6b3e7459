package wxpay_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

type observed struct {
	kind  string
	call  wxpay.CallInfo
	try   wxpay.TryInfo
	value any // of the context
}

type observer struct{ seen []observed }

type observerKey string

func (o *observer) StartCall(ctx context.Context, call *wxpay.CallInfo) context.Context {
	o.seen = append(o.seen, observed{kind: "call", call: *call})
	return context.WithValue(ctx, observerKey("call"), "span 1")
}

func (o *observer) EndCall(ctx context.Context, call *wxpay.CallInfo) {
	o.seen = append(o.seen, observed{kind: "end call", call: *call, value: ctx.Value(observerKey("call"))})
}

func (o *observer) StartTry(ctx context.Context, try *wxpay.TryInfo) context.Context {
	o.seen = append(o.seen, observed{kind: "try", try: *try, value: ctx.Value(observerKey("call"))})
	return context.WithValue(ctx, observerKey("try"), try.Number)
}

func (o *observer) EndTry(ctx context.Context, try *wxpay.TryInfo) {
	o.seen = append(o.seen, observed{kind: "end try", try: *try, value: ctx.Value(observerKey("try"))})
}

func TestObserver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := new(observer)
		inTransport := func(r *http.Request) (*http.Response, error) {
			if r.Context().Value(observerKey("try")) != 2 || r.Context().Value(observerKey("call")) != "span 1" {
				t.Error("the transport does not get the observer's context")
			}
			return succeeds()(r)
		}
		slow := func(r *http.Request) (*http.Response, error) {
			time.Sleep(2 * time.Second)
			return answers(503, "")(r)
		}
		client, _ := play(t, func(config *wxpay.Config) { config.Observer = o }, slow, inTransport)
		if err := client.Do(t.Context(), get, nil, nil); err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, s := range o.seen {
			kinds = append(kinds, s.kind)
		}
		if want := []string{"call", "try", "end try", "try", "end try", "end call"}; !slices.Equal(kinds, want) {
			t.Fatalf("saw %v, want %v", kinds, want)
		}
		first, last := o.seen[2], o.seen[5]
		if first.try.Status != 503 || first.try.RequestID != "R" || first.try.Class != wxpay.ClassRefused || first.try.Number != 1 ||
			first.try.Duration != 2*time.Second || first.try.Host != "gateway.example" || first.value != 1 {
			t.Errorf("first try: %+v", first)
		}
		if c := last.call; c.Operation != "test.Get" || c.Tries != 2 || c.Status != 204 || c.Class != wxpay.ClassNone || c.Err != nil ||
			c.Path != "/v3/test" || c.MchID != mchID || c.Duration < 2*time.Second || last.value != "span 1" {
			t.Errorf("end of the call: %+v", last)
		}
	})
}

func TestObserverSeesCallsThatWereNeverMade(t *testing.T) {
	o := new(observer)
	client := newClient(t, func(config *wxpay.Config) { config.Observer = o })
	_ = client.Do(t.Context(), post, map[string]string{"a": "😀"}, nil)
	if len(o.seen) != 2 || o.seen[1].call.Class != wxpay.ClassRequest || o.seen[1].call.Tries != 0 {
		t.Errorf("saw %+v", o.seen)
	}
}

func TestErrorClasses(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	abandoned, abandon := context.WithCancelCause(t.Context())
	time.AfterFunc(10*time.Millisecond, func() { abandon(errors.New("the user left")) })
	for name, c := range map[string]struct {
		ctx  context.Context
		step step
		want wxpay.ErrorClass
	}{
		"success":   {t.Context(), succeeds(), wxpay.ClassNone},
		"canceled":  {canceled, succeeds(), wxpay.ClassCanceled},
		"abandoned": {abandoned, hangs(), wxpay.ClassCanceled},
		"timeout":   {t.Context(), fails(context.DeadlineExceeded), wxpay.ClassTimeout},
		"unsent":    {t.Context(), fails(errRefused), wxpay.ClassUnsent},
		"no answer": {t.Context(), fails(io.ErrUnexpectedEOF), wxpay.ClassNoAnswer},
		"refused":   {t.Context(), answers(400, "X"), wxpay.ClassRefused},
		"unsigned":  {t.Context(), answers(200, ""), wxpay.ClassUnverified},
		"malformed": {t.Context(), step(answering(200, "<")), wxpay.ClassMalformed},
	} {
		client := newClient(t, through(roundTrip(c.step)))
		if got := wxpay.Classify(client.Do(c.ctx, get, nil, new(any))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
