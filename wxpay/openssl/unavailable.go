//go:build !cgo || nolibcrypto

package openssl

import (
	"context"
	"crypto"
	"crypto/rsa"
	"io"
)

// Available says whether the program was built with libcrypto. If not, the functions that make a Signer return
// [ErrUnavailable].
const Available = false

// Signer is a private key in the memory of libcrypto. This program was built without it, so there is none.
type Signer struct{}

func newSigner([]byte, *rsa.PublicKey) (*Signer, error) { return nil, ErrUnavailable }

// Public returns nil.
func (*Signer) Public() crypto.PublicKey { return nil }

// Sign returns ErrUnavailable.
func (*Signer) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, ErrUnavailable
}

// SignContext returns ErrUnavailable.
func (*Signer) SignContext(context.Context, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, ErrUnavailable
}

// Decrypt returns ErrUnavailable.
func (*Signer) Decrypt(io.Reader, []byte, crypto.DecrypterOpts) ([]byte, error) {
	return nil, ErrUnavailable
}

// Close does nothing.
func (*Signer) Close() error { return nil }

// Version returns "".
func Version() string { return "" }
