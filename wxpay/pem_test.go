package wxpay_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

func frame(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func TestParseKeys(t *testing.T) {
	pkcs8, pkcs1 := privatePEM("merchant_private_key"), privatePEM("merchant_private_key_pkcs1")
	for name, text := range map[string][]byte{
		"PKCS#8": pkcs8, "PKCS#1": pkcs1,
		"CRLF":                  bytes.ReplaceAll(pkcs8, []byte("\n"), []byte("\r\n")),
		"byte order mark":       append([]byte("\xef\xbb\xbf"), pkcs8...),
		"after the certificate": append(file("merchant_certificate.pem"), pkcs8...),
		"text around":           append([]byte("\n\n  subject=/CN=x\n"), append(pkcs8, "\n\n"...)...),
	} {
		key, err := wxpay.ParsePrivateKey(text)
		if err != nil || !key.Equal(merchantKey()) {
			t.Errorf("%s: %v", name, err)
		}
	}
	public := file("merchant_public_key.pem")
	for name, text := range map[string][]byte{
		"SPKI": public, "PKCS#1": frame("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&merchantKey().PublicKey)),
		"CRLF and byte order mark": append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(public, []byte("\n"), []byte("\r\n"))...),
	} {
		key, err := wxpay.ParsePublicKey(text)
		if err != nil || !key.Equal(merchantKey().Public()) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, want := range map[string]string{"merchant": serialNo, "platform_a": serialA, "platform_b": serialB} {
		if got := wxpay.CertificateSerial(certificate(name)); got != want {
			t.Errorf("%s: serial %s, want %s: 40 digits, leading zero kept", name, got, want)
		}
	}
}

func TestParseSaysWhatItSaw(t *testing.T) {
	ec := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	private, public, cert := privatePEM("merchant_private_key"), file("merchant_public_key.pem"), file("merchant_certificate.pem")
	ec8 := frame("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(ec)))
	ecPublic := frame("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(ec.Public())))
	der := loadKeys()["merchant_private_key"].DER
	short := must(rsa.GenerateKey(rand.Reader, 1024))
	// The beginning of a PKCS#12 file is enough: PFX ::= SEQUENCE { version INTEGER (3), authSafe … }.
	pkcs12 := []byte{0x30, 0x0b, 0x02, 0x01, 0x03, 0x30, 0x06, 0x04, 0x04, 0, 1, 2, 3}
	asPrivate := func(text []byte) error { _, err := wxpay.ParsePrivateKey(text); return err }
	asPublic := func(text []byte) error { _, err := wxpay.ParsePublicKey(text); return err }
	asCertificate := func(text []byte) error { _, err := wxpay.ParseCertificate(text); return err }
	for name, c := range map[string]struct {
		parse func([]byte) error
		text  []byte
		want  string
	}{
		"empty":                        {asPrivate, nil, "it is empty"},
		"only a byte order mark":       {asPrivate, []byte("\xef\xbb\xbf\r\n"), "it is empty"},
		"file name":                    {asPrivate, []byte("/etc/wxpay/apiclient_key.pem"), "file name"},
		"frame missing":                {asPrivate, []byte(base64.StdEncoding.EncodeToString(der)), "-----BEGIN " + "PRIVATE KEY-----"},
		"line breaks lost":             {asPrivate, bytes.ReplaceAll(private, []byte("\n"), nil), "line breaks"},
		"cut off":                      {asPrivate, private[:len(private)/2], "END line"},
		"DER":                          {asPrivate, der, "a private key in DER form; run openssl pkey"},
		"binary":                       {asPrivate, []byte{0, 1, 2}, "binary"},
		"PKCS#12":                      {asPrivate, pkcs12, "apiclient_key.pem that comes beside it, or run openssl pkcs12"},
		"PKCS#12 as public key":        {asPublic, pkcs12, "PKCS#12 file"},
		"certificate in DER":           {asCertificate, certificate("merchant").Raw, "openssl x509 -inform DER"},
		"PKCS#1 in DER":                {asPrivate, loadKeys()["merchant_private_key_pkcs1"].DER, "private key in DER form"},
		"other DER":                    {asPrivate, []byte{0x30, 0x03, 0x02, 0x01, 0x07}, "binary, DER or PKCS#12"},
		"escaped line breaks":          {asPrivate, bytes.ReplaceAll(private, []byte("\n"), []byte(`\n`)), `\n in place of line breaks`},
		"private key of 1024 bits":     {asPrivate, frame("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(short))), "1024 bits"},
		"public key of 1024 bits":      {asPublic, frame("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(short.Public()))), "1024 bits"},
		"encrypted PKCS#1":             {asPrivate, []byte("-----BEGIN " + "RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END " + "RSA PRIVATE KEY-----\n"), "is encrypted"},
		"EC key after its parameters":  {asPrivate, append(frame("EC PARAMETERS", []byte{1}), frame("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(ec)))...), "elliptic-curve"},
		"certificate as private key":   {asPrivate, cert, "holds a certificate"},
		"public as private key":        {asPrivate, public, "holds a public key"},
		"EC private key":               {asPrivate, ec8, "elliptic-curve"},
		"EC PRIVATE KEY":               {asPrivate, frame("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(ec))), "elliptic-curve"},
		"encrypted":                    {asPrivate, frame("ENCRYPTED PRIVATE KEY", []byte{1}), "openssl pkcs8"},
		"damaged PKCS#8":               {asPrivate, frame("PRIVATE KEY", der[:100]), "PRIVATE KEY holds no key"},
		"damaged PKCS#1":               {asPrivate, frame("RSA PRIVATE KEY", der[:100]), "RSA PRIVATE KEY holds no key"},
		"certificate as public key":    {asPublic, cert, "holds a certificate"},
		"private as public key":        {asPublic, private, "holds a private key"},
		"EC public key":                {asPublic, ecPublic, "elliptic-curve"},
		"damaged public key":           {asPublic, frame("PUBLIC KEY", []byte{1}), "PUBLIC KEY holds no key"},
		"public key as certificate":    {asCertificate, public, "holds a public key"},
		"damaged certificate":          {asCertificate, frame("CERTIFICATE", []byte{1}), "cannot be read"},
		"certificate request":          {asCertificate, frame("CERTIFICATE REQUEST", []byte{1}), `"CERTIFICATE REQUEST"`},
		"private key as a certificate": {asCertificate, private, "holds a private key"},
	} {
		err := c.parse(c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
			continue
		}
		if secret := base64.StdEncoding.EncodeToString(der)[100:140]; strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error quotes the key", name)
		}
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "apiclient_key.pem")
	if _, err := wxpay.LoadPrivateKey(path); err == nil || !os.IsNotExist(unwrap(err)) {
		t.Errorf("error is %v", err)
	}
	if err := os.WriteFile(path, privatePEM("merchant_private_key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if key, err := wxpay.LoadPrivateKey(path); err != nil || !key.Equal(merchantKey()) {
		t.Error(err)
	}
	if _, err := wxpay.LoadPublicKey(path); err == nil || !strings.Contains(err.Error(), "apiclient_key.pem: the file holds a private key") {
		t.Errorf("error is %v", err)
	}
	if _, err := wxpay.LoadCertificate(filepath.Join("testdata", "vectors", "merchant_certificate.pem")); err != nil {
		t.Error(err)
	}
}

func unwrap(err error) error {
	for {
		inner, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		if _, ok := err.(*os.PathError); ok {
			return err
		}
		err = inner.Unwrap()
	}
}

// The error of opening a file quotes its name, which must not be a key.
func TestLoadOfContent(t *testing.T) {
	private := string(privatePEM("merchant_private_key"))
	for name, content := range map[string]string{
		"PEM": private, "PEM on one line": strings.ReplaceAll(private, "\n", " "), "base64": base64.StdEncoding.EncodeToString(loadKeys()["merchant_private_key"].DER),
	} {
		_, err := wxpay.LoadPrivateKey(content)
		if err == nil || !strings.Contains(err.Error(), "content of a file") || len(err.Error()) > 200 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
