package wxpay_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

// FuzzVerifyResponse: whatever an answer looks like, the client must not panic, and must hand nothing over that WeChat Pay
// did not sign.
func FuzzVerifyResponse(f *testing.F) {
	for _, body := range []string{`{"a":1}`, ""} {
		h := signedHeader([]byte(body))
		f.Add(200, h.Get("Wechatpay-Timestamp"), h.Get("Wechatpay-Nonce"), publicKeyID, h.Get("Wechatpay-Signature"), "", []byte(body))
	}
	f.Add(200, "1767225600", "n", serialB, "WECHATPAY/SIGNTEST/x", "WECHATPAY2-SHA256-RSA2048", []byte("{"))
	f.Add(401, "-9223372036854775808", "", "", "", "", []byte(`{"code":1,"detail":{"sign_information":{"url":[]}}}`))
	genuine := make(map[string]bool)
	for _, body := range []string{`{"a":1}`, ""} {
		genuine[body] = true
	}
	keys := keySource("combined")
	f.Fuzz(func(t *testing.T, status int, timestamp, nonce, serial, signature, scheme string, body []byte) {
		header := http.Header{
			"Wechatpay-Timestamp": {timestamp}, "Wechatpay-Nonce": {nonce}, "Wechatpay-Serial": {serial},
			"Wechatpay-Signature": {signature}, "Wechatpay-Signature-Type": {scheme},
		}
		client := newClient(t, func(config *wxpay.Config) {
			config.PublicKeys = keys
			config.Signer = &signingKey{}
			through(func(*http.Request) (*http.Response, error) { return response(status, header, body), nil })(config)
		})
		var raw wxpay.Response
		var answer any
		err := client.Do(context.Background(), post, nil, &answer, wxpay.WithResponse(&raw))
		if raw.Verified && !genuine[string(body)] || err == nil && !raw.Verified {
			t.Errorf("taken as genuine: %q, %v", body, err)
		}
		if err != nil && len(err.Error()) > 16<<10 {
			t.Errorf("the error has %d bytes", len(err.Error()))
		}
	})
}

// FuzzParseNotification: nothing unsigned is ever taken, and behind the signature, where a body may still be anything, the
// only content that comes out is the one that was sealed under the APIv3 key. The signature is passed over there, because
// making one for each input costs more than all the rest.
func FuzzParseNotification(f *testing.F) {
	const content = `{"transaction_id":"1"}`
	_, good := notification("A", "a", content)
	f.Add(good)
	for _, body := range []string{"", "[]", "null", `{"resource":null}`, `{"resource":{"algorithm":"AEAD_AES_256_GCM","nonce":"x"}}`,
		`{"resource":{"algorithm":"AEAD_AES_256_GCM","nonce":"fdasflkja484","ciphertext":"AAAA"}}`, `{"create_time":{}}`} {
		f.Add([]byte(body))
	}
	client := newClient(f, nil)
	n := wxpay.NewNotifications(client, wxpay.On("A", "", func(context.Context, *wxpay.Event, *transaction) error { return nil }))
	f.Fuzz(func(t *testing.T, body []byte) {
		if answer := serve(n, http.Header{}, body); answer.Code != http.StatusUnauthorized {
			t.Errorf("an unsigned notification was answered with %d", answer.Code)
		}
		event, err := wxpay.OpenEvent(client, body)
		if err != nil {
			if class := classOf(err); class != "malformed" && class != "bad_decrypt" {
				t.Errorf("error without a class: %v", err)
			}
			return
		}
		if got := string(event.Resource()); got != content {
			t.Errorf("content that was never sealed: %q", got)
		}
		if err := n.Dispatch(context.Background(), event); err != nil {
			t.Error(err)
		}
	})
}

// FuzzPEM: whatever a key file holds, the loaders must not panic, must not quote it, and must take nothing that is too weak.
func FuzzPEM(f *testing.F) {
	private := privatePEM("merchant_private_key")
	for _, seed := range [][]byte{
		private, privatePEM("merchant_private_key_pkcs1"), file("merchant_public_key.pem"), file("merchant_certificate.pem"),
		bytes.ReplaceAll(private, []byte("\n"), []byte("\r\n")), private[:400], loadKeys()["merchant_private_key"].DER,
		[]byte("\xef\xbb\xbf"), []byte("apiclient_key.pem"), {0x30, 0x03, 0x02, 0x01, 0x03}, frame("EC PARAMETERS", []byte{1}),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		key, err1 := wxpay.ParsePrivateKey(text)
		public, err2 := wxpay.ParsePublicKey(text)
		certificate, err3 := wxpay.ParseCertificate(text)
		if err1 == nil && key.N.BitLen() < 2048 || err2 == nil && public.N.BitLen() < 2048 || err3 == nil && certificate == nil {
			t.Error("a weak key was taken")
		}
		for _, err := range []error{err1, err2, err3} {
			if err == nil {
				continue
			}
			if len(err.Error()) > 600 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
			for i := 0; i+24 <= len(text) && i < 4096; i += 8 { // some of it, in pieces longer than the words of an error
				if piece := text[i : i+24]; !bytes.ContainsAny(piece, " -\n") && strings.Contains(err.Error(), string(piece)) {
					t.Errorf("the error quotes %q", piece)
				}
			}
		}
	})
}
