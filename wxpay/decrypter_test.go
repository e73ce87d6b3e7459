package wxpay_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestPaddingOfOverseasProducts(t *testing.T) {
	client := newClient(t, func(c *wxpay.Config) { c.Scheme = wxpay.RSAScheme(wxpay.PKCS1v15) })
	ciphertext, err := client.Encrypt(t.Context(), "Zhang San")
	if err != nil {
		t.Fatal(err)
	}
	//lint:ignore SA1019 what overseas products use
	plain, err := rsa.DecryptPKCS1v15(nil, wechatpayKey(), must(base64.StdEncoding.DecodeString(ciphertext)))
	if err != nil || string(plain) != "Zhang San" {
		t.Errorf("%q, %v", plain, err)
	}
	for n, fits := range map[int]bool{245: true, 246: false} {
		if _, err := client.Encrypt(t.Context(), strings.Repeat("x", n)); (err == nil) != fits {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	//lint:ignore SA1019 what overseas products use
	good := must(rsa.EncryptPKCS1v15(rand.Reader, &merchantKey().PublicKey, []byte("Li Si")))
	if got, err := client.Decrypt(t.Context(), base64.StdEncoding.EncodeToString(good)); got != "Li Si" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	// Whatever is wrong, the error is the same: no oracle for the padding.
	texts := make(map[string]bool)
	for _, bad := range [][]byte{make([]byte, 256), make([]byte, 10), must(base64.StdEncoding.DecodeString(toMerchant("x"))), good[:255]} {
		_, err := client.Decrypt(t.Context(), base64.StdEncoding.EncodeToString(bad))
		if err == nil {
			t.Fatal("no error")
		}
		texts[err.Error()] = true
	}
	if len(texts) != 1 {
		t.Errorf("errors differ: %v", texts)
	}
}

// kms decrypts, as an HSM or a KMS that is no *rsa.PrivateKey.
type kms struct {
	decrypt func(opts crypto.DecrypterOpts) ([]byte, error)
}

func (kms) Public() crypto.PublicKey { return merchantKey().Public() }
func (k kms) Decrypt(_ io.Reader, _ []byte, opts crypto.DecrypterOpts) ([]byte, error) {
	return k.decrypt(opts)
}

type contextKMS struct{ kms }

func (k contextKMS) DecryptContext(ctx context.Context, _ []byte, _ crypto.DecrypterOpts) ([]byte, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestDecrypters(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for name, c := range map[string]struct {
		decrypter crypto.Decrypter
		want      string
		is        error
	}{
		"works": {kms{func(opts crypto.DecrypterOpts) ([]byte, error) {
			if oaep, ok := opts.(*rsa.OAEPOptions); !ok || oaep.Hash != crypto.SHA1 {
				return nil, fmt.Errorf("options %#v", opts)
			}
			return []byte("Zhang San"), nil
		}}, "", nil},
		"error":        {kms{func(crypto.DecrypterOpts) ([]byte, error) { return nil, errors.New("KMS: throttled") }}, "KMS: throttled", nil},
		"panic":        {kms{func(crypto.DecrypterOpts) ([]byte, error) { panic("key 42") }}, "the decrypter panicked", nil},
		"blocks":       {kms{func(crypto.DecrypterOpts) ([]byte, error) { <-release; return nil, nil }}, "waiting for the decrypter", context.DeadlineExceeded},
		"context":      {contextKMS{}, "deadline", context.DeadlineExceeded},
		"none at hand": {nil, "set Config.Decrypter", nil},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) {
				config.Signer, config.Decrypter = signer{func() ([]byte, error) { return make([]byte, 256), nil }}, c.decrypter
				through(answering(200, `{"name":"`+toMerchant("x")+`"}`))(config)
			})
			var got secret
			err := client.Do(t.Context(), post, nil, &got, wxpay.WithTimeout(50*time.Millisecond))
			if c.want == "" {
				if err != nil || got.Name != "Zhang San" {
					t.Errorf("%+v, %v", got, err)
				}
				return
			}
			if _, ok := errors.AsType[*wxpay.SensitiveError](err); !ok || !strings.Contains(err.Error(), c.want) || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("error is %v, want %q", err, c.want)
			}
		})
	}
}

func TestEmptyTextStaysEmpty(t *testing.T) {
	client := newClient(t, nil)
	a, err1 := client.Encrypt(t.Context(), "")
	b, err2 := client.Decrypt(t.Context(), "")
	if a+b != "" || err1 != nil || err2 != nil {
		t.Errorf("%q, %q, %v, %v", a, b, err1, err2)
	}
}
