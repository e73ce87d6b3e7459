package corpus

import (
	"fmt"
	"html"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// docHTML is the stored HTML of the doc centre (§10).
type docHTML struct {
	writer
	v        *Variant
	withCode bool
	folded   bool // headings have a button that folds what is below them
}

func renderHTML(t *Truth, v *Variant) *Rendering {
	s := &docHTML{v: v, withCode: v.coin(), folded: v.coin()}
	docPage(s, t, v)
	r := docHeld(t)
	r.set(s.String())
	return r
}

func (s *docHTML) put(parts ...string) { s.WriteString(strings.Join(parts, "")) }

// p is a paragraph, its text in spans as the site's editor leaves them.
func (s *docHTML) p(parts ...string) {
	s.put(`<p class="iwiki-p">`)
	for _, part := range parts {
		s.put("<span><span>", part, "</span></span>")
	}
	s.put("</p>")
}

func (s *docHTML) top(t *Truth) {
	s.put("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n    <meta charset=\"UTF-8\">\n    <title>", t.Title,
		"_小物件|微信支付商户文档中心</title>\n    <style>\n        body { margin: 0; }\n    </style>\n</head>\n<body>\n")
	s.put(`<!--[--><div class="page-container"><main class="page"><div class="page-content">`)
	s.put(`<h1 class="content-title">`, t.Title, `</h1><span class="last-updated-date"> 更新时间：`, dotted(t.Updated), `</span>`)
	s.put(`<div id="main-content" class="theme-default-content"><div><html><head></head><body><div class="iwiki-wrapper">`)
	s.put(`<div class="iwiki-bodiedExtension-outer iwiki-markdown"><div type="markdown"><p data-type="p">`, t.Intro, `</p></div></div>`)
}

func (s *docHTML) heading(level int, text string) {
	tag := fmt.Sprintf("h%d", level)
	s.put(`<div><`, tag, ` class="iwiki-`, tag, `" id="`, text, `"><span><span>`, text, `</span></span>`)
	if s.folded && (text == "请求参数" || text == "应答参数") {
		s.put(`<div class="toggle-all-expand-btn" data-expanded="true"><img class="toggle-all-expand-arrow" src="https://gtimg.wechatpay.cn/a.svg">`,
			`<span class="toggle-all-expand-text">折叠全部参数</span></div>`)
	}
	s.put(`</`, tag, `></div>`)
}

func (s *docHTML) para(text string) {
	s.put("<div>")
	if at := strings.Index(text, "】/"); at >= 0 && strings.HasPrefix(text, "请求方式") {
		head := strings.SplitN(text[:at+len("】")], "【", 2)
		s.put(`<p class="iwiki-p"><span><span>`, head[0], `</span></span><span>【`, head[1], `</span><code><span>`,
			html.EscapeString(text[at+len("】"):]), `</span></code></p>`)
	} else {
		s.p(html.EscapeString(text))
	}
	s.put("</div>")
}

func (s *docHTML) place(at page.Place) {
	word := map[page.Place][2]string{page.Header: {"Header", "HTTP头参数"}, page.Path: {"path", "路径参数"},
		page.Query: {"query", "查询参数"}, page.Body: {"body", "包体参数"}}[at]
	s.put(`<p class="iwiki-p"><span class="iwiki-status-red">`, word[0], `</span>&nbsp; <span><span>`, word[1], `</span></span></p>`)
}

func (s *docHTML) caption(text string) { s.p(text) }

// status stands in a panel above the answer and in a quotation above an
// example.
func (s *docHTML) status(text string) {
	text = strings.Replace(text, " ", "&nbsp;", 1)
	if strings.HasSuffix(s.String(), "</h2></div>") {
		s.put(`<table class=" iwiki-commonTable" width="100%"><tbody><tr><td class="iwiki-panel"><table class="iwiki-panel-innerTable"><tbody><tr>`,
			`<td class="iwiki-panel-iconTd success"><svg viewBox="0 0 16 16"><path d="M8 1Z"></path></svg></td>`,
			`<td class="iwiki-panel-inner"><p class="iwiki-p">`, text, `</p></td></tr></tbody></table></td></tr></tbody></table>`)
		return
	}
	s.put(`<blockquote class="iwiki-blockquote"><p class="iwiki-p"><span><span>`, text, `</span></span></p></blockquote>`)
}

func (s *docHTML) fields(fields []*Field) {
	for i, f := range fields {
		if i > 0 {
			s.put(`<hr class="iwiki-rule">`)
		}
		s.field(f)
	}
}

func (s *docHTML) field(f *Field) {
	gap := s.v.one("　", "&nbsp;&nbsp; ", " ", "")
	s.put(`<p class="iwiki-p"><span><span>&nbsp;`, f.Name, ` </span></span><span><span>`, f.docFlag(), gap,
		`</span></span><span><span>`, html.EscapeString(f.docType()), `</span></span></p>`)
	label := f.docLabel()
	if label != "" && s.v.coin() {
		label = "<strong>" + label + "</strong>"
	}
	s.put(`<div class="iwiki-bodiedExtension-outer iwiki-markdown"><div type="markdown"><p data-type="p">`, label, html.EscapeString(f.Says))
	for _, rule := range f.rules() {
		s.put("<br>", html.EscapeString(rule))
	}
	s.put("</p></div></div>")
	s.values(f)
	if len(f.Kids) > 0 {
		s.put(`<table cellspacing="0" class="iwiki-expand iwiki-commonTable" width="100%"><tbody><tr><td class="iwiki-expand-iconWrapper" width="24">`,
			`<img class="iwiki-expand-icon" src="https://gtimg.wechatpay.cn/a.svg"></td><td class="iwiki-expand-title" width="100%">属性</td></tr>`,
			`<tr><td></td><td class="iwiki-expand-content`, s.v.one("", " close"), `">`)
		s.fields(f.Kids)
		s.put(`</td></tr></tbody></table>`)
	}
}

func (s *docHTML) values(f *Field) {
	if len(f.Enum) == 0 {
		return
	}
	s.p(f.enumWord())
	apart := s.v.coin() // each value in a list of its own
	if !apart {
		s.put(`<ul class="iwiki-ul">`)
	}
	for _, v := range f.Enum {
		item := `<li class="iwiki-li"><p class="iwiki-p"><code>` + html.EscapeString(v.Name) + `</code>:&nbsp;<span>` + v.Label + `</span></p></li>`
		if apart {
			item = `<ul class="iwiki-ul">` + item + `</ul>`
		}
		s.put(item)
	}
	if !apart {
		s.put(`</ul>`)
	}
}

func (s *docHTML) code(lang, text string) {
	s.put(`<div class="iwiki-codeBlock-div" language="`, lang, `"><img class="iwiki-codeBlock-copy" src="https://gtimg.wechatpay.cn/b.svg"><pre class="iwiki-codeBlock">`)
	for i, line := range strings.Split(text, "\n") {
		s.put(`<span class="iwiki-codeBlock-lines"><span class="iwiki-codeBlock-linenumber">`, fmt.Sprint(i+1),
			`</span><span class="iwiki-codeBlock-line">`)
		for _, word := range strings.SplitAfter(line, " ") {
			s.put(`<span>`, html.EscapeString(word), `</span>`)
		}
		s.put("<span>\n</span></span></span>")
	}
	s.put(`</pre></div>`)
}

func (s *docHTML) programs(op *Op) {
	if !s.withCode {
		return
	}
	s.p(`需配合微信支付工具库&nbsp;WXPayUtility 使用，请参考<a href="/doc/v3/merchant/1">Java</a>`)
	s.code("java", op.java())
	s.code("go", op.golang())
}

func (s *docHTML) errors(rows []Err) {
	s.put(`<div class="iwiki-tableNode-wrapper"><table class="iwiki-tableNode"><tbody><tr>`)
	for _, head := range []string{"状态码", "错误码", "描述", "解决方案"} {
		s.put(`<th colspan="1" rowspan="1" class="iwiki-tableHeader">`)
		s.p(head)
		s.put(`</th>`)
	}
	for _, e := range rows {
		s.put("</tr><tr>")
		for _, cell := range []string{fmt.Sprint(e.Status), e.code(), e.Says, e.Solve} {
			s.put(`<td colspan="1" rowspan="1" class="iwiki-tableCell" bgcolor="white">`)
			s.p(strings.ReplaceAll(html.EscapeString(cell), " ", "&nbsp;"))
			s.put(`</td>`)
		}
	}
	s.put("</tr></tbody></table></div>")
}

func (s *docHTML) tail() {
	s.put(`</div></body></html></div></div></div></main><div class="footer"><a href="https://open.weixin.qq.com/">微信开放平台</a></div>`,
		`<div class="sub-sidebar"> 反馈 咨询 目录 置顶 </div></div>`, "\n</body>\n</html>\n")
}
