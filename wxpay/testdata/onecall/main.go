// Command onecall is a program that makes one call, for TestLinkedPrograms.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/wxgen/wxgen/wxpay"
)

type query struct {
	OutTradeNo string `json:"-" path:"out_trade_no" wx:"required,len=6..32"`
}

func main() {
	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	client, err := wxpay.NewClient(wxpay.Config{
		MchID: "1900000001", SerialNo: "5157F09EFDC096DE15EBE81A47057A7232F1B8E1", Signer: key,
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_0001", key.Public()),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	op := &wxpay.Operation{Method: "GET", Path: "/v3/pay/transactions/out-trade-no/{out_trade_no}"}
	var answer map[string]string
	fmt.Println(client.Do(context.Background(), op, &query{OutTradeNo: "1217752501"}, &answer), answer)
}
