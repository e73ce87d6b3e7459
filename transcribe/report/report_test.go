package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/report"
)

const gadgets = `openapi: 3.1.0
info: {title: 小物件, version: '2025-03-04'}
paths:
  /v3/demo/gadgets:
    post:
      operationId: Create
      summary: 创建小物件
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [color]
              properties:
                color: {type: string, maxLength: 16, title: 颜色}
                size: {type: integer}
      responses:
        '204': {description: done}
`

func index(t *testing.T) *drift.Index {
	t.Helper()
	set, err := load.Load(fstest.MapFS{"demo/gadgets.yaml": {Data: []byte(gadgets)}}, "demo/gadgets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return drift.NewIndex(set)
}

func said[T comparable](v T, line int) page.Fact[T] {
	return page.Said(v, page.Pos{File: "page.html", Line: line, Col: 1})
}

func aPage() *page.Page {
	field := &page.Field{Name: said("color", 3), Type: said(page.String, 3), Required: said(page.Required, 3), Label: said("颜色", 4)}
	field.MaxLength = said[int64](8, 3)
	inferred := &page.Field{Name: page.Seen("gloss", page.Pos{File: "page.html", Line: 9, Col: 2}, page.FromExample)}
	inferred.Type = page.Seen(page.Boolean, inferred.Name.Pos, page.FromExample)
	return &page.Page{
		File: "page.html", Format: "html", Title: said("<创建小物件>", 1), Lines: 20, Unused: 2,
		Repairs:  []page.Repair{{Step: "pinyin", Count: 3, First: page.Pos{File: "page.html", Line: 2}, What: "dropped pinyin"}},
		Findings: []page.Finding{{Pos: page.Pos{File: "page.html", Line: 9}, Kind: page.Inferred, About: "gloss", What: "from the example"}},
		Operations: []*page.Operation{{
			Title: said("创建小物件", 1), Method: said("POST", 2), Path: said("/v3/demo/gadgets", 2), Body: []*page.Field{field, inferred},
		}},
	}
}

// TestRows: each field is shown once, with what either side says of it.
func TestRows(t *testing.T) {
	var r report.Report
	r.Add(aPage(), index(t))
	states := map[string]report.State{}
	for _, row := range r.Pages[0].Calls[0].Rows {
		states[row.Name] = row.State
	}
	for name, want := range map[string]report.State{"title": report.Same, "color": report.Differs, "gloss": report.PageOnly, "size": report.SpecOnly} {
		if states[name] != want {
			t.Errorf("%s: %q, want %q", name, states[name], want)
		}
	}
	if n := r.Pages[0].Inferred(); n != 1 {
		t.Errorf("%d facts are inferred, want 1", n)
	}
}

func TestWrite(t *testing.T) {
	r := report.Report{Refused: []string{"guide.md: it names no method and path"}}
	r.Add(aPage(), index(t))
	r.Add(&page.Page{File: "other.html", Operations: []*page.Operation{{Method: said("GET", 1), Path: said("/v3/demo/none", 1)}}}, index(t))

	for format, wants := range map[string][]string{
		"text": {"page.html: read as html: 1 calls, 4 facts, 1 of them inferred; 2 of 20 lines unused", "repaired pinyin 3 ×", "refused: guide.md"},
		"html": {"&lt;创建小物件&gt;", `<tr class="differs"><td>color`, "length at most 8", "length at most 16", ", from example", "not in the specs"},
		"json": {`"state": "page only"`, `"unused_lines": 2`},
	} {
		var b bytes.Buffer
		if err := r.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s lacks %q:\n%s", format, want, b.String())
			}
		}
		if format == "json" && !json.Valid(b.Bytes()) {
			t.Error("the JSON is none")
		}
	}
	if err := r.Write(&bytes.Buffer{}, "parchment"); err == nil {
		t.Error("a format that does not exist was written")
	}
}
