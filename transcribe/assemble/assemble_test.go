package assemble_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/assemble"
	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/page"
)

// lines makes blocks of a small notation, one block a line: "# text" is a
// heading, "name|need|type" a field, "= VALUE|text" an item, "{" and "}" are
// Open and Close, "~" is Folded, "[a|b" a row, "`text" code with ⏎ for a line
// break, and the rest text.
func blocks(notation string) []block.Block {
	var all []block.Block
	for i, l := range strings.Split(strings.TrimSpace(notation), "\n") {
		l = strings.TrimSpace(l)
		b := block.Block{Pos: page.Pos{File: "p", Line: i + 1, Col: 1}}
		first, rest := "", ""
		if l != "" {
			r := []rune(l)
			first, rest = string(r[0]), strings.TrimSpace(string(r[1:]))
		}
		switch {
		case l == "":
			continue
		case first == "#":
			b.Kind, b.Text, b.Level = block.Heading, rest, 2
		case first == "=":
			b.Kind = block.Item
			b.Value, b.Text, _ = strings.Cut(rest, "|")
		case l == "{":
			b.Kind = block.Open
		case l == "}":
			b.Kind = block.Close
		case l == "~":
			b.Kind = block.Folded
		case first == "[":
			b.Kind = block.Row
			for _, c := range strings.Split(rest, "|") {
				b.Cells = append(b.Cells, block.Cell{Text: c})
			}
		case first == "`":
			b.Kind, b.Text = block.Code, strings.ReplaceAll(rest, "⏎", "\n")
		case strings.Count(l, "|") == 2 && !strings.Contains(l, "："):
			parts := strings.Split(l, "|")
			b.Kind = block.Field
			b.Field = block.Fields{Name: strings.TrimLeft(parts[0], "+"), Need: parts[1], Type: parts[2], Depth: strings.Count(parts[0], "+")}
		default:
			b.Text = l
		}
		all = append(all, b)
	}
	return all
}

