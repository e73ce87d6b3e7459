package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generated/marketing/busifavor"
	"github.com/wxgen/wxgen/generated/marketing/favor"
	"github.com/wxgen/wxgen/generated/mchmanage/records"
	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// The README's Go code stands here as well, each piece between two marks, so that it compiles. TestReadme compares them.

func readmeFirst(ctx context.Context, client *wxpay.Client) error {
	// README
	list := records.NewClient(client)
	for record, err := range list.All(ctx, &records.ListRequest{ // signs, sends and verifies, page after page
		SubMchID: "1230000109",
		Type:     records.TypeFunctionalLimit,
		Limit:    10,
	}) {
		if apiErr, ok := errors.AsType[*wxpay.APIError](err); ok {
			return fmt.Errorf("%w: %s", err, apiErr.Advice()) // what the code means here, and what to do
		}
		if err != nil {
			return err
		}
		fmt.Println(record.ID, record.State == records.StatePending, record.ManageTime.Year())
	}
	// end
	return nil
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

func readmeNotifications(client *wxpay.Client) {
	store := func(context.Context, string, string) error { return nil }
	// README
	http.Handle("POST /wechat/events", wxpay.NewNotifications(client,
		busifavor.OnCouponSend(func(ctx context.Context, event *wxpay.Event, coupon *busifavor.CouponSend) error {
			return store(ctx, event.ID, coupon.CouponCode) // an error makes WeChat Pay send it again
		}),
	))
	// end
}

func TestReadmeSandbox(t *testing.T) {
	req := &favor.ListStockItemsRequest{StockID: stockID, StockCreatorMchID: "1900000001", Limit: 5}
	// README
	srv := sandbox.Start(t) // ends with the test
	srv.Fail("RESOURCE_NOT_EXISTS", "favor.ListStockItems")
	_, err := favor.NewClient(srv.Client()).ListStockItems(t.Context(), req)
	if !errors.Is(err, wxpay.ErrResourceNotExists) {
		t.Errorf("got %v", err)
	}
	// end
	if err := readmeFirst(t.Context(), srv.Client()); err != nil {
		t.Error(err)
	}
	readmeNotifications(srv.Client())
	if err := readmeErrors(t.Context(), wxpay.ErrNotEnough, "1"); err == nil {
		t.Error("no error for NOT_ENOUGH")
	}
	if _, err := readmeClient(); err == nil {
		t.Error("keys that do not exist were loaded")
	}
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
