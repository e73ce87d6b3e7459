package infer

import "github.com/wxgen/wxgen/transcribe/page"

// A page has the members of its objects open or folded away, for all of them
// or, where somebody clicked on some, for each by itself. What is certain of
// some tells what to think of those that nothing else tells of.
type votes struct {
	c            *comparison
	open, folded int
}

// foldsOf finds out what an operation's page does with members.
func (c *comparison) foldsOf(op *page.Operation) folding {
	lists := [][]*page.Field{op.Parameters, op.Body}
	for _, a := range op.Answers {
		lists = append(lists, a.Fields)
	}
	v, doubtful := c.vote(lists...)
	if !doubtful {
		return either
	}
	r := v.c.readRequests(op)
	class := v.c.requestClass(append(append([]*page.Field{}, op.Parameters...), op.Body...))
	v.look(op.Parameters, witness{shape: r.asked(), class: class})
	v.look(op.Body, witness{shape: r.sent(), class: class})
	for _, a := range op.Answers {
		s := &shape{}
		for _, e := range a.Examples {
			v.c.show(s, e, a.Fields, "")
		}
		v.look(a.Fields, witness{shape: s.below(), class: v.c.responseClass(a.Fields)})
	}
	return v.result()
}

// foldsOfEvent finds out what a notification's page does with them.
func (c *comparison) foldsOfEvent(e *page.Event) folding {
	v, doubtful := c.vote(e.Envelope, e.Resource)
	if !doubtful {
		return either
	}
	for _, part := range []struct {
		fields   []*page.Field
		examples []page.Example
	}{{e.Envelope, e.Examples}, {e.Resource, e.Decrypted}} {
		s := &shape{}
		for _, example := range part.examples {
			v.c.show(s, example, part.fields, "")
		}
		v.look(part.fields, witness{shape: s.below()})
	}
	return v.result()
}

// vote begins with the objects behind which no field stands: their members
// are folded away. It tells whether there are others.
func (c *comparison) vote(lists ...[]*page.Field) (v *votes, doubtful bool) {
	v = &votes{c: newComparison(&page.Page{}, c.about)}
	v.c.program, v.c.origins = c.program, c.origins
	for _, fields := range lists {
		page.Walk(fields, func(_ string, f *page.Field) {
			doubtful = doubtful || f.Folded && f.Unended
			if f.Folded && !f.Unended {
				v.folded++
			}
		})
	}
	return v, doubtful
}

// look counts what is certain of the objects of a list.
func (v *votes) look(fields []*page.Field, w witness) {
	if !anyUnended(fields) {
		return
	}
	n := v.c.nestings(sequence(nil, fields, 0), w, either)
	for i, y := range n.certainties() {
		f := n.fields[i]
		switch {
		case !f.Unended || !f.Folded:
		case i == len(n.fields)-1, !y.open && y.folded:
			v.folded++
		case y.open && !y.folded:
			v.open++
		}
	}
}

func (v *votes) result() folding {
	switch {
	case v.folded == 0 && v.open > 0:
		return allOpen
	case v.open == 0 && v.folded > 0:
		return allFolded
	}
	return either
}
