package gm_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gm"
)

var prepay = &wxpay.Operation{Name: "native.Prepay", Method: "POST", Path: "/v3/pay/transactions/native"}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response(status int, header http.Header, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: header, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}
}

func answering(header http.Header, body string) func(*wxpay.Config) {
	return through(func(*http.Request) (*http.Response, error) { return response(200, header, body), nil })
}

func through(f roundTrip) func(*wxpay.Config) {
	return func(c *wxpay.Config) { c.HTTPClient = &http.Client{Transport: f} }
}

// signedHeader signs a body as WeChat Pay does for an SM2 merchant.
func signedHeader(body string) http.Header {
	timestamp := strconv.FormatInt(now.Unix(), 10)
	signature := must(gm.Scheme().Sign(context.Background(), platformKey(), fmt.Appendf(nil, "%s\nnonce\n%s\n", timestamp, body)))
	return http.Header{
		"Wechatpay-Timestamp": {timestamp}, "Wechatpay-Nonce": {"nonce"}, "Wechatpay-Serial": {platformSerial},
		"Wechatpay-Signature":      {base64.StdEncoding.EncodeToString(signature)},
		"Wechatpay-Signature-Type": {"WECHATPAY2-SM2-WITH-SM3"},
	}
}

type transfer struct {
	UserName string `json:"user_name" wx:"sensitive"`
}

// A whole call: signed by SM2, a field encrypted to WeChat Pay's certificate, and one of the answer decrypted.
func TestCall(t *testing.T) {
	var request *http.Request
	var sent []byte
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		request, sent = r, must(io.ReadAll(r.Body))
		sealed := must(gm.Scheme().Encrypt(merchantKey().Public(), []byte("李四")))
		body := string(must(json.Marshal(map[string][]byte{"user_name": sealed})))
		return response(200, signedHeader(body), body), nil
	}))
	var got transfer
	if err := client.Do(t.Context(), prepay, &transfer{UserName: "张三"}, &got); err != nil || got.UserName != "李四" {
		t.Fatalf("%+v, %v", got, err)
	}
	if request.Header.Get("Wechatpay-Serial") != platformSerial {
		t.Errorf("the key is named %q", request.Header.Get("Wechatpay-Serial"))
	}
	var sealed map[string][]byte
	if err := json.Unmarshal(sent, &sealed); err != nil {
		t.Fatal(err)
	}
	if name, err := gm.Scheme().Decrypt(t.Context(), platformKey(), sealed["user_name"]); err != nil || string(name) != "张三" {
		t.Errorf("sent: %q, %v", name, err)
	}
	checkAuthorization(t, request, sent)
}

func checkAuthorization(t *testing.T, request *http.Request, body []byte) {
	t.Helper()
	text, ok := strings.CutPrefix(request.Header.Get("Authorization"), `WECHATPAY2-SM2-WITH-SM3 mchid="1900000001",`)
	fields := make(map[string]string)
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(part, "=")
		fields[name] = strings.Trim(value, `"`)
	}
	message := fmt.Appendf(nil, "POST\n%s\n%s\n%s\n%s\n", request.URL.RequestURI(), fields["timestamp"], fields["nonce_str"], body)
	signature := must(base64.StdEncoding.DecodeString(fields["signature"]))
	if !ok || fields["serial_no"] != merchantSerial || !gm.Scheme().Verifier("WECHATPAY2-SM2-WITH-SM3")(merchantKey().Public(), message, signature) {
		t.Errorf("Authorization is %s", request.Header.Get("Authorization"))
	}
}

// Answers that name no algorithm, or RSA, are not those of an SM2 merchant.
func TestOtherAlgorithmsAreRefused(t *testing.T) {
	for _, kind := range []string{"", "WECHATPAY2-SHA256-RSA2048", "WECHATPAY2-SM2-WITH-SM3 "} {
		header := signedHeader(`{}`)
		header.Set("Wechatpay-Signature-Type", kind)
		err := newClient(t, answering(header, `{}`)).Do(t.Context(), prepay, nil, nil)
		if !errors.Is(err, wxpay.ErrUnknownAlgorithm) || !errors.Is(err, wxpay.ErrOutcomeUnknown) {
			t.Errorf("%q: %v", kind, err)
		}
	}
}

