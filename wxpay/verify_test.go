package wxpay_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// classOf names an error as the vectors do.
func classOf(err error) string {
	for class, sentinel := range map[string]error{
		"missing_header":    wxpay.ErrUnsigned,
		"expired":           wxpay.ErrExpired,
		"unknown_serial":    wxpay.ErrUnknownKey,
		"bad_signature":     wxpay.ErrBadSignature,
		"unknown_algorithm": wxpay.ErrUnknownAlgorithm,
		"bad_decrypt":       wxpay.ErrDecrypt,
		"malformed":         wxpay.ErrMalformed,
	} {
		if errors.Is(err, sentinel) {
			return class
		}
	}
	if err != nil {
		return err.Error()
	}
	return "ok"
}

func TestVerifyResponseVectors(t *testing.T) {
	cases := loadVectors().VerifyResponse
	if len(cases) != 37 {
		t.Fatalf("%d cases, expected 37", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) {
				config.PublicKeys = keySource(c.Keys)
				through(func(*http.Request) (*http.Response, error) {
					return response(c.Status, c.header(), c.body()), nil
				})(config)
			})
			var raw wxpay.Response
			err := client.Do(t.Context(), post, nil, nil, wxpay.WithResponse(&raw))
			if got := classOf(err); !c.allows(got) {
				t.Fatalf("got %s (%v), want %s", got, err, c.Want)
			}
			if err == nil {
				if !raw.Verified || !bytes.Equal(raw.Body, c.body()) {
					t.Errorf("raw response: verified %v, body %q", raw.Verified, raw.Body)
				}
				return
			}
			if raw.Body != nil || raw.Verified {
				t.Error("content that was not verified was handed over")
			}
			checkVerifyError(t, err, c)
		})
	}
}

func checkVerifyError(t *testing.T, err error, c verifyCase) {
	t.Helper()
	unverified, ok := errors.AsType[*wxpay.VerifyError](err)
	if !ok {
		t.Fatalf("%T is no VerifyError", err)
	}
	if !errors.Is(err, wxpay.ErrOutcomeUnknown) {
		t.Error("after a POST the outcome is unknown, but the error does not say so")
	}
	if unverified.RequestID == "" || !strings.Contains(err.Error(), unverified.RequestID) {
		t.Errorf("no request id in %v", err)
	}
	if probe := strings.HasPrefix(c.Name, "probe"); probe != unverified.Probe || probe != strings.Contains(err.Error(), "probe") {
		t.Errorf("probe is %v in %v", unverified.Probe, err)
	}
	if strings.Contains(err.Error(), "prepay_id") {
		t.Errorf("the error holds content of the answer: %v", err)
	}
}

