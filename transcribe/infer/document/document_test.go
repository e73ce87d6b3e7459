package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/infer/document"
)

// show writes a value in one line: texts in quotes, other scalars as they are,
// and what is no JSON in angle brackets.
func show(v *document.Value) string {
	more := ""
	if v.Partial {
		more = "…"
	}
	switch v.Kind {
	case document.Object:
		var members []string
		for _, m := range v.Members {
			members = append(members, m.Name+":"+show(m.Value))
		}
		return "{" + strings.Join(members, " ") + more + "}"
	case document.Array:
		var items []string
		for _, item := range v.Items {
			items = append(items, show(item))
		}
		return "[" + strings.Join(items, " ") + more + "]"
	case document.String:
		return fmt.Sprintf("%q", v.Text)
	case document.Null:
		return "null"
	case document.Bare:
		return "<" + v.Text + ">"
	}
	return v.Text
}

func TestRead(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a document", `{"a" : "b", "n": -1.5e3, "t": true, "z": null, "e": {}, "l": [1, "2"]}`,
			[]string{`{a:"b" n:-1.5e3 t:true z:null e:{} l:[1 "2"]}`}},
		{"escapes", `{"a": "q\"\u5c0f\ud83d\ude00\t\/\_"}`, []string{`{a:"q\"小😀\t/_"}`}},
		{"trailing commas", "{\"a\": [1,2,],\n\"b\": 2,\n}", []string{`{a:[1 2] b:2}`}},
		{"comments", "{ // first\n\"a\": 1, /* second */ \"u\": \"http://x/y\" // third\n}", []string{`{a:1 u:"http://x/y"}`}},
		{"a missing comma", "{\"a\": {\"b\":1}\n\"c\": 2}", []string{`{a:{b:1} c:2}`}},
		{"a blank in a name", `{"name " : 1}`, []string{`{name:1}`}},
		{"single and typographic quotes", `{'a': 'b', “c”: “d”}`, []string{`{a:"b" c:"d"}`}},
		{"names without quotes", `{a: 1, b_c: "d"}`, []string{`{a:1 b_c:"d"}`}},
		{"full-width marks", `{"a"："b"，"c"：1}`, []string{`{a:"b" c:1}`}},
		{"ellipses", `{"a": [1, ...], "b": {"c": 1, ……}, ...}`, []string{`{a:[1…] b:{c:1…}…}`}},
		{"a placeholder in place of a document", "{\n  JAVA示例代码\n}", nil},
		{"a placeholder in place of a value", `{"a": 密文, "b": 1}`, []string{`{a:<密文> b:1}`}},
		{"no value", `{"a": , "b": 1}`, []string{`{a:null b:1}`}},
		{"no body", `'无应答包体'`, nil},
		{"an empty document", "{}", []string{"{}"}},
		{"two documents", "成功\n{\"a\":1}\n失败：\n{\"code\":\"X\"}", []string{`{a:1}`, `{code:"X"}`}},
		{"a list", "[\n{\"a\":1}\n]", []string{`[{a:1}]`}},
		{"a heading in brackets is no list", "[示例]\n{\"a\":1}", []string{`{a:1}`}},
		{"variables of a path are none", "/v3/gadgets/{gadget_id}?x={y}", nil},
		{"a text over lines", "{\"a\": \"abc\n  def\", \"b\": 1}", []string{`{a:"abcdef" b:1}`}},
		{"a lost quote", "{\"a\": \"abc,\n \"b\": 1}", []string{`{a:"abc" b:1}`}},
		{"a document in a text", `{"a": "{\"b\":1}"}`, []string{`{a:"{\"b\":1}"}`}},
		{"a document in a text without escapes", `{"a": "{"b":"c"}", "d": 1}`, []string{`{a:"{\"b\":\"c\"}" d:1}`}},
		{"members without an object", `{"a":{ [ "b": "c", "d": 1 ] }, "e": 2}`, []string{`{a:{…} e:2}`}},
		{"a text behind a value", `{"a": "b">` + "\n" + `, "c": 1元}`, []string{`{a:"b" c:<1元>}`}},
		{"cut off", `{"a": {"b": "c`, []string{`{a:{b:"c"…}…}`}},
		{"wrong brackets", `{"a": [1, 2}, "b": 3]`, []string{`{a:[1 2] b:3}`}},
		{"code is no document", "for (int i = 0; i < 3; i++) {\n  String a = b(c);\n}", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, d := range document.Read(test.text) {
				got = append(got, show(d.Value))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestOffsets(t *testing.T) {
	text := "说明 {\"小\": [ {\"b\" : \"x\"} ]} after"
	d := document.Read(text)[0]
	if got := text[d.Offset:d.End]; got != "{\"小\": [ {\"b\" : \"x\"} ]}" {
		t.Errorf("document %q", got)
	}
	m := d.Value.Members[0].Value.Items[0].Members[0]
	if got := text[m.Offset : m.Offset+3]; got != `"b"` {
		t.Errorf("name %q", got)
	}
	if got := text[m.Value.Offset : m.Value.Offset+3]; got != `"x"` {
		t.Errorf("value %q", got)
	}
}

func TestDamagesAreNamed(t *testing.T) {
	d := document.Read("{\"a \": \"b\n\", \"c\": 密}")[0]
	var got []string
	for _, damage := range d.Damages {
		got = append(got, fmt.Sprintf("%d %s", damage.Offset, damage.What))
	}
	want := []string{"1 a name with blanks around it", "9 a text over several lines", "18 a value without quotes"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Hostile texts take time that grows with their length and no faster: else
// this test would not end.
func TestHostile(t *testing.T) {
	const n = 1 << 20
	for name, unit := range map[string]string{
		"brackets": "[", "braces": `{"a":`, "quotes": `"`, "unclosed": `{"a":"`, "lines": "{\"a\":\"\n", "ellipses": "{...",
		"comments": "{/*", "documents": "{}\n", "inner": `{"a":"{"b`, "commas": "{,", "numbers": "[1,", "lists": "\n[",
	} {
		t.Run(name, func(*testing.T) { document.Read(strings.Repeat(unit, n/len(unit))) })
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{"b":"c\u0041"}]}`, "{'a': \"{\"b\":1}\", …}", "{“a”：密文，\n//x\n}", "[\n1,\"2\"]{}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, d := range document.Read(text) {
			if d.Offset < end || d.End <= d.Offset || d.End > len(text) {
				t.Fatalf("document from %d to %d behind %d of %d", d.Offset, d.End, end, len(text))
			}
			end = d.End
			within(t, d.Value, d.Offset, d.End)
		}
	})
}

func within(t *testing.T, v *document.Value, from, to int) {
	if v.Offset < from || v.Offset > to {
		t.Fatalf("value at %d outside of %d to %d", v.Offset, from, to)
	}
	for _, m := range v.Members {
		within(t, m.Value, m.Offset, to)
	}
	for _, item := range v.Items {
		within(t, item, v.Offset, to)
	}
}
