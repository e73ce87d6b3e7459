package assemble

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// finder is whoever wants to hear of doubts.
type finder interface {
	find(pos page.Pos, kind page.Kind, about, what, how string)
}

// fieldStack builds a tree of fields. Formats give depth in three ways: by
// Open and Close around the members, by a depth in the row, and by dotted
// names. All may occur together.
type fieldStack struct {
	finder finder
	root   *[]*page.Field // nil: fields are of no interest here
	opened []opening
	last   *page.Field   // the field that Open would open
	depths []*page.Field // the last field at each depth of the open level
	desc   *description  // of the last field, while lines may still follow
}

// opening is an Open that no Close has ended yet.
type opening struct {
	field   *page.Field // nil if no field stood before it
	unended bool
}

// reset begins a list of fields, nil for one that is of no interest.
func (s *fieldStack) reset(root *[]*page.Field) {
	s.end()
	for _, o := range s.opened {
		if o.field != nil {
			o.field.Unended = true
		}
	}
	if s.root != nil {
		*s.root = s.once(*s.root)
	}
	*s = fieldStack{finder: s.finder, root: root}
}

// once drops fields that stand twice in a list, and keeps the first. Lists
// whose end is lost hold names of two levels; they are left alone, and so are
// fields behind an object without members, which may be its own.
func (s *fieldStack) once(list []*page.Field) []*page.Field {
	seen := make(map[string]int, len(list))
	kept := list[:0]
	hollow := -1
	for _, f := range list {
		if !f.Unended {
			f.Fields = s.once(f.Fields)
		}
		at, twice := seen[f.Name.Value]
		if !twice || hollow > at {
			if isHollow(f) {
				hollow = len(kept)
			}
			seen[f.Name.Value] = len(kept)
			kept = append(kept, f)
			continue
		}
		if first := kept[at]; len(first.Fields) == 0 {
			first.Fields = f.Fields
		}
		s.finder.find(f.Name.Pos, page.Contradiction, f.Name.Value, "the page describes this field twice; the first counts", "")
	}
	return kept
}

// isHollow tells whether a field holds objects of which the page, and not
// only this copy of it, shows no members.
func isHollow(f *page.Field) bool {
	return len(f.Fields) == 0 && !f.Folded && (f.Type.Value == page.Object || f.Items.Value == page.Object)
}

// active tells whether lines are the description of a field.
func (s *fieldStack) active() bool { return s.desc != nil }

// end ends the description of the last field.
func (s *fieldStack) end() {
	if s.desc != nil {
		s.desc.finish()
		s.desc = nil
	}
}

// push begins the members of the last field, or what may be its members. Where
// the end of a list is lost, the ends of all lists in it are: what follows
// stays in that one, however many there are.
func (s *fieldStack) push(unended, maybe bool) {
	s.end()
	if s.last != nil {
		s.last.Unended, s.last.Folded = s.last.Unended || unended, s.last.Folded || maybe
	}
	if n := len(s.opened); unended && n > 0 && s.opened[n-1].unended && s.opened[n-1].field != nil {
		s.last, s.depths = nil, nil
		return
	}
	if len(s.opened) < deepest {
		s.opened = append(s.opened, opening{s.last, unended})
	}
	s.last, s.depths = nil, nil
}

// deepest is how deep members nest. No page goes beyond ten.
const deepest = 64

// pop ends the members of a field, and of those within it whose end nothing
// shows.
func (s *fieldStack) pop() {
	s.end()
	for n := len(s.opened); n > 0; n-- {
		o := s.opened[n-1]
		s.opened, s.depths = s.opened[:n-1], nil
		s.last = o.field
		if !o.unended {
			return
		}
		if o.field != nil {
			o.field.Unended = true
		}
	}
}

// fold marks the last field as one whose members are lost.
func (s *fieldStack) fold() {
	if s.last != nil {
		s.last.Folded = true
	}
}

// siblings is the list that the next field of a depth belongs to.
func (s *fieldStack) siblings(depth int) *[]*page.Field {
	if depth > len(s.depths) {
		depth = len(s.depths)
	}
	if depth > 0 {
		return &s.depths[depth-1].Fields
	}
	for i := len(s.opened) - 1; i >= 0; i-- {
		if f := s.opened[i].field; f != nil {
			return &f.Fields
		}
	}
	return s.root
}

// add puts a field into the tree.
func (s *fieldStack) add(f *page.Field, depth int) {
	list := s.siblings(depth)
	name := f.Name.Value
	for i := 0; i < deepest; i++ {
		head, tail, dotted := strings.Cut(name, ".")
		if !dotted {
			break
		}
		above := s.parent(list, strings.TrimSuffix(head, "[]"), f)
		if strings.HasSuffix(head, "[]") && !above.Type.Known() {
			above.Type, above.Items = page.Said(page.Array, f.Name.Pos), page.Said(page.Object, f.Name.Pos)
		}
		list, name = &above.Fields, tail
	}
	f.Name.Value = strings.TrimSuffix(name, "[]")
	*list = append(*list, f)
	s.last = f
	s.depths = append(s.depths[:min(depth, len(s.depths))], f)
}

