package sandbox_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
)

func TestRefusals(t *testing.T) {
	srv := sandbox.Start(t)
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	at := func(d time.Duration) string { return strconv.FormatInt(time.Now().Add(d).Unix(), 10) }
	header := func(edit func(string) string) func(*credentials, *http.Request) {
		return func(c *credentials, r *http.Request) {
			r.Header.Set("Authorization", edit(c.authorization(t, r, "")))
		}
	}
	twice := func(c *credentials, r *http.Request) {
		value := c.authorization(t, r, "")
		r.Header["Authorization"] = []string{value, value}
	}
	for name, test := range map[string]struct {
		change func(*credentials, *http.Request)
		status int
		code   string
		field  string
		words  string
	}{
		"no Accept":         {func(_ *credentials, r *http.Request) { r.Header.Del("Accept") }, 400, "INVALID_REQUEST", "", "Accept"},
		"no User-Agent":     {func(_ *credentials, r *http.Request) { r.Header.Set("User-Agent", "") }, 400, "INVALID_REQUEST", "", "User-Agent"},
		"no header":         {func(_ *credentials, r *http.Request) { r.Header.Set("Authorization", "Basic") }, 401, "SIGN_ERROR", "Authorization", "WECHATPAY2"},
		"two headers":       {twice, 401, "SIGN_ERROR", "Authorization", "2 times"},
		"other scheme":      {func(c *credentials, _ *http.Request) { c.scheme = "WECHATPAY2-SM2-WITH-SM3" }, 401, "SIGN_ERROR", "Authorization", "must begin"},
		"unknown item":      {header(func(v string) string { return v + `,more="1"` }), 401, "SIGN_ERROR", "Authorization", "something else"},
		"no quotes":         {header(func(v string) string { return strings.ReplaceAll(v, `"`, "") }), 401, "SIGN_ERROR", "Authorization", "something else"},
		"item missing":      {header(func(v string) string { return v[:strings.Index(v, ",signature")] }), 401, "SIGN_ERROR", "signature", "missing"},
		"item twice":        {header(func(v string) string { return v + `,mchid="1"` }), 401, "SIGN_ERROR", "mchid", "twice"},
		"other merchant":    {func(c *credentials, _ *http.Request) { c.mchID = "1900000002" }, 401, "SIGN_ERROR", "mchid", srv.Identity().MchID()},
		"other serial":      {func(c *credentials, _ *http.Request) { c.serial = strings.Repeat("A", 40) }, 401, "SIGN_ERROR", "serial_no", srv.Identity().SerialNo()},
		"small letters":     {func(c *credentials, _ *http.Request) { c.serial = strings.ToLower(c.serial) }, 401, "SIGN_ERROR", "serial_no", "capitals"},
		"platform's id":     {func(c *credentials, _ *http.Request) { c.serial = srv.Identity().PublicKeyID() }, 401, "SIGN_ERROR", "serial_no", "WeChat Pay's key"},
		"timestamp no time": {func(c *credentials, _ *http.Request) { c.timestamp = "now" }, 401, "SIGN_ERROR", "timestamp", "whole seconds"},
		"milliseconds":      {func(c *credentials, _ *http.Request) { c.timestamp += "000" }, 401, "SIGN_ERROR", "timestamp", "ahead"},
		"clock behind":      {func(c *credentials, _ *http.Request) { c.timestamp = at(-6 * time.Minute) }, 401, "SIGN_ERROR", "timestamp", "behind"},
		"clock ahead":       {func(c *credentials, _ *http.Request) { c.timestamp = at(6 * time.Minute) }, 401, "SIGN_ERROR", "timestamp", "ahead"},
		"nonce too long":    {func(c *credentials, _ *http.Request) { c.nonce = strings.Repeat("n", 33) }, 401, "SIGN_ERROR", "nonce_str", "33"},
		"no Base64":         {header(func(v string) string { return strings.Replace(v, `signature="`, `signature="*`, 1) }), 401, "SIGN_ERROR", "signature", "Base64"},
		"other key":         {func(c *credentials, _ *http.Request) { c.key = stranger }, 401, "SIGN_ERROR", "signature", "sign not match"},
		"other message":     {func(c *credentials, _ *http.Request) { c.message = strings.TrimSpace }, 401, "SIGN_ERROR", "signature", "line feed"},
		"other platform key": {func(_ *credentials, r *http.Request) { r.Header.Set("Wechatpay-Serial", "PUB_KEY_ID_1") },
			400, "PARAM_ERROR", "Wechatpay-Serial", srv.Identity().PublicKeyID()},
	} {
		t.Run(name, func(t *testing.T) {
			got := call(t, srv, "GET", quotas, "", test.change)
			got.want(t, test.status, test.code, test.words)
			if got.Detail.Field != test.field {
				t.Errorf("field %q, want %q", got.Detail.Field, test.field)
			}
			verify(t, srv, got.Header, got.body)
		})
	}
}

