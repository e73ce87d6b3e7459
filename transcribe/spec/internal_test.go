package spec

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
)

// TestSpecsSurvive: the specs that people wrote come out of a file as they
// went in, and their nodes come out of the encoder as the same values.
func TestSpecsSurvive(t *testing.T) {
	names, err := load.Files(specs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(specs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parseFile(name, data)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(f.bytes(), data) {
			t.Errorf("%s does not come out as it went in", name)
		}
		again, err := parseFile(name, []byte(strings.Join(encode(f.root, 0), "\n")+"\n"))
		if err != nil {
			t.Errorf("%s, encoded: %v", name, err)
		} else if at := differs(f.root, again.root); at != "" {
			t.Errorf("%s is another one, encoded: %s", name, at)
		}
	}
}

// differs tells where two nodes hold different values.
func differs(a, b *yaml.Node) string {
	if a.Kind != b.Kind || a.Tag != b.Tag || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return fmt.Sprintf("line %d: %s %q, line %d: %s %q", a.Line, a.Tag, a.Value, b.Line, b.Tag, b.Value)
	}
	for i := range a.Content {
		if at := differs(a.Content[i], b.Content[i]); at != "" {
			return at
		}
	}
	return ""
}

// TestStyle: the encoder writes as specs/README.md wants it.
func TestStyle(t *testing.T) {
	want, err := os.ReadFile("testdata/style.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := parseFile("style.yaml", want)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(encode(f.root, 0), "\n") + "\n"
	if got != string(want) {
		t.Errorf("it is encoded otherwise:\n%s", Diff("style.yaml", want, []byte(got)))
	}
}

// TestEncode: whatever a text holds, YAML gives it back.
func TestEncode(t *testing.T) {
	for _, s := range []string{
		"", " ", "a", "a b", "a: b", "a #b", "#a", "- a", "-", "-a", "? a", "?a", "a:", ":a", "'a'", `"a"`, `a"b`, "it's", "[a]", "{a}",
		"a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "null", "Null", "~", "true", "False", "yes", "No", "on", "y", "1", "-1", "1.5",
		"1e3", "0x1f", "0b1", "0o17", "017", "1_000", "12:30", "2025-03-04", "2015-05-20T13:29:35+08:00", ".inf", "-.INF", ".nan", "<<", "=",
		"3.1.0", "1.2.3.4", "a\nb", "a\n\nb", "\na", "a\n", " a\nb", "a \nb", "a\tb", "a\t", "\ta", "a\x00b", "a\u0085b", "a\u2028b", "\ufeffa",
		"中文: English.", "【a】", "a，b", "---", "...", "... a", "../x#/y", "{gadget_id}", "/v3/a/{b}", "a\\b", "60s", "+08:00", "1,2", "-.5", "é😀",
		strings.Repeat("word ", 60) + "end.", strings.Repeat("word  ", 60), strings.Repeat("长", 300), strings.Repeat("long ", 40) + "\u00a0x",
	} {
		for _, style := range []yaml.Style{0, yaml.FoldedStyle} {
			n := text(s)
			n.Style = style
			lines := encode(mapping(pair{"a", sequence(mapping(pair{"key", n}, pair{s + "k", text("v")}), n)}), 0)
			var got struct {
				A []any `yaml:"a"`
			}
			if err := yaml.Load([]byte(strings.Join(lines, "\n")+"\n"), &got); err != nil {
				t.Errorf("%q: %v\n%s", s, err, strings.Join(lines, "\n"))
				continue
			}
			first, _ := got.A[0].(map[string]any)
			if first["key"] != s || got.A[1] != s || first[s+"k"] != "v" {
				t.Errorf("%q comes back as %q and %q:\n%s", s, first["key"], got.A[1], strings.Join(lines, "\n"))
			}
		}
	}
}

func TestOperationNames(t *testing.T) {
	for _, c := range []struct{ method, path, want string }{
		{"POST", "/v3/refund/domestic/refunds", "CreateRefund"},
		{"GET", "/v3/refund/domestic/refunds/{out_refund_no}", "QueryRefund"},
		{"POST", "/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund", "ApplyAbnormalRefund"},
		{"POST", "/v3/pay/transactions/jsapi", "PrepayJSAPI"},
		{"POST", "/v3/pay/partner/transactions/app", "PrepayApp"},
		{"GET", "/v3/pay/transactions/id/{transaction_id}", "QueryTransactionByID"},
		{"GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}", "QueryTransactionByOutTradeNo"},
		{"POST", "/v3/pay/transactions/out-trade-no/{out_trade_no}/close", "CloseTransactionByOutTradeNo"},
		{"GET", "/v3/marketing/favor/stocks/{stock_id}/items", "ListStockItems"},
		{"GET", "/v3/marketing/favor/stocks", "ListStocks"},
		{"PATCH", "/v3/marketing/busifavor/stocks/{stock_id}", "UpdateStock"},
		{"DELETE", "/v3/profitsharing/receivers", "DeleteReceiver"},
		{"PUT", "/v3/demo/gadgets/{id}/color", "SetGadgetColor"},
		{"POST", "/v3/merchant/media/upload", "UploadMedia"},
		{"GET", "/v3/certificates", "ListCertificates"},
		{"GET", "/", "Get"},
		{"GET", "/{a}", "GetA"},
	} {
		if got := operationName(c.method, c.path); got != c.want {
			t.Errorf("%s %s is called %s, not %s", c.method, c.path, got, c.want)
		}
	}
}

func TestShortLabels(t *testing.T) {
	for s, want := range map[string]string{
		"已领取，但还没有激活": "", "已领取，可以激活": "已领取",
		"代表红色": "红色", "仅对大的小物件适用": "", "仅退款": "仅退款", "当前红色": "当前红色", "请求中": "请求中", "先买后付-分期": "先买后付-分期",
		"全部颜色-以最先涂上的颜色为准的小物件": "全部颜色",
		"红色": "红色", "：红色": "红色", "红色，很红的那种": "红色", "红色。": "红色", "红色(RED)": "红色", "【红色】": "红色", "red": "", "": "",
		"这一个值的意思是小物件已经被人涂成了红色": "", "红色；蓝色": "红色", "红色\n说明": "红色",
	} {
		if got := shortLabel(s); got != want {
			t.Errorf("%q gives %q, not %q", s, got, want)
		}
	}
}

func TestPackages(t *testing.T) {
	for path, want := range map[string]string{
		"/v3/refund/domestic/refunds":             "refunds",
		"/v3/pay/partner/transactions/jsapi":      "payments/partner",
		"/v3/demo-things/gadgets-of-all/{id}/x":   "demothings/gadgetsofall",
		"/v3/demo":                                "demo",
		"/v3/{a}":                                 "others",
		"/v3/payscore/partner/serviceorder/{a}":   "payscore/partner",
		"/v3/marketing/favor/media/image-upload":  "media",
		"/v3/marketing/favor/coupon-stocks/{a}/b": "marketing/favor",
	} {
		if got := PackageOf(path); got != want {
			t.Errorf("%s goes into %s, not %s", path, got, want)
		}
	}
}

func TestDiff(t *testing.T) {
	before := "a\nb\nc\nd\ne\nf\n1\n2\n3\ng\nh\ni\nj\n"
	after := "a\nb\nX\nd\ne\nf\n1\n2\n3\ng\nh\ni\nY\nj\n"
	want := `--- a/f
+++ b/f
@@ -1,6 +1,6 @@
 a
 b
-c
+X
 d
 e
 f
@@ -10,4 +10,5 @@
 g
 h
 i
+Y
 j
`
	if got := Diff("f", []byte(before), []byte(after)); got != want {
		t.Errorf("got:\n%s", got)
	}
	if got := Diff("f", nil, []byte("a\n")); got != "--- /dev/null\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n" {
		t.Errorf("a new file gives:\n%s", got)
	}
}
