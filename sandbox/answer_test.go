package sandbox_test

import (
	"context"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/specs"
)

// TestOperations calls the operations of the seed pages and holds the answers against their specs.
func TestOperations(t *testing.T) {
	srv := sandbox.Start(t)
	for _, test := range []struct{ method, uri, body, spec, path, want string }{
		{"GET", quotas, "", "payscore/partner.yaml", "/v3/payscore/partner/servicequotas/service-id/{service_id}",
			`{"service_id":"S1","mchid":"1230000109","sub_mchid":"1900000109","appid":"wx1","sub_appid":"wxd678efh567hg6787","risk_level_version":2,"quotas":[{"risk_level":1,"suggested_quota":1000}]}`},
		{"GET", items + "?offset=2&limit=10&stock_creator_mchid=9865000", "", "marketing/favor.yaml", "/v3/marketing/favor/stocks/{stock_id}/items",
			`{"data":["1232021","1232022","1232023","1232024","1232025"],"limit":10,"offset":2,"stock_id":"9865001","total_count":25}`},
		{"GET", recordsPage, "", "mchmanage/records.yaml", "/v3/mch-manage/mch-manage-records/sub-mchid/{sub_mchid}",
			`{"data":[{"sub_mchid":"123000111","manage_record_id":"M1210999900435123451697535102401","manage_record_type":"INVESTIGATE_RECORD",`},
		{"POST", callback, `{"notify_url":"https://example.com/a?b=1&c=2"}`, "marketing/busifavor.yaml", callback,
			`{"update_time":"2019-05-20T13:29:35+08:00","notify_url":"https://example.com/a?b=1&c=2","mchid":"10000098"}`},
	} {
		got := call(t, srv, test.method, test.uri, test.body, nil)
		if got.StatusCode != 200 || !strings.HasPrefix(string(got.body), test.want) {
			t.Errorf("%s %s: %d\ngot  %s\nwant %s", test.method, test.uri, got.StatusCode, got.body, test.want)
		}
		verify(t, srv, got.Header, got.body)
		conform(t, test.spec, test.path, test.method, got)
	}
}

// conform validates an answer by the spec as it is, OpenAPI 3.1.
func conform(t *testing.T, spec, path, method string, got reply) {
	t.Helper()
	loader := openapi3.NewLoader()
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, u *url.URL) ([]byte, error) { return fs.ReadFile(specs.FS, u.Path) }
	doc, err := loader.LoadFromURI(&url.URL{Path: spec})
	if err != nil {
		t.Fatal(err)
	}
	doc.InternalizeRefs(t.Context(), nil)
	item := doc.Paths.Value(path)
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: &http.Request{Method: method},
			Route:   &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: item.GetOperation(method)},
		},
		Status: got.StatusCode, Header: got.Header,
	}
	if err := openapi3filter.ValidateResponse(context.Background(), input.SetBodyBytes(got.body)); err != nil {
		t.Errorf("%s %s: the answer is not what the spec says: %v", method, path, err)
	}
}

func TestAnswerHeaders(t *testing.T) {
	srv := startShop(t)
	got := call(t, srv, "POST", "/v3/orders", `{"name":"ab"}`, nil)
	h := got.Header
	for name, pattern := range map[string]string{
		"Content-Type":             `^application/json; charset=utf-8$`,
		"Request-Id":               `^08[A-Z2-7]{26}-0$`,
		"Wechatpay-Serial":         `^PUB_KEY_ID_\d{34}$`,
		"Wechatpay-Nonce":          `^[A-Z2-7]{32}$`,
		"Wechatpay-Timestamp":      `^\d{10}$`,
		"Wechatpay-Signature-Type": `^WECHATPAY2-SHA256-RSA2048$`,
		"Content-Language":         `^zh-CN$`,
		"Date":                     `GMT$`,
	} {
		if !regexp.MustCompile(pattern).MatchString(h.Get(name)) {
			t.Errorf("%s: %q", name, h.Get(name))
		}
	}
	other := call(t, srv, "POST", "/v3/orders", `{"name":"ab"}`, nil).Header
	if h.Get("Request-Id") == other.Get("Request-Id") || h.Get("Wechatpay-Nonce") == other.Get("Wechatpay-Nonce") {
		t.Error("request id or nonce came twice")
	}
}

func TestEcho(t *testing.T) {
	srv := startShop(t)
	got := call(t, srv, "POST", "/v3/orders", `{"name":"abcd","amount":{"total":77},"flag":true,"price":2.50,"zeta":5,"none":"x"}`, nil)
	want := `{"zeta":"1","name":"abcd","amount":{"total":77,"payer_total":2},"flag":true,"price":2.50,"url":"https://x/?a=1&b=2","none":null}`
	if string(got.body) != want {
		t.Errorf("got  %s\nwant %s", got.body, want)
	}
}

func TestNoContent(t *testing.T) {
	srv := startShop(t)
	got := call(t, srv, "DELETE", "/v3/orders/a%2Fb", "", nil)
	if got.StatusCode != http.StatusNoContent || len(got.body) != 0 {
		t.Errorf("%d %q", got.StatusCode, got.body)
	}
	verify(t, srv, got.Header, nil)
	if calls := srv.Calls(); calls[0].PathValue("order_no") != "a/b" {
		t.Errorf("%v", calls)
	}
}

func TestUnsigned(t *testing.T) {
	srv := startShop(t)
	got := call(t, srv, "GET", "/v3/orders/1/file", "", nil)
	if string(got.body) != "the file" || got.Header.Get("Content-Type") != "text/plain" {
		t.Errorf("%s %q", got.Header.Get("Content-Type"), got.body)
	}
	for name := range got.Header {
		if strings.HasPrefix(name, "Wechatpay") {
			t.Errorf("an unsigned answer has %s", name)
		}
	}
}
