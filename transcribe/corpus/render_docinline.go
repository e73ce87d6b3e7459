package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// docinline is the doc centre's page flattened (§3): a paragraph a line, a
// nested table on a line of its own, all code on one line.
type docinline struct {
	writer
	v        *Variant
	withCode bool // the samples in Java and Go are on the page
}

func renderDocinline(t *Truth, v *Variant) *Rendering {
	s := &docinline{v: v, withCode: v.coin()}
	docPage(s, t, v)
	r := docHeld(t)
	s.lose(t, r)
	r.set(s.String())
	return r
}

// lose takes out what lies deeper than one table, and the enums of what lies
// in a table unless the sample programs declare them.
func (s *docinline) lose(t *Truth, r *Rendering) {
	declared := map[string][]page.EnumValue{}
	if s.withCode {
		for _, op := range t.Ops {
			for _, f := range op.classes().enums {
				for _, v := range f.Enum {
					declared[f.Name] = append(declared[f.Name], page.EnumValue{Value: said(v.Name)})
				}
			}
		}
	}
	fold(t, r.Held, 1)
	lists(r.Held, func(fields []*page.Field) {
		for _, f := range fields {
			page.Walk(f.Fields, func(_ string, kid *page.Field) { kid.Enum = declared[kid.Name.Value] })
		}
	})
}

func (s *docinline) punct(text string) string {
	return strings.NewReplacer("：", ":", "，", ",", "（", "(", "）", ")", "　", " ").Replace(text)
}

func (s *docinline) para(text string) { s.line(strings.TrimSpace(s.punct(text))) }

func (s *docinline) top(t *Truth) {
	s.para(t.Title)
	s.para("更新时间:" + dotted(t.Updated) + t.Intro)
	if s.v.coin() {
		s.line("|")
	}
}

func (s *docinline) heading(_ int, text string) { s.para(text) }

func (s *docinline) caption(text string) { s.para(text) }

func (s *docinline) status(text string) { s.para(text) }

func (s *docinline) place(at page.Place) {
	switch at {
	case page.Header:
		s.line("Header HTTP头参数")
	case page.Path:
		s.line("path 路径参数")
	case page.Query:
		s.line("query 查询参数")
	case page.Body:
		s.line("body 包体参数")
	}
}

func (s *docinline) fields(fields []*Field) {
	for _, f := range fields {
		s.line(f.Name, " ", f.docFlag(), " ", f.docType())
		s.para(f.docLabel() + s.v.one(" ", "") + f.Says)
		for _, rule := range f.rules() {
			s.para(rule)
		}
		s.values(f)
		if len(f.Kids) > 0 {
			s.line(s.v.one("属性 | |", "| 属性 | |", "属性 | |||||||||"))
			s.nested(f.Kids)
		}
	}
}

// values glues the text of a value to the name of the next.
func (s *docinline) values(f *Field) {
	if len(f.Enum) == 0 {
		return
	}
	s.line(s.punct(f.enumWord()))
	for i, v := range f.Enum {
		if i > 0 {
			s.WriteString(v.Name + "\n")
		} else {
			s.line(v.Name)
		}
		s.WriteString(": " + v.Label)
	}
	s.blank()
}

// nested sets the fields of a table one after the other. A list of values or
// a deeper table is lost, but for the end of the line.
func (s *docinline) nested(fields []*Field) {
	broken := true
	for _, f := range fields {
		if !broken {
			s.WriteString(" ")
		}
		text := f.docLabel() + " " + s.punct(f.Says+strings.Join(f.rules(), " "))
		s.WriteString(strings.TrimRight(f.Name+" "+f.docFlag()+" "+f.docType()+" "+text, " "))
		broken = len(f.Enum) > 0 || len(f.Kids) > 0
		if len(f.Enum) > 0 {
			s.WriteString(" " + s.punct(f.enumWord()))
		}
		if broken {
			s.blank()
		}
	}
	s.line(" |")
}

func (s *docinline) code(_, text string) { s.line(code(flattened(text))) }

// flattened puts a numbered program on one line: indents shrink to a blank.
func flattened(text string) string {
	var out []string
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n")+"\n", "\n") {
		trimmed := strings.TrimLeft(line, " \t")
		gap := ""
		if trimmed != line {
			gap = " "
		}
		out = append(out, strings.TrimRight(fmt.Sprintf("%d%s%s", i+1, gap, trimmed), " "))
	}
	return strings.Join(out, " ")
}

func (s *docinline) programs(op *Op) {
	if !s.withCode {
		return
	}
	s.line("需配合微信支付工具库 WXPayUtility 使用,请参考 Java")
	s.code("java", op.java())
	s.line("需配合微信支付工具库 wxpay_utility 使用,请参考 Go")
	s.code("go", op.golang())
}

func (s *docinline) errors(rows []Err) {
	s.line("状态码 | 错误码 | 描述 | 解决方案 |").line("---|---|---|---|")
	for _, e := range rows {
		s.line(fmt.Sprint(e.Status), " | ", e.code(), " | ", s.punct(e.Says), " | ", s.punct(e.Solve), " |")
	}
}

func (s *docinline) tail() {}
