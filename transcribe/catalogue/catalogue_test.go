package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/catalogue"
	"github.com/wxgen/wxgen/transcribe/page"
)

func all(string, string) bool { return true }

func read(t *testing.T, lines ...string) *page.Page {
	t.Helper()
	c := catalogue.New()
	if err := c.Add("facts.jsonl", []byte(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
	return c.Page(all)
}

// described writes fields a line each, as far as anything is known of them.
func described(fields []*page.Field) []string {
	var out []string
	page.Walk(fields, func(path string, f *page.Field) {
		s := path + " " + string(f.Type.Value)
		add := func(known bool, what string, v any) {
			if known {
				s += fmt.Sprintf(" %s=%v", what, v)
			}
		}
		add(f.Items.Known(), "items", f.Items.Value)
		add(f.Place.Known() && f.Place.Value != page.Body, "in", f.Place.Value)
		add(f.Required.Known(), "need", f.Required.Value)
		add(f.MinLength.Known(), "min", f.MinLength.Value)
		add(f.MaxLength.Known(), "max", f.MaxLength.Value)
		add(f.Label.Known(), "label", f.Label.Value)
		add(f.Example.Known(), "example", f.Example.Value)
		add(f.Secret.Value, "secret", true)
		add(f.Time.Value, "time", true)
		add(f.JSON.Value, "json", true)
		for _, e := range f.Enum {
			s += " " + e.Value.Value
		}
		out = append(out, s)
	})
	return out
}

const operation = `{"method":"POST","path":"/v3/demo/gadgets/","tags":[],"roles":["直连商户","服务商","机构模式"],"updated":"2025.03.04","label":"做小物件",` +
	`"doc":["/wiki/a.shtml","/docs/b.html"],"params":[{"name":"Authorization","in":"header","type":"string","required":true},` +
	`{"name":"q","in":"query","type":"number","required":false,"label":"数","default":5}],` +
	`"request":{"type":"object","required":["name"],"properties":{"name":{"type":"string","label":"姓名","sensitive":true},` +
	`"at":{"type":"string","format":"rfc3339","example":"2025-03-04T05:06:07+08:00"},"weight":{"type":"number","format":"float"},` +
	`"list":{"type":"array","items":{"type":"object","properties":{"a":{"type":"integer","example":12345678901234567890}}}},` +
	`"text":{"type":"string","json":{"type":"object","properties":{"b":{"type":"boolean"}}}},"state":{"type":"string","enum":["A","B","A"]}}},` +
	`"responses":{"200":{"type":"object","properties":{"payer _currency":{"type":"string"}}},"400":{"type":"object"}}}`

func TestOperation(t *testing.T) {
	op := read(t, operation).Operations[0]
	if diff := cmp.Diff([]string{
		"name string need=required label=姓名 secret=true",
		"at string need=optional example=2025-03-04T05:06:07+08:00 time=true",
		"weight number need=optional",
		"list array items=object need=optional",
		"list.a integer need=optional example=12345678901234567890",
		"text string need=optional json=true",
		"text.b boolean need=optional",
		"state string need=optional A B",
	}, described(op.Body)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"q integer in=query need=optional label=数"}, described(op.Parameters)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"payer_currency string need=optional"}, described(op.Answers[0].Fields)); diff != "" {
		t.Error(diff)
	}
	got := fmt.Sprint(op.Method.Value, " ", op.Path.Value, " ", op.Title.Value, " ", op.Updated.Value, " ", op.Doc.Value, " ", op.Path.From)
	if want := "POST /v3/demo/gadgets/ 做小物件 2025-03-04 /docs/b.html catalogue"; got != want {
		t.Errorf("got %s", got)
	}
	if len(op.Roles) != 2 || op.Roles[0].Value != "普通商户" || op.Roles[1].Value != "普通服务商" {
		t.Errorf("roles are %v", op.Roles)
	}
	if op.Method.Pos.String() != "facts.jsonl:1:1" {
		t.Errorf("it stands at %s", op.Method.Pos)
	}
}

