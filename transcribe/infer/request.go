package infer

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/infer/call"
	"github.com/wxgen/wxgen/transcribe/infer/document"
	"github.com/wxgen/wxgen/transcribe/infer/sample"
	"github.com/wxgen/wxgen/transcribe/page"
)

// request is what the examples of a request show, by place.
type request struct {
	path, query, header values
	body                *shape
	parts               map[string]part
	partNames           []string
	url                 page.Pos // of an address that is this operation's
	headers             page.Pos // of the first header shown
	form                page.Pos // of the first part of a form
}

// values are values by name, the first of each name, in their order.
type values struct {
	names []string
	named map[string]scalar
}

func (v *values) keep(name string, value scalar) {
	if _, known := v.named[name]; known {
		return
	}
	if v.named == nil {
		v.named = map[string]scalar{}
	}
	v.named[name] = value
	v.names = append(v.names, name)
}

type part struct {
	shape *shape
	file  bool
	pos   page.Pos
}

// request completes the parameters and the body.
func (c *comparison) request(op *page.Operation) {
	r := c.readRequests(op)
	c.moveToBody(op, r)
	both := append(append([]*page.Field{}, op.Parameters...), op.Body...)
	class := c.requestClass(both)
	op.Parameters = c.settle("request", op.Parameters, witness{shape: r.asked(), class: class}, 0)
	for _, f := range op.Parameters {
		c.parameter(f, r, class)
	}
	if r.form != (page.Pos{}) && !op.Multipart.Known() {
		op.Multipart = page.Seen(true, r.form, page.FromExample)
	}
	c.form(op, r)
	w := witness{shape: r.body.below(), class: class}
	sent := witness{shape: r.sent(), class: class}
	if sent.none() {
		c.nestLike("request", op.Body, c.shownAnswer(op), 0)
	}
	op.Body = c.nest("request", c.settle("request", op.Body, sent, 0), sent)
	c.growBody(op, r.body)
	for _, f := range op.Body {
		if _, isPart := r.parts[f.Name.Value]; !isPart {
			c.field("request."+f.Name.Value, f, w.of(f.Name.Value), 0)
		}
	}
	c.requestNames(op, w, r)
}

// growBody takes the body of a page that describes none from the example,
// without what the page calls parameters.
func (c *comparison) growBody(op *page.Operation, body *shape) {
	if len(op.Body) > 0 || op.Method.Value == "GET" || op.Method.Value == "DELETE" || len(body.members) == 0 {
		return
	}
	parameters := index(op.Parameters)
	for _, f := range c.grow("request", witness{shape: body}, 0) {
		if parameters[f.Name.Value] == nil {
			f.Place = page.Seen(page.Body, f.Name.Pos, page.FromExample)
			op.Body = append(op.Body, f)
		}
	}
	if len(op.Body) > 0 {
		c.find(body.pos, page.Inferred, "request", "the page describes no fields of the body: they are those of the example", "look at another copy of the page")
	}
}

// requestNames reports what only the table, the example or the program has. A
// program has path, query and body in one class, and an example of a body may
// repeat what stands in the path.
func (c *comparison) requestNames(op *page.Operation, w witness, r *request) {
	both := index(append(append([]*page.Field{}, op.Parameters...), op.Body...))
	if w.shape != nil {
		for _, m := range w.shape.members {
			if both[m.name] == nil {
				c.find(m.pos, page.Doubt, "request."+m.name, "the example has this field, the page does not describe it", "look at another copy of the page")
			}
		}
	}
	if w.class != nil {
		for _, m := range w.class.Members {
			if both[m.Name] == nil {
				c.find(c.programPos(m.Place), page.Doubt, "request."+m.Name, "the sample program has this field, the page does not describe it", "")
			}
		}
	}
	for _, name := range r.query.names {
		if both[name] == nil {
			c.find(r.query.named[name].pos, page.Doubt, "query."+name, "the example has this parameter, the page does not describe it", "look at another copy of the page")
		}
	}
	for _, f := range op.Body {
		if w.shape != nil && !w.shape.partial && w.shape.find(f.Name.Value) == nil {
			c.unshown("request."+f.Name.Value, f, w.shape.pos)
		}
	}
}

