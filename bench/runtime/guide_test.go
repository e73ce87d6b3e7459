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

	"github.com/wxgen/wxgen/generated/marketing/favor"
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
var _ = []any{newClient, items, pay, payCarefully, serve}

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

func items(ctx context.Context, client *wxpay.Client) (*favor.ListStockItemsResponse, error) {
	resp, err := favor.NewClient(client).ListStockItems(ctx, &favor.ListStockItemsRequest{
		StockID:           "98065001",
		StockCreatorMchID: "1900000001",
		Limit:             50,
	})
	return resp, err
}

type prepayRequest struct {
	AppID       string `json:"appid" wx:"required"`
	MchID       string `json:"mchid" wx:"required"`
	Description string `json:"description" wx:"required,len=1..127"`
	OutTradeNo  string `json:"out_trade_no" wx:"required,len=6..32"`
	NotifyURL   string `json:"notify_url" wx:"required"`
	Amount      amount `json:"amount" wx:"required"`
	Payer       payer  `json:"payer" wx:"required"`
}

var prepay = wxpay.Operation{Name: "jsapi.Prepay", Method: http.MethodPost, Path: "/v3/pay/transactions/jsapi"}

type amount struct {
	Total int64 `json:"total" wx:"required,range=1.."`
}

type payer struct {
	OpenID string `json:"openid" wx:"required"`
}

func pay(ctx context.Context, client *wxpay.Client, req *prepayRequest) (*wxpay.JSAPIParams, error) {
	var resp struct {
		PrepayID string `json:"prepay_id"`
	}
	if err := client.Do(ctx, &prepay, req, &resp); err != nil {
		return nil, err
	}
	return client.JSAPIParams(ctx, req.AppID, resp.PrepayID) // for WeixinJSBridge.invoke
}

var errNumberUsed = errors.New("another order has this number")

func query(context.Context, string) error { return nil }

func payCarefully(ctx context.Context, client *wxpay.Client, req *prepayRequest) error {
	var resp struct {
		PrepayID string `json:"prepay_id"`
	}
	var response wxpay.Response
	err := client.Do(ctx, &prepay, req, &resp, wxpay.WithResponse(&response))
	switch {
	case errors.Is(err, wxpay.ErrOutcomeUnknown):
		return query(ctx, req.OutTradeNo) // it may have been carried out: look before anything else
	case errors.Is(err, wxpay.ErrorCode("OUT_TRADE_NO_USED")):
		return errNumberUsed
	case err != nil:
		return fmt.Errorf("request id %s: %w", response.RequestID, err)
	}
	return nil
}

type transaction struct {
	OutTradeNo string `json:"out_trade_no"`
}

func markPaid(context.Context, string) error { return nil }

func serve(client *wxpay.Client) {
	paid := wxpay.On("TRANSACTION.SUCCESS", "", func(ctx context.Context, event *wxpay.Event, t *transaction) error {
		return markPaid(ctx, t.OutTradeNo) // nil: 204; an error: 500, and WeChat Pay sends it again
	})
	notifications := wxpay.NewNotifications(client, paid)
	notifications.Store = wxpay.NewMemoryEvents() // once each; wxpay/redis for several processes
	notifications.OnError = func(ctx context.Context, err error) { log.Print(err) }
	http.Handle("POST /wechat/events", notifications)
}
