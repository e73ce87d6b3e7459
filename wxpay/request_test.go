package wxpay_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// exchange makes a call against a server and returns what the server got on the request line, and the body. The server
// verifies the signature over just that.
func exchange(t *testing.T, op *wxpay.Operation, req any, opts ...wxpay.CallOption) (uri, body string, header http.Header) {
	t.Helper()
	var client *wxpay.Client
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		uri, body, header = r.RequestURI, string(content), r.Header
		if want := must(wxpay.Authorization(client, r.Method, uri, content)); r.Header.Get("Authorization") != want {
			t.Errorf("the signature does not cover what was sent: %s %s", r.Method, uri)
		}
		for name, values := range signedHeader(nil) {
			w.Header()[name] = values
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	client = newClient(t, func(config *wxpay.Config) { config.BaseURL = server.URL })
	wxpay.SetNonce(client, "593BEC0C930BF1AFEB40B4A08C8FB242")
	if err := client.Do(t.Context(), op, req, nil, opts...); err != nil {
		t.Fatal(err)
	}
	return uri, body, header
}

func TestPathValuesAreEscapedOnce(t *testing.T) {
	type request struct {
		ID string `json:"-" path:"id"`
	}
	op := &wxpay.Operation{Method: "GET", Path: "/v3/orders/{id}/items"}
	for value, want := range map[string]string{
		"plain-1_2.3~": "plain-1_2.3~",
		"a/b":          "a%2Fb",
		"%2F":          "%252F",
		"?a=b&c":       "%3Fa=b&c",
		"#":            "%23",
		"a b":          "a%20b",
		"中文":           "%E4%B8%AD%E6%96%87",
		"a\nb":         "a%0Ab",
		"..a":          "..a",
		"../..":        "..%2F..",
		`"<>\^`:        "%22%3C%3E%5C%5E",
		"{id}":         "%7Bid%7D",
		"+*@":          "+%2A@",
	} {
		if uri, _, _ := exchange(t, op, &request{ID: value}); uri != "/v3/orders/"+want+"/items" {
			t.Errorf("%q became %s, want %s", value, uri, want)
		}
	}
	client := newClient(t, through(nil))
	for _, value := range []string{"", ".", ".."} {
		err := client.Do(t.Context(), op, &request{ID: value}, nil, wxpay.WithoutChecks())
		if check, ok := errors.AsType[*wxpay.CheckError](err); !ok || check.Fields[0].Path != "id" {
			t.Errorf("%q: %v", value, err)
		}
	}
	if uri, _, _ := exchange(t, &wxpay.Operation{Method: "GET", Path: "/v3/x-{id}"}, &request{ID: ".."}); uri != "/v3/x-.." {
		t.Errorf("dots beside other text became %s", uri)
	}
}

type kind string

func (k kind) Known() bool { return k == "A" || k == "B" }

type filter struct {
	Type string `json:"type"`
}

func TestQueryValues(t *testing.T) {
	type Page struct {
		Limit int64 `json:"-" query:"limit"`
	}
	type request struct {
		Page
		ID     string                `json:"-" path:"id"`
		Text   string                `json:"-" query:"text"`
		Empty  string                `json:"-" query:"empty,omitzero"`
		Offset *int64                `json:"-" query:"offset"`
		None   *int64                `json:"-" query:"none"`
		Flag   *bool                 `json:"-" query:"flag"`
		Kind   kind                  `json:"-" query:"kind,omitzero"`
		Time   wxpay.Time            `json:"-" query:"time,omitzero"`
		NoTime wxpay.Time            `json:"-" query:"no_time,omitzero"`
		List   []string              `json:"-" query:"list"`
		Joined []kind                `json:"-" query:"joined,comma"`
		NoList []string              `json:"-" query:"no_list"`
		Filter *filter               `json:"-" query:"filter,json"`
		Doc    *wxpay.JSON[filter]   `json:"-" query:"doc"`
		Float  float64               `json:"-" query:"float,omitzero"`
		Map    map[string]string     `json:"-" query:"map"`
		Langs  []string              `json:"-" header:"Accept-Language,comma"`
		Raw    []filter              `json:"-" query:"raw,json"`
		Docs   []*wxpay.JSON[filter] `json:"-" query:"docs"`
	}
	zone := time.FixedZone("", 8*3600)
	uri, body, header := exchange(t, &wxpay.Operation{Method: "GET", Path: "/v3/{id}?fixed=1"}, &request{
		Page: Page{Limit: 5}, ID: "7", Text: "深圳 腾大&=+", Offset: new(int64(0)), Flag: new(false), Kind: "B",
		Time: wxpay.NewTime(time.Date(2018, 6, 8, 10, 34, 56, 789, zone)),
		List: []string{"a", "b c"}, Joined: []kind{"A", "B"}, Filter: &filter{"<x>"},
		Doc: &wxpay.JSON[filter]{Value: filter{"y"}}, Float: 0.5, Map: map[string]string{"k": "v"},
		Langs: []string{"en", "zh-CN"}, Raw: []filter{{"z"}}, Docs: []*wxpay.JSON[filter]{{Value: filter{"w"}}},
	})
	want := "/v3/7?fixed=1&limit=5&text=%E6%B7%B1%E5%9C%B3+%E8%85%BE%E5%A4%A7%26%3D%2B&offset=0&flag=false&kind=B" +
		"&time=2018-06-08T10%3A34%3A56%2B08%3A00&list=a&list=b+c&joined=A%2CB&filter=%7B%22type%22%3A%22%3Cx%3E%22%7D" +
		"&doc=%7B%22type%22%3A%22y%22%7D&float=0.5&map=%7B%22k%22%3A%22v%22%7D&raw=%5B%7B%22type%22%3A%22z%22%7D%5D" +
		"&docs=%7B%22type%22%3A%22w%22%7D"
	if uri != want {
		t.Errorf("request line\n got %s\nwant %s", uri, want)
	}
	if body != "" || header.Get("Accept-Language") != "en,zh-CN" {
		t.Errorf("body %q, language %q", body, header.Get("Accept-Language"))
	}
}

func TestBodies(t *testing.T) {
	type order struct {
		ID     string            `json:"-" path:"id"`
		Name   string            `json:"name"`
		Note   string            `json:"note,omitzero"`
		Amount *int64            `json:"amount,omitzero"`
		Time   wxpay.Time        `json:"time,omitzero"`
		Info   *wxpay.JSON[kind] `json:"info,omitzero"`
	}
	type onlyPath struct {
		ID string `json:"-" path:"id"`
	}
	type list struct {
		ID    string   `json:"-" path:"id"`
		Items []string `json:"-" wx:"required,body"`
	}
	with, without := &wxpay.Operation{Method: "POST", Path: "/v3/{id}"}, &wxpay.Operation{Method: "POST", Path: "/v3/x"}
	for _, c := range []struct {
		name string
		op   *wxpay.Operation
		req  any
		want string
	}{
		{"no HTML escaping, no line feed", with, &order{ID: "1", Name: "<b>&\"中"}, `{"name":"<b>&\"中"}`},
		{"zero is sent", with, &order{ID: "1", Amount: new(int64(0)), Info: &wxpay.JSON[kind]{Value: "<"}}, `{"name":"","amount":0,"info":"\"<\""}`},
		{"value instead of pointer", with, order{ID: "1", Name: "x"}, `{"name":"x"}`},
		{"only a path value", with, &onlyPath{ID: "1"}, ""},
		{"nothing", without, nil, ""},
		{"nil pointer", without, (*filter)(nil), `{"type":""}`},
		{"field that is the body", with, &list{ID: "1", Items: []string{"a"}}, `["a"]`},
		{"map", without, map[string]int{"a": 1}, `{"a":1}`},
		{"raw", without, json.RawMessage(`{"b":"\u003c","a":[]}`), `{"b":"\u003c","a":[]}`},
		{"slice", without, []int{1, 2}, `[1,2]`},
	} {
		if _, body, _ := exchange(t, c.op, c.req, wxpay.WithoutChecks()); body != c.want {
			t.Errorf("%s: body is %s, want %s", c.name, body, c.want)
		}
	}
}

func TestRequestsThatCannotBeBuilt(t *testing.T) {
	client := newClient(t, through(nil))
	post := &wxpay.Operation{Method: "POST", Path: "/v3/x"}
	for name, c := range map[string]struct {
		op   *wxpay.Operation
		req  any
		want string
	}{
		"no operation":     {nil, nil, "method and a path"},
		"no method":        {&wxpay.Operation{Path: "/"}, nil, "method and a path"},
		"variable missing": {&wxpay.Operation{Method: "GET", Path: "/v3/{id}"}, nil, `"id"`},
		"variable too many": {post, struct {
			A string `path:"a" json:"-"`
		}{"1"}, `"a"`},
		"body of a GET": {&wxpay.Operation{Method: "GET", Path: "/v3/x"}, &filter{}, "carries no body"},
		"unknown rule": {post, struct {
			A string `wx:"requird"`
		}{}, `"requird"`},
		"bad pattern": {&wxpay.Operation{Method: "POST", Path: "/v3/x", MatchPattern: wxpay.MatchPattern}, struct {
			A string `wx:"pattern=("`
		}{"a"}, "error parsing regexp"},
		"pattern without a matcher": {post, struct {
			A string `wx:"pattern=^a$"`
		}{"a"}, "set Operation.MatchPattern"},
		"bad range": {post, struct {
			A int `wx:"range=1"`
		}{}, "a..b"},
		"bad bound": {post, struct {
			A int `wx:"range=a..b"`
		}{}, "no number"},
		"unknown option": {post, struct {
			A string `query:"a,coma"`
		}{}, `"coma"`},
		"nameless tag": {post, struct {
			A string `query:",comma"`
		}{}, "no name"},
		"channel in a query": {post, struct {
			A chan int `query:"a" json:"-"`
		}{make(chan int)}, "chan int"},
		"channel in a body": {post, map[string]any{"a": make(chan int)}, "chan int"},
		"header of two lines": {post, struct {
			A string `header:"X-A" json:"-"`
		}{"SECRET\r\nX-B: 1"}, "control characters"},
		"header of ours": {post, struct {
			A string `header:"Authorization" json:"-"`
		}{"SECRET"}, "Authorization"},
	} {
		err := client.Do(t.Context(), c.op, c.req, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestOptions(t *testing.T) {
	_, _, header := exchange(t, post, nil, wxpay.WithHeader("accept-language", "en"), nil)
	if header.Get("Accept-Language") != "en" {
		t.Errorf("header is %v", header)
	}
	client := newClient(t, through(nil))
	for _, option := range []wxpay.CallOption{
		wxpay.WithHeader("Authorization", "SECRET"), wxpay.WithHeader("wechatpay-serial", "SECRET"),
		wxpay.WithHeader("a b", "SECRET"), wxpay.WithHeader("X-A", "SECRET\n"), wxpay.WithBaseURL("ftp://x"),
	} {
		if err := client.Do(t.Context(), post, nil, nil, option); err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("error is %v", err)
		}
	}
}

func TestHosts(t *testing.T) {
	var host string
	client := func(change func(*wxpay.Config)) *wxpay.Client {
		return newClient(t, func(config *wxpay.Config) {
			through(func(r *http.Request) (*http.Response, error) {
				host = r.URL.Scheme + "://" + r.URL.Host
				return response(204, signedHeader(nil), nil), nil
			})(config)
			if change != nil {
				change(config)
			}
		})
	}
	gateway := func(config *wxpay.Config) { config.BaseURL = "https://gateway:8443" }
	hk := &wxpay.Operation{Method: "GET", Path: "/v3/x", Hosts: []string{"apihk.mch.weixin.qq.com", "api2"}}
	for _, c := range []struct {
		client *wxpay.Client
		op     *wxpay.Operation
		opts   []wxpay.CallOption
		want   string
	}{
		{client(nil), post, nil, "https://api.mch.weixin.qq.com"},
		{client(nil), hk, nil, "https://apihk.mch.weixin.qq.com"},
		{client(gateway), hk, nil, "https://gateway:8443"},
		{client(gateway), hk, []wxpay.CallOption{wxpay.WithBaseURL("https://api2.mch.weixin.qq.com")}, "https://api2.mch.weixin.qq.com"},
	} {
		if err := c.client.Do(t.Context(), c.op, nil, nil, c.opts...); err != nil || host != c.want {
			t.Errorf("sent to %s, %v; want %s", host, err, c.want)
		}
	}
}
