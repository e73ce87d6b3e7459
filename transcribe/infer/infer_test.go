package infer_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/infer"
	"github.com/wxgen/wxgen/transcribe/page"
)

// The pages of these tests are made by hand: no product has gadgets.

func at(line, col int) page.Pos { return page.Pos{File: "page", Line: line, Col: col} }

// field makes a field from name, type and its members: "parts array[object]".
func field(text string, members ...*page.Field) *page.Field {
	name, kind, _ := strings.Cut(text, " ")
	f := &page.Field{Name: page.Said(name, at(1, 1)), Fields: members}
	kind, items, _ := strings.Cut(strings.TrimSuffix(kind, "]"), "[")
	if kind != "" {
		f.Type = page.Said(page.Type(kind), at(1, 2))
	}
	if items != "" {
		f.Items = page.Said(page.Type(items), at(1, 3))
	}
	return f
}

func in(place page.Place, fields ...*page.Field) []*page.Field {
	for _, f := range fields {
		f.Place = page.Said(place, at(1, 4))
	}
	return fields
}

func with(f *page.Field, change func(*page.Field)) *page.Field {
	change(f)
	return f
}

func folded(f *page.Field) { f.Folded = true }

func enum(values ...string) func(*page.Field) {
	return func(f *page.Field) {
		for _, v := range values {
			f.Enum = append(f.Enum, page.EnumValue{Value: page.Said(v, at(1, 5))})
		}
	}
}

func operation(method, path string) *page.Operation {
	return &page.Operation{Method: page.Said(method, at(1, 1)), Path: page.Said(path, at(1, 1))}
}

func answer(fields []*page.Field, examples ...string) *page.Answer {
	a := &page.Answer{Fields: fields}
	for _, e := range examples {
		a.Examples = append(a.Examples, page.Example{Text: e, Pos: at(10, 1)})
	}
	return a
}

func complete(op *page.Operation) *page.Page {
	p := &page.Page{File: "page", Operations: []*page.Operation{op}}
	infer.Complete(p)
	return p
}

// show writes fields, one a line: path, type, what is inferred and from where.
func show(fields []*page.Field) []string {
	var out []string
	page.Walk(fields, func(path string, f *page.Field) {
		text := path + " " + string(f.Type.Value)
		if f.Items.Known() {
			text += "[" + string(f.Items.Value) + "]"
		}
		if f.Name.From != page.Stated {
			text += " by " + string(f.Name.From)
		} else if f.Type.From != page.Stated {
			text += " type by " + string(f.Type.From)
		}
		for _, v := range f.Enum {
			text += " " + v.Value.Value
			if v.Value.From != page.Stated {
				text += "(" + string(v.Value.From) + ")"
			}
		}
		if f.Example.Known() {
			text += " e.g. " + f.Example.Value
		}
		if f.JSON.Value {
			text += " JSON"
		}
		if f.Time.Value {
			text += " time"
		}
		out = append(out, text)
	})
	return out
}

