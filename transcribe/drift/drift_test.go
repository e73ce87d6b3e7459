package drift_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/input"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// gadgets is a made-up page with each kind of fact.
const gadgets = `<html><body><h1 class="content-title">查询小物件</h1><span class="last-updated-date">更新时间：2025.03.04</span>
<div id="main-content">
<h2>接口说明</h2>
<p class="iwiki-p">支持商户：【普通商户】</p>
<p class="iwiki-p">请求方式：【POST】/v3/demo/gadgets/{gadget_id}/paint</p>
<p class="iwiki-p">接口限频：100/秒（商户号维度）</p>
<h2>请求参数</h2>
<p class="iwiki-p">path 路径参数</p>
<p class="iwiki-p">gadget_id  必填 string(32)</p><p class="iwiki-p">【小物件ID】 小物件的编号</p><hr class="iwiki-rule">
<p class="iwiki-p">body 包体参数</p>
<p class="iwiki-p">colour  必填 string</p><p class="iwiki-p">【颜色】 要涂的颜色</p>
<p class="iwiki-p">可选取值</p><ul><li><code>RED</code>: 红色</li><li><code>BLUE</code>: 蓝色</li></ul><hr class="iwiki-rule">
<p class="iwiki-p">remark  选填 string(6,64)</p><p class="iwiki-p">【备注】 说明</p><hr class="iwiki-rule">
<p class="iwiki-p">layers  选填 integer</p><p class="iwiki-p">【层数】 涂几层</p>
<h2>应答参数</h2>
<p class="iwiki-p">200 OK</p>
<p class="iwiki-p">paint_id  必填 string(64)</p><p class="iwiki-p">【涂装单号】 单号</p>
<h2>错误码</h2><h3>业务错误码</h3>
<table class="iwiki-tableNode"><tr><th>状态码</th><th>错误码</th><th>描述</th><th>解决方案</th></tr>
<tr><td>404</td><td>GADGET_NOT_EXISTS</td><td>小物件不存在</td><td>检查编号</td></tr></table>
</div></body></html>`

func read(t *testing.T, text string) *input.Read {
	t.Helper()
	r, err := input.Collect(input.Open([]string{input.Stdin}, input.From{Stdin: strings.NewReader(text)}), input.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Operations) != 1 {
		t.Fatalf("the page has %d operations: %v", len(r.Operations), r.Refused)
	}
	return r
}

