package join_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/join"
	"github.com/wxgen/wxgen/transcribe/page"
)

const (
	merchant = "普通商户"
	partner  = "普通服务商"
)

// maker makes the versions of one page: every fact stands on it.
type maker struct {
	file, date string
	line       int
}

func (m *maker) pos() page.Pos {
	m.line++
	return page.Pos{File: m.file, Line: m.line}
}

func (m *maker) page(format string, roles []string, operations ...*page.Operation) *page.Page {
	p := &page.Page{File: m.file, Format: format, Title: page.Said("小物件 "+m.file, m.pos()), Operations: operations}
	if m.date != "" {
		p.Updated = page.Said(m.date, m.pos())
	}
	for _, op := range operations {
		for _, role := range roles {
			op.Roles = append(op.Roles, page.Said(role, m.pos()))
		}
	}
	return p
}

func (m *maker) operation(method, path string) *page.Operation {
	return &page.Operation{Method: page.Said(method, m.pos()), Path: page.Said(path, m.pos())}
}

// field makes a field of "body name string(32) required A B".
func (m *maker) field(text string, members ...*page.Field) *page.Field {
	words := strings.Fields(text)
	f := &page.Field{Place: page.Said(page.Place(words[0]), m.pos()), Name: page.Said(words[1], m.pos()), Fields: members}
	f.Label = page.Said("标签 "+m.file, m.pos())
	kind, length, long := strings.Cut(words[2], "(")
	f.Type = page.Said(page.Type(kind), m.pos())
	if long {
		var n int64
		fmt.Sscan(strings.TrimSuffix(length, ")"), &n)
		f.MaxLength = page.Said(n, m.pos())
	}
	if len(words) > 3 && words[3] != "-" {
		f.Required = page.Said(page.Need(words[3]), m.pos())
	}
	for _, v := range words[min(4, len(words)):] {
		f.Enum = append(f.Enum, page.EnumValue{Value: page.Said(v, m.pos())})
	}
	return f
}

// show writes fields, one a line.
func show(fields []*page.Field) []string {
	var out []string
	page.Walk(fields, func(path string, f *page.Field) {
		text := fmt.Sprintf("%s %s %s", f.Place.Value, path, f.Type.Value)
		if f.MaxLength.Known() {
			text += fmt.Sprintf("(%d)", f.MaxLength.Value)
		}
		text += " " + string(f.Required.Value)
		for _, n := range f.Needs {
			text += fmt.Sprintf(" %s:%s", n.Role, n.Need)
		}
		for _, v := range f.Enum {
			text += " " + v.Value.Value
		}
		out = append(out, text)
	})
	return out
}

func findings(j *join.Joined) []string {
	var out []string
	for _, f := range j.Findings {
		out = append(out, f.String())
	}
	return out
}

func diff(t *testing.T, what string, want, got []string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: -want +got\n%s", what, d)
	}
}

func TestRoles(t *testing.T) {
	a := &maker{file: "a", date: "2024-01-01"}
	one := a.operation("POST", "/v3/gadgets/")
	one.Body = []*page.Field{a.field("body name string(32) required"), a.field("body note string optional")}
	b := &maker{file: "b", date: "2025-01-01"}
	two := b.operation("POST", "/v3/gadgets")
	two.Body = []*page.Field{
		b.field("body sub_mchid string required"), b.field("body name string(32) required"), b.field("body note string required"),
		b.field("body parts object optional", b.field("body size integer required")),
	}
	c := &maker{file: "c", date: "2023-01-01"}
	three := c.operation("POST", "/v3/gadgets")
	three.Body = []*page.Field{c.field("body name string(32) required"), c.field("body note string optional")}

	j := join.Pages([]*page.Page{
		a.page("html", []string{merchant}, one), b.page("md-official", []string{partner}, two), c.page("html", []string{merchant, "渠道商"}, three),
	})
	if len(j.Operations) != 1 || len(j.Operations[0].Sources) != 3 {
		t.Fatalf("%d operations", len(j.Operations))
	}
	op := j.Operations[0]
	diff(t, "fields", []string{
		"body sub_mchid string optional 普通服务商:required 普通商户:absent 渠道商:absent",
		"body name string(32) required",
		"body note string optional 普通服务商:required 普通商户:optional 渠道商:optional",
		"body parts object optional 普通服务商:optional 普通商户:absent 渠道商:absent",
		"body parts.size integer required",
	}, show(op.Body))
	diff(t, "findings", []string{"b:2: contradiction: POST /v3/gadgets: path: /v3/gadgets here, /v3/gadgets/ at a:2 (the first counts)"}, findings(j))
	if got := op.Title.Value; got != "小物件 b" {
		t.Errorf("title %q", got)
	}
	if got := op.Updated.Value; got != "2025-01-01" {
		t.Errorf("updated %q", got)
	}
	if len(op.Roles) != 3 {
		t.Errorf("roles %v", op.Roles)
	}
}

