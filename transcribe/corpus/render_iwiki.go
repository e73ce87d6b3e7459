package corpus

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// iwiki is the doc centre's HTML as readers' tools turn it into Markdown (§9):
// a nested table becomes one cell, and a table inside of it comes three times.
type iwiki struct {
	writer
	v        *Variant
	withCode bool
}

const icon = "![](https://gtimg.wechatpay.cn/resource/xres/img/202409/2a1a0741836e71dcb14320f2fcac3a6e_32x32.svg)"

func renderIwiki(t *Truth, v *Variant) *Rendering {
	s := &iwiki{v: v, withCode: v.coin()}
	docPage(s, t, v)
	r := docHeld(t)
	r.Held.Updated = page.Fact[string]{}
	for _, op := range r.Held.Operations {
		op.Updated = page.Fact[string]{}
	}
	fold(t, r.Held, 2)
	lists(r.Held, func(fields []*page.Field) {
		for _, f := range fields {
			page.Walk(f.Fields, func(_ string, kid *page.Field) { kid.Enum = nil })
		}
	})
	r.set(s.String())
	return r
}

func (s *iwiki) span(text string) string { return "`" + text + "`" }

func (s *iwiki) top(t *Truth) {
	s.line("# ", t.Title).blank().line("# ", t.Title).blank()
	s.line("路径：产品文档/小物件/API列表/", t.Title).blank()
	s.line(t.Intro).blank()
}

func (s *iwiki) heading(level int, text string) {
	s.line(strings.Repeat("#", level), " ", text)
	if text == "请求参数" || text == "应答参数" {
		s.line("    ").line("    折叠全部参数")
	}
	s.blank()
}

func (s *iwiki) para(text string) { s.line(text).blank() }

func (s *iwiki) place(at page.Place) {
	word := map[page.Place]string{page.Header: "Header   HTTP头参数", page.Path: "path  路径参数",
		page.Query: "query  查询参数", page.Body: "body  包体参数"}[at]
	s.line(word).blank()
}

func (s *iwiki) caption(text string) { s.line(text) }

// status stands in a table of its own above the answer.
func (s *iwiki) status(text string) {
	if strings.HasSuffix(s.String(), "折叠全部参数\n\n") {
		s.line("| ", text, " |  | ", text, " |").line("| --- | --- | --- |").line("|  | ", text, " |  |").blank()
		return
	}
	s.line(text)
}

func (s *iwiki) tabs() { s.line("curlJavaGo") }

func (s *iwiki) fields(fields []*Field) {
	for _, f := range fields {
		s.line(" ", f.Name, " 　", f.docFlag(), "　 ", f.docType()).blank()
		s.line(f.docLabel(), s.v.one("", " "), f.Says)
		for _, rule := range f.rules() {
			s.line(rule)
		}
		s.blank()
		if len(f.Enum) > 0 {
			s.line(f.enumWord()).blank()
			for _, v := range f.Enum {
				s.line("- `", v.Name, "`: ", v.Label)
			}
			s.blank()
		}
		if len(f.Kids) > 0 {
			s.table(f.Kids)
		}
	}
}

// table is a nested table. What it holds of further tables stands inside of
// the text, in cells behind it, and in rows below it.
func (s *iwiki) table(fields []*Field) {
	inner := innerTables(fields)
	empty := strings.Repeat("  |", 4*len(inner))
	s.line("| ", icon, " | 属性 |", empty)
	s.line("| --- | --- |", strings.Repeat(" --- |", 4*len(inner)))
	s.WriteString("|  | " + cellText(fields) + " |")
	for _, kids := range inner {
		s.WriteString(" " + icon + " | 属性 |  | " + cellText(kids) + " |")
	}
	s.blank()
	for _, kids := range inner {
		s.line("| ", icon, " | 属性 |", empty)
		s.line("|  | ", cellText(kids), " |", empty)
	}
	s.blank()
}

func innerTables(fields []*Field) [][]*Field {
	var out [][]*Field
	for _, f := range fields {
		if len(f.Kids) > 0 {
			out = append(append(out, f.Kids), innerTables(f.Kids)...)
		}
	}
	return out
}

func cellText(fields []*Field) string {
	var out []string
	for _, f := range fields {
		text := f.Name + " 　" + f.docFlag() + "　 " + f.docType() + f.docLabel() + " " + f.Says + strings.Join(f.rules(), "")
		if len(f.Enum) > 0 {
			text += f.enumWord()
			for _, v := range f.Enum {
				text += "`" + v.Name + "`: " + v.Label
			}
		}
		if len(f.Kids) > 0 {
			text += icon + "属性 " + cellText(f.Kids)
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func (s *iwiki) code(_, text string) {
	s.line(strings.Replace(icon, "32x32", "16x16", 1))
	s.line("```").line(code(strings.TrimSuffix(numbered(text), "\n"))).line("```").blank()
}

var swallowed = regexp.MustCompile(`<[^>]*>`)

// programs lose what stands between angle brackets, were it half a program.
func (s *iwiki) programs(op *Op) {
	if !s.withCode {
		return
	}
	w := &iwiki{v: s.v}
	w.line("需配合微信支付工具库 WXPayUtility 使用，请参考Java")
	w.code("java", op.java())
	w.line("需配合微信支付工具库 wxpay_utility 使用，请参考Go")
	w.code("go", op.golang())
	s.WriteString(swallowed.ReplaceAllString(w.String(), ""))
}

func (s *iwiki) errors(rows []Err) {
	s.line("| 状态码 | 错误码 | 描述 | 解决方案 |").line("| --- | --- | --- | --- |")
	for _, e := range rows {
		s.line("| ", fmt.Sprint(e.Status), " | ", e.code(), " | ", e.Says, " | ", e.Solve, " |")
	}
	s.blank()
}

func (s *iwiki) tail() {}
