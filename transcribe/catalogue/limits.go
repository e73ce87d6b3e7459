package catalogue

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// limits are what pages say of an operation's fields, by dotted names.
type limits struct {
	op             *page.Operation
	pos            page.Pos
	line           *line
	asked, answers []limit
}

type limit struct {
	path string
	fact limitFact
}

type limitFact struct {
	Type     string   `json:"type"`
	Items    string   `json:"items"`
	Required any      `json:"required"` // a flag, or the words of a condition
	Max      *int64   `json:"max"`
	Min      *int64   `json:"min"`
	Enum     []string `json:"enum"`
	In       string   `json:"in"`
	Pages    string   `json:"pages"` // it stands on some of the merged pages only
	Varies   []struct {
		Required *bool `json:"required"`
	} `json:"varies"`
}

func (c *Catalogue) addLimits(l *line, pos page.Pos) error {
	lim := limits{op: c.operation(l.Method, l.Path, pos), pos: pos, line: l}
	var err error
	if lim.asked, err = readLimits(l.Fields); err != nil {
		return fmt.Errorf("reading fields: %w", err)
	}
	if lim.answers, err = readLimits(l.Response); err != nil {
		return fmt.Errorf("reading response: %w", err)
	}
	c.limits = append(c.limits, lim)
	return nil
}

func readLimits(raw json.RawMessage) ([]limit, error) {
	var out []limit
	err := eachMember(raw, func(name string, value json.RawMessage) error {
		var f limitFact
		if err := json.Unmarshal(value, &f); err != nil {
			return err
		}
		out = append(out, limit{name, f})
		return nil
	})
	return out, err
}

// layLimits lays what pages say over what the catalogue says of an operation.
// Pages are newer: what they state counts, and what differs is reported.
func (c *Catalogue) layLimits(l limits) {
	op := l.op
	if !l.ofPages() {
		l.layLengths()
		return
	}
	if !op.Title.Known() {
		op.Title = given(l.line.Title, l.pos)
	}
	if l.line.Updated > op.Updated.Value {
		op.Updated = fact(l.line.Updated, l.pos)
		op.Title = given(l.line.Title, l.pos)
	}
	if r := roles(l.line.Roles, l.pos); len(r) > 0 {
		op.Roles = r
	}
	if doc := docOf(l.line.Source); doc != "" {
		op.Doc = fact(doc, l.pos)
	}
	op.RateLimits = append(op.RateLimits, rates(l.line.Rate, l.pos)...)
	c.layAsked(l)
	if len(l.answers) > 0 || l.line.ResponseStatus != "" {
		c.layAnswers(l)
	}
}

// ofPages tells whether the limits were read from pages, not from the comments
// of some library. Those are old, mix requests with answers, and know lengths
// at best.
func (l limits) ofPages() bool { return !strings.HasPrefix(l.line.Source, "WxJava") }

// layLengths takes nothing but lengths, for fields that are known already.
func (l limits) layLengths() {
	for _, lim := range l.asked {
		f := named(l.op.Parameters, lim.path)
		if f == nil {
			f = page.Find(l.op.Body, lim.path)
		}
		lim.length(f, l.pos)
	}
	for _, a := range l.op.Answers {
		for _, lim := range l.answers {
			lim.length(page.Find(a.Fields, lim.path), l.pos)
		}
	}
}

func (lim limit) length(f *page.Field, pos page.Pos) {
	if f == nil {
		return
	}
	if lim.fact.Max != nil {
		f.MaxLength = fact(*lim.fact.Max, pos)
	}
	if lim.fact.Min != nil {
		f.MinLength = fact(*lim.fact.Min, pos)
	}
}

var docSource = regexp.MustCompile(`^(?:pay\.weixin\.qq\.com/doc/v3 )?((?:merchant|partner)/[0-9]+)`)

func docOf(source string) string {
	if m := docSource.FindStringSubmatch(source); m != nil {
		return "/doc/v3/" + m[1]
	}
	return ""
}

