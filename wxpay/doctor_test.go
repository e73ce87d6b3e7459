package wxpay_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// echo answers /v3/security/echo as WeChat Pay does.
func echo(t *testing.T, change func(answer map[string]string, header http.Header)) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		var req map[string]string
		if err := json.Unmarshal([]byte(bodyOf(r)), &req); err != nil {
			t.Error(err)
		}
		answer := map[string]string{
			"echo_message":           req["echo_message"],
			"encrypted_echo_message": toMerchant(platformDecrypts(t, req["encrypted_echo_message"])),
		}
		extra := http.Header{"Date": {now.UTC().Format(http.TimeFormat)}}
		if change != nil {
			change(answer, extra)
		}
		body := must(json.Marshal(answer))
		header := signedHeader(body)
		for name, values := range extra {
			header[name] = values
		}
		return response(200, header, body), nil
	}
}

func TestCheck(t *testing.T) {
	refusing := func(status int, body string) roundTrip {
		return func(r *http.Request) (*http.Response, error) {
			return response(status, http.Header{}, []byte(body)), nil
		}
	}
	foreign := base64.StdEncoding.EncodeToString(make([]byte, 256))
	for name, c := range map[string]struct {
		transport roundTrip
		change    func(*wxpay.Config)
		want      []string // in the report, in this order
	}{
		"all is well": {echo(t, nil), nil, []string{
			"ok   keys: requests name and encrypt with " + publicKeyID, "ok   connection:", "ok   clock:", "ok   request:",
			"ok   answer: verified with " + publicKeyID, "ok   sensitive fields:", "ok   notification: expect SECURITY_ECHO.SUCCESS",
		}},
		"no key":     {nil, func(c *wxpay.Config) { c.PublicKeys = noKey{publicKey(), errors.New("vault is sealed")} }, []string{"FAIL keys: vault is sealed"}},
		"no network": {func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, nil, []string{"ok   keys", "FAIL connection:"}},
		"signer fails": {nil, func(c *wxpay.Config) {
			c.Signer = signer{func() ([]byte, error) { return nil, errors.New("KMS: throttled") }}
		}, []string{"ok   keys", "FAIL request: ", "KMS: throttled"}},
		"refused":  {refusing(401, `{"code":"SIGN_ERROR","message":"x"}`), nil, []string{"ok   connection: answered with status 401", "FAIL request:", "MchID, SerialNo and Signer"}},
		"unsigned": {refusing(200, `{}`), nil, []string{"ok   request", "FAIL answer:", "not signed"}},
		"clock": {echo(t, func(_ map[string]string, h http.Header) {
			h.Set("Date", now.Add(2*time.Minute).UTC().Format(http.TimeFormat))
		}), nil, []string{"FAIL clock: the local clock is 2m0s slow", "ok   answer"}},
		"other message":  {echo(t, func(m map[string]string, _ http.Header) { m["echo_message"] = "x" }), nil, []string{"ok   answer", "FAIL sensitive fields: ", "another message"}},
		"cannot decrypt": {echo(t, func(m map[string]string, _ http.Header) { m["encrypted_echo_message"] = foreign }), nil, []string{"ok   answer", "FAIL sensitive fields: ", "encrypted_echo_message"}},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) {
				through(c.transport)(config)
				if c.change != nil {
					c.change(config)
				}
			})
			report := client.Check(t.Context(), "https://shop.example/notify")
			rest := report.String()
			for _, want := range c.want {
				_, after, found := strings.Cut(rest, want)
				if !found {
					t.Errorf("%q is not in, or not after the others:\n%s", want, report)
				}
				rest = after
			}
			if well := name == "all is well"; report.OK() != well || (report.Err() == nil) != well {
				t.Errorf("OK is %v, error %v:\n%s", report.OK(), report.Err(), report)
			}
			if strings.Contains(fmt.Sprint(report, report.Err()), apiV3Key) {
				t.Error("the report shows a key")
			}
		})
	}
}

func TestCheckNamesTheEndOfACertificate(t *testing.T) {
	client := newClient(t, func(c *wxpay.Config) {
		c.PublicKeys = certificates()
		c.HTTPClient = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, io.EOF })}
	})
	if text := client.Check(t.Context(), "").String(); !strings.Contains(text, serialB+", which ends in 18") {
		t.Error(text)
	}
}
