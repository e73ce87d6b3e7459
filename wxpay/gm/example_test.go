package gm_test

import (
	"hash"
	"log"
	"os"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gm"
)

// A merchant for whom WeChat Pay has enabled 国密.
func Example() {
	key, err := gm.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	client, err := wxpay.NewClient(wxpay.Config{
		Scheme:     gm.Scheme(),
		MchID:      "1900000001",
		SerialNo:   "5D3DB2B0B1E24FBA3C7C6E2B4D8C1A99F0E1D2C3",
		Signer:     key,
		APIv3Key:   os.Getenv("WXPAY_APIV3_KEY"),
		PublicKeys: new(wxpay.DownloadedCertificates),
	})
	if err != nil {
		log.Fatal(err)
	}
	_ = client
}

// A merchant with RSA keys who downloads invoices, whose digest is SM3.
func ExampleNewSM3() {
	_ = wxpay.Config{Hashes: map[string]func() hash.Hash{wxpay.HashSM3: gm.NewSM3}}
}
