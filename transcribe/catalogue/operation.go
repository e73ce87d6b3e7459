package catalogue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

func (c *Catalogue) addOperation(l *line, pos page.Pos) error {
	op := c.operation(l.Method, l.Path, pos)
	op.Title = given(l.Label, pos)
	op.Updated = given(strings.ReplaceAll(l.Updated, ".", "-"), pos)
	op.Roles = roles(l.Roles, pos)
	op.Hosts = hosts(l, pos)
	if l.Deprecated {
		op.Deprecated = fact(true, pos)
	}
	if len(l.Doc) > 0 {
		op.Doc = fact(newest(l.Doc), pos)
	}
	params, err := l.parameters(pos)
	if err != nil {
		return err
	}
	op.Parameters = params
	place := page.Body
	if l.Multipart {
		op.Multipart, place = fact(true, pos), page.Form
	}
	op.Body = fields(l.Request, pos, place, l.flags(), 0)
	for _, status := range sortedStatus(l.Responses) {
		n, _ := strconv.Atoi(status)
		a := &page.Answer{Status: fact(n, pos), Fields: fields(l.Responses[status], pos, page.Body, l.flags(), 0)}
		switch {
		case l.Responses[status] == nil && len(l.Produces) > 0:
			a.Stream = fact(true, pos)
		case l.Responses[status] == nil:
			a.Empty = fact(true, pos)
		}
		op.Answers = append(op.Answers, a)
	}
	return nil
}

// hosts gives those that a line names or, since few name any, the one of the
// paths for merchants abroad.
func hosts(l *line, pos page.Pos) []page.Fact[string] {
	names := l.Hosts
	if len(names) == 0 && (strings.HasPrefix(l.Path, "/global/") || strings.HasPrefix(l.Path, "/v3/global/")) {
		names = []string{"apihk.mch.weixin.qq.com"}
	}
	var out []page.Fact[string]
	for _, name := range names {
		if name = strings.TrimSuffix(strings.TrimPrefix(name, "https://"), "/"); label.Host(name) {
			out = append(out, fact(name, pos))
		}
	}
	return out
}

// flags tells whether the source of an operation knows what is required:
// sample programs, which some were read from, do not.
func (l *line) flags() bool { return !strings.Contains(l.Source, "skills") }

func sortedStatus(m map[string]*node) []string {
	var out []string
	for s := range m {
		if strings.HasPrefix(s, "2") {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// newest prefers the doc centre of today over those before it.
func newest(docs []string) string {
	for _, prefix := range []string{"/doc/v3/", "/docs/"} {
		for _, d := range docs {
			if strings.HasPrefix(d, prefix) {
				return d
			}
		}
	}
	return docs[0]
}

// otherRoles are words of the catalogue that pages do not use.
var otherRoles = map[string]string{
	"电商平台": "平台商户", "直连模式": "普通商户", "特约商户（直连模式）": "普通商户", "微信支付商户": "普通商户",
	"品牌": "品牌商户", "微信平台商户": "平台商户", "渠道服务商": "渠道商", "机构模式": "", "从业机构": "",
}

func roles(words []string, pos page.Pos) []page.Fact[string] {
	var out []page.Fact[string]
	add := func(name string) {
		if name != "" && !slices.ContainsFunc(out, func(f page.Fact[string]) bool { return f.Value == name }) {
			out = append(out, fact(name, pos))
		}
	}
	for _, w := range words {
		if name, ok := otherRoles[w]; ok {
			add(name)
			continue
		}
		for _, name := range label.Roles("【" + w + "】") {
			add(name)
		}
	}
	return out
}

// parameters reads the list of params. The headers of every call are no
// parameters, and what the path has as a variable stands in no query.
func (l *line) parameters(pos page.Pos) ([]*page.Field, error) {
	if len(l.Params) == 0 {
		return nil, nil
	}
	var list []*node
	d := json.NewDecoder(bytes.NewReader(l.Params))
	d.UseNumber()
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("reading params: %w", err)
	}
	var out []*page.Field
	for _, n := range list {
		if n.In == "header" && label.EveryCall(n.Name) {
			continue
		}
		if n.In == "query" && strings.Contains(l.Path, "{"+n.Name+"}") {
			n.In = "path"
		}
		if n.In == "path" && slices.ContainsFunc(out, func(f *page.Field) bool { return f.Place.Value == page.Path && f.Name.Value == n.Name }) {
			continue
		}
		f := field(n.Name, n, pos, true, 0)
		f.Place = fact(page.Place(n.In), pos)
		f.Required = fact(page.Optional, pos)
		if string(n.Required) == "true" || n.In == "path" {
			f.Required = fact(page.Required, pos)
		}
		out = append(out, f)
	}
	return out, nil
}

func (c *Catalogue) addEvent(l *line, pos page.Pos) {
	e := &page.Event{
		Title:    given(l.Label, pos),
		Types:    []page.EnumValue{{Value: fact(l.EventType, pos), Label: given(l.Label, pos)}},
		Resource: fields(l.Payload, pos, page.Body, true, 0),
	}
	if len(l.OriginalType) > 0 && l.OriginalType[0] != "(absent)" {
		e.OriginalType = fact(l.OriginalType[0], pos)
	}
	if l.Union {
		// Several payloads in one tree: what one of them requires, another lacks.
		page.Walk(e.Resource, func(_ string, f *page.Field) { f.Required = page.Fact[page.Need]{} })
	}
	c.events = append(c.events, e)
}
