package infer_test

import (
	"testing"

	"github.com/wxgen/wxgen/transcribe/page"
)

func TestParameters(t *testing.T) {
	op := operation("GET", "/v3/gadgets/{gadget_id}/parts")
	op.Parameters = append(in(page.Path, field("gadget_id string")),
		append(in(page.Query, field("limit integer"), field("at string"), field("kind"), field("filter object", field("x integer")), field("more string")),
			in(page.Header, field("Idempotency-Key string"))...)...)
	op.Requests = []page.Example{{Pos: at(20, 1), Lines: []page.Pos{at(20, 2), at(21, 3), at(22, 3)}, Text: "curl -X GET \\\n" +
		"  https://api.mch.weixin.qq.com/v3/gadgets/G%201/parts?limit=5&at=2020-01-02T03:04:05+08:00&kind=7&filter=%7B%22x%22%3A1%7D&odd=1 \\\n" +
		"  -H \"Idempotency-Key: abc\""}}
	p := complete(op)
	diff(t, "fields", []string{
		"gadget_id string e.g. G 1",
		"limit integer e.g. 5",
		"at string e.g. 2020-01-02T03:04:05+08:00",
		"kind  type by  e.g. 7",
		`filter object e.g. {"x":1} JSON`,
		"filter.x integer e.g. 1",
		"more string",
		"Idempotency-Key string e.g. abc",
	}, show(op.Parameters))
	if got := op.Parameters[0].Example.Pos; got != at(21, 46) {
		t.Errorf("gadget_id at %v", got)
	}
	diff(t, "findings", []string{
		"page:1:1: gap: GET /v3/gadgets/{gadget_id}/parts: query.more: not in the example at page:21:35",
		"page:21:131: doubt: GET /v3/gadgets/{gadget_id}/parts: query.odd: the example has this parameter, the page does not describe it (look at another copy of the page)",
		"page:1:1: gap: GET /v3/gadgets/{gadget_id}/parts: request.kind: neither the page nor an example tells the type",
	}, findings(p))
}

func TestAddressOfAnotherOperation(t *testing.T) {
	op := operation("GET", "/v3/gadgets/{id}")
	op.Parameters = in(page.Path, field("id string"))
	op.Requests = []page.Example{{Text: "https://api.mch.weixin.qq.com/v3/widgets/1", Pos: at(20, 1)}}
	diff(t, "findings", []string{
		"page:20:31: contradiction: GET /v3/gadgets/{id}: request: the example calls another path: https://api.mch.weixin.qq.com/v3/widgets…",
	}, findings(complete(op)))
}

func TestAddressInAProgram(t *testing.T) {
	op := operation("GET", "/v3/gadgets/{id}/")
	op.Parameters = in(page.Path, field("id string"))
	op.Samples = []page.Example{{Text: `new HttpGet("https://api.mch.weixin.qq.com/v3/gadgets/G1/");`, Pos: at(20, 1)}}
	complete(op)
	diff(t, "fields", []string{"id string e.g. G1"}, show(op.Parameters))
}

func TestBody(t *testing.T) {
	op := operation("POST", "/v3/gadgets")
	op.Body = in(page.Body, field("name string"), field("note string"), field("parts array", field("size integer")))
	op.Requests = []page.Example{{Text: "curl -X POST https://a.b/v3/gadgets -d '{\"name\": \"x\", \"note\": \"{\\\"a\\\": [1]}\", \"parts\": [{\"size\": 2}]}'", Pos: at(20, 1)}}
	p := complete(op)
	diff(t, "fields", []string{
		"name string e.g. x",
		`note string e.g. {"a": [1]} JSON`,
		"note.a array[integer] by example",
		"parts array[object]",
		"parts.size integer e.g. 2",
	}, show(op.Body))
	if len(p.Findings) != 3 || p.Findings[0].Kind != page.Inferred {
		t.Errorf("findings %q", findings(p))
	}
}

func TestBodyCalledQuery(t *testing.T) {
	op := operation("POST", "/v3/gadgets")
	op.Parameters = in(page.Query, field("name string"), field("dry_run string"))
	op.Requests = []page.Example{{Text: "https://a.b/v3/gadgets?dry_run=1\n{\"name\": \"x\"}", Pos: at(20, 1)}}
	p := complete(op)
	diff(t, "parameters", []string{"dry_run string e.g. 1"}, show(op.Parameters))
	diff(t, "body", []string{"name string e.g. x"}, show(op.Body))
	diff(t, "findings", []string{
		"page:1:1: contradiction: POST /v3/gadgets: request.name: the page calls it a query parameter, the example at page:21:2 sends it in the body (the example counts)",
	}, findings(p))
}

func TestBodyWithoutATable(t *testing.T) {
	op := operation("POST", "/v3/gadgets/{id}")
	op.Parameters = in(page.Path, field("id string"))
	op.Requests = []page.Example{{Text: `{"id": "1", "name": "x"}`, Pos: at(20, 1)}}
	p := complete(op)
	diff(t, "body", []string{"name string by example e.g. x"}, show(op.Body))
	diff(t, "findings", []string{
		"page:20:1: inferred: POST /v3/gadgets/{id}: request: the page describes no fields of the body: they are those of the example (look at another copy of the page)",
	}, findings(p))
}

func TestFormWithoutTheEndOfItsMembers(t *testing.T) {
	op := operation("POST", "/v3/gadgets/images")
	meta := with(field("meta object", field("filename string"), field("kind string")), func(f *page.Field) { f.Unended = true })
	op.Body = in(page.Form, field("file file"), meta)
	op.Requests = []page.Example{{Text: "curl -X POST https://a.b/v3/gadgets/images -F file=@f -F meta='{\"filename\": \"f.png\"}' -F kind=A", Pos: at(20, 1)}}
	complete(op)
	diff(t, "fields", []string{"file file", "meta object", "meta.filename string e.g. f.png", "kind string"}, show(op.Body))
}

func TestParametersInADocument(t *testing.T) {
	op := operation("GET", "/v3/gadgets/{id}")
	op.Parameters = append(in(page.Path, field("id string")), in(page.Query, field("limit integer"))...)
	op.Requests = []page.Example{{Text: `{"id": "G1", "limit": 5}`, Pos: at(20, 1)}}
	p := complete(op)
	diff(t, "parameters", []string{"id string e.g. G1", "limit integer e.g. 5"}, show(op.Parameters))
	diff(t, "findings", nil, findings(p))
}

func TestForm(t *testing.T) {
	op := operation("POST", "/v3/gadgets/images")
	op.Body = in(page.Form, field("file object"), field("meta object", field("filename string"), field("sha256 string")))
	op.Requests = []page.Example{{Text: "curl -X POST https://a.b/v3/gadgets/images \\\n -F file=@\"f.png\" \\\n -F meta='{ \"filename\": \"f.png\", \"sha256\": \"ab\" }'", Pos: at(20, 1)}}
	p := complete(op)
	diff(t, "fields", []string{
		"file file type by example",
		"meta object",
		"meta.filename string e.g. f.png",
		"meta.sha256 string e.g. ab",
	}, show(op.Body))
	if !op.Multipart.Value || op.Multipart.From != page.FromExample {
		t.Errorf("multipart %v", op.Multipart)
	}
	diff(t, "findings", []string{
		"page:1:2: contradiction: POST /v3/gadgets/images: request.file: the page says object, the example at page:21:10 sends a file (the example counts)",
	}, findings(p))
}
