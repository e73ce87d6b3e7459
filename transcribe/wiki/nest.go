package wiki

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// The members of an object are a table of their own below its row, with the
// head once more, and in most copies nothing says where that table ends. What
// does, from the strongest: the indentation, if the copy kept it; the places
// (body, query), which only the rows of the outermost table have; the
// example, which shows whose member a name is; and a name that the inner
// table had already. Where none of them speaks, the row stays inside and says
// so.

// settle finds the nesting of all tables and gives the blocks of a document.
func settle(ps pieces) []block.Block {
	s := settler{blocks: make([]block.Block, 0, len(ps)+len(ps)/8)}
	all := parts(ps)
	for i := range all {
		s.examples(all[i:])
		s.part(all[i].pieces)
	}
	return s.blocks
}

// part is a stretch of a document that has one table, with those inside of it,
// or examples, or both.
type part struct {
	pieces
	side  label.Section
	shown *members
	table bool
}

// parts splits a document where tables and their examples end and others
// begin: at the headings of another side of the call, and at a table that
// follows an example.
func parts(ps pieces) []part {
	var all []part
	from, side, example := 0, label.NoSection, false
	cut := func(i int) {
		if i > from {
			all = append(all, newPart(ps[from:i], side))
			from, example = i, false
		}
	}
	for i := range ps {
		switch p := &ps[i]; {
		case p.head && example:
			cut(i)
		case p.head:
		case p.Kind == block.Code:
			example = true
		case (p.Kind == block.Heading || p.Kind == block.Line) && !p.Within:
			if section, ok := label.Heading(p.Text); ok && sideOf(section) != side {
				cut(i)
				side = sideOf(section)
			}
		}
	}
	return append(all, newPart(ps[from:], side))
}

func newPart(ps pieces, side label.Section) part {
	p := part{pieces: ps, side: side, shown: shown(ps)}
	for i := range ps {
		p.table = p.table || ps[i].head
	}
	return p
}

// sideOf brings a table and its example under one name.
func sideOf(s label.Section) label.Section {
	switch s {
	case label.RequestExample, label.RequestHeader:
		return label.Request
	case label.AnswerExample, label.AnswerHeader:
		return label.Answer
	case label.EventExample:
		return label.EventFields
	case label.EventDecrypted:
		return label.EventResource
	}
	return s
}

// settler settles one part after the other.
type settler struct {
	blocks []block.Block

	example *members
	early   *members // of a part that has examples and no table
	levels  []level
	last    *piece // the field before
	fresh   bool   // a table of members has been opened, and has no row yet
	places  bool   // only the rows of the outermost table name a place
	owners  owners
}

// level is a table that is open.
type level struct {
	shown  *members // what the example shows in it
	seen   map[string]bool
	indent int
	path   string // of the field whose members it has, with a dot
	apart  bool   // it stands by itself, so its names are written with the path
	doubt  bool   // it has been said that it may have ended
}

func (s *settler) part(ps pieces) {
	s.places = outermost(ps)
	s.levels, s.last, s.owners = nil, nil, owners{}
	buttons(ps)
	choices(ps)
	for i := range ps {
		p := &ps[i]
		switch {
		case p.head:
			s.head(p)
		case p.Kind == block.Field:
			s.field(p)
		case p.Within, p.Kind == block.Open, p.Kind == block.Close, p.Kind == block.Folded:
			s.blocks = append(s.blocks, p.Block)
		case i+1 < len(ps) && ps[i+1].head && s.owned(p):
		default:
			described := s.last != nil
			s.end(p.Pos)
			if described && p.Kind == block.Line {
				s.blocks = append(s.blocks, block.Block{Kind: block.Close, Pos: p.Pos}) // ends the last description
			}
			s.blocks = append(s.blocks, p.Block)
		}
	}
	if len(ps) > 0 {
		s.end(ps[len(ps)-1].Pos)
	}
}

// examples finds the examples of the first of some parts. On some pages they
// stand before the table, or all together at the end.
func (s *settler) examples(parts []part) {
	p := &parts[0]
	s.example = p.shown
	switch {
	case !p.table && p.shown.known():
		s.early = p.shown
	case p.table && !p.shown.known() && s.early != nil:
		s.example = s.early
	case p.table:
		s.early = nil
		if late := later(parts); late != nil && !p.shown.known() {
			s.example = late
		}
	}
}

// later finds the example of the first of some parts in those that follow.
func later(parts []part) *members {
	const far = 6
	for _, p := range parts[1:min(len(parts), far)] {
		switch {
		case p.side == label.Interface:
			return nil
		case p.side == parts[0].side && !p.table && p.shown.known():
			return p.shown
		}
	}
	return nil
}

// owned tells whether a line is the caption of the table below it, naming the
// field whose members these are.
func (s *settler) owned(p *piece) bool {
	owner, ok := s.owners.find(p.Text)
	if ok {
		s.end(p.Pos)
		if owner.folded > 0 {
			s.blocks[owner.folded] = block.Block{Kind: block.Line, Within: true, Pos: s.blocks[owner.folded].Pos} // they are not lost after all
		}
		s.open(level{shown: owner.shown, indent: -1, path: owner.path, apart: true})
		s.fresh = true
	}
	return ok
}

// deepest is the most tables inside of each other. The platform has five.
const deepest = 16

