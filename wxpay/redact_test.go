package wxpay_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

func jsonLogger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// prints shows a value in every way that programs print things.
func prints(v any) string {
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", v)
	}
	for _, logger := range []*slog.Logger{jsonLogger(&out), slog.New(slog.NewTextHandler(&out, nil))} {
		logger.Info("x", "value", v)
	}
	data, _ := json.Marshal(v)
	out.Write(data)
	return out.String()
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	header, body := notification("A", "a", `{"name":"Zhang San"}`)
	c := config()
	client := newClient(t, nil)
	event := must(wxpay.NewNotifications(client).Parse(t.Context(), header, body))
	type App struct {
		Name   string
		Config wxpay.Config
		Client *wxpay.Client
		Event  *wxpay.Event
		Maps   map[string]wxpay.Config
		Any    any
		client *wxpay.Client
		event  *wxpay.Event
	}
	type Hidden struct {
		client *wxpay.Client
		value  wxpay.Client
		event  *wxpay.Event
		copied wxpay.Event
	}
	hidden := Hidden{client, *client, event, *event}
	app := App{"app", c, client, event, map[string]wxpay.Config{"a": c}, c, client, event}
	for name, value := range map[string]any{
		"Config": c, "*Config": &c, "[]Config": []wxpay.Config{c}, "Client": *client, "*Client": client,
		"Event": *event, "*Event": event, "Config nested": app, "*Config nested": &app,
		// Package fmt does not call Format here; still nothing shows.
		"unexported": hidden, "[]unexported": []*Hidden{&hidden},
	} {
		text := prints(value)
		for what, secret := range map[string]string{
			"the APIv3 key":           apiV3Key,
			"the APIv3 key in hex":    hex.EncodeToString([]byte(apiV3Key)),
			"the APIv3 key as bytes":  strings.Trim(fmt.Sprint([]byte(apiV3Key)), "[]"),
			"the private exponent":    merchantKey().D.String(),
			"a prime":                 merchantKey().Primes[0].String(),
			"the plaintext":           "Zhang",
			"the plaintext as bytes":  strings.Trim(fmt.Sprint([]byte("Zhang")), "[]"),
			"the plaintext in hex":    hex.EncodeToString([]byte("Zhang")),
			"the exponent in hex":     fmt.Sprintf("%x", merchantKey().D),
			"the plaintext in base64": "WmhhbmcgU2Fu",
		} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %s:\n%.2000s", name, what, text)
			}
		}
		if strings.Contains(name, "Config") && !strings.Contains(text, mchID) {
			t.Errorf("%s does not show the merchant:\n%s", name, text)
		}
	}
}

func TestErrorsAndLogsHoldNoSecret(t *testing.T) {
	type request struct {
		Token string `json:"-" query:"token"`
		Name  string `json:"name"`
	}
	for name, c := range map[string]struct {
		transport roundTrip
		request   request
		level     string
	}{
		"success": {answering(200, `{"name":"Zhang San"}`), request{}, "DEBUG"},
		"refused": {func(*http.Request) (*http.Response, error) { return response(400, nil, []byte(`{"code":"X"}`)), nil }, request{}, "INFO"},
		"unsigned": {func(*http.Request) (*http.Response, error) {
			return response(200, nil, []byte(`{"a":"Zhang San"}`)), nil
		}, request{}, "INFO"},
		"network": {func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, request{}, "INFO"},
		"invalid": {nil, request{Name: "Zhang San 😀"}, "INFO"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			client := newClient(t, func(config *wxpay.Config) {
				config.Logger = jsonLogger(&log)
				through(c.transport)(config)
			})
			req := c.request
			req.Token = "SECRET-TOKEN"
			if req.Name == "" {
				req.Name = "Zhang San"
			}
			op := &wxpay.Operation{Name: "test.Call", Method: "POST", Path: "/v3/x"}
			err := client.Do(t.Context(), op, &req, nil)
			text := log.String() + fmt.Sprintf("%v %+v %s", err, err, err)
			for _, secret := range []string{"SECRET-TOKEN", "Zhang", "WECHATPAY2", "signature=", apiV3Key} {
				if strings.Contains(text, secret) {
					t.Errorf("%q is in %s", secret, text)
				}
			}
			var record map[string]any
			if err := json.Unmarshal(log.Bytes(), &record); err != nil {
				t.Fatalf("not one record: %v: %s", err, log.String())
			}
			if record["operation"] != "test.Call" || record["level"] != c.level || record["duration"] == nil {
				t.Errorf("record is %v", record)
			}
			if name == "success" && (record["status"] != 200.0 || record["request_id"] == "" || record["host"] != "api.mch.weixin.qq.com") {
				t.Errorf("record is %v", record)
			}
			if name == "network" && !errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

// Sensitive fields pass through errors, logs and reports without leaving a trace.
func TestSensitiveTextsAreNeverShown(t *testing.T) {
	const name = "Zhang San"
	var log bytes.Buffer
	source := new(wxpay.DownloadedCertificates)
	p := newPlatform(certificateA())
	p.body = `{"name":"` + toMerchant(name) + `"}`
	client := newClient(t, func(config *wxpay.Config) {
		p.configure(source)(config)
		config.Logger, config.Decrypter = jsonLogger(&log), merchantKey()
	})
	var got secret
	if err := client.Do(t.Context(), post, &secret{name}, &got); err != nil || got.Name != name {
		t.Fatalf("%+v, %v", got, err)
	}
	long := client.Do(t.Context(), post, &secret{strings.Repeat(name, 30)}, nil)
	p.body = `{"name":"` + name + `"}`
	undecryptable := client.Do(t.Context(), post, &secret{name}, &got)
	view, _ := client.PayScoreDetail(apiV3Key, "1", "2") // a key of the same length
	c := config()
	c.Decrypter, c.Scheme = merchantKey(), wxpay.BrandScheme("100001")
	text := log.String() + prints(long) + prints(undecryptable) + prints(source) + prints(client) + prints(c) + prints(view) +
		prints(client.Check(t.Context(), ""))
	for what, secret := range map[string]string{
		"the name": "Zhang", "the key": apiV3Key, "the private exponent": merchantKey().D.String(), "a prime": merchantKey().Primes[0].String(),
	} {
		if strings.Contains(text, secret) {
			t.Errorf("%s shows", what)
		}
	}
	if long == nil || undecryptable == nil {
		t.Error("no error to look at")
	}
}
