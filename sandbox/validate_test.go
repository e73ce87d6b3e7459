package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/sandbox"
)

func TestParameters(t *testing.T) {
	srv := sandbox.Start(t)
	for name, test := range map[string]struct{ uri, field, location, issue string }{
		"missing":        {records + "?manage_record_type=INVESTIGATE_RECORD", "limit", "query", "is missing"},
		"empty":          {records + "?limit=&manage_record_type=INVESTIGATE_RECORD", "limit", "query", "is empty"},
		"no number":      {records + "?limit=ten&manage_record_type=INVESTIGATE_RECORD", "limit", "query", "is an invalid integer"},
		"too small":      {records + "?limit=0&manage_record_type=INVESTIGATE_RECORD", "limit", "query", "is 0, at least 1 is needed"},
		"too large":      {records + "?limit=11&manage_record_type=INVESTIGATE_RECORD", "limit", "query", "is 11, at most 10 is allowed"},
		"enum":           {records + "?limit=1&manage_record_type=X", "manage_record_type", "query", "is not one of FUNCTIONAL_LIMIT_RECORD, INVESTIGATE_RECORD"},
		"twice":          {recordsPage + "&limit=6", "limit", "query", "is given 2 times"},
		"path":           {strings.Replace(quotas, "S1", strings.Repeat("分", 33), 1), "service_id", "url", "has 33 characters, at most 32 are allowed"},
		"unsigned":       {items + "?offset=-1&limit=1&stock_creator_mchid=1", "offset", "query", "is -1, at least 0 is needed"},
		"past the end":   {items + "?offset=501&limit=1&stock_creator_mchid=1", "offset", "query", "is 501, at most 500 is allowed"},
		"emoji":          {items + "?offset=1&limit=1&stock_creator_mchid=%F0%9F%98%80", "stock_creator_mchid", "query", "holds a character of four bytes, such as an emoji: WeChat Pay takes none"},
		"broken query":   {items + "?offset=%zz", "", "query", `the query cannot be read: invalid URL escape "%zz"`},
		"escaped slash":  {strings.Replace(quotas, "S1", "a%2Fb"+strings.Repeat("x", 30), 1), "service_id", "url", "has 33 characters, at most 32 are allowed"},
		"characters fit": {strings.Replace(quotas, "S1", strings.Repeat("%E5%88%86", 32), 1), "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := call(t, srv, "GET", test.uri, "", nil)
			if test.issue == "" {
				got.want(t, 200, "")
				return
			}
			got.want(t, 400, "PARAM_ERROR")
			d := got.Detail
			if d.Field != test.field || d.Location != test.location || d.Issue != test.issue {
				t.Errorf("got %+v\nwant %+v", d, test)
			}
			if got.Message != "参数错误: "+strings.TrimSpace(test.field+" "+test.issue) {
				t.Errorf("message %q", got.Message)
			}
		})
	}
}

