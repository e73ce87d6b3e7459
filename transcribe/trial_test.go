package transcribe_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/page"
)

// The trial reads copies of the doc centre, which are no part of this
// repository. WXGEN_DOCS names a folder with pages whose files bear the page's
// number (4012345678.md, 4012345678_1700000000.html); an index.json gives
// dates to pages that have none. WXGEN_CATALOGUE names a folder with
// limits.jsonl and errors.jsonl, facts that another program read of the same
// pages. What differs is logged, by kinds.

// copies are the pages of a folder: number → shape → page. Pages that were
// refused are nil.
type copies map[string]map[string]*page.Page

var number = regexp.MustCompile(`^(\d{8,})`)

func readDocs(t *testing.T) copies {
	t.Helper()
	root := os.Getenv("WXGEN_DOCS")
	if root == "" {
		t.Skip("WXGEN_DOCS names no folder with pages")
	}
	var files []string
	dates := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch ext := filepath.Ext(path); {
		case err != nil:
			return err
		case d.IsDir():
		case d.Name() == "index.json":
			return indexDates(path, dates)
		case (ext == ".md" || ext == ".html") && number.MatchString(d.Name()):
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(files)
	all := copies{}
	refused := map[string]int{}
	operations, events := 0, 0
	begun := time.Now()
	for _, file := range files {
		p, why := readDoc(t, file, dates)
		shape := filepath.Ext(file)
		if p == nil {
			refused[shape+" "+why]++
		} else {
			operations, events = operations+len(p.Operations), events+len(p.Events)
		}
		n := number.FindString(filepath.Base(file))
		if all[n] == nil {
			all[n] = map[string]*page.Page{}
		}
		all[n][shape] = p
	}
	t.Logf("%d files in %v: %d operations, %d notifications", len(files), time.Since(begun).Round(time.Millisecond), operations, events)
	for why, n := range refused {
		t.Logf("refused %d: %s", n, why)
	}
	return all
}

func readDoc(t *testing.T, file string, dates map[string]string) (*page.Page, string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	opts := transcribe.Options{}
	if date := dates[number.FindString(filepath.Base(file))]; date != "" {
		opts.Updated = page.Said(date, page.Pos{File: "index.json"})
	}
	p, err := transcribe.Read(file, data, opts)
	var refusal *transcribe.Refusal
	switch {
	case errors.As(err, &refusal):
		return nil, refusal.Why
	case err != nil:
		return nil, "error: " + err.Error()
	}
	return p, ""
}

// indexDates adds the dates of an index: page number → YYYY-MM-DD, as in China.
func indexDates(file string, dates map[string]string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var index struct {
		Nodes []struct{ DocID, UpdateTime string }
	}
	if err := json.Unmarshal(data, &index); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	for _, n := range index.Nodes {
		if seconds, err := strconv.ParseInt(n.UpdateTime, 10, 64); err == nil {
			dates[n.DocID] = time.Unix(seconds, 0).In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly)
		}
	}
	return nil
}

// facts are all facts of a page, by a path.
type facts map[string]string

func factsOf(p *page.Page) facts {
	f := facts{}
	for i, op := range p.Operations {
		at := fmt.Sprintf("operation %d", i)
		f.op(at, op)
		f.fields(at+" request", append(append([]*page.Field{}, op.Parameters...), op.Body...))
		for _, a := range op.Answers {
			answer := fmt.Sprintf("%s answer %d", at, a.Status.Value)
			f[answer+" #empty"] = fmt.Sprint(a.Empty.Value, a.Stream.Value)
			f.fields(answer, a.Fields)
		}
	}
	for i, e := range p.Events {
		at := fmt.Sprintf("event %d", i)
		f[at+" #types"] = fmt.Sprint(enum(e.Types))
		f[at+" #original"] = e.OriginalType.Value
		f[at+" #examples"] = fmt.Sprint(len(e.Examples), len(e.Decrypted))
		f.fields(at+" envelope", e.Envelope)
		f.fields(at+" resource", e.Resource)
	}
	return f
}

