package infer

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/page"
)

// settle finds where the members of fields end whose page does not say so:
// with the names that examples and programs have there. Such a list holds all
// that follows, in the page's order, so the fields are gone through in that
// order, and each goes to the innermost open object that is known to have its
// name and does not hold it yet.
func (c *comparison) settle(where string, list []*page.Field, w witness, depth int) []*page.Field {
	if depth > maxDepth || !anyUnended(list) {
		return list
	}
	s := settling{c: c, levels: []*openObject{{path: where, witness: w, used: map[string]bool{}}}}
	s.sequence(list, 0)
	for i, f := range s.fields {
		s.place(i, f, depth)
	}
	for s.top() > 0 {
		s.pop()
	}
	return s.levels[0].fields
}

// anyUnended tells whether there is anything to do in a list.
func anyUnended(list []*page.Field) bool {
	found := false
	page.Walk(list, func(_ string, f *page.Field) { found = found || f.Unended })
	return found
}

// settling is a list whose fields are put where they belong.
type settling struct {
	c      *comparison
	fields []*page.Field // in the page's order
	levels []*openObject // the objects that are open, innermost last
}

// openObject is an object whose members are being gone through.
type openObject struct {
	path     string
	field    *page.Field // nil for the list itself
	witness  witness
	fields   []*page.Field
	used     map[string]bool
	doubtful int // fields that nothing shows there
}

// sequence takes the fields out of the lists whose end is not known. What has
// an end stays as it is.
func (s *settling) sequence(list []*page.Field, depth int) {
	for _, f := range list {
		s.fields = append(s.fields, f)
		if f.Unended && depth < maxDepth {
			members := f.Fields
			f.Fields = nil
			s.sequence(members, depth+1)
		}
	}
}

func (s *settling) top() int { return len(s.levels) - 1 }

// place puts a field where it belongs, and opens it if its end is not known.
func (s *settling) place(i int, f *page.Field, depth int) {
	at := s.levelOf(i)
	for s.top() > at {
		s.pop()
	}
	l := s.levels[at]
	name := f.Name.Value
	if !l.witness.has(name) && !l.witness.none() {
		l.doubtful++
	}
	l.fields, l.used[name] = append(l.fields, f), true
	inner := s.c.below(l.witness.of(name))
	path := l.path + "." + name
	if f.Unended && s.top() < maxDepth {
		s.levels = append(s.levels, &openObject{path: path, field: f, witness: inner, used: map[string]bool{}})
		return
	}
	f.Fields = s.c.settle(path, f.Fields, inner, depth+1)
}

// levelOf is the level that a field belongs to. The first field behind the
// begin of an object is its member. One that nothing shows goes where the
// next one goes that something shows, or stays in an object that nothing is
// known of.
func (s *settling) levelOf(i int) int {
	top := s.levels[s.top()]
	if top.field != nil && len(top.fields) == 0 {
		return s.top()
	}
	for j := i; j < len(s.fields) && j < i+ahead; j++ {
		if at := s.shownAt(s.fields[j].Name.Value); at >= 0 {
			return at
		}
		if top.witness.none() {
			break
		}
	}
	return s.top()
}

// ahead is how many fields are looked at to find one that is known.
const ahead = 40

// shownAt is the innermost open level that is known to have a name and does
// not hold it yet, or -1.
func (s *settling) shownAt(name string) int {
	for at := s.top(); at >= 0; at-- {
		if l := s.levels[at]; l.witness.has(name) && !l.used[name] {
			return at
		}
	}
	return -1
}

// pop ends the innermost object, and says how its end was found.
func (s *settling) pop() {
	l := s.levels[s.top()]
	s.levels = s.levels[:s.top()]
	f := l.field
	f.Fields = l.fields
	if l.witness.none() {
		s.c.find(f.Name.Pos, page.Doubt, l.path, "nothing tells where the members of this object end", "compare with another copy of the page")
		return
	}
	f.Unended = false
	text := "the end of this object's members was found with the " + l.witness.names()
	if l.doubtful > 0 {
		text += fmt.Sprintf("; it does not show %d of the fields near it", l.doubtful)
	}
	s.c.find(f.Name.Pos, page.Inferred, l.path, text, "")
}