// Certificates are asked for by type, opened by SM4, and prove the answer that brought them.
func TestDownloadedCertificates(t *testing.T) {
	var asked string
	client := newClient(t, func(c *wxpay.Config) {
		c.PublicKeys = new(wxpay.DownloadedCertificates)
		through(func(r *http.Request) (*http.Response, error) {
			if !strings.HasPrefix(r.URL.Path, "/v3/certificates") {
				return response(200, signedHeader(`{}`), `{}`), nil
			}
			asked = r.URL.RawQuery
			body := certificatesAnswer()
			return response(200, signedHeader(body), body), nil
		})(c)
	})
	if err := client.Do(t.Context(), prepay, nil, nil); err != nil || asked != "algorithm_type=SM2" {
		t.Errorf("asked for %q: %v", asked, err)
	}
}

func certificatesAnswer() string {
	aead := must(gm.Scheme().AEAD("AEAD_SM4_GCM", []byte(loadVectors().Own.APIv3Key)))
	sealed := aead.Seal(nil, []byte("0123456789ab"), file("sm2_wechatpay_certificate.pem"), []byte("certificate"))
	return string(must(json.Marshal(map[string]any{"data": []any{map[string]any{
		"serial_no": platformSerial, "effective_time": "2025-01-01T00:00:00+08:00", "expire_time": "2035-01-01T00:00:00+08:00",
		"encrypt_certificate": map[string]any{
			"algorithm": "AEAD_SM4_GCM", "nonce": "0123456789ab", "associated_data": "certificate", "ciphertext": sealed,
		},
	}}})))
}

// hsm is a signer and decrypter that is no *sm2.PrivateKey.
type hsm struct {
	key  *sm2.PrivateKey
	sign func(digest []byte) ([]byte, error)
	err  error
}

func (h *hsm) Public() crypto.PublicKey { return h.key.Public() }

func (h *hsm) Sign(random io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if h.sign != nil {
		return h.sign(digest)
	}
	return h.key.Sign(random, digest, opts)
}

func (h *hsm) Decrypt(random io.Reader, ciphertext []byte, opts crypto.DecrypterOpts) ([]byte, error) {
	if h.err != nil {
		return nil, h.err
	}
	return h.key.Decrypt(random, ciphertext, opts)
}

// contextHSM takes the context, too.
type contextHSM struct{ hsm }

func (h *contextHSM) SignContext(ctx context.Context, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return h.Sign(rand.Reader, digest, opts)
}

func (h *contextHSM) DecryptContext(ctx context.Context, ciphertext []byte, opts crypto.DecrypterOpts) ([]byte, error) {
	if ctx.Err() != nil {
		return nil, errors.New("gone")
	}
	return h.Decrypt(rand.Reader, ciphertext, opts)
}

