package wxpay_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// issued is a platform certificate with its private key.
type issued struct {
	serial string
	pem    []byte
	key    *rsa.PrivateKey
}

var (
	certificateA = sync.OnceValue(func() issued { return vectorCertificate(serialA, "platform_a") })
	certificateB = sync.OnceValue(func() issued { return vectorCertificate(serialB, "platform_b") })
)

func vectorCertificate(serial, name string) issued {
	return issued{serial, file(name + "_certificate.pem"), privateKey(name + "_private_key")}
}

// issue makes a certificate that no vector has.
func issue(number int64, signer any, public any, from, to time.Time) []byte {
	template := &x509.Certificate{SerialNumber: big.NewInt(number), Subject: pkix.Name{CommonName: "test"}, NotBefore: from, NotAfter: to}
	return frame("CERTIFICATE", must(x509.CreateCertificate(rand.Reader, template, template, public, signer)))
}

// sealedContent is content sealed under the APIv3 key, as JSON.
func sealedContent(key, nonce string, plaintext []byte) map[string]string {
	block := must(aes.NewCipher([]byte(key)))
	aead := must(cipher.NewGCM(block))
	return map[string]string{
		"algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": "certificate",
		"ciphertext": base64.StdEncoding.EncodeToString(aead.Seal(nil, []byte(nonce), plaintext, []byte("certificate"))),
	}
}

func certificateList(list ...issued) []byte {
	type entry struct {
		SerialNo    string            `json:"serial_no"`
		Certificate map[string]string `json:"encrypt_certificate"`
	}
	data := make([]entry, len(list))
	for i, c := range list {
		data[i] = entry{c.serial, sealedContent(apiV3Key, "61f9c719728a", c.pem)}
	}
	return must(json.Marshal(map[string]any{"data": data}))
}

// signedBy signs a body with a certificate at an instant.
func signedBy(c issued, at time.Time, body []byte) http.Header {
	timestamp, nonce := strconv.FormatInt(at.Unix(), 10), "c5ac7061fccab6bf3e254dcf98995b8c"
	return http.Header{
		"Request-Id":          {"08F78BB5AF0610D302189F9BB36720A3C0152800-0"},
		"Wechatpay-Timestamp": {timestamp},
		"Wechatpay-Nonce":     {nonce},
		"Wechatpay-Serial":    {c.serial},
		"Wechatpay-Signature": {signature(c.key, timestamp, nonce, body)},
	}
}

// platform is WeChat Pay with certificates, as a transport, and a clock that the test moves.
type platform struct {
	mu        sync.Mutex
	now       time.Time
	list      []issued // of /v3/certificates, signed by the first
	signs     issued   // signs all other answers
	down      bool
	downloads int
	calls     int
	serials   []string // Wechatpay-Serial of all other requests
	body      string   // of all other answers
}

func newPlatform(list ...issued) *platform {
	return &platform{now: now, list: list, signs: list[0], body: "{}"}
}

func (p *platform) configure(keys wxpay.KeySource) func(*wxpay.Config) {
	return func(c *wxpay.Config) {
		c.PublicKeys, c.Now, c.HTTPClient = keys, p.clock, &http.Client{Transport: p}
	}
}

func (p *platform) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *platform) change(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

func (p *platform) counted() (downloads int) {
	p.change(func() { downloads = p.downloads })
	return downloads
}

func (p *platform) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	body, signer := []byte(p.body), p.signs
	if r.URL.Path == "/v3/certificates" {
		p.downloads++
		if p.down {
			return nil, errors.New("the platform is down")
		}
		body, signer = certificateList(p.list...), p.list[0]
	} else {
		p.calls++
		p.serials = append(p.serials, r.Header.Get("Wechatpay-Serial"))
	}
	return response(200, signedBy(signer, p.now, body), body), nil
}

func call(t *testing.T, client *wxpay.Client) error {
	t.Helper()
	return client.Do(t.Context(), &wxpay.Operation{Name: "test.Get", Method: "GET", Path: "/v3/x"}, nil, nil)
}
