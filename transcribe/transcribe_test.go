package transcribe_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/page"
)

const official = `用于上色。

## 接口说明

支持商户：【普通商户】

请求方式：【POST】 /v3/demo/gadgets

## 请求参数

### Body 参数
| 参数名 | 类型 | 必填 | 描述 |
| --- |  --- | --- | --- |
| color | string(32) | true | 【颜色】 颜色 |

## 应答参数

200 OK
`

const served = `<!DOCTYPE html><html><body><h1 class="content-title">上色小物件</h1><span class="last-updated-date">更新时间：2025.03.04</span>
<div id="main-content"><h2>接口说明</h2><p>支持商户：【普通商户】</p><p>请求方式：【POST】<code>/v3/demo/gadgets</code></p><h2>请求参数</h2>
<p>body 包体参数</p><p>color 必填 string(32)</p><p>【颜色】颜色</p><h2>应答参数</h2><p>200 OK</p></div></body></html>`

const docline = `上色小物件

更新时间:2025.03.04

用于上色

接口说明

支持商户:【普通商户】

请求方式:【POST】/v3/demo/gadgets

请求参数

body 包体参数

color  必填 string(32)

【颜色】 颜色

应答参数

200 OK
`

const flat = `上色小物件API
最新更新时间：2020.03.04 版本说明
用于上色
接口说明
适用对象：直连商户
请求URL：https://api.mch.weixin.qq.com/v3/demo/gadgets
请求方式：POST
请求参数
参数名 变量 类型[长度限制] 必填 描述
颜色 color string[1,32] 是 body颜色
返回参数
参数名 变量 类型[长度限制] 必填 描述
状态 state string[1,32] 是 状态
`

const iwiki = "# 上色小物件\n\n路径：产品文档/上色小物件\n\n用于上色。\n\n## 接口说明\n\n支持商户：【普通商户】\n\n请求方式：【POST】`/v3/demo/gadgets`\n\n" +
	"## 请求参数\n\n折叠全部参数\n\nbody  包体参数\n\n color 　必填   string(32)\n\n【颜色】颜色\n\n## 应答参数\n\n200 OK\n"

