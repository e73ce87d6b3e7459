package sandbox_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

const order = `{"name":"ab"}`

func TestFail(t *testing.T) {
	srv := startShop(t)
	post := func() reply { return call(t, srv, "POST", "/v3/orders", order, nil) }
	srv.Fail("PARAM_ERROR")
	srv.Fail("SYSTEM_ERROR", "orders.Create")
	srv.Fail("SYSTEM_ERROR 500", "POST /v3/orders")
	call(t, srv, "DELETE", "/v3/orders/1", "", nil).want(t, 400, "PARAM_ERROR", "has no error", "none") // took the first
	post().want(t, 400, "SYSTEM_ERROR", "忙")
	post().want(t, 500, "SYSTEM_ERROR", "坏")
	post().want(t, 200, "")
	srv.Fail("PARAM_ERROR", "Create")
	got := post()
	got.want(t, 400, "PARAM_ERROR", "名字") // the operation's own row, not the common one
	verify(t, srv, got.Header, got.body)
	mustPanic(t, `no error "NO_AUTH"; it has PARAM_ERROR 400, SYSTEM_ERROR 400, SYSTEM_ERROR 500`, func() { srv.Fail("NO_AUTH", "orders.Create") })
	mustPanic(t, `no operation is called "orders.Make"; there are orders.Create`, func() { srv.Fail("PARAM_ERROR", "orders.Make") })
}

func TestErrorHeader(t *testing.T) {
	srv := startShop(t)
	ask := func(code string) reply {
		return call(t, srv, "POST", "/v3/orders", order, func(_ *credentials, r *http.Request) { r.Header.Set("Sandbox-Error", code) })
	}
	ask("SYSTEM_ERROR").want(t, 400, "SYSTEM_ERROR")
	ask("SYSTEM_ERROR 500").want(t, 500, "SYSTEM_ERROR")
	ask("NO_AUTH").want(t, 400, "PARAM_ERROR", "SYSTEM_ERROR 400", "Sandbox-Error")
	got := call(t, srv, "POST", "/v3/orders", order, func(c *credentials, r *http.Request) {
		c.mchID = "1"
		r.Header.Set("Sandbox-Error", "SYSTEM_ERROR")
	})
	got.want(t, 401, "SIGN_ERROR") // what is forged is refused first
}

// TestClientSeesErrors goes through the runtime: code, advice and outcome reach the caller.
func TestClientSeesErrors(t *testing.T) {
	srv := sandbox.Start(t)
	op := &wxpay.Operation{Name: "busifavor.SetCallback", Method: "POST", Path: callback, Errors: []wxpay.ErrorRow{{Status: 403, Code: "NOAUTH", Action: "Ask."}}}
	set := func(url string, opts ...wxpay.CallOption) error {
		return srv.Client().Do(t.Context(), op, map[string]string{"notify_url": url}, nil, opts...)
	}
	if err := set("https://example.com/notify"); err != nil {
		t.Fatal(err)
	}
	err := set("https://example.com/notify", wxpay.WithHeader("Sandbox-Error", "NOAUTH"))
	apiErr, ok := errors.AsType[*wxpay.APIError](err)
	if !ok || !errors.Is(err, wxpay.ErrNoAuth) || apiErr.Status != 403 || len(apiErr.Advice()) == 0 {
		t.Errorf("%v", err)
	}
	err = set("x")
	if apiErr, ok = errors.AsType[*wxpay.APIError](err); !ok || !errors.Is(err, wxpay.ErrParamError) || apiErr.Detail.Field != "/notify_url" {
		t.Errorf("%v", err)
	}
	config := srv.Config()
	config.Now = func() time.Time { return time.Now().Add(-time.Hour) }
	late, err := wxpay.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	err = late.Do(t.Context(), op, map[string]string{"notify_url": "https://example.com"}, nil)
	if apiErr, ok = errors.AsType[*wxpay.APIError](err); !ok || !errors.Is(err, wxpay.ErrSignError) || apiErr.Detail.SignInformation == nil || apiErr.ClockSkew < 59*time.Minute {
		t.Errorf("%v", err)
	}
}

func TestRuleForms(t *testing.T) {
	srv := startShop(t)
	post := func() reply { return call(t, srv, "POST", "/v3/orders", order, nil) }
	srv.Apply(sandbox.Rule{Times: 2, Code: "FREQUENCY_LIMITED", Status: 429, Header: http.Header{"retry-after": {"1"}}})
	for range 2 {
		got := post()
		got.want(t, 429, "FREQUENCY_LIMITED")
		if got.Header.Get("Retry-After") != "1" {
			t.Error("no Retry-After")
		}
	}
	srv.Apply(sandbox.Rule{Status: 502, Body: []byte("<html>"), Header: http.Header{"Content-Type": {"text/html"}}})
	if got := post(); got.StatusCode != 502 || string(got.body) != "<html>" || got.Header.Get("Content-Type") != "text/html" {
		t.Errorf("%d %q", got.StatusCode, got.body)
	}
	srv.Apply(sandbox.Rule{Status: 503})
	if got := post(); got.StatusCode != 503 || len(got.body) != 0 {
		t.Errorf("%d %q", got.StatusCode, got.body)
	}
	const delay = 30 * time.Millisecond
	srv.Apply(sandbox.Rule{Delay: delay})
	started := time.Now()
	post().want(t, 200, "")
	if took := time.Since(started); took < delay {
		t.Errorf("took %v", took)
	}
	post().want(t, 200, "")
	srv.Apply(sandbox.Rule{Times: sandbox.Always, Status: 503})
	srv.Apply(sandbox.Rule{Times: sandbox.Always, Status: 500, Operation: "orders.Create"})
	post().want(t, 500, "")
	post().want(t, 500, "")
	call(t, srv, "DELETE", "/v3/orders/1", "", nil).want(t, 503, "")
	srv.Reset()
	post().want(t, 200, "")
	if n := len(srv.Calls()); n != 1 {
		t.Errorf("%d calls after Reset", n)
	}
}