func (f facts) op(at string, op *page.Operation) {
	f[at+" #method"], f[at+" #path"] = op.Method.Value, op.Path.Value
	f[at+" #roles"] = fmt.Sprint(valuesOf(op.Roles))
	f[at+" #hosts"] = fmt.Sprint(valuesOf(op.Hosts))
	var rates, rows []string
	for _, r := range op.RateLimits {
		rates = append(rates, fmt.Sprint(r.Value))
	}
	for _, r := range op.Errors {
		rows = append(rows, fmt.Sprint(r.Status.Value, " ", r.Code.Value))
	}
	f[at+" #rates"], f[at+" #errors"] = fmt.Sprint(rates), fmt.Sprint(rows)
	f[at+" #flags"] = fmt.Sprint(op.Idempotent.Value, op.Multipart.Value)
}

func (f facts) fields(at string, fields []*page.Field) {
	page.Walk(fields, func(path string, d *page.Field) {
		at := at + " " + path
		f[at] = "field"
		f[at+" #label"] = d.Label.Value
		f[at+" #type"] = string(d.Type.Value + "/" + d.Items.Value)
		f[at+" #place"] = string(d.Place.Value)
		f[at+" #need"] = string(d.Required.Value)
		f[at+" #bounds"] = fmt.Sprint(d.MinLength.Value, d.MaxLength.Value, d.MinItems.Value, d.MaxItems.Value, d.Minimum.Value, d.Maximum.Value)
		f[at+" #marks"] = fmt.Sprint(d.Time.Value, d.Secret.Value, d.JSON.Value, d.Default.Value)
		f[at+" #enum"] = fmt.Sprint(enum(d.Enum))
	})
}

func valuesOf(list []page.Fact[string]) []string {
	var all []string
	for _, v := range list {
		all = append(all, v.Value)
	}
	sort.Strings(all)
	return all
}

func enum(list []page.EnumValue) []string {
	var all []string
	for _, v := range list {
		all = append(all, v.Value.Value)
	}
	sort.Strings(all)
	return all
}

// differences counts what differs by kinds, with some of each.
type differences struct {
	kinds map[string]int
	some  map[string][]string
}

func (d *differences) note(kind, what string) {
	if d.kinds == nil {
		d.kinds, d.some = map[string]int{}, map[string][]string{}
	}
	d.kinds[kind]++
	if len(d.some[kind]) < 5 {
		d.some[kind] = append(d.some[kind], what)
	}
}

func (d *differences) log(t *testing.T) {
	t.Helper()
	var kinds []string
	for kind := range d.kinds {
		kinds = append(kinds, kind)
	}
	sort.Slice(kinds, func(i, j int) bool { return d.kinds[kinds[i]] > d.kinds[kinds[j]] })
	for _, kind := range kinds {
		t.Logf("%5d %s", d.kinds[kind], kind)
		for _, what := range d.some[kind] {
			t.Logf("        %s", what)
		}
	}
}

// TestTrialCopies compares Markdown and HTML of the same page of the same day.
func TestTrialCopies(t *testing.T) {
	var d differences
	pages, total, different := 0, 0, 0
	for n, shapes := range readDocs(t) {
		md, served := shapes[".md"], shapes[".html"]
		if md == nil || served == nil || md.Updated.Value != served.Updated.Value {
			continue
		}
		pages++
		a, b := factsOf(md), factsOf(served)
		total += len(a)
		for at, value := range a {
			other, ok := b[at]
			_, attribute, of := strings.Cut(at, " #")
			switch {
			case ok && other == value:
			case ok:
				different++
				d.note("differs: "+attribute, n+" "+at+": "+value+" | "+other)
			case !of:
				d.note("only in Markdown", n+" "+at)
			}
		}
		for at := range b {
			if _, ok := a[at]; !ok && !strings.Contains(at, " #") {
				d.note("only in HTML", n+" "+at)
			}
		}
	}
	t.Logf("%d pages of the same day in both shapes, %d facts, %d differ", pages, total, different)
	d.log(t)
	if different*1000 > total {
		t.Errorf("more than one fact in a thousand differs")
	}
}

var centre = regexp.MustCompile(`(?:merchant|partner)/\d{8}`) // a page of the doc centre