func TestContradictions(t *testing.T) {
	a := &maker{file: "a", date: "2024-01-01"}
	one := a.operation("GET", "/v3/gadgets/{id}")
	one.Parameters = []*page.Field{a.field("path id string(32) required"), a.field("query kind string required A B"), a.field("query far string optional")}
	b := &maker{file: "b", date: "2025-01-01"}
	two := b.operation("GET", "/v3/gadgets/{gadget_id}")
	two.Parameters = []*page.Field{b.field("path gadget_id string(64) required"), b.field("query kind integer optional A C"), b.field("body far string optional")}

	j := join.Pages([]*page.Page{a.page("html", []string{merchant}, one), b.page("html", []string{merchant}, two)})
	op := j.Operations[0]
	diff(t, "parameters", []string{
		"path gadget_id string(64) required",
		"query kind integer optional A C B",
	}, show(op.Parameters))
	diff(t, "body", []string{"body far string optional"}, show(op.Body))
	var got []string
	for _, f := range j.Findings {
		got = append(got, strings.TrimPrefix(f.String(), f.Pos.String()+": contradiction: GET /v3/gadgets/{gadget_id}"))
	}
	diff(t, "findings", []string{
		": path: /v3/gadgets/{gadget_id} here, /v3/gadgets/{id} at a:2 (the first counts)",
		": request.far: place: body here, query at a:17 (the first counts)",
		": path.gadget_id: largest length: 64 here, 32 at a:7 (the first counts)",
		": query.kind: type: integer here, string at a:12 (the first counts)",
		": query.kind: values: B is not among those here, but at a:15 (all are kept)",
		": query.kind: required here, optional at b:13 (the weaker counts)",
	}, got)
}

func TestOlderFormatsFillGaps(t *testing.T) {
	wiki := &maker{file: "wiki", date: "2026-01-01"}
	old := wiki.operation("GET", "/v3/gadgets")
	old.Parameters = []*page.Field{wiki.field("query name string(16) -"), wiki.field("query gone string -"), wiki.field("query kind string - A")}
	site := &maker{file: "site", date: "2025-01-01"}
	now := site.operation("GET", "/v3/gadgets")
	now.Parameters = []*page.Field{site.field("query name string(32) required"), site.field("query kind string optional")}

	j := join.Pages([]*page.Page{wiki.page("wiki-flat", []string{merchant}, old), site.page("docline", []string{merchant}, now)})
	diff(t, "parameters", []string{
		"query name string(32) required",
		"query gone string optional",
		"query kind string optional A",
	}, show(j.Operations[0].Parameters))
	if got := j.Operations[0].Parameters[0].Label.Value; got != "标签 wiki" {
		t.Errorf("label %q", got)
	}
}

