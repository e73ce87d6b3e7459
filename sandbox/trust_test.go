package sandbox_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

var quotasGet = &wxpay.Operation{Name: "quotas", Method: "GET", Path: quotas}

func newClient(t *testing.T, srv *sandbox.Server, change func(*wxpay.Config)) *wxpay.Client {
	t.Helper()
	config := srv.Config()
	config.Retry.FirstWait = time.Millisecond
	if change != nil {
		change(&config)
	}
	client, err := wxpay.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

// serialOf makes a call and returns the key that signed the answer.
func serialOf(t *testing.T, client *wxpay.Client) string {
	t.Helper()
	var response wxpay.Response
	if err := client.Do(t.Context(), quotasGet, nil, nil, wxpay.WithResponse(&response)); err != nil {
		t.Fatal(err)
	}
	return response.Header.Get("Wechatpay-Serial")
}

// downloads counts the downloads of certificates.
func downloads(srv *sandbox.Server) (n int) {
	for _, call := range srv.Calls() {
		if call.Path == "/v3/certificates" {
			n++
		}
	}
	return n
}

func TestCertificatesOnly(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithKeys(sandbox.CertificatesOnly))
	client := newClient(t, srv, nil)
	first := serialOf(t, client)
	if len(first) != 40 || serialOf(t, client) != first || downloads(srv) != 1 {
		t.Errorf("%s, %d downloads", first, downloads(srv))
	}
	if named := srv.Calls()[1].Header.Get("Wechatpay-Serial"); named != first {
		t.Errorf("the request names %q", named)
	}
	got := call(t, srv, "GET", quotas, "", func(_ *credentials, r *http.Request) {
		r.Header.Set("Wechatpay-Serial", srv.Identity().PublicKeyID())
	})
	got.want(t, 400, "PARAM_ERROR", first, "names a key that WeChat Pay does not have here")
}

func TestPublicKeyOnly(t *testing.T) {
	srv := sandbox.Start(t)
	client := newClient(t, srv, func(c *wxpay.Config) { c.PublicKeys = new(wxpay.DownloadedCertificates) })
	err := client.Do(t.Context(), quotasGet, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "RESOURCE_NOT_EXISTS") || !strings.Contains(err.Error(), "wxpay.PublicKey") {
		t.Errorf("%v", err)
	}
	mustPanic(t, "WithKeys", func() { srv.Rotate(sandbox.RotationListed) })
}

// TestBothKeys: answers follow the request, notifications come with either.
func TestBothKeys(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithKeys(sandbox.BothKeys))
	moved := newClient(t, srv, nil)
	if serial := serialOf(t, moved); serial != srv.Identity().PublicKeyID() || downloads(srv) != 0 {
		t.Errorf("%s, %d downloads", serial, downloads(srv))
	}
	behind := newClient(t, srv, func(c *wxpay.Config) { c.PublicKeys = new(wxpay.DownloadedCertificates) })
	if serial := serialOf(t, behind); len(serial) != 40 {
		t.Errorf("signed by %s", serial)
	}
	seen := make(map[bool]bool)
	receiver := wxpay.NewNotifications(moved, wxpay.On("COUPON.USE", "coupon", func(context.Context, *wxpay.Event, *coupon) error { return nil }))
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen[strings.HasPrefix(r.Header.Get("Wechatpay-Serial"), "PUB_KEY_ID_")] = true
		receiver.ServeHTTP(w, r)
	}))
	defer hook.Close()
	for range 2 {
		if delivery, err := srv.Notify(t.Context(), hook.URL, "COUPON.USE", nil); err != nil || !delivery.Accepted() {
			t.Errorf("%+v, %v", delivery, err)
		}
	}
	if len(seen) != 2 {
		t.Errorf("%v", seen)
	}
}

func TestRotate(t *testing.T) {
	clock := &fixedClock{now: time.Now()}
	srv := sandbox.Start(t, sandbox.WithKeys(sandbox.CertificatesOnly), sandbox.WithClock(clock.Now))
	client := newClient(t, srv, nil)
	old := serialOf(t, client)
	clock.now = clock.now.Add(6 * time.Minute) // a new serial number is looked up at most every five minutes
	seen := make(map[string]int)
	for _, stage := range []sandbox.Rotation{sandbox.RotationListed, sandbox.RotationMixed, sandbox.RotationSwitched, sandbox.RotationDone} {
		srv.Rotate(stage)
		for range 4 {
			seen[string(stage)+" "+label(serialOf(t, client) == old)]++
		}
	}
	for name, want := range map[string]int{"listed old": 4, "mixed old": 2, "mixed new": 2, "switched new": 4, "done new": 4} {
		if got := seen[name]; got < want-1 || got > want+1 {
			t.Errorf("%s: %d times, want about %d; %v", name, got, want, seen)
		}
	}
	if n := downloads(srv); n != 2 {
		t.Errorf("%d downloads", n)
	}
	mustPanic(t, "no stage", func() { srv.Rotate("x") })
}

func label(old bool) string {
	if old {
		return "old"
	}
	return "new"
}

