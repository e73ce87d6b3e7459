package wxpay_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

// edScheme is a scheme as another module may bring it: Ed25519 signatures, and field encryption that turns bytes around. It
// shows that nothing of the runtime needs RSA.
type edScheme struct{ wxpay.Scheme }

func newEdScheme() wxpay.Scheme { return edScheme{wxpay.RSAScheme(wxpay.OAEP)} }

func (edScheme) Name() string { return "WECHATPAY2-ED25519" }

func (edScheme) CheckKey(key crypto.PublicKey) error {
	if _, ok := key.(ed25519.PublicKey); !ok {
		return errors.New("no Ed25519 key")
	}
	return nil
}

func (edScheme) Sign(_ context.Context, signer crypto.Signer, message []byte) ([]byte, error) {
	return signer.Sign(rand.Reader, message, crypto.Hash(0))
}

func (edScheme) Verifier(kind string) wxpay.Verifier {
	if kind != "WECHATPAY2-ED25519" {
		return nil
	}
	return func(key crypto.PublicKey, message, signature []byte) bool {
		public, ok := key.(ed25519.PublicKey)
		return ok && ed25519.Verify(public, message, signature)
	}
}

func (s edScheme) AEAD(algorithm string, key []byte) (cipher.AEAD, error) {
	if algorithm != "AEAD_ED" {
		return nil, nil
	}
	return s.Scheme.AEAD("AEAD_AES_256_GCM", key)
}

func (edScheme) MaxSensitive() int { return 0 }

func (edScheme) Encrypt(_ crypto.PublicKey, text []byte) ([]byte, error) { return reversed(text), nil }

func (edScheme) Decrypt(_ context.Context, _ crypto.Decrypter, text []byte) ([]byte, error) {
	return reversed(text), nil
}

func reversed(text []byte) []byte {
	out := make([]byte, len(text))
	for i, b := range text {
		out[len(text)-1-i] = b
	}
	return out
}

// edKey can sign, and decrypt as edScheme does.
type edKey struct{ ed25519.PrivateKey }

func (edKey) Decrypt(_ io.Reader, text []byte, _ crypto.DecrypterOpts) ([]byte, error) {
	return text, nil
}

func TestSchemeOfAnotherModule(t *testing.T) {
	_, merchant, _ := ed25519.GenerateKey(rand.Reader)
	platformPublic, platformPrivate, _ := ed25519.GenerateKey(rand.Reader)
	var sent *http.Request
	var sentBody string
	answer := `{"name":"` + base64.StdEncoding.EncodeToString([]byte("naS gnahZ")) + `"}`
	client := newClient(t, func(c *wxpay.Config) {
		c.Scheme, c.Signer, c.PublicKeys = newEdScheme(), edKey{merchant}, wxpay.PublicKey(publicKeyID, platformPublic)
		through(func(r *http.Request) (*http.Response, error) {
			sent, sentBody = r, bodyOf(r)
			header := signedHeader([]byte(answer))
			message := header.Get("Wechatpay-Timestamp") + "\n" + header.Get("Wechatpay-Nonce") + "\n" + answer + "\n"
			header.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(ed25519.Sign(platformPrivate, []byte(message))))
			header.Set("Wechatpay-Signature-Type", "WECHATPAY2-ED25519")
			return response(200, header, []byte(answer)), nil
		})(c)
	})
	type person struct {
		Name string `json:"name" wx:"sensitive"`
	}
	var got person
	long := strings.Repeat("a", 300) // this scheme has no limit
	if err := client.Do(t.Context(), post, &person{long}, &got); err != nil || got.Name != "Zhang San" {
		t.Errorf("got %+v, %v", got, err)
	}
	if !strings.HasPrefix(sent.Header.Get("Authorization"), `WECHATPAY2-ED25519 mchid="1900000001",`) || strings.Contains(sentBody, long) {
		t.Errorf("sent %v, %s", sent.Header, sentBody)
	}
	if _, err := client.JSAPIParams(t.Context(), appID, prepayID); err == nil || !strings.Contains(err.Error(), "signType RSA") {
		t.Errorf("the cashier: %v", err)
	}
}

func TestSchemeRefusesOtherKeysAndNames(t *testing.T) {
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	c := config()
	c.Scheme = newEdScheme()
	_, err := wxpay.NewClient(c)
	for _, want := range []string{"Signer has no Ed25519 key", "is no Ed25519 key"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	c = config()
	c.Signer = ed
	if _, err := wxpay.NewClient(c); err == nil || !strings.Contains(err.Error(), "an Ed25519 key; needed is an RSA key") {
		t.Errorf("error is %v", err)
	}
	other, _, _ := ed25519.GenerateKey(rand.Reader)
	client := newClient(t, func(c *wxpay.Config) {
		c.Scheme, c.Signer, c.PublicKeys = newEdScheme(), ed, wxpay.PublicKey(publicKeyID, other)
		through(answering(200, "{}"))(c) // its type is absent, which means RSA
	})
	if err := client.Do(t.Context(), post, nil, nil); !errors.Is(err, wxpay.ErrUnknownAlgorithm) {
		t.Errorf("error is %v", err)
	}
}

func TestBrandAnswers(t *testing.T) {
	for kind, want := range map[string]error{
		"": nil, "WECHATPAY2-SHA256-RSA2048": nil, "WECHATPAY-BRAND-SHA256-RSA2048": nil, "WECHATPAY2-SM2-WITH-SM3": wxpay.ErrUnknownAlgorithm,
	} {
		answer := func(*http.Request) (*http.Response, error) {
			header := signedHeader([]byte("{}"))
			header.Set("Wechatpay-Signature-Type", kind)
			if kind == "" {
				header.Del("Wechatpay-Signature-Type")
			}
			return response(200, header, []byte("{}")), nil
		}
		client := newClient(t, func(c *wxpay.Config) {
			c.Scheme, c.MchID = wxpay.BrandScheme("100001"), ""
			through(answer)(c)
		})
		if err := client.Do(t.Context(), post, nil, nil); !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%s: %v, want %v", kind, err, want)
		}
	}
	// Only brands have that name.
	header := signedHeader([]byte("{}"))
	header.Set("Wechatpay-Signature-Type", "WECHATPAY-BRAND-SHA256-RSA2048")
	client := newClient(t, through(func(*http.Request) (*http.Response, error) { return response(200, header, []byte("{}")), nil }))
	if err := client.Do(t.Context(), post, nil, nil); !errors.Is(err, wxpay.ErrUnknownAlgorithm) {
		t.Errorf("error is %v", err)
	}
}

func bodyOf(r *http.Request) string {
	if r.Body == nil {
		return ""
	}
	var body bytes.Buffer
	_, _ = body.ReadFrom(r.Body)
	return body.String()
}