func (c *Catalogue) layAsked(l limits) {
	for _, lim := range l.asked {
		switch lim.fact.In {
		case "path", "query", "header":
			f := named(l.op.Parameters, lim.path)
			if f == nil || string(f.Place.Value) != lim.fact.In {
				f = &page.Field{Name: fact(lim.path, l.pos), Place: fact(page.Place(lim.fact.In), l.pos)}
				l.op.Parameters = append(l.op.Parameters, f)
			}
			c.lay(l, f, lim)
		default:
			if f := named(l.op.Parameters, lim.path); f != nil && lim.fact.In == "" {
				c.lay(l, f, lim)
				continue
			}
			if l.op.Method.Value == "GET" {
				continue
			}
			c.layMember(l, &l.op.Body, lim)
		}
	}
}

func (c *Catalogue) layAnswers(l limits) {
	status, empty := l.line.ResponseStatus, false
	n, err := strconv.Atoi(firstWord(status))
	if err != nil {
		n = 0
	}
	empty = n == 204 || n == 202 && len(l.answers) == 0
	var a *page.Answer
	if len(l.op.Answers) > 0 {
		a = l.op.Answers[0]
	} else {
		a = &page.Answer{}
		l.op.Answers = append(l.op.Answers, a)
	}
	if n > 0 {
		a.Status = fact(n, l.pos)
	}
	if strings.Contains(status, "二进制") {
		a.Stream = fact(true, l.pos)
	}
	if empty && len(a.Fields) == 0 {
		a.Empty = fact(true, l.pos)
	}
	for _, lim := range l.answers {
		c.layMember(l, &a.Fields, lim)
	}
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}

func named(fields []*page.Field, name string) *page.Field {
	for _, f := range fields {
		if f.Name.Value == name {
			return f
		}
	}
	return nil
}

// reach finds a field by its dotted name, and makes it where it is missing.
func reach(fields *[]*page.Field, path string, pos page.Pos) *page.Field {
	var f *page.Field
	for name := range strings.SplitSeq(path, ".") {
		if f != nil && !f.Type.Known() {
			f.Type = fact(page.Object, pos)
		}
		f = named(*fields, name)
		if f == nil {
			f = &page.Field{Name: fact(name, pos), Place: fact(page.Body, pos)}
			*fields = append(*fields, f)
		}
		fields = &f.Fields
	}
	return f
}

// layMember lays a limit over a field of a body. Some pages lost how deep a
// field lies, so that it stands at a member above its own: such a one is no
// new field.
func (c *Catalogue) layMember(l limits, fields *[]*page.Field, lim limit) {
	if dot := strings.LastIndexByte(lim.path, '.'); dot > 0 && page.Find(*fields, lim.path) == nil {
		if parent := page.Find(*fields, lim.path[:dot]); parent != nil && holds(parent.Fields, lim.path[dot+1:]) {
			c.find(l.pos, page.Doubt, l.op.Method.Value+" "+l.op.Path.Value+": "+lim.path,
				"its pages lost how deep the field lies: left where the catalogue has it")
			return
		}
		if parent := page.Find(*fields, lim.path[:dot]); parent != nil && simple(parent) {
			c.find(l.pos, page.Doubt, l.op.Method.Value+" "+l.op.Path.Value+": "+lim.path, "a member of what is no object: left out")
			return
		}
	}
	c.lay(l, reach(fields, lim.path, l.pos), lim)
}

// simple tells whether a field has no members.
func simple(f *page.Field) bool {
	switch f.Type.Value {
	case page.String, page.Integer, page.Number, page.Boolean:
		return !f.JSON.Value
	}
	return f.Items.Known() && f.Items.Value != page.Object
}

// holds tells whether a field of that name lies anywhere below.
func holds(fields []*page.Field, name string) bool {
	found := false
	page.Walk(fields, func(_ string, f *page.Field) { found = found || f.Name.Value == name })
	return found
}

