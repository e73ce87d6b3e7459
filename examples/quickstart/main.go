// Command quickstart makes four calls to WeChat Pay and shows what a program does with their results and with their errors.
//
// Without any setting it calls a sandbox that runs inside it. With WXPAY_MCHID and the other settings of client.go it calls
// WeChat Pay itself, or with WXPAY_BASE_URL a sandbox that was started with "wxgen sandbox".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/wxgen/wxgen/generated/marketing/busifavor"
	"github.com/wxgen/wxgen/generated/marketing/favor"
	"github.com/wxgen/wxgen/generated/mchmanage/records"
	"github.com/wxgen/wxgen/generated/payscore/partner"
	"github.com/wxgen/wxgen/wxpay"
)

// The numbers of the documentation's samples. For calls to WeChat Pay itself put your own here.
const (
	serviceID = "2002000000000558128851361561536"
	appID     = "wxd678efh567hg6787"
	subMchID  = "1230000109"
	stockID   = "9865000"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, os.Getenv)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// run makes all calls. One that fails is explained and does not keep the others from being made.
func run(ctx context.Context, out io.Writer, getenv func(string) string) error {
	to, err := connect(getenv)
	if err != nil {
		return err
	}
	defer to.close()
	fmt.Fprintf(out, "Calling %s as merchant %s.\n", to.name, to.client.MchID())

	failed := 0
	for _, step := range []struct {
		title string
		call  func(context.Context, io.Writer, *target) error
		skip  string // why it is not called
	}{
		{"partner.GetServiceQuotas: an answer as a Go struct", showQuotas, ""},
		{"favor.ListStockItems: one page of a list", showStockItems, ""},
		{"records.List: enums, times and JSON inside a string", showRecords, ""},
		{"busifavor.SetCallback: a call that changes something", setCallback, to.skipCallback()},
		{"favor.ListStockItems again: WeChat Pay refuses", showRefusal, to.skipRefusal()},
		{"records.List again: a mistake that is found before sending", showMistake, ""},
		{"records.All: every page, fetched as the loop needs it", showAllRecords, ""},
	} {
		fmt.Fprintf(out, "\n== %s\n", step.title)
		if step.skip != "" {
			fmt.Fprintln(out, "not called:", step.skip)
			continue
		}
		if err := step.call(ctx, out, to); err != nil {
			explain(out, err)
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d calls failed", failed)
	}
	return nil
}

func showQuotas(ctx context.Context, out io.Writer, to *target) error {
	resp, err := partner.NewClient(to.client).GetServiceQuotas(ctx, &partner.GetServiceQuotasRequest{
		ServiceID:        serviceID,
		SubMchID:         subMchID,
		AppID:            appID,
		RiskLevelVersion: 1,
	})
	if err != nil {
		return err
	}
	for _, quota := range resp.Quotas {
		fmt.Fprintf(out, "risk level %d: up to %s\n", quota.RiskLevel, yuan(quota.SuggestedQuota))
	}
	return nil
}

// yuan writes an amount. Amounts are whole numbers of fen everywhere; never turn them into floats to calculate.
func yuan(fen int64) string {
	return fmt.Sprintf("%d.%02d yuan", fen/100, fen%100)
}

func showStockItems(ctx context.Context, out io.Writer, to *target) error {
	resp, err := favor.NewClient(to.client).ListStockItems(ctx, stockItems(to))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d of %d goods codes: %q\n", len(resp.Data), resp.TotalCount, resp.Data)
	return nil
}

func stockItems(to *target) *favor.ListStockItemsRequest {
	return &favor.ListStockItemsRequest{
		StockID:           stockID,
		StockCreatorMchID: to.client.MchID(),
		Limit:             5,
	}
}

func showRecords(ctx context.Context, out io.Writer, to *target) error {
	resp, err := records.NewClient(to.client).List(ctx, &records.ListRequest{
		SubMchID: subMchID,
		Type:     records.TypeFunctionalLimit,
		State:    records.StatePending,
		Limit:    1,
		Offset:   new(int64(0)), // optional numbers are pointers, so that 0 can be sent
	})
	if err != nil {
		return err
	}
	if resp.TotalCount != nil { // WeChat Pay sends it with the first page only
		fmt.Fprintf(out, "%d of %d records\n", len(resp.Data), *resp.TotalCount)
	}
	for _, record := range resp.Data {
		showRecord(out, &record)
	}
	return nil
}

func showRecord(out io.Writer, record *records.Record) {
	fmt.Fprintf(out, "%s: %s since %s\n", record.ID, record.State, record.ManageTime.Format(time.DateTime))
	if !record.State.Known() {
		// WeChat Pay adds values at any time. They arrive as they are; decide what the program does then.
		fmt.Fprintln(out, "  a state that this version does not know")
	}
	fmt.Fprintf(out, "  reason: %s; the merchant cannot: %s\n", record.ManageReason, record.LimitAbility)

	// This time may also be the word 不限制 (no limit), so ask before calculating with it. Text gives either.
	if end := record.SubmitEndTime; end.Valid() {
		fmt.Fprintf(out, "  material may be submitted until %s\n", end.Format(time.DateTime))
	} else {
		fmt.Fprintf(out, "  material may be submitted until: %s\n", end.Text())
	}
	showMaterial(out, record.RequestedItemInfo)
}

// showMaterial prints a document that WeChat Pay sends as a string of JSON. It is decoded already.
func showMaterial(out io.Writer, info *wxpay.JSON[records.RequestedItemInfo]) {
	if info == nil {
		return // the record asks for nothing
	}
	if err := info.Err(); err != nil {
		fmt.Fprintf(out, "  the material cannot be read (%v): %s\n", err, info.Text())
		return
	}
	for _, field := range info.Value.RecordFields {
		must := ""
		if field.Required != nil && *field.Required == records.RequirementMandatory {
			must = ", mandatory"
		}
		fmt.Fprintf(out, "  to submit: %s (%s)%s\n", field.Name, field.FieldName, must)
	}
}

func setCallback(ctx context.Context, out io.Writer, to *target) error {
	resp, err := busifavor.NewClient(to.client).SetCallback(ctx, &busifavor.SetCallbackRequest{
		MchID:     to.client.MchID(),
		NotifyURL: to.notifyURL,
	})
	if errors.Is(err, wxpay.ErrOutcomeUnknown) {
		// No proven answer came, but the address may be set. Setting it once more does no harm. For a payment or a refund
		// this is the place to query by your own order number before anything else.
		fmt.Fprintln(out, "unclear whether the address was set: run me again")
		return err
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "events of merchant %s go to %s since %s\n", resp.MchID, resp.NotifyURL, resp.UpdateTime)
	return nil
}

// showRefusal asks the sandbox to refuse a call. What follows is what a program does when WeChat Pay refuses.
func showRefusal(ctx context.Context, out io.Writer, to *target) error {
	_, err := favor.NewClient(to.client).ListStockItems(ctx, stockItems(to),
		wxpay.WithHeader("Sandbox-Error", "RESOURCE_NOT_EXISTS"))
	if errors.Is(err, wxpay.ErrResourceNotExists) {
		// The codes that the program can deal with are handled one by one. The others go to explain, as any error does.
		fmt.Fprintf(out, "there is no stock %s; this is what the program knows:\n", stockID)
		explain(out, err)
		return nil
	}
	return unexpected(err)
}

// showMistake sends nothing: the request is wrong in three ways.
func showMistake(ctx context.Context, out io.Writer, to *target) error {
	_, err := records.NewClient(to.client).List(ctx, &records.ListRequest{
		Type:  "FUNCTIONAL_LIMIT", // the constant would have been right
		Limit: 50,
	})
	if checkErr, ok := errors.AsType[*wxpay.CheckError](err); ok {
		explain(out, checkErr)
		return nil
	}
	return unexpected(err)
}

// unexpected is for calls that are made to fail: that one succeeds is a failure, too.
func unexpected(err error) error {
	if err == nil {
		return errors.New("the call succeeded, although it was made to fail")
	}
	return err
}

func showAllRecords(ctx context.Context, out io.Writer, to *target) error {
	count := 0
	for record, err := range records.NewClient(to.client).All(ctx, &records.ListRequest{
		SubMchID: subMchID,
		Type:     records.TypeInvestigate,
		Limit:    5, // of a page
	}) {
		if err != nil {
			return err // comes last: what was received before is good
		}
		count++
		fmt.Fprintf(out, "%3d. %s %s\n", count, record.ID, record.State)
	}
	fmt.Fprintf(out, "%d records\n", count)
	return nil
}
