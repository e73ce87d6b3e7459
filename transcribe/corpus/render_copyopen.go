package corpus

import "github.com/wxgen/wxgen/transcribe/page"

// renderCopyOpen is a copy out of a browser with all members open (§2), whose
// examples do not show every optional field: where nothing shows whether a
// field is the last one of an object or stands behind it, nobody can tell. What
// cannot be told need not be read, but may not be read wrongly either.
func renderCopyOpen(t *Truth, v *Variant) *Rendering {
	t = t.clone()
	for _, list := range t.nested() {
		v.hide(*list)
	}
	s := &docline{v: v, copy: true, open: true}
	docPage(s, t, v)
	r := docHeld(t)
	for i, op := range t.Ops {
		held := r.Held.Operations[i]
		held.Body = t.told(op.Body, held.Body)
		for _, a := range held.Answers {
			a.Fields = t.told(op.Answer.Fields, a.Fields)
		}
	}
	for i, e := range t.Events {
		held := r.Held.Events[i]
		held.Resource = t.told(e.Resource, held.Resource)
	}
	r.set(s.String())
	return r
}

// nested are the lists that may have objects in them.
func (t *Truth) nested() []*[]*Field {
	var lists []*[]*Field
	for _, op := range t.Ops {
		lists = append(lists, &op.Body, &op.Answer.Fields)
	}
	for _, e := range t.Events {
		lists = append(lists, &e.Resource)
	}
	return lists
}

// hide keeps optional fields out of the examples. An object keeps a member
// that is shown.
func (v *Variant) hide(fields []*Field) {
	shown := 0
	for _, f := range fields {
		v.hide(f.Kids)
		if !f.NoSample && len(f.Kids) == 0 {
			shown++
		}
	}
	for _, f := range fields {
		if shown > 1 && !f.NoSample && len(f.Kids) == 0 && f.Need == page.Optional && v.rng.IntN(3) == 0 {
			f.NoSample = true
			shown--
		}
	}
}

// flat is a field of a page that lost the depth of its fields.
type flat struct {
	field  *Field
	object *Field // that it is a member of, nil for the list
}

func flatten(out []flat, object *Field, fields []*Field) []flat {
	for _, f := range fields {
		out = flatten(append(out, flat{f, object}), f, f.Kids)
	}
	return out
}

// told are the fields of a list of which a reader can tell where they belong.
func (t *Truth) told(fields []*Field, held []*page.Field) []*page.Field {
	if t.bare() {
		return beforeObjects(held)
	}
	all := flatten(nil, nil, fields)
	lost := map[*Field]bool{}
	for from := 0; from < len(all); from++ {
		to := from
		for to < len(all) && all[to].field.NoSample {
			to++
		}
		if to == from || from == 0 {
			continue
		}
		var next *Field // the object that the next field shown belongs to
		if to < len(all) {
			next = all[to].object
		}
		before := all[from-1]
		around := before.object
		if len(before.field.Kids) > 0 { // what follows an object is its member
			around = before.field
			from++
		}
		for i := from; i < to && around != next; i++ {
			lost[all[i].field] = true
		}
		from = to
	}
	return remaining(fields, held, lost)
}

// beforeObjects are the fields up to the first object, whose members nothing
// tells from what stands behind it.
func beforeObjects(held []*page.Field) []*page.Field {
	for i, f := range held {
		if len(f.Fields) > 0 {
			f.Fields = nil
			return held[:i+1]
		}
	}
	return held
}

// remaining leaves out the fields that are lost. Both lists have the same
// fields in the same order.
func remaining(fields []*Field, held []*page.Field, lost map[*Field]bool) []*page.Field {
	var kept []*page.Field
	for i, f := range held {
		if i < len(fields) && !lost[fields[i]] {
			f.Fields = remaining(fields[i].Kids, f.Fields, lost)
			kept = append(kept, f)
		}
	}
	return kept
}
