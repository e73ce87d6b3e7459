package corpus

import (
	"fmt"
	"html"
	"strings"
)

// wikiHTML is a page of the wiki as it was served: its tables have merged
// cells, and members stand in a table inside the row of their parent.
type wikiHTML struct {
	writer
	v *Variant
}

func renderWikiHTML(t *Truth, v *Variant) *Rendering {
	t = wikiTruth(t, v)
	s := &wikiHTML{v: v}
	s.put("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>微信支付-开发者文档</title></head>\n<body>\n")
	s.put("<div class=\"sidebar\"><ul><li>基础支付</li><li>经营能力</li><li>其他能力</li></ul></div>\n<div class=\"content\">\n")
	for _, op := range t.Ops {
		s.operation(t, op)
	}
	s.put("</div>\n</body>\n</html>\n")
	r := wikiHeld(t)
	r.set(s.String())
	return r
}

func (s *wikiHTML) put(parts ...string) { s.WriteString(strings.Join(parts, "")) }

func (s *wikiHTML) p(text string) { s.put("<p>", html.EscapeString(text), "</p>\n") }

func (s *wikiHTML) operation(t *Truth, op *Op) {
	s.put("<h1>", wikiTitle(op.Title), "</h1>\n<p class=\"time\">最新更新时间：", dotted(t.Updated), " <a href=\"#\">版本说明</a></p>\n")
	s.p(t.Intro)
	s.notes(op, "intro")
	s.put("<h2>接口说明</h2>\n<p><strong>适用对象：</strong>", wikiRoles(op.Roles), "</p>\n")
	s.put("<p><strong>请求URL：</strong>", html.EscapeString(op.wikiURL(s.v)), "</p>\n<p><strong>请求方式：</strong>", op.Method, "</p>\n")
	s.notes(op, "call")
	if op.Idempotent {
		s.put("<p><strong>幂等规则：</strong>接口支持幂等重入</p>\n")
	}
	for _, l := range legend {
		s.p(l)
	}
	s.put("<h2>请求参数</h2>\n")
	s.table(op.wikiRequest())
	s.put("<h3>请求示例</h3>\n")
	if len(op.Body) > 0 {
		s.pre(wikiDoc(op.Body, s.v))
	} else {
		s.pre(op.sampleURL())
	}
	s.put("<h2>返回参数</h2>\n")
	if len(op.Answer.Fields) == 0 {
		s.p(noData(op.Answer.Status))
	} else {
		s.table(unplaced(op.Answer.Fields))
		s.put("<h3>返回示例</h3>\n")
		s.pre(wikiDoc(op.Answer.Fields, s.v))
	}
	s.put("<h2>错误码<a href=\"error.shtml\">公共错误码</a></h2>\n")
	s.errors(op.wikiErrors())
}

func (s *wikiHTML) notes(op *Op, place string) {
	for _, r := range op.Rates {
		if r.Place == place {
			s.p(r.Says)
		}
	}
}

func (s *wikiHTML) pre(text string) { s.put("<pre><code>", html.EscapeString(text), "</code></pre>\n") }

func (s *wikiHTML) table(fields []placed) {
	if len(fields) == 0 {
		return
	}
	s.put("<table>\n<thead><tr>")
	for _, head := range []string{"参数名", "变量", "类型[长度限制]", "必填", "描述"} {
		s.put("<th>", head, "</th>")
	}
	s.put("</tr></thead>\n<tbody>\n")
	for i, f := range fields {
		s.row(fields, i)
		if len(f.Kids) > 0 {
			s.put("<tr><td colspan=\"5\">\n")
			s.table(unplaced(f.Kids))
			s.put("</td></tr>\n")
		}
	}
	s.put("</tbody>\n</table>\n")
}

// row merges the flag of fields of which one has to be given.
func (s *wikiHTML) row(fields []placed, i int) {
	f := fields[i]
	s.put("<tr><td>", f.Label, "</td><td>", f.Name, "</td><td>", f.wikiType(), "</td>")
	switch {
	case f.Flag == "二选一" && i+1 < len(fields) && fields[i+1].Flag == f.Flag && (i == 0 || fields[i-1].Flag != f.Flag):
		s.put("<td rowspan=\"2\">", f.Flag, "</td>")
	case f.Flag == "二选一" && i > 0 && fields[i-1].Flag == f.Flag:
	default:
		s.put("<td>", f.wikiFlag(), "</td>")
	}
	var lines []string
	for _, l := range f.describe(s.v) {
		lines = append(lines, html.EscapeString(l))
	}
	s.put("<td>", strings.Join(lines, "<br>"), "</td></tr>\n")
}

func (s *wikiHTML) errors(rows []Err) {
	s.put("<table>\n<tr><th>状态码</th><th>错误码</th><th>描述</th><th>解决方案</th></tr>\n")
	for i, e := range rows {
		s.put("<tr>")
		for c, cell := range e.cells() {
			s.put("<td", span(rows, i, c+e.Merge), ">", html.EscapeString(cell), "</td>")
		}
		s.put("</tr>\n")
	}
	s.put("</table>\n")
}

// span is the height of a cell: it reaches down as far as the rows below
// leave it out.
func span(rows []Err, i, column int) string {
	height := 1
	for _, below := range rows[i+1:] {
		if below.Merge <= column {
			break
		}
		height++
	}
	if height == 1 {
		return ""
	}
	return fmt.Sprintf(" rowspan=\"%d\"", height)
}