// TestCertificateDownloadFaults: what spoils the download of the certificates must not be believed.
func TestCertificateDownloadFaults(t *testing.T) {
	for _, f := range sandbox.Faults() {
		if f == sandbox.FaultSlowHeader || f == sandbox.FaultSlowBody || f == sandbox.FaultReplayed {
			continue // they are well in the end, the last one because there is nothing to replay
		}
		srv := sandbox.Start(t, sandbox.WithKeys(sandbox.CertificatesOnly))
		srv.Apply(sandbox.Rule{Operation: "GET /v3/certificates", Fault: f, Times: sandbox.Always})
		if err := newClient(t, srv, nil).Do(t.Context(), quotasGet, nil, nil); err == nil {
			t.Errorf("%s: the certificates were believed", f)
		}
		srv.Close()
	}
}

// TestCertificateDownloadPasses: the download is a GET, so what is tried again for other GETs should be tried again for it: a
// probe must not fail the call that needed the certificates.
func TestCertificateDownloadPasses(t *testing.T) {
	for _, f := range []sandbox.Fault{
		sandbox.FaultResetBefore, sandbox.FaultResetAfter, sandbox.FaultTruncated,
		sandbox.FaultWrongLength, sandbox.FaultTampered, sandbox.FaultBadSignature, sandbox.FaultBadBase64, sandbox.FaultProbe,
	} {
		srv := sandbox.Start(t, sandbox.WithKeys(sandbox.CertificatesOnly))
		srv.Apply(sandbox.Rule{Operation: "GET /v3/certificates", Fault: f})
		if err := newClient(t, srv, nil).Do(t.Context(), quotasGet, nil, nil); err != nil {
			t.Errorf("%s: %v", f, err)
		}
		srv.Close()
	}
}

// TestRefreshForPOST: a POST was carried out, and its answer is signed with a certificate that is not held yet. The download of
// that one meets a probe. Since the download can be repeated, the caller need not be left with an unknown outcome.
func TestRefreshForPOST(t *testing.T) {
	clock := &fixedClock{now: time.Now()}
	srv := sandbox.Start(t, sandbox.WithKeys(sandbox.CertificatesOnly), sandbox.WithClock(clock.Now))
	client := newClient(t, srv, nil)
	serialOf(t, client)
	clock.now = clock.now.Add(10 * time.Minute)
	srv.Rotate(sandbox.RotationListed)
	srv.Rotate(sandbox.RotationSwitched)
	srv.Apply(sandbox.Rule{Operation: "GET /v3/certificates", Fault: sandbox.FaultProbe})
	op := &wxpay.Operation{Name: "busifavor.SetCallback", Method: "POST", Path: callback}
	if err := client.Do(t.Context(), op, map[string]string{"notify_url": "https://example.com/notify"}, nil); err != nil {
		t.Error(err)
	}
	clock.now = clock.now.Add(2 * time.Minute) // longer than any pause after a failed download, shorter than that for invented serial numbers
	if err := client.Do(t.Context(), quotasGet, nil, nil); err != nil {
		t.Errorf("two minutes later: %v", err)
	}
}

// TestSecurityEcho is what a merchant checks a new set-up with.
func TestSecurityEcho(t *testing.T) {
	for _, keys := range []sandbox.Keys{sandbox.PublicKeyOnly, sandbox.CertificatesOnly, sandbox.BothKeys} {
		srv := sandbox.Start(t, sandbox.WithKeys(keys))
		client := newClient(t, srv, nil)
		events := make(chan *wxpay.Event, 1)
		receiver := wxpay.NewNotifications(client)
		receiver.Fallback = func(_ context.Context, e *wxpay.Event) error {
			events <- e
			return nil
		}
		hook := httptest.NewServer(receiver)
		if report := client.Check(t.Context(), hook.URL); !report.OK() {
			t.Errorf("%s: %s", keys, report)
		}
		event := <-events
		var content struct {
			Message   string `json:"echo_message"`
			Encrypted string `json:"encrypt_echo_message" wx:"sensitive"`
		}
		if err := event.Decode(&content); err != nil || content.Message != content.Encrypted || event.OriginalType != "security" {
			t.Errorf("%s: %+v, %v", keys, content, err)
		}
		srv.Close() // waits for the notification to be answered
		hook.Close()
	}
	srv := sandbox.Start(t)
	call(t, srv, "POST", "/v3/security/echo", `{}`, nil).want(t, 400, "PARAM_ERROR", "/echo_message")
	call(t, srv, "POST", "/v3/security/echo", `{"echo_message":"a","encrypted_echo_message":"b"}`, nil).want(t, 400, "PARAM_ERROR", "Wechatpay-Serial")
	call(t, srv, "POST", "/v3/security/echo", `{"echo_message":"a","notify_url":"x"}`, nil).want(t, 400, "PARAM_ERROR", "/notify_url")
	var refused *wxpay.APIError
	err := srv.Client().Do(t.Context(), &wxpay.Operation{Method: "POST", Path: "/v3/security/echo"}, map[string]int{"echo_message": 1}, nil)
	if !errors.As(err, &refused) {
		t.Errorf("%v", err)
	}
}
