package wxpay

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
)

// LoadPrivateKey reads the merchant's private key from a PEM file, usually apiclient_key.pem. See [ParsePrivateKey].
func LoadPrivateKey(path string) (*rsa.PrivateKey, error) { return load(path, ParsePrivateKey) }

// LoadPublicKey reads WeChat Pay's public key from a PEM file, usually pub_key.pem. See [ParsePublicKey].
func LoadPublicKey(path string) (*rsa.PublicKey, error) { return load(path, ParsePublicKey) }

// LoadCertificate reads a certificate from a PEM file. See [ParseCertificate].
func LoadCertificate(path string) (*x509.Certificate, error) { return load(path, ParseCertificate) }

// ParsePrivateKey reads an RSA private key in PEM form, PKCS#8 (PRIVATE KEY) or PKCS#1 (RSA PRIVATE KEY). The error says
// what the text is, where it is something else.
func ParsePrivateKey(text []byte) (*rsa.PrivateKey, error) {
	block, err := frame(text, "a private key", "PRIVATE KEY")
	if err != nil {
		return nil, err
	}
	switch block.Type {
	case "PRIVATE KEY":
		key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("the PEM block PRIVATE KEY holds no key that can be read: %w", err)
		}
		return rsaPrivate(key)
	case "RSA PRIVATE KEY":
		if block.Headers["DEK-Info"] != "" {
			return nil, errEncryptedKey
		}
		key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("the PEM block RSA PRIVATE KEY holds no key that can be read: %w", err)
		}
		return key, nil
	}
	return nil, wrongBlock(block.Type, "the merchant's private key (apiclient_key.pem)")
}

// ParsePublicKey reads an RSA public key in PEM form, SPKI (PUBLIC KEY) or PKCS#1 (RSA PUBLIC KEY). The error says what the
// text is, where it is something else.
func ParsePublicKey(text []byte) (*rsa.PublicKey, error) {
	block, err := frame(text, "a public key", "PUBLIC KEY")
	if err != nil {
		return nil, err
	}
	var key any
	switch block.Type {
	case "PUBLIC KEY":
		key, err = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		key, err = x509.ParsePKCS1PublicKey(block.Bytes)
	default:
		return nil, wrongBlock(block.Type, "WeChat Pay's public key (pub_key.pem)")
	}
	if err != nil {
		return nil, fmt.Errorf("the PEM block %s holds no key that can be read: %w", block.Type, err)
	}
	public, ok := key.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("the key is %s; WeChat Pay's is an RSA key", algorithmOf(key))
	}
	return public, nil
}

// ParseCertificate reads the first certificate of a PEM text. The error says what the text is, where it is something else.
func ParseCertificate(text []byte) (*x509.Certificate, error) {
	block, err := frame(text, "a certificate", "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	if block.Type != "CERTIFICATE" {
		return nil, wrongBlock(block.Type, "a certificate")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the PEM block CERTIFICATE cannot be read: %w", err)
	}
	return certificate, nil
}

// CertificateSerial returns the serial number of a certificate as WeChat Pay writes it: 40 hexadecimal digits in capitals,
// leading zeros included.
func CertificateSerial(certificate *x509.Certificate) string {
	return fmt.Sprintf("%040X", certificate.SerialNumber)
}

var errEncryptedKey = errors.New("the private key is encrypted: decrypt it first, with openssl pkcs8 -in FILE -out apiclient_key.pem")

func load[T any](path string, parse func([]byte) (T, error)) (T, error) {
	var none T
	text, err := os.ReadFile(path)
	if err != nil {
		return none, fmt.Errorf("read a PEM file: %w", err)
	}
	value, err := parse(text)
	if err != nil {
		return none, fmt.Errorf("%s: %w", path, err)
	}
	return value, nil
}

// frame finds the PEM block. Files come through editors and mail, so a byte order mark and CRLF are allowed.
func frame(text []byte, what, label string) (*pem.Block, error) {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	if block, _ := pem.Decode(text); block != nil {
		return block, nil
	}
	return nil, fmt.Errorf("not %s in PEM form: %s", what, whatIs(text, label))
}

// whatIs says what a text without a PEM block probably is. It never quotes the text, which may be a key.
func whatIs(text []byte, label string) string {
	switch {
	case len(text) == 0:
		return "it is empty"
	case bytes.Contains(text, []byte("-----BEGIN")):
		return "the frame is there, but the block is damaged: it needs its line breaks and its END line"
	case text[0] == 0x30 && !printable(text):
		return "it is binary, DER or PKCS#12 (.p12); use the .pem file that comes beside it"
	case !printable(text):
		return "it is binary"
	case len(text) < 256 && (bytes.ContainsAny(text, `/\`) || bytes.HasSuffix(text, []byte(".pem"))):
		return "it looks like a file name; the Load functions take one"
	}
	return fmt.Sprintf("the frame is missing: put -----BEGIN %s----- and -----END %s----- on lines around it", label, label)
}

func printable(text []byte) bool {
	return !bytes.ContainsFunc(text, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\r\n\t", r) || r == '\uFFFD' })
}

func wrongBlock(kind, want string) error {
	switch {
	case kind == "ENCRYPTED PRIVATE KEY":
		return errEncryptedKey
	case kind == "EC PRIVATE KEY":
		return fmt.Errorf("the file holds an elliptic-curve private key; needed is %s, an RSA key", want)
	case strings.Contains(kind, "PRIVATE KEY"):
		return fmt.Errorf("the file holds a private key (%s); needed is %s", kind, want)
	case kind == "CERTIFICATE":
		return fmt.Errorf("the file holds a certificate; needed is %s", want)
	case strings.Contains(kind, "PUBLIC KEY"):
		return fmt.Errorf("the file holds a public key; needed is %s", want)
	}
	return fmt.Errorf("the file holds a PEM block of type %q; needed is %s", cut(kind, 64), want)
}

func rsaPrivate(key any) (*rsa.PrivateKey, error) {
	private, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("the key is %s; a merchant's API key is an RSA key", algorithmOf(key))
	}
	return private, nil
}

func algorithmOf(key any) string {
	switch key.(type) {
	case *ecdsa.PrivateKey, *ecdsa.PublicKey:
		return "an elliptic-curve (ECDSA) key"
	case ed25519.PrivateKey, ed25519.PublicKey:
		return "an Ed25519 key"
	case *rsa.PrivateKey, *rsa.PublicKey:
		return "an RSA key"
	}
	return fmt.Sprintf("of type %T", crypto.PublicKey(key))
}
