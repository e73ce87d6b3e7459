package assemble

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// finish makes the page of what was read.
func (b *builder) finish() (*page.Page, error) {
	b.fields.reset(nil)
	for _, d := range b.drafts {
		b.complete(d)
	}
	p := b.page
	if !p.Updated.Known() {
		p.Updated = b.opts.Updated
	}
	if !p.Doc.Known() {
		p.Doc = b.opts.Doc
	}
	b.first(p)
	if len(p.Operations)+len(p.Events) == 0 {
		return nil, &Refusal{File: p.File, Why: b.why()}
	}
	b.lines()
	for _, op := range p.Operations {
		b.check(op)
	}
	for _, e := range p.Events {
		b.checkEvent(e)
	}
	return p, nil
}

// complete turns a draft into operations or an event, or drops it.
func (b *builder) complete(d *draft) {
	op := &d.op
	if len(d.summary) > 0 {
		op.Summary = page.Said(strings.Join(d.summary, "\n"), b.page.Updated.Pos)
	}
	if d.isEvent && !op.Path.Known() {
		if len(d.event.Envelope)+len(d.event.Resource) > 0 {
			b.page.Events = append(b.page.Events, b.event(d))
		}
		return
	}
	if !op.Path.Known() && !(d.pathless && op.Method.Value == "GET") {
		if d.pathless && len(d.request) > 0 {
			b.find(op.Method.Pos, page.Gap, strings.TrimSpace(op.Method.Value+" "+op.Title.Value), "a call without a path of the platform is left out", "")
		}
		return
	}
	if !op.Path.Known() {
		b.download(d)
	}
	d.distribute()
	d.finishAnswers()
	op.Multipart = d.multipart()
	b.ownRates(d)
	for _, pos := range d.partial {
		b.find(pos, page.Doubt, nameOf(op), "a limit of calls that holds for a part of them only is left out", "put it into a note")
	}
	if d.otherStatus.Known() {
		b.find(d.otherStatus.Pos, page.Contradiction, nameOf(op), "the example has another status than the answer", "")
	}
	b.page.Operations = append(b.page.Operations, op)
	all := op.Parameters
	for _, path := range d.others {
		twin := *op
		twin.Path = path
		twin.Parameters = ofPath(all, path.Value, op.Path.Value)
		op.Parameters = ofPath(op.Parameters, op.Path.Value, path.Value)
		b.page.Operations = append(b.page.Operations, &twin)
		b.find(path.Pos, page.Doubt, nameOf(&twin), "the page describes two paths at once: both got all fields", "look which fields belong to which")
	}
}

// ofPath leaves out the variables that only the other path of a description
// has.
func ofPath(all []*page.Field, path, other string) []*page.Field {
	var kept []*page.Field
	for _, f := range all {
		name := "{" + f.Name.Value + "}"
		if f.Place.Value != page.Path || strings.Contains(path, name) || !strings.Contains(other, name) {
			kept = append(kept, f)
		}
	}
	return kept
}

// download is an operation by an address out of another answer. Its path is
// known only if an example shows it.
func (b *builder) download(d *draft) {
	op := &d.op
	if !op.Unsigned.Known() {
		op.Unsigned = page.Seen(true, op.Method.Pos, page.FromProse)
	}
	if a := d.ensureAnswer(); !a.Stream.Known() && len(a.Fields) == 0 {
		a.Stream = page.Seen(true, op.Method.Pos, page.FromProse)
	}
	for _, e := range op.Requests {
		if host, path, ok := label.Called(e.Text); ok {
			op.Path = page.Seen(path, e.Pos, page.FromExample)
			d.addHosts([]string{host}, e.Pos)
			op.Hosts[len(op.Hosts)-1].From = page.FromExample
			b.find(e.Pos, page.Inferred, nameOf(op), "the page names no path, since the address comes out of another answer: the path is the example's", "")
			return
		}
	}
	b.find(op.Method.Pos, page.Gap, nameOf(op), "the page names no path: the address comes out of another answer", "")
}

// distribute puts the fields of the request where they belong.
func (d *draft) distribute() {
	op := &d.op
	variables := map[string]bool{}
	for _, path := range append([]page.Fact[string]{op.Path}, d.others...) {
		for _, name := range label.Variables(path.Value) {
			variables[name] = true
		}
	}
	for _, f := range d.request {
		switch place := placeOf(f, op.Method.Value, variables); place {
		case page.Header:
			if !label.EveryCall(f.Name.Value) {
				op.Parameters = append(op.Parameters, f)
			}
		case page.Path, page.Query:
			if place == page.Path && f.Required.Value != page.Optional && f.Required.Value != page.Required {
				f.Required = page.Seen(page.Required, f.Place.Pos, page.Stated) // there is no path without it
			}
			op.Parameters = append(op.Parameters, f)
		default:
			op.Body = append(op.Body, f)
		}
	}
}

