package wxpay_test

import (
	"context"
	"crypto"
	"crypto/rsa"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestSignVectors(t *testing.T) {
	v := loadVectors()
	for _, c := range append(v.Sign, v.CapturedRequests...) {
		t.Run(c.Name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) {
				config.Now = func() time.Time { return c.time(t) }
				if c.BrandID != "" {
					config.Scheme, config.MchID = wxpay.BrandScheme(c.BrandID), ""
				}
			})
			wxpay.SetNonce(client, c.Nonce)
			got, err := wxpay.Authorization(client, c.Method, c.RequestURI, []byte(c.SignedBody))
			if err != nil {
				t.Fatal(err)
			}
			if _, rest, _ := strings.Cut(got, `signature="`); rest != c.Signature+`"` {
				t.Errorf("signature\n got %s\nwant %s", rest, c.Signature)
			}
			want := c.Authorization
			if want == "" {
				want = c.Headers["Authorization"]
			}
			if want != "" && got != want {
				t.Errorf("Authorization\n got %s\nwant %s", got, want)
			}
		})
	}
}

// The call with a path value to escape, caught from the official SDK, made with struct tags here.
func TestCapturedRequestThroughDo(t *testing.T) {
	type query struct {
		OutTradeNo string `json:"-" path:"out_trade_no"`
		MchID      string `json:"-" query:"mchid"`
	}
	c := loadVectors().CapturedRequests[1]
	var sent *http.Request
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		sent = r
		return response(204, signedHeader(nil), nil), nil
	}))
	wxpay.SetNonce(client, c.Nonce)
	op := &wxpay.Operation{Method: "GET", Path: "/v3/pay/transactions/out-trade-no/{out_trade_no}"}
	if err := client.Do(t.Context(), op, &query{OutTradeNo: "a b/c|中@-_.*", MchID: mchID}, nil); err != nil {
		t.Fatal(err)
	}
	if got := sent.URL.RequestURI(); got != c.RequestURI {
		t.Errorf("request URI\n got %s\nwant %s", got, c.RequestURI)
	}
	for name, want := range map[string]string{
		"Authorization":    c.Headers["Authorization"],
		"Wechatpay-Serial": publicKeyID,
		"Accept":           "application/json",
		"Content-Type":     "application/json",
	} {
		if got := sent.Header.Get(name); got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
	if sent.Header.Get("User-Agent") == "" {
		t.Error("no User-Agent: WeChat Pay would refuse the request")
	}
}

func TestNoncesDiffer(t *testing.T) {
	seen := make(map[string]bool)
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		_, rest, _ := strings.Cut(r.Header.Get("Authorization"), `nonce_str="`)
		nonce, _, _ := strings.Cut(rest, `"`)
		if len(nonce) != 32 || seen[nonce] {
			t.Errorf("nonce %q is not new or not 32 characters", nonce)
		}
		seen[nonce] = true
		return response(204, signedHeader(nil), nil), nil
	}))
	for range 3 {
		if err := client.Do(t.Context(), &wxpay.Operation{Method: "GET", Path: "/v3/x"}, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// signer is a crypto.Signer that is no *rsa.PrivateKey, as an HSM or a KMS.
type signer struct {
	sign func() ([]byte, error)
}

func (s signer) Public() crypto.PublicKey { return merchantKey().Public() }
func (s signer) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return s.sign()
}

// contextSigner gets the context of the call.
type contextSigner struct{ signer }

func (s contextSigner) SignContext(ctx context.Context, _ []byte, _ crypto.SignerOpts) ([]byte, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestSignerFailures(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for name, c := range map[string]struct {
		signer crypto.Signer
		want   string
		is     error
	}{
		"error":        {signer{func() ([]byte, error) { return nil, errors.New("KMS: throttled") }}, "KMS: throttled", nil},
		"wrong length": {signer{func() ([]byte, error) { return make([]byte, 255), nil }}, "255 bytes", nil},
		"panic":        {signer{func() ([]byte, error) { panic("key 42") }}, "panicked", nil},
		"blocks":       {signer{func() ([]byte, error) { <-release; return nil, nil }}, "waiting for the signer", context.DeadlineExceeded},
		"context":      {contextSigner{}, "deadline", context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) {
				config.Signer = c.signer
				through(func(*http.Request) (*http.Response, error) {
					t.Error("a request was sent")
					return nil, io.EOF
				})(config)
			})
			err := client.Do(t.Context(), post, nil, nil, wxpay.WithTimeout(20*time.Millisecond))
			if err == nil || !strings.Contains(err.Error(), c.want) || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("error is %v, want %q", err, c.want)
			}
			if errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Error("nothing was sent, but the outcome is said to be unknown")
			}
		})
	}
}

func TestForeignSignerSigns(t *testing.T) {
	c := loadVectors().Sign[0]
	client := newClient(t, func(config *wxpay.Config) {
		config.Signer = struct{ crypto.Signer }{merchantKey()}
		config.Now = func() time.Time { return c.time(t) }
	})
	wxpay.SetNonce(client, c.Nonce)
	got, err := wxpay.Authorization(client, c.Method, c.RequestURI, nil)
	if err != nil || got != c.Authorization {
		t.Errorf("got %s, %v", got, err)
	}
	var _ crypto.Signer = (*rsa.PrivateKey)(nil)
}

var post = &wxpay.Operation{Name: "test.Post", Method: "POST", Path: "/v3/test"}
