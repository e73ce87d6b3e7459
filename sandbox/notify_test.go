package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

type coupon struct {
	StockID string `json:"stock_id"`
	ID      string `json:"coupon_id"`
}

func TestNotify(t *testing.T) {
	srv := sandbox.Start(t)
	var event *wxpay.Event
	var content coupon
	var fail error
	hook := httptest.NewServer(wxpay.NewNotifications(srv.Client(), wxpay.On("COUPON.USE", "coupon", func(_ context.Context, e *wxpay.Event, c *coupon) error {
		event, content = e, *c
		return fail
	})))
	defer hook.Close()
	for _, name := range []string{"COUPON.USE", "favor.OnCouponUse"} {
		event = nil
		delivery, err := srv.Notify(t.Context(), hook.URL+"/notify", name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !delivery.Accepted() || delivery.Status != 204 || event == nil || event.ID != delivery.ID || content.ID != "98674556" {
			t.Errorf("%+v, %+v, %+v", delivery, event, content)
		}
		if event.EventType != "COUPON.USE" || event.OriginalType != "coupon" || event.ResourceType != "encrypt-resource" || event.Summary == "" || time.Since(event.CreateTime.Time) > time.Minute {
			t.Errorf("%+v", event)
		}
	}
	if _, err := srv.Notify(t.Context(), hook.URL, "COUPON.USE", coupon{ID: "mine <&>"}); err != nil || content.ID != "mine <&>" {
		t.Errorf("%+v, %v", content, err)
	}
	fail = errors.New("no")
	delivery, err := srv.Notify(t.Context(), hook.URL, "COUPON.USE", nil)
	if err != nil || delivery.Accepted() || delivery.Status != 500 || !bytes.Contains(delivery.Body, []byte("FAIL")) {
		t.Errorf("%+v, %v", delivery, err)
	}
}

// TestNotifyUnknown sends an event that no spec has.
func TestNotifyUnknown(t *testing.T) {
	srv := sandbox.Start(t)
	receiver := wxpay.NewNotifications(srv.Client())
	request, err := srv.Notification(t.Context(), "https://example.com/notify", "NEW.EVENT", map[string]string{"a": "b"})
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		t.Fatal(err)
	}
	event, err := receiver.Parse(t.Context(), request.Header, body)
	if err != nil || event.EventType != "NEW.EVENT" || event.OriginalType != "" || string(event.Resource()) != `{"a":"b"}` {
		t.Errorf("%+v, %v", event, err)
	}
	if bytes.Contains(body, []byte(`"a"`)) || bytes.Contains(body, []byte("original_type")) {
		t.Errorf("%s", body)
	}
	body[len(body)/2] ^= 1
	if _, err := receiver.Parse(t.Context(), request.Header, body); !errors.Is(err, wxpay.ErrBadSignature) {
		t.Errorf("tampered: %v", err)
	}
}

func TestNotifyErrors(t *testing.T) {
	srv := sandbox.Start(t)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for name, test := range map[string]struct {
		address, event string
		resource       any
		words          string
	}{
		"no URL":        {"example.com", "COUPON.USE", nil, "not a URL"},
		"query":         {"https://example.com/?token=1", "COUPON.USE", nil, "has a query"},
		"unknown event": {"https://example.com", "NEW.EVENT", nil, "favor.OnCouponUse"},
		"no JSON":       {"https://example.com", "COUPON.USE", make(chan int), "write the resource"},
		"nobody there":  {closed.URL, "COUPON.USE", nil, "refused"},
	} {
		if _, err := srv.Notify(t.Context(), test.address, test.event, test.resource); err == nil || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNotifyFollowsNoRedirect: a notification goes to the address that was named, or nowhere.
func TestNotifyFollowsNoRedirect(t *testing.T) {
	srv := sandbox.Start(t)
	hook := httptest.NewServer(http.RedirectHandler("/elsewhere", http.StatusTemporaryRedirect))
	defer hook.Close()
	delivery, err := srv.Notify(t.Context(), hook.URL, "COUPON.USE", nil)
	if err != nil || delivery.Status != http.StatusTemporaryRedirect || delivery.Accepted() {
		t.Errorf("%+v, %v", delivery, err)
	}
}
