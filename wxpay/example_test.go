package wxpay_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/wxgen/wxgen/wxpay"
)

// A client is made once. The files come from the merchant platform, 账户中心 > API安全.
func Example() {
	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	pub, err := wxpay.LoadPublicKey("pub_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	client, err := wxpay.NewClient(wxpay.Config{
		MchID:      "1900000001",
		SerialNo:   "3775B6A45ACD588826D15E583A95F5DD00112233",
		Signer:     key,
		APIv3Key:   os.Getenv("WXPAY_APIV3_KEY"),
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_0119000000012026010100000000000000", pub),
		Logger:     slog.Default(),
	})
	if err != nil {
		log.Fatal(err)
	}
	_ = client // give it to the NewClient functions of generated packages
}

// Do calls what no generated package has; it signs and verifies as for any other call.
func ExampleClient_Do() {
	var client *wxpay.Client // from NewClient

	type closeRequest struct {
		OutTradeNo string `json:"-" path:"out_trade_no" wx:"required,len=6..32"`
		MchID      string `json:"mchid" wx:"required"`
	}
	op := &wxpay.Operation{
		Name:       "orders.Close",
		Method:     http.MethodPost,
		Path:       "/v3/pay/transactions/out-trade-no/{out_trade_no}/close",
		Idempotent: true,
	}
	close := func(ctx context.Context) error {
		err := client.Do(ctx, op, &closeRequest{OutTradeNo: "1217752501201407033233368018", MchID: "1900000001"}, nil)
		switch {
		case errors.Is(err, wxpay.ErrOutcomeUnknown):
			return fmt.Errorf("query the order before anything else: %w", err)
		case errors.Is(err, wxpay.ErrOrderNotExist):
			return nil
		}
		if refused, ok := errors.AsType[*wxpay.APIError](err); ok {
			log.Print(refused.Advice())
		}
		return err
	}
	_ = close
}

// Generated packages have such handlers ready, with types for the content.
func ExampleNotifications() {
	var client *wxpay.Client // from NewClient, with an APIv3 key

	type transaction struct {
		OutTradeNo string `json:"out_trade_no"`
		TradeState string `json:"trade_state"`
	}
	notifications := wxpay.NewNotifications(client,
		wxpay.On("TRANSACTION.SUCCESS", "transaction", func(ctx context.Context, event *wxpay.Event, t *transaction) error {
			// The same event may come more than once: look up the order under a lock before acting.
			fmt.Println(event.ID, t.OutTradeNo, t.TradeState)
			return nil
		}),
	)
	http.Handle("/wxpay/notify", notifications)
}

// Generated packages have such an iterator for each operation that pages.
func ExampleByOffset() {
	type listRequest struct{ Offset *int64 }
	type listResponse struct {
		Data  []string
		Total *int64
	}
	list := func(req *listRequest) (*listResponse, error) {
		all := []string{"a", "b", "c"}
		total := int64(len(all))
		return &listResponse{Data: all[*req.Offset:min(*req.Offset+2, total)], Total: &total}, nil
	}

	req := new(listRequest)
	for item, err := range wxpay.ByOffset(req, wxpay.Paging{First: req.Offset}, func(req *listRequest, offset int64) ([]string, *int64, error) {
		req.Offset = &offset
		resp, err := list(req)
		if err != nil {
			return nil, nil, err
		}
		return resp.Data, resp.Total, nil
	}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(item, " ")
	}
	// Output: a b c
}
