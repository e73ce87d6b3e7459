package spec_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
	"github.com/wxgen/wxgen/transcribe/input"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// seeds are the pages that the project began with, and the specs that people
// wrote of them.
var seeds = []struct {
	file, spec string
	method     string
	path       string
	// differs lists the facts that differ between the draft and the spec of
	// people, each with the reason why the page does not hold it.
	differs []difference
}{
	{"000_*.txt", "payscore/partner.yaml", "GET", "/v3/payscore/partner/servicequotas/service-id/{service_id}", []difference{
		{"answer.quotas[] title", "先享金额列表", "the page labels the list, people labelled one of its items"},
		{"answer.quotas[].* required", "", "this copy lost the members of quotas; the flags are the catalogue's"},
		{"answer.quotas[].* title", "", "this copy lost the members of quotas; the labels are the catalogue's"},
	}},
	{"001_*.txt", "marketing/favor.yaml", "GET", "/v3/marketing/favor/stocks/{stock_id}/items", []difference{
		{"query.* required", "", "the wiki shows the flag as an icon, which this copy lost"},
		{"answer.* required", "", "the wiki shows the flag as an icon, which this copy lost"},
		{"query.limit minimum", "", "no page states it; people set it, and a note says so"},
		{"query.offset minimum", "", "the page states the maximum only; a note says where 0 comes from"},
		{"answer.data[] title", "", "the page labels the list only"},
	}},
	{"002_*.txt", "mchmanage/records.yaml", "GET", "/v3/mch-manage/mch-manage-records/sub-mchid/{sub_mchid}", []difference{
		{"query.limit minimum", "", "no page states it; people set it, and a note says so"},
		{"answer.data[] title", "商户管理记录详情", "the page labels the list, people labelled one of its items"},
		{"answer.data[].limit_ability example", "关闭支付权限,关闭体现权限", "people mended a slip of the page, as a note says, and its comma"},
		{"answer.data[].forbid_submit_reason example", "应平台管理要求,此单据不支持申诉", "this copy made the comma an ASCII one"},
		{"answer.data[].reject_reason example", "身份证信息遮挡,请上传清晰的身份证图片", "this copy made the comma an ASCII one"},
		{"answer document", "…", "the same three values"},
		{"answer.data[].manage_record_type value INVESTIGATE_RECORD label", "功能限制记录", "a slip of the page, as a note says"},
		{"*.manage_record_state value EXPIRED label", "超时未处理", "people shortened what the page says"},
		{"*.manage_record_state value RECOVERED label", "管控已解脱", "people shortened what the page says"},
		{"*.manage_record_state value SUBMITTED label", "已提交要求的材料", "people shortened what the page says"},
		{"*.manage_record_state value UNDER_REVIEW label", "资料已提交", "people took other words of the same sentence"},
		{"query.manage_record_type value INVESTIGATE_RECORD label", "功能限制记录", "a slip of the page, as a note says"},
		{"answer.data[].recover_reason value * label", "", "this copy lost the values; the sample program has them without labels"},
		{"answer.data[].recover_way value * label", "", "this copy lost the values; the sample program has them without labels"},
		{"answer.data[].submit_*_time anyOf", "", "that the time may read 不限制 is said in a sentence only"},
		{"answer.data[].submit_*_time format", "date-time", "that the time may read 不限制 is said in a sentence only"},
		{"answer.data[].submit_*_time example", "2018-06-08T10:34:56+08:00", "that the time may read 不限制 is said in a sentence only"},
		{material + " required", "", "the page shows the material as an example only; the flag is the catalogue's"},
		{material + "* title", "", "the page shows the material as an example only; labels are the catalogue's"},
		{material + "[].field_name title", "字段名称", "the label is the glossary's; people chose another"},
		{material + "[].repeated_field_data*", "", "not in the example of the page; from the catalogue, as a note says"},
		{material + "[].order_interval_check_rule*", "", "not in the example of the page; from the catalogue"},
		{material + "[].time_interval_check_rule*", "", "not in the example of the page; from the catalogue"},
		{material + "[].type value *", "", "the example shows one value of each; the list is the catalogue's"},
		{material + "[].type example", "1", "in the spec it stands at the enum"},
		{material + "[].required value *", "", "the example shows one value of each; the list is the catalogue's"},
		{material + "[].required example", "1", "in the spec it stands at the enum"},
		{material + "[].string_check_rule.validator value *", "", "the example shows one value; the list is the catalogue's"},
		{material + "[].string_check_rule.validator example", "idcard", "in the spec it stands at the enum"},
		{material + "[].file_check_rule.enum_file_exts[] value *", "", "the example shows three values; the list is the catalogue's"},
		{material + "[].file_check_rule.enum_file_exts[] example", "png", "in the spec it stands at the enum"},
		{material + "[].enum_check_rule.enum_values[] example", "大陆居民身份证", "people show a second one of the example"},
	}},
	{"003_*.txt", "marketing/busifavor.yaml", "POST", "/v3/marketing/busifavor/callbacks", []difference{
		{"request.* required", "", "the wiki shows the flag as an icon, which this copy lost"},
		{"answer.* required", "", "the wiki shows the flag as an icon, which this copy lost"},
		{"request.notify_url format", "", "the page says string; that it is an address follows from its name"},
		{"answer.notify_url format", "", "the page says string; that it is an address follows from its name"},
	}},
}