// lay lays one limit over a field.
func (c *Catalogue) lay(l limits, f *page.Field, lim limit) {
	about := l.op.Method.Value + " " + l.op.Path.Value + ": " + lim.path
	c.layType(l, f, lim, about)
	lim.length(f, l.pos)
	if need := lim.need(); need != "" {
		if need == page.Required && (lim.fact.Pages != "" || lim.disagree()) {
			need = page.Optional
			c.find(l.pos, page.Doubt, about, "required on some of its pages only, so it is optional here")
		}
		if f.Required.Known() && f.Required.Value != need && f.Place.Value != page.Path {
			c.find(l.pos, page.Contradiction, about, "its pages say %s, the catalogue says %s: the pages count", need, f.Required.Value)
		}
		if f.Place.Value != page.Path {
			f.Required = fact(need, l.pos)
		}
	}
	c.layEnum(l, f, lim, about)
}

// need reads the flag. Words such as 二选一 are a condition.
func (lim limit) need() page.Need {
	switch v := lim.fact.Required.(type) {
	case bool:
		if v {
			return page.Required
		}
		return page.Optional
	case string:
		return page.Conditional
	}
	return ""
}

// disagree tells whether pages differ in the flag.
func (lim limit) disagree() bool {
	for _, v := range lim.fact.Varies {
		if v.Required != nil && lim.fact.Required != *v.Required {
			return true
		}
	}
	return false
}

func (c *Catalogue) layType(l limits, f *page.Field, lim limit, about string) {
	t := typeOf(&node{Type: lim.fact.Type})
	if lim.fact.Items != "" {
		t = page.Array
		if items := typeOf(&node{Type: lim.fact.Items}); items != "" {
			f.Items = fact(items, l.pos)
		}
	}
	if t == "" {
		return
	}
	if f.Type.Known() && f.Type.Value != t {
		c.find(l.pos, page.Contradiction, about, "its pages say %s, the catalogue says %s: the pages count", t, f.Type.Value)
		if len(f.Fields) > 0 && t != page.Object && t != page.Array {
			return // the members tell better
		}
	}
	f.Type = fact(t, l.pos)
}

// layEnum takes the pages' values, and keeps the order of the catalogue for
// those that both have.
func (c *Catalogue) layEnum(l limits, f *page.Field, lim limit, about string) {
	if len(lim.fact.Enum) == 0 || f.Type.Value == page.Boolean {
		return
	}
	var values []any
	for _, v := range lim.fact.Enum {
		values = append(values, v)
	}
	pages := enum(values, l.pos)
	for _, have := range f.Enum {
		if !has(pages, have.Value.Value) {
			c.find(have.Value.Pos, page.Contradiction, about, "the catalogue has the value %s, its pages do not: left out", have.Value.Value)
		}
	}
	f.Enum = pages
}

func has(values []page.EnumValue, v string) bool {
	for _, e := range values {
		if e.Value.Value == v {
			return true
		}
	}
	return false
}

// rate is a limit in the catalogue's words: 商户号20/s; 单IP5/min.
var rate = regexp.MustCompile(`^(商户号|服务商号|接口|来源合计|单IP|平台商户|接收方商户|收款商户)(\d+)/(s|min)$`)

func rates(s string, pos page.Pos) []page.Fact[page.RateLimit] {
	var out []page.Fact[page.RateLimit]
	for part := range strings.SplitSeq(s, ";") {
		m := rate.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			continue // per order, or of failed calls: the model has no place for it
		}
		n, _ := strconv.Atoi(m[2])
		r := page.RateLimit{Requests: n, Seconds: 1, Per: "merchant"}
		if m[3] == "min" {
			r.Seconds = 60
		}
		switch m[1] {
		case "接口", "来源合计":
			r.Per = "all"
		case "单IP":
			r.Per = "ip"
		case "接收方商户", "收款商户":
			continue // counted by somebody who is not the caller
		}
		if len(out) > 0 && out[0].Value == r {
			continue
		}
		out = append(out, fact(r, pos))
	}
	return out
}