// The same through a real server: what a man in the middle could do to an answer.
func TestAnswersOverTheWire(t *testing.T) {
	body := []byte(`{"prepay_id":"wx1"}`)
	cases := []struct {
		name   string
		change func(http.Header) []byte // nil: the body as signed
		want   error
		hint   string
	}{
		{"genuine", nil, nil, ""},
		{"tampered", func(http.Header) []byte { return []byte(`{"prepay_id":"wx2"}`) }, wxpay.ErrBadSignature, "altered"},
		{"line feed added", func(http.Header) []byte { return append(bytes.Clone(body), '\n') }, wxpay.ErrBadSignature, ""},
		{"byte order mark added", func(http.Header) []byte { return append([]byte("\xef\xbb\xbf"), body...) }, wxpay.ErrBadSignature, ""},
		{"unsigned", func(h http.Header) []byte {
			for name := range h {
				if strings.HasPrefix(name, "Wechatpay-") {
					delete(h, name)
				}
			}
			return body
		}, wxpay.ErrUnsigned, "missing"},
		{"doubled header", func(h http.Header) []byte { h.Add("Wechatpay-Nonce", "x"); return body }, wxpay.ErrUnsigned, "2 times"},
		{"huge nonce", func(h http.Header) []byte { h.Set("Wechatpay-Nonce", strings.Repeat("x", 3000)); return body }, wxpay.ErrUnsigned, "3000 bytes"},
		{"foreign certificate", func(h http.Header) []byte { h.Set("Wechatpay-Serial", serialB); return body }, wxpay.ErrUnknownKey, publicKeyID},
		{"foreign public key", func(h http.Header) []byte { h.Set("Wechatpay-Serial", "PUB_KEY_ID_9"); return body }, wxpay.ErrUnknownKey, "PUB_KEY_ID_9"},
		{"signed by the merchant", func(h http.Header) []byte {
			h.Set("Wechatpay-Signature", signature(merchantKey(), h.Get("Wechatpay-Timestamp"), h.Get("Wechatpay-Nonce"), body))
			return body
		}, wxpay.ErrBadSignature, "merchant's own key"},
		{"expired", func(h http.Header) []byte {
			old := strconv.FormatInt(now.Add(-time.Hour).Unix(), 10)
			h.Set("Wechatpay-Timestamp", old)
			h.Set("Wechatpay-Signature", signature(wechatpayKey(), old, h.Get("Wechatpay-Nonce"), body))
			h.Set("Date", now.Add(-time.Hour).UTC().Format(http.TimeFormat))
			return body
		}, wxpay.ErrExpired, "the local clock is 1h0m0s fast"},
		{"SM2", func(h http.Header) []byte { h.Set("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"); return body }, wxpay.ErrUnknownAlgorithm, "SM3"},
		{"signature of 255 bytes", func(h http.Header) []byte { h.Set("Wechatpay-Signature", strings.Repeat("A", 340)); return body }, wxpay.ErrBadSignature, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				header, sent := signedHeader(body), body
				if c.change != nil {
					sent = c.change(header)
				}
				for name, values := range header {
					w.Header()[name] = values
				}
				_, _ = w.Write(sent)
			}))
			defer server.Close()
			client := newClient(t, func(config *wxpay.Config) { config.BaseURL = server.URL })
			var answer struct {
				PrepayID string `json:"prepay_id"`
			}
			err := client.Do(t.Context(), post, nil, &answer)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Fatalf("error is %v, want %v", err, c.want)
			}
			if err != nil && (answer.PrepayID != "" || !strings.Contains(err.Error(), c.hint)) {
				t.Errorf("answer %+v, error %v; want the hint %q", answer, err, c.hint)
			}
			if err == nil && answer.PrepayID != "wx1" {
				t.Errorf("answer is %+v", answer)
			}
		})
	}
}

func TestUnsignedOnlyWhereMarked(t *testing.T) {
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		return response(200, http.Header{}, []byte(`{"a":1}`)), nil
	}))
	get := &wxpay.Operation{Method: "GET", Path: "/v3/billdownload/file"}
	if err := client.Do(t.Context(), get, nil, nil); !errors.Is(err, wxpay.ErrUnsigned) || errors.Is(err, wxpay.ErrOutcomeUnknown) {
		t.Errorf("error is %v, want ErrUnsigned and no unknown outcome: a GET changes nothing", err)
	}
	marked := *get
	marked.Unsigned = true
	var raw wxpay.Response
	if err := client.Do(t.Context(), &marked, nil, nil, wxpay.WithResponse(&raw)); err != nil || raw.Verified {
		t.Errorf("error %v, verified %v", err, raw.Verified)
	}
}