// TestTrialCatalogue compares the Markdown pages with the catalogue.
func TestTrialCatalogue(t *testing.T) {
	folder := os.Getenv("WXGEN_CATALOGUE")
	if folder == "" {
		t.Skip("WXGEN_CATALOGUE names no folder with limits.jsonl and errors.jsonl")
	}
	ours := map[string][]*page.Operation{}
	for _, shapes := range readDocs(t) {
		if md := shapes[".md"]; md != nil {
			for _, op := range md.Operations {
				ours[page.Key(op.Method.Value, op.Path.Value)] = append(ours[page.Key(op.Method.Value, op.Path.Value)], op)
			}
		}
	}
	var d differences
	total := 0
	eachLine(t, filepath.Join(folder, "limits.jsonl"), func(line []byte) {
		var l limits
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		if ops := ours[page.Key(l.Method, l.Path)]; ops != nil && centre.MatchString(l.Source) {
			total += l.compare(ops, &d)
		}
	})
	eachLine(t, filepath.Join(folder, "errors.jsonl"), func(line []byte) {
		var l limits
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		if ops := ours[page.Key(l.Method, l.Path)]; ops != nil {
			total += l.compareErrors(ops, &d)
		}
	})
	t.Logf("%d facts of the catalogue", total)
	d.log(t)
}

func eachLine(t *testing.T, file string, do func([]byte)) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		do(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// limits is a line of the catalogue.
type limits struct {
	Method, Path, Source string
	Fields, Response     map[string]limit
	Errors               []struct {
		Status int
		Code   string
	}
}

type limit struct {
	Type, In string
	Required any // true, false, or a word where pages differ
	Max      *int64
	Enum     []string
	Text     []string `json:"enum_text"`
}

func (l *limits) compare(ops []*page.Operation, d *differences) (total int) {
	name := page.Key(l.Method, l.Path)
	request, answer := map[string][]*page.Field{}, map[string][]*page.Field{}
	for _, op := range ops {
		collect(request, append(append([]*page.Field{}, op.Parameters...), op.Body...))
		for _, a := range op.Answers {
			collect(answer, a.Fields)
		}
	}
	total += compareFields(name+" request ", l.Fields, request, d)
	return total + compareFields(name+" answer ", l.Response, answer, d)
}

func collect(into map[string][]*page.Field, fields []*page.Field) {
	page.Walk(fields, func(path string, f *page.Field) { into[path] = append(into[path], f) })
}

// compareFields compares with all pages at once: the catalogue has merged
// them, so that one of them has to agree.
func compareFields(at string, theirs map[string]limit, ours map[string][]*page.Field, d *differences) (total int) {
	for path := range ours {
		if _, ok := theirs[path]; !ok {
			d.note("only here", at+path)
		}
	}
	for path, l := range theirs {
		fields := ours[path]
		if fields == nil {
			d.note("only in the catalogue", at+path)
			continue
		}
		check := func(kind, want string, get func(*page.Field) string) {
			if want == "" {
				return
			}
			total++
			var got []string
			for _, f := range fields {
				if got = append(got, get(f)); got[len(got)-1] == want {
					return
				}
			}
			d.note(kind, fmt.Sprintf("%s%s: %s, here %v", at, path, want, got))
		}
		check("type", l.Type, func(f *page.Field) string { return string(f.Type.Value) })
		check("place", l.In, func(f *page.Field) string { return string(f.Place.Value) })
		if need, ok := l.Required.(bool); ok {
			check("required", fmt.Sprint(need), func(f *page.Field) string { return fmt.Sprint(f.Required.Value == page.Required) })
		}
		if l.Max != nil {
			check("max", fmt.Sprint(*l.Max), func(f *page.Field) string { return fmt.Sprint(f.MaxLength.Value) })
		}
		values := append(append([]string{}, l.Enum...), l.Text...)
		sort.Strings(values)
		if len(values) > 0 {
			check("enum", fmt.Sprint(values), func(f *page.Field) string { return fmt.Sprint(enum(f.Enum)) })
		}
	}
	return total
}

func (l *limits) compareErrors(ops []*page.Operation, d *differences) (total int) {
	theirs, ours := map[string]int{}, map[string]int{}
	for _, e := range l.Errors {
		theirs[fmt.Sprint(e.Status, " ", e.Code)]++
		total++
	}
	for _, op := range ops {
		count := map[string]int{}
		for _, e := range op.Errors {
			row := fmt.Sprint(e.Status.Value, " ", e.Code.Value)
			count[row]++
			ours[row] = max(ours[row], count[row])
		}
	}
	for row, n := range theirs {
		if ours[row] < n {
			d.note("error rows more in the catalogue", fmt.Sprintf("%s %s: %d, here %d", page.Key(l.Method, l.Path), row, n, ours[row]))
		}
	}
	for row, n := range ours {
		if theirs[row] < n {
			d.note("error rows more here", fmt.Sprintf("%s %s: %d, in the catalogue %d", page.Key(l.Method, l.Path), row, n, theirs[row]))
		}
	}
	return total
}
