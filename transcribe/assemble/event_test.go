package assemble_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/assemble"
	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/page"
)

// TestEventWithoutHeadings: a note on a notification, as people keep it above
// the function that takes it.
func TestEventWithoutHeadings(t *testing.T) {
	p := read(t, `
上色完成通知API
请求方式：POST
id|必填|string(36)
event_type|必填|string(32)
通知的类型，上色完成的类型为PAINT.DONE
resource|必填|object
通知应答
商户后台需要返回 200 或者 204 的 HTTP 状态码。其他的状态码均视为失败。
`)
	if len(p.Events) != 1 || len(p.Operations) != 0 {
		t.Fatalf("%d events, %d operations", len(p.Events), len(p.Operations))
	}
	e := p.Events[0]
	if len(e.Envelope) != 3 || len(e.Types) != 1 || e.Types[0].Value.Value != "PAINT.DONE" {
		t.Errorf("%d fields, types %+v", len(e.Envelope), e.Types)
	}
	if len(e.Answers) != 2 || e.Answers[0].Value != 200 || e.Answers[1].Value != 204 {
		t.Errorf("answers %+v", e.Answers)
	}
}

// TestEventNotes: a blank within the name of an event, and the statuses behind
// the table of what the answer to a notification holds.
func TestEventNotes(t *testing.T) {
	all := blocks(`
上色通知
通知参数
event_type|必填|string(32)
通知的类型，具体如下：
PAINT.DONE：上色完成
PAINT. STATE_CHANGE：状态变化
resource|必填|object
通知应答
code|必填|string(32)
`)
	all = append(all, block.Block{Kind: block.Line, Within: true, Text: "通知的 http 应答码为 200 或 204 才会当作正常接收。", Pos: page.Pos{File: "p", Line: 20, Col: 1}})
	p, err := assemble.Page("p", "made-up", all, assemble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := p.Events[0]
	if len(e.Types) != 2 || e.Types[1].Value.Value != "PAINT.STATE_CHANGE" {
		t.Errorf("types %+v", e.Types)
	}
	if len(e.Answers) != 2 {
		t.Errorf("answers %+v", e.Answers)
	}
}

// TestEventDigest: notes on a notification that people keep in Markdown. Their
// tables tell what a few fields are for, and nothing of their types.
func TestEventDigest(t *testing.T) {
	all := blocks(`
# 上色回调通知
参考其他页面
# 回调描述
# 回调报文格式
` + "`{⏎\"event_type\":\"PAINT.DONE\",\"resource\":{\"ciphertext\":\"…\"}}" + `
# 关键字段说明
[字段|说明
[event_type|固定为 PAINT.DONE；与 PAINT.FAILED / GADGET.SOLD 区分
[resource.ciphertext|密文
# 解密后的上色详情（resource.ciphertext 解密结果）
` + "`{⏎\"gadget_id\":\"G1\",\"parts\":[{\"color\":\"RED\"}]}" + `
[字段|说明
[gadget_id|小物件编号
[parts[].color|颜色
[解密所得 state|状态
# 应答规范
不要以 HTTP 202 作为成功的判据
应答：成功返回 201 + 报文
[场景|状态码|应答体
[处理成功|200 / 204|无包体
# 处理建议
[字段|说明
[remark|备注
`)
	all[0].Level = 1
	head := true
	for i := range all {
		for k := range all[i].Cells {
			all[i].Cells[k].Header = head
		}
		head = all[i].Kind != block.Row
	}
	p, err := assemble.Page("p", "made-up", all, assemble.Options{TitleInHeading: true})
	if err != nil {
		t.Fatal(err)
	}
	e := p.Events[0]
	var got []string
	for _, list := range [][]*page.Field{e.Envelope, e.Resource} {
		page.Walk(list, func(path string, f *page.Field) { got = append(got, path+" "+string(f.Type.Value)) })
	}
	want := []string{"event_type ", "resource ", "resource.ciphertext ", "gadget_id ", "parts array", "parts.color "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if e.Title.Value != "上色回调通知" || len(e.Types) != 1 || len(e.Answers) != 3 || e.Answers[0].Value != 201 || len(e.Examples) != 1 || len(e.Decrypted) != 1 {
		t.Errorf("%d types, %d answers, %d and %d examples", len(e.Types), len(e.Answers), len(e.Examples), len(e.Decrypted))
	}
}

// TestEventKinds: a digest whose table of event types stands by itself.
func TestEventKinds(t *testing.T) {
	p := read(t, `
# 上色通知
# 回调通知报文
`+"`{⏎\"event_type\":\"PAINT.DONE\",\"resource\":{\"ciphertext\":\"…\"}}"+`
# event_type 枚举
[值|含义
[PAINT.DONE|完成
[PAINT.FAILED|失败
# 解密后关键字段
gadget_id|必填|string
# 处理建议
[值|含义
[GADGET.SOLD|已售
`)
	e := p.Events[0]
	if len(e.Types) != 2 || e.Types[1].Value.Value != "PAINT.FAILED" || e.Types[1].Label.Value != "失败" || len(e.Resource) != 1 {
		t.Errorf("%+v, %d fields", e.Types, len(e.Resource))
	}
}

// TestErrorsWithoutStatus: the tables of 2019 have codes and no statuses. What
// has the same head and no codes of the platform is another table.
func TestErrorsWithoutStatus(t *testing.T) {
	p := read(t, `
请求URL：https://api.mch.weixin.qq.com/v3/demo/gadgets
请求方式：GET
错误码
[错误码|描述|解决方案
[SYSTEMERROR|系统忙|请稍后重试
[|系统很忙|请再试
[GADGET_TOO_WET|未干|请等待
[PARAM_ERROR|参数不对|请改正
`)
	var got []string
	for _, row := range p.Operations[0].Errors {
		if row.Status.Known() {
			t.Errorf("status %d", row.Status.Value)
		}
		got = append(got, row.Code.Value+" "+row.Description.Value+" "+row.Solution.Value)
	}
	if diff := cmp.Diff([]string{"SYSTEMERROR 系统忙 请稍后重试", "PARAM_ERROR 参数不对 请改正"}, got); diff != "" {
		t.Error(diff)
	}
}
