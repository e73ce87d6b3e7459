package lines

import (
	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/infer/call"
	"github.com/wxgen/wxgen/transcribe/infer/document"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// object is what examples show of an object: its members, and what they hold.
// An array holds what its elements hold.
type object map[string]object

func (o object) merge(v *document.Value) {
	for _, item := range v.Items {
		o.merge(item)
	}
	for _, m := range v.Members {
		if o[m.Name] == nil {
			o[m.Name] = object{}
		}
		o[m.Name].merge(m.Value)
	}
}

// parts adds the documents that stand in the parts of a form.
func (o object) parts(text string) {
	for _, c := range call.Read(text) {
		for _, p := range c.Parts {
			if p.Body == nil {
				continue
			}
			if o[p.Name] == nil {
				o[p.Name] = object{}
			}
			o[p.Name].merge(p.Body.Value)
		}
	}
}

// shown names the sections whose examples show the fields of a section,
// besides its own.
var shown = map[label.Section][]label.Section{
	label.Request: {label.RequestExample}, label.Answer: {label.AnswerExample},
	label.EventFields:   {label.EventExample, label.EventAbout},
	label.EventResource: {label.EventDecrypted}, label.EventDecrypted: {label.EventResource},
}

// unfold decides for each 属性 whether the members follow it or are lost. Open
// and folded lists look alike in a text: a field that follows is a member if
// the example has its name in the object, and is none if only the enclosing
// object has it. Without an example a page is taken for what it shows
// elsewhere: lists are all open or all folded.
func unfold(ps []piece) []block.Block {
	u := unfolding{ps: ps, elsewhere: foldedElsewhere(ps)}
	u.collect()
	u.walk(u.look)
	u.walk(u.decide)
	return u.blocks()
}

// open leaves it to package infer, which knows more, to decide for each 属性.
// A file is a part of a form and no member of an object, so before one the
// members are lost.
func open(ps []piece) []block.Block {
	for i := range ps {
		if p := &ps[i]; p.Kind == block.Folded && p.folded && !isFile(fieldAfter(ps, i).Field.Type) {
			p.Kind, p.Unended, p.Maybe = block.Open, true, true
		}
	}
	u := unfolding{ps: ps}
	return u.blocks()
}

func (u *unfolding) blocks() []block.Block {
	ps := u.ps
	blocks := make([]block.Block, 0, len(ps))
	for _, p := range ps {
		if p.maybe && p.Kind == block.Folded {
			continue // nothing follows, and nothing said that it would
		}
		blocks = append(blocks, p.Block)
	}
	return blocks
}

// walk calls a function for each 属性 that a field follows, with the object
// that the field before it holds in the examples.
func (u *unfolding) walk(visit func(p *piece, inner object, next string) (opens bool)) {
	var section label.Section
	for i := range u.ps {
		p := &u.ps[i]
		if p.section != section || i == 0 {
			section = p.section
			u.levels = []object{u.examplesOf(section)}
		}
		switch {
		case p.Kind == block.Field:
			u.settle(p.Field.Name)
		case p.Kind == block.Folded && p.folded:
			inner := object(nil)
			if f := fieldBefore(u.ps, i); f != nil {
				inner = u.levels[len(u.levels)-1][f.Field.Name]
			}
			if visit(p, inner, fieldAfter(u.ps, i).Field.Name) {
				u.levels = append(u.levels, inner)
			}
		}
	}
}

// flat marks where members may follow a field of a list without any other sign
// of them: indents are lost in some copies.
func flat(ps []piece) []piece {
	out := make([]piece, 0, len(ps))
	last := -1 // the field before, in out
	for _, p := range ps {
		if p.Kind == block.Field && last >= 0 {
			before := out[last]
			object := before.Field.Type == "" || isObject(before.Field.Type)
			if object && before.section == p.section && p.Field.Depth <= before.Field.Depth {
				out = append(out, piece{Block: block.Block{Kind: block.Folded, Pos: before.Pos}, section: p.section, folded: true, maybe: true})
			}
		}
		out = append(out, p)
		if p.Kind == block.Field {
			last = len(out) - 1
		}
	}
	return out
}

// unfolding is what is known while 属性 are decided.
type unfolding struct {
	ps        []piece
	examples  map[label.Section]object
	together  map[label.Section]object
	levels    []object // the objects that are open, innermost last
	elsewhere bool     // some list is certainly folded
	open      bool     // some list was found open
}

// settle finds the level that a field lies on.
func (u *unfolding) settle(name string) {
	for len(u.levels) > 1 && u.levels[len(u.levels)-1][name] == nil {
		u.levels = u.levels[:len(u.levels)-1]
	}
}

// look finds out whether some list is open.
func (u *unfolding) look(_ *piece, inner object, next string) bool {
	u.open = u.open || inner[next] != nil
	return inner[next] != nil
}

// decide tells whether the members follow.
func (u *unfolding) decide(p *piece, inner object, next string) bool {
	switch {
	case inner[next] != nil:
	case len(inner) > 0 || u.elsewhere || p.maybe:
		return false
	case !u.open:
		p.Doubt = "the fields that follow may be the members of this object; no example tells"
		return false
	}
	p.Kind, p.Unended = block.Open, true
	return true
}

// collect gathers what the examples of each section show, if that matters.
func (u *unfolding) collect() {
	u.examples, u.together = map[label.Section]object{}, map[label.Section]object{}
	matters := false
	for i := range u.ps {
		matters = matters || u.ps[i].folded
	}
	for i := range u.ps {
		if !matters || u.ps[i].Kind != block.Code {
			continue
		}
		o := u.examples[u.ps[i].section]
		if o == nil {
			o = object{}
			u.examples[u.ps[i].section] = o
		}
		for _, d := range document.Read(u.ps[i].Text) {
			o.merge(d.Value)
		}
		o.parts(u.ps[i].Text)
	}
}

func (u *unfolding) examplesOf(section label.Section) object {
	if all, ok := u.together[section]; ok {
		return all
	}
	all := object{}
	u.together[section] = all
	for _, s := range append([]label.Section{section}, shown[section]...) {
		for name, inner := range u.examples[s] {
			if all[name] == nil {
				all[name] = object{}
			}
			all[name].add(inner)
		}
	}
	return all
}

func (o object) add(other object) {
	for name, inner := range other {
		if o[name] == nil {
			o[name] = object{}
		}
		o[name].add(inner)
	}
}

func isFile(kind string) bool {
	t, _, ok := label.ParseType(kind)
	return ok && t.Type == page.File
}

func fieldBefore(ps []piece, i int) *piece {
	for i--; i >= 0; i-- {
		if ps[i].Kind == block.Field {
			return &ps[i]
		}
	}
	return nil
}

func fieldAfter(ps []piece, i int) *piece {
	for i++; i < len(ps); i++ {
		if ps[i].Kind == block.Field {
			return &ps[i]
		}
	}
	return &piece{}
}

// foldedElsewhere tells whether a list is certainly folded: no field follows.
func foldedElsewhere(ps []piece) bool {
	for i := range ps {
		if ps[i].Kind == block.Folded && !ps[i].folded {
			return true
		}
	}
	return false
}