// head opens the members of the field before, or another table.
func (s *settler) head(p *piece) {
	switch {
	case s.fresh && len(s.levels) == 1 && s.top().apart:
		s.top().indent = p.indent
	case s.last != nil && len(s.levels) > 0 && len(s.levels) < deepest && s.holds(s.last, p.indent):
		name := s.last.Field.Name
		s.blocks = append(s.blocks, block.Block{Kind: block.Open, Pos: p.Pos})
		s.open(level{shown: s.top().shown.of(bare(name)), indent: p.indent, path: s.top().path + bare(name) + "."})
		s.fresh = true
	default:
		s.end(p.Pos)
		s.open(level{shown: s.example, indent: p.indent})
	}
}

func (s *settler) open(l level) {
	l.seen = map[string]bool{}
	s.levels = append(s.levels, l)
}

// holds tells whether a field has members: the head below it is indented, or
// its type or the example says so.
func (s *settler) holds(p *piece, indent int) bool {
	if s.top().indent >= 0 && indent > s.top().indent {
		return true
	}
	return container(p.Field.Type) || s.top().shown.of(bare(p.Field.Name)).known()
}

// bare is a name without the path before it.
func bare(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func container(kind string) bool {
	t, _, ok := label.ParseType(kind)
	return ok && (t.Type == page.Object || t.Type == page.Array && (t.Items == "" || t.Items == page.Object))
}

func (s *settler) top() *level { return &s.levels[len(s.levels)-1] }

// field puts a field into the table that it belongs to.
func (s *settler) field(p *piece) {
	switch {
	case len(s.levels) == 0:
		s.open(level{shown: s.example, indent: p.indent})
	case s.top().apart && len(s.levels) == 1 && s.returns(p):
		s.end(p.Pos)
		s.open(level{shown: s.example, indent: p.indent})
	case len(s.levels) > 1 && !s.fresh && p.Field.Depth == 0:
		s.close(p)
	}
	top := s.top()
	top.seen[p.Field.Name] = true
	if p.folded {
		s.owners.add(p, top, len(s.blocks)+1)
	} else {
		s.owners.add(p, top, 0)
	}
	if len(s.levels) == 1 && top.apart {
		p.Field.Name = top.path + p.Field.Name
	}
	s.last, s.fresh = p, false
	s.blocks = append(s.blocks, p.Block)
	if p.folded {
		s.blocks = append(s.blocks, block.Block{Kind: block.Folded, Pos: p.Pos})
	}
}

// returns tells whether a field below a caption is none of the members that
// the caption announces, since these are folded away.
func (s *settler) returns(p *piece) bool {
	if s.places && p.Field.Place != "" {
		return true
	}
	shown := s.top().shown
	return shown.known() && shown.of(p.Field.Name) == nil && s.example.of(p.Field.Name) != nil
}

// close ends the tables that a field is no member of.
func (s *settler) close(p *piece) {
	depth, sure := s.depth(p)
	for len(s.levels)-1 > depth {
		s.pop(p.Pos)
	}
	if !sure && !s.top().doubt {
		s.top().doubt = true
		p.Doubt = "nothing says whether the table of members ends before this row, or one below"
	}
}

// depth is the table that a field belongs to, 0 being the outermost, and
// whether anything says so.
func (s *settler) depth(p *piece) (depth int, sure bool) {
	top := len(s.levels) - 1
	if p.indent >= 0 && s.levels[0].indent >= 0 && s.levels[top].indent > s.levels[0].indent {
		for top > 0 && p.indent < s.levels[top].indent {
			top--
		}
		return top, true
	}
	if s.places && p.Field.Place != "" {
		return 0, true
	}
	depth, sure = s.byName(p.Field.Name)
	if s.places && !sure {
		// Without a place it is inside, but how deep?
		return max(depth, 1), top == 1
	}
	return depth, sure && (depth > 0 || !s.places)
}

// byName looks a field up in the example, from the innermost table outwards.
// What an example does not show of an inner table it cannot tell apart from
// what belongs to the outer one.
func (s *settler) byName(name string) (depth int, sure bool) {
	top := len(s.levels) - 1
	for i := top; i >= 0; i-- {
		if l := s.levels[i]; !l.seen[name] && l.shown.of(name) != nil {
			return i, i == top || s.levels[top].shown.known()
		}
	}
	// A table that had the name before has ended.
	depth = top
	for depth > 0 && s.levels[depth].seen[name] {
		depth--
	}
	return depth, depth == 0
}

func (s *settler) pop(pos page.Pos) {
	s.blocks = append(s.blocks, block.Block{Kind: block.Close, Pos: pos})
	s.levels = s.levels[:len(s.levels)-1]
}

// end closes all tables.
func (s *settler) end(pos page.Pos) {
	for len(s.levels) > 1 {
		s.pop(pos)
	}
	s.levels, s.last, s.fresh = s.levels[:0], nil, false
}

// outermost tells whether the rows of the outermost table name their places
// and others do not. The rows right below the head of an inner table are the
// proof that inner rows have none.
func outermost(ps pieces) bool {
	places, inner := 0, false
	var last *piece
	for i := range ps {
		switch p := &ps[i]; {
		case p.head:
			inner = last != nil
		case p.Kind == block.Field:
			switch {
			case p.Field.Place == "":
			case inner:
				return false
			default:
				places++
			}
			inner, last = false, p
		}
	}
	return places > 0
}