// material is a JSON document in a string, which the page shows and does not
// describe.
const material = "answer.data[].requested_item_info{}.record_fields"

// difference is a fact that differs. A star in its name stands for anything.
type difference struct {
	name  string
	draft string // what the draft says; … stands for what is too long for here
	why   string
}

// seed finds a seed beside the checkout. They are pages of others, and so no
// part of the repository.
func seed(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("../../../shared/seeds", pattern))
	if err != nil || len(found) != 1 {
		t.Skip("the seeds are not beside the checkout")
	}
	return found[0]
}

func read(t *testing.T, files ...string) *input.Read {
	t.Helper()
	r, err := input.Collect(input.Open(files, input.From{Stdin: strings.NewReader("")}), input.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSeedsChangeNothing: over the specs that people wrote, the seeds have
// nothing to add.
func TestSeedsChangeNothing(t *testing.T) {
	for _, s := range seeds {
		t.Run(s.spec, func(t *testing.T) {
			r := read(t, seed(t, s.file))
			result, err := spec.Import(r.Operations, r.Events, spec.Options{Specs: specs.FS})
			if err != nil {
				t.Fatal(err)
			}
			for name, data := range result.Files {
				t.Errorf("%s would change:\n%s", name, spec.Diff(name, result.Before[name], data))
			}
			for _, e := range result.Entries {
				for _, c := range e.Changes {
					t.Logf("%s: %s", e.What, c)
				}
			}
		})
	}
}

// TestSeedsFromNothing: a seed imported into an empty folder gives what people
// wrote, in every fact that the page holds.
func TestSeedsFromNothing(t *testing.T) {
	book, err := spec.ReadBook(specs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range seeds {
		t.Run(s.spec, func(t *testing.T) {
			r := read(t, seed(t, s.file))
			folder := fstest.MapFS{}
			for _, name := range []string{"common.yaml", "glossary.yaml"} {
				data, err := fs.ReadFile(specs.FS, name)
				if err != nil {
					t.Fatal(err)
				}
				folder[name] = &fstest.MapFile{Data: data}
			}
			result, err := spec.Import(r.Operations, r.Events, spec.Options{Specs: folder, Book: book, Package: strings.TrimSuffix(s.spec, ".yaml")})
			if err != nil {
				t.Fatal(err)
			}
			for name, data := range result.Files {
				folder[name] = &fstest.MapFile{Data: data}
			}
			got, want := factsOf(t, folder, s.spec, s.method, s.path), factsOf(t, specs.FS, s.spec, s.method, s.path)
			compareFacts(t, got, want, s.differs)
		})
	}
}

func compareFacts(t *testing.T, got, want map[string]string, differs []difference) {
	t.Helper()
	used := make([]bool, len(differs))
	names := slices.Collect(maps.Keys(want))
	for name := range got {
		if _, ok := want[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if got[name] == want[name] {
			continue
		}
		i := slices.IndexFunc(differs, func(d difference) bool { return d.covers(name, got[name]) })
		if i < 0 {
			t.Errorf("%s: the draft says %q, people wrote %q", name, got[name], want[name])
			continue
		}
		used[i] = true
	}
	for i, d := range differs {
		if !used[i] {
			t.Errorf("%s (%s) is in the table, and does not differ so", d.name, d.why)
		}
	}
}

func (d difference) covers(name, draft string) bool {
	parts := strings.Split(d.name, "*")
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	return regexp.MustCompile("^"+strings.Join(parts, ".*")+"$").MatchString(name) && (d.draft == draft || d.draft == "…")
}

// facts are what a spec says of an operation, by place and kind.
type facts struct {
	out      map[string]string
	glossary map[string]load.Term
	seen     []*load.Schema
}

func factsOf(t *testing.T, fsys fs.FS, file, method, path string) map[string]string {
	t.Helper()
	set, err := load.Load(fsys, file)
	if err != nil {
		t.Fatal(err)
	}
	doc := set.Documents[0]
	for _, op := range doc.Operations {
		if op.Method == method && op.Path == path {
			f := &facts{out: map[string]string{}, glossary: doc.Glossary}
			f.operation(op)
			return f.out
		}
	}
	t.Fatalf("%s has no %s %s", file, method, path)
	return nil
}

func (f *facts) say(at, kind string, v any) {
	if s := fmt.Sprint(v); s != "" && s != "0" && s != "false" && s != "[]" {
		f.out[at+" "+kind] = s
	}
}

func (f *facts) operation(op *load.Operation) {
	f.say("operation", "summary", op.Summary)
	f.say("operation", "updated", op.Source.Updated)
	f.say("operation", "roles", op.Source.Roles)
	f.say("operation", "idempotent", op.Idempotent)
	f.say("operation", "rate limit", op.RateLimits)
	if p := op.Page; p != nil {
		page := *p
		page.Pos = load.Pos{}
		f.say("operation", "page", fmt.Sprintf("%+v", page))
	}
	for _, p := range op.Parameters {
		at := p.In + "." + p.Name
		f.say(at, "required", p.Required)
		if p.Example != nil {
			f.say(at, "example", p.Example.Value)
		}
		f.schema(at, p.Name, p.Schema)
	}
	if op.Body != nil {
		f.media("request", op.Body.Content)
	}
	for _, r := range op.Responses {
		if strings.HasPrefix(r.Status, "2") {
			f.say("answer", "status", r.Status)
			f.media("answer", r.Content)
		}
	}
	for i, row := range op.Errors {
		f.say(fmt.Sprintf("error %02d", i), "row", fmt.Sprintf("%d %s", row.Status, row.Code))
	}
}

func (f *facts) media(at string, content []load.Media) {
	for _, m := range content {
		f.say(at, "media", m.Type)
		for _, e := range m.Examples {
			var s strings.Builder
			flatten(&s, e)
			f.say(at, "document", s.String())
		}
		f.schema(at, "", m.Schema)
	}
}

func (f *facts) schema(at, name string, s *load.Schema) {
	if s == nil {
		return
	}
	t := s.Target()
	title := s.Title
	if title == "" {
		title = t.Title
	}
	if title == "" {
		title = f.glossary[name].Label
	}
	f.say(at, "title", title)
	f.say(at, "type", t.Types)
	f.say(at, "format", t.Format)
	if t.Name == "" {
		f.say(at, "sensitive", s.Sensitive || t.Sensitive)
	}
	for _, l := range []struct {
		kind string
		n    *int64
	}{{"minLength", t.MinLength}, {"maxLength", t.MaxLength}, {"minItems", t.MinItems}, {"maxItems", t.MaxItems}} {
		if l.n != nil {
			f.say(at, l.kind, *l.n)
		}
	}
	for _, l := range []struct {
		kind string
		n    *float64
	}{{"minimum", t.Minimum}, {"maximum", t.Maximum}} {
		if l.n != nil {
			f.out[at+" "+l.kind] = fmt.Sprint(*l.n)
		}
	}
	for _, e := range s.Examples {
		f.say(at, "example", e.Value)
	}
	if len(t.AnyOf) > 0 {
		f.say(at, "anyOf", len(t.AnyOf))
	}
	for _, v := range t.Enum {
		f.out[at+" value "+v.Text] = "listed"
		label, _, _ := strings.Cut(t.EnumDescriptions[v.Text], ": ")
		f.say(at+" value "+v.Text, "label", label)
	}
	if slices.Contains(f.seen, t) {
		return
	}
	f.seen = append(f.seen, t)
	defer func() { f.seen = f.seen[:len(f.seen)-1] }()
	for _, p := range t.Properties {
		below := at + "." + p.Name
		f.say(below, "required", t.IsRequired(p.Name))
		f.schema(below, p.Name, p.Schema)
	}
	f.schema(at+"[]", "", t.Items)
	f.schema(at+"{}", "", t.ContentSchema)
}

func flatten(b *strings.Builder, n *yaml.Node) {
	switch n.Kind {
	case yaml.ScalarNode:
		fmt.Fprintf(b, "%s %q ", n.Tag, strings.Join(strings.Fields(n.Value), ""))
	default:
		b.WriteString("( ")
		for _, c := range n.Content {
			flatten(b, c)
		}
		b.WriteString(") ")
	}
}
