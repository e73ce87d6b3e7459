package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// said is a true fact; where it stands is the readers' business.
func said[T comparable](v T) page.Fact[T] { return page.Said(v, page.Pos{}) }

// saidIf is a fact unless the value is the zero value, which says nothing.
func saidIf[T comparable](v T) page.Fact[T] {
	var zero T
	if v == zero {
		return page.Fact[T]{}
	}
	return said(v)
}

// Page is the truth as a reader would give it if the page's shape lost nothing.
func (t *Truth) Page() *page.Page {
	p := &page.Page{Title: said(trimAPI(t.Title)), Updated: saidIf(t.Updated)}
	for _, op := range t.Ops {
		if op.Or == "" {
			p.Operations = append(p.Operations, op.page(t))
			continue
		}
		p.Operations = append(p.Operations, op.at(op.Path).page(t), op.at(op.Or).page(t))
	}
	for _, e := range t.Events {
		p.Events = append(p.Events, e.page(t))
	}
	return p
}

// at is the operation at one of the page's paths, with the parameters that
// stand in it.
func (o *Op) at(path string) *Op {
	out := o.clone()
	out.Path, out.Or, out.InPath = path, "", nil
	for _, f := range o.InPath {
		if strings.Contains(path, "{"+f.Name+"}") {
			out.InPath = append(out.InPath, f)
		}
	}
	return out
}

func (o *Op) page(t *Truth) *page.Operation {
	out := &page.Operation{
		Title: said(trimAPI(o.Title)), Updated: saidIf(t.Updated),
		Method: said(o.Method), Path: said(o.Path),
		Idempotent: saidIf(o.Idempotent), Multipart: saidIf(o.Upload),
		Roles: saidAll(o.Roles),
	}
	for _, r := range o.Rates {
		out.RateLimits = append(out.RateLimits, saidAll(r.Limits)...)
	}
	out.Parameters = append(out.Parameters, places(o.Headers, page.Header)...)
	out.Parameters = append(out.Parameters, places(o.InPath, page.Path)...)
	out.Parameters = append(out.Parameters, places(o.InQuery, page.Query)...)
	out.Body = places(o.Body, page.Body)
	if doc := sampleDoc(o.Body); doc != "" && !o.Upload {
		out.Requests = []page.Example{{Lang: "json", Text: doc}}
	}
	out.Answers = []*page.Answer{o.Answer.page()}
	for _, table := range o.tables() {
		out.Errors = append(out.Errors, rows(table.rows, table.heading == commonTable)...)
	}
	return out
}

func (a *Answer) page() *page.Answer {
	out := &page.Answer{Status: saidIf(a.Status), Fields: places(a.Fields, "")}
	if len(a.Fields) == 0 {
		out.Empty = said(true)
	}
	if doc := sampleDoc(a.Fields); doc != "" {
		out.Examples = []page.Example{{Lang: "json", Text: doc}}
	}
	return out
}

func (e *Event) page(t *Truth) *page.Event {
	out := &page.Event{
		Title: said(e.Title), Updated: saidIf(t.Updated), Roles: saidAll(e.Roles),
		OriginalType: saidIf(e.OriginalType),
		Types:        enum(e.Types),
		Envelope:     places(e.envelope(), ""),
		Resource:     places(e.Resource, ""),
		Answers:      []page.Fact[int]{said(200), said(204)},
		Examples:     []page.Example{{Lang: "json", Text: sampleDoc(e.envelope())}},
	}
	if doc := sampleDoc(e.Resource); doc != "" {
		out.Decrypted = []page.Example{{Lang: "json", Text: doc}}
	}
	return out
}

func saidAll[T comparable](values []T) []page.Fact[T] {
	var out []page.Fact[T]
	for _, v := range values {
		out = append(out, said(v))
	}
	return out
}

func rows(errs []Err, common bool) []page.ErrorRow {
	var out []page.ErrorRow
	for _, e := range errs {
		out = append(out, page.ErrorRow{
			Status: said(e.Status), Code: said(e.Code), Common: common,
			Description: said(e.Says), Solution: said(e.Solve),
		})
	}
	return out
}

func places(fields []*Field, at page.Place) []*page.Field {
	var out []*page.Field
	for _, f := range fields {
		out = append(out, f.page(at))
	}
	return out
}

func (f *Field) page(at page.Place) *page.Field {
	out := &page.Field{
		Name: said(f.Name), Type: said(f.Type), Items: saidIf(f.Items),
		Format: saidIf(f.Format), Required: said(f.Need), Place: saidIf(at),
		Text: said(f.Says), Enum: enum(f.Enum),
		Time: saidIf(f.Time), Secret: saidIf(f.Secret), JSON: saidIf(f.JSON),
		Default: saidIf(f.Default), Example: saidIf(f.example()),
		MinLength: number(f.MinLength), MaxLength: number(f.MaxLength),
		MinItems: number(f.MinItems), MaxItems: number(f.MaxItems),
		Minimum: number(f.Minimum), Maximum: number(f.Maximum),
		Fields: append(places(f.Kids, ""), bareFields(f.Inner)...),
	}
	if !f.NoLabel {
		out.Label = saidIf(f.Label)
	}
	return out
}

// bareFields are fields of which nothing is known but what an example shows.
func bareFields(fields []*Field) []*page.Field {
	var out []*page.Field
	for _, f := range fields {
		out = append(out, &page.Field{Name: said(f.Name), Type: said(f.Type), Items: saidIf(f.Items), Fields: bareFields(f.Kids)})
	}
	return out
}

func number(n *int64) page.Fact[int64] {
	if n == nil {
		return page.Fact[int64]{}
	}
	return said(*n)
}

func enum(values []Value) []page.EnumValue {
	var out []page.EnumValue
	for _, v := range values {
		out = append(out, page.EnumValue{Value: said(v.Name), Label: saidIf(v.Label)})
	}
	return out
}

// example is the value that a line like 示例值：G1 shows; objects have none.
func (f *Field) example() string {
	if f.NoSample || f.Sample == nil {
		return ""
	}
	if items, ok := f.Sample.([]any); ok {
		return fmt.Sprint(items[0])
	}
	return fmt.Sprint(f.Sample)
}

// envelope is what all notifications have in common.
func (e *Event) envelope() []*Field {
	first := Value{"GADGET.DONE", "完成"}
	if len(e.Types) > 0 {
		first = e.Types[0]
	}
	original := e.OriginalType
	if original == "" {
		original = "gadget"
	}
	fields := []*Field{
		Str("id", "通知ID").Len(1, 36).Must().Eg("EV-2031022511223320873"),
		Str("create_time", "通知创建时间").Max(32).Must().Stamp(),
		Str("event_type", "通知的类型").Max(32).Must().Eg(first.Name),
		Str("resource_type", "通知数据类型").Max(32).Must().Eg("encrypt-resource"),
		Str("summary", "回调摘要").Max(64).Must().Eg("摘要"),
		Obj("resource", "通知数据",
			Str("original_type", "原始回调类型").Max(16).Must().Eg(original),
			Str("algorithm", "加密算法类型").Max(32).Must().Eg("AEAD_AES_256_GCM"),
			Str("ciphertext", "数据密文").Max(1048576).Must().Eg("c2VjcmV0"),
			Str("associated_data", "附加数据").Max(16).May().Eg("gadget"),
			Str("nonce", "随机串").Max(16).Must().Eg("fdasflkja484w"),
		).Must(),
	}
	fields[0].MinLength = nil
	return fields
}
