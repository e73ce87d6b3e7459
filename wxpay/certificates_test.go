package wxpay_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestCertificateVectors(t *testing.T) {
	cases := loadVectors().Certificates
	if len(cases) != 10 {
		t.Fatalf("%d cases, expected 10", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			source := new(wxpay.DownloadedCertificates)
			newClient(t, func(config *wxpay.Config) {
				config.PublicKeys = source
				through(func(*http.Request) (*http.Response, error) {
					header := c.header()
					if header.Get("Wechatpay-Signature") == "" {
						header.Del("Wechatpay-Signature")
					}
					return response(c.Status, header, c.body()), nil
				})(config)
			})
			err := source.Refresh(t.Context())
			if c.Want == "api_error" {
				if _, ok := errors.AsType[*wxpay.APIError](err); !ok || !strings.Contains(err.Error(), "wxpay.PublicKey(id, key)") {
					t.Fatalf("error is %v; it should say that public-key mode is needed", err)
				}
				return
			}
			if got := classOf(err); got != c.Want {
				t.Fatalf("got %s (%v), want %s", got, err, c.Want)
			}
			if err != nil {
				if key, err := source.Preferred(t.Context(), now); err == nil {
					t.Errorf("after the failure there is a key: %s", key.ID)
				}
				return
			}
			key, err := source.Preferred(t.Context(), now)
			if err != nil || key.ID != c.OfficialGot.Newest {
				t.Errorf("preferred is %v, %v, want %s", key, err, c.OfficialGot.Newest)
			}
			for _, serial := range []string{serialA, serialB} {
				if _, err := source.Key(t.Context(), serial); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// Each row is what an attacker or a broken platform may answer. The certificates that were held must stay in force.
func TestHostileCertificates(t *testing.T) {
	a := certificateA()
	ec := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	short := must(rsa.GenerateKey(rand.Reader, 1024))
	later := now.Add(24 * time.Hour)
	serialOf := func(n int) string { return fmt.Sprintf("%040X", n) }
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"wrong key": {must(json.Marshal(map[string]any{"data": []any{map[string]any{
			"serial_no": serialA, "encrypt_certificate": sealedContent(strings.Repeat("x", 32), "61f9c719728a", a.pem),
		}}})), "bad_decrypt"},
		"nonce of 11 bytes": {[]byte(`{"data":[{"serial_no":"` + serialA + `","encrypt_certificate":{"algorithm":"AEAD_AES_256_GCM",` +
			`"nonce":"61f9c719728","ciphertext":"` + strings.Repeat("A", 64) + `"}}]}`), "malformed"},
		"another algorithm": {[]byte(`{"data":[{"serial_no":"` + serialA + `","encrypt_certificate":{"algorithm":"AEAD_SM4_GCM",` +
			`"nonce":"61f9c719728a","ciphertext":"` + strings.Repeat("A", 64) + `"}}]}`), "malformed"},
		"data null":                {[]byte(`{"data":null}`), "malformed"},
		"data empty":               {[]byte(`{"data":[]}`), "malformed"},
		"data no list":             {[]byte(`{"data":{}}`), "malformed"},
		"not JSON":                 {[]byte(`<html>`), "malformed"},
		"empty":                    {nil, "malformed"},
		"without certificate":      {[]byte(`{"data":[{"serial_no":"` + serialA + `"}]}`), "malformed"},
		"certificate null":         {[]byte(`{"data":[{"serial_no":"` + serialA + `","encrypt_certificate":null}]}`), "malformed"},
		"PEM of another type":      {certificateList(issued{serial: serialA, pem: file("wechatpay_public_key.pem")}), "malformed"},
		"EC key":                   {certificateList(issued{serial: serialOf(1), pem: issue(1, ec, ec.Public(), now, later)}), "malformed"},
		"RSA 1024":                 {certificateList(issued{serial: serialOf(2), pem: issue(2, short, short.Public(), now, later)}), "malformed"},
		"the merchant's own":       {certificateList(issued{serial: serialNo, pem: file("merchant_certificate.pem")}), "malformed"},
		"serial differs":           {certificateList(issued{serial: serialB, pem: a.pem}), "malformed"},
		"expired":                  {certificateList(issued{serial: serialOf(3), pem: issue(3, a.key, a.key.Public(), now.Add(-48*time.Hour), now.Add(-time.Hour))}), "expired"},
		"not yet valid":            {certificateList(issued{serial: serialOf(4), pem: issue(4, a.key, a.key.Public(), later, later.Add(time.Hour))}), "expired"},
		"10 000 entries":           {[]byte(`{"data":[` + strings.Repeat(`{},`, 9999) + `{}]}`), "malformed"},
		"good beside a broken one": {certificateList(a, issued{serial: serialB, pem: a.pem}), "malformed"},
		"longer than 1 MiB":        {append(certificateList(a), make([]byte, 1<<20)...), "malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			source, p := new(wxpay.DownloadedCertificates), newPlatform(a)
			var hostile []byte
			newClient(t, func(config *wxpay.Config) {
				p.configure(source)(config)
				through(func(r *http.Request) (*http.Response, error) {
					if hostile != nil {
						return response(200, signedBy(a, now, hostile), hostile), nil
					}
					return p.RoundTrip(r)
				})(config)
			})
			if err := source.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			hostile = append([]byte{}, c.body...)
			err := source.Refresh(t.Context())
			if got := classOf(err); got != c.want {
				t.Errorf("got %s (%v), want %s", got, err, c.want)
			}
			if text := fmt.Sprint(err); len(text) > 2000 || strings.Contains(text, apiV3Key) {
				t.Errorf("the error is %.3000s", text)
			}
			if key, err := source.Preferred(t.Context(), now); err != nil || key.ID != serialA {
				t.Errorf("what was held is gone: %v, %v", key, err)
			}
		})
	}
}