// placeOf decides where a field of the request stands, and says so in it.
// The place line is right except where the path or the method contradicts.
func placeOf(f *page.Field, method string, variables map[string]bool) page.Place {
	stated := f.Place
	switch {
	case variables[f.Name.Value] && stated.Value != page.Header && stated.Value != page.Path:
		f.Place = page.Seen(page.Path, f.Name.Pos, page.Stated)
	case stated.Known() && stated.Value != page.Body:
	case method == "GET":
		f.Place = page.Seen(page.Query, stated.Pos, page.Stated)
		if !stated.Known() {
			f.Place = page.Seen(page.Query, f.Name.Pos, page.FromProse)
		}
	case !stated.Known() && label.EveryCall(f.Name.Value):
		f.Place = page.Seen(page.Header, f.Name.Pos, page.FromProse)
	case !stated.Known():
		f.Place = page.Seen(page.Body, f.Name.Pos, page.FromProse)
	}
	return f.Place.Value
}

// multipart tells whether the request is a form with a file.
func (d *draft) multipart() page.Fact[bool] {
	if d.op.Multipart.Known() {
		return d.op.Multipart
	}
	for _, f := range d.op.Body {
		if f.Type.Value == page.File {
			return page.Seen(true, f.Type.Pos, page.Stated)
		}
	}
	// On older pages the file is an object without members beside meta.
	file, meta := lastNamed(d.op.Body, "file"), lastNamed(d.op.Body, "meta")
	if file != nil && meta != nil && len(file.Fields) == 0 {
		file.Type = page.Seen(page.File, file.Type.Pos, page.FromProse)
		return page.Seen(true, file.Name.Pos, page.FromProse)
	}
	return page.Fact[bool]{}
}

func (d *draft) finishAnswers() {
	for _, a := range d.answers {
		if a.Empty.Known() && len(a.Fields) > 0 {
			a.Empty = page.Fact[bool]{}
		}
		if !a.Status.Known() && !a.Empty.Known() && !a.Stream.Known() && len(a.Fields)+len(a.Examples) == 0 {
			continue
		}
		if a.Status.Value == 204 && !a.Empty.Known() && len(a.Fields) == 0 {
			a.Empty = page.Seen(true, a.Status.Pos, page.Stated)
		}
		d.op.Answers = append(d.op.Answers, a)
	}
}

// first gives the first operation or event what the caller knows, and the
// page the title of its first operation.
func (b *builder) first(p *page.Page) {
	for i, op := range p.Operations {
		b.fill(&op.Title, &op.Updated, &op.Doc, i == 0)
		if op.Updated.Pos.Line > op.Path.Pos.Line && op.Path.Known() && len(p.Operations) > 1 {
			op.Updated = page.Fact[string]{} // the date of an operation further down
		}
	}
	for i, e := range p.Events {
		b.fill(&e.Title, &e.Updated, &e.Doc, i == 0 && len(p.Operations) == 0)
	}
	switch {
	case len(p.Operations) > 0:
		p.Title = p.Operations[0].Title
	case len(p.Events) > 0:
		p.Title = p.Events[0].Title
	}
}

func (b *builder) fill(title, updated, doc *page.Fact[string], first bool) {
	if !title.Known() && first {
		*title = b.opts.Title
		title.Value = label.Title(title.Value)
	}
	if !updated.Known() {
		*updated = b.page.Updated
	}
	*doc = b.page.Doc
}

// why says why a document is refused.
func (b *builder) why() string {
	switch {
	case len(b.used) < 3:
		return "it has no content"
	case b.section == label.NoSection && len(b.drafts) == 0:
		return "it describes no operation and no notification"
	}
	for _, d := range b.drafts {
		if d.isEvent {
			return "it speaks of notifications, and has no table of their fields"
		}
	}
	return "it names no method and path: a guide, or a call of the front end"
}

// lines counts the pieces of text that facts were taken from.
func (b *builder) lines() {
	b.page.Lines = len(b.used)
	for _, used := range b.used {
		if !used {
			b.page.Unused++
		}
	}
	if p := b.page; p.Lines >= 20 && p.Unused*5 > p.Lines {
		b.find(page.Pos{File: p.File}, page.Doubt, "", fmt.Sprintf("no use was found for %d of %d lines", p.Unused, p.Lines), "look whether facts stand in them")
	}
}

func nameOf(op *page.Operation) string {
	return strings.TrimSpace(op.Method.Value + " " + op.Path.Value)
}
