package corpus

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// docShape is how a shape of the doc centre's pages sets the parts of a page.
// The order of the parts is the same in all of them.
type docShape interface {
	top(t *Truth)
	heading(level int, text string)
	para(text string)
	place(at page.Place)
	fields(fields []*Field)
	status(text string)
	caption(text string) // a line that stands above an example
	code(lang, text string)
	errors(rows []Err)
	tail()
}

// docPage sets a page of the doc centre.
func docPage(s docShape, t *Truth, v *Variant) {
	s.top(t)
	for _, op := range t.Ops {
		docCall(s, op, v)
		docRequest(s, op, v)
		docAnswer(s, op, v)
		if _, apart := s.(examplesLast); !apart {
			docExamples(s, op)
		}
		docErrors(s, op)
		if _, apart := s.(examplesLast); apart {
			docExamples(s, op)
		}
		if op.Download {
			docDownload(s, op)
		}
	}
	for _, e := range t.Events {
		docEvent(s, e)
	}
	s.tail()
}

// examplesLast marks shapes that show examples behind the error tables.
type examplesLast interface{ examplesLast() }

func docCall(s docShape, op *Op, v *Variant) {
	notes(s, op, "intro")
	s.heading(2, "接口说明")
	s.para("支持商户：【" + strings.Join(op.Roles, "】　【") + "】")
	docMethod(s, op, v)
	s.para("请求域名：【主域名】https://api.mch.weixin.qq.com 使用该域名将访问就近的接入点")
	s.para("　　　　　【备域名】https://api2.mch.weixin.qq.com 使用该域名将访问异地的接入点 ，指引点击查看")
	notes(s, op, "call")
	if op.Idempotent {
		s.para("幂等规则：接口支持幂等重入")
	}
	if op.Upload {
		s.para("请求主体类型： multipart/form-data")
	}
}

// docMethod is method and path: on one line, or, on some pages of 2022 and
// 2023, on two.
func docMethod(s docShape, op *Op, v *Variant) {
	if _, old := s.(*docs2023); old && v.rng.IntN(4) == 0 {
		s.para("请求URL：https://api.mch.weixin.qq.com" + op.written())
		s.para("请求方式：" + op.Method)
		return
	}
	s.para("请求方式：【" + op.Method + "】" + codeSpan(s, op.written()))
}

// answerHeading is another word on some pages.
func answerHeading(s docShape, v *Variant) string {
	switch s.(type) {
	case *docs2023, *official:
		return v.one("应答参数", "应答参数", "返回参数")
	}
	return "应答参数"
}

// spanner sets code inside a line.
type spanner interface{ span(text string) string }

func codeSpan(s docShape, text string) string {
	if sp, ok := s.(spanner); ok {
		return sp.span(text)
	}
	return text
}

func notes(s docShape, op *Op, place string) {
	for _, r := range op.Rates {
		if r.Place == place {
			s.para(r.Says)
		}
	}
}

func docRequest(s docShape, op *Op, v *Variant) {
	s.heading(2, "请求参数")
	headers := append(everyCall(op), op.Headers...)
	if _, old := s.(*docs2023); old {
		headers = op.Headers // the headers of every call stood elsewhere
	}
	for _, part := range []struct {
		at     page.Place
		fields []*Field
	}{{page.Header, headers}, {page.Path, op.InPath}, {page.Query, op.InQuery}, {page.Body, op.Body}} {
		if len(part.fields) > 0 {
			s.place(part.at)
			s.fields(part.fields)
		}
	}
	if _, apart := s.(examplesLast); !apart {
		docCurl(s, op, v)
	}
}

// docCurl shows the call. The Markdown pages keep it in files of its own.
func docCurl(s docShape, op *Op, v *Variant) {
	s.caption("请求示例")
	if tabs, ok := s.(tabbed); ok {
		tabs.tabs()
	}
	s.status(v.one(op.Method, op.Method, op.Method, "GET")) // some pages show the wrong one
	s.code("shell", op.curl())
	if p, ok := s.(programs); ok {
		p.programs(op)
	}
}

// tabbed shows the names of the samples above them.
type tabbed interface{ tabs() }

// programs shows the call in Java and Go.
type programs interface{ programs(op *Op) }

func docAnswer(s docShape, op *Op, v *Variant) {
	s.heading(2, answerHeading(s, v))
	if op.Answer.NoBody {
		s.para("无应答包体")
		return
	}
	s.status(statusLine(op.Answer.Status))
	if len(op.Answer.Fields) > 0 {
		s.fields(op.Answer.Fields)
	}
}