func findings(p *page.Page) []string {
	var out []string
	for _, f := range p.Findings {
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

// TestMembersBesideTheirArray: the page lists the members of an array in an
// object as members of the object.
func TestMembersBesideTheirArray(t *testing.T) {
	op := operation("GET", "/v3/gadgets")
	op.Answers = []*page.Answer{answer([]*page.Field{
		field("price object", field("total integer"), field("from array[object]"), field("account string"), field("price integer"), field("unit string")),
		field("gifts array[object]", field("id string"), field("price integer"), field("parts array[object]"), field("size integer"), field("price integer")),
	}, `{"price": {"total": 9, "from": [{"account": "A", "price": 4}], "unit": "CNY"},
 "gifts": [{"id": "G", "price": 1, "parts": [{"size": 2, "price": 3}]}]}`)}
	p := complete(op)
	diff(t, "fields", []string{
		"price object",
		"price.total integer e.g. 9",
		"price.from array[object]",
		"price.from.account string e.g. A",
		"price.from.price integer e.g. 4",
		"price.unit string e.g. CNY",
		"gifts array[object]",
		"gifts.id string e.g. G",
		"gifts.price integer e.g. 1",
		"gifts.parts array[object]",
		"gifts.parts.size integer e.g. 2",
		"gifts.parts.price integer e.g. 3",
	}, show(op.Answers[0].Fields))
	diff(t, "findings", []string{
		"page:1:1: inferred: GET /v3/gadgets: answer.price: the page lists members beside their objects: they were put below them with the help of the example (compare with another copy of the page)",
		"page:1:1: inferred: GET /v3/gadgets: answer.gifts: the page lists members beside their objects: they were put below them with the help of the example (compare with another copy of the page)",
	}, findings(p))
}

// TestMembersBesideTheirArrayOfARequest: without an example of the request,
// the answer's tells where members belong, but nothing else.
func TestMembersBesideTheirArrayOfARequest(t *testing.T) {
	op := operation("POST", "/v3/gadgets")
	op.Body = in(page.Body,
		field("price object", field("total integer"), field("from array[object]"), field("account string"), field("price integer"), field("unit string")),
		field("size object"), field("account string"), field("account string"),
	)
	op.Answers = []*page.Answer{answer([]*page.Field{field("price object", field("total integer"))},
		`{"price": {"total": 9, "from": [{"account": "A", "price": 4}], "unit": "CNY"}, "size": {"account": "B"}}`)}
	p := complete(op)
	diff(t, "fields", []string{
		"price object",
		"price.total integer",
		"price.from array[object]",
		"price.from.account string",
		"price.from.price integer",
		"price.unit string",
		"size object",
		"account string",
	}, show(op.Body))
	for _, want := range []string{
		"inferred: POST /v3/gadgets: request.price: the page lists members beside their objects: they were put below them with the help of the example of the answer (compare",
		"contradiction: POST /v3/gadgets: account: the page describes this field twice; the first counts",
	} {
		if !strings.Contains(strings.Join(findings(p), "\n"), want) {
			t.Errorf("no finding %s among %q", want, findings(p))
		}
	}
}

// TestCiphertext: what a sensitive field is on the way is no example of it.
func TestCiphertext(t *testing.T) {
	sealed := base64.StdEncoding.EncodeToString(make([]byte, 256))
	secret := func(f *page.Field) { f.Secret, f.MaxLength = page.Said(true, at(1, 6)), page.Said(int64(8), at(1, 7)) }
	op := operation("GET", "/v3/gadgets")
	op.Answers = []*page.Answer{answer([]*page.Field{with(field("owner string"), secret), with(field("maker string"), secret), field("key string")},
		fmt.Sprintf(`{"owner": "%s", "maker": "小", "key": "%s"}`, sealed, sealed))}
	p := complete(op)
	diff(t, "fields", []string{"owner string", "maker string e.g. 小", "key string e.g. " + sealed}, show(op.Answers[0].Fields))
	diff(t, "findings", []string{"page:10:11: doubt: GET /v3/gadgets: answer.owner: the example is ciphertext (it is left out)"}, findings(p))
}

// TestTextsWithBackslashes: a page may show a document in a text with one
// level of backslashes too many.
func TestTextsWithBackslashes(t *testing.T) {
	op := operation("GET", "/v3/gadgets")
	op.Answers = []*page.Answer{answer([]*page.Field{field("days string"), field("sizes string"), field("name string")},
		`{"days": "[\\\"2017-10-28\\\",\\\"长期\\\"]", "sizes": "[1,2]", "name": "[大]"}`)}
	complete(op)
	diff(t, "fields", []string{`days string e.g. ["2017-10-28","长期"] JSON`, "sizes string e.g. [1,2]", "name string e.g. [大]"}, show(op.Answers[0].Fields))
}

func TestFoldedMembersComeFromTheExample(t *testing.T) {
	op := operation("GET", "/v3/gadgets")
	op.Answers = []*page.Answer{answer([]*page.Field{
		field("id string"), with(field("parts array[object]"), folded),
	}, "{\n  \"id\" : \"G1\",\n  \"parts\" : [\n    {\n      \"size\" : 1,\n      \"made_at\" : \"2020-01-02T03:04:05+08:00\",\n      \"maker\" : { \"name\" : \"小\" }\n    }\n  ]\n}")}
	p := complete(op)
	diff(t, "fields", []string{
		"id string e.g. G1",
		"parts array[object]",
		"parts.size integer by example e.g. 1",
		"parts.made_at string by example e.g. 2020-01-02T03:04:05+08:00 time",
		"parts.maker object by example",
		"parts.maker.name string by example e.g. 小",
	}, show(op.Answers[0].Fields))
	diff(t, "findings", []string{
		"page:14:7: inferred: GET /v3/gadgets: answer.parts: 3 members from the example (look at another copy of the page for what is required)",
	}, findings(p))
	size := page.Find(op.Answers[0].Fields, "parts.size")
	if size.Required.Known() || size.Example.Pos != at(14, 16) {
		t.Errorf("required %v, example at %v", size.Required, size.Example.Pos)
	}
}

const program = `public class X {
  public ListResponse run(ListRequest request) { }
  public static class ListRequest {
    @SerializedName("kind")
    @Expose(serialize = false)
    public Kind kind;
    @SerializedName("secret_door")
    public String door;
  }
  public static class ListResponse {
    @SerializedName("data")
    public List<Gadget> data;
    @SerializedName("total")
    public Long total;
  }
  public static class Gadget {
    @SerializedName("id")
    public String id;
    @SerializedName("color")
    public Color color;
    @SerializedName("box")
    public Box box;
    @SerializedName("count")
    public Long count;
  }
  public static class Box {
    @SerializedName("inner")
    public Box inner;
    @SerializedName("shade")
    public List<Color> shade;
  }
  public enum Kind {
    @SerializedName("A")
    A,
    @SerializedName("B")
    B
  }
  public enum Color {
    @SerializedName("RED")
    RED,
    @SerializedName("BLUE")
    BLUE
  }
}`

func TestProgramGivesEnumsAndNames(t *testing.T) {
	op := operation("GET", "/v3/gadgets")
	op.Parameters = in(page.Query, with(field("kind string"), enum("A", "B")))
	op.Samples = []page.Example{{Lang: "java", Text: program, Pos: at(100, 1)}}
	op.Answers = []*page.Answer{answer([]*page.Field{
		field("data array[object]", field("id string"), field("color string"), with(field("box object"), folded)),
		field("total string"),
	}, `{"data": [{"id": "G1", "color": "GREEN"}], "total": "12"}`)}
	p := complete(op)
	fields := show(op.Answers[0].Fields)
	diff(t, "fields", []string{
		"data array[object]",
		"data.id string e.g. G1",
		"data.color string RED(sample) BLUE(sample) e.g. GREEN",
		"data.box object",
		"data.box.inner object by sample",
	}, fields[:5])
	if !slices.Contains(fields, "data.box.shade array[string] by sample RED(sample) BLUE(sample)") {
		t.Errorf("no shade in %q", fields)
	}
	if last := fields[len(fields)-1]; last != "total string e.g. 12" {
		t.Errorf("last field %q", last)
	}
	for path, want := range map[string]string{"data": "Gadget", "data.color": "Color", "data.box": "Box"} {
		if got := page.Find(op.Answers[0].Fields, path).TypeName; got.Value != want || got.From != page.FromSample {
			t.Errorf("%s: %v", path, got)
		}
	}
	for _, want := range []string{
		"request.secret_door: the sample program has this field, the page does not describe it",
		"answer.data.count: the sample program has this field",
		"answer.data.color: 2 values from the enum Color of the sample program",
		"answer.data.color: the example GREEN is none of the values",
		"answer.total: the page says string, the program at page:112:22 integer (the page counts)",
	} {
		if !strings.Contains(strings.Join(findings(p), "\n"), want) {
			t.Errorf("no finding %q in\n%s", want, strings.Join(findings(p), "\n"))
		}
	}
}

func TestTypes(t *testing.T) {
	tests := []struct {
		name, field, example string
		want, finding        string
	}{
		{"the same", "a string", `{"a": "x"}`, "a string e.g. x", ""},
		{"none in the table", "a", `{"a": true}`, "a boolean type by example e.g. true", "inferred: GET /a: answer.a: the page states no type: boolean from the example"},
		{"text for a number", "a integer", `{"a": "12"}`, "a string type by example e.g. 12", "contradiction: GET /a: answer.a: the page says integer, the example at page:10:7 shows string (the example counts)"},
		{"number for a text", "a string", `{"a": 12}`, "a integer type by example e.g. 12", "contradiction: GET /a: answer.a: the page says string, the example at page:10:7 shows integer (the example counts)"},
		{"a number is an integer", "a number", `{"a": 12}`, "a integer type by example e.g. 12", "inferred: GET /a: answer.a: the page says number, the example at page:10:7 shows an integer"},
		{"a number", "a number", `{"a": 1.5}`, "a number e.g. 1.5", ""},
		{"object for a list", "a array[object]", `{"a": {"b": 1}}`, "a array[object]", "contradiction: GET /a: answer.a: the page says array, the example at page:10:7 shows object (the page counts)"},
		{"elements", "a array", `{"a": ["x", "y"]}`, "a array[string]", "inferred: GET /a: answer.a: elements: the page states no type: string from the example"},
		{"elements of other types", "a array[string]", `{"a": [1]}`, "a array[integer]", "contradiction: GET /a: answer.a: elements: the page says string, the example at page:10:8 shows integer (the example counts)"},
		{"null says nothing", "a integer", `{"a": null}`, "a integer", ""},
		{"a placeholder is no example", "a string", `{"a": "..."}`, "a string", ""},
		{"several types", "a string", `{"a": "x"} {"a": 1}`, "a string e.g. x", "contradiction: GET /a: answer.a: the examples show values of several types"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			op := operation("GET", "/a")
			op.Answers = []*page.Answer{answer([]*page.Field{field(test.field)}, test.example)}
			p := complete(op)
			if got := show(op.Answers[0].Fields)[0]; got != test.want {
				t.Errorf("got %q", got)
			}
			if got := strings.Join(findings(p), "\n"); !strings.Contains(got, test.finding) || (got == "") != (test.finding == "") {
				t.Errorf("findings %q", got)
			}
		})
	}
}

func TestValues(t *testing.T) {
	length := func(low, high int64) func(*page.Field) {
		return func(f *page.Field) { f.MinLength, f.MaxLength = page.Said(low, at(2, 1)), page.Said(high, at(2, 2)) }
	}
	tests := []struct {
		name    string
		field   *page.Field
		example string
		want    string
	}{
		{"in the enum", with(field("a string"), enum("X", "Y")), `{"a": "X"}`, ""},
		{"several of the enum", with(field("a string"), enum("X", "Y")), `{"a": "X|Y"}`, ""},
		{"not in the enum", with(field("a string"), enum("X", "Y")), `{"a": "Z"}`, "contradiction: GET /a: answer.a: the example Z is none of the values at page:1:5"},
		{"elements of the enum", with(field("a array[string]"), enum("X", "Y")), `{"a": ["X", "Z"]}`, "contradiction: GET /a: answer.a: the example Z is none of the values at page:1:5"},
		{"characters are counted", with(field("a string"), length(1, 2)), `{"a": "小物"}`, ""},
		{"too long", with(field("a string"), length(1, 2)), `{"a": "xyz"}`, "contradiction: GET /a: answer.a: the example has 3 characters, the page at page:2:2 allows 2"},
		{"too short", with(field("a string"), length(4, 8)), `{"a": "xyz"}`, "contradiction: GET /a: answer.a: the example has 3 characters, the page at page:2:1 wants 4"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			op := operation("GET", "/a")
			op.Answers = []*page.Answer{answer([]*page.Field{test.field}, test.example)}
			got := strings.Join(findings(complete(op)), "\n")
			if _, what, _ := strings.Cut(got, ": "); what != test.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestNamesThatOneSideHas(t *testing.T) {
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer([]*page.Field{
		with(field("a string"), func(f *page.Field) { f.Required = page.Said(page.Required, at(1, 1)) }),
		field("b string"),
		field("c object", field("d string")),
	}, `{"c": {"e": 1}}`)}
	diff(t, "findings", []string{
		"page:10:8: doubt: GET /a: answer.c.e: the example has this field, the page does not describe it (look at another copy of the page)",
		"page:1:1: gap: GET /a: answer.c.d: not in the example at page:10:2",
		"page:1:1: doubt: GET /a: answer.a: required, but missing in the example at page:10:1",
		"page:1:1: gap: GET /a: answer.b: not in the example at page:10:1",
	}, findings(complete(op)))
}

func TestAnswerWithoutATable(t *testing.T) {
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer(nil, `{"a": 1}`, `{"code": "X", "message": "y"}`)}
	p := complete(op)
	diff(t, "fields", []string{"a integer by example e.g. 1"}, show(op.Answers[0].Fields))
	if len(p.Findings) != 1 {
		t.Errorf("findings %q", findings(p))
	}
}

func TestFailuresAndStrangers(t *testing.T) {
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer([]*page.Field{field("a string")}, "{\"a\": \"x\"}\n{\"code\": \"X\", \"message\": \"y\"}\n{\"z\": 1}")}
	diff(t, "findings", []string{
		"page:12:1: doubt: GET /a: answer: an example that has none of the fields described (see whether it belongs to the operation)",
	}, findings(complete(op)))
}

func TestUnendedMembers(t *testing.T) {
	op := operation("GET", "/a")
	last := with(field("deep object", field("x string"), field("id string"), field("color string"), field("limit integer"), field("id string")), func(f *page.Field) { f.Unended = true })
	first := with(field("data array[object]", field("id string"), field("name string"), last), func(f *page.Field) { f.Unended = true })
	op.Answers = []*page.Answer{answer([]*page.Field{first},
		`{"data": [{"id": "1", "name": "n", "deep": {"x": "y", "id": "2"}, "color": "c"}], "limit": 5, "id": "3"}`)}
	p := complete(op)
	diff(t, "fields", []string{
		"data array[object]",
		"data.id string e.g. 1",
		"data.name string e.g. n",
		"data.deep object",
		"data.deep.x string e.g. y",
		"data.deep.id string e.g. 2",
		"data.color string e.g. c",
		"limit integer e.g. 5",
		"id string e.g. 3",
	}, show(op.Answers[0].Fields))
	if len(p.Findings) != 2 {
		t.Errorf("findings %q", findings(p))
	}
}

func TestGaps(t *testing.T) {
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer([]*page.Field{
		with(field("a object"), folded), field("b array[object]"), field("c array"), field("d"), field("e string"),
	})}
	diff(t, "findings", []string{
		"page:1:1: gap: GET /a: answer.a: this copy of the page lost the members of this object, and no example has them (look at another copy of the page)",
		"page:1:1: gap: GET /a: answer.b: neither the page nor an example tells the members of this object",
		"page:1:1: gap: GET /a: answer.c: neither the page nor an example tells what the array holds",
		"page:1:1: gap: GET /a: answer.d: neither the page nor an example tells the type",
	}, findings(complete(op)))
}

