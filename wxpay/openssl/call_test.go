package openssl_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/openssl"
)

// newClient makes a client that takes platform for WeChat Pay's key.
func newClient(t testing.TB, signer crypto.Signer, url string, platform *rsa.PrivateKey) *wxpay.Client {
	t.Helper()
	client, err := wxpay.NewClient(wxpay.Config{
		MchID: "1900000001", SerialNo: strings.Repeat("0", 40), Signer: signer, BaseURL: url,
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_01", &platform.PublicKey),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

// serve answers every call with the same signed bytes.
func serve(t testing.TB, platform *rsa.PrivateKey, look func(*http.Request)) string {
	t.Helper()
	const body = `{"prepay_id":"wx201410272009395522657a690389285100"}`
	timestamp := fmt.Sprint(time.Now().Unix())
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n", timestamp, "nonce", body))
	signature := must(rsa.SignPKCS1v15(nil, platform, crypto.SHA256, digest[:]))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		look(r)
		w.Header().Set("Wechatpay-Timestamp", timestamp)
		w.Header().Set("Wechatpay-Nonce", "nonce")
		w.Header().Set("Wechatpay-Serial", "PUB_KEY_ID_01")
		w.Header().Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

var prepay = &wxpay.Operation{Name: "jsapi.Prepay", Method: "POST", Path: "/v3/pay/transactions/jsapi"}

func TestCall(t *testing.T) {
	platform := must(rsa.GenerateKey(rand.Reader, 2048))
	var authorization string
	url := serve(t, platform, func(r *http.Request) { authorization = r.Header.Get("Authorization") })
	var resp struct {
		PrepayID string `json:"prepay_id"`
	}
	if err := newClient(t, newSigner(t), url, platform).Do(t.Context(), prepay, map[string]int{"total": 1}, &resp); err != nil || resp.PrepayID == "" {
		t.Fatalf("%+v, %v", resp, err)
	}
	fields := make(map[string]string)
	for part := range strings.SplitSeq(strings.TrimPrefix(authorization, "WECHATPAY2-SHA256-RSA2048 "), ",") {
		name, value, _ := strings.Cut(part, "=")
		fields[name] = strings.Trim(value, `"`)
	}
	digest := sha256.Sum256(fmt.Appendf(nil, "POST\n%s\n%s\n%s\n%s\n", prepay.Path, fields["timestamp"], fields["nonce_str"], `{"total":1}`))
	signature := must(base64.StdEncoding.DecodeString(fields["signature"]))
	if err := rsa.VerifyPKCS1v15(&privateKey().PublicKey, crypto.SHA256, digest[:], signature); err != nil {
		t.Errorf("%s: %v", authorization, err)
	}
}

// BenchmarkSign is the signature alone, BenchmarkCall a whole call over loopback, which includes the other side's work.
func BenchmarkSign(b *testing.B) {
	digest := make([]byte, 32)
	for name, signer := range signers(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := signer.Sign(rand.Reader, digest, crypto.SHA256); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func BenchmarkCall(b *testing.B) {
	platform := must(rsa.GenerateKey(rand.Reader, 2048))
	url := serve(b, platform, func(*http.Request) {})
	for name, signer := range signers(b) {
		client := newClient(b, signer, url, platform)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := client.Do(context.Background(), prepay, map[string]int{"total": 1}, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func signers(t testing.TB) map[string]crypto.Signer {
	all := map[string]crypto.Signer{"go": privateKey()}
	if openssl.Available {
		all["openssl"] = newSigner(t)
	}
	return all
}
