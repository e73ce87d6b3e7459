package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generated/payments"
	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// The README's Go code stands here as well, each piece between two marks, so that it compiles. TestReadme compares them.

func readmeFirst(ctx context.Context, client *wxpay.Client, appID, openID, orderNo string) (*wxpay.JSAPIParams, error) {
	// README
	order, err := payments.NewClient(client).PrepayJSAPI(ctx, &payments.PrepayJSAPIRequest{ // checks, signs, sends, verifies
		AppID:       appID,
		MchID:       client.MchID(),
		Description: "Two cups of tea",
		OutTradeNo:  orderNo,
		NotifyURL:   "https://shop.example.com/wechat/events",
		Amount:      payments.Amount{Total: 3600}, // fen
		Payer:       payments.Payer{OpenID: openID},
	})
	if apiErr, ok := errors.AsType[*wxpay.APIError](err); ok {
		return nil, fmt.Errorf("%w: %s", err, apiErr.Advice()) // what the code means here, and what to do
	}
	if err != nil {
		return nil, err
	}
	return client.JSAPIParams(ctx, appID, order.PrepayID) // signed, for the cashier
	// end
}

func readmeClient() (*wxpay.Client, error) {
	// README
	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		return nil, err
	}
	public, err := wxpay.LoadPublicKey("pub_key.pem")
	if err != nil {
		return nil, err
	}
	return wxpay.NewClient(wxpay.Config{
		MchID:      "1900000001",
		SerialNo:   "3775B6A45ACD588826D15E583A95F5DD00112233", // of the merchant API certificate
		Signer:     key,                                        // any crypto.Signer: a file, an HSM, a KMS
		APIv3Key:   os.Getenv("WXPAY_APIV3_KEY"),               // for notifications and certificates
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_0119000000012024101000000000000001", public),
	})
	// end
}

func readmeErrors(ctx context.Context, err error, orderNo string) error {
	query := func(context.Context, string) error { return nil }
	later, errNoBalance := query, errors.New("no balance")
	// README
	switch {
	case err == nil:
		return nil
	case errors.Is(err, wxpay.ErrOutcomeUnknown):
		return query(ctx, orderNo) // it may have been carried out: look before you repeat it
	case errors.Is(err, wxpay.ErrFrequencyLimited):
		return later(ctx, orderNo)
	case errors.Is(err, wxpay.ErrNotEnough):
		return errNoBalance
	}
	return err
	// end
}

func readmeNotifications(client *wxpay.Client, mux *http.ServeMux, markPaid func(ctx context.Context, orderNo string) error) {
	// README
	mux.Handle("POST /wechat/events", wxpay.NewNotifications(client,
		payments.OnTransactionSuccess(func(ctx context.Context, _ *wxpay.Event, paid *payments.Transaction) error {
			return markPaid(ctx, paid.OutTradeNo) // an error makes WeChat Pay send it again
		}),
	))
	// end
}

func TestReadmeSandbox(t *testing.T) {
	req := &payments.PrepayJSAPIRequest{
		AppID: "wxd678efh567hg6787", MchID: "1900000001", Description: "Tea", OutTradeNo: "1217752501201407033233368018",
		NotifyURL: "https://shop.example.com/wechat/events", Amount: payments.Amount{Total: 3600}, Payer: payments.Payer{OpenID: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
	}
	// README
	srv := sandbox.Start(t) // ends with the test
	srv.Fail("OUT_TRADE_NO_USED", "payments.PrepayJSAPI")
	_, err := payments.NewClient(srv.Client()).PrepayJSAPI(t.Context(), req)
	if !errors.Is(err, payments.ErrOutTradeNoUsed) {
		t.Errorf("got %v", err)
	}
	// end
	params, err := readmeFirst(t.Context(), srv.Client(), req.AppID, req.Payer.OpenID, req.OutTradeNo)
	if err != nil || params.Package == "" {
		t.Errorf("got %+v, %v", params, err)
	}
	srv.Fail("OUT_TRADE_NO_USED", "payments.PrepayJSAPI")
	if _, err := readmeFirst(t.Context(), srv.Client(), req.AppID, req.Payer.OpenID, req.OutTradeNo); !errors.Is(err, payments.ErrOutTradeNoUsed) {
		t.Errorf("got %v", err)
	}
	var paid string
	mux := http.NewServeMux()
	readmeNotifications(srv.Client(), mux, func(_ context.Context, orderNo string) error { paid = orderNo; return nil })
	address := httptestServer(t, mux)
	if _, err := srv.Notify(t.Context(), address+"/wechat/events", "payments.OnTransactionSuccess", nil); err != nil || paid == "" {
		t.Errorf("the notification gave %q, %v", paid, err)
	}
	if err := readmeErrors(t.Context(), wxpay.ErrNotEnough, "1"); err == nil {
		t.Error("no error for NOT_ENOUGH")
	}
	if _, err := readmeClient(); err == nil {
		t.Error("keys that do not exist were loaded")
	}
}

func httptestServer(t *testing.T, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}
func TestReadme(t *testing.T) {
	source, err := os.ReadFile("readme_test.go")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var compiled []string
	for _, piece := range strings.Split(string(source), "\t// README\n")[1:] {
		code, _, _ := strings.Cut(piece, "\t// end\n")
		compiled = append(compiled, strings.ReplaceAll("\n"+code, "\n\t", "\n")[1:])
	}
	var shown []string
	for _, piece := range strings.Split(string(readme), "```go\n")[1:] {
		code, _, _ := strings.Cut(piece, "```\n")
		shown = append(shown, code)
	}
	if len(shown) != len(compiled) {
		t.Fatalf("the README shows %d pieces of Go, %d are compiled here", len(shown), len(compiled))
	}
	for i := range shown {
		if shown[i] != compiled[i] {
			t.Errorf("the README shows\n%s\nand what compiles is\n%s", shown[i], compiled[i])
		}
	}
}
