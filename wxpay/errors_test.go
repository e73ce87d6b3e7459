package wxpay_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestAPIErrorVectors(t *testing.T) {
	for _, c := range loadVectors().APIErrors {
		t.Run(c.Name, func(t *testing.T) {
			header := http.Header{"Content-Type": {c.ContentType}, "Request-Id": {"R-1"}}
			client := newClient(t, through(func(*http.Request) (*http.Response, error) {
				return response(c.Status, header, []byte(c.Body)), nil
			}))
			var raw wxpay.Response
			err := client.Do(t.Context(), post, nil, nil, wxpay.WithResponse(&raw))
			if c.Status < 300 {
				if !errors.Is(err, wxpay.ErrUnsigned) {
					t.Errorf("an unsigned answer with status %d: %v", c.Status, err)
				}
				return
			}
			refused, ok := errors.AsType[*wxpay.APIError](err)
			if !ok {
				t.Fatalf("error is %T: %v", err, err)
			}
			if refused.Status != c.Status || refused.RequestID != "R-1" || string(refused.Body) != c.Body || string(raw.Body) != c.Body {
				t.Errorf("%+v", refused)
			}
			if got := c.OfficialGot; got != nil && c.Name != "code is a number" {
				if string(refused.Code) != got.Code || refused.Message != got.Message {
					t.Errorf("code %q, message %q; want %q, %q", refused.Code, refused.Message, got.Code, got.Message)
				}
				if string(got.Detail) != "null" && !sameJSON(refused.Detail.Raw, got.Detail) {
					t.Errorf("detail is %s, want %s", refused.Detail.Raw, got.Detail)
				}
			}
			for _, want := range []string{"test.Post", "R-1"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in %v", want, err)
				}
			}
		})
	}
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// refuse makes a call that is answered with an error.
func refuse(t *testing.T, op *wxpay.Operation, status int, header http.Header, body string) *wxpay.APIError {
	t.Helper()
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		return response(status, header, []byte(body)), nil
	}))
	err := client.Do(t.Context(), op, nil, nil)
	refused, ok := errors.AsType[*wxpay.APIError](err)
	if !ok {
		t.Fatalf("error is %T: %v", err, err)
	}
	return refused
}

func TestErrorDetail(t *testing.T) {
	e := refuse(t, post, 400, nil, `{"code":"PARAM_ERROR","message":"m","detail":{"field":"/amount/total","value":0,"issue":"too small","location":"body"}}`)
	d := e.Detail
	if d.Field != "/amount/total" || string(d.Value) != "0" || d.Issue != "too small" || d.Location != "body" {
		t.Errorf("detail is %+v", d)
	}
	for name, detail := range map[string]string{
		"text": `"free text"`, "array": `[1,2]`, "null": `null`, "number": `1`,
		"fields of other types": `{"field":{"a":1},"issue":[1],"location":null,"detail":"x"}`,
		"huge":                  `{"field":"` + strings.Repeat("x", 9<<20) + `"}`,
	} {
		e := refuse(t, post, 400, nil, `{"code":"PARAM_ERROR","message":"m","detail":`+detail+`}`)
		if e.Code != wxpay.ErrParamError || e.Message != "m" || len(e.Error()) > 2000 || len(e.Body) > 64<<10 {
			t.Errorf("%s: code %q, message %q, body of %d bytes", name, e.Code, e.Message, len(e.Body))
		}
	}
	if e := refuse(t, post, 400, nil, `{"code":40001,"message":{"a":1}}`); e.Code != "40001" || e.Message != "" {
		t.Errorf("code %q, message %q", e.Code, e.Message)
	}
}

func TestErrorBodyWithoutEnd(t *testing.T) {
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 503, Body: io.NopCloser(endless{}), ContentLength: -1}, nil
	}))
	err := client.Do(t.Context(), post, nil, nil)
	if refused, ok := errors.AsType[*wxpay.APIError](err); !ok || refused.Status != 503 || len(refused.Body) != 64<<10 {
		t.Errorf("error is %v", err)
	}
}

