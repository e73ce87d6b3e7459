package corpus

import (
	"strings"
)

// wikiTable is a page of the wiki that somebody copied into Markdown (§11).
type wikiTable struct {
	writer
	v    *Variant
	plus bool // members stand in rows of their own; otherwise their table became an image
}

func renderWikiTable(t *Truth, v *Variant) *Rendering {
	t = wikiTruth(t, v)
	s := &wikiTable{v: v, plus: v.coin() && t.deepest() < 2}
	for _, op := range t.Ops {
		s.operation(t, op)
	}
	r := wikiHeld(t)
	if !s.plus {
		wikiFold(t, r.Held)
	}
	r.set(s.String())
	return r
}

func (s *wikiTable) operation(t *Truth, op *Op) {
	s.line("# ", wikiTitle(op.Title)).blank()
	s.line("最新更新时间：", dotted(t.Updated), " [版本说明](https://pay.weixin.qq.com/wiki/doc/apiv3/release/chapter1_4.shtml)").blank()
	s.line(t.Intro).blank()
	s.notes(op, "intro")
	s.line("## ", s.v.one("01 ", ""), "接口说明").blank()
	s.line("**适用对象：** ", wikiRoles(op.Roles)).blank()
	s.line("**请求URL：** ", op.wikiURL(s.v)).blank()
	s.line("**请求方式：** ", op.Method).blank()
	s.notes(op, "call")
	if op.Idempotent {
		s.line("**幂等规则：** 接口支持幂等重入").blank()
	}
	for _, l := range legend {
		s.line(strings.Replace(l, " ", "", 1)).blank()
	}
	s.line("## ", s.v.one("02 ", ""), "请求参数").blank()
	s.table(op.wikiRequest())
	s.line("#### ", s.v.one("02_2 ", ""), "请求示例").blank()
	if len(op.Body) > 0 {
		s.line("- JSON").blank()
		s.fence("json", wikiDoc(op.Body, s.v))
	} else {
		s.line("- URL").blank()
		s.fence("", op.sampleURL())
	}
	s.line("## ", s.v.one("03 ", ""), "返回参数").blank()
	s.answer(op)
	s.line("- 错误码[公共错误码](https://pay.weixin.qq.com/wiki/doc/apiv3/Share/error_code.shtml)").blank()
	s.errors(op.wikiErrors())
}

func (s *wikiTable) notes(op *Op, place string) {
	for _, r := range op.Rates {
		if r.Place == place {
			s.line(r.Says).blank()
		}
	}
}

func (s *wikiTable) fence(lang, text string) { s.line("```", lang).line(text).line("```").blank() }

func (s *wikiTable) answer(op *Op) {
	if len(op.Answer.Fields) == 0 {
		s.line(noData(op.Answer.Status)).blank()
		return
	}
	s.table(unplaced(op.Answer.Fields))
	s.line("#### 返回示例").blank().line("- 正常示例").blank()
	s.fence("", wikiDoc(op.Answer.Fields, s.v))
}

func (s *wikiTable) table(fields []placed) {
	if len(fields) == 0 {
		return
	}
	s.line(`| 参数名 | 变量  | 类型\[长度限制\] | 必填  | 描述  |`).line("| --- | --- | --- | --- | --- |")
	for i, f := range fields {
		s.row(f, "")
		if len(f.Kids) == 0 {
			continue
		}
		if s.plus {
			for _, kid := range f.Kids {
				s.row(placed{kid, ""}, "+")
			}
			continue
		}
		s.image(i == len(fields)-1)
	}
	s.blank()
}

// image stands where a nested table was. The table goes on below it, without
// a head.
func (s *wikiTable) image(last bool) {
	s.blank().line("![[4be234a05e6741fc871dace71386b6fb.png]]").blank()
	if !last {
		s.line("|     |     |     |     |     |").line("| --- | --- | --- | --- | --- |")
	}
}

func (s *wikiTable) row(f placed, mark string) {
	label := mark + f.Label
	if len(f.Kids) > 0 && !s.plus {
		label = s.v.one("+", `\- `) + label
	}
	name := strings.ReplaceAll(f.Name, "_", s.v.one("_", `\_`))
	kind := strings.NewReplacer("[", `\[`, "]", `\]`).Replace(f.wikiType())
	text := strings.Join(f.describe(s.v), s.v.one("<br>", "<br>", " "))
	s.line("| ", label, " | ", name, " | ", kind, " | ", f.wikiFlag(), "   | ", text, " |")
}

func (s *wikiTable) errors(rows []Err) {
	s.line("| 状态码 | 错误码 | 描述  | 解决方案 |").line("| --- | --- | --- | --- |")
	for _, e := range rows {
		cells := append(make([]string, e.Merge), e.cells()...)
		cells[1] = strings.ReplaceAll(cells[1], "_", s.v.one("_", `\_`))
		s.line("| ", strings.Join(cells, " | "), " |")
	}
	s.blank()
}