func TestBodies(t *testing.T) {
	srv := startShop(t)
	for body, want := range map[string]struct{ field, issue string }{
		`{"name":"四个汉字"}`: {},
		`{"name":"ab","at":"2018-06-08T10:34:56+08:00","until":"不限制","kind":"A","amount":{"total":4294967295,"word":"fixed"},"tags":["a"],"flag":true,"unknown":[]}`: {},
		`{"name":"ab","until":"2018-06-08T10:34:56.123Z"}`: {},
		``:                                            {"", "the body is missing"},
		`[1]`:                                         {"", "is an array, but must be an object"},
		`{}`:                                          {"/name", "is missing"},
		`{"name":"四"}`:                                {"/name", "has 1 characters, at least 2 are needed"},
		`{"name":"五个汉字呀"}`:                            {"/name", "has 5 characters, at most 4 are allowed"},
		`{"name":5}`:                                  {"/name", "is the number 5, but must be a string"},
		`{"name":null}`:                               {"/name", "is null; leave it out instead"},
		`{"name":"ab","letters":"A"}`:                 {"/letters", "does not match ^[a-z]+$"},
		`{"name":"ab","at":"today"}`:                  {"/at", "is not a time such as 2018-06-08T10:34:56+08:00"},
		`{"name":"ab","until":"ever"}`:                {"/until", "fits none of the forms that are allowed: a time such as 2018-06-08T10:34:56+08:00, or 不限制"},
		`{"name":"ab","kind":"C"}`:                    {"/kind", "is not one of A, B"},
		`{"name":"ab","amount":{}}`:                   {"/amount/total", "is missing"},
		`{"name":"ab","amount":1}`:                    {"/amount", "is the number 1, but must be an object"},
		`{"name":"ab","flag":"true"}`:                 {"/flag", "is a string, but must be a boolean"},
		`{"name":"ab","tags":[]}`:                     {"/tags", "has too few items, at least 1 are needed"},
		`{"name":"ab","tags":["abc"]}`:                {"/tags/0", "has 3 characters, at most 2 are allowed"},
		`{"name":"ab","tags":[1,2,3]}`:                {"/tags", "has too many items, at most 2 are allowed"},
		`{"name":"ab"`:                                {"", "the body is no valid JSON at byte 12: unexpected end of JSON input"},
		`{"name":"ab"} {}`:                            {"", "the body is no valid JSON at byte 15: invalid character '{' after top-level value"},
		`{"name":"a😀"}`:                               {"", "the body holds a character of four bytes, such as an emoji, at byte 10: WeChat Pay takes none"},
		`{"name":"ab","amount":{"total":-1}}`:         {"/amount/total", "is -1, at least 0 is needed"},
		`{"name":"ab","amount":{"total":1.5}}`:        {"/amount/total", "is the number 1.5, but must be an integer"},
		`{"name":"ab","amount":{"total":4294967296}}`: {"/amount/total", "is 4294967296, at most 4294967295 is allowed"},
		`{"name":"ab","amount":{"total":1,"word":"other"}}`: {"/amount/word", "is not one of fixed"},
	} {
		got := call(t, srv, "POST", "/v3/orders", body, nil)
		if want.issue == "" {
			got.want(t, 200, "")
			continue
		}
		got.want(t, 400, "PARAM_ERROR")
		if d := got.Detail; d.Field != want.field || d.Issue != want.issue || d.Location != "body" {
			t.Errorf("%s\ngot  %+v\nwant %+v", body, d, want)
		}
	}
}

func TestContentType(t *testing.T) {
	srv := startShop(t)
	got := call(t, srv, "POST", "/v3/orders", `{"name":"ab"}`, func(_ *credentials, r *http.Request) {
		r.Header.Set("Content-Type", "text/plain")
	})
	got.want(t, 400, "PARAM_ERROR", "Content-Type", "application/json")
	call(t, srv, "POST", "/v3/orders", `{"name":"ab"}`, func(_ *credentials, r *http.Request) {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	}).want(t, 200, "")
}

func TestLongBody(t *testing.T) {
	srv := startShop(t)
	got := call(t, srv, "POST", "/v3/orders", `{"name":"`+strings.Repeat("x", 10<<20)+`"}`, nil)
	got.want(t, 413, "INVALID_REQUEST", "10485760 bytes")
}

func TestRoutes(t *testing.T) {
	srv := sandbox.Start(t)
	got := call(t, srv, "GET", "/v3/marketing/favor/stock/1/items", "", nil)
	got.want(t, 404, "NOT_FOUND", "GET /v3/marketing/favor/stocks/{stock_id}/items")
	call(t, srv, "GET", "/", "", nil).want(t, 404, "NOT_FOUND")
	call(t, srv, "GET", items+"/", "", nil).want(t, 404, "NOT_FOUND", items[:20])
	call(t, srv, "GET", "/v3/marketing/favor/stocks//items", "", nil).want(t, 404, "NOT_FOUND")
	call(t, srv, "DELETE", callback, "", nil).want(t, 405, "INVALID_REQUEST", "POST")

	srv = startShop(t)
	call(t, srv, "GET", "/v3/orders/all", "", nil).want(t, 200, "")
	call(t, srv, "DELETE", "/v3/orders/all", "", nil).want(t, 204, "")
	if calls := srv.Calls(); calls[0].Operation != "orders.All" || calls[1].Operation != "orders.Delete" || calls[1].PathValue("order_no") != "all" {
		t.Errorf("%v", calls)
	}
}
