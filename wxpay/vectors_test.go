package wxpay_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// The identity of the vectors. Nothing of it was ever used with WeChat Pay.
const (
	mchID       = "1900000001"
	serialNo    = "3775B6A45ACD588826D15E583A95F5DD00112233"
	apiV3Key    = "wxgen0test0apiv3key0do0not0use00"
	publicKeyID = "PUB_KEY_ID_0119000000012026010100000000000000"
	serialA     = "0157F09EFDC096DE15EBE81A47057A7232F1B8E1"
	serialB     = "50062CE505775F070CAB06E697F1BBD1AD4F4D87"
)

// now is the instant at which every vector is read.
var now = time.Unix(1767225600, 0)

// vectors are the cases of testdata/vectors, made with the official SDK.
type vectors struct {
	Sign             []signCase   `json:"sign"`
	CapturedRequests []signCase   `json:"captured_requests"`
	VerifyResponse   []verifyCase `json:"verify_response"`
	Notify           []verifyCase `json:"notify"`
	AESGCM           []aesCase    `json:"aes_gcm"`
	APIErrors        []errorCase  `json:"api_errors"`

	Certificates []certificateCase `json:"certificates"`
	OAEP         []oaepCase        `json:"oaep"`
	PaySign      []paySignCase     `json:"pay_sign"`
}

type verdict struct {
	Name   string   `json:"name"`
	Want   string   `json:"want"`
	Accept []string `json:"accept"`
}

func (v verdict) allows(got string) bool { return got == v.Want || slices.Contains(v.Accept, got) }

type signCase struct {
	Name          string            `json:"name"`
	Method        string            `json:"method"`
	RequestURI    string            `json:"request_uri"`
	Timestamp     json.RawMessage   `json:"timestamp"` // a number or a text
	Nonce         string            `json:"nonce_str"`
	SignedBody    string            `json:"signed_body"`
	Message       string            `json:"message"`
	Signature     string            `json:"signature"`
	Authorization string            `json:"authorization"`
	Scheme        string            `json:"scheme"`
	BrandID       string            `json:"brand_id"`
	Headers       map[string]string `json:"headers"`
}

