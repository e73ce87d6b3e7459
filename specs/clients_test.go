package specs_test

import (
	"github.com/wxgen/wxgen/generated/applyments/sub"
	"github.com/wxgen/wxgen/generated/applyments/subject"
	"github.com/wxgen/wxgen/generated/banks"
	"github.com/wxgen/wxgen/generated/bills"
	"github.com/wxgen/wxgen/generated/businesscircle"
	"github.com/wxgen/wxgen/generated/complaints"
	"github.com/wxgen/wxgen/generated/customs"
	"github.com/wxgen/wxgen/generated/ecommerce/applyments"
	"github.com/wxgen/wxgen/generated/ecommerce/funds"
	ecommerceprofitsharing "github.com/wxgen/wxgen/generated/ecommerce/profitsharing"
	ecommercerefunds "github.com/wxgen/wxgen/generated/ecommerce/refunds"
	"github.com/wxgen/wxgen/generated/ecommerce/subsidies"
	"github.com/wxgen/wxgen/generated/fapiao"
	"github.com/wxgen/wxgen/generated/goldplan"
	"github.com/wxgen/wxgen/generated/lovefeast"
	"github.com/wxgen/wxgen/generated/marketing/busifavor"
	"github.com/wxgen/wxgen/generated/marketing/favor"
	"github.com/wxgen/wxgen/generated/marketing/partnerships"
	"github.com/wxgen/wxgen/generated/marketing/paygift"
	"github.com/wxgen/wxgen/generated/marketing/retailstore"
	"github.com/wxgen/wxgen/generated/mchmanage/inactive"
	"github.com/wxgen/wxgen/generated/mchmanage/records"
	"github.com/wxgen/wxgen/generated/mchmanage/risk"
	"github.com/wxgen/wxgen/generated/mchmanage/violations"
	"github.com/wxgen/wxgen/generated/media"
	"github.com/wxgen/wxgen/generated/parking"
	"github.com/wxgen/wxgen/generated/parking/reminders"
	"github.com/wxgen/wxgen/generated/payments"
	"github.com/wxgen/wxgen/generated/payments/combine"
	paymentspartner "github.com/wxgen/wxgen/generated/payments/partner"
	"github.com/wxgen/wxgen/generated/payrollcard"
	"github.com/wxgen/wxgen/generated/payscore"
	payscorepartner "github.com/wxgen/wxgen/generated/payscore/partner"
	"github.com/wxgen/wxgen/generated/profitsharing"
	"github.com/wxgen/wxgen/generated/profitsharing/brand"
	"github.com/wxgen/wxgen/generated/refunds"
	"github.com/wxgen/wxgen/generated/security"
	"github.com/wxgen/wxgen/generated/smartguide"
	"github.com/wxgen/wxgen/generated/transfers/batches"
	transfersbills "github.com/wxgen/wxgen/generated/transfers/bills"
	"github.com/wxgen/wxgen/generated/transfers/partnerbatches"
	"github.com/wxgen/wxgen/generated/transfers/partnerbills"
	"github.com/wxgen/wxgen/generated/transit"
	"github.com/wxgen/wxgen/wxpay"
)

// clients has the client of each package with operations, by its folder.
var clients = map[string]func(*wxpay.Client) any{
	"applyments/sub":           client(sub.NewClient),
	"applyments/subject":       client(subject.NewClient),
	"banks":                    client(banks.NewClient),
	"bills":                    client(bills.NewClient),
	"businesscircle":           client(businesscircle.NewClient),
	"complaints":               client(complaints.NewClient),
	"customs":                  client(customs.NewClient),
	"ecommerce/applyments":     client(applyments.NewClient),
	"ecommerce/funds":          client(funds.NewClient),
	"ecommerce/profitsharing":  client(ecommerceprofitsharing.NewClient),
	"ecommerce/refunds":        client(ecommercerefunds.NewClient),
	"ecommerce/subsidies":      client(subsidies.NewClient),
	"fapiao":                   client(fapiao.NewClient),
	"goldplan":                 client(goldplan.NewClient),
	"lovefeast":                client(lovefeast.NewClient),
	"marketing/busifavor":      client(busifavor.NewClient),
	"marketing/favor":          client(favor.NewClient),
	"marketing/partnerships":   client(partnerships.NewClient),
	"marketing/paygift":        client(paygift.NewClient),
	"marketing/retailstore":    client(retailstore.NewClient),
	"mchmanage/inactive":       client(inactive.NewClient),
	"mchmanage/records":        client(records.NewClient),
	"mchmanage/risk":           client(risk.NewClient),
	"mchmanage/violations":     client(violations.NewClient),
	"media":                    client(media.NewClient),
	"parking":                  client(parking.NewClient),
	"parking/reminders":        client(reminders.NewClient),
	"payments":                 client(payments.NewClient),
	"payments/combine":         client(combine.NewClient),
	"payments/partner":         client(paymentspartner.NewClient),
	"payrollcard":              client(payrollcard.NewClient),
	"payscore":                 client(payscore.NewClient),
	"payscore/partner":         client(payscorepartner.NewClient),
	"profitsharing":            client(profitsharing.NewClient),
	"profitsharing/brand":      client(brand.NewClient),
	"refunds":                  client(refunds.NewClient),
	"security":                 client(security.NewClient),
	"smartguide":               client(smartguide.NewClient),
	"transfers/batches":        client(batches.NewClient),
	"transfers/bills":          client(transfersbills.NewClient),
	"transfers/partnerbatches": client(partnerbatches.NewClient),
	"transfers/partnerbills":   client(partnerbills.NewClient),
	"transit":                  client(transit.NewClient),
}

func client[T any](make func(*wxpay.Client) T) func(*wxpay.Client) any {
	return func(c *wxpay.Client) any { return make(c) }
}
