package lint_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/generator/lint"
	"github.com/wxgen/wxgen/generator/load"
)

var update = flag.Bool("update", false, "write what is printed as what is wanted")

// some are findings with whatever a format has to escape.
var some = []lint.Finding{
	{Pos: load.Pos{File: "specs/pay a.yaml", Line: 5, Col: 7}, Rule: "label", Message: "q has no label", Remedy: "write title:, 100% sure"},
	{Pos: load.Pos{File: "specs/商户.yaml"}, Rule: "load", Message: "the file is <large>\nand \"odd\""},
}

// TestFormats compares with testdata/formats.
func TestFormats(t *testing.T) {
	for _, format := range lint.Formats() {
		var got bytes.Buffer
		if err := lint.Write(&got, format, "v1.2.3", some); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join("testdata/formats", format)
		if *update {
			if err := os.WriteFile(name, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s:\n%s", format, diff)
		}
	}
	if err := lint.Write(&bytes.Buffer{}, "xml", "", nil); err == nil {
		t.Error("xml is a format")
	}
}

// TestNothingFound: machines get a document, people nothing.
func TestNothingFound(t *testing.T) {
	for format, want := range map[string]string{"text": "", "github": "", "json": "[]\n"} {
		var got strings.Builder
		if err := lint.Write(&got, format, "", nil); err != nil || got.String() != want {
			t.Errorf("%s: %q, %v", format, got.String(), err)
		}
	}
}

// TestSARIF holds the log against what SARIF 2.1.0 requires of the objects
// that it uses; testdata/sarif.schema.json is an extract in our words.
func TestSARIF(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/sarif.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range [][]lint.Finding{some, nil} {
		var got bytes.Buffer
		if err := lint.Write(&got, "sarif", "", found); err != nil {
			t.Fatal(err)
		}
		log, err := jsonschema.UnmarshalJSON(&got)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(log); err != nil {
			t.Error(err)
		}
	}
}

// TestSARIFRuleIndex: the index of a result leads to its rule.
func TestSARIFRuleIndex(t *testing.T) {
	var got bytes.Buffer
	if err := lint.Write(&got, "sarif", "", some); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
			}
		}
	}
	if err := json.Unmarshal(got.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	for _, res := range log.Runs[0].Results {
		if id := log.Runs[0].Tool.Driver.Rules[res.RuleIndex].ID; id != res.RuleID {
			t.Errorf("%s leads to %s", res.RuleID, id)
		}
	}
}

func TestWriteRules(t *testing.T) {
	var text, asJSON bytes.Buffer
	if err := lint.WriteRules(&text, false); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(text.String(), "\n"); n != len(lint.Rules()) {
		t.Errorf("%d lines for %d rules", n, len(lint.Rules()))
	}
	if err := lint.WriteRules(&asJSON, true); err != nil {
		t.Fatal(err)
	}
	var list []struct{ ID, Says string }
	if err := json.Unmarshal(asJSON.Bytes(), &list); err != nil || len(list) != len(lint.Rules()) {
		t.Error(list, err)
	}
}

func TestWrongOptions(t *testing.T) {
	for _, opts := range []lint.Options{
		{Only: []string{"labels"}},
		{Without: []string{"labels"}},
		{Without: []string{"load"}},
	} {
		if _, err := lint.Run(of("paths: {}\n"), opts); err == nil {
			t.Errorf("%v is taken", opts)
		}
	}
	if _, err := lint.Run(fstest.MapFS{}, lint.Options{}); err == nil {
		t.Error("an empty folder is fine")
	}
}

// TestPhrases: the phrase book is held to the dialect and to the rules for
// texts.
func TestPhrases(t *testing.T) {
	specs := of("paths: {}\n")
	specs["phrases.yaml"] = &fstest.MapFile{Data: []byte("meanings:\n  没了: it is gone\n  坏了: It broke.\n  坏了: It is broken.\nmeaning: {}\n")}
	want := []string{
		`phrases.yaml:1:1: the phrase book: additional properties 'meaning' not allowed (see Phrase book in specs/README.md) [dialect]`,
		`phrases.yaml:2:3: the text "it is gone" does not end with a full stop (end it with a full stop) [full-stop]`,
		`phrases.yaml:2:7: the phrase book at meanings.没了: 'it is gone' does not match pattern '^[A-Z].*\\.$' (see Phrase book in specs/README.md) [dialect]`,
		`phrases.yaml:4:3: 坏了 stands in the phrase book twice (keep one of them) [dialect]`,
	}
	if diff := cmp.Diff(want, texts(run(t, specs, lint.Options{}))); diff != "" {
		t.Error(diff)
	}
	specs["phrases.yaml"].Data = []byte("meanings: [")
	if found := run(t, specs, lint.Options{}); len(found) != 1 || found[0].Rule != "load" {
		t.Error(texts(found))
	}
}

