package corpus

import (
	"fmt"
	"strings"
)

// cellLines is the wiki's table in its newer dress, one cell a line (§7).
type cellLines struct {
	writer
	v *Variant
}

func renderCellLines(t *Truth, v *Variant) *Rendering {
	t = wikiTruth(t, v)
	s := &cellLines{v: v}
	for _, op := range t.Ops {
		s.operation(t, op)
	}
	r := wikiHeld(t)
	noFlags(r.Held)
	wikiFold(t, r.Held)
	r.set(s.String())
	return r
}

func (s *cellLines) para(parts ...string) { s.line(parts...).blank() }

func (s *cellLines) operation(t *Truth, op *Op) {
	s.para(wikiTitle(op.Title))
	s.para("最新更新时间：", dotted(t.Updated), " 版本说明")
	s.para(t.Intro)
	s.notes(op, "intro")
	s.para("接口说明")
	s.para("适用对象：", wikiRoles(op.Roles))
	s.para("请求URL：", op.wikiURL(s.v))
	s.para("请求方式：", op.Method)
	s.notes(op, "call")
	if op.Idempotent {
		s.para("幂等规则：接口支持幂等重入")
	}
	for _, l := range legend {
		s.para(l)
	}
	s.para("请求参数")
	s.table(op.wikiRequest())
	s.para("请求示例")
	if len(op.Body) > 0 {
		s.para(wikiDoc(op.Body, s.v))
	} else {
		s.para(op.sampleURL())
	}
	s.answer(op)
	s.para("错误码")
	s.errors(op)
}

func (s *cellLines) notes(op *Op, place string) {
	for _, r := range op.Rates {
		if r.Place == place {
			s.para(r.Says)
		}
	}
}

func (s *cellLines) table(fields []placed) {
	if len(fields) == 0 {
		return
	}
	for _, head := range []string{"参数名", "变量", "类型[长度限制]", "必填", "描述"} {
		s.para(head)
	}
	for _, f := range fields {
		s.para(f.Label)
		s.para(f.Name)
		s.para(f.wikiType())
		for _, l := range f.describe(s.v) {
			if l != "" {
				s.line(l)
			}
		}
		s.blank()
		if len(f.Kids) > 0 {
			s.para("属性")
		}
	}
}

func (s *cellLines) answer(op *Op) {
	s.para("返回参数")
	if len(op.Answer.Fields) == 0 {
		s.para(noData(op.Answer.Status))
		return
	}
	s.table(unplaced(op.Answer.Fields))
	s.para("返回示例")
	s.para(wikiDoc(op.Answer.Fields, s.v))
}

func (s *cellLines) errors(op *Op) {
	for _, head := range []string{"状态码", "错误码", "描述", "解决方案"} {
		s.para(head)
	}
	for _, e := range op.wikiErrors() {
		s.para(fmt.Sprint(e.Status))
		s.para(strings.TrimSpace(e.code()))
		s.para(e.Says)
		s.para(e.Solve)
	}
}