// TestLimits: what pages say counts, and lies where the catalogue has it.
func TestLimits(t *testing.T) {
	p := read(t, operation, `{"method":"POST","path":"/v3/demo/gadgets","fields":{"name":{"type":"string","required":false,"max":32,"min":1},`+
		`"at":{"type":"integer","required":true},"list.a":{"type":"integer","required":true},"list.c":{"required":true,"type":"string","max":8},`+
		`"state":{"type":"string","required":"二选一","enum":["B","C"]},"a":{"type":"integer","required":true,"pages":"部分页面"},`+
		`"state.x":{"type":"string"},"fresh.inner":{"type":"string"}},`+
		`"response_status":"202 Accepted","response":{},"rate":"商户号20/s; 单IP5/min; 单笔1/min; 接口100/s","updated":"2025-05-06","roles":["平台商户"],`+
		`"title":"做小物件二","source":"partner/4000000001, partner/4000000002"}`)
	op := p.Operations[0]
	if diff := cmp.Diff([]string{
		"name string need=optional min=1 max=32 label=姓名 secret=true",
		"at integer need=required example=2025-03-04T05:06:07+08:00 time=true",
		"weight number need=optional",
		"list array items=object need=optional",
		"list.a integer need=required example=12345678901234567890",
		"list.c string need=required max=8",
		"text string need=optional json=true",
		"text.b boolean need=optional",
		"state string need=conditional B C",
		"a integer need=optional",
		"fresh object",
		"fresh.inner string",
	}, described(op.Body)); diff != "" {
		t.Error(diff)
	}
	var rates []page.RateLimit
	for _, r := range op.RateLimits {
		rates = append(rates, r.Value)
	}
	if diff := cmp.Diff([]page.RateLimit{{Requests: 20, Seconds: 1, Per: "merchant"}, {Requests: 5, Seconds: 60, Per: "ip"}, {Requests: 100, Seconds: 1, Per: "all"}}, rates); diff != "" {
		t.Error(diff)
	}
	got := fmt.Sprint(op.Answers[0].Status.Value, " ", op.Doc.Value, " ", op.Title.Value, " ", op.Roles[0].Value)
	if want := "202 /doc/v3/partner/4000000001 做小物件二 平台商户"; got != want {
		t.Errorf("got %s", got)
	}
	for _, want := range []string{
		"name: its pages say optional, the catalogue says required",
		"at: its pages say integer, the catalogue says string",
		"state: the catalogue has the value A, its pages do not",
		"a: required on some of its pages only",
		"state.x: a member of what is no object",
	} {
		if !strings.Contains(fmt.Sprint(p.Findings), want) {
			t.Errorf("nothing tells that %q", want)
		}
	}
}

func TestErrorsAndEvents(t *testing.T) {
	p := read(t, `{"method":"GET","path":"/v3/a","errors":[{"status":400,"code":"PARAM_ERROR","meaning":"参数不合规","action":"按提示改参","common":true},`+
		`{"status":404,"code":"GONE","meaning":"没了","action":"算了","doc_code":"GO NE"}],"title":"甲","updated":"2025-01-21","source":"x"}`,
		`{"event_type":"GADGET.DONE","original_type":["gadget"],"label":"通知","payload":{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}}`,
		`{"event_type":"GADGET.GONE","original_type":["(absent)"],"label":"通知","union":true,"payload":{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}}`,
		``)
	var rows []string
	for _, r := range p.Operations[0].Errors {
		rows = append(rows, fmt.Sprint(r.Status.Value, r.Code.Value, r.Spelt, r.Meaning.Value, r.Action.Value, r.Common))
	}
	if diff := cmp.Diff([]string{"400PARAM_ERROR参数不合规按提示改参true", "404GONEGO NE没了算了false"}, rows); diff != "" {
		t.Error(diff)
	}
	var events []string
	for _, e := range p.Events {
		events = append(events, fmt.Sprint(e.Types[0].Value.Value, " ", e.OriginalType.Value, " ", described(e.Resource)))
	}
	if diff := cmp.Diff([]string{"GADGET.DONE gadget [a string need=required]", "GADGET.GONE  [a string]"}, events); diff != "" {
		t.Error(diff)
	}
}

