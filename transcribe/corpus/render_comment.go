package corpus

import "strings"

// comment is the text of pages inside the comments of a program (§13).
type comment struct {
	writer
	v   *Variant
	gap string // between cells
}

// host is a language whose programs hold pages.
type host struct {
	head, tail  string // of the file
	open, shut  string // of a comment
	lead, mark  string // before each line: indent, and the comment's mark
	declaration string // the program below a comment
}

var hosts = []host{
	{"<?php\n\nnamespace Gadget;\n\nclass Client\n{\n    private $_url = '';\n\n", "}\n", "    /**\n", "     */\n", "    ", " * ",
		"    public function call($params)\n    {\n        $rst = $this->_request->post($this->_url, $params);\n        return $rst;\n    }\n\n"},
	{"package gadget\n\nimport (\n\t\"context\"\n)\n\n", "", "", "", "", "// ",
		"func (s *Service) Call(ctx context.Context) (err error) {\n\tresp := s.post(ctx)\n\treturn resp.Err()\n}\n\n"},
	{"-module(gadget).\n-export([call/1]).\n\n", "", "", "", "", "%% ",
		"call(Params) ->\n    case post(Params) of\n        {ok, Body} -> decode(Body);\n        Error -> Error\n    end.\n\n"},
}

func renderComment(t *Truth, v *Variant) *Rendering {
	t = wikiTruth(t, v)
	s := &comment{v: v, gap: v.one(" ", "\t")}
	h := hosts[v.rng.IntN(len(hosts))]
	var out strings.Builder
	out.WriteString(h.head)
	for _, op := range t.Ops {
		s.Reset()
		s.operation(t, op)
		out.WriteString(h.open)
		for _, line := range strings.Split(strings.TrimRight(s.String(), "\n"), "\n") {
			out.WriteString(h.lead + strings.TrimRight(h.mark+line, " ") + "\n")
		}
		out.WriteString(h.shut + h.declaration)
	}
	out.WriteString(h.tail)
	r := wikiHeld(t)
	wikiFold(t, r.Held)
	noSolutions(r.Held)
	r.set(out.String())
	return r
}

func (s *comment) operation(t *Truth, op *Op) {
	s.line(wikiTitle(op.Title)).line("最新更新时间：", dotted(t.Updated), " 版本说明").blank().blank()
	s.line(t.Intro).blank()
	s.notes(op, "intro")
	s.line("接口说明").line("适用对象： ", wikiRoles(op.Roles)).blank()
	s.line("请求URL：", op.wikiURL(s.v)).blank().line("请求方式：", op.Method).blank()
	s.notes(op, "call")
	if op.Idempotent {
		s.line("幂等规则：接口支持幂等重入").blank()
	}
	for _, l := range legend {
		s.line(l).blank()
	}
	s.line("请求参数")
	s.table(op.wikiRequest())
	s.line("请求示例")
	if len(op.Body) > 0 {
		s.line("JSON").blank().line(wikiDoc(op.Body, s.v)).blank()
	} else {
		s.line("URL").blank().line(op.sampleURL()).blank()
	}
	s.line("返回参数")
	if len(op.Answer.Fields) > 0 {
		s.table(unplaced(op.Answer.Fields))
		s.line("返回示例").line("正常示例").blank().line("> 200 Response")
		s.line(wikiDoc(op.Answer.Fields, s.v)).blank()
	} else {
		s.line(noData(op.Answer.Status)).blank()
	}
	s.line("错误码公共错误码").line(strings.ReplaceAll("状态码 错误码 描述 解决方案", " ", s.gap))
	for _, e := range op.wikiErrors() {
		s.line(strings.Join(e.cells(), s.gap))
	}
}

func (s *comment) notes(op *Op, place string) {
	for _, r := range op.Rates {
		if r.Place == place {
			s.line(r.Says).blank()
		}
	}
}

// table marks fields with members by a plus: they were folded when the page
// was copied. A flag that two fields share stands with the first.
func (s *comment) table(fields []placed) {
	if len(fields) == 0 {
		return
	}
	s.line(strings.ReplaceAll(wikiHead, " ", s.gap))
	for i, f := range fields {
		label := f.Label
		if len(f.Kids) > 0 {
			label = "+" + label
		}
		cells := []string{label, f.Name, f.wikiType()}
		if f.Flag != "二选一" || i == 0 || fields[i-1].Flag != f.Flag {
			cells = append(cells, f.wikiFlag())
		}
		lines := f.describe(s.v)
		s.line(strings.TrimRight(strings.Join(append(cells, lines[0]), s.gap), s.gap))
		for _, l := range lines[1:] {
			s.line(l)
		}
	}
}
