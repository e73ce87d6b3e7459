package corpus

import "github.com/wxgen/wxgen/transcribe/page"

// clone copies a truth, so that a shape may change what it says.
func (t *Truth) clone() *Truth {
	out := *t
	out.Ops, out.Events = nil, nil
	for _, op := range t.Ops {
		out.Ops = append(out.Ops, op.clone())
	}
	for _, e := range t.Events {
		copied := *e
		copied.Resource = cloneFields(e.Resource)
		out.Events = append(out.Events, &copied)
	}
	return &out
}

func (o *Op) clone() *Op {
	out := *o
	out.Headers, out.InPath, out.InQuery = cloneFields(o.Headers), cloneFields(o.InPath), cloneFields(o.InQuery)
	out.Body, out.Answer.Fields = cloneFields(o.Body), cloneFields(o.Answer.Fields)
	out.Common = append([]Err(nil), o.Common...)
	out.Business = append([]Err(nil), o.Business...)
	return &out
}

func cloneFields(fields []*Field) []*Field {
	var out []*Field
	for _, f := range fields {
		copied := *f
		copied.Kids = cloneFields(f.Kids)
		out = append(out, &copied)
	}
	return out
}

// all visits every field of the truth.
func (t *Truth) all(visit func(*Field)) {
	for _, op := range t.Ops {
		eachField(op.Params(), visit)
		eachField(op.Body, visit)
		eachField(op.Answer.Fields, visit)
	}
	for _, e := range t.Events {
		eachField(e.Resource, visit)
	}
}

// wikiTruth is the truth as the wiki would tell it: lengths begin with one,
// and header parameters have no place there.
func wikiTruth(t *Truth, v *Variant) *Truth {
	t = t.clone()
	ranged := v.coin()
	for _, op := range t.Ops {
		op.Headers = nil
	}
	t.all(func(f *Field) {
		f.NoLabel = false // its tables have a column for labels
		if ranged && f.Type == page.String && f.Spelt == "" && f.MaxLength != nil && f.MinLength == nil {
			f.MinLength = num(1)
		}
	})
	return t
}
