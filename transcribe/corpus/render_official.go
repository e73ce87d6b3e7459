package corpus

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// official is the doc centre's own Markdown (§8). It has neither title nor
// date.
type official struct {
	writer
	v *Variant
}

func renderOfficial(t *Truth, v *Variant) *Rendering {
	s := &official{v: v}
	docPage(s, t, v)
	r := docHeld(t)
	untitled(r.Held)
	for _, op := range r.Held.Operations {
		op.Requests = nil // in a file of its own
		page.Walk(op.Body, noInner)
	}
	r.set(s.String())
	return r
}

// noInner forgets the members of documents in strings: without an example
// nothing tells of them.
func noInner(_ string, f *page.Field) {
	if f.Type.Value == page.String {
		f.Fields = nil
	}
}

// untitled forgets title and date.
func untitled(p *page.Page) {
	p.Title, p.Updated = page.Fact[string]{}, page.Fact[string]{}
	for _, op := range p.Operations {
		op.Title, op.Updated = page.Fact[string]{}, page.Fact[string]{}
	}
	for _, e := range p.Events {
		e.Title, e.Updated = page.Fact[string]{}, page.Fact[string]{}
	}
}

// escaped sets text in Markdown.
func escaped(text string) string {
	return strings.NewReplacer("_", `\_`, "*", `\*`, ">", `\>`, "|", "&#124;", "[", `\[`, "]", `\]`).Replace(text)
}

func (s *official) examplesLast() {}

func (s *official) span(text string) string { return " `" + text + "`" }

func (s *official) top(t *Truth) { s.line(t.Intro).blank().blank().blank() }

func (s *official) heading(level int, text string) {
	s.line(strings.Repeat("#", level), " ", text).blank()
}

var spans = regexp.MustCompile("`[^`]*`")

func (s *official) para(text string) {
	if !spans.MatchString(text) {
		text = escaped(text)
	}
	s.line(text).blank()
}

func (s *official) place(at page.Place) {
	s.line("### ", strings.ToUpper(string(at)[:1]), string(at)[1:], " 参数")
}

func (s *official) caption(text string) { s.line(text).blank() }

// status stands as text above a table, and as a quotation above an example.
func (s *official) status(text string) {
	if strings.HasPrefix(text, "GET") || len(text) < 5 {
		return
	}
	if strings.HasSuffix(s.String(), "应答示例\n\n") || strings.HasSuffix(s.String(), "应答失败示例\n\n") {
		text = "> " + text
	}
	s.line(text).blank()
}

func (s *official) fields(fields []*Field) {
	s.line("| 参数名 | 类型 | 必填 | 描述 |").line("| --- |  --- | --- | --- |")
	s.rows("", fields)
	if s.v.coin() {
		s.line("||")
	}
}

func (s *official) rows(prefix string, fields []*Field) {
	for _, f := range fields {
		s.line("| ", prefix, f.Name, " | ", f.docType(), " | ", s.flag(f), " | ", s.describe(f), " |")
		s.rows(prefix+f.Name+".", f.Kids)
	}
}

func (s *official) flag(f *Field) string {
	switch {
	case f.Flag != "":
		return f.Flag
	case f.Need == page.Required:
		return "true"
	}
	return "false"
}

func (s *official) describe(f *Field) string {
	label := f.docLabel()
	if label != "" && s.v.coin() {
		label = "**" + label + "**"
	}
	parts := []string{strings.TrimSpace(label + s.v.one(" ", "") + escaped(f.Says))}
	for _, rule := range f.rules() {
		parts = append(parts, escaped(rule))
	}
	if len(f.Enum) > 0 {
		parts = append(parts, f.enumWord(), s.values(f.Enum))
	}
	return strings.Join(parts, "<br>")
}

