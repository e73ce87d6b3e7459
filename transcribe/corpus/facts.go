package corpus

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Fact is one thing that a page says, in a form that can be compared.
type Fact struct {
	Kind  string // what sort of fact, for the report
	At    string // of what: an operation, and a field in it
	Value string
}

func (f Fact) String() string { return fmt.Sprintf("%s %s = %s", f.At, f.Kind, f.Value) }

// collector gathers the facts of a page.
type collector struct{ facts []Fact }

func (c *collector) add(kind, at, value string) {
	c.facts = append(c.facts, Fact{kind, at, value})
}

// Facts is all that a page says.
func Facts(p *page.Page) []Fact {
	c := &collector{}
	for _, op := range p.Operations {
		c.operation(p, op)
	}
	for i, e := range p.Events {
		c.event(p, e, fmt.Sprintf("event %d", i+1))
	}
	return c.facts
}

func (c *collector) operation(p *page.Page, op *page.Operation) {
	at := op.Method.Value + " " + op.Path.Value
	c.add("operation", at, at)
	c.title(p, op.Title, op.Updated, at, len(p.Operations) == 1)
	for _, r := range op.Roles {
		c.add("role", at, r.Value)
	}
	for _, r := range op.RateLimits {
		c.add("rate", at, fmt.Sprintf("%d/%ds per %s", r.Value.Requests, r.Value.Seconds, r.Value.Per))
	}
	flag(c, "idempotent", at, op.Idempotent)
	flag(c, "multipart", at, op.Multipart)
	flag(c, "unsigned", at, op.Unsigned)
	for _, f := range op.Parameters {
		c.fields(at+" "+string(f.Place.Value), []*page.Field{f})
	}
	c.fields(at+" body", op.Body)
	for _, a := range op.Answers {
		c.answer(at+" answer", a)
	}
	c.errors(at, op.Errors)
	if op.Multipart.Value {
		return // its example is a form
	}
	for _, e := range op.Requests {
		c.example("request", at, e)
	}
}

// title takes the page's title and date for those of its only operation.
func (c *collector) title(p *page.Page, title, updated page.Fact[string], at string, only bool) {
	if only && !title.Known() {
		title = p.Title
	}
	if !updated.Known() {
		updated = p.Updated
	}
	text(c, "title", at, title)
	text(c, "updated", at, updated)
}

func (c *collector) answer(at string, a *page.Answer) {
	if a.Status.Known() {
		c.add("status", at, fmt.Sprint(a.Status.Value))
	}
	flag(c, "empty", at, a.Empty)
	flag(c, "stream", at, a.Stream)
	c.fields(at, a.Fields)
	for _, e := range a.Examples {
		c.example("answer example", at, e)
	}
}

func (c *collector) event(p *page.Page, e *page.Event, at string) {
	c.add("event", at, at)
	c.title(p, e.Title, e.Updated, at, len(p.Events) == 1)
	for _, r := range e.Roles {
		c.add("role", at, r.Value)
	}
	for _, v := range e.Types {
		c.add("event type", at, v.Value.Value)
	}
	text(c, "original type", at, e.OriginalType)
	c.fields(at+" envelope", e.Envelope)
	c.fields(at+" resource", e.Resource)
	for _, a := range e.Answers {
		c.add("status", at, fmt.Sprint(a.Value))
	}
	for _, x := range e.Examples {
		c.example("envelope example", at, x)
	}
	for _, x := range e.Decrypted {
		c.example("resource example", at, x)
	}
}

func (c *collector) fields(at string, fields []*page.Field) {
	c.members(at+" ", fields, c.field)
}

func (c *collector) members(prefix string, fields []*page.Field, each func(at string, f *page.Field)) {
	for _, f := range fields {
		each(prefix+f.Name.Value, f)
		if f.Type.Value == page.String {
			c.members(prefix+f.Name.Value+".", f.Fields, c.shape)
			continue
		}
		c.members(prefix+f.Name.Value+".", f.Fields, each)
	}
}

// shape is all that counts of a field in a document that is held in a string:
// the page says nothing of it but by example.
func (c *collector) shape(at string, f *page.Field) {
	c.add("field", at, f.Name.Value)
	if f.Type.Known() {
		c.add("type", at, strings.TrimSpace(string(f.Type.Value)+" "+string(f.Items.Value)))
	}
}

func (c *collector) field(at string, f *page.Field) {
	c.add("field", at, f.Name.Value)
	text(c, "label", at, f.Label)
	if f.Type.Known() {
		c.add("type", at, string(f.Type.Value))
	}
	if f.Items.Known() {
		c.add("items", at, string(f.Items.Value))
	}
	text(c, "format", at, f.Format)
	if f.Required.Known() {
		c.add("flag", at, string(f.Required.Value))
	}
	c.limits(at, f)
	for _, v := range f.Enum {
		c.add("enum value", at, v.Value.Value)
		if v.Label.Known() {
			c.add("enum label", at, v.Value.Value+"="+plain(v.Label.Value))
		}
	}
	flag(c, "time", at, f.Time)
	flag(c, "secret", at, f.Secret)
	flag(c, "json", at, f.JSON)
	text(c, "example", at, f.Example)
	text(c, "default", at, f.Default)
	for _, m := range marks.FindAllString(f.Text.Value, -1) {
		c.add("text", at, m)
	}
}

// marks find the words that stand in one field's sentence only, so that a
// description which took in a neighbour's is noticed.
var marks = regexp.MustCompile(`\bk\d{3}\b`)

func (c *collector) limits(at string, f *page.Field) {
	for _, l := range []struct {
		kind string
		fact page.Fact[int64]
	}{
		{"min length", f.MinLength}, {"max length", f.MaxLength},
		{"min items", f.MinItems}, {"max items", f.MaxItems},
		{"minimum", f.Minimum}, {"maximum", f.Maximum},
	} {
		if l.fact.Known() {
			c.add(l.kind, at, fmt.Sprint(l.fact.Value))
		}
	}
}

// errors gives a row two facts: which error it is, and what is said of it. Rows
// of one status and code are told apart by their number among these.
func (c *collector) errors(at string, rows []page.ErrorRow) {
	seen := map[string]int{}
	for _, r := range rows {
		key := fmt.Sprintf("%d %s", r.Status.Value, r.Code.Value)
		seen[key]++
		place := fmt.Sprintf("%s error %s #%d", at, key, seen[key])
		c.add("error", place, key)
		c.add("error text", place, plain(r.Description.Value+r.Solution.Value))
		if r.Solution.Known() {
			c.add("error solution", place, plain(r.Solution.Value))
		}
		if r.Common {
			c.add("error common", place, "common")
		}
	}
}

func (c *collector) example(kind, at string, e page.Example) {
	if doc, ok := canonical(e.Text); ok {
		c.add(kind, at, doc)
	}
}

func flag(c *collector, kind, at string, f page.Fact[bool]) {
	if f.Known() {
		c.add(kind, at, fmt.Sprint(f.Value))
	}
}

func text(c *collector, kind, at string, f page.Fact[string]) {
	if f.Known() {
		c.add(kind, at, plain(f.Value))
	}
}

// plain is a text without what shapes and copies change at will: the width of
// characters, blanks, and the full stop at its end.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\u3000', r == '\u00a0', r == '\u200b', r == ' ', r == '\t', r == '\n':
			continue
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '。':
			r = '.'
		case r == '、':
			r = ','
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), ".;,")
}
