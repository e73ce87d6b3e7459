package catalogue_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/transcribe/catalogue"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// TestHosts: calls for merchants abroad have a host of their own, and a line
// may name others.
func TestHosts(t *testing.T) {
	for path, want := range map[string]string{
		`/v3/demo/gadgets"`:                         "[]",
		`/v3/global/demo/gadgets"`:                  "[apihk.mch.weixin.qq.com]",
		`/global/v3/demo/gadgets"`:                  "[apihk.mch.weixin.qq.com]",
		`/hk/v3/demo/gadgets"`:                      "[]", // the main host, with the region in the path
		`/v3/demo/globals"`:                         "[]",
		`/v3/demo","hosts":["api.wechatpay.cn"]`:    "[api.wechatpay.cn]",
		`/v3/demo","hosts":["https://example.com"]`: "[]", // no host of the platform
	} {
		p := read(t, `{"method":"GET","path":"`+path+`,"params":[],"responses":{"204":null}}`)
		var got []string
		for _, h := range p.Operations[0].Hosts {
			got = append(got, h.Value)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", path, got, want)
		}
	}
}

// TestNoLongerOffered: what the catalogue calls deprecated is so in the spec.
func TestNoLongerOffered(t *testing.T) {
	p := read(t, `{"method":"GET","path":"/v3/global/demo","label":"查小物件","deprecated":true,"params":[],"responses":{"204":null}}`)
	result, err := spec.Import(p.Operations, nil, spec.Options{Specs: fstest.MapFS{}, Package: "demo", Book: &spec.Book{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"      deprecated: true\n", "        - url: https://apihk.mch.weixin.qq.com\n"} {
		if !strings.Contains(string(result.Files["demo.yaml"]), want) {
			t.Errorf("%q is not in\n%s", want, result.Files["demo.yaml"])
		}
	}
	known := &page.Operation{Method: p.Operations[0].Method, Path: p.Operations[0].Path}
	if catalogue.Enrich(known, p.Operations[0]); !known.Deprecated.Value || len(known.Hosts) != 1 {
		t.Errorf("a page's operation does not learn it: %v, %v", known.Deprecated, known.Hosts)
	}
}