// TestEnrich: a catalogue fills what a page lacks, and adds no field to it.
func TestEnrich(t *testing.T) {
	said := func(s string) page.Fact[string] { return page.Said(s, page.Pos{File: "p", Line: 1}) }
	op := &page.Operation{Method: said("POST"), Path: said("/v3/demo/gadgets/"), Body: []*page.Field{
		{Name: said("name"), Type: page.Said(page.String, page.Pos{})},
		{Name: said("list"), Type: page.Said(page.Array, page.Pos{}), Folded: true},
	}, Errors: []page.ErrorRow{
		{Status: page.Said(404, page.Pos{}), Code: said("GONE"), Description: said("第一种")},
		{Status: page.Said(404, page.Pos{}), Code: said("GONE"), Description: said("第二种")},
		{Status: page.Said(500, page.Pos{}), Code: said("BROKEN")},
	}}
	facts := read(t, operation, `{"method":"POST","path":"/v3/demo/gadgets/","errors":[{"status":404,"code":"GONE","meaning":"甲","action":"一"},`+
		`{"status":404,"code":"GONE","meaning":"乙","action":"二"},{"status":500,"code":"BROKEN","meaning":"丙","action":"三"},`+
		`{"status":500,"code":"BROKEN","meaning":"丁","action":"四"}]}`).Operations[0]
	found := catalogue.Enrich(op, facts)
	if diff := cmp.Diff([]string{
		"name string need=required label=姓名 secret=true",
		"list array items=object need=optional",
		"list.a integer need=optional example=12345678901234567890",
	}, described(op.Body)); diff != "" {
		t.Error(diff)
	}
	var rows []string
	for _, r := range op.Errors {
		rows = append(rows, r.Meaning.Value+r.Action.Value)
	}
	if diff := cmp.Diff([]string{"甲一", "乙二", ""}, rows); diff != "" {
		t.Error(diff)
	}
	if len(found) != 6 { // at, weight, text, state and q are the catalogue's alone; BROKEN has other rows
		t.Errorf("%d remarks: %v", len(found), found)
	}
}

func TestRecognise(t *testing.T) {
	for text, want := range map[string]bool{
		operation: true, "\n " + operation: true, `{"event_type":"A.B"}`: true, `{"method":"GET","path":"/a","fields":{}}`: true,
		`{"method":"GET","path":"/a"}`: false, `{"a":1}`: false, `[1]`: false, ``: false, `# 标题`: false, `{"event_type":`: false,
	} {
		if catalogue.Recognise([]byte(text)) != want {
			t.Errorf("%.40q: %v", text, !want)
		}
	}
}

func TestBroken(t *testing.T) {
	for text, want := range map[string]string{
		`{"method":`: "facts.jsonl:1:1: reading a line of a catalogue",
		"\n\n[]":     "facts.jsonl:3:1: reading a line of a catalogue",
		`{"a":1}`:    "facts.jsonl:1:1: the line is neither",
		`{"method":"GET","path":"/a","fields":{"a":{"max":"many"}}}`: "facts.jsonl:1:1: reading fields",
		`{"method":"GET","path":"/a","params":{"a":1}}`:              "facts.jsonl:1:1: reading params",
	} {
		err := catalogue.New().Add("facts.jsonl", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.40q: %v", text, err)
		}
	}
}

func FuzzAdd(f *testing.F) {
	f.Add(operation)
	f.Add(`{"method":"GET","path":"/a","fields":{"a.b":{"max":1}}}`)
	f.Add(`{"event_type":"A.B","payload":{"properties":{"a":{"items":{"items":{}}}}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		c := catalogue.New()
		if c.Add("f", []byte(text)) == nil {
			c.Page(all)
		}
	})
}

// TestVariables: a variable of the path is no parameter of the query, whatever
// the catalogue calls it, and stands there once.
func TestVariables(t *testing.T) {
	p := read(t,
		`{"method":"GET","path":"/v3/demo/gadgets/{id}","params":[{"name":"id","in":"query","type":"string"},{"name":"id","in":"path","type":"string"},{"name":"q","in":"query","type":"string"}],"responses":{"204":null}}`,
		`{"method":"GET","path":"/v3/demo/gadgets/{id}","source":"merchant/4012345678","fields":{"id":{"type":"string","in":"path","required":true,"max":32}}}`)
	want := []string{"id string in=path need=required max=32", "q string in=query need=optional"}
	if diff := cmp.Diff(want, described(p.Operations[0].Parameters)); diff != "" {
		t.Error(diff)
	}
}