func TestErrorCodes(t *testing.T) {
	for spelling, want := range map[string]wxpay.ErrorCode{
		"NOAUTH": wxpay.ErrNoAuth, "SYSTEMERROR": wxpay.ErrSystemError, "NOTENOUGH": wxpay.ErrNotEnough,
		"ORDERNOTEXIST": wxpay.ErrOrderNotExist, "RULELIMIT": wxpay.ErrRuleLimit, "BANKERROR": wxpay.ErrBankError,
		"ACCOUNTERROR": wxpay.ErrAccountError, "FREQUENCY_LIMIT": wxpay.ErrFrequencyLimited,
		"FREQUENCY_LIMIT_EXCEED": wxpay.ErrFrequencyLimited, "RATELIMIT_EXCEEDED": wxpay.ErrFrequencyLimited,
		"RATELIMIT_EXCEED": wxpay.ErrFrequencyLimited, "RATE_LIMITED": wxpay.ErrFrequencyLimited,
		"FREQENCY_LIMIT": wxpay.ErrFrequencyLimited, "PARAM_ERROR": wxpay.ErrParamError,
	} {
		e := refuse(t, post, 400, nil, `{"code":"`+spelling+`"}`)
		if !errors.Is(e, want) || !errors.Is(e, wxpay.ErrorCode(spelling)) || errors.Is(e, wxpay.ErrNotFound) {
			t.Errorf("%s is not %s", spelling, want)
		}
		if string(e.Code) != spelling {
			t.Errorf("%s became %s", spelling, e.Code)
		}
	}
	if e := refuse(t, post, 502, nil, ""); errors.Is(e, wxpay.ErrorCode("")) {
		t.Error("an error without a code is the empty code")
	}
}

func TestOutcomeOfErrors(t *testing.T) {
	get := &wxpay.Operation{Method: "GET", Path: "/v3/x"}
	for _, c := range []struct {
		op     *wxpay.Operation
		status int
		body   string
		want   bool
	}{
		{post, 500, `{"code":"SYSTEM_ERROR"}`, true},
		{post, 400, `{"code":"SYSTEMERROR"}`, true},
		{post, 502, `<html>`, true},
		{post, 400, `{"code":"PARAM_ERROR"}`, false},
		{post, 429, `{"code":"FREQUENCY_LIMITED"}`, false},
		{get, 500, `{"code":"SYSTEM_ERROR"}`, false},
	} {
		if e := refuse(t, c.op, c.status, nil, c.body); errors.Is(e, wxpay.ErrOutcomeUnknown) != c.want {
			t.Errorf("%s %d %s: outcome unknown is %v", c.op.Method, c.status, c.body, !c.want)
		}
	}
}

