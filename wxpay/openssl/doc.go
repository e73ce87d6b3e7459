// Package openssl signs requests with libcrypto, the library of OpenSSL 3, which takes less than half the time of Go's
// crypto/rsa. The signature is nine tenths of the processor time of a call to WeChat Pay, so a program that is bound by it
// makes about twice as many calls:
//
//	signer, err := openssl.LoadPrivateKey("apiclient_key.pem")
//	…
//	defer signer.Close()
//	client, err := wxpay.NewClient(wxpay.Config{Signer: signer, …})
//
// It is a module of its own, because it needs cgo, a C compiler, pkg-config and the headers of libcrypto (Debian:
// apt-get install libssl-dev pkg-config). Where the headers are missing, the build stops and pkg-config says that it did not
// find libcrypto. A program that is built without cgo, or with the tag nolibcrypto, compiles all the same; its functions then
// return [ErrUnavailable], so that it can go on with the key that wxpay.LoadPrivateKey returns.
package openssl

import "errors"

// ErrUnavailable says that the program was built without libcrypto.
var ErrUnavailable = errors.New("openssl: built without libcrypto: needs CGO_ENABLED=1, a C compiler, libssl-dev, and no tag nolibcrypto")
