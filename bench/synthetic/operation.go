package synthetic

import (
	"fmt"
	"strings"
)

// operation is what varies between operations: names and texts.
type operation struct {
	number   int
	id, path string
}

var verbs = strings.Fields(`Create Query Close Modify Confirm Cancel Send Apply Bind Revoke
	Activate Pause Resume Split Return Unfreeze Download Upload Sign Settle`)

var nouns = strings.Fields(`Order Refund Coupon Stock Bill Receipt Transfer Card Member Store
	Device Vehicle Parking Invoice Contract Deduction Deposit Guide Activity Voucher
	Account Balance Receiver Complaint Subject Merchant Brand Product Session Batch
	Ticket Reward Plan Task Service Quota Record Limit Certificate Media
	Notice Channel Region Address Category Package Sheet Ledger Fund Score`)

// newOperation names the operation with a number, the same in every split.
func newOperation(n, perFile int) operation {
	file, in := n/perFile, n%perFile
	id := verbs[in%len(verbs)] + nouns[file%len(nouns)]
	path := fmt.Sprintf("/v3/%s/%s", strings.ToLower(nouns[file%len(nouns)]), strings.ToLower(verbs[in%len(verbs)]))
	if more := file/len(nouns)*((perFile+len(verbs)-1)/len(verbs)) + in/len(verbs); more > 0 {
		id += nouns[more%len(nouns)]
		path += "/" + strings.ToLower(nouns[more%len(nouns)])
	}
	return operation{n, id, path + "/{out_trade_no}"}
}

// field is a field or parameter. Where type is empty, it is a text.
type field struct {
	name, label string
	typ         string // integer, boolean, time; or #Suffix, []#Suffix of a schema of the operation
	limit       int    // of characters
	required    bool
	enum        []string
	example     string
}

type object struct {
	suffix, label string
	fields        []field
}

var scene = field{name: "scene", label: "交易场景", enum: []string{"JSAPI", "NATIVE", "APP", "MWEB"}}

func (op operation) objects() []object {
	return []object{
		{"Request", "请求", []field{
			{name: "appid", label: "公众号ID", limit: 32, required: true},
			{name: "mchid", label: "商户号", limit: 32, required: true},
			{name: "description", label: "商品描述", limit: 127, required: true},
			{name: "time_expire", label: "交易结束时间", typ: "time"},
			{name: "attach", label: "商户数据包", limit: 128},
			{name: "notify_url", label: "商户回调地址", limit: 255, required: true},
			{name: "amount", label: "订单金额", typ: "#Amount", required: true},
			{name: "payer", label: "支付者信息", typ: "#Payer", required: true},
			{name: "scene", label: "交易场景", typ: "#Scene"},
			{name: "fund_mode", label: "资金模式", enum: []string{"NORMAL", "FROZEN", "SHARED"}},
		}},
		{"Amount", "订单金额", []field{
			{name: "total", label: "总金额", typ: "integer", required: true},
			{name: "currency", label: "货币类型", limit: 16},
		}},
		{"Payer", "支付者信息", []field{
			{name: "openid", label: "用户标识", limit: 128, required: true},
			{name: "device_id", label: "商户端设备号", limit: 32},
			{name: "is_member", label: "是否会员", typ: "boolean"},
		}},
		{"Response", "应答", []field{
			{name: "transaction_id", label: "微信支付订单号", limit: 32, required: true, example: "'4200001234202601010000000001'"},
			{name: "state", label: "处理状态", required: true, enum: []string{"PROCESSING", "SUCCESS", "CLOSED"}, example: "SUCCESS"},
			{name: "success_time", label: "支付完成时间", typ: "time", example: "'2026-01-01T10:00:00+08:00'"},
			{name: "total_count", label: "总数量", typ: "integer", required: true, example: "1"},
			{name: "items", label: "明细列表", typ: "[]#Item"},
		}},
		{"Item", "明细", []field{
			{name: "item_id", label: "明细单号", limit: 64, required: true},
			{name: "amount", label: "明细金额", typ: "integer", required: true},
			{name: "create_time", label: "创建时间", typ: "time"},
			{name: "fail_reason", label: "失败原因", enum: []string{"NO_BALANCE", "CARD_CLOSED", "LIMITED"}},
			{name: "remark", label: "备注", limit: 200},
		}},
	}
}

var parameters = []struct {
	in string
	field
}{
	{"path", field{name: "out_trade_no", label: "商户订单号", limit: 32, required: true}},
	{"query", field{name: "limit", label: "分页大小", typ: "integer"}},
	{"query", field{name: "offset", label: "分页开始位置", typ: "integer"}},
}

func (w *writer) operation(op operation) {
	w.op = op
	w.line("operationId: %s", op.id)
	w.line("summary: 接口%d：%s", op.number, op.id)
	w.line("description: 商户可通过该接口发起处理%d，接口返回受理结果；如返回系统错误，请使用原参数重试。", op.number)
	if w.Dialect {
		w.block("x-wx-doc", func() {
			w.line("page: /doc/v3/merchant/%d", 4010000000+op.number)
			w.line("updated: '2026-01-01'")
			w.block("roles", func() { w.line("- 普通商户") })
		})
	}
	w.block("parameters", func() {
		for _, p := range parameters {
			w.item("name: "+p.name, func() {
				w.line("in: %s", p.in)
				if p.required {
					w.line("required: true")
				}
				w.line("description: %s", w.text(p.field))
				w.block("schema", func() { w.kind(p.field); w.title(p.label) })
			})
		}
	})
	w.block("requestBody", func() {
		w.line("required: true")
		w.content(op, "Request", nil)
	})
	w.block("responses", func() {
		w.block("'200'", func() {
			w.line("description: 处理成功")
			w.content(op, "Response", op.objects()[3].fields)
		})
		w.block("default", func() { w.line("$ref: '%s#/components/responses/Error'", w.shared) })
	})
}

func (w *writer) content(op operation, suffix string, example []field) {
	w.block("content", func() {
		w.block("application/json", func() {
			w.block("schema", func() { w.line("$ref: '#/components/schemas/%s%s'", op.id, suffix) })
			if !w.Dialect || example == nil {
				return
			}
			w.block("example", func() {
				for _, f := range example {
					if f.example != "" {
						w.line("%s: %s", f.name, f.example)
					}
				}
			})
		})
	})
}

func (w *writer) object(o object) {
	w.line("type: object")
	w.title(o.label)
	w.line("description: %s，用于本次请求的处理。", o.label)
	w.block("required", func() {
		for _, f := range o.fields {
			if f.required {
				w.line("- %s", f.name)
			}
		}
	})
	w.block("properties", func() {
		for _, f := range o.fields {
			w.block(f.name, func() { w.property(f) })
		}
	})
}
