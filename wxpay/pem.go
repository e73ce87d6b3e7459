package wxpay

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// LoadPrivateKey reads the merchant's private key from a PEM file, usually apiclient_key.pem. See [ParsePrivateKey].
func LoadPrivateKey(path string) (*rsa.PrivateKey, error) { return load(path, ParsePrivateKey) }

// LoadPublicKey reads WeChat Pay's public key from a PEM file, usually pub_key.pem. See [ParsePublicKey].
func LoadPublicKey(path string) (*rsa.PublicKey, error) { return load(path, ParsePublicKey) }

// LoadCertificate reads a certificate from a PEM file. See [ParseCertificate].
func LoadCertificate(path string) (*x509.Certificate, error) { return load(path, ParseCertificate) }

// ParsePrivateKey reads an RSA private key in PEM form, PKCS#8 (PRIVATE KEY) or PKCS#1 (RSA PRIVATE KEY), of 2048 bits or
// more. Other blocks of the text, such as the certificate, are passed over. The error says what the text is, where it is
// something else, and quotes nothing of it.
func ParsePrivateKey(text []byte) (*rsa.PrivateKey, error) {
	key, err := parsePrivateKey(text)
	if err != nil {
		return nil, err
	}
	if err := checkBits(key.N.BitLen()); err != nil {
		return nil, err
	}
	return key, nil
}

func parsePrivateKey(text []byte) (*rsa.PrivateKey, error) {
	block, err := frame(text, "a private key", "PRIVATE KEY", "RSA PRIVATE KEY")
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

// ParsePublicKey reads an RSA public key in PEM form, SPKI (PUBLIC KEY) or PKCS#1 (RSA PUBLIC KEY), of 2048 bits or more. The
// error says what the text is, where it is something else.
func ParsePublicKey(text []byte) (*rsa.PublicKey, error) {
	block, err := frame(text, "a public key", "PUBLIC KEY", "RSA PUBLIC KEY")
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
	if err := checkBits(public.N.BitLen()); err != nil {
		return nil, err
	}
	return public, nil
}

func checkBits(bits int) error {
	if bits < rsaBits {
		return fmt.Errorf("the key is an RSA key of %d bits; those of WeChat Pay and its merchants have %d", bits, rsaBits)
	}
	return nil
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
	if len(path) > maxPath || strings.ContainsAny(path, "\r\n") || strings.Contains(path, "-----BEGIN") {
		// The error of os.Open would quote it, and with it the key.
		return none, errors.New("this is the content of a file, not its name: the Parse functions take it")
	}
	text, err := readFile(path)
	if err != nil {
		return none, fmt.Errorf("read a PEM file: %w", err)
	}
	value, err := parse(text)
	if err != nil {
		return none, fmt.Errorf("%s: %w", path, err)
	}
	return value, nil
}

const (
	maxPath = 1024    // bytes; longer than file names are, shorter than a key
	maxPEM  = 1 << 20 // bytes of a file
)

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxPEM))
}

// frame finds the PEM block of one of the kinds, or else returns the first block. Files come through editors and mail, so a
// byte order mark and CRLF are allowed; and openssl puts key and certificate into one file.
func frame(text []byte, what string, kinds ...string) (*pem.Block, error) {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	var first *pem.Block
	for rest := text; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if slices.Contains(kinds, block.Type) {
			return block, nil
		}
		if first == nil || first.Type == "EC PARAMETERS" { // which stands before the block that says more
			first = block
		}
	}
	if first != nil {
		return first, nil
	}
	return nil, fmt.Errorf("not %s in PEM form: %s", what, whatIs(text, kinds[0]))
}

// whatIs says what a text without a PEM block probably is. It never quotes the text, which may be a key.
func whatIs(text []byte, label string) string {
	switch {
	case len(text) == 0:
		return "it is empty"
	case bytes.Contains(text, []byte("-----BEGIN")) && bytes.Contains(text, []byte(`\n`)):
		return `it has \n in place of line breaks: put real ones, as an environment variable or JSON may have changed them`
	case bytes.Contains(text, []byte("-----BEGIN")):
		return "the frame is there, but the block is damaged: it needs its line breaks and its END line"
	case text[0] == 0x30 && !printable(text):
		return whatDERIs(text)
	case !printable(text):
		return "it is binary"
	case len(text) < 256 && (bytes.ContainsAny(text, `/\`) || bytes.HasSuffix(text, []byte(".pem"))):
		return "it looks like a file name; the Load functions take one"
	}
	return fmt.Sprintf("the frame is missing: put -----BEGIN %s----- and -----END %s----- on lines around it", label, label)
}

// whatDERIs tells what platform and browser hand out beside PEM files.
func whatDERIs(der []byte) string {
	var begin struct {
		Version int
		Rest    asn1.RawValue
	}
	_, notPFX := asn1.Unmarshal(der, &begin)
	switch {
	case notPFX == nil && begin.Version == 3:
		return "it is a PKCS#12 file, apiclient_cert.p12; use apiclient_key.pem that comes beside it, or run " +
			"openssl pkcs12 -in apiclient_cert.p12 -nodes -out apiclient.pem (the password is the merchant number)"
	case isDERCertificate(der):
		return "it is a certificate in DER form; run openssl x509 -inform DER -in FILE -out FILE.pem"
	case isDERKey(der):
		return "it is a private key in DER form; run openssl pkey -inform DER -in FILE -out FILE.pem"
	}
	return "it is binary, DER or PKCS#12 (.p12); use the .pem file that comes beside it"
}

func isDERCertificate(der []byte) bool {
	_, err := x509.ParseCertificate(der)
	return err == nil
}

func isDERKey(der []byte) bool {
	_, err8 := x509.ParsePKCS8PrivateKey(der)
	_, err1 := x509.ParsePKCS1PrivateKey(der)
	return err8 == nil || err1 == nil
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
