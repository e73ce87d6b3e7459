package sandbox_test

import (
	"errors"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// TestGuide runs the snippets of docs/guides/testing-with-the-sandbox.md.
func TestGuide(t *testing.T) {
	t.Run("first", func(t *testing.T) {
		srv := sandbox.Start(t)
		client := srv.Client() // or wxpay.NewClient(srv.Config()), with what the program sets on top
		var quotas quotasResponse
		err := client.Do(t.Context(), quotasOperation, &quotasRequest{ServiceID: "2002", SubMchID: "1900000109", AppID: "wxd678", RiskLevelVersion: 1}, &quotas)
		if err != nil || quotas.ServiceID != "2002" {
			t.Errorf("%+v, %v", quotas, err)
		}
	})
	t.Run("own", func(t *testing.T) {
		srv := sandbox.Start(t)
		srv.Fail("NO_AUTH", "partner.GetServiceQuotas") // the next call, with the documented status and message
		srv.Handle("partner.GetServiceQuotas", func(r *sandbox.Request) (any, error) {
			return map[string]any{"service_id": r.PathValue("service_id"), "quotas": []any{}}, nil
		})
		srv.Handle("POST /v3/new/operation", func(r *sandbox.Request) (any, error) { return nil, nil }) // in no spec yet
		if err := srv.Client().Do(t.Context(), quotasGet, nil, nil); !errors.Is(err, wxpay.ErrNoAuth) {
			t.Error(err)
		}
		for _, op := range []*wxpay.Operation{quotasGet, {Method: "POST", Path: "/v3/new/operation"}} {
			if err := srv.Client().Do(t.Context(), op, nil, nil); err != nil {
				t.Error(err)
			}
		}
	})
	t.Run("faults", func(t *testing.T) {
		srv := sandbox.Start(t, sandbox.WithBackup())
		srv.Apply(sandbox.Rule{Fault: sandbox.FaultResetAfter})                                   // the next call is carried out, and the connection breaks
		srv.Apply(sandbox.Rule{Fault: sandbox.FaultHTML, Status: 502, Times: 3})                  // a gateway answers, three times
		srv.Apply(sandbox.Rule{Fault: sandbox.FaultProbe, Operation: "partner.GetServiceQuotas"}) // a probe signature
		srv.Apply(sandbox.Rule{Delay: time.Minute, Domain: sandbox.Backup})                       // the backup hangs
		srv.Apply(sandbox.Rule{Code: "FREQUENCY_LIMITED", Status: 429, Times: sandbox.Always})    // until srv.Reset()
		srv.Reset()
		srv.Down(sandbox.Main) // refuses connections; srv.Up ends it
		if err := srv.Client().Do(t.Context(), quotasGet, nil, nil); err != nil {
			t.Error(err)
		}
	})
	t.Run("certificates", func(t *testing.T) {
		srv := sandbox.Start(t, sandbox.WithKeys(sandbox.CertificatesOnly))
		srv.Rotate(sandbox.RotationListed)   // /v3/certificates lists the next one
		srv.Rotate(sandbox.RotationSwitched) // and it signs
		srv.Rotate(sandbox.RotationDone)     // the old one is gone
		if err := srv.Client().Do(t.Context(), quotasGet, nil, nil); err != nil {
			t.Error(err)
		}
	})
	t.Run("notifications", func(t *testing.T) {
		srv := sandbox.Start(t)
		hook := httptest.NewServer(wxpay.NewNotifications(srv.Client()))
		defer hook.Close()
		delivery, err := srv.Notify(t.Context(), hook.URL, "COUPON.USE", nil) // signed, encrypted, with the content of the example
		if err != nil || !delivery.Accepted() {
			t.Errorf("%+v, %v", delivery, err)
		}
	})
}

// TestGuideText: each line of code in the guide stands in TestGuide, but for how comments are aligned.
func TestGuideText(t *testing.T) {
	guide, err := os.ReadFile("../docs/guides/testing-with-the-sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("guide_test.go")
	if err != nil {
		t.Fatal(err)
	}
	squeeze := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	test := squeeze(string(source))
	for i, part := range strings.Split(string(guide), "```go\n") {
		code, _, _ := strings.Cut(part, "```")
		if i == 0 {
			continue
		}
		for line := range strings.Lines(code) {
			if !strings.Contains(test, squeeze(line)) {
				t.Errorf("not in TestGuide: %s", line)
			}
		}
	}
}