func (s *official) values(values []Value) string {
	style := s.v.rng.IntN(3)
	var out []string
	for _, v := range values {
		item := "`" + v.Name + "`: " + v.Label
		switch style {
		case 0:
			out = append(out, "- "+item)
		case 1:
			out = append(out, "<ul><li>"+item+"</li></ul>")
		default:
			out = append(out, "<li>"+item+"</li>")
		}
	}
	if style == 2 {
		return "<ul>" + strings.Join(out, "") + "</ul>"
	}
	return strings.Join(out, "<br>")
}

func (s *official) code(_, text string) {
	s.line("```").line(code(strings.TrimRight(text, "\n"))).blank().line("```").blank()
}

func (s *official) errors(rows []Err) {
	s.line("| 状态码 | 错误码 | 描述 | 解决方案 |").line("| --- | --- | --- | --- |")
	for _, e := range rows {
		s.line("| ", fmt.Sprint(e.Status), " | ", escaped(e.code()), " | ", escaped(e.Says), " | ", escaped(e.Solve), " |")
	}
	s.blank()
}

func (s *official) tail() {}

// digest is somebody's notes on several operations, in the tables of the doc
// centre's Markdown (§14).
type digest struct{ official }

func renderDigest(t *Truth, v *Variant) *Rendering {
	s := &digest{official{v: v}}
	s.line("# 小物件文档摘录").blank().line("本文件摘录小物件的几个接口。").blank()
	t = t.clone()
	t.all(func(f *Field) { f.NoLabel = true })
	for _, op := range t.Ops {
		s.operation(op)
	}
	r := rendering(t)
	digestLoses(r.Held)
	r.set(s.String())
	return r
}

func (s *digest) operation(op *Op) {
	s.heading(2, trimAPI(op.Title))
	s.heading(3, "接口说明")
	s.line("请求方式：【", op.Method, "】").line("`", op.written(), "`").blank()
	for _, part := range []struct {
		at     string
		fields []*Field
	}{{"Path", op.InPath}, {"Query", op.InQuery}, {"Body", op.Body}} {
		if len(part.fields) > 0 {
			s.heading(3, part.at+" 参数")
			s.table(part.fields)
		}
	}
	if len(op.Answer.Fields) > 0 {
		s.heading(3, "应答参数")
		s.table(op.Answer.Fields)
	}
	s.heading(3, "错误码")
	s.errors(op.wikiErrors())
}

func (s *digest) table(fields []*Field) {
	s.line("| 参数名 | 类型 | 必填 | 描述 |").line("| --- | --- | --- | --- |")
	s.short("", fields)
	s.blank()
}

// short rows name the values of an enum in running text.
func (s *digest) short(prefix string, fields []*Field) {
	for _, f := range fields {
		text := strings.TrimRight(f.Says+strings.Join(f.rules(), "，"), "。")
		if len(f.Enum) > 0 {
			text += "，枚举值："
			for _, v := range f.Enum {
				text += " " + v.Name
			}
		}
		s.line("| ", prefix, f.Name, " | ", f.docType(), " | ", s.flag(f), " | ", text, " |")
		s.short(prefix+f.Name+".", f.Kids)
	}
}

func digestLoses(p *page.Page) {
	p.Updated = page.Fact[string]{}
	for _, op := range p.Operations {
		op.Updated = page.Fact[string]{}
		op.Roles, op.RateLimits, op.Requests = nil, nil, nil
		op.Idempotent = page.Fact[bool]{}
		for i := range op.Errors {
			op.Errors[i].Common = false
		}
		op.Parameters = withoutHeaders(op.Parameters)
		for _, a := range op.Answers {
			a.Status, a.Empty, a.Examples = page.Fact[int]{}, page.Fact[bool]{}, nil
		}
	}
	forget(p, func(f *page.Field) {
		f.Example, f.Enum = page.Fact[string]{}, nil
		noInner("", f)
	})
}

func withoutHeaders(fields []*page.Field) []*page.Field {
	var out []*page.Field
	for _, f := range fields {
		if f.Place.Value != page.Header {
			out = append(out, f)
		}
	}
	return out
}
