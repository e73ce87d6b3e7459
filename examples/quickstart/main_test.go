package main

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// keyLines are what a reader of the output must find, in this order.
var keyLines = []string{
	"== partner.GetServiceQuotas",
	"risk level 1: up to 10.00 yuan",
	"== favor.ListStockItems",
	"5 of 12 goods codes: [\"1232001\"",
	"== records.List",
	"PENDING since 2018-06-08 10:34:56",
	"to submit: 企业法人身份证号 (legal_person_card_id), mandatory",
	"== busifavor.SetCallback",
	"go to https://pay.example.com/wechat/events",
	"== favor.ListStockItems again",
	"WeChat Pay refused: 404 RESOURCE_NOT_EXISTS",
	"meaning: 批次查不到: The stock does not exist.",
	"what to do: Check the stock ID.",
	"== records.List again",
	"records.List was not sent:",
	"sub_mchid is required",
	"== records.All",
	" 12. M",
	"12 records",
}

func TestWithoutSettings(t *testing.T) {
	checkOutput(t, func(string) string { return "" })
}

// TestWithSettings reads keys from files, as with WeChat Pay itself or with a sandbox that runs elsewhere.
func TestWithSettings(t *testing.T) {
	srv, getenv := separateSandbox(t)
	checkOutput(t, getenv)

	pages := 0
	for _, call := range srv.Calls() {
		if call.Request.Operation == "records.List" && call.Request.Query.Get("limit") == "5" {
			pages++
		}
	}
	if pages != 3 {
		t.Errorf("12 records in pages of 5 took %d calls, want 3", pages)
	}
}

func checkOutput(t *testing.T, getenv func(string) string) {
	t.Helper()
	var out strings.Builder
	if err := run(t.Context(), &out, getenv); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	rest := out.String()
	for _, line := range keyLines {
		var found bool
		if _, rest, found = strings.Cut(rest, line); !found {
			t.Fatalf("%q is missing from its place in the output:\n%s", line, out.String())
		}
	}
}

// separateSandbox starts a sandbox with keys in files, and returns the settings with which to call it.
func separateSandbox(t *testing.T) (*sandbox.Server, func(string) string) {
	t.Helper()
	identity, err := sandbox.OpenIdentity(filepath.Join(t.TempDir(), "identity"))
	if err != nil {
		t.Fatal(err)
	}
	srv := sandbox.Start(t, sandbox.WithIdentity(identity), sandbox.WithItems(12))
	environment, err := identity.Environment(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	return srv, func(name string) string {
		for _, setting := range environment {
			if value, ok := strings.CutPrefix(setting, name+"="); ok {
				return value
			}
		}
		return ""
	}
}

func TestWeChatPayItself(t *testing.T) {
	_, getenv := separateSandbox(t)
	to, err := connect(func(name string) string {
		if name == "WXPAY_BASE_URL" {
			return ""
		}
		return getenv(name)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer to.close()
	if to.skipCallback() == "" || to.skipRefusal() == "" {
		t.Errorf("against WeChat Pay itself nothing may be changed or provoked: %+v", to)
	}
}

func TestMissingSetting(t *testing.T) {
	_, getenv := separateSandbox(t)
	_, err := connect(func(name string) string {
		if name == "WXPAY_PUBLIC_KEY_FILE" {
			return "no such file"
		}
		return getenv(name)
	})
	if err == nil || !strings.Contains(err.Error(), "WXPAY_PUBLIC_KEY_FILE") {
		t.Errorf("got %v, want an error that names the setting", err)
	}
}

func TestExplain(t *testing.T) {
	tamper := func(answer *sandbox.Answer) { answer.Body = append(answer.Body, ' ') }
	for _, test := range []struct {
		name string
		rule sandbox.Rule
		want string
	}{
		{"refused", sandbox.Rule{Code: "NOAUTH"}, "what to do: Read the error message and check which permission is missing."},
		{"unknown outcome", sandbox.Rule{Code: "SYSTEM_ERROR 500"}, "may have been carried out"},
		{"tampered", sandbox.Rule{Alter: tamper}, "not proven to come from WeChat Pay"},
		{"tampered, too", sandbox.Rule{Alter: tamper}, "may have been carried out"},
		{"gateway", sandbox.Rule{Status: http.StatusBadGateway, Body: []byte("<html>")}, "the answer has no error code"},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := sandbox.Start(t)
			srv.Apply(test.rule)
			to := &target{client: srv.Client(), notifyURL: sampleURL}
			checkExplained(t, to, test.want)
		})
	}
}

func TestExplainNotSent(t *testing.T) {
	srv := sandbox.Start(t)
	config := srv.Config()
	config.Timeout = 5 * time.Second
	srv.Close()
	client, err := wxpay.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	checkExplained(t, &target{client: client, notifyURL: sampleURL}, "the call can be made again")
}

func checkExplained(t *testing.T, to *target, want string) {
	t.Helper()
	var out strings.Builder
	err := setCallback(context.Background(), &out, to)
	if err == nil {
		t.Fatal("the call succeeded")
	}
	explain(&out, err)
	if !strings.Contains(out.String(), want) {
		t.Errorf("%q is missing:\n%s", want, out.String())
	}
}

func TestCallMadeToFail(t *testing.T) {
	if unexpected(nil) == nil {
		t.Error("success is reported as success")
	}
	if want := errors.New("another"); unexpected(want) != want {
		t.Error("another error is lost")
	}
}
