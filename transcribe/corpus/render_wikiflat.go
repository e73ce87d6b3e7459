package corpus

import (
	"strings"
)

// wikiFlat is the wiki's page with a table row a line (§6).
type wikiFlat struct {
	writer
	v      *Variant
	nested bool // members follow in a table of their own; otherwise in rows that open with a plus
}

func renderWikiFlat(t *Truth, v *Variant) *Rendering {
	t = wikiTruth(t, v)
	s := &wikiFlat{v: v, nested: v.coin() || t.deepest() > 1}
	for _, op := range t.Ops {
		s.operation(t, op)
	}
	s.blank().line("技术咨询").blank().line("文档反馈")
	r := wikiHeld(t)
	noFlags(r.Held)
	noSolutions(r.Held)
	r.set(s.String())
	return r
}

const wikiHead = "参数名 变量 类型[长度限制] 必填 描述"

func (s *wikiFlat) operation(t *Truth, op *Op) {
	s.line(wikiTitle(op.Title)).blank()
	s.line("最新更新时间：", dotted(t.Updated), " 版本说明").blank().blank()
	s.line(t.Intro).blank()
	s.notes(op, "intro")
	s.line("接口说明").blank()
	s.line("适用对象：", wikiRoles(op.Roles)).blank()
	s.notes(op, "call")
	if op.Idempotent {
		s.line("接口耗时：1S").blank()
		s.line("幂等规则：接口支持幂等重入").blank()
	}
	s.line("请求URL：", op.wikiURL(s.v)).blank()
	s.line("请求方式：", op.Method).blank()
	s.line("接口规则：https://wechatpay-api.gitbook.io/wechatpay-api-v3").blank().blank()
	for _, l := range legend {
		s.line(strings.Replace(l, " ", s.v.one("", " "), 1)).blank()
	}
	s.request(op)
	s.answer(op)
	s.errors(op)
}

func (s *wikiFlat) notes(op *Op, place string) {
	for _, r := range op.Rates {
		if r.Place == place {
			s.line(r.Says).blank()
		}
	}
}

func (s *wikiFlat) request(op *Op) {
	s.blank().line("请求参数").blank()
	if fields := someUnplaced(op.wikiRequest(), s.v); len(fields) > 0 {
		s.line(wikiHead)
		s.rows(fields, 0)
	}
	s.blank().line("请求示例").blank().blank()
	if len(op.Body) > 0 {
		s.line(wikiDoc(op.Body, s.v)).line("    ")
	} else {
		s.line(op.sampleURL()).line("    ")
	}
	s.line("{").line("JAVA示例代码").line("}").line("    ").blank()
}

func (s *wikiFlat) rows(fields []placed, depth int) {
	for _, f := range fields {
		lines := f.describe(s.v)
		label := f.Label
		if !s.nested {
			label = strings.Repeat("+", depth) + label
		}
		gap := " "
		if f.at != "" && strings.HasPrefix(f.wikiType(), "uint") {
			gap = s.v.one(" ", "") // the place is glued to such types at times
		}
		s.line(strings.TrimRight(label+" "+f.Name+" "+f.wikiType()+gap+lines[0], " "))
		for _, l := range lines[1:] {
			s.line(l)
		}
		if len(f.Kids) > 0 {
			if s.nested {
				s.line(wikiHead)
			}
			s.rows(unplaced(f.Kids), depth+1)
		}
	}
}

func (s *wikiFlat) answer(op *Op) {
	s.line("返回参数").blank()
	if len(op.Answer.Fields) == 0 {
		s.line(noData(op.Answer.Status)).blank()
		s.line("返回示例").blank().line(noData(op.Answer.Status)).blank()
		return
	}
	s.line(wikiHead)
	s.rows(unplaced(op.Answer.Fields), 0)
	s.blank().line("返回示例").blank().blank()
	s.line(wikiDoc(op.Answer.Fields, s.v)).line("    ").blank()
}

func (s *wikiFlat) errors(op *Op) {
	s.line("错误码公共错误码").blank()
	s.line("状态码 错误码 描述 解决方案")
	rows := op.wikiErrors()
	for i, e := range rows {
		stray := ""
		if i == len(rows)-1 {
			stray = s.v.one("", "", " |")
		}
		s.line(strings.Join(e.cells(), " "), stray)
	}
	s.blank().blank()
}