// An earlier copy of the same page has no say where the later one speaks.
func TestEarlierCopies(t *testing.T) {
	a := &maker{file: "a", date: "2024-01-01"}
	one := a.operation("GET", "/v3/gadgets")
	one.Parameters = []*page.Field{a.field("query name string(16) required"), a.field("query gone string required"), a.field("query kind string required A B")}
	b := &maker{file: "b", date: "2025-01-01"}
	two := b.operation("GET", "/v3/gadgets")
	two.Parameters = []*page.Field{b.field("query name string(32) optional"), b.field("query fresh string required"), b.field("query kind string required A C")}
	for _, op := range []*page.Operation{one, two} {
		op.Doc = page.Said("/doc/v3/merchant/1", a.pos())
	}
	one.Answers = []*page.Answer{{Status: page.Said(200, a.pos()), Fields: []*page.Field{a.field("body id string required")}}}
	j := join.Pages([]*page.Page{a.page("html", []string{merchant}, one), b.page("md-official", []string{merchant}, two)})
	diff(t, "parameters", []string{
		"query name string(32) optional",
		"query fresh string required",
		"query kind string required A C",
	}, show(j.Operations[0].Parameters))
	diff(t, "answer", []string{"body id string required"}, show(j.Operations[0].Answers[0].Fields))
	diff(t, "findings", nil, findings(j))
	if len(j.Operations[0].Sources) != 2 {
		t.Errorf("sources %v", j.Operations[0].Sources)
	}
}

func TestInferredFacts(t *testing.T) {
	a := &maker{file: "a"}
	one := a.operation("GET", "/v3/gadgets")
	guessed := a.field("body size integer -")
	guessed.Name.From, guessed.Type.From = page.FromExample, page.FromExample
	parts := a.field("body parts object optional", guessed)
	parts.Folded = true
	one.Answers = []*page.Answer{{Status: page.Said(200, a.pos()), Fields: []*page.Field{parts}}}
	b := &maker{file: "b"}
	two := b.operation("GET", "/v3/gadgets")
	two.Answers = []*page.Answer{{Fields: []*page.Field{b.field("body parts object optional", b.field("body size string required"), b.field("body more string required"))}}}

	j := join.Pages([]*page.Page{a.page("docline", []string{merchant}, one), b.page("html", []string{partner}, two)})
	diff(t, "fields", []string{
		"body parts object optional",
		"body parts.size string required",
		"body parts.more string required",
	}, show(j.Operations[0].Answers[0].Fields))
	if a := j.Operations[0].Answers; len(a) != 1 || a[0].Status.Value != 200 || a[0].Fields[0].Folded {
		t.Errorf("answers %v", a)
	}
}

func TestErrorTables(t *testing.T) {
	row := func(m *maker, status int, code, description, solution string, common bool) page.ErrorRow {
		return page.ErrorRow{
			Status: page.Said(status, m.pos()), Code: page.Said(code, m.pos()),
			Description: page.Said(description, m.pos()), Solution: page.Said(solution, m.pos()), Common: common,
		}
	}
	a := &maker{file: "a", date: "2024-01-01"}
	one := a.operation("GET", "/v3/gadgets")
	one.Errors = []page.ErrorRow{row(a, 400, "PARAM_ERROR", "参数错误", "检查", true), row(a, 404, "NO_GADGET", "无此物件", "重查", false), row(a, 404, "NO_GADGET", "物件已删", "", false)}
	b := &maker{file: "b", date: "2025-01-01"}
	two := b.operation("GET", "/v3/gadgets")
	two.Errors = []page.ErrorRow{row(b, 400, "PARAM_ERROR", "参数错误。", "请检查参数", false), row(b, 429, "LIMITED", "太快", "稍后", false)}
	j := join.Pages([]*page.Page{a.page("html", nil, one), b.page("html", nil, two)})
	var got []string
	for _, r := range j.Operations[0].Errors {
		got = append(got, fmt.Sprintf("%d %s %s %s %v", r.Status.Value, r.Code.Value, r.Description.Value, r.Solution.Value, r.Common))
	}
	diff(t, "rows", []string{
		"400 PARAM_ERROR 参数错误。 请检查参数 true",
		"429 LIMITED 太快 稍后 false",
		"404 NO_GADGET 无此物件 重查 false",
		"404 NO_GADGET 物件已删  false",
	}, got)
}