func read(t *testing.T, notation string) *page.Page {
	t.Helper()
	p, err := assemble.Page("p", "test", blocks(notation), assemble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestTwins: of a field that stands twice the first counts, unless an object
// whose members the page lost stands between.
func TestTwins(t *testing.T) {
	p := read(t, `
# 接口说明
请求方式：【GET】/v3/demo/gadgets
# 应答参数
200 OK
a|必填|string
a|必填|integer
b|必填|object
b.c|必填|string
b.d|选填|array[object]
b.c|必填|string
b.c|必填|integer
`)
	var got []string
	page.Walk(p.Operations[0].Answers[0].Fields, func(path string, _ *page.Field) { got = append(got, path) })
	if diff := cmp.Diff(strings.Fields("a b b.c b.d b.c"), got); diff != "" {
		t.Error(diff)
	}
}

const paint = `
上色小物件API
更新时间：2025.03.04
用于给小物件上色。
接口说明
支持商户：【普通商户】【普通服务商】
请求方式：【POST】/v3/demo/gadgets/{gadget_id}/paint
请求域名：【主域名】https://api.mch.weixin.qq.com 就近接入
【备域名】https://api2.mch.weixin.qq.com 异地接入
接口限频：100/秒（商户号维度）
请求参数
Header HTTP头参数
Authorization|必填|string
请参考签名认证
Idempotency-Key|选填|string(64)
path 路径参数
gadget_id|必填|string(32)
【小物件ID】 小物件的编号
body 包体参数
color|选填|string
【颜色】 上什么颜色
可选取值
= RED|红色
= BLUE|蓝色
parts|必填|array[object]
【零件】 零件列表
{
part_id|必填|string(6,32)
【零件ID】 零件的编号
size|选填|integer
【尺寸】 最大500
}
note|选填|string(20)
请求示例
` + "`curl -X POST https://api.mch.weixin.qq.com/v3/demo/gadgets/1/paint" + `
应答参数
200 OK
state|必填|string
【状态】 状态
DONE：完成
FAILED：失败
应答示例
200 OK
` + "`{⏎\"state\": \"DONE\"⏎}" + `
错误码
公共错误码
[状态码|错误码|描述|解决方案
[400|PARAM_ERROR|参数错误|请检查
业务错误码
[状态码|错误码|描述|解决方案
[403|NO_AUTH|没有权限|请开通
[|NO_AUTH|还是没有|请再开通
[||仍然没有|请重试
[500|SYSTEM ERROR|系统错误|请重试
`

func TestOperation(t *testing.T) {
	p := read(t, paint)
	if len(p.Operations) != 1 {
		t.Fatalf("%d operations", len(p.Operations))
	}
	op := p.Operations[0]
	got := map[string]any{
		"title": op.Title.Value, "updated": op.Updated.Value, "method": op.Method.Value, "path": op.Path.Value,
		"summary": op.Summary.Value, "roles": values(op.Roles), "hosts": values(op.Hosts),
		"rate": op.RateLimits[0].Value, "answers": len(op.Answers), "status": op.Answers[0].Status.Value,
		"requests": len(op.Requests), "examples": len(op.Answers[0].Examples),
	}
	want := map[string]any{
		"title": "上色小物件", "updated": "2025-03-04", "method": "POST", "path": "/v3/demo/gadgets/{gadget_id}/paint",
		"summary": "用于给小物件上色。", "roles": []string{"普通商户", "普通服务商"},
		"hosts": []string{"api.mch.weixin.qq.com", "api2.mch.weixin.qq.com"},
		"rate":  page.RateLimit{Requests: 100, Seconds: 1, Per: "merchant"}, "answers": 1, "status": 200, "requests": 1, "examples": 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantFields := []string{
		"header Idempotency-Key string optional ..64",
		"path gadget_id string required ..32 小物件ID",
		"body color string optional 颜色 RED BLUE",
		"body parts array/object required 零件",
		"body parts.part_id string required 6..32 零件ID",
		"body parts.size integer optional 尺寸 max 500",
		"body note string optional ..20",
		"answer state string required 状态 DONE? FAILED?",
	}
	var fields []string
	fields = append(fields, describe("", op.Parameters)...)
	fields = append(fields, describe("body ", op.Body)...)
	fields = append(fields, describe("answer ", op.Answers[0].Fields)...)
	if diff := cmp.Diff(wantFields, fields); diff != "" {
		t.Error(diff)
	}
	var rows []string
	for _, r := range op.Errors {
		row := r.Code.Value + " " + r.Description.Value
		if r.Common {
			row += " common"
		}
		if r.Continued {
			row += " continued"
		}
		if r.Spelt != "" {
			row += " spelt " + r.Spelt
		}
		rows = append(rows, row)
	}
	wantRows := []string{
		"PARAM_ERROR 参数错误 common", "NO_AUTH 没有权限", "NO_AUTH 还是没有 continued", "NO_AUTH 仍然没有 continued",
		"SYSTEM_ERROR 系统错误 spelt SYSTEM ERROR",
	}
	if diff := cmp.Diff(wantRows, rows); diff != "" {
		t.Error(diff)
	}
	if at := op.Path.Pos; at.Line != 6 || at.Col != 12 {
		t.Errorf("the path stands at %v", at)
	}
}

func values(facts []page.Fact[string]) []string {
	var all []string
	for _, f := range facts {
		all = append(all, f.Value)
	}
	return all
}

// describe says in one line what is known of each field. A question mark
// follows values that nothing announced.
func describe(prefix string, fields []*page.Field) []string {
	var all []string
	page.Walk(fields, func(path string, f *page.Field) {
		words := []string{strings.TrimSpace(prefix) + " " + path}
		if prefix == "" {
			words[0] = string(f.Place.Value) + " " + path
		}
		kind := string(f.Type.Value)
		if f.Items.Known() {
			kind += "/" + string(f.Items.Value)
		}
		words = append(words, kind, string(f.Required.Value))
		if f.MaxLength.Known() {
			low := ""
			if f.MinLength.Known() {
				low = itoa(f.MinLength.Value)
			}
			words = append(words, low+".."+itoa(f.MaxLength.Value))
		}
		if f.Label.Known() {
			words = append(words, f.Label.Value)
		}
		if f.Maximum.Known() {
			words = append(words, "max "+itoa(f.Maximum.Value))
		}
		for _, v := range f.Enum {
			word := v.Value.Value
			if v.Value.From != page.Stated {
				word += "?"
			}
			words = append(words, word)
		}
		all = append(all, strings.Join(words, " "))
	})
	return all
}

func itoa(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func TestPlacesOfTheWiki(t *testing.T) {
	p := read(t, `
查询小物件API
最新更新时间：2020.03.04 版本说明
适用对象：直连商户
请求URL：https://api.mch.weixin.qq.com/v3/demo/gadgets/{gadget_id}?
请求方式：GET
path 指该参数为路径参数
请求参数
gadget_id||string[1,32]
小物件的编号
示例值：G1
limit||uint32query
分页大小，最大50。
offset||uint32
query分页页码
color||string
颜色
返回参数
无数据（HTTP状态码为204）
`)
	op := p.Operations[0]
	got := describe("", op.Parameters)
	want := []string{"path gadget_id string required 1..32", "query limit integer  max 50", "query offset integer ", "query color string "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if op.Parameters[0].Example.Value != "G1" || op.Parameters[1].Required.Known() {
		t.Errorf("%+v", op.Parameters[0])
	}
	if a := op.Answers[0]; a.Status.Value != 204 || !a.Empty.Value {
		t.Errorf("%+v", a)
	}
	if op.Path.Value != "/v3/demo/gadgets/{gadget_id}" || op.Title.Value != "查询小物件" {
		t.Errorf("%q %q", op.Path.Value, op.Title.Value)
	}
}

func TestNesting(t *testing.T) {
	p := read(t, `
接口说明
请求方式：【POST】/v3/demo/gadgets
请求参数
body 包体参数
a|必填|object
a.b|必填|array[object]
a.b.c|必填|string
d|必填|object
+e|必填|object
++f|必填|string
+g|必填|string
h|必填|object
~
i|必填|object
{
j|必填|object
{
k|必填|string
}
l|必填|string
}
m|必填|string
m|选填|integer
o.p|必填|string
q|必填|object
{
r|必填|string
`)
	op := p.Operations[0]
	var got []string
	page.Walk(op.Body, func(path string, f *page.Field) {
		mark := ""
		if f.Folded {
			mark = " folded"
		}
		if f.Unended {
			mark = " unended"
		}
		got = append(got, path+mark)
	})
	want := strings.Split("a,a.b,a.b.c,d,d.e,d.e.f,d.g,h folded,i,i.j,i.j.k,i.l,m,o,o.p,q unended,q.r", ",")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := count(p, "describes this field twice"); n != 1 {
		t.Errorf("%d findings of the field that stands twice", n)
	}
	if n := count(p, "does not describe o"); n != 1 {
		t.Errorf("%d findings of the parent that is missing", n)
	}
}

func count(p *page.Page, what string) int {
	n := 0
	for _, f := range p.Findings {
		if strings.Contains(f.What, what) {
			n++
		}
	}
	return n
}

func TestDescriptions(t *testing.T) {
	p := read(t, `
接口说明
请求方式：【POST】/v3/demo/gadgets
请求参数
body 包体参数
a|必填|array[GadgetKind]
【种类】 种类列表，可选取值：
= BIG|大
其中包括特大。
= SMALL|小
b|必填|string
枚举值：
RED
: 红色
BLUE
: 蓝色
示例值：RED
c|必填|integer
【等级】 枚举值：
1：低
2：高
d|必填|boolean
枚举值：
true：是
false：否
e|必填|string(64)
【时间】 遵循rfc3339标准格式
f|必填|array[string]
【名称】 名称列表
校验规则：
1、单个名称的字符长度为【1，128】
2、条目个数限制为【1，50】
g|必填|string(1024)
【姓名】 该字段需要使用微信支付公钥加密，长度不超过50字符
h|必填|string(32)
【编号】 长度不超过20字符
`)
	got := describe("body ", p.Operations[0].Body)
	want := []string{
		"body a array/string required 种类 BIG SMALL", "body b string required RED BLUE", "body c integer required 等级 1 2",
		"body d boolean required", "body e string required ..64 时间", "body f array/string required 1..128 名称",
		"body g string required ..1024 姓名", "body h string required ..32 编号",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	body := p.Operations[0].Body
	if body[0].TypeName.Value != "GadgetKind" || body[1].Example.Value != "RED" || !body[4].Time.Value || body[5].MaxItems.Value != 50 ||
		!body[6].Secret.Value || body[7].Secret.Known() {
		t.Error("marks of the fields are wrong")
	}
	if n := count(p, "the type says at most 32 characters, the text 20"); n != 1 {
		t.Errorf("%d findings of the contradiction", n)
	}
}

func TestEvent(t *testing.T) {
	p := read(t, `
上色完成通知
更新时间：2025.03.04
一、回调描述
二、回调处理步骤
1、商户接收回调通知报文
通知参数
id|必填|string(36)
event_type|必填|string(32)
通知类型
PAINT.DONE：上色完成
PAINT.FAILED：上色失败
resource|必填|object
resource.original_type|必填|string(32)
加密前的对象类型，类型为paint
`+"`{⏎\"event_type\":\"PAINT.DONE\",\"resource\":{\"ciphertext\":\"…\"}}"+`
2.2、对回调通知进行应答
验签通过：HTTP应答状态码需返回200或204，无需返回应答报文。
验签不通过：HTTP应答状态码需返回5XX或4XX。
code|选填|string(32)
应答成功示例
200或204
应答失败示例
5XX或4XX
`+"`{⏎\"code\":\"FAIL\"}"+`
3、对回调通知内容进行解密
resource中ciphertext解密后字段
gadget_id|必填|string(32)
商户对resource中ciphertext对象进行解密后，得到的资源对象示例
`+"`{⏎\"gadget_id\":\"G1\"}"+`
`)
	if len(p.Events) != 1 || len(p.Operations) != 0 {
		t.Fatalf("%d events, %d operations", len(p.Events), len(p.Operations))
	}
	e := p.Events[0]
	var types, acks []string
	for _, v := range e.Types {
		types = append(types, v.Value.Value)
	}
	for _, a := range e.Answers {
		acks = append(acks, itoa(int64(a.Value)))
	}
	got := []string{e.Title.Value, strings.Join(types, ","), strings.Join(acks, ","), e.OriginalType.Value, strings.Join(values(e.Roles), ",")}
	if diff := cmp.Diff([]string{"上色完成通知", "PAINT.DONE,PAINT.FAILED", "200,204", "paint", "普通商户"}, got); diff != "" {
		t.Error(diff)
	}
	if len(e.Envelope) != 3 || len(e.Resource) != 1 || len(e.Examples) != 1 || len(e.Decrypted) != 1 {
		t.Errorf("%d %d %d %d", len(e.Envelope), len(e.Resource), len(e.Examples), len(e.Decrypted))
	}
}

// TestEventOfTheExample: a table that names an event of another kind than the
// example was copied; otherwise the example was.
func TestEventOfTheExample(t *testing.T) {
	for _, c := range []struct{ table, example, want string }{
		{"GADGET_LOAN.DONE", "GADGET_SALE.DONE", "GADGET_SALE.DONE"},
		{"GADGET_SALE.DONE", "GADGET_SALE.SENT", "GADGET_SALE.DONE"},
		{"GADGET.DONE", "SALE.DONE", "GADGET.DONE"},
		{"GADGET_LOAN.DONE", "WIDGET_LOAN.DONE", "GADGET_LOAN.DONE"},
	} {
		p := read(t, `
小物件通知
一、回调描述
1、商户/服务商接收回调通知报文
通知参数
event_type|必填|string(32)
通知的类型，小物件通知的类型为：`+c.table+`
resource|必填|object
`+"`{⏎\"event_type\":\""+c.example+"\",\"resource\":{\"ciphertext\":\"…\"}}"+`
`)
		e := p.Events[0]
		if len(e.Types) != 1 || e.Types[0].Value.Value != c.want || count(p, "which the table does not name") != 1 {
			t.Errorf("%s beside %s: %+v, %v", c.table, c.example, e.Types, p.Findings)
		}
		if got := strings.Join(values(e.Roles), " "); got != "普通商户 普通服务商" {
			t.Errorf("roles %s", got)
		}
	}
}

func TestDownload(t *testing.T) {
	p := read(t, `
接口说明
请求方式： 【GET】
请求URL： 调用申请接口，返回参数“download_url”对应的URL
请求下载账单
下载的应答不包含签名值，因此无需验签。
`+"`{⏎\"download_url\": \"https://api.mch.weixin.qq.com/v3/demo/file?token=x\"}"+`
`+"`$ curl https://api.mch.weixin.qq.com/v3/demo/file?token=x"+`
文件格式说明
序号|必填|string
`)
	op := p.Operations[0]
	if op.Path.Value != "/v3/demo/file" || op.Path.From != page.FromExample || !op.Unsigned.Value || op.Unsigned.From != page.Stated ||
		!op.Answers[0].Stream.Value || len(op.Parameters)+len(op.Body) != 0 {
		t.Errorf("%+v", op)
	}
}

func TestUpload(t *testing.T) {
	p := read(t, `
接口说明
请求方式：【POST】/v3/demo/images
请求参数
body 包体参数
file|必填|message
meta|必填|object
{
filename|必填|string
sha256|必填|string
}
应答参数
200 OK
media_id|必填|string
请求步骤
file|必填|message
`)
	op := p.Operations[0]
	if !op.Multipart.Value || op.Body[0].Type.Value != page.File || len(op.Body) != 2 {
		t.Errorf("%+v", op)
	}
}

func TestSeveralOperations(t *testing.T) {
	p := read(t, paint+`
查询小物件API
最新更新时间：2020.03.04
接口说明
适用对象：直连商户
请求URL：https://api.mch.weixin.qq.com/v3/demo/gadgets
请求方式：GET
请求参数
limit||uint32
分页大小
`)
	var got []string
	for _, op := range p.Operations {
		got = append(got, op.Title.Value+" "+op.Method.Value+" "+op.Path.Value+" "+op.Updated.Value)
	}
	want := []string{"上色小物件 POST /v3/demo/gadgets/{gadget_id}/paint 2025-03-04", "查询小物件 GET /v3/demo/gadgets 2020-03-04"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p = read(t, `
接口说明
请求方式：【POST】/v3/demo/a 或 /v3/demo/b
请求参数
body 包体参数
x|必填|string
`)
	if len(p.Operations) != 2 || p.Operations[1].Path.Value != "/v3/demo/b" || len(p.Operations[1].Body) != 1 {
		t.Errorf("%d operations", len(p.Operations))
	}
}

// TestCalls: which call a page describes, however it writes it, and what is no
// call of its own.
func TestCalls(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want []string // method, path, and how many parameters
	}{
		"a bare line": {"接口说明\nGET https://api.mch.weixin.qq.com/v3/demo/gadgets", []string{"GET /v3/demo/gadgets 0"}},
		"the address on the line below": {
			"接口说明\n请求方式：POST\nhttps://api.mch.weixin.qq.com/v3/demo/gadgets", []string{"POST /v3/demo/gadgets 0"},
		},
		"an example in the introduction": {
			"上色小物件\n最新更新时间：2025.03.04\n`{\"color\": \"RED\"}\n接口说明\n请求方式：【POST】/v3/demo/gadgets", []string{"POST /v3/demo/gadgets 0"},
		},
		"two paths with variables of their own": {
			"接口说明\n请求方式：【POST】/v3/demo/{gadget_id}/cancel 或 /v3/demo/no/{gadget_no}/cancel\n请求参数\npath 路径参数\ngadget_id|必填|string\ngadget_no|必填|string",
			[]string{"POST /v3/demo/{gadget_id}/cancel 1", "POST /v3/demo/no/{gadget_no}/cancel 1"},
		},
		"a second call without a heading": {
			"接口说明\n请求方式：【GET】/v3/demo/a\n请求参数\nquery 查询参数\nx|必填|string\n请求方式：【POST】/v3/demo/b",
			[]string{"GET /v3/demo/a 1", "POST /v3/demo/b 0"},
		},
	} {
		var got []string
		for _, op := range read(t, c.page).Operations {
			got = append(got, fmt.Sprintf("%s %s %d", op.Method.Value, op.Path.Value, len(op.Parameters)))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestFailedAnswer: a failed answer behind the good one is no example of it.
func TestFailedAnswer(t *testing.T) {
	p := read(t, "接口说明\n请求方式：【GET】/v3/demo/a\n应答参数\n200 OK\nid|必填|string\n应答示例\n`{\"id\": \"1\"}\n`{\"code\": \"PARAM_ERROR\", \"message\": \"bad\"}")
	if n := len(p.Operations[0].Answers[0].Examples); n != 1 {
		t.Errorf("the answer has %d examples, want 1", n)
	}
}

func TestOptions(t *testing.T) {
	known := func(s string) page.Fact[string] { return page.Said(s, page.Pos{File: "index"}) }
	opts := assemble.Options{Title: known("涂小物件API"), Updated: known("2026-01-02"), Doc: known("/doc/v3/merchant/1")}
	p, err := assemble.Page("p", "test", blocks("接口说明\n请求方式：【POST】/v3/demo/gadgets"), opts)
	if err != nil {
		t.Fatal(err)
	}
	op := p.Operations[0]
	if op.Title.Value != "涂小物件" || op.Updated.Value != "2026-01-02" || op.Doc.Value != "/doc/v3/merchant/1" {
		t.Errorf("%+v", op)
	}
	p, err = assemble.Page("p", "test", blocks(paint), opts)
	if err != nil {
		t.Fatal(err)
	}
	if op := p.Operations[0]; op.Title.Value != "上色小物件" || op.Updated.Value != "2025-03-04" {
		t.Errorf("what the page says was replaced: %q %q", op.Title.Value, op.Updated.Value)
	}
}

func TestRefusals(t *testing.T) {
	for name, notation := range map[string]string{
		"empty":     "小物件",
		"guide":     "开发指引\n# 简介\n说明\n# 参数\n说明二\n[参数|描述\n[Wechatpay-Serial|序列号",
		"front end": "调起上色\n接口说明\n支持商户：【普通商户】\n字段说明\n请求参数\ncolor|必填|string",
	} {
		_, err := assemble.Page(name, "test", blocks(notation), assemble.Options{})
		var refusal *assemble.Refusal
		if !errors.As(err, &refusal) || refusal.Why == "" || refusal.File != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestChecks(t *testing.T) {
	p := read(t, `
接口说明
请求方式：【POST】/v3/demo/{a}/{b}
请求参数
path 路径参数
a|必填|string
c|必填|string
body 包体参数
d||number/string(32)
`)
	for what, want := range map[string]int{
		"describes no parameter for this variable": 1, "the path has no such variable": 1, "type not understood": 1,
		"1 fields without a required flag": 1, "shows no answer": 1,
	} {
		if got := count(p, what); got != want {
			t.Errorf("%d findings of %q, want %d", got, what, want)
		}
	}
	if p.Lines == 0 || p.Unused > p.Lines {
		t.Errorf("%d of %d lines unused", p.Unused, p.Lines)
	}
}
