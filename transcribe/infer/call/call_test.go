package call_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/infer/call"
)

// show writes calls, one fact a line, each with the text that stands at its
// offset.
func show(text string, calls []call.Call) []string {
	var out []string
	at := func(offset int) string {
		rest := text[offset:]
		return string([]rune(rest)[:min(4, len([]rune(rest)))])
	}
	for _, c := range calls {
		out = append(out, strings.Join(strings.Fields("call "+c.Method+" "+c.Host), " "))
		for _, s := range c.Path {
			out = append(out, "/"+s.Text+" @"+at(s.Offset))
		}
		for _, q := range c.Query {
			out = append(out, "?"+q.Name+"="+q.Text+" @"+at(q.Offset))
		}
		for _, h := range c.Headers {
			out = append(out, h.Name+": "+h.Text)
		}
		for _, p := range c.Parts {
			switch {
			case p.File:
				out = append(out, "part "+p.Name+" file")
			case p.Body != nil:
				out = append(out, fmt.Sprintf("part %s %s @%s", p.Name, p.Body.Value.Members[0].Name, at(p.Body.At(p.Body.Value.Members[0].Value.Offset))))
			default:
				out = append(out, "part "+p.Name+" "+p.Text)
			}
		}
		for _, b := range c.Body {
			for _, m := range b.Value.Members {
				out = append(out, fmt.Sprintf("body %s=%s @%s", m.Name, m.Value.Text, at(b.At(m.Value.Offset))))
			}
		}
	}
	return out
}

func TestRead(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"curl with a query", "curl -X GET \\\n  https://api.mch.weixin.qq.com/v3/gadgets/G%201?limit=5&at=2020-01-02T03:04:05+08:00 \\\n  -H \"Authorization: X mchid=\\\"19\\\"\"\n",
			[]string{"call GET api.mch.weixin.qq.com", "/v3 @v3/g", "/gadgets @gadg", "/G 1 @G%20", "?limit=5 @5&at", "?at=2020-01-02T03:04:05+08:00 @2020", `Authorization: X mchid="19"`}},
		{"curl with a body over lines", "curl -X POST \\\n  https://a.b/v3/gadgets \\\n  -d '{\n    \"name\" : \"it's\",\n    \"n\" : 1\n  }'\n",
			[]string{"call POST a.b", "/v3 @v3/g", "/gadgets @gadg", `body name=it's @"it'`, "body n=1 @1\n  "}},
		{"curl on one line", `curl -X POST \ https://a.b/v3/x \ -H "Accept: application/json" \ -d '{ "a" : 1 }'`,
			[]string{"call POST a.b", "/v3 @v3/x", "/x @x \\ ", "Accept: application/json", "body a=1 @1 }'"}},
		{"escaped body", `curl https://a.b/v3/x --data-raw="{\"a\":\"b\"}"`,
			[]string{"call a.b", "/v3 @v3/x", "/x @x --", `body a=b @"b\"`}},
		{"body with lost quotes", "curl -XPOST 'https://a.b/v3/x' -d {\"a\": 1,\n \"b\": 2}",
			[]string{"call POST a.b", "/v3 @v3/x", "/x @x' -", "body a=1 @1,\n ", "body b=2 @2}"}},
		{"form", "curl -X POST \\\n https://a.b/v3/x \\\n -F file=@\"/path/f\" \\\n -F meta='{ \"filename\": \"f.png\" };type=application/json' \\\n -F kind=A\n",
			[]string{"call POST a.b", "/v3 @v3/x", "/x @x \\\n", "part file file", `part meta filename @"f.p`, "part kind A"}},
		{"two commands", "curl https://a.b/v3/x\ncurl https://a.b/v3/y",
			[]string{"call a.b", "/v3 @v3/x", "/x @x\ncu", "call a.b", "/v3 @v3/y", "/y @y"}},
		{"address alone", "https://a.b/v3/gadgets?offset=10\n    &limit=20\n\n{\n示例\n}",
			[]string{"call a.b", "/v3 @v3/g", "/gadgets @gadg", "?offset=10 @10\n ", "?limit=20 @20\n\n"}},
		{"path alone", "GET /v3/gadgets/1?a=b", []string{"call GET", "/v3 @v3/g", "/gadgets @gadg", "/1 @1?a=", "?a=b @b"}},
		{"address and document", "POST https://a.b/v3/x\n{\"u\": \"https://c.d/e\"}",
			[]string{"call POST a.b", "/v3 @v3/x", "/x @x\n{\"", `body u=https://c.d/e @"htt`}},
		{"document alone", "{\"a\": 1}", []string{"call", "body a=1 @1}"}},
		{"raw form", "POST /v3/x HTTP/1.1\nContent-Type: multipart/form-data;boundary=b\n\n--b\nContent-Disposition: form-data; name=\"meta\";\nContent-Type: application/json\n\n{ \"filename\": \"f\" }\n--b\nContent-Disposition: form-data; name=\"file\"; filename=\"f\";\n\nbytes\n--b--",
			[]string{"call POST", "/v3 @v3/x", "/x @x HT", "Content-Type: multipart/form-data;boundary=b", `part meta filename @"f" `, "part file file"}},
		{"nothing", "请求示例", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(test.text, call.Read(test.text))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Hostile texts take time that grows with their length and no faster: else
// this test would not end.
func TestHostile(t *testing.T) {
	const n = 1 << 20
	for name, unit := range map[string]string{
		"words": "a ", "quotes": "'", "braces": "={", "bodies": " -d '{", "escapes": `\"`, "urls": "https://a.b/c?d=e&", "curls": "curl ",
		"parts": "form-data; name=a\n", "lines": "/v3/a?b=c\n", "headers": "A-B: c\n", "queries": "\n&a=b",
	} {
		for _, prefix := range []string{"", "curl "} {
			t.Run(prefix+name, func(*testing.T) { call.Read(prefix + strings.Repeat(unit, n/len(unit))) })
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"curl -X POST https://a.b/v3/x?y=%20z -d '{\"a\": \"it's\"}' -F meta='{\"b\":1};type=x' -F f=@g",
		`curl -H "A-B: c\"d" --data-raw="{\"a\":1}" \ x`, "GET /v3/a\n &b=c", "form-data; name=\"a\"\n\n{\"b\":1}\n--",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		check := func(offset int) {
			if offset < 0 || offset > len(text) {
				t.Fatalf("offset %d of %d", offset, len(text))
			}
		}
		for _, c := range call.Read(text) {
			check(c.Start())
			for _, list := range [][]call.Value{c.Path, c.Query, c.Headers} {
				for _, v := range list {
					check(v.Offset)
				}
			}
			for _, p := range c.Parts {
				check(p.Offset)
				if p.Body != nil {
					check(p.Body.At(p.Body.Offset))
					check(p.Body.At(p.Body.End))
				}
			}
			for _, b := range c.Body {
				check(b.At(b.Offset))
				check(b.At(b.End))
			}
		}
	})
}