func TestAdvice(t *testing.T) {
	row := func(status int, code wxpay.ErrorCode, meaning string) wxpay.ErrorRow {
		return wxpay.ErrorRow{Status: status, Code: code, Meaning: meaning, Action: "Act."}
	}
	op := &wxpay.Operation{
		Method: "POST", Path: "/v3/x",
		Errors: []wxpay.ErrorRow{
			row(400, "INVALID_REQUEST", "商户号不存在: The merchant does not exist."),
			row(400, "INVALID_REQUEST", "此接口仅对部分合作伙伴开放: Open to some partners only."),
			row(403, "NOAUTH", "无权限: Not allowed."),
			row(0, "", "回调地址已存在: The address exists."),
			row(429, "FREQUENCY_LIMITED", "频率超限: Too fast."),
		},
		CommonErrors: []wxpay.ErrorRow{row(400, "INVALID_REQUEST", "HTTP 请求不符合规则: Against the rules.")},
	}
	for _, c := range []struct {
		name, body string
		status     int
		want       []string
	}{
		{"best row first, common last", `{"code":"INVALID_REQUEST","message":"此接口仅对部分合作伙伴开放，当前商户号未开放"}`, 400, []string{"此接口", "商户号", "HTTP"}},
		{"page order without a likely row", `{"code":"INVALID_REQUEST","message":"x"}`, 400, []string{"商户号", "此接口", "HTTP"}},
		{"other spelling", `{"code":"NO_AUTH","message":"x"}`, 403, []string{"无权限"}},
		{"another status than documented", `{"code":"RATELIMIT_EXCEEDED"}`, 500, []string{"频率"}},
		{"row without status and code", `{"code":"PARAM_ERROR","message":"回调地址已存在！"}`, 400, []string{"回调"}},
		{"nothing", `{"code":"NEW"}`, 400, nil},
	} {
		advice := refuse(t, op, c.status, nil, c.body).Advice()
		var got []string
		for i, row := range advice {
			if i < len(c.want) && strings.HasPrefix(row.Meaning, c.want[i]) {
				got = append(got, c.want[i])
			} else {
				got = append(got, row.Meaning)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if lines := strings.Count(advice.String(), "→ Act."); lines != len(c.want) {
			t.Errorf("%s: as text: %s", c.name, advice)
		}
	}
}

func TestSignErrorTellsWhatWeChatPaySaw(t *testing.T) {
	body := `{"code":"SIGN_ERROR","message":"签名错误","detail":{"detail":{"issue":"sign not match"},"field":"signature","location":"authorization",
		"sign_information":{"method":"POST","url":"/v3/other","sign_message_length":381,"truncated_sign_message":"POST\n/v3/other\n{\"name\":\"Zhang San\"}"}}}`
	e := refuse(t, post, 401, nil, body)
	for _, want := range []string{"sign not match", `"/v3/other"`, "381 bytes", "not the request that was signed"} {
		if !strings.Contains(e.Error(), want) {
			t.Errorf("%q is not in %v", want, e)
		}
	}
	if info := e.Detail.SignInformation; info == nil || !strings.HasPrefix(info.Message, "POST\n") || strings.Contains(e.Error(), "Zhang") {
		t.Errorf("sign information is %+v in %v", info, e)
	}
	for _, odd := range []string{`"x"`, `[]`, `{"method":1,"sign_message_length":"12"}`, `{"sign_message_length":{}}`} {
		refuse(t, post, 401, nil, `{"code":"SIGN_ERROR","detail":{"sign_information":`+odd+`}}`)
	}
}

func TestClockSkewIsNamed(t *testing.T) {
	for off, want := range map[time.Duration]string{
		7 * time.Minute:  "local clock is 7m0s slow",
		-7 * time.Minute: "local clock is 7m0s fast",
	} {
		header := http.Header{"Date": {now.Add(off).UTC().Format(http.TimeFormat)}}
		e := refuse(t, post, 401, header, `{"code":"SIGN_ERROR","message":"x"}`)
		if e.ClockSkew != off || !strings.Contains(e.Error(), want) {
			t.Errorf("skew %s, error %v; want %s, %q", e.ClockSkew, e, off, want)
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	reached := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := httptest.NewServer(http.RedirectHandler(other.URL+"/secret?token=1", status))
		client := newClient(t, func(config *wxpay.Config) {
			config.BaseURL = server.URL
			config.HTTPClient = server.Client()
		})
		err := client.Do(t.Context(), &wxpay.Operation{Method: "GET", Path: "/v3/x"}, nil, nil)
		refused, ok := errors.AsType[*wxpay.APIError](err)
		if !ok || refused.Status != status || !strings.Contains(err.Error(), "never followed") || strings.Contains(err.Error(), "token") {
			t.Errorf("%d: %v", status, err)
		}
		server.Close()
	}
	if reached {
		t.Error("a redirect was followed")
	}
}