// An enum that a program gives to several fields has the words that the page
// has for it in one of them.
func TestLabelsOfTheSameEnum(t *testing.T) {
	op := operation("GET", "/a")
	op.Parameters = in(page.Query, with(field("kind string"), enum("A", "B")))
	op.Parameters[0].Enum[1].Label = page.Said("乙", at(1, 7))
	op.Samples = []page.Example{{Text: strings.Replace(program, `public String id;`, `public Kind id;`, 1), Pos: at(100, 1)}}
	op.Answers = []*page.Answer{answer([]*page.Field{field("data array[object]", field("id string"))})}
	complete(op)
	values := page.Find(op.Answers[0].Fields, "data.id").Enum
	if len(values) != 2 || values[0].Label.Known() || values[1].Label != page.Said("乙", at(1, 7)) {
		t.Errorf("values %v", values)
	}
}

func TestMembersBesideTheirObject(t *testing.T) {
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer([]*page.Field{
		field("id string"), field("parts"), field("id"), field("size"), field("box"), field("width"), field("unseen"), field("color"), field("total integer"), field("size"),
	}, `{"id": "1", "parts": [{"id": "2", "size": 3, "box": {"width": 4, "depth": 1}, "color": "c"}], "total": 5, "size": 6}`)}
	p := complete(op)
	diff(t, "fields", []string{
		"id string e.g. 1",
		"parts array[object] type by example",
		"parts.id string type by example e.g. 2",
		"parts.size integer type by example e.g. 3",
		"parts.box object type by example",
		"parts.box.width integer type by example e.g. 4",
		"parts.box.unseen  type by ",
		"parts.color string type by example e.g. c",
		"total integer e.g. 5",
		"size integer type by example e.g. 6",
	}, show(op.Answers[0].Fields))
	if got := p.Findings[0].What; !strings.HasSuffix(got, "with the help of the example; 1 fields that it does not show stay with the field before them") {
		t.Errorf("finding %q", got)
	}
}

