package corpus

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// hugo is a copy of the wiki by a generator of sites (§12).
type hugo struct {
	writer
	v *Variant
}

func renderHugo(t *Truth, v *Variant) *Rendering {
	t = wikiTruth(t, v)
	t.all(func(f *Field) { // this copy has maximum lengths only
		if f.Type == page.String {
			f.MinLength, f.Spelt = nil, ""
		}
	})
	s := &hugo{v: v}
	for _, op := range t.Ops {
		s.operation(t, op)
	}
	r := wikiHeld(t)
	wikiFold(t, r.Held)
	noSolutions(r.Held)
	r.set(s.String())
	return r
}

var (
	hanLatin = regexp.MustCompile(`(\p{Han})([A-Za-z0-9])`)
	latinHan = regexp.MustCompile(`([A-Za-z0-9])(\p{Han})`)
)

// spaced has blanks between Chinese and Latin, and half-width punctuation.
func spaced(text string) string {
	text = latinHan.ReplaceAllString(hanLatin.ReplaceAllString(text, "$1 $2"), "$1 $2")
	return strings.NewReplacer("，", ", ", "：", ": ", "（", "(").Replace(text)
}

func (s *hugo) operation(t *Truth, op *Op) {
	s.line("---").line("title: '", wikiTitle(op.Title), "'").line("linkTitle: '", op.Title, "'")
	s.line("date: ", s.v.one(dotted(t.Updated), "'"+t.Updated+"'", shortDate(t.Updated)))
	s.line("weight: 2").line("description: >").line("  ", spaced(t.Intro)).line("type: 'docs'").line("---").blank()
	s.notes(op, "intro")
	s.line("## 接口说明").blank()
	s.line("**适用对象**: ", wikiRoles(op.Roles), `\`)
	s.line("**请求 URL**: ", op.wikiURL(s.v), `\`)
	s.line("**请求方式**: ", s.method(op.Method), `\`)
	s.line("**接口规则**: https://wechatpay-api.gitbook.io/wechatpay-api-v3").blank()
	s.notes(op, "call")
	if op.Idempotent {
		s.line("幂等规则: 接口支持幂等重入").blank()
	}
	s.line("`path` 指该参数需在请求 URL 传参\\").line("`query` 指该参数需在请求 JSON 传参").blank()
	s.line("## 请求参数").blank()
	s.table(op.hugoRequest())
	s.line("### 请求示例").blank()
	if len(op.Body) > 0 {
		s.line("```json").line(wikiDoc(op.Body, s.v)).line("```").blank()
	} else {
		s.line("`URL` ", op.sampleURL()).blank()
	}
	s.answer(op)
	s.errors(op.wikiErrors())
}

// method is in mixed case at times.
func (s *hugo) method(m string) string {
	return s.v.one(m, m, m[:1]+strings.ToLower(m[1:]))
}

// shortDate is a date without leading zeros.
func shortDate(date string) string {
	parts := strings.Split(date, "-")
	return "'" + parts[0] + "-" + strings.TrimPrefix(parts[1], "0") + "-" + strings.TrimPrefix(parts[2], "0") + "'"
}

// hugoRequest says query for what stands in the JSON body.
func (o *Op) hugoRequest() []placed {
	fields := o.wikiRequest()
	for i := range fields {
		if fields[i].at == "body" {
			fields[i].at = "query"
		}
	}
	return fields
}

func (s *hugo) notes(op *Op, place string) {
	for _, r := range op.Rates {
		if r.Place == place {
			s.line(spaced(r.Says)).blank()
		}
	}
}

// table has a row a line and its example on a line that begins with bars. A
// row with members is glued to the end of the example above it.
func (s *hugo) table(fields []placed) {
	if len(fields) == 0 {
		return
	}
	s.line("变量 |类型 |必填 |参数名/描述/示例值").blank()
	glue := false
	for _, f := range fields {
		plus := ""
		if len(f.Kids) > 0 {
			plus = "+"
		}
		switch {
		case plus != "" && glue:
			s.WriteString(" ")
		case glue:
			s.blank()
		}
		glue = s.row(f, plus)
	}
	s.blank().blank()
}

func (s *hugo) row(f placed, plus string) bool {
	lines := f.describe(s.v)
	if lines[0] == "" {
		lines = lines[1:]
	}
	text := spaced(lines[0])
	var values []string
	example := ""
	for _, l := range lines[1:] {
		if eg, ok := strings.CutPrefix(l, "示例值："); ok {
			example = eg
			continue
		}
		values = append(values, spaced(l))
	}
	for i, v := range values {
		text += s.glueValue(i, v)
	}
	s.WriteString(plus + spaced(f.Label) + " " + f.Name + " " + s.hugoType(f) + " " + f.wikiFlag() + " " + text)
	if example != "" {
		s.WriteString("\n|||" + example)
	}
	return true
}

func (s *hugo) glueValue(i int, text string) string {
	if i == 0 && !strings.HasPrefix(text, "枚举值") {
		return "\n" + text
	}
	return "<br>" + text
}

func (s *hugo) hugoType(f placed) string {
	kind := f.wikiType()
	if s.v.coin() {
		return strings.Replace(kind, ")", "）", 1)
	}
	return kind
}

func (s *hugo) answer(op *Op) {
	s.line("## 返回参数").blank()
	if len(op.Answer.Fields) == 0 {
		s.line("状态码 含义 描述").line("204 No Content 请求处理成功, 无数据返回。").blank()
		s.line("### 返回示例").blank().line("    无数据(Http状态码为204）").blank()
		return
	}
	s.table(unplaced(op.Answer.Fields))
	s.line("### 返回示例").blank().line("```json").line(wikiDoc(op.Answer.Fields, s.v)).line("```").blank()
}

func (s *hugo) errors(rows []Err) {
	s.line("## 错误码<sub>公共错误码</sub>").blank()
	s.line("|状态码 |错误码 |描述| 解决方案").line("|-")
	for _, e := range rows {
		cells := e.cells()
		for i := range cells {
			if cells[i] == e.code() {
				cells[i] = s.emphasised(cells[i])
			} else {
				cells[i] = spaced(cells[i])
			}
		}
		s.line(strings.Join(cells, " "))
	}
	s.blank()
}

// emphasised is a code whose low lines were taken for emphasis.
func (s *hugo) emphasised(code string) string {
	if s.v.rng.IntN(4) > 0 || !strings.Contains(code, "_") {
		return code
	}
	return strings.Replace(code, "_", "*", 1)
}