func TestHandle(t *testing.T) {
	srv := startShop(t)
	srv.Handle("orders.Create", func(r *sandbox.Request) (any, error) {
		var body struct{ Name string }
		if err := r.Decode(&body); err != nil {
			return nil, err
		}
		switch body.Name {
		case "none":
			return nil, nil
		case "fail":
			return nil, r.Fail("SYSTEM_ERROR 500")
		case "own":
			return nil, &sandbox.Error{Status: 409, Code: "MINE", Message: "mine"}
		case "odd":
			return nil, errors.New("odd")
		case "raw":
			return &sandbox.Answer{Status: 202, Body: []byte(`{}`)}, nil
		}
		answer, err := r.Default()
		answer.(map[string]any)["zeta"] = body.Name
		return answer, err
	})
	for name, want := range map[string]string{
		"none": "204 ", "fail": "500 SYSTEM_ERROR", "own": "409 MINE", "odd": "500 SYSTEM_ERROR", "raw": "202 ", "abc": "200 ",
	} {
		got := call(t, srv, "POST", "/v3/orders", `{"name":"`+name+`"}`, nil)
		if text := got.Status[:4] + got.Code; text != want {
			t.Errorf("%s: %s %s", name, text, got.body)
		}
		verify(t, srv, got.Header, got.body)
		if name == "abc" && !bytes.Contains(got.body, []byte(`"zeta":"abc"`)) {
			t.Errorf("%s", got.body)
		}
	}
	call(t, srv, "POST", "/v3/orders", `{}`, nil).want(t, 400, "PARAM_ERROR") // validated all the same
}

func TestHandleNewRoute(t *testing.T) {
	srv := startShop(t)
	srv.Handle("GET /v3/new/{id}", func(r *sandbox.Request) (any, error) {
		return map[string]string{"id": r.PathValue("id"), "q": r.Query.Get("q")}, nil
	})
	got := call(t, srv, "GET", "/v3/new/a%20b?q=1", "", nil)
	if string(got.body) != `{"id":"a b","q":"1"}` {
		t.Errorf("%s", got.body)
	}
	verify(t, srv, got.Header, got.body)
	call(t, srv, "GET", "/v3/new/1", "", func(c *credentials, _ *http.Request) { c.mchID = "1" }).want(t, 401, "SIGN_ERROR")
	call(t, srv, "POST", "/v3/new/1", "", nil).want(t, 405, "INVALID_REQUEST", "use GET")
	srv.Apply(sandbox.Rule{Operation: "GET /v3/new/{id}", Status: 500})
	call(t, srv, "GET", "/v3/new/1", "", nil).want(t, 500, "")
	mustPanic(t, "no operation is called", func() { srv.Handle("new", nil) })
	srv.Reset()
	call(t, srv, "GET", "/v3/new/1", "", nil).want(t, 404, "NOT_FOUND")
}

// TestAlter makes answers that a client must refuse.
func TestAlter(t *testing.T) {
	srv := sandbox.Start(t)
	op := &wxpay.Operation{Name: "partner.GetServiceQuotas", Method: "GET", Path: strings.Split(quotas, "?")[0] + "?" + strings.Split(quotas, "?")[1]}
	for name, test := range map[string]struct {
		alter func(*sandbox.Answer)
		want  error
	}{
		"tampered": {func(a *sandbox.Answer) { a.Body = bytes.Replace(a.Body, []byte("1000"), []byte("9000"), 1) }, wxpay.ErrBadSignature},
		"unsigned": {func(a *sandbox.Answer) { a.Header.Del("Wechatpay-Signature") }, wxpay.ErrUnsigned},
		"expired":  {func(a *sandbox.Answer) { a.Header.Set("Wechatpay-Timestamp", "1700000000") }, wxpay.ErrExpired},
		"foreign":  {func(a *sandbox.Answer) { a.Header.Set("Wechatpay-Serial", "PUB_KEY_ID_1") }, wxpay.ErrUnknownKey},
	} {
		srv.Apply(sandbox.Rule{Alter: test.alter, Times: sandbox.Always}) // a bad signature may be a probe, so a GET is tried again
		var got map[string]any
		err := srv.Client().Do(t.Context(), op, nil, &got, wxpay.WithRetry(wxpay.RetryPolicy{FirstWait: time.Millisecond}))
		if !errors.Is(err, test.want) || got != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		srv.Reset()
	}
	if err := srv.Client().Do(t.Context(), op, nil, nil); err != nil {
		t.Error(err)
	}
}