func TestExpiredCertificateIsNotTrusted(t *testing.T) {
	body := []byte(`{}`)
	later := now.Add(30 * 24 * time.Hour)
	timestamp := strconv.FormatInt(later.Unix(), 10)
	header := signedHeader(body)
	header.Set("Wechatpay-Timestamp", timestamp)
	header.Set("Wechatpay-Serial", serialA)
	header.Set("Wechatpay-Signature", signature(privateKey("platform_a_private_key"), timestamp, header.Get("Wechatpay-Nonce"), body))
	client := newClient(t, func(config *wxpay.Config) {
		config.PublicKeys = certificates()
		config.Now = func() time.Time { return later }
		through(func(*http.Request) (*http.Response, error) { return response(200, header, body), nil })(config)
	})
	err := client.Do(t.Context(), post, nil, nil)
	if !errors.Is(err, wxpay.ErrExpired) || !strings.Contains(err.Error(), "2026-01-03") {
		t.Errorf("error is %v, want ErrExpired with the end of the certificate", err)
	}
}

func TestPreferredKey(t *testing.T) {
	at := func(text string) time.Time { return must(time.Parse(time.DateOnly, text)) }
	for _, c := range []struct {
		name string
		keys wxpay.KeySource
		at   time.Time
		want string
	}{
		{"public key", publicKey(), now, publicKeyID},
		{"combined", wxpay.CombineKeys(publicKey(), certificates()), now, publicKeyID},
		{"combined, certificates first", wxpay.CombineKeys(certificates(), publicKey()), now, serialB},
		{"before B is in force", certificates(), at("2025-12-01"), serialA},
		{"both in force: the newest", certificates(), now, serialB},
	} {
		key, err := c.keys.Preferred(t.Context(), c.at)
		if err != nil || key.ID != c.want {
			t.Errorf("%s: %v, %v, want %s", c.name, key, err, c.want)
		}
	}
	if key, err := certificates().Preferred(t.Context(), at("2040-01-01")); err == nil {
		t.Errorf("a certificate is preferred after its end: %v", key.ID)
	}
}

func TestDecodeErrorKeepsVerifiedBytes(t *testing.T) {
	for name, body := range map[string]string{
		"HTML":              "<html></html>",
		"empty":             "",
		"number as text":    `{"amount":{"total":"100"}}`,
		"number too large":  `{"amount":{"total":1e400}}`,
		"NaN":               `{"amount":{"total":NaN}}`,
		"deep":              strings.Repeat(`[`, 100_000),
		"another type":      `[1,2]`,
		"secret in a field": `{"amount":{"total":"Zhang San"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, through(answering(200, body)))
			var answer struct {
				Amount struct {
					Total int64 `json:"total"`
				} `json:"amount"`
			}
			err := client.Do(t.Context(), post, nil, &answer)
			decode, ok := errors.AsType[*wxpay.DecodeError](err)
			if !ok || !errors.Is(err, wxpay.ErrMalformed) || !errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Fatalf("error is %v", err)
			}
			if string(decode.Body) != body || strings.Contains(err.Error(), "Zhang") {
				t.Errorf("body %.40q, error %v", decode.Body, err)
			}
		})
	}
}

func TestLenientDecoding(t *testing.T) {
	client := newClient(t, through(answering(200, `{"state":"NEW_STATE","unknown":1,"state":"LAST","text":"`+"\xff"+`","null":null}`)))
	var answer struct {
		State string `json:"state"`
		Null  int    `json:"null"`
	}
	if err := client.Do(t.Context(), post, nil, &answer); err != nil || answer.State != "LAST" {
		t.Errorf("answer %+v, error %v", answer, err)
	}
	if err := newClient(t, through(answering(200, `{"a":1}`))).Do(t.Context(), post, nil, new(json.RawMessage)); err != nil {
		t.Error(err)
	}
}

func TestKeysOfVectorsAreNamedInErrors(t *testing.T) {
	client := newClient(t, func(config *wxpay.Config) {
		config.PublicKeys = certificates()
		through(answering(200, "{}"))(config)
	})
	err := client.Do(t.Context(), post, nil, nil)
	for _, want := range []string{publicKeyID, serialA, serialB, "wxpay.PublicKey"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	if !slices.Contains([]string{"unknown_serial"}, classOf(err)) {
		t.Errorf("class is %s", classOf(err))
	}
}
