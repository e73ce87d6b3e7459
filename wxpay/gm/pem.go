package gm

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

const maxPEM = 1 << 20 // bytes of a file

// LoadPrivateKey reads the merchant's private key from a PEM file. See [ParsePrivateKey].
func LoadPrivateKey(path string) (*sm2.PrivateKey, error) { return load(path, ParsePrivateKey) }

// LoadPublicKey reads WeChat Pay's public key from a PEM file. See [ParsePublicKey].
func LoadPublicKey(path string) (*ecdsa.PublicKey, error) { return load(path, ParsePublicKey) }

// LoadCertificate reads a certificate from a PEM file. See [ParseCertificate].
func LoadCertificate(path string) (*x509.Certificate, error) { return load(path, ParseCertificate) }

// ParsePrivateKey reads an SM2 private key in PEM form, PKCS#8 (PRIVATE KEY) or SEC 1 (EC PRIVATE KEY). The error says what
// the text is, where it is something else, and quotes nothing of it.
func ParsePrivateKey(text []byte) (*sm2.PrivateKey, error) {
	block, err := frame(text, "a private key", "PRIVATE KEY", "EC PRIVATE KEY")
	if err != nil {
		return nil, err
	}
	if block.Type == "EC PRIVATE KEY" {
		key, err := smx509.ParseSM2PrivateKey(block.Bytes)
		if err != nil {
			return nil, errors.New("the PEM block EC PRIVATE KEY holds no SM2 key that can be read")
		}
		return key, nil
	}
	key, err := smx509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("the PEM block PRIVATE KEY holds no key that can be read")
	}
	private, ok := key.(*sm2.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("the key is a %T; needed is an SM2 key", key)
	}
	return private, nil
}

// ParsePublicKey reads an SM2 public key in PEM form, SPKI (PUBLIC KEY), for wxpay.PublicKey.
func ParsePublicKey(text []byte) (*ecdsa.PublicKey, error) {
	block, err := frame(text, "a public key", "PUBLIC KEY")
	if err != nil {
		return nil, err
	}
	key, err := smx509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the PEM block PUBLIC KEY holds no key that can be read: %w", err)
	}
	public, err := publicKey(key)
	if err != nil {
		return nil, fmt.Errorf("the key is %w", err)
	}
	return public, nil
}

// ParseCertificate reads the first certificate of a PEM text, which has to be one of an SM2 key. It is made for wxpay.Config
// and wxpay.PlatformCertificates, and has names, dates, serial number and key. What crypto/x509 knows nothing of stays empty,
// and so its methods verify nothing.
func ParseCertificate(text []byte) (*x509.Certificate, error) {
	block, err := frame(text, "a certificate", "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	c, err := smx509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the PEM block CERTIFICATE cannot be read: %w", err)
	}
	public, err := publicKey(c.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("the key of the certificate is %w", err)
	}
	return &x509.Certificate{
		Raw: c.Raw, RawTBSCertificate: c.RawTBSCertificate, RawSubjectPublicKeyInfo: c.RawSubjectPublicKeyInfo,
		RawSubject: c.RawSubject, RawIssuer: c.RawIssuer, Signature: c.Signature,
		PublicKeyAlgorithm: x509.ECDSA, PublicKey: public,
		Version: c.Version, SerialNumber: c.SerialNumber, Issuer: c.Issuer, Subject: c.Subject,
		NotBefore: c.NotBefore, NotAfter: c.NotAfter,
	}, nil
}

// frame finds the PEM block of one of the kinds. Files come through editors and mail, so a byte order mark is allowed.
func frame(text []byte, what string, kinds ...string) (*pem.Block, error) {
	var seen []string
	for rest := bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		for _, kind := range kinds {
			if block.Type == kind {
				return block, nil
			}
		}
		seen = append(seen, fmt.Sprintf("%.64q", block.Type))
		if len(seen) == 4 { // enough to see the mistake
			break
		}
	}
	if len(seen) == 0 {
		return nil, fmt.Errorf("this is not %s in PEM form: no block with -----BEGIN %s----- and its END line", what, kinds[0])
	}
	return nil, fmt.Errorf("this is not %s: its PEM blocks are %s", what, strings.Join(seen, ", "))
}

func load[T any](path string, parse func([]byte) (T, error)) (T, error) {
	var none T
	file, err := os.Open(path)
	if err != nil {
		return none, fmt.Errorf("gm: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxPEM))
	if err != nil {
		return none, fmt.Errorf("gm: %w", err)
	}
	value, err := parse(text)
	if err != nil {
		return none, fmt.Errorf("gm: %s: %w", path, err)
	}
	return value, nil
}