func (c *comparison) readRequests(op *page.Operation) *request {
	r := &request{body: &shape{}, parts: map[string]part{}}
	template, known := segments(op.Path.Value), index(op.Body)
	for _, e := range op.Requests {
		if sample.Looks(e.Text) {
			continue
		}
		o := newOrigin(e)
		for _, found := range call.Read(e.Text) {
			c.call(r, found, o, template, known)
		}
	}
	for _, e := range op.Samples {
		o := newOrigin(e)
		for _, found := range call.Addresses(e.Text) {
			r.address(found, o, template)
		}
	}
	return r
}

func (c *comparison) call(r *request, found call.Call, o *origin, template []string, known map[string]*page.Field) {
	if found.URL != "" && !r.address(found, o, template) {
		if len(template) > 0 && strings.Contains(found.Host, "api") && strings.Contains(found.Host, "mch.weixin.qq.com") {
			c.find(o.at(found.Start()), page.Contradiction, "request", "the example calls another path: "+clip(found.URL), "")
		}
		return
	}
	for _, h := range found.Headers {
		at := o.at(h.Offset)
		if r.headers == (page.Pos{}) {
			r.headers = at
		}
		r.header.keep(strings.ToLower(h.Name), scalar{h.Text, at, page.String})
	}
	for _, p := range found.Parts {
		r.part(p, o)
	}
	for _, b := range found.Body {
		if !related(b.Value, known) && len(known) > 0 {
			c.find(o.at(b.At(b.Offset)), page.Doubt, "request", "an example that has none of the fields described", "see whether it belongs to the operation")
			continue
		}
		for _, damage := range b.Damages {
			c.find(o.at(b.At(damage.Offset)), page.Doubt, "request", "the example is no JSON here: "+damage.What, "")
		}
		at := func(offset int) page.Pos { return o.at(b.At(offset)) }
		if r.body.pos == (page.Pos{}) {
			r.body.pos = at(b.Offset)
		}
		r.body.show(b.Value, at, 0)
	}
}

// address takes the values of path and query, if the address is that of the
// operation. One whose path another answer gives may have any.
func (r *request) address(found call.Call, o *origin, template []string) bool {
	if n := len(found.Path); n > 0 && found.Path[n-1].Text == "" {
		found.Path = found.Path[:n-1]
	}
	if len(found.Path) == 0 || len(template) > 0 && len(found.Path) != len(template) {
		return false
	}
	var variables values
	for i, segment := range template {
		v := found.Path[i]
		name, variable := strings.CutPrefix(segment, "{")
		switch {
		case variable:
			variables.keep(strings.TrimSuffix(name, "}"), scalar{v.Text, o.at(v.Offset), page.String})
		case segment != v.Text:
			return false
		}
	}
	if r.url == (page.Pos{}) {
		r.url = o.at(found.Path[0].Offset)
	}
	for _, name := range variables.names {
		r.path.keep(name, variables.named[name])
	}
	for _, q := range found.Query {
		r.query.keep(q.Name, scalar{q.Text, o.at(q.Offset), page.String})
	}
	return true
}