func (c signCase) time(t *testing.T) time.Time {
	seconds, err := strconv.ParseInt(strings.Trim(string(c.Timestamp), `"`), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return time.Unix(seconds, 0)
}

type verifyCase struct {
	verdict
	Keys       string            `json:"keys"`
	Status     int               `json:"status"`
	Headers    map[string]string `json:"headers"`
	Body       string            `json:"body"`
	BodyBase64 []byte            `json:"body_base64"`
	Plaintext  string            `json:"plaintext"`
}

func (c verifyCase) header() http.Header { return headerOf(c.Headers) }

func (c verifyCase) body() []byte {
	if c.BodyBase64 != nil {
		return c.BodyBase64
	}
	return []byte(c.Body)
}

type aesCase struct {
	verdict
	Key            string `json:"key"`
	Nonce          string `json:"nonce"`
	AssociatedData string `json:"associated_data"`
	Ciphertext     string `json:"ciphertext"`
	Plaintext      string `json:"plaintext"`
}

type certificateCase struct {
	verifyCase
	OfficialGot struct {
		Newest string `json:"newest"`
	} `json:"official_got"`
}

type oaepCase struct {
	verdict
	Key        string `json:"key"`
	Serial     string `json:"Wechatpay-Serial"`
	Ciphertext string `json:"ciphertext"`
	Plaintext  string `json:"plaintext"`
}

type paySignCase struct {
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	AppID      string            `json:"appid"`
	FourthLine string            `json:"fourth_line"`
	Nonce      string            `json:"nonce_str"`
	Timestamp  string            `json:"timestamp"`
	Sign       string            `json:"sign"`
	Fields     map[string]string `json:"fields"`
}

type errorCase struct {
	Name        string `json:"name"`
	Status      int    `json:"status"`
	Body        string `json:"body"`
	ContentType string `json:"content_type"`
	OfficialGot *struct {
		Code    string          `json:"code"`
		Message string          `json:"message"`
		Detail  json.RawMessage `json:"detail"`
	} `json:"official_got"`
}

var loadVectors = sync.OnceValue(func() vectors {
	var v vectors
	if err := json.Unmarshal(file("vectors.json"), &v); err != nil {
		panic(err)
	}
	return v
})

func file(name string) []byte {
	data, err := os.ReadFile(filepath.Join("testdata", "vectors", name))
	if err != nil {
		panic(err)
	}
	return data
}

type storedKey struct {
	Type string `json:"pem_type"`
	DER  []byte `json:"der_base64"`
}

var loadKeys = sync.OnceValue(func() map[string]storedKey {
	var keys map[string]storedKey
	if err := json.Unmarshal(file("private_keys.json"), &keys); err != nil {
		panic(err)
	}
	return keys
})

// privatePEM frames a key of private_keys.json; the files hold no PEM because secret scanners stop at it.
func privatePEM(name string) []byte {
	key := loadKeys()[name]
	return pem.EncodeToMemory(&pem.Block{Type: key.Type, Bytes: key.DER})
}

func privateKey(name string) *rsa.PrivateKey { return must(wxpay.ParsePrivateKey(privatePEM(name))) }

var (
	merchantKey  = sync.OnceValue(func() *rsa.PrivateKey { return privateKey("merchant_private_key") })
	wechatpayKey = sync.OnceValue(func() *rsa.PrivateKey { return privateKey("wechatpay_private_key") })
)

func publicKey() wxpay.KeySource {
	return wxpay.PublicKey(publicKeyID, must(wxpay.ParsePublicKey(file("wechatpay_public_key.pem"))))
}

func certificate(name string) *x509.Certificate {
	return must(wxpay.ParseCertificate(file(name + "_certificate.pem")))
}

func certificates() wxpay.KeySource {
	return wxpay.PlatformCertificates(certificate("platform_a"), certificate("platform_b"))
}

func keySource(kind string) wxpay.KeySource {
	switch kind {
	case "public_key":
		return publicKey()
	case "certificates":
		return certificates()
	case "combined":
		return wxpay.CombineKeys(publicKey(), certificates())
	}
	panic("unknown kind of keys: " + kind)
}

func config() wxpay.Config {
	return wxpay.Config{
		MchID:      mchID,
		SerialNo:   serialNo,
		Signer:     merchantKey(),
		APIv3Key:   apiV3Key,
		PublicKeys: publicKey(),
		Now:        func() time.Time { return now },
		Retry:      wxpay.RetryPolicy{MaxTries: 1}, // tests of retries turn them on
	}
}

// newClient makes a client of the vectors' merchant; change may be nil.
func newClient(t testing.TB, change func(*wxpay.Config)) *wxpay.Client {
	t.Helper()
	c := config()
	if change != nil {
		change(&c)
	}
	client, err := wxpay.NewClient(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

// roundTrip is a transport that needs no network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// through lets a configuration use a transport.
func through(f roundTrip) func(*wxpay.Config) {
	return func(c *wxpay.Config) { c.HTTPClient = &http.Client{Transport: f} }
}

func response(status int, header http.Header, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status, Header: header, ContentLength: int64(len(body)),
		Body: io.NopCloser(strings.NewReader(string(body))),
	}
}

// answering returns a transport that answers every request with one body, rightly signed.
func answering(status int, body string) roundTrip {
	return func(*http.Request) (*http.Response, error) {
		return response(status, signedHeader([]byte(body)), []byte(body)), nil
	}
}

// signedHeader signs a body as WeChat Pay does in public-key mode.
func signedHeader(body []byte) http.Header {
	timestamp, nonce := strconv.FormatInt(now.Unix(), 10), "c5ac7061fccab6bf3e254dcf98995b8c"
	return http.Header{
		"Content-Type":        {"application/json; charset=utf-8"},
		"Request-Id":          {"08F78BB5AF0610D302189F9BB36720A3C0152800-0"},
		"Wechatpay-Timestamp": {timestamp},
		"Wechatpay-Nonce":     {nonce},
		"Wechatpay-Serial":    {publicKeyID},
		"Wechatpay-Signature": {signature(wechatpayKey(), timestamp, nonce, body)},
	}
}

func signature(key *rsa.PrivateKey, timestamp, nonce string, body []byte) string {
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n", timestamp, nonce, body))
	return base64.StdEncoding.EncodeToString(must(rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest[:])))
}

func headerOf(pairs map[string]string) http.Header {
	header := make(http.Header)
	for name, value := range pairs {
		header[http.CanonicalHeaderKey(name)] = []string{value}
	}
	return header
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