// A page that describes no members of an object does not lose its siblings.
func TestSiblingsStay(t *testing.T) {
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer([]*page.Field{field("parts array[object]"), field("id string"), field("size integer")},
		`{"parts": [{"id": "2", "size": 3}], "id": "1", "size": 6}`)}
	complete(op)
	diff(t, "fields", []string{
		"parts array[object]",
		"parts.id string by example e.g. 2",
		"parts.size integer by example e.g. 3",
		"id string e.g. 1",
		"size integer e.g. 6",
	}, show(op.Answers[0].Fields))
}

func TestEvent(t *testing.T) {
	e := &page.Event{
		Title:    page.Said("小物件通知", at(1, 1)),
		Envelope: []*page.Field{field("id string"), field("resource object", field("nonce string"))},
		Resource: []*page.Field{field("gadget_id string"), with(field("parts array[object]"), folded)},
		Examples: []page.Example{{Text: `{"id": "E1", "resource": {"nonce": "n"}}`, Pos: at(5, 1)}},
		Decrypted: []page.Example{
			{Text: `{"gadget_id": "G1", "parts": [{"size": 1}]}`, Pos: at(6, 1)},
			{Text: `{"code": "FAIL", "message": "失败"}`, Pos: at(7, 1)},
		},
	}
	p := &page.Page{Events: []*page.Event{e}}
	infer.Complete(p)
	diff(t, "envelope", []string{"id string e.g. E1", "resource object", "resource.nonce string e.g. n"}, show(e.Envelope))
	diff(t, "resource", []string{"gadget_id string e.g. G1", "parts array[object]", "parts.size integer by example e.g. 1"}, show(e.Resource))
	diff(t, "findings", []string{
		"page:6:32: inferred: notification 小物件通知: resource.parts: 1 members from the example (look at another copy of the page for what is required)",
	}, findings(p))
}

