package wiki_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/page"
)

// want is what the pages in testdata describe.
var want = map[string][]string{
	"celllines": {
		"wiki-celllines",
		"PATCH /v3/demo/gadgets/{gadget_id} 登记小物件 2031-03-04: 1 parameters, 1 in the body, 1 in the answer, 3 errors",
	},
	"comment-erlang": {
		"wiki-flat",
		"POST /v3/demo/gadgets 登记小物件 : 0 parameters, 1 in the body, 0 in the answer, 0 errors",
	},
	"comment-java": {
		"wiki-flat",
		"GET /v3/demo/gadgets/{gadget_id} 查询小物件 : 0 parameters, 0 in the body, 5 in the answer, 0 errors",
	},
	"comment-php": {
		"wiki-flat",
		"POST /v3/demo/gadgets 登记小物件 2031-03-04: 0 parameters, 3 in the body, 0 in the answer, 0 errors",
		"GET /v3/demo/gadgets/{gadget_id} 查询小物件 2031-03-05: 1 parameters, 0 in the body, 0 in the answer, 0 errors",
	},
	"flat": {
		"wiki-flat",
		"POST /v3/demo/gadgets/{gadget_id} 登记小物件 2031-03-04: 1 parameters, 5 in the body, 1 in the answer, 4 errors",
	},
	"flat-codes": {
		"wiki-flat",
		"GET /v3/demo/gadgets 查询小物件 2031-03-04: 1 parameters, 0 in the body, 0 in the answer, 2 errors",
	},
	"flat-either": {
		"wiki-flat",
		"GET /v3/demo/gadgets 查询小物件 2031-03-04: 4 parameters, 0 in the body, 2 in the answer, 0 errors",
	},
	"flat-errors": {
		"wiki-flat",
		"POST /v3/demo/gadgets 登记小物件 2031-03-04: 0 parameters, 0 in the body, 0 in the answer, 10 errors",
	},
	"flat-event": {
		"wiki-flat",
		"登记结果通知 2031-03-04: 5 around, 2 within",
	},
	"flat-glued": {
		"wiki-flat",
		"POST /v3/demo/gadgets 登记小物件 : 0 parameters, 5 in the body, 0 in the answer, 0 errors",
	},
	"flat-legend": {
		"wiki-flat",
		"POST /v3/demo/gadgets 登记小物件 2031-03-04: 0 parameters, 3 in the body, 0 in the answer, 0 errors",
	},
	"flat-unended": {
		"wiki-flat",
		"POST /v3/demo/gadgets 登记小物件 2031-03-04: 0 parameters, 5 in the body, 3 in the answer, 0 errors",
	},
	"hk-lines": {
		"hk-wiki",
		"POST /v3/global/demo/gadgets Register a Gadget 2031-03-04: 0 parameters, 3 in the body, 1 in the answer, 1 errors",
	},
	"hk-pipes": {
		"hk-wiki",
		"POST /v3/global/demo/gadgets Register a Gadget : 0 parameters, 3 in the body, 0 in the answer, 1 errors",
	},
	"hk-bars": {
		"hk-wiki",
		"POST /v3/global/demo/gadgets  : 0 parameters, 4 in the body, 0 in the answer, 0 errors",
	},
	"html": {
		"wiki-html",
		"POST /v3/demo/gadgets/{gadget_id} 登记小物件 2031-03-04: 1 parameters, 4 in the body, 0 in the answer, 4 errors",
	},
	"html-comment": {
		"wiki-html",
		"GET /v3/demo/gadgets  : 0 parameters, 0 in the body, 2 in the answer, 0 errors",
	},
	"markdown-digest": {
		"md-official",
		"POST /v3/demo/gadgets 小物件笔记 : 0 parameters, 3 in the body, 0 in the answer, 0 errors",
		"GET /v3/demo/gadgets/{gadget_id}  : 1 parameters, 0 in the body, 0 in the answer, 0 errors",
	},
	"markdown-hugo": {
		"hugo-wiki",
		"POST /v3/demo/gadgets 登记小物件 2031-03-04: 0 parameters, 4 in the body, 0 in the answer, 2 errors",
		"GET /v3/demo/gadgets 查询小物件 2031-03-05: 0 parameters, 0 in the body, 0 in the answer, 0 errors",
	},
	"markdown-hugo-glued": {
		"hugo-wiki",
		"GET /v3/demo/gadgets/{gadget_id} 查询小物件 2031-03-04: 1 parameters, 0 in the body, 3 in the answer, 3 errors",
		"GET /v3/demo/gadgets/out-no/{out_no} 查询小物件 2031-03-04: 1 parameters, 0 in the body, 3 in the answer, 3 errors",
	},
	"markdown-table": {
		"wiki-md-table",
		"POST /v3/demo/gadgets/{gadget_id} 登记小物件 2031-03-04: 1 parameters, 4 in the body, 1 in the answer, 3 errors",
	},
}

// TestRead reads the pages of each shape as anybody would: by nothing but
// their bytes.
func TestRead(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			p, err := transcribe.Read(c.name, []byte(c.page), transcribe.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := summary(p); got != strings.Join(want[c.name], "\n")+"\n" {
				t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want[c.name], "\n"))
			}
		})
	}
}

// summary names what a page describes, and counts its facts.
func summary(p *page.Page) string {
	var b strings.Builder
	b.WriteString(p.Format + "\n")
	for _, op := range p.Operations {
		answers := 0
		for _, a := range op.Answers {
			answers += count(a.Fields)
		}
		fmt.Fprintf(&b, "%s %s %s %s: %d parameters, %d in the body, %d in the answer, %d errors\n", op.Method.Value, op.Path.Value,
			op.Title.Value, op.Updated.Value, count(op.Parameters), count(op.Body), answers, len(op.Errors))
	}
	for _, e := range p.Events {
		fmt.Fprintf(&b, "%s %s: %d around, %d within\n", e.Title.Value, e.Updated.Value, count(e.Envelope), count(e.Resource))
	}
	return b.String()
}

func count(fields []*page.Field) int {
	n := 0
	page.Walk(fields, func(string, *page.Field) { n++ })
	return n
}