func docExamples(s docShape, op *Op) {
	if !op.Answer.NoBody && !anySample(op.Answer.Fields) {
		return
	}
	s.caption("应答示例")
	s.status(statusLine(op.Answer.Status))
	if op.Answer.NoBody {
		s.code("json", "'无应答包体'\n")
		return
	}
	doc := sampleDoc(op.Answer.Fields) + "\n"
	if op.Failure {
		doc += "{\n  \"code\": \"PARAM_ERROR\",\n  \"message\": \"参数有误\"\n}\n"
	}
	s.code("json", doc)
}

func docErrors(s docShape, op *Op) {
	s.heading(2, "错误码")
	if op.OneTable {
		s.para("以下是本接口返回的错误码列表。")
	}
	for _, table := range op.tables() {
		if table.heading != "" {
			s.heading(3, table.heading)
		}
		s.errors(table.rows)
	}
}

// docDownload is the second step of a download.
func docDownload(s docShape, op *Op) {
	s.heading(2, "下载接口说明")
	s.para("请求方式： 【GET】")
	s.para("请求URL： 上一步返回的download_url")
	s.para("返回二进制流")
}

// docEvent is a notification.
func docEvent(s docShape, e *Event) {
	s.heading(2, "一、回调描述")
	s.para("小物件的状态变化之后，会把相关信息发送给商户。")
	s.heading(2, "二、回调处理步骤")
	s.heading(3, "1、商户接收回调通知报文")
	s.para("通知以POST的方式发送到回调地址，参数列表如下：")
	s.caption("通知参数")
	s.fields(e.described())
	s.caption("通知报文示例")
	s.code("json", sampleDoc(e.envelope())+"\n")
	s.heading(3, "2、回调验签与应答")
	s.heading(4, "2.2、对回调通知进行应答")
	s.para("验签通过：HTTP应答状态码需返回200或204，无需返回应答报文。")
	s.para("验签不通过：HTTP应答状态码需返回5XX或4XX，同时需返回应答报文。")
	s.fields([]*Field{
		Str("code", "返回状态码").Max(32).May().Tell("不通过时返回FAIL。"),
		Str("message", "返回信息").Max(256).May().Tell("不通过的原因。"),
	})
	s.caption("应答失败示例")
	s.status("5XX或4XX")
	s.code("json", "{\n    \"code\": \"FAIL\",\n    \"message\": \"失败\"\n}\n")
	s.heading(3, "3、对回调通知内容进行解密")
	s.caption("resource中ciphertext解密后字段")
	s.fields(e.Resource)
	s.caption("对resource中ciphertext对象进行解密后，得到的资源对象示例")
	s.code("json", sampleDoc(e.Resource)+"\n")
}

// described is the envelope, whose descriptions name the event types.
func (e *Event) described() []*Field {
	fields := e.envelope()
	eachField(fields, func(f *Field) {
		f.Says = "小物件通知的" + f.Label + "。"
		switch f.Name {
		case "create_time":
			f.Says += "遵循rfc3339标准格式。"
		case "event_type":
			f.Says = "通知的类型，" + e.typeWords()
		case "original_type":
			f.Says = "加密前的对象类型，为" + e.OriginalType + "。"
		}
	})
	return fields
}

func (e *Event) typeWords() string {
	if len(e.Types) == 1 {
		return "小物件通知的类型为" + e.Types[0].Name + "。"
	}
	var out []string
	for _, v := range e.Types {
		out = append(out, v.Label+"通知的类型为"+v.Name)
	}
	return strings.Join(out, "，") + "。"
}

// docHeld is what the doc centre's shapes hold at best.
func docHeld(t *Truth) *Rendering {
	r := rendering(t)
	for i, op := range t.Ops {
		if op.Download {
			r.True.Operations = append(r.True.Operations, step(r.True.Operations[i]))
			r.Held.Operations = append(r.Held.Operations, &page.Operation{Method: said("GET"), Unsigned: said(true)})
		}
	}
	forget(r.Held, noExamples)
	for _, e := range r.Held.Events {
		e.Roles = nil // the heading names them only by the way
	}
	return r
}

// step is the second step of a download; it may take over what holds for the
// whole page.
func step(first *page.Operation) *page.Operation {
	return &page.Operation{
		Title: first.Title, Updated: first.Updated, Roles: first.Roles, Method: said("GET"), Unsigned: said(true),
		Answers: []*page.Answer{{Stream: said(true), Status: said(200)}},
	}
}
