package wxpay_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// The tests named TestHostile… hold the table of hostile input, a subtest each row or part of a row. For every row: no panic,
// nothing handed to the caller, an error of bounded size without secrets, and after a POST an outcome that is called unknown.
// Rows about uploads and downloads stand in upload_test.go and download_test.go.

// secretBody is what no error may hold.
const secretBody = `{"name":"Zhang San"}`

// forge answers with a body and with headers that were right until change.
func forge(change func(http.Header), body string) roundTrip {
	return func(*http.Request) (*http.Response, error) {
		header := signedHeader([]byte(secretBody))
		if change != nil {
			change(header)
		}
		return response(200, header, []byte(body)), nil
	}
}

// signedAt signs the body with another timestamp.
func signedAt(timestamp string) func(http.Header) {
	return func(h http.Header) {
		h.Set("Wechatpay-Timestamp", timestamp)
		h.Set("Wechatpay-Signature", signature(wechatpayKey(), timestamp, h.Get("Wechatpay-Nonce"), []byte(secretBody)))
	}
}

func setHeader(name, value string) func(http.Header) {
	return func(h http.Header) { h.Set(name, value) }
}

func TestHostileAnswers(t *testing.T) {
	unix := func(off time.Duration) string { return strconv.FormatInt(now.Add(off).Unix(), 10) }
	good := signedHeader([]byte(secretBody)).Get("Wechatpay-Signature")
	raw := must(base64.StdEncoding.DecodeString(good))
	sized := func(n int) string {
		return base64.StdEncoding.EncodeToString(append(raw, make([]byte, 10)...)[:n])
	}
	for name, c := range map[string]struct {
		change func(http.Header)
		body   string
		want   error
	}{
		"no signature headers": {func(h http.Header) {
			for _, name := range []string{"Timestamp", "Nonce", "Serial", "Signature"} {
				h.Del("Wechatpay-" + name)
			}
		}, secretBody, wxpay.ErrUnsigned},
		"no timestamp": {func(h http.Header) { h.Del("Wechatpay-Timestamp") }, secretBody, wxpay.ErrUnsigned},
		"no nonce":     {func(h http.Header) { h.Del("Wechatpay-Nonce") }, secretBody, wxpay.ErrUnsigned},
		"no serial":    {func(h http.Header) { h.Del("Wechatpay-Serial") }, secretBody, wxpay.ErrUnsigned},
		"no signature": {func(h http.Header) { h.Del("Wechatpay-Signature") }, secretBody, wxpay.ErrUnsigned},

		"header twice":              {func(h http.Header) { h.Add("Wechatpay-Serial", publicKeyID) }, secretBody, wxpay.ErrUnsigned},
		"header with a line break":  {setHeader("Wechatpay-Signature", good[:76]+"\n"+good[76:]), secretBody, wxpay.ErrBadSignature},
		"header with spaces":        {setHeader("Wechatpay-Timestamp", " "+unix(0)+" "), secretBody, wxpay.ErrUnsigned},
		"header of 1 MB":            {setHeader("Wechatpay-Nonce", strings.Repeat("n", 1<<20)), secretBody, wxpay.ErrUnsigned},
		"signature header of 1 MB":  {setHeader("Wechatpay-Signature", strings.Repeat("A", 1<<20)), secretBody, wxpay.ErrUnsigned},
		"nonce that forges a line":  {setHeader("Wechatpay-Nonce", "n\n"+secretBody), secretBody, wxpay.ErrBadSignature},
		"timestamp of words":        {signedAt("yesterday"), secretBody, wxpay.ErrUnsigned},
		"timestamp negative":        {signedAt("-1"), secretBody, wxpay.ErrUnsigned},
		"timestamp 0":               {signedAt("0"), secretBody, wxpay.ErrExpired},
		"timestamp 2^63":            {signedAt("9223372036854775808"), secretBody, wxpay.ErrUnsigned},
		"timestamp 2^63-1":          {signedAt("9223372036854775807"), secretBody, wxpay.ErrExpired},
		"timestamp with sign":       {signedAt("+" + unix(0)), secretBody, wxpay.ErrUnsigned},
		"timestamp with fraction":   {signedAt(unix(0) + ".5"), secretBody, wxpay.ErrUnsigned},
		"timestamp with zeros":      {signedAt("0" + unix(0)), secretBody, wxpay.ErrUnsigned},
		"timestamp 300 s ago":       {signedAt(unix(-300 * time.Second)), secretBody, wxpay.ErrExpired},
		"timestamp in 300 s":        {signedAt(unix(300 * time.Second)), secretBody, wxpay.ErrExpired},
		"timestamp a day ago":       {signedAt(unix(-24 * time.Hour)), secretBody, wxpay.ErrExpired},
		"serial unknown":            {setHeader("Wechatpay-Serial", serialA), secretBody, wxpay.ErrUnknownKey},
		"serial of another key id":  {setHeader("Wechatpay-Serial", "PUB_KEY_ID_1"), secretBody, wxpay.ErrUnknownKey},
		"signature empty":           {setHeader("Wechatpay-Signature", ""), secretBody, wxpay.ErrUnsigned},
		"signature truncated":       {setHeader("Wechatpay-Signature", good[:100]), secretBody, wxpay.ErrBadSignature},
		"signature of 255 bytes":    {setHeader("Wechatpay-Signature", sized(255)), secretBody, wxpay.ErrBadSignature},
		"signature of 257 bytes":    {setHeader("Wechatpay-Signature", sized(257)), secretBody, wxpay.ErrBadSignature},
		"signature not base64":      {setHeader("Wechatpay-Signature", "***"), secretBody, wxpay.ErrBadSignature},
		"signature of a probe":      {setHeader("Wechatpay-Signature", "WECHATPAY/SIGNTEST/"+good), secretBody, wxpay.ErrBadSignature},
		"signature type unknown":    {setHeader("Wechatpay-Signature-Type", "NONE"), secretBody, wxpay.ErrUnknownAlgorithm},
		"signature type SM2":        {setHeader("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"), secretBody, wxpay.ErrUnknownAlgorithm},
		"body one byte changed":     {nil, strings.Replace(secretBody, "Z", "z", 1), wxpay.ErrBadSignature},
		"body re-encoded":           {nil, `{"name": "Zhang San"}`, wxpay.ErrBadSignature},
		"body with byte order mark": {nil, "\ufeff" + secretBody, wxpay.ErrBadSignature},
		"body with line feed":       {nil, secretBody + "\n", wxpay.ErrBadSignature},
		"body cut":                  {nil, secretBody[:10], wxpay.ErrBadSignature},
		"body empty":                {nil, "", wxpay.ErrBadSignature},
		"signed by the merchant key": {func(h http.Header) {
			h.Set("Wechatpay-Signature", signature(merchantKey(), unix(0), h.Get("Wechatpay-Nonce"), []byte(secretBody)))
		}, secretBody, wxpay.ErrBadSignature},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, through(forge(c.change, c.body)))
			refused(t, client, c.want)
		})
	}
	t.Run("serial of A, signature of B", func(t *testing.T) {
		client := newClient(t, func(config *wxpay.Config) {
			config.PublicKeys = keySource("combined")
			through(forge(func(h http.Header) {
				h.Set("Wechatpay-Serial", serialA)
				h.Set("Wechatpay-Signature", signature(privateKey("platform_b_private_key"), unix(0), h.Get("Wechatpay-Nonce"), []byte(secretBody)))
			}, secretBody))(config)
		})
		refused(t, client, wxpay.ErrBadSignature)
	})
	t.Run("certificate while only a public key is held, and the reverse", func(t *testing.T) {
		for serial, keys := range map[string]wxpay.KeySource{serialA: publicKey(), publicKeyID: certificates()} {
			client := newClient(t, func(config *wxpay.Config) {
				config.PublicKeys = keys
				through(forge(setHeader("Wechatpay-Serial", serial), secretBody))(config)
			})
			refused(t, client, wxpay.ErrUnknownKey)
		}
	})
}

