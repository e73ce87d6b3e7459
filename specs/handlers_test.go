package specs_test

import (
	"context"

	"github.com/wxgen/wxgen/generated/businesscircle"
	"github.com/wxgen/wxgen/generated/complaints"
	"github.com/wxgen/wxgen/generated/ecommerce/funds"
	"github.com/wxgen/wxgen/generated/fapiao"
	"github.com/wxgen/wxgen/generated/marketing/busifavor"
	"github.com/wxgen/wxgen/generated/marketing/favor"
	"github.com/wxgen/wxgen/generated/mchmanage/records"
	"github.com/wxgen/wxgen/generated/mchmanage/risk"
	"github.com/wxgen/wxgen/generated/mchmanage/violations"
	"github.com/wxgen/wxgen/generated/parking"
	"github.com/wxgen/wxgen/generated/parking/reminders"
	"github.com/wxgen/wxgen/generated/payments"
	"github.com/wxgen/wxgen/generated/payments/combine"
	paymentspartner "github.com/wxgen/wxgen/generated/payments/partner"
	"github.com/wxgen/wxgen/generated/payscore"
	payscorepartner "github.com/wxgen/wxgen/generated/payscore/partner"
	"github.com/wxgen/wxgen/generated/profitsharing"
	"github.com/wxgen/wxgen/generated/refunds"
	"github.com/wxgen/wxgen/generated/security"
	"github.com/wxgen/wxgen/generated/transfers/batches"
	transfersbills "github.com/wxgen/wxgen/generated/transfers/bills"
	"github.com/wxgen/wxgen/generated/transfers/partnerbills"
	"github.com/wxgen/wxgen/wxpay"
)

// told is what a handler was given.
type told struct {
	handler string
	content any
}

