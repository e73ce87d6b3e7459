package openssl

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"os"

	"github.com/wxgen/wxgen/wxpay"
)

// LoadPrivateKey reads the merchant's private key, apiclient_key.pem, as wxpay.LoadPrivateKey does.
func LoadPrivateKey(path string) (*Signer, error) {
	if !Available {
		return nil, ErrUnavailable
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("openssl: private key: %w", err)
	}
	defer clear(text)
	signer, err := ParsePrivateKey(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return signer, nil
}

// ParsePrivateKey reads an RSA private key: PEM as the merchant platform gives it, or PKCS#8 in DER form.
func ParsePrivateKey(text []byte) (*Signer, error) {
	if !Available {
		return nil, ErrUnavailable
	}
	if !bytes.HasPrefix(text, []byte{0x30}) { // of an ASN.1 sequence; PEM begins with a dash, or with text before it
		key, err := wxpay.ParsePrivateKey(text)
		if err != nil {
			return nil, fmt.Errorf("openssl: %w", err)
		}
		return New(key)
	}
	key, err := x509.ParsePKCS8PrivateKey(text)
	if err != nil {
		return nil, fmt.Errorf("openssl: this is no private key in PKCS#8 form (DER): %w", err)
	}
	private, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("openssl: the private key is a %T; needed is an RSA key", key)
	}
	return New(private)
}

// New returns a signer with a copy of the key in the memory of libcrypto.
func New(key *rsa.PrivateKey) (*Signer, error) {
	if !Available {
		return nil, ErrUnavailable
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("openssl: private key: %w", err)
	}
	defer clear(der)
	return newSigner(der, &key.PublicKey)
}