// indexOf makes a spec of a page, as wxgen import would.
func indexOf(t *testing.T, text string, edit func(string) string) *drift.Index {
	t.Helper()
	common, err := specs.FS.ReadFile("common.yaml")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"common.yaml": {Data: common}}
	r := read(t, text)
	result, err := spec.Import(r.Operations, r.Events, spec.Options{Specs: fsys, Package: "demo/gadgets", Book: &spec.Book{}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range result.Files {
		fsys[name] = &fstest.MapFile{Data: []byte(edit(string(data)))}
	}
	files, err := load.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	set, err := load.Load(fsys, files...)
	if err != nil {
		t.Fatal(err)
	}
	return drift.NewIndex(set)
}

func asIs(s string) string { return s }

func compare(t *testing.T, index *drift.Index, text string) []drift.Difference {
	t.Helper()
	r := read(t, text)
	return drift.Compare(&page.Page{Operations: r.Operations, Events: r.Events}, index)
}

func TestSamePage(t *testing.T) {
	if found := compare(t, indexOf(t, gadgets, asIs), gadgets); len(found) > 0 {
		t.Errorf("the spec was made of this page, and still: %v", found)
	}
}

// TestEachFact alters one fact of the page at a time. Drift has to name it, as
// what it is, and nothing else.
func TestEachFact(t *testing.T) {
	index := indexOf(t, gadgets, asIs)
	for _, c := range []struct {
		fact, old, new string
		impact         drift.Impact
		says           string
	}{
		{"title", "查询小物件</h1>", "涂小物件</h1>", drift.Tells, "涂小物件"},
		{"date", "2025.03.04", "2025.04.01", drift.Tells, "2025-04-01"},
		{"role", "【普通商户】", "【普通商户】【普通服务商】", drift.Adds, "普通服务商"},
		{"rate limit", "100/秒", "50/秒", drift.Breaks, "50 in 1s"},
		{"operation", "【POST】", "【PUT】", drift.Adds, "查询小物件"},
		{"path", "{gadget_id}/paint", "{gadget_id}/paint/", drift.Breaks, "/paint/"},
		{"label", "【颜色】", "【色彩】", drift.Tells, "色彩"},
		{"type", "layers  选填 integer", "layers  选填 string", drift.Breaks, "string"},
		{"required", "remark  选填", "remark  必填", drift.Breaks, "required"},
		{"required", "colour  必填", "colour  选填", drift.Breaks, "optional"},
		{"maximum length", "string(32)", "string(28)", drift.Breaks, "28"},
		{"minimum length", "string(6,64)", "string(8,64)", drift.Breaks, "8"},
		{"maximum length", "string(64)", "string", drift.Tells, "64"},
		{"enum value", "<li><code>BLUE</code>: 蓝色</li>", "<li><code>BLUE</code>: 蓝色</li><li><code>GREEN</code>: 绿色</li>", drift.Adds, "GREEN"},
		{"enum value", "<li><code>BLUE</code>: 蓝色</li>", "", drift.Breaks, "BLUE"},
		{"field", "<h2>应答参数", `<hr class="iwiki-rule"><p class="iwiki-p">gloss  必填 boolean</p><p class="iwiki-p">【光泽】 光泽</p><h2>应答参数`, drift.Breaks, "gloss"},
		{"field", `<p class="iwiki-p">layers  选填 integer</p><p class="iwiki-p">【层数】 涂几层</p>`, "", drift.Breaks, "layers"},
		{"status", "200 OK", "202 Accepted", drift.Breaks, "202"},
		{"error row", "404</td>", "403</td>", drift.Adds, "403 GADGET_NOT_EXISTS"},
		{"error row", "GADGET_NOT_EXISTS", "GADGET_GONE", drift.Adds, "GADGET_GONE"},
	} {
		altered := strings.Replace(gadgets, c.old, c.new, 1)
		if altered == gadgets {
			t.Fatalf("%s: the page does not hold %q", c.fact, c.old)
		}
		found := compare(t, index, altered)
		if len(found) == 0 {
			t.Errorf("%s: %q for %q was not noticed", c.fact, c.new, c.old)
			continue
		}
		if d := found[0]; d.Fact != c.fact || d.Impact != c.impact || !strings.Contains(d.String(), c.says) {
			t.Errorf("%s: %q for %q gives %s (%s, %s)", c.fact, c.new, c.old, d, d.Fact, d.Impact)
		}
		if len(found) > 1 && c.fact != "error row" { // a row that became another is one gone and one new
			t.Errorf("%s: %q for %q gives more: %v", c.fact, c.new, c.old, found)
		}
	}
}

// TestNote: a note that quotes what the page says accounts for that, and not
// for the next change.
func TestNote(t *testing.T) {
	index := indexOf(t, gadgets, func(s string) string {
		return strings.Replace(s, "maxLength: 64\n", "maxLength: 60\n                  x-wx-note: The page says 64, calls with more than 60 fail.\n", 1)
	})
	if found := compare(t, index, gadgets); len(found) > 0 {
		t.Errorf("the note says why, and still: %v", found)
	}
	if found := compare(t, index, strings.Replace(gadgets, "string(6,64)", "string(6,70)", 1)); len(found) != 1 {
		t.Errorf("the note speaks of 64, not of 70: %v", found)
	}
}

// TestCommonRows: what pages say in their tables of common errors is one row
// of the spec, in whatever words.
func TestCommonRows(t *testing.T) {
	index, r := indexOf(t, gadgets, asIs), read(t, gadgets)
	row := page.ErrorRow{Status: page.Said(401, page.Pos{}), Code: page.Said("SIGN_ERROR", page.Pos{}), Common: true}
	other := row
	other.Description = page.Said("签名不对", page.Pos{})
	r.Operations[0].Errors = append(r.Operations[0].Errors, row, other)
	if found := drift.Compare(&page.Page{Operations: r.Operations}, index); len(found) > 0 {
		t.Errorf("%v", found)
	}
}

// TestOlderPage: a page that is older than the spec is told, and is no finding
// by itself.
func TestOlderPage(t *testing.T) {
	found := compare(t, indexOf(t, gadgets, asIs), strings.Replace(gadgets, "2025.03.04", "2024.03.04", 1))
	if len(found) != 1 || drift.Count(found) != 0 || found[0].Impact != drift.Older {
		t.Fatalf("%v", found)
	}
	var text bytes.Buffer
	if err := drift.Write(&text, "text", found); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Older than the spec", "date is 2024-03-04 on the page, 2025-03-04 in the spec"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, &text)
		}
	}
}

func TestWrite(t *testing.T) {
	found := compare(t, indexOf(t, gadgets, asIs), strings.Replace(gadgets, "string(32)", "string(28)", 1))
	var text, md, js bytes.Buffer
	for format, b := range map[string]*bytes.Buffer{"text": &text, "markdown": &md, "json": &js} {
		if err := drift.Write(b, format, found); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"Breaks users of the package:", "gadget_id: maximum length is 28 on the page, 32 in the spec", "page -:9:", "spec demo/gadgets.yaml:"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, &text)
		}
	}
	if !strings.HasPrefix(md.String(), "## Breaks") {
		t.Errorf("Markdown:\n%s", &md)
	}
	var out []map[string]any
	if err := json.Unmarshal(js.Bytes(), &out); err != nil || len(out) != 1 || out[0]["field"] != "gadget_id" || out[0]["impact"] != "breaks" {
		t.Errorf("JSON: %v\n%s", err, &js)
	}
	if err := drift.Write(&text, "yaml", found); err == nil {
		t.Error("a format that does not exist was written")
	}
}