// TestErrorsWithoutStatus: rows of old tables, which have no statuses, say
// nothing where another page has their code with one.
func TestErrorsWithoutStatus(t *testing.T) {
	a, b := &maker{file: "a", date: "2019-01-01"}, &maker{file: "b", date: "2025-01-01"}
	one, two := a.operation("GET", "/v3/demo"), b.operation("GET", "/v3/demo")
	one.Errors = []page.ErrorRow{{Code: page.Said("SYSTEMERROR", a.pos())}, {Code: page.Said("NOAUTH", a.pos())}}
	two.Errors = []page.ErrorRow{{Status: page.Said(500, b.pos()), Code: page.Said("SYSTEMERROR", b.pos())}}
	j := join.Pages([]*page.Page{a.page("wiki-flat", nil, one), b.page("html", nil, two)})
	var got []string
	for _, r := range j.Operations[0].Errors {
		got = append(got, fmt.Sprint(r.Status.Value, " ", r.Code.Value))
	}
	diff(t, "rows", []string{"500 SYSTEMERROR", "0 NOAUTH"}, got)
}

func TestAnswers(t *testing.T) {
	a := &maker{file: "a", date: "2024-01-01"}
	one := a.operation("POST", "/v3/gadgets")
	one.Answers = []*page.Answer{{Status: page.Said(200, a.pos()), Fields: []*page.Field{a.field("body id string required")}, Examples: []page.Example{{Text: "old"}}}}
	one.RateLimits = []page.Fact[page.RateLimit]{page.Said(page.RateLimit{Requests: 10, Seconds: 1, Per: "all"}, a.pos())}
	b := &maker{file: "b", date: "2025-01-01"}
	two := b.operation("POST", "/v3/gadgets")
	two.Answers = []*page.Answer{{Status: page.Said(204, b.pos()), Empty: page.Said(true, b.pos())}, {Status: page.Said(200, b.pos()), Examples: []page.Example{{Text: "new"}}}}
	two.RateLimits = []page.Fact[page.RateLimit]{page.Said(page.RateLimit{Requests: 20, Seconds: 1, Per: "all"}, b.pos())}
	two.Requests = []page.Example{{Text: "request"}}
	j := join.Pages([]*page.Page{a.page("html", nil, one), b.page("html", nil, two)})
	op := j.Operations[0]
	if len(op.Answers) != 2 || op.Answers[1].Examples[0].Text != "new" || len(op.Answers[1].Fields) != 1 || !op.Answers[0].Empty.Value {
		t.Errorf("answers %+v", op.Answers)
	}
	if len(op.RateLimits) != 1 || op.RateLimits[0].Value.Requests != 20 || len(op.Requests) != 1 {
		t.Errorf("limits %v, requests %v", op.RateLimits, op.Requests)
	}
	diff(t, "findings", []string{
		"b:6: contradiction: POST /v3/gadgets: rate limit: {20 1 all} here, {10 1 all} at a:9 (the first counts)",
		"a:3: contradiction: POST /v3/gadgets: answer: status: 200 here, 204 elsewhere (both are kept)",
	}, findings(j))
}

func TestPagesStayAsTheyAre(t *testing.T) {
	a := &maker{file: "a"}
	one := a.operation("GET", "/v3/gadgets/{id}")
	one.Parameters = []*page.Field{a.field("path id string required")}
	b := &maker{file: "b", date: "2025-01-01"}
	two := b.operation("GET", "/v3/gadgets/{gadget_id}")
	join.Pages([]*page.Page{a.page("html", nil, one), b.page("html", nil, two)})
	if one.Parameters[0].Name.Value != "id" || one.Title.Known() {
		t.Errorf("parameter %v, title %v", one.Parameters[0].Name, one.Title)
	}
}