func TestSignInformation(t *testing.T) {
	srv := sandbox.Start(t)
	body := `{"notify_url":"https://example.com/notify"}`
	got := call(t, srv, "POST", callback+"?a=%20b", body, func(c *credentials, _ *http.Request) {
		c.message = func(text string) string { return text + "\n" }
	})
	got.want(t, 401, "SIGN_ERROR")
	sign := got.Detail.Sign
	if sign.Method != "POST" || sign.URL != callback+"?a=%20b" || sign.Length != len(sign.Message) ||
		!strings.HasPrefix(sign.Message, "POST\n"+callback+"?a=%20b\n") || !strings.HasSuffix(sign.Message, "\n"+body+"\n") {
		t.Errorf("sign_information %+v", sign)
	}
	if got.Detail.Location != "authorization" {
		t.Errorf("location %q", got.Detail.Location)
	}
	long := strings.Repeat("长", 1000)
	got = call(t, srv, "POST", callback, long, func(c *credentials, _ *http.Request) { c.message = strings.ToUpper })
	got.want(t, 401, "SIGN_ERROR")
	if n := len(got.Detail.Sign.Message); n > 256 || got.Detail.Sign.Length < 3000 {
		t.Errorf("%d bytes shown of %d", n, got.Detail.Sign.Length)
	}
}

func TestReplay(t *testing.T) {
	clock := &fixedClock{time.Now()}
	srv := sandbox.Start(t, sandbox.WithClock(clock.Now))
	again := func(c *credentials, _ *http.Request) { c.nonce = "the-same-nonce" }
	call(t, srv, "GET", quotas, "", func(c *credentials, r *http.Request) {
		again(c, r)
		c.mchID = "1"
	}).want(t, 401, "SIGN_ERROR")
	call(t, srv, "GET", quotas, "", again).want(t, 200, "") // a forged request does not use a nonce up
	got := call(t, srv, "GET", quotas, "", again)
	got.want(t, 401, "SIGN_ERROR", "used before")
	if got.Detail.Field != "nonce_str" {
		t.Errorf("field %q", got.Detail.Field)
	}
	clock.now = clock.now.Add(10 * time.Minute)
	call(t, srv, "GET", quotas, "", again).want(t, 401, "SIGN_ERROR", "used before")
	clock.now = clock.now.Add(11 * time.Minute)
	call(t, srv, "GET", quotas, "", nil)
	clock.now = clock.now.Add(11 * time.Minute)
	call(t, srv, "GET", quotas, "", again).want(t, 200, "")
}

func TestHeaderForms(t *testing.T) {
	srv := sandbox.Start(t)
	got := call(t, srv, "GET", quotas, "", func(c *credentials, r *http.Request) {
		r.Header.Set("Authorization", strings.ReplaceAll(c.authorization(t, r, ""), ",", ", "))
		r.Header.Set("Wechatpay-Serial", srv.Identity().PublicKeyID())
	})
	got.want(t, 200, "")
}