// TestRead reads one operation in several formats.
func TestRead(t *testing.T) {
	for format, doc := range map[string]string{"md-official": official, "html": served, "docline": docline, "wiki-flat": flat, "md-iwiki": iwiki} {
		t.Run(format, func(t *testing.T) {
			p, err := transcribe.Read("p", []byte(doc), transcribe.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if p.Format != format {
				t.Errorf("read as %s", p.Format)
			}
			if len(p.Operations) != 1 || len(p.Operations[0].Body) != 1 {
				t.Fatalf("%+v", p)
			}
			op, f := p.Operations[0], p.Operations[0].Body[0]
			got := []string{op.Method.Value, op.Path.Value, op.Roles[0].Value, f.Name.Value, string(f.Type.Value), string(f.Place.Value)}
			if diff := cmp.Diff([]string{"POST", "/v3/demo/gadgets", "普通商户", "color", "string", "body"}, got); diff != "" {
				t.Error(diff)
			}
			if f.MaxLength.Value != 32 {
				t.Errorf("length %v", f.MaxLength)
			}
			if _, err := transcribe.Read("p", []byte(doc), transcribe.Options{Format: format}); err != nil {
				t.Errorf("with the format given: %v", err)
			}
		})
	}
}

// TestDigest reads notes on several operations in one file.
func TestDigest(t *testing.T) {
	table := func(rows string) string {
		return "| 参数名 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- |\n" + rows + "\n"
	}
	doc := "# 小物件组文档样例\n\n摘录。\n\n## 小物件-上色\n\n### 接口说明\n\n请求方式：【POST】\n`/v3/demo/gadgets/{id}/paint`\n\n" +
		"### Path 参数\n\n" + table("| id | string(32) | true | 编号 |") + "### Body 参数\n\n" + table("| color | string(32) | true | 颜色，枚举值：RED BLUE |") +
		"## 小物件-查询\n\n### 接口说明\n\n请求方式：【GET】\n`/v3/demo/gadgets/{id}`\n\n### Path 参数\n\n" + table("| id | string(32) | true | 编号 |") +
		"## 小物件-通知\n\n### 接口说明\n\n请求方式：【POST】\n`/v1/webhooks/gadgets`\n\n### Body 参数\n\n" + table("| id | string(32) | true | 编号 |")
	p, err := transcribe.Read("p", []byte(doc), transcribe.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, op := range p.Operations {
		got = append(got, op.Title.Value+" "+op.Method.Value+" "+op.Path.Value)
	}
	if diff := cmp.Diff([]string{"小物件-上色 POST /v3/demo/gadgets/{id}/paint", "小物件-查询 GET /v3/demo/gadgets/{id}"}, got); diff != "" {
		t.Error(diff)
	}
	if enum := p.Operations[0].Body[0].Enum; len(enum) != 2 || enum[1].Value.Value != "BLUE" {
		t.Errorf("%v", enum)
	}
	if len(p.Findings) == 0 || !strings.Contains(p.Findings[0].What, "without a path") {
		t.Errorf("what was left out is not said: %v", p.Findings)
	}
}

// TestOwnPath finds the page's own address in the links to its samples.
func TestOwnPath(t *testing.T) {
	doc := official + "\n请求示例\n\n- [curl 示例](https://pay.weixin.qq.com/doc/v3/merchant/4000000001-curl.md)\n"
	p, err := transcribe.Read("p", []byte(doc), transcribe.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Doc.Value != "/doc/v3/merchant/4000000001" || p.Operations[0].Doc.Value != p.Doc.Value {
		t.Errorf("%+v", p.Doc)
	}
}

func TestOptions(t *testing.T) {
	said := func(s string) page.Fact[string] { return page.Said(s, page.Pos{File: "index.json", Line: 3}) }
	p, err := transcribe.Read("p", []byte(official), transcribe.Options{Title: said("上色小物件"), Updated: said("2025-03-04"), Doc: said("/doc/v3/merchant/1")})
	if err != nil {
		t.Fatal(err)
	}
	op := p.Operations[0]
	if op.Title.Value != "上色小物件" || op.Updated.Value != "2025-03-04" || op.Doc.Value != "/doc/v3/merchant/1" || op.Title.Pos.File != "index.json" {
		t.Errorf("%+v", op)
	}
	if _, err := transcribe.Read("p", []byte(official), transcribe.Options{Format: "nothing"}); err == nil || !strings.Contains(err.Error(), "md-official") {
		t.Errorf("an unknown format gives %v", err)
	}
}

func TestRefusals(t *testing.T) {
	for name, doc := range map[string]string{
		"guide": "# 简介\n\n## 请求步骤\n\n先签名，再请求。\n\n| 参数 | 描述 |\n| --- | --- |\n| Wechatpay-Serial | 序列号 |\n",
		"shell": "<!DOCTYPE html><html><body><div id=\"app\"></div><script src=\"x.js\"></script></body></html>",
		"other": "Hello, this page is in another language and about another thing.\n\nIt has several lines.\n",
		"call":  strings.Replace(official, "请求方式：【POST】 /v3/demo/gadgets", "接口名称：wx.paint", 1),
	} {
		p, err := transcribe.Read(name, []byte(doc), transcribe.Options{})
		var refusal *transcribe.Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s: %v, %+v", name, err, p)
		}
	}
	for name, data := range map[string][]byte{"empty": nil, "binary": {0, 1, 2, 0xff, 0xfe, 0, 0, 0}} {
		if _, err := transcribe.Read(name, data, transcribe.Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestBrokenOff cuts documents at every byte: each part is read or refused.
func TestBrokenOff(t *testing.T) {
	for _, doc := range []string{official, served, docline, flat, iwiki} {
		for i := range len(doc) {
			p, err := transcribe.Read("p", []byte(doc[:i]), transcribe.Options{})
			if (p == nil) == (err == nil) {
				t.Fatalf("cut at %d: %v, %v", i, p, err)
			}
		}
	}
}

// TestLarge reads documents of a megabyte. Each has to be read in a time that grows
// with its size, not with the square of it: the test would not end.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many megabytes")
	}
	repeat := func(s string) string { return strings.Repeat(s, 1<<20/len(s)) }
	for name, doc := range map[string]string{
		"rows":   official + repeat("| color.a | string(32) | true | 【颜色】 颜色<br>可选取值<br>- `RED`: 红色 |\n"),
		"line":   official + repeat("颜色【红色】`RED`："),
		"html":   served + repeat("<p>color 必填 string</p><p>【颜色】颜色</p>"),
		"nested": served + repeat("<table class=\"iwiki-expand\"><tr><td class=\"iwiki-expand-content\">"),
		"lines":  docline + repeat("color  必填 string(32)\n\n【颜色】 颜色\n\n"),
		"flat":   flat + repeat("颜色 color string[1,32] 是 body颜色\n"),
		"blanks": official + repeat(" "),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := transcribe.Read("p", []byte(doc), transcribe.Options{})
			var refusal *transcribe.Refusal
			if err != nil && !errors.As(err, &refusal) {
				t.Error(err)
			}
		})
	}
}

// What has many times the lines or tags of any page is refused before it takes
// memory.
func TestOversized(t *testing.T) {
	for name, text := range map[string]string{
		"a.txt":  "创建小物件\n更新时间：2025.03.04\n请求方式：【POST】/v3/demo/gadgets\n请求参数\nbody　包体参数\n" + strings.Repeat("a　选填　object\n", 60_000),
		"a.md":   "# 创建小物件\n\n请求方式：【POST】 `/v3/demo/gadgets`\n\n| 参数名 | 类型 |\n| --- | --- |\n" + strings.Repeat("| a | b |\n", 60_000),
		"a.html": `<html><body><h1 class="content-title">x</h1><table>` + strings.Repeat("<tr><td>a<td>b", 150_000),
	} {
		_, err := transcribe.Read(name, []byte(text), transcribe.Options{})
		if refusal, ok := errors.AsType[*transcribe.Refusal](err); !ok || !strings.Contains(refusal.Why, "split it") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
