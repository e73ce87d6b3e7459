package openssl_test

import (
	"crypto"
	"errors"
	"log"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/openssl"
)

// A program that shall run without libcrypto as well goes on with the slower signer.
func Example() {
	load := func(path string) (crypto.Signer, error) {
		signer, err := openssl.LoadPrivateKey(path)
		if errors.Is(err, openssl.ErrUnavailable) {
			return wxpay.LoadPrivateKey(path)
		}
		return signer, err
	}
	signer, err := load("apiclient_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	_ = wxpay.Config{Signer: signer}
}