// parent finds the object that a dotted name speaks of. A page that does not
// describe it still names it.
func (s *fieldStack) parent(list *[]*page.Field, name string, child *page.Field) *page.Field {
	if f := lastNamed(*list, name); f != nil {
		return f
	}
	s.finder.find(child.Name.Pos, page.Gap, child.Name.Value, "the page does not describe "+name+", which this field belongs to", "")
	f := &page.Field{Name: page.Said(name, child.Name.Pos), Place: child.Place}
	*list = append(*list, f)
	return f
}

func lastNamed(list []*page.Field, name string) *page.Field {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Name.Value == name {
			return list[i]
		}
	}
	return nil
}

// text gives the field being described a line.
func (s *fieldStack) text(text string, pos page.Pos) bool {
	if s.desc == nil {
		return false
	}
	s.desc.line(text, pos)
	return true
}

// item gives the field being described a value.
func (s *fieldStack) item(bl *block.Block) bool {
	if s.desc == nil {
		return false
	}
	s.desc.item(strings.TrimSpace(bl.Value), strings.TrimSpace(bl.Text), bl.Pos)
	return true
}

// field reads a row that opens a field.
func (b *builder) field(bl *block.Block) bool {
	b.fields.end()
	if !b.takesFields() {
		return b.section == label.EventAnswer || b.section == label.AnswerHeader || b.section == label.RequestHeader
	}
	if b.count >= mostFields {
		return false
	}
	if b.count++; b.count == mostFields {
		b.find(bl.Pos, page.Doubt, "", fmt.Sprintf("more than %d fields: the others are left out", mostFields), "")
	}
	b.draft.begun = true
	cells := bl.Field
	at := func(p page.Pos) page.Pos {
		if p.Line == 0 {
			return bl.Pos
		}
		return p
	}
	name := strings.Trim(strings.TrimSpace(cells.Name), "`*\"")
	if !dottedName(name) {
		b.find(at(cells.At.Name), page.Doubt, clip(name), "this is no name of a field", "look at the row")
		return false
	}
	f := &page.Field{Name: page.Said(name, at(cells.At.Name))}
	if l := label.Fold(cells.Label); l != "" {
		f.Label = page.Said(l, at(cells.At.Label))
	}
	if need, ok := label.Need(cells.Need); ok {
		f.Required = page.Said(need, at(cells.At.Need))
	}
	rest := b.typeOf(f, cells.Type, at(cells.At.Type))
	if place, ok := label.Place(cells.Place); ok && b.section == label.Request {
		f.Place = page.Said(place, at(cells.At.Place))
	} else if b.place != "" && b.section == label.Request {
		f.Place = page.Seen(b.place, f.Name.Pos, page.Stated)
	}
	b.fields.add(f, cells.Depth)
	b.fields.desc = &description{find: b, field: f, places: b.place == "" && !f.Place.Known() && b.section == label.Request}
	if rest != "" {
		b.fields.text(rest, at(cells.At.Type))
	}
	if strings.TrimSpace(cells.Text) != "" {
		for _, line := range strings.Split(cells.Text, "\n") {
			b.fields.text(strings.TrimSpace(line), at(cells.At.Text))
		}
	}
	return true
}

// mostFields bounds what is read of one document. The largest page has some
// 600 fields.
const mostFields = 20000

// takesFields tells whether fields are of interest here. Fields that stand
// right behind 接口说明 are the request of a copy that lost its heading, or
// the envelope of a notification.
func (b *builder) takesFields() bool {
	if b.fields.root != nil {
		return true
	}
	if d := b.draft; d != nil && d.noticed() {
		b.begin(label.EventFields)
		return true
	}
	if d := b.draft; d != nil && !d.isEvent && d.op.Path.Known() && !d.begun && (b.section == label.Interface || b.section == label.NoSection) {
		b.section = label.Request
		b.fields.reset(b.list())
		return true
	}
	return false
}

func dottedName(name string) bool {
	for _, part := range strings.Split(name, ".") {
		if !label.FieldName(strings.TrimSuffix(part, "[]")) {
			return false
		}
	}
	return true
}

// typeOf reads the type cell, and gives the description that ran into it.
func (b *builder) typeOf(f *page.Field, cell string, pos page.Pos) (rest string) {
	if strings.TrimSpace(cell) == "" {
		return ""
	}
	t, rest, ok := label.ParseType(cell)
	if !ok {
		b.find(pos, page.Doubt, f.Name.Value, "type not understood: "+clip(cell), "see the example")
		return ""
	}
	f.Type = page.Said(t.Type, pos)
	if t.Items != "" {
		f.Items = page.Said(t.Items, pos)
	}
	if t.HasMin {
		f.MinLength = page.Said(t.Min, pos)
	}
	if t.HasMax {
		f.MaxLength = page.Said(t.Max, pos)
	}
	if t.Format != "" {
		f.Format = page.Said(t.Format, pos)
	}
	if t.Named != "" {
		f.TypeName = page.Said(t.Named, pos)
	}
	if place, after := label.SplitPlace(rest); place != "" {
		f.Place = page.Said(place, pos)
		rest = after
	}
	return rest
}
