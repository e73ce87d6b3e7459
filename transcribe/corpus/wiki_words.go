package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// What the shapes of the wiki of 2019 to 2021 share.

// legend are the lines above the parameters. They are no place lines.
var legend = []string{"path 指该参数为路径参数", "query 指该参数需在请求URL传参", "body 指该参数需在请求JSON传参"}

// wikiTitle is a title as the wiki has it.
func wikiTitle(title string) string { return trimAPI(title) + "API" }

// wikiURL is the address that a page of the wiki shows.
func (o *Op) wikiURL(v *Variant) string {
	url := "https://api.mch.weixin.qq.com" + o.written()
	if o.Method == "GET" && o.Query == "" && v.coin() {
		url += "?"
	}
	return url
}

// placed is a field with the word for its place.
type placed struct {
	*Field
	at string
}

// wikiRequest are the fields of a request in the order of its table.
func (o *Op) wikiRequest() []placed {
	var out []placed
	for _, part := range []struct {
		at     string
		fields []*Field
	}{{"path", o.InPath}, {"query", o.InQuery}, {"body", o.Body}} {
		for _, f := range part.fields {
			out = append(out, placed{f, part.at})
		}
	}
	return out
}

// someUnplaced leaves the word for the place away here and there. What is not
// in the path is then in the query of a GET and in the body of the others.
func someUnplaced(fields []placed, v *Variant) []placed {
	for i := range fields {
		if fields[i].at != "path" && v.rng.IntN(9) == 0 {
			fields[i].at = ""
		}
	}
	return fields
}

func unplaced(fields []*Field) []placed {
	var out []placed
	for _, f := range fields {
		out = append(out, placed{f, ""})
	}
	return out
}

// describe are the lines of a description cell: the sentence, then limits,
// values and an example, each on lines of their own.
func (p placed) describe(v *Variant) []string {
	first := []string{p.Says}
	if p.at != "" {
		first[0] = p.at + v.one("", " ") + p.Says
		if v.rng.IntN(9) == 0 {
			first = []string{"", first[0]} // the cell begins with a line break
		}
	}
	lines := append(first, p.rules()...)
	if len(p.Enum) > 0 {
		lines = append(lines, "枚举值：")
		for _, value := range p.Enum {
			lines = append(lines, value.Name+"："+value.Label)
		}
	}
	if eg := p.example(); eg != "" && p.Type != page.Object {
		lines = append(lines, "示例值："+eg)
	}
	return lines
}

// wikiHeld is what the wiki's shapes hold at best: no status but 204, and one
// error table, of which nobody knows what is common in it.
func wikiHeld(t *Truth) *Rendering {
	r := rendering(t)
	for _, op := range r.Held.Operations {
		for i := range op.Errors {
			op.Errors[i].Common = false
		}
		for _, a := range op.Answers {
			if a.Status.Value != 204 {
				a.Status = page.Fact[int]{}
			}
		}
	}
	noItems(t, r.Held)
	forget(r.Held, func(f *page.Field) {
		if f.Type.Value == page.Array && !f.MinItems.Known() {
			f.MinLength, f.MaxLength = page.Fact[int64]{}, page.Fact[int64]{} // the wiki's type is array
		}
	})
	return r
}

// noItems forgets what an array holds whose type is just array, if neither
// members nor an example tell.
func noItems(t *Truth, p *page.Page) {
	seen := shown(t)
	forget(p, func(f *page.Field) {
		if f.Type.Value == page.Array && len(f.Fields) == 0 && !seen[f.Name.Value] {
			f.Items = page.Fact[page.Type]{}
		}
	})
}

// wikiFold forgets members, and with them what arrays hold.
func wikiFold(t *Truth, p *page.Page) {
	fold(t, p, 0)
	noItems(t, p)
}

// noFlags forgets which fields are required; a parameter in the path always is.
func noFlags(p *page.Page) {
	forget(p, func(f *page.Field) {
		if f.Place.Value != page.Path {
			f.Required = page.Fact[page.Need]{}
		}
	})
}

// noData is the answer without a body, as the wiki has it.
func noData(status int) string { return fmt.Sprintf("无数据（HTTP状态码为%d）", status) }

// cells are the cells of an error row that are not merged with the row above.
func (e Err) cells() []string {
	all := []string{fmt.Sprint(e.Status), e.code(), e.Says, e.Solve}
	return all[e.Merge:]
}

// wikiErrors are all rows, in one table.
func (o *Op) wikiErrors() []Err {
	var out []Err
	for _, table := range o.tables() {
		out = append(out, table.rows...)
	}
	return out
}

// deepest is how many levels of members a list of fields has.
func deepest(fields []*Field) int {
	most := 0
	for _, f := range fields {
		if len(f.Kids) > 0 {
			most = max(most, 1+deepest(f.Kids))
		}
	}
	return most
}

func (t *Truth) deepest() int {
	most := 0
	for _, op := range t.Ops {
		most = max(most, deepest(op.Body), deepest(op.Answer.Fields))
	}
	return most
}

// wikiDoc is an example in the wiki's layout.
func wikiDoc(fields []*Field, v *Variant) string {
	l := wikiLayout
	if v.coin() {
		l = tabLayout
	}
	return code(strings.TrimRight(l.document(fields), "\n"))
}
