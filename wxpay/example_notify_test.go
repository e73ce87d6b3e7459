package wxpay_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// The blocks of code in docs/guides/notifications.md are taken from this file and redis/example_test.go.

func TestNotificationsGuideCompiles(t *testing.T) {
	compiled := squeeze(t, "example_notify_test.go") + squeeze(t, filepath.Join("redis", "example_test.go"))
	text := string(must(os.ReadFile(filepath.Join("..", "docs", "guides", "notifications.md"))))
	blocks := goBlocks.FindAllStringSubmatch(text, -1)
	if len(blocks) == 0 {
		t.Error("the guide has no code")
	}
	for _, block := range blocks {
		if !strings.Contains(compiled, strings.Join(strings.Fields(block[1]), " ")) {
			t.Errorf("this code is in no test:\n%s", block[1])
		}
	}
}

type payment struct {
	OutTradeNo string `json:"out_trade_no"`
}

// onPaid stands for a function of a generated package.
func onPaid(handle func(context.Context, *wxpay.Event, *payment) error) wxpay.EventHandler {
	return wxpay.On("TRANSACTION.SUCCESS", "transaction", handle)
}

func ship(context.Context, *wxpay.Event, *payment) error { return nil }

func ExampleNewNotifications() {
	var client *wxpay.Client // from NewClient, with an APIv3 key

	notifications := wxpay.NewNotifications(client,
		onPaid(func(ctx context.Context, event *wxpay.Event, p *payment) error {
			return markPaid(ctx, p.OutTradeNo) // an error makes WeChat Pay send the event again
		}),
	)
	notifications.Fallback = func(ctx context.Context, event *wxpay.Event) error {
		log.Printf("no handler for %s", event.EventType)
		return nil
	}
	notifications.OnError = func(ctx context.Context, err error) { log.Print(err) }
	http.Handle("POST /wechat/events", notifications)
}

func markPaid(context.Context, string) error { return nil }

// With a store, an event that is delivered twice calls its handler once.
func ExampleKeyedBy() {
	var client *wxpay.Client // from NewClient, with an APIv3 key

	paid := wxpay.KeyedBy(onPaid(ship), func(p *payment) string { return p.OutTradeNo })
	notifications := wxpay.NewNotifications(client, paid)
	notifications.Store = wxpay.NewMemoryEvents()
	_ = notifications
}

func shipAll(context.Context, *wxpay.Event, *combinedPayment) error { return nil }

type combinedPayment struct {
	CombineOutTradeNo string `json:"combine_out_trade_no"`
}

// Events of several products bear one type; what their content holds tells them apart.
func ExampleEventHandler_Having() {
	var client *wxpay.Client // from NewClient, with an APIv3 key

	notifications := wxpay.NewNotifications(client,
		onPaid(ship),
		wxpay.On("TRANSACTION.SUCCESS", "transaction", shipAll).Having("combine_out_trade_no"), // as combine.OnTransactionSuccess is made
	)
	_ = notifications
}

// The answer to some events is data.
func ExampleOnSync() {
	type question struct {
		PlateNumber string `json:"plate_number"`
	}
	type reply struct {
		Amount int64 `json:"amount"`
	}

	parked := wxpay.OnSync("PARKING.QUERY", "", func(ctx context.Context, event *wxpay.Event, q *question) (*reply, error) {
		if q.PlateNumber == "" {
			return nil, &wxpay.AnswerError{Status: 400, Code: "PARAM_ERROR", Message: "no plate number"}
		}
		return &reply{Amount: 500}, nil
	})
	_ = parked
}

// An adapter for a server that is not net/http. What it needs are the headers, the body byte for byte, and a way to answer.
func ExampleNotifications_Receive() {
	var notifications *wxpay.Notifications // from NewNotifications

	type Context interface { // of the framework
		Context() context.Context
		VisitHeaders(visit func(name, value string))
		RawBody() []byte
		Send(status int, contentType, authorization string, body []byte) error
	}

	adapter := func(c Context) error {
		header := make(http.Header)
		c.VisitHeaders(func(name, value string) { header.Add(name, value) })
		answer := notifications.Receive(c.Context(), header, c.RawBody())
		return c.Send(answer.Status, answer.ContentType(), answer.Authorization, answer.Body)
	}
	_ = adapter
}

// Parse and Dispatch do the same in two steps.
func ExampleNotifications_Parse() {
	var notifications *wxpay.Notifications // from NewNotifications

	receive := func(ctx context.Context, header http.Header, body []byte) wxpay.Answer {
		event, err := notifications.Parse(ctx, header, body) // verified and decrypted; nothing is called yet
		if err == nil {
			err = notifications.Dispatch(ctx, event) // the handler, once, within its time
		}
		return wxpay.AnswerTo(err)
	}
	_ = receive
}

// What went wrong, for an alarm.
func ExampleNotifications_errors() {
	alarm := func(ctx context.Context, err error) {
		if panicked, ok := errors.AsType[*wxpay.PanicError](err); ok {
			log.Printf("%v\n%s", panicked, panicked.Stack)
			return
		}
		if refused, ok := errors.AsType[*wxpay.VerifyError](err); ok && refused.Probe {
			return // WeChat Pay tests whether signatures are verified; they are
		}
		if errors.Is(err, wxpay.ErrEventInProgress) {
			return // delivered twice at the same time; it comes again
		}
		log.Print(err)
	}
	_ = alarm
}

// The example in the documentation of Receive, with a framework that is none.
func TestAdapter(t *testing.T) {
	n, calls := newCounted(t, nil, succeed)
	header, body := notification("A", "a", `{}`)
	server := func(w io.Writer) {
		lower := make(http.Header)
		for name, values := range header {
			lower.Add(strings.ToLower(name), values[0])
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		answer := n.Receive(ctx, lower, body)
		fmt.Fprintf(w, "%d %s", answer.Status, answer.Body)
	}
	var out strings.Builder
	if server(&out); out.String() != "204 " {
		t.Error(out.String())
	}
	expectCalls(t, calls, 1)
}
