package model

import (
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

func (b *builder) operation(spec *load.Operation) {
	op := &Operation{Spec: spec, Name: GoName(spec.ID), Common: -1}
	op.Var = "op" + op.Name
	op.Request = b.request(op)
	op.Response = b.response(op)
	op.Pager = b.pager(op)
	b.errorTable(op)
	b.pkg.Operations = append(b.pkg.Operations, op)
}

func bodySchema(op *load.Operation) *load.Schema {
	if op.Body == nil {
		return nil
	}
	if m := load.JSON(op.Body.Content); m != nil {
		return m.Schema
	}
	return nil
}

// request makes the one struct that holds what a call sends: path, query and
// header values, then the members of the body.
func (b *builder) request(op *Operation) *Named {
	spec := op.Spec
	form := formSchema(spec)
	body := firstSchema(form, bodySchema(spec))
	if spec.Body != nil && body == nil {
		b.fail(spec.Body.Pos, "declare application/json, or multipart/form-data for an upload", "%s sends a body of an unknown form", spec.ID)
		return nil
	}
	if len(spec.Parameters) == 0 && body == nil {
		return nil
	}
	schema := &load.Schema{Pos: spec.Pos, Document: b.doc}
	if body != nil {
		if n := b.sharedBody(op, body); n != nil && form == nil {
			return n
		}
		schema = body
	}
	at := place(spec) + " request"
	name := b.typeName("the request of "+spec.ID, at, spec.Pos, op.Name+"Request", op.Name+"Params")
	n := &Named{at: at, Spec: schema, Name: name, Operation: op.Name, Request: true, Sent: true}
	b.pkg.Types = append(b.pkg.Types, n)
	for _, p := range spec.Parameters {
		b.addField(n, b.parameter(n, op, p))
	}
	switch {
	case form != nil:
		b.formFields(n, op, form)
	case body != nil:
		b.bodyFields(n, op, body)
	}
	return n
}

// formSchema gives the parts of a multipart upload, or nil.
func formSchema(op *load.Operation) *load.Schema {
	if op.Body == nil {
		return nil
	}
	for _, m := range op.Body.Content {
		if m.Type == "multipart/form-data" {
			return m.Schema
		}
	}
	return nil
}

func firstSchema(a, b *load.Schema) *load.Schema {
	if a != nil {
		return a
	}
	return b
}

// formFields adds the parts of an upload: files, and what is sent beside them.
func (b *builder) formFields(n *Named, op *Operation, form *load.Schema) {
	flat := b.flatten(form)
	for _, p := range flat.Properties {
		f := b.field(n, p.Name, p.Schema, flat.IsRequired(p.Name), origin{parent: op.Name, at: n.at})
		f.Pos, f.In = p.Pos, "form"
		b.addField(n, f)
	}
}

// sharedBody gives the component that is a request by itself: nothing stands
// beside the body, and others use the component too.
func (b *builder) sharedBody(op *Operation, body *load.Schema) *Named {
	if len(op.Spec.Parameters) > 0 || body.Ref == nil {
		return nil
	}
	t := body.Target()
	if t.Name == "" || !b.declares(t) || b.absorbed(t) {
		return nil
	}
	return b.component(t)
}

func (b *builder) bodyFields(n *Named, op *Operation, body *load.Schema) {
	flat := b.flatten(body)
	if !isObject(flat) || len(flat.Properties) == 0 {
		f := b.field(n, "body", body, op.Spec.Body.Required, origin{parent: op.Name, at: n.at})
		f.In, f.Name, f.Required, f.Pointer = "body", "Body", true, false
		b.addField(n, f)
		return
	}
	for _, p := range flat.Properties {
		f := b.field(n, p.Name, p.Schema, flat.IsRequired(p.Name), origin{parent: op.Name, at: n.at})
		f.Pos = p.Pos
		b.addField(n, f)
	}
}

func (b *builder) parameter(n *Named, op *Operation, p *load.Parameter) *Field {
	schema := p.Schema
	f := b.field(n, p.Name, schema, p.Required, origin{parent: op.Name, at: n.at, goName: p.GoName})
	f.Pos, f.In, f.JSON = p.Pos, p.In, p.JSON
	f.Deprecated = f.Deprecated || p.Deprecated
	if p.Roles != nil {
		f.Roles = p.Roles
	}
	f.Comma = f.Type.Kind == Slice && !p.Explode
	if p.Example != nil {
		f.Example = p.Example
	}
	if p.Description != "" {
		f.Doc = p.Description
	}
	return f
}

// response gives the type of a successful answer.
func (b *builder) response(op *Operation) *Type {
	resp := op.Spec.Success()
	if resp == nil {
		b.fail(op.Spec.Pos, "describe the answer under responses: '200' or '204'", "%s has no successful response", op.Spec.ID)
		return nil
	}
	if len(resp.Content) == 0 {
		return nil
	}
	m := load.JSON(resp.Content)
	if m == nil {
		return &Type{Kind: Stream}
	}
	if m.Schema == nil {
		b.fail(resp.Pos, "write schema:", "%s does not say what it answers", op.Spec.ID)
		return nil
	}
	t := b.resolve(m.Schema, origin{what: "the response of " + op.Spec.ID, at: place(op.Spec) + " response", candidates: []string{op.Name + "Response", op.Name + "Result"}})
	if t.Kind == Ref && t.Named.Spec.Name == "" {
		t.Named.Operation = op.Name
	}
	return t
}

// place says where an operation stands, as long as it is the same operation.
func place(op *load.Operation) string { return op.Method + " " + op.Path }

// typeName takes a made-up name for a type, the one it had before if it can,
// and remembers it.
func (b *builder) typeName(what, at string, pos load.Pos, candidates ...string) string {
	name, kept := b.scope.kept[at]
	if kept && b.scope.free(name, at) {
		b.scope.names[name] = holder{what: what, pos: pos}
	} else {
		name = b.nameIn(b.scope, what, at, pos, candidates...)
	}
	if name != candidates[0] || strings.ContainsAny(at, ".|") {
		b.pkg.Names[at] = name // a name that follows from the operation's needs no remembering
	}
	return name
}

// name takes a made-up name and notes when the first choice was not free.
func (b *builder) name(what string, pos load.Pos, candidates ...string) string {
	return b.nameIn(b.scope, what, "", pos, candidates...)
}

func (b *builder) nameIn(s *scope, what, at string, pos load.Pos, candidates ...string) string {
	got := s.take(what, at, pos, candidates...)
	if got != candidates[0] {
		b.pkg.Renames = append(b.pkg.Renames, Rename{Pos: pos, What: what, From: candidates[0], To: got})
	}
	return got
}

// pager describes the method that walks through all pages.
func (b *builder) pager(op *Operation) *Pager {
	page := op.Spec.Page
	if page == nil || op.Request == nil || op.Response == nil || op.Response.Kind != Ref {
		return nil
	}
	total := page.Total
	if page.Style == "token" {
		total = page.Next
	}
	answer := op.Response.Named
	p := &Pager{
		Page:   page,
		Offset: op.Request.field(page.Offset),
		Limit:  op.Request.field(page.Limit),
		Items:  answer.field(page.Items),
		Total:  answer.field(total),
	}
	if !b.checkPager(p, total) {
		return nil
	}
	p.Item = p.Items.Type.Elem
	p.Name = b.nameIn(b.methods, "the iterator of "+op.Spec.ID, "", op.Spec.Pos, pagerName(op.Name), "All"+op.Name)
	return p
}

// checkPager tells whether the fields that x-wx-page names can page.
func (b *builder) checkPager(p *Pager, total string) bool {
	fits, want := isNumber, "whole number"
	if p.Page.Style == "token" {
		fits, want = isText, "text"
	}
	before := len(b.problems)
	if p.Items == nil || p.Items.Type.Kind != Slice {
		b.fail(p.Page.Pos, "name the list under items:", "x-wx-page says that %s holds the items, which is no list", p.Page.Items)
	}
	if p.Offset == nil || !fits(p.Offset.Type) {
		b.fail(p.Page.Pos, "mend its type, or name another under offset:", "x-wx-page pages by %s, which is no %s", p.Page.Offset, want)
	}
	if p.Limit != nil && !isNumber(p.Limit.Type) && !isText(p.Limit.Type) {
		b.fail(p.Page.Pos, "mend its type, or name another under limit:", "x-wx-page limits a page by %s, which is no whole number", p.Page.Limit)
	}
	if total != "" && (p.Total == nil || !fits(p.Total.Type)) {
		b.fail(p.Page.Pos, "mend its type, or name another field", "x-wx-page reads %s of the answer, which is no %s", total, want)
	}
	return len(b.problems) == before
}

func isNumber(t *Type) bool { return t.Kind >= Int32 && t.Kind <= Uint64 }

func isText(t *Type) bool { return t.Kind == String }

// pagerName turns ListStockItems into AllStockItems, and List into All.
func pagerName(name string) string {
	for _, verb := range []string{"List", "Query", "Search", "Get", "Batch"} {
		if rest, ok := strings.CutPrefix(name, verb); ok {
			return "All" + rest
		}
	}
	return "All" + name
}

func (n *Named) field(wire string) *Field {
	for _, f := range n.Fields {
		if f.Wire == wire {
			return f
		}
	}
	return nil
}

func (b *builder) event(spec *load.Operation) {
	t := b.resolve(spec.Event.Resource, origin{what: "the payload of " + spec.Path, at: spec.Path + " resource",
		candidates: []string{strings.TrimPrefix(eventName(spec), "On"), strings.TrimPrefix(eventName(spec), "On") + "Payload"}})
	if t.Kind != Ref || t.Named.Enum != nil {
		b.fail(spec.Event.Pos, "write the decrypted object under resource:", "the payload of %s is no object", spec.Path)
		return
	}
	b.pkg.Events = append(b.pkg.Events, &Event{Spec: spec, Name: eventName(spec), Payload: t.Named, Answer: b.eventAnswer(spec)})
}

// eventAnswer is what a handler answers with, where the webhook says so.
func (b *builder) eventAnswer(spec *load.Operation) *Named {
	resp := spec.Success()
	if resp == nil {
		return nil
	}
	media := load.JSON(resp.Content)
	if media == nil {
		return nil
	}
	short := strings.TrimPrefix(eventName(spec), "On")
	t := b.resolve(media.Schema, origin{what: "the answer to " + spec.Path, at: spec.Path + " answer", candidates: []string{short + "Answer"}})
	switch {
	case t.Kind != Ref || t.Named.Enum != nil:
		b.fail(media.Pos, "write an object", "the answer to %s is no object", spec.Path)
		return nil
	case len(spec.Event.Types) > 1:
		b.fail(spec.Event.Pos, "write a webhook for each type", "%s wants an answer, and stands for several types", spec.Path)
		return nil
	}
	return t.Named
}