// segments splits a path without its trailing slash.
func segments(path string) []string {
	path = strings.Trim(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

func (r *request) part(p call.Part, o *origin) {
	at := o.at(p.Offset)
	if r.form == (page.Pos{}) {
		r.form = at
	}
	if _, known := r.parts[p.Name]; known {
		return
	}
	found := part{file: p.File, pos: at}
	if p.Body != nil {
		found.shape = &shape{name: p.Name, pos: at}
		found.shape.show(p.Body.Value, func(offset int) page.Pos { return o.at(p.Body.At(offset)) }, 0)
	}
	r.parts[p.Name] = found
	r.partNames = append(r.partNames, p.Name)
}

// sent is what a call sends, be it a document or the parts of a form.
func (r *request) sent() *shape {
	if len(r.parts) == 0 {
		return r.body.below()
	}
	form := &shape{pos: r.form, index: map[string]*shape{}}
	for _, name := range r.partNames {
		part := r.parts[name].shape
		if part == nil {
			part = &shape{name: name, pos: r.parts[name].pos}
		}
		form.index[name] = part
		form.members = append(form.members, part)
	}
	return form
}

// asked is what the address of a call shows: which parameters there are, and
// the documents in them.
func (r *request) asked() *shape {
	if r.url == (page.Pos{}) {
		return nil
	}
	s := &shape{pos: r.url, partial: true} // headers stand elsewhere
	for _, in := range []values{r.path, r.query} {
		for _, name := range in.names {
			v := in.named[name]
			m := s.member(name, v.pos)
			if d, ok := document.First(v.text); ok && json.Valid([]byte(v.text)) {
				m.show(d.Value, func(int) page.Pos { return v.pos }, 0)
			}
		}
	}
	return s
}

// parameter gives a parameter its example, and the type if the page has none.
func (c *comparison) parameter(f *page.Field, r *request, class *sample.Class) {
	name := f.Name.Value
	shown, shownAt := r.query, r.url
	switch f.Place.Value {
	case page.Path:
		shown = r.path
	case page.Header:
		shown, shownAt, name = r.header, r.headers, strings.ToLower(name)
	}
	where := string(f.Place.Value) + "." + f.Name.Value
	v, ok := shown.named[name]
	s := witness{class: class}.of(f.Name.Value)
	inBody := r.body.find(f.Name.Value)
	switch {
	case ok && !isPlaceholder(v.text):
		s.shape = c.parameterShape(f, v)
	case !ok && inBody != nil && f.Place.Value != page.Header: // a document lists the parameters
		s.shape, ok = inBody, true
	}
	c.field(where, f, s, 0)
	if !ok && shownAt != (page.Pos{}) {
		c.unshown(where, f, shownAt)
	}
}

// parameterShape is what a value in an address shows. All values there are
// texts; one of digits may be either, so it counts as what the page says.
func (c *comparison) parameterShape(f *page.Field, v scalar) *shape {
	s := &shape{name: f.Name.Value, pos: v.pos}
	kind := page.String
	switch {
	case isNumeric(f.Type.Value) && isInteger(v.text):
		kind = page.Integer
	case f.Type.Value == page.Number && isDecimal(v.text):
		kind = page.Number
	case (f.Type.Value == page.Boolean || !f.Type.Known()) && (v.text == "true" || v.text == "false"):
		kind = page.Boolean
	case f.Type.Value == page.Array || f.Type.Value == page.Object:
		return c.documentShape(f, v)
	case !f.Type.Known() && (isInteger(v.text) || isDecimal(v.text)):
		// Nothing tells an identifier from a number.
		f.Example = page.Seen(v.text, v.pos, page.FromExample)
		return nil
	}
	s.scalar(scalar{v.text, v.pos, kind})
	return s
}

// documentShape is what a document shows that stands in an address.
func (c *comparison) documentShape(f *page.Field, v scalar) *shape {
	d, ok := document.First(v.text)
	if !ok || !json.Valid([]byte(v.text)) {
		return nil
	}
	s := &shape{name: f.Name.Value, pos: v.pos}
	s.show(d.Value, func(int) page.Pos { return v.pos }, 0)
	f.JSON = page.Seen(true, v.pos, page.FromExample)
	if !f.Example.Known() {
		f.Example = page.Seen(v.text, v.pos, page.FromExample)
	}
	return s
}

// isDecimal tells whether a text is a number with a fraction.
func isDecimal(s string) bool {
	whole, fraction, ok := strings.Cut(s, ".")
	return ok && isInteger(whole) && fraction != "" && strings.Trim(fraction, "0123456789") == ""
}

func isInteger(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// moveToBody mends a page that calls the fields of a JSON body query
// parameters: the example shows them in the body and not in the address.
func (c *comparison) moveToBody(op *page.Operation, r *request) {
	if op.Method.Value == "GET" || op.Method.Value == "DELETE" || len(r.body.members) == 0 {
		return
	}
	known := index(op.Body)
	var parameters []*page.Field
	for _, f := range op.Parameters {
		name := f.Name.Value
		s := r.body.find(name)
		_, inQuery := r.query.named[name]
		if f.Place.Value != page.Query || s == nil || inQuery || known[name] != nil {
			parameters = append(parameters, f)
			continue
		}
		c.find(f.Name.Pos, page.Contradiction, "request."+name, fmt.Sprintf("the page calls it a query parameter, the example at %s sends it in the body", s.pos), "the example counts")
		f.Place = page.Seen(page.Body, s.pos, page.FromExample)
		op.Body = append(op.Body, f)
	}
	op.Parameters = parameters
}
