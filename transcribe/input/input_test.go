package input_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/input"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestIndexes: what a page does not say itself stands in an index above it, or
// beside it.
func TestIndexes(t *testing.T) {
	dir := folder(t, map[string]string{
		"docs/index.json":          `{"nodes":[{"docId":"1","title":"一","url":"https://pay.weixin.qq.com/doc/v3/merchant/1.md","updateTime":"1748488844"}]}`,
		"docs/pages/1.md":          "a",
		"docs/pages/2.md":          "b",
		"docs/pages/3/3_1748.html": "c",
		"docs/pages/3/3_1748.json": `{"docId":"3","title":"三","url":"https://pay.weixin.qq.com/doc/v3/partner/3","updateTime":"1703951999"}`,
		"docs/.git/4.md":           "d",
		"docs/picture.png":         "e",
		"broken/index.json":        `{"nodes":`,
		"broken/5.txt":             "f",
	})
	var got []string
	for d, err := range input.Open([]string{dir, input.Stdin}, input.From{Stdin: strings.NewReader("g")}) {
		if err != nil {
			t.Fatal(err)
		}
		data, err := d.Read()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(string(data), " ", d.Title.Value, " ", d.Updated.Value, " ", d.Doc.Value))
	}
	want := []string{"f   ", "a 一 2025-05-29 /doc/v3/merchant/1", "b   ", "c 三 2023-12-30 /doc/v3/partner/3", "g   "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNothingThere(t *testing.T) {
	dir := folder(t, map[string]string{"a.png": "x"})
	for _, arg := range []string{filepath.Join(dir, "none"), dir} {
		for _, err := range input.Open([]string{arg}, input.From{}) {
			if err == nil {
				t.Errorf("%s is no error", arg)
			}
		}
	}
	if _, err := input.Collect(input.Open([]string{filepath.Join(dir, "none")}, input.From{}), input.Options{}); err == nil {
		t.Error("what is not there is no error")
	}
}

const facts = `{"method":"GET","path":"/v3/demo/gadgets/{id}","params":[],"responses":{"204":null},"label":"甲"}
{"method":"POST","path":"/v3/demo/gadgets","params":[],"responses":{"204":null},"label":"乙"}
{"event_type":"GADGET.DONE","original_type":[],"label":"丙","payload":{"type":"object","properties":{"a":{"type":"string"}}}}
{"event_type":"OTHER.DONE","original_type":[],"label":"丁","payload":{"type":"object","properties":{"a":{"type":"string"}}}}
`

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		match []string
		want  string
	}{
		{nil, "甲 乙 丙 丁"},
		{[]string{"/v3/demo/*"}, "甲 乙"},
		{[]string{"get /v3/demo/*"}, "甲"},
		{[]string{"GET /v3/demo/gadgets/{id}"}, "甲"},
		{[]string{"POST /v3/demo/gadgets", "GADGET.*"}, "乙 丙"},
		{[]string{"POST /v3/demo/gadgets/"}, "乙"},
		{[]string{"*.DONE"}, "丙 丁"},
		{[]string{"[", `\`}, ""},
		{[]string{"* /v3/demo/*"}, "甲 乙"},
		{[]string{"*  /v3/demo/gadgets"}, "乙"},
		{[]string{"P* /v3/demo/gadgets"}, "乙"},
		{[]string{"GET /v3/demo/gadgets/{gadget_id}"}, "甲"}, // sources call variables differently
		{[]string{"*"}, "甲 乙 丙 丁"},
		{[]string{"* *"}, "甲 乙 丙 丁"},
		{[]string{"* GADGET.*"}, "丙"},
		{[]string{"PUT /v3/demo/*", "/v3/demo/gadget"}, ""},
		{[]string{"/v3/demo/gadget?"}, ""}, // a star is the only wildcard
	} {
		r, err := input.Collect(input.Open([]string{input.Stdin}, input.From{Stdin: strings.NewReader(facts)}), input.Options{Match: c.match})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, op := range r.Operations {
			got = append(got, op.Title.Value)
		}
		for _, e := range r.Events {
			got = append(got, e.Title.Value)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q finds %v", c.match, got)
		}
		if n := len(got) + len(r.Skipped); n != 4 {
			t.Errorf("%q: %d were chosen, and %q not", c.match, len(got), r.Skipped)
		}
		if c.want == "" && len(r.Unfit) != len(c.match) {
			t.Errorf("%q: only %q are said to fit nothing", c.match, r.Unfit)
		}
	}
}

// TestPageAndFacts: a page comes first, and the catalogue completes it.
func TestPageAndFacts(t *testing.T) {
	dir := folder(t, map[string]string{
		"facts.jsonl": `{"method":"POST","path":"/v3/demo/gadgets","params":[],"request":{"type":"object","required":["a"],` +
			`"properties":{"a":{"type":"string","label":"甲","example":"x"},"b":{"type":"string"}}},"responses":{"204":null},"label":"做"}`,
		"page.md": "# 做小物件\n\n## 接口说明\n\n支持商户：【普通商户】\n\n请求方式：【POST】 `/v3/demo/gadgets`\n\n## 请求参数\n\n### Body 参数\n\n" +
			"| 参数名 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- |\n| a | string(8) | false | 某物 |\n\n## 应答参数\n\n204 No Content\n",
	})
	r, err := input.Collect(input.Open([]string{dir}, input.From{}), input.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Operations) != 1 || r.Documents != 2 {
		t.Fatalf("%d operations of %d documents", len(r.Operations), r.Documents)
	}
	op := r.Operations[0]
	a := op.Body[0]
	got := fmt.Sprint(op.Title.Value, " ", len(op.Body), " ", a.Required.Value, " ", a.MaxLength.Value, " ", a.Label.Value, " ", a.Example.Value)
	if want := "做小物件 1 optional 8 甲 x"; got != want {
		t.Errorf("got %s", got)
	}
	if !strings.Contains(strings.Join(r.Remarks(), "\n"), "the catalogue has a field that no page describes") {
		t.Errorf("nothing tells of b: %v", r.Remarks())
	}
}

// TestSlash: a page whose path ends in a slash is one with the catalogue's
// operation that lacks it, whichever of them is asked for.
func TestSlash(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.md":    "做小物件\n\n## 接口说明\n\n支持商户：【普通商户】\n\n请求方式：【POST】 `/v3/demo/gadgets/`\n\n## 应答参数\n\n204 No Content\n\n无应答包体\n",
		"b.jsonl": facts,
	})
	for _, match := range []string{"POST /v3/demo/gadgets", "POST /v3/demo/gadgets/"} {
		r, err := input.Collect(input.Open([]string{dir}, input.From{}), input.Options{Match: []string{match}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, op := range r.Operations {
			got = append(got, op.Path.Value+" "+op.Title.Value)
		}
		if len(got) != 1 || !strings.HasPrefix(got[0], "/v3/demo/gadgets/ ") {
			t.Errorf("%s finds %q", match, got)
		}
	}
}
