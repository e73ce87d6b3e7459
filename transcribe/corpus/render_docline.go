package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// docline is the doc centre's page with one element a line (§1), and, with
// other blanks and punctuation, what one copies out of a browser (§2).
type docline struct {
	writer
	v    *Variant
	open bool // nested tables are open: their fields follow, and nothing ends them
	copy bool
}

func renderDocline(t *Truth, v *Variant) *Rendering {
	s := &docline{v: v}
	docPage(s, t, v)
	r := docHeld(t)
	fold(t, r.Held, 0)
	r.set(s.String())
	return r
}

func renderCopy(t *Truth, v *Variant) *Rendering {
	s := &docline{v: v, copy: true, open: v.coin() && !t.bare()}
	docPage(s, t, v)
	r := docHeld(t)
	if !s.open {
		fold(t, r.Held, 0)
	}
	r.set(s.String())
	return r
}

func (s *docline) gap() {
	for range 1 + s.v.rng.IntN(2) {
		s.blank()
	}
}

// punct is a line in the punctuation of the shape: flattened texts have
// half-width colons, a copy out of a browser keeps the page's own.
func (s *docline) punct(text string) string {
	if s.copy {
		return text
	}
	return strings.NewReplacer("：", ":", "，", ",", "（", "(", "）", ")").Replace(text)
}

func (s *docline) para(text string) {
	s.line(s.punct(text))
	s.gap()
}

func (s *docline) top(t *Truth) {
	s.para(t.Title)
	s.para("更新时间：" + dotted(t.Updated))
	s.para(t.Intro)
}

func (s *docline) heading(_ int, text string) { s.para(text) }

func (s *docline) caption(text string) { s.para(text) }

func (s *docline) place(at page.Place) {
	gap := s.v.one(" ", "  ", "")
	switch at {
	case page.Header:
		s.para("Header" + gap + "HTTP头参数")
	case page.Path:
		s.para("path" + s.v.one(" ", "  ") + "路径参数")
	case page.Query:
		s.para("query" + s.v.one(" ", "  ") + "查询参数")
	case page.Body:
		s.para(s.v.one("body 包体参数", "body包体参数", "BODY包体参数"))
	}
}

func (s *docline) status(text string) { s.para(text) }

func (s *docline) fields(fields []*Field) {
	for _, f := range fields {
		s.field(f)
	}
}

func (s *docline) field(f *Field) {
	s.line(s.nameLine(f))
	s.blank()
	s.line(s.punct(f.docLabel() + s.v.one(" ", "") + f.Says))
	for _, rule := range f.rules() {
		s.gap()
		s.line(s.punct(rule))
	}
	s.gap()
	s.values(f)
	s.blank()
	if len(f.Kids) == 0 {
		return
	}
	if s.copy {
		s.line("\t属性")
	} else {
		s.line("属性")
	}
	s.gap()
	if s.open {
		s.fields(f.Kids)
	}
}

func (s *docline) nameLine(f *Field) string {
	if s.copy {
		return " " + f.Name + " 　" + f.docFlag() + "　 " + f.docType()
	}
	return f.Name + s.v.one("  ", "  ", " ", "") + f.docFlag() + s.v.one(" ", " ", "") + f.docType()
}

func (s *docline) values(f *Field) {
	if len(f.Enum) == 0 {
		return
	}
	s.line(s.punct(f.enumWord()))
	mark := s.v.one("  • ", "- ", "· ", "")
	for _, v := range f.Enum {
		s.blank()
		s.line(mark + v.Name + ": " + v.Label)
	}
	s.gap()
}

func (s *docline) code(lang, text string) {
	if s.copy {
		s.line(code(text))
		s.gap()
		return
	}
	s.WriteString(code(numbered(text)))
	s.gap()
}

// numbered glues line numbers to the front of a program's lines. The last
// number stands alone where the program ends with a line break.
func numbered(text string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		fmt.Fprintf(&b, "%d%s\n", i+1, line)
	}
	return b.String()
}

func (s *docline) tabs() {
	if s.copy {
		s.line("curl").line("Java").line("Go")
	}
}

func (s *docline) errors(rows []Err) {
	for _, cell := range []string{"状态码", "错误码", "描述", "解决方案"} {
		s.para(cell)
	}
	for _, e := range rows {
		s.para(fmt.Sprint(e.Status))
		s.para(e.code())
		s.para(e.Says)
		s.para(e.Solve)
	}
}

func (s *docline) tail() {
	s.line(" ").blank()
	s.line("反馈").line("咨询").line("目录").line("置顶")
}
