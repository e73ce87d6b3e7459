package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generated/payments"
	"github.com/wxgen/wxgen/wxpay"
)

var goBlocks = regexp.MustCompile("(?s)```go\n(.*?)```")

// The code of the guide must stand, but for white space, in this file.
func TestGuideShowsCodeThatCompiles(t *testing.T) {
	compiled := squeeze(t, "guide_test.go")
	guide := filepath.Join("..", "..", "docs", "guides", "moving-from-wechatpay-go.md")
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	blocks := goBlocks.FindAllStringSubmatch(string(text), -1)
	if len(blocks) == 0 {
		t.Error("the guide has no code")
	}
	for _, block := range blocks {
		if !strings.Contains(compiled, strings.Join(strings.Fields(block[1]), " ")) {
			t.Errorf("not in guide_test.go:\n%s", block[1])
		}
	}
}

func squeeze(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// What follows is compiled, not run.
var _ = []any{newClient, pay, payCarefully, paintOne, serve}

func newClient() (*wxpay.Client, error) {
	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		return nil, err
	}
	pub, err := wxpay.LoadPublicKey("pub_key.pem")
	if err != nil {
		return nil, err
	}
	return wxpay.NewClient(wxpay.Config{
		MchID:      "1900000001",
		SerialNo:   "3775B6A45ACD588826D15E583A95F5DD00112233",
		Signer:     key,
		APIv3Key:   os.Getenv("WXPAY_APIV3_KEY"),
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_0119000000012026010100000000000000", pub),
	})
}

func pay(ctx context.Context, client *wxpay.Client, appID, orderNo, openID string) (*wxpay.JSAPIParams, error) {
	resp, err := payments.NewClient(client).PrepayJSAPI(ctx, &payments.PrepayJSAPIRequest{
		AppID:       appID,
		MchID:       client.MchID(),
		Description: "Two cups of tea",
		OutTradeNo:  orderNo,
		NotifyURL:   "https://shop.example.com/wechat/events",
		Amount:      payments.Amount{Total: 3600},
		Payer:       payments.Payer{OpenID: openID},
	})
	if err != nil {
		return nil, err
	}
	return client.JSAPIParams(ctx, appID, resp.PrepayID) // for WeixinJSBridge.invoke
}

var errNumberUsed = errors.New("another order has this number")

func query(context.Context, string) error { return nil }

func payCarefully(ctx context.Context, client *wxpay.Client, req *payments.PrepayJSAPIRequest) error {
	var response wxpay.Response
	resp, err := payments.NewClient(client).PrepayJSAPI(ctx, req, wxpay.WithResponse(&response))
	switch {
	case errors.Is(err, wxpay.ErrOutcomeUnknown):
		return query(ctx, req.OutTradeNo) // it may have been carried out: look before anything else
	case errors.Is(err, payments.ErrOutTradeNoUsed):
		return errNumberUsed
	case err != nil:
		return fmt.Errorf("request id %s: %w", response.RequestID, err)
	}
	log.Print(resp.PrepayID)
	return nil
}

type paintRequest struct {
	GadgetID string `path:"gadget_id" json:"-" wx:"required,len=..32"`
	Color    string `json:"color" wx:"required"`
}

var paint = wxpay.Operation{Name: "gadgets.Paint", Method: http.MethodPost, Path: "/v3/gadgets/{gadget_id}/paint"}

func paintOne(ctx context.Context, client *wxpay.Client) error {
	var resp struct {
		GadgetID string `json:"gadget_id"`
	}
	if err := client.Do(ctx, &paint, &paintRequest{GadgetID: "G0001", Color: "RED"}, &resp); err != nil {
		return err
	}
	return nil
}

func markPaid(context.Context, string) error { return nil }

func serve(client *wxpay.Client) {
	paid := payments.OnTransactionSuccess(func(ctx context.Context, event *wxpay.Event, t *payments.Transaction) error {
		return markPaid(ctx, t.OutTradeNo) // nil: 204; an error: 500, and WeChat Pay sends it again
	})
	notifications := wxpay.NewNotifications(client, paid)
	notifications.Store = wxpay.NewMemoryEvents() // once each; wxpay/redis for several processes
	notifications.OnError = func(ctx context.Context, err error) { log.Print(err) }
	http.Handle("POST /wechat/events", notifications)
}