// Columns count characters, also behind many of them on one line.
func TestColumns(t *testing.T) {
	text := `{"a": "` + strings.Repeat("小", 5000) + `", "b": "x"}`
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer([]*page.Field{field("a string"), field("b string")}, text)}
	complete(op)
	if got := op.Answers[0].Fields[1].Example.Pos; got != at(10, 5016) {
		t.Errorf("b at %v", got)
	}
}

// Hostile examples take time that grows with their length and no faster: else
// this test would not end.
func TestHostile(t *testing.T) {
	const n = 1 << 20
	var names strings.Builder
	for i := range n / 16 {
		fmt.Fprintf(&names, `"m%d":%d,`, i, i)
	}
	for name, text := range map[string]string{
		"members":  "{" + names.String() + "}",
		"objects":  `{"data":[` + strings.Repeat(`{"a":"b"},`, n/10) + "]}",
		"depth":    strings.Repeat(`{"data":[`, n/9),
		"texts":    `{"data":"` + strings.Repeat("小", n/3) + `"}`,
		"inner":    `{"data":"` + strings.Repeat(`{\"a\":1}`, n/10) + `"}`,
		"programs": strings.Repeat(`class A { @SerializedName("a") public A a; @SerializedName("b") public A b; } A run(A a) `, n/80),
	} {
		t.Run(name, func(t *testing.T) {
			op := operation("GET", "/a")
			op.Samples = []page.Example{{Text: text, Pos: at(1, 1)}}
			op.Requests = op.Samples
			op.Answers = []*page.Answer{answer([]*page.Field{with(field("data array[object]"), folded), with(field("a object"), folded)}, text)}
			if p := complete(op); len(p.Findings) > 2000 {
				t.Errorf("%d findings", len(p.Findings))
			}
		})
	}
}

func FuzzComplete(f *testing.F) {
	f.Add(`{"a": [{"b": "{\"c\":1}"}]}`, "curl https://a.b/v3/gadgets/1?a=b -d '{\"a\":1}'", program)
	f.Fuzz(func(_ *testing.T, document, request, program string) {
		op := operation("POST", "/v3/gadgets/{id}")
		op.Parameters = append(in(page.Path, field("id string")), in(page.Query, field("a"), field("data string"))...)
		op.Body = in(page.Body, with(field("a array[object]"), folded), with(field("b object", field("c string"), field("data string")), func(f *page.Field) { f.Unended = true }))
		op.Requests = []page.Example{{Text: request, Pos: at(3, 1)}}
		op.Samples = []page.Example{{Text: program, Pos: at(4, 1)}}
		op.Answers = []*page.Answer{answer([]*page.Field{with(field("data array[object]"), folded), field("a"), field("total integer")}, document)}
		p := complete(op)
		for _, finding := range p.Findings {
			_ = fmt.Sprint(finding)
		}
	})
}