// TestGlossary: the glossary is held to the dialect and to the rules for
// texts, and one that cannot be read is a finding as well.
func TestGlossary(t *testing.T) {
	specs := of("paths: {}\n")
	specs["glossary.yaml"] = &fstest.MapFile{Data: []byte("fields:\n  appid: {label: 应用, description: the app}\n  mchid:\n    lable: 商户号\n")}
	want := []string{
		`glossary.yaml:2:22: the text "the app" does not end with a full stop (end it with a full stop) [full-stop]`,
		`glossary.yaml:2:35: the glossary at fields.appid.description: 'the app' does not match pattern '^[A-Z].*\\.$' (see Glossary in specs/README.md) [dialect]`,
		`glossary.yaml:4:5: the glossary at fields.mchid: additional properties 'lable' not allowed (see Glossary in specs/README.md) [dialect]`,
	}
	if diff := cmp.Diff(want, texts(run(t, specs, lint.Options{}))); diff != "" {
		t.Error(diff)
	}
	specs["glossary.yaml"].Data = []byte("fields: [")
	found := run(t, specs, lint.Options{})
	if len(found) != 1 || found[0].Rule != "load" {
		t.Error(texts(found))
	}
}

// rough writes a spec as a machine makes it of a catalogue: right in form, and
// with little of what the rules want.
func rough(operations int) string {
	var b strings.Builder
	b.WriteString("openapi: 3.1.0\ninfo: {title: rough, version: '1'}\npaths:\n")
	for i := range operations {
		fmt.Fprintf(&b, `  "/v3/a/%d/{id}":
    post:
      operationId: PostA%dById
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: f, in: query, schema: {type: array, items: {type: string, enum: ["1", 中文, a b]}}, example: [x, 5, null]}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [a]
              properties:
                a: {type: [object, "null"], properties: {amount: {type: number}, b: {type: object, properties: {c: {}}}}}
                l: {type: array, items: {type: object, additionalProperties: {type: string}}}
                o: {oneOf: [{$ref: '#/components/schemas/Node'}, {type: string}], x-wx-todo: Which?}
            example: {a: {amount: .nan}, l: [{}, 7], 1: 2, o: 2020-01-01}
          multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}
      responses:
        "200": {description: OK, content: {text/csv: {schema: {type: string}}}}
        "202": {description: OK}
`, i, i)
	}
	b.WriteString("components:\n  schemas:\n    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}}}\n")
	return b.String()
}

// TestRough: what is far from finished gives findings, nothing worse.
func TestRough(t *testing.T) {
	specs := fstest.MapFS{}
	for i := range 8 {
		specs[fmt.Sprintf("rough/r%d.yaml", i)] = &fstest.MapFile{Data: []byte(rough(5))}
	}
	first := texts(run(t, specs, lint.Options{}))
	if len(first) == 0 || strings.Contains(strings.Join(first, "\n"), "[load]") {
		t.Fatal("a rough spec is not looked at:", first)
	}
	if diff := cmp.Diff(first, texts(run(t, specs, lint.Options{}))); diff != "" {
		t.Errorf("findings differ from run to run:\n%s", diff)
	}
}

// FuzzRun: any bytes give findings or an error, never a panic.
func FuzzRun(f *testing.F) {
	f.Add(rough(1))
	cases, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[0].Data) + header)
	}
	f.Fuzz(func(_ *testing.T, spec string) {
		// Whether there is an error does not matter here.
		_, _ = lint.Run(fstest.MapFS{"a/b.yaml": {Data: []byte(spec)}}, lint.Options{})
	})
}
