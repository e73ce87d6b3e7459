package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// table collects the rows of a call: first the page's, in its order, then
// what the spec has beyond them.
type table struct {
	rows []Row
	at   map[string]int
}

func (t *table) page(part, name, value string, pos page.Pos, from page.Evidence) {
	if value == "" {
		return
	}
	if t.at == nil {
		t.at = map[string]int{}
	}
	if _, twice := t.at[part+" "+name]; twice {
		return
	}
	t.at[part+" "+name] = len(t.rows)
	t.rows = append(t.rows, Row{Part: part, Name: name, Page: value, PageAt: pos.String(), From: from, State: PageOnly})
}

func (t *table) spec(part, name, value string, pos load.Pos) {
	if value == "" {
		return
	}
	i, ok := t.at[part+" "+name]
	if !ok {
		t.rows = append(t.rows, Row{Part: part, Name: name, Spec: value, SpecAt: at(pos), State: SpecOnly})
		return
	}
	row := &t.rows[i]
	row.Spec, row.SpecAt = value, at(pos)
	row.State = Differs
	if sameFacts(row.Page, value) {
		row.State = Same
	}
}

// sameFacts tells whether the spec says all that the page says. It may say
// more, from other pages.
func sameFacts(said, has string) bool {
	parts := strings.Split(has, "; ")
	for part := range strings.SplitSeq(said, "; ") {
		if !slices.Contains(parts, part) {
			return false
		}
	}
	return true
}

func operation(op *page.Operation, spec *load.Operation) Call {
	t := new(table)
	t.head(op)
	t.fields("request", op.Parameters)
	t.fields("request", op.Body)
	for _, a := range op.Answers {
		t.page("answer", "status", strconv.Itoa(a.Status.Value), a.Status.Pos, a.Status.From)
		t.fields("answer", a.Fields)
	}
	for i, row := range op.Errors {
		t.page("errors", fmt.Sprintf("%d. %s", i+1, row.Code.Value), errorText(row.Status.Value, row.Code.Value), row.Code.Pos, row.Code.From)
	}
	c := Call{Name: op.Method.Value + " " + op.Path.Value}
	if spec != nil {
		c.Spec = spec.ID
		t.specHead(spec)
		t.specRequest(spec)
		t.specAnswer(spec)
		t.specErrors(spec)
	}
	c.Rows = t.rows
	return c
}

func (t *table) head(op *page.Operation) {
	t.page("call", "title", op.Title.Value, op.Title.Pos, op.Title.From)
	t.page("call", "date", op.Updated.Value, op.Updated.Pos, op.Updated.From)
	t.page("call", "method and path", strings.TrimSpace(op.Method.Value+" "+op.Path.Value), op.Path.Pos, op.Path.From)
	if len(op.Roles) > 0 {
		t.page("call", "roles", join(op.Roles), op.Roles[0].Pos, op.Roles[0].From)
	}
	for i, l := range op.RateLimits {
		t.page("call", "rate limit "+strconv.Itoa(i+1), fmt.Sprintf("%d in %ds per %s", l.Value.Requests, l.Value.Seconds, l.Value.Per), l.Pos, l.From)
	}
	if op.Idempotent.Known() {
		t.page("call", "idempotent", fmt.Sprint(op.Idempotent.Value), op.Idempotent.Pos, op.Idempotent.From)
	}
}

func (t *table) specHead(op *load.Operation) {
	t.spec("call", "title", op.Summary, op.Pos)
	t.spec("call", "date", op.Source.Updated, op.Pos)
	t.spec("call", "method and path", op.Method+" "+op.Path, op.Pos)
	t.spec("call", "roles", strings.Join(op.Source.Roles, "; "), op.Pos)
	for i, l := range op.RateLimits {
		t.spec("call", "rate limit "+strconv.Itoa(i+1), fmt.Sprintf("%d in %ds per %s", l.Requests, int(l.Period.Seconds()), l.Per), op.Pos)
	}
	if op.Idempotent {
		t.spec("call", "idempotent", "true", op.Pos)
	}
}

func join(facts []page.Fact[string]) string {
	var out []string
	for _, f := range facts {
		out = append(out, f.Value)
	}
	return strings.Join(out, "; ")
}

func (t *table) fields(part string, fields []*page.Field) {
	page.Walk(fields, func(path string, f *page.Field) {
		t.page(part, path, said(f), f.Name.Pos, weakest(f))
	})
}

// weakest is the evidence that a reviewer should know of: a field is as sure
// as the least sure of its name and type.
func weakest(f *page.Field) page.Evidence {
	if f.Type.Known() && f.Type.From != page.Stated {
		return f.Type.From
	}
	return f.Name.From
}

func (t *table) specRequest(op *load.Operation) {
	for _, p := range op.Parameters {
		t.spec("request", p.Name, has(p.Name, p.Schema, p.Required, p.In), p.Pos)
	}
	if op.Body != nil && len(op.Body.Content) > 0 {
		t.specFields("request", "", op.Body.Content[0].Schema, nil)
	}
}

func (t *table) specAnswer(op *load.Operation) {
	resp := op.Success()
	if resp == nil {
		return
	}
	t.spec("answer", "status", resp.Status, resp.Pos)
	if m := load.JSON(resp.Content); m != nil {
		t.specFields("answer", "", m.Schema, nil)
	}
}

func (t *table) specFields(part, prefix string, s *load.Schema, seen []*load.Schema) {
	s = s.Target()
	if slices.Contains(seen, s) {
		return
	}
	seen = append(slices.Clip(seen), s)
	for _, p := range s.Properties {
		t.spec(part, prefix+p.Name, has(p.Name, p.Schema, s.IsRequired(p.Name), ""), p.Pos)
		t.specFields(part, prefix+p.Name+".", p.Schema, seen)
	}
	for _, sub := range append(slices.Clip(s.AllOf), s.Items, s.ContentSchema) {
		if sub != nil {
			t.specFields(part, prefix, sub, seen)
		}
	}
}

func (t *table) specErrors(op *load.Operation) {
	for i, row := range op.Errors {
		t.spec("errors", fmt.Sprintf("%d. %s", i+1, row.Code), errorText(row.Status, row.Code), row.Pos)
	}
}

func errorText(status int, code string) string {
	if status == 0 {
		return code
	}
	return strconv.Itoa(status) + " " + code
}

func event(e *page.Event, name string, spec *load.Operation) Call {
	t := new(table)
	t.page("call", "title", e.Title.Value, e.Title.Pos, e.Title.From)
	t.page("call", "date", e.Updated.Value, e.Updated.Pos, e.Updated.From)
	t.page("call", "original type", e.OriginalType.Value, e.OriginalType.Pos, e.OriginalType.From)
	t.fields("resource", e.Resource)
	c := Call{Name: name}
	if spec != nil {
		c.Spec = spec.ID
		t.spec("call", "title", spec.Summary, spec.Pos)
		t.spec("call", "date", spec.Source.Updated, spec.Pos)
		t.spec("call", "original type", spec.Event.OriginalType, spec.Event.Pos)
		if spec.Event.Resource != nil {
			t.specFields("resource", "", spec.Event.Resource, nil)
		}
	}
	c.Rows = t.rows
	return c
}