// What is known to be apart stays apart, however much it is alike.
func TestPagesApart(t *testing.T) {
	notice := func(file string, fields ...string) *page.Page {
		m := &maker{file: file}
		e := &page.Event{Types: []page.EnumValue{{Value: page.Said("GADGET.MADE", m.pos())}}}
		for _, text := range fields {
			e.Resource = append(e.Resource, m.field(text))
		}
		return &page.Page{File: file, Format: "html", Events: []*page.Event{e}}
	}
	pages := []*page.Page{
		notice("a", "body id string required", "body mchid string required"),
		notice("b", "body id string required", "body sub_mchid string required"),
		notice("c", "body id string required", "body mchid string required"),
	}
	partners := func(e *page.Event) bool { return page.Find(e.Resource, "sub_mchid") != nil }
	j := join.PagesApart(pages, func(a, b *page.Event) bool { return partners(a) != partners(b) })
	var got []string
	for _, e := range j.Events {
		text := ""
		for _, s := range e.Sources {
			text += s.File
		}
		got = append(got, text)
	}
	diff(t, "events", []string{"ac", "b"}, got)
	if n := len(join.Pages(pages).Events); n != 1 {
		t.Errorf("without that, %d events", n)
	}
}

func TestEvents(t *testing.T) {
	event := func(m *maker, original string, types []string, fields ...*page.Field) *page.Page {
		e := &page.Event{Title: page.Said("通知 "+m.file, m.pos()), Resource: fields}
		if original != "" {
			e.OriginalType = page.Said(original, m.pos())
		}
		for _, kind := range types {
			e.Types = append(e.Types, page.EnumValue{Value: page.Said(kind, m.pos())})
		}
		return &page.Page{File: m.file, Format: "html", Events: []*page.Event{e}}
	}
	a, b, c, d, e := &maker{file: "a"}, &maker{file: "b"}, &maker{file: "c"}, &maker{file: "d"}, &maker{file: "e"}
	j := join.Pages([]*page.Page{
		event(a, "gadget", []string{"GADGET.MADE", "GADGET.GONE"}, a.field("body id string required"), a.field("body mchid string required")),
		event(b, "", []string{"GADGET.GONE", "GADGET.MADE"}, b.field("body id string required"), b.field("body sub_mchid string required")),
		event(c, "part", []string{"GADGET.MADE", "GADGET.GONE"}, c.field("body id string required")),
		event(d, "gadget", []string{"GADGET.MADE", "GADGET.GONE"}, d.field("body x string required"), d.field("body y string required"), d.field("body z string required")),
		event(e, "", nil, e.field("body id string required")),
	})
	var got []string
	for _, event := range j.Events {
		text := event.OriginalType.Value + ":"
		for _, s := range event.Sources {
			text += " " + s.File
		}
		for _, f := range event.Resource {
			text += " " + f.Name.Value + "=" + string(f.Required.Value)
		}
		got = append(got, text)
	}
	diff(t, "events", []string{
		"gadget: a b id=required sub_mchid=optional mchid=optional",
		"gadget: d x=required y=required z=required",
		"part: c id=required",
		": e id=required",
	}, got)
}

func FuzzPages(f *testing.F) {
	f.Add("a.b c", "b a.c", "/v3/{x}/y")
	f.Fuzz(func(_ *testing.T, first, second, path string) {
		list := func(m *maker, names string) []*page.Field {
			var fields []*page.Field
			for i, name := range strings.Fields(names) {
				parent, child, nested := strings.Cut(name, ".")
				g := &page.Field{Name: page.Said(parent, m.pos()), Required: page.Said(page.Need(child), m.pos()), Place: page.Seen(page.Place(name), m.pos(), page.FromExample)}
				if nested {
					g.Fields = []*page.Field{{Name: page.Said(child, m.pos()), MaxLength: page.Said(int64(i), m.pos())}}
				}
				fields = append(fields, g)
			}
			return fields
		}
		a, b := &maker{file: "a"}, &maker{file: "b", date: second}
		one, two := a.operation("POST", path), b.operation("POST", path+"/")
		one.Body, two.Parameters = list(a, first), list(b, second)
		join.Pages([]*page.Page{a.page("html", []string{first}, one), b.page("copy", []string{second}, two)})
	})
}