// refused makes a POST whose answer must be refused for a reason, with nothing handed over.
func refused(t *testing.T, client *wxpay.Client, want error) {
	t.Helper()
	var answer struct{ Name string }
	var raw wxpay.Response
	err := client.Do(t.Context(), post, nil, &answer, wxpay.WithResponse(&raw))
	if !errors.Is(err, want) || !errors.Is(err, wxpay.ErrOutcomeUnknown) {
		t.Errorf("error is %v, want %v and an unknown outcome", err, want)
	}
	if answer.Name != "" || raw.Body != nil || raw.Verified {
		t.Errorf("handed over: %+v, %+v", answer, raw)
	}
	checkText(t, err)
}

func checkText(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	if text := err.Error(); len(text) > 4096 || strings.Contains(text, "Zhang") || strings.Contains(text, "WECHATPAY2-SHA256-RSA2048 mchid") {
		t.Errorf("the error is too long or tells too much: %.300s", text)
	}
}

// Answers that never end, or end too early.
func TestHostileTransfers(t *testing.T) {
	t.Run("chunked for ever, slowly", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client := newClient(t, through(streaming(func(ctx context.Context) io.ReadCloser {
				return &slowBody{ctx: ctx, pause: time.Second, left: math.MaxInt}
			})))
			begun := time.Now()
			err := client.Do(t.Context(), post, nil, nil)
			if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, wxpay.ErrOutcomeUnknown) || time.Since(begun) != 30*time.Second {
				t.Errorf("after %s: %v", time.Since(begun), err)
			}
		})
	})
	t.Run("chunked for ever, fast", func(t *testing.T) {
		client := newClient(t, through(streaming(func(context.Context) io.ReadCloser { return io.NopCloser(endless{}) })))
		if err := client.Do(t.Context(), post, nil, nil); err == nil || !strings.Contains(err.Error(), "longer than 10485760 bytes") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("gzip bomb", func(t *testing.T) {
		bomb := gzipped(io.LimitReader(endless{}, 64<<20))
		client := serverClient(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		})
		if err := client.Do(t.Context(), post, nil, nil); !errors.Is(err, wxpay.ErrOutcomeUnknown) || !strings.Contains(err.Error(), "longer than") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("truncated, Content-Length larger", func(t *testing.T) {
		client := serverClient(t, func(w http.ResponseWriter, _ *http.Request) {
			copyHeader(w.Header(), signedHeader([]byte(secretBody)))
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, secretBody)
		})
		err := client.Do(t.Context(), post, nil, nil)
		if !errors.Is(err, io.ErrUnexpectedEOF) || !errors.Is(err, wxpay.ErrOutcomeUnknown) {
			t.Errorf("error is %v", err)
		}
		checkText(t, err)
	})
}

// Genuine answers that are not what they should be, by type and only after verifying.
func TestHostileAnswerContent(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
	}{
		"200 with HTML":          {200, "<html>"},
		"200 with an empty body": {200, ""},
		"204 with a body":        {204, `{"name":"x"}`},
		"JSON depth of 10 000":   {200, strings.Repeat(`{"a":`, 10_001) + "1" + strings.Repeat("}", 10_001)},
		"number as text":         {200, `{"total":"1"}`},
		"1e400":                  {200, `{"total":1e400}`},
		"NaN":                    {200, `{"total":NaN}`},
		"truncated JSON":         {200, `{"total":1`},
		"two documents":          {200, `{"total":1}{"total":2}`},
	} {
		t.Run(name, func(t *testing.T) {
			var answer struct{ Total int64 }
			err := newClient(t, through(answering(c.status, c.body))).Do(t.Context(), post, nil, &answer)
			malformed, ok := errors.AsType[*wxpay.DecodeError](err)
			if !ok || string(malformed.Body) != c.body || !errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Errorf("error is %v", err)
			}
		})
	}
	for name, body := range map[string]string{
		"duplicate keys": `{"total":2,"total":1}`, "unknown enum": `{"total":1,"state":"NEW"}`, "null for required": `{"total":1,"state":null}`,
		"invalid UTF-8": "{\"total\":1,\"state\":\"\xff\"}", "unknown keys": `{"total":1,"more":{}}`,
	} {
		t.Run(name, func(t *testing.T) {
			var answer struct {
				Total int64
				State kind
			}
			if err := newClient(t, through(answering(200, body))).Do(t.Context(), post, nil, &answer); err != nil || answer.Total != 1 {
				t.Errorf("%+v, %v", answer, err)
			}
		})
	}
}

func TestHostileErrorAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		code   wxpay.ErrorCode
	}{
		"HTML":                     {502, "<html>Bad Gateway</html>", ""},
		"empty":                    {500, "", ""},
		"detail is text":           {400, `{"code":"PARAM_ERROR","detail":"text"}`, "PARAM_ERROR"},
		"detail is an array":       {400, `{"code":"PARAM_ERROR","detail":[1]}`, "PARAM_ERROR"},
		"detail of 10 MB":          {400, `{"code":"PARAM_ERROR","detail":"` + strings.Repeat("x", 9<<20) + `"}`, "PARAM_ERROR"},
		"code is a number":         {400, `{"code":1,"message":"m"}`, "1"},
		"code of 1 MB":             {400, `{"code":"` + strings.Repeat("X", 1<<20) + `"}`, wxpay.ErrorCode(strings.Repeat("X", 128) + "…")},
		"message is null":          {400, `{"code":"PARAM_ERROR","message":null}`, "PARAM_ERROR"},
		"4xx with a success":       {400, `{"prepay_id":"wx1"}`, ""},
		"JSON that is no object":   {400, `[]`, ""},
		"status beyond all others": {999, `{}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var answer struct{ Name string }
			header := http.Header{"Request-Id": {"R-1"}}
			client := newClient(t, through(func(*http.Request) (*http.Response, error) { return response(c.status, header, []byte(c.body)), nil }))
			err := client.Do(t.Context(), post, nil, &answer)
			refused, ok := errors.AsType[*wxpay.APIError](err)
			if !ok || refused.Status != c.status || refused.Code != c.code || refused.RequestID != "R-1" || len(refused.Body) > 64<<10 {
				t.Errorf("error is %.200v", err)
			}
			checkText(t, err)
		})
	}
}

func TestHostileRedirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		calls := 0
		client := newClient(t, through(func(*http.Request) (*http.Response, error) {
			calls++
			return response(status, http.Header{"Location": {"https://evil.example/?token=SECRET"}}, nil), nil
		}))
		err := client.Do(t.Context(), get, nil, nil)
		if calls != 1 || err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%d: %d calls, %v", status, calls, err)
		}
	}
}

func TestHostileRequests(t *testing.T) {
	type request struct {
		ID   string  `json:"-" path:"id"`
		Text string  `json:"text,omitzero"`
		N    float64 `json:"n,omitzero"`
	}
	op := &wxpay.Operation{Method: "POST", Path: "/v3/{id}/x"}
	for name, c := range map[string]struct{ value, want string }{
		"path value with a slash": {"a/b", "a%2Fb"}, "path value that climbs": {"../b", "..%2Fb"}, "path value escaped before": {"%2F", "%252F"},
		"path value with a question mark": {"a?b", "a%3Fb"}, "path value with a hash": {"a#b", "a%23b"}, "path value with a space": {"a b", "a%20b"},
		"path value in Chinese": {"中", "%E4%B8%AD"}, "path value with a newline": {"a\r\nHost: evil", "a%0D%0AHost:%20evil"},
	} {
		t.Run(name, func(t *testing.T) {
			if uri, _, _ := exchange(t, op, &request{ID: c.value}); uri != "/v3/"+c.want+"/x" {
				t.Errorf("sent %s", uri)
			}
		})
	}
	for name, c := range map[string]struct {
		req  request
		path string
	}{
		"path value of dots": {request{ID: ".."}, "id"}, "path value empty": {request{}, "id"},
		"emoji in a field": {request{ID: "1", Text: "😀"}, "text"}, "invalid UTF-8 in a field": {request{ID: "1", Text: "\xff"}, "text"},
		"NaN": {request{ID: "1", N: math.NaN()}, "n"}, "infinity": {request{ID: "1", N: math.Inf(1)}, "n"},
	} {
		t.Run(name, func(t *testing.T) {
			err := newClient(t, through(nil)).Do(t.Context(), op, &c.req, nil)
			if check, ok := errors.AsType[*wxpay.CheckError](err); !ok || check.Fields[0].Path != c.path {
				t.Errorf("error is %v", err)
			}
		})
	}
}
