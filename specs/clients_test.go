package specs_test

import (
	"github.com/wxgen/wxgen/generated/marketing/busifavor"
	"github.com/wxgen/wxgen/generated/marketing/favor"
	"github.com/wxgen/wxgen/generated/mchmanage/records"
	payscorepartner "github.com/wxgen/wxgen/generated/payscore/partner"
	"github.com/wxgen/wxgen/wxpay"
)

// clients has the client of each package with operations, by its folder.
var clients = map[string]func(*wxpay.Client) any{
	"marketing/busifavor": client(busifavor.NewClient),
	"marketing/favor":     client(favor.NewClient),
	"mchmanage/records":   client(records.NewClient),
	"payscore/partner":    client(payscorepartner.NewClient),
}

func client[T any](make func(*wxpay.Client) T) func(*wxpay.Client) any {
	return func(c *wxpay.Client) any { return make(c) }
}