// handlers has the handler of each webhook, by its folder and name. What it is given goes to note.
var handlers = map[string]func(note func(told)) wxpay.EventHandler{
	"businesscircle.OnTransactionSuccess":          hears("businesscircle.OnTransactionSuccess", businesscircle.OnTransactionSuccess),
	"businesscircle.OnRefundSuccess":               hears("businesscircle.OnRefundSuccess", businesscircle.OnRefundSuccess),
	"businesscircle.OnActivateCard":                hears("businesscircle.OnActivateCard", businesscircle.OnActivateCard),
	"complaints.OnChange":                          hears("complaints.OnChange", complaints.OnChange),
	"ecommerce/funds.OnWithdrawalChange":           hears("ecommerce/funds.OnWithdrawalChange", funds.OnWithdrawalChange),
	"fapiao.OnUserApplied":                         hears("fapiao.OnUserApplied", fapiao.OnUserApplied),
	"fapiao.OnCardDiscarded":                       hears("fapiao.OnCardDiscarded", fapiao.OnCardDiscarded),
	"fapiao.OnIssued":                              hears("fapiao.OnIssued", fapiao.OnIssued),
	"fapiao.OnReversed":                            hears("fapiao.OnReversed", fapiao.OnReversed),
	"fapiao.OnCardInserted":                        hears("fapiao.OnCardInserted", fapiao.OnCardInserted),
	"marketing/busifavor.OnCouponSend":             hears("marketing/busifavor.OnCouponSend", busifavor.OnCouponSend),
	"marketing/favor.OnCouponUse":                  hears("marketing/favor.OnCouponUse", favor.OnCouponUse),
	"mchmanage/records.OnRecordChange":             hears("mchmanage/records.OnRecordChange", records.OnRecordChange),
	"mchmanage/records.OnBlock":                    hears("mchmanage/records.OnBlock", records.OnBlock),
	"mchmanage/records.OnAppealResult":             hears("mchmanage/records.OnAppealResult", records.OnAppealResult),
	"mchmanage/risk.OnTrade":                       hears("mchmanage/risk.OnTrade", risk.OnTrade),
	"mchmanage/violations.OnMeasure":               hears("mchmanage/violations.OnMeasure", violations.OnMeasure),
	"parking.OnEntryStateChange":                   hears("parking.OnEntryStateChange", parking.OnEntryStateChange),
	"parking.OnTransactionSuccess":                 hears("parking.OnTransactionSuccess", parking.OnTransactionSuccess),
	"parking.OnTransactionFail":                    hears("parking.OnTransactionFail", parking.OnTransactionFail),
	"parking.OnTransactionPayBack":                 hears("parking.OnTransactionPayBack", parking.OnTransactionPayBack),
	"parking/reminders.OnQueryFee":                 hearsSync("parking/reminders.OnQueryFee", reminders.OnQueryFee),
	"payments/combine.OnTransactionSuccess":        hears("payments/combine.OnTransactionSuccess", combine.OnTransactionSuccess),
	"payments.OnTransactionSuccess":                hears("payments.OnTransactionSuccess", payments.OnTransactionSuccess),
	"payments/partner.OnTransactionSuccess":        hears("payments/partner.OnTransactionSuccess", paymentspartner.OnTransactionSuccess),
	"payscore.OnUserConfirm":                       hears("payscore.OnUserConfirm", payscore.OnUserConfirm),
	"payscore.OnUserPaid":                          hears("payscore.OnUserPaid", payscore.OnUserPaid),
	"payscore.OnUserCloseService":                  hears("payscore.OnUserCloseService", payscore.OnUserCloseService),
	"payscore.OnUserOpenService":                   hears("payscore.OnUserOpenService", payscore.OnUserOpenService),
	"payscore/partner.OnUserConfirm":               hears("payscore/partner.OnUserConfirm", payscorepartner.OnUserConfirm),
	"payscore/partner.OnUserPaid":                  hears("payscore/partner.OnUserPaid", payscorepartner.OnUserPaid),
	"payscore/partner.OnBindServiceAccount":        hears("payscore/partner.OnBindServiceAccount", payscorepartner.OnBindServiceAccount),
	"payscore/partner.OnUserCloseService":          hears("payscore/partner.OnUserCloseService", payscorepartner.OnUserCloseService),
	"payscore/partner.OnUserOpenService":           hears("payscore/partner.OnUserOpenService", payscorepartner.OnUserOpenService),
	"profitsharing.OnShareChange":                  hears("profitsharing.OnShareChange", profitsharing.OnShareChange),
	"refunds.OnRefund":                             hears("refunds.OnRefund", refunds.OnRefund),
	"security.OnEcho":                              hears("security.OnEcho", security.OnEcho),
	"transfers/batches.OnBatchClosed":              hears("transfers/batches.OnBatchClosed", batches.OnBatchClosed),
	"transfers/batches.OnBatchFinished":            hears("transfers/batches.OnBatchFinished", batches.OnBatchFinished),
	"transfers/bills.OnBillFinished":               hears("transfers/bills.OnBillFinished", transfersbills.OnBillFinished),
	"transfers/bills.OnAuthorizationChange":        hears("transfers/bills.OnAuthorizationChange", transfersbills.OnAuthorizationChange),
	"transfers/partnerbills.OnBillFinished":        hears("transfers/partnerbills.OnBillFinished", partnerbills.OnBillFinished),
	"transfers/partnerbills.OnAuthorizationChange": hears("transfers/partnerbills.OnAuthorizationChange", partnerbills.OnAuthorizationChange),
}

func hears[T any](name string, on func(func(context.Context, *wxpay.Event, *T) error) wxpay.EventHandler) func(func(told)) wxpay.EventHandler {
	return func(note func(told)) wxpay.EventHandler {
		return on(func(_ context.Context, _ *wxpay.Event, content *T) error {
			note(told{name, content})
			return nil
		})
	}
}

func hearsSync[T, R any](name string, on func(func(context.Context, *wxpay.Event, *T) (*R, error)) wxpay.EventHandler) func(func(told)) wxpay.EventHandler {
	return func(note func(told)) wxpay.EventHandler {
		return on(func(_ context.Context, _ *wxpay.Event, content *T) (*R, error) {
			note(told{name, content})
			return new(R), nil
		})
	}
}