func TestForeignSigners(t *testing.T) {
	key, message := merchantKey(), []byte("message")
	verify := gm.Scheme().Verifier("WECHATPAY2-SM2-WITH-SM3")
	for name, c := range map[string]struct {
		signer crypto.Signer
		want   string
	}{
		"HSM":              {&hsm{key: key}, ""},
		"HSM with context": {&contextHSM{hsm{key: key}}, ""},
		"fails":            {&hsm{key: key, sign: func([]byte) ([]byte, error) { return nil, errors.New("PIN locked") }}, "PIN locked"},
		"raw form":         {&hsm{key: key, sign: func([]byte) ([]byte, error) { return make([]byte, 64), nil }}, "ASN.1 DER"},
		"hashes itself":    {&hsm{key: key, sign: func(d []byte) ([]byte, error) { return key.SignWithSM2(rand.Reader, nil, d) }}, "ASN.1 DER"},
		"RSA":              {must(rsa.GenerateKey(rand.Reader, 2048)), "needed is an SM2 key"},
	} {
		signature, err := gm.Scheme().Sign(t.Context(), c.signer, message)
		if c.want == "" && (err != nil || !verify(key.Public(), message, signature)) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestForeignDecrypters(t *testing.T) {
	sealed := must(gm.Scheme().Encrypt(merchantKey().Public(), []byte("张三")))
	for _, decrypter := range []crypto.Decrypter{&hsm{key: merchantKey()}, &contextHSM{hsm{key: merchantKey()}}} {
		if got, err := gm.Scheme().Decrypt(t.Context(), decrypter, sealed); err != nil || string(got) != "张三" {
			t.Errorf("%T: %q, %v", decrypter, got, err)
		}
	}
	locked := errors.New("PIN locked")
	if _, err := gm.Scheme().Decrypt(t.Context(), &hsm{key: merchantKey(), err: locked}, sealed); !errors.Is(err, locked) {
		t.Errorf("error is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := gm.Scheme().Decrypt(ctx, &contextHSM{hsm{key: merchantKey()}}, sealed); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	for _, bad := range [][]byte{nil, {0x30}, sealed[:40], bytes.Repeat([]byte{0xff}, 200)} {
		if _, err := gm.Scheme().Decrypt(t.Context(), merchantKey(), bad); err == nil || strings.Contains(err.Error(), "short") {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
}

// Keys of other kinds are refused without a panic, wherever they come in.
func TestKeysOfOtherKinds(t *testing.T) {
	for _, key := range []crypto.PublicKey{nil, "text", (*ecdsa.PublicKey)(nil), new(ecdsa.PublicKey), &must(rsa.GenerateKey(rand.Reader, 2048)).PublicKey,
		&must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)).PublicKey} {
		if err := gm.Scheme().CheckKey(key); err == nil || !strings.Contains(err.Error(), "needed is an SM2 key") {
			t.Errorf("%T: %v", key, err)
		}
		if gm.Scheme().Verifier("WECHATPAY2-SM2-WITH-SM3")(key, nil, nil) {
			t.Errorf("%T verifies", key)
		}
		if _, err := gm.Scheme().Encrypt(key, []byte("x")); err == nil {
			t.Errorf("%T encrypts", key)
		}
	}
}

func TestConfigurationErrors(t *testing.T) {
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	for name, c := range map[string]struct {
		change func(*wxpay.Config)
		want   string
	}{
		"RSA signer":        {func(c *wxpay.Config) { c.Signer = rsaKey }, "needed is an SM2 key"},
		"nil signer":        {func(c *wxpay.Config) { c.Signer = (*sm2.PrivateKey)(nil) }, "Signer is a nil *sm2.PrivateKey"},
		"nil decrypter":     {func(c *wxpay.Config) { c.Decrypter = (*sm2.PrivateKey)(nil) }, "Decrypter is a nil *sm2.PrivateKey"},
		"RSA key":           {func(c *wxpay.Config) { c.PublicKeys = wxpay.PublicKey("PUB_KEY_ID_01", &rsaKey.PublicKey) }, "needed is an SM2 key"},
		"other certificate": {func(c *wxpay.Config) { c.Signer = platformKey() }, "does not belong to Signer's key"},
		"SM2 without":       {func(c *wxpay.Config) { c.Scheme = nil }, "RSA"},
	} {
		bad := config()
		c.change(&bad)
		if _, err := wxpay.NewClient(bad); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPEM(t *testing.T) {
	private := privatePEM("sm2_merchant_private_key")
	certificate := file("sm2_merchant_certificate.pem")
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: must(smx509.MarshalPKIXPublicKey(merchantKey().Public()))})
	sec1 := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: must(smx509.MarshalSM2PrivateKey(merchantKey()))})
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	rsaPrivate := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: must(x509.MarshalPKCS8PrivateKey(rsaKey))})
	rsaPublic := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: must(x509.MarshalPKIXPublicKey(&rsaKey.PublicKey))})
	damaged := func(kind string) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: []byte("x")}) }
	parsePrivate := func(text []byte) error { _, err := gm.ParsePrivateKey(text); return err }
	parsePublic := func(text []byte) error { _, err := gm.ParsePublicKey(text); return err }
	parseCertificate := func(text []byte) error { _, err := gm.ParseCertificate(text); return err }
	for name, c := range map[string]struct {
		parse func([]byte) error
		text  []byte
		want  string
	}{
		"private":                 {parsePrivate, private, ""},
		"private, BOM and CRLF":   {parsePrivate, append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(private, []byte("\n"), []byte("\r\n"))...), ""},
		"private, SEC 1":          {parsePrivate, sec1, ""},
		"private after other":     {parsePrivate, append(append([]byte{}, certificate...), private...), ""},
		"public":                  {parsePublic, public, ""},
		"certificate":             {parseCertificate, certificate, ""},
		"nothing":                 {parsePrivate, nil, "no block"},
		"no frame":                {parsePrivate, []byte("MIGHAgEAMBMGByqGSM49"), "no block"},
		"certificate for key":     {parsePrivate, certificate, `"CERTIFICATE"`},
		"key for certificate":     {parseCertificate, private, `"PRIVATE KEY"`},
		"many blocks":             {parsePublic, bytes.Repeat(certificate, 9), `"CERTIFICATE"`},
		"private of RSA":          {parsePrivate, rsaPrivate, "needed is an SM2 key"},
		"public of RSA":           {parsePublic, rsaPublic, "needed is an SM2 key"},
		"certificate of RSA":      {parseCertificate, must(os.ReadFile("../testdata/vectors/platform_a_certificate.pem")), "needed is an SM2 key"},
		"private damaged":         {parsePrivate, damaged("PRIVATE KEY"), "no key that can be read"},
		"private SEC 1 damaged":   {parsePrivate, damaged("EC PRIVATE KEY"), "no SM2 key"},
		"public damaged":          {parsePublic, damaged("PUBLIC KEY"), "no key that can be read"},
		"certificate damaged":     {parseCertificate, damaged("CERTIFICATE"), "cannot be read"},
		"block of a strange name": {parsePublic, damaged(strings.Repeat("A", 1000)), "AAAA"},
	} {
		err := c.parse(c.text)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) || err != nil && len(err.Error()) > 300 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "apiclient_key.pem")
	if err := os.WriteFile(path, privatePEM("sm2_merchant_private_key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if key, err := gm.LoadPrivateKey(path); err != nil || !key.Equal(merchantKey()) {
		t.Error(err)
	}
	if _, err := gm.LoadCertificate("testdata/sm2_merchant_certificate.pem"); err != nil {
		t.Error(err)
	}
	if _, err := gm.LoadPublicKey(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Error(err)
	}
	if _, err := gm.LoadPublicKey(path + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// FuzzScheme: what comes from outside never panics, and nothing that was not signed verifies.
func FuzzScheme(f *testing.F) {
	v := loadVectors()
	f.Add(v.Official.Signature[0].Signature)
	f.Add(v.Own.Sensitive[0].Ciphertext)
	f.Add(file("sm2_wechatpay_certificate.pem"))
	f.Add(privatePEM("sm2_merchant_private_key"))
	key := merchantKey()
	verify := gm.Scheme().Verifier("WECHATPAY2-SM2-WITH-SM3")
	f.Fuzz(func(t *testing.T, data []byte) {
		if verify(key.Public(), []byte("a message that nobody signed"), data) {
			t.Errorf("verified: %x", data)
		}
		_, _ = gm.Scheme().Decrypt(t.Context(), key, data)
		_, _ = gm.Scheme().ParseCertificate(data)
		_, _ = gm.ParsePrivateKey(data)
		_, _ = gm.ParsePublicKey(data)
	})
}

func BenchmarkSign(b *testing.B) {
	key := merchantKey()
	for b.Loop() {
		must(gm.Scheme().Sign(context.Background(), key, []byte("message")))
	}
}
