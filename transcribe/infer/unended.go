package infer

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// settle finds where the members of fields end whose page does not say so,
// with the help of examples and programs. Such a list holds all that follows,
// in the page's order. Fields that may belong to several objects are left out,
// and the page gets a gap that names them.
func (c *comparison) settle(where string, list []*page.Field, w witness, depth int) []*page.Field {
	if depth > maxDepth || !anyUnended(list) {
		return list
	}
	n := c.nestings(sequence(nil, list, 0), w)
	s := settling{c: c, n: n, where: where, sure: n.certainties(), members: map[int][]int{}, lacking: map[int]bool{}}
	s.sort()
	s.gaps()
	return s.build(top, depth)
}

// anyUnended tells whether there is anything to do in a list.
func anyUnended(list []*page.Field) bool {
	found := false
	page.Walk(list, func(_ string, f *page.Field) { found = found || f.Unended })
	return found
}

// sequence takes the fields out of the lists whose end is not known. What has
// an end stays as it is.
func sequence(out, list []*page.Field, depth int) []*page.Field {
	for _, f := range list {
		out = append(out, f)
		if f.Unended && depth < maxDepth {
			out = sequence(out, f.Fields, depth+1)
		}
	}
	return out
}

// settling is a list whose fields are put where they belong.
type settling struct {
	c       *comparison
	n       *nestings
	where   string
	sure    []certainty
	members map[int][]int // the fields that certainly belong to an object, by its path
	lacking map[int]bool  // the objects that may have other members
	anyLack bool          // all may
}

// sort finds out which fields belong to which object.
func (s *settling) sort() {
	for i, y := range s.sure {
		if y.certain() {
			s.members[y.paths[0]] = append(s.members[y.paths[0]], i)
			continue
		}
		s.anyLack = s.anyLack || len(y.paths) == 0
		for _, path := range y.paths {
			s.lacking[path] = true
		}
	}
}

// lacks tells whether an object may have members that are left out. Those that
// may lie deeper in objects of which nothing is known may lie in any of these.
func (s *settling) lacks(path int) bool {
	return s.anyLack || s.lacking[path] || s.lacking[unknown] && s.n.paths[path].w.none()
}

// build makes the tree of an object's members.
func (s *settling) build(path, depth int) []*page.Field {
	var out []*page.Field
	for _, i := range s.members[path] {
		f := s.n.fields[i]
		out = append(out, f)
		if !f.Unended {
			at := s.n.name(path) + "." + f.Name.Value
			f.Fields = s.c.settle(s.where+at, f.Fields, s.c.below(s.n.paths[path].w.of(f.Name.Value)), depth+1)
			continue
		}
		s.open(i, s.n.path(path, i), depth)
	}
	return out
}

// open gives a field its members, and says how their end was found.
func (s *settling) open(i, path, depth int) {
	f, y := s.n.fields[i], s.sure[i]
	f.Fields = nil
	if !y.open || y.folded || len(s.members[path]) == 0 {
		f.Unended = !f.Folded
		return
	}
	f.Fields = s.build(path, depth+1)
	f.Folded, f.Unended = false, s.lacks(path)
	at, w := s.where+s.n.name(path), s.n.paths[path].w
	if f.Unended {
		s.c.find(f.Name.Pos, page.Gap, at, "nothing tells where the members of this object end: some may be missing", "look at another copy of the page")
		return
	}
	s.c.find(f.Name.Pos, page.Inferred, at, "the end of this object's members was found with the "+w.names(), "")
}

// gaps names the fields that are left out, those that follow each other at
// once.
func (s *settling) gaps() {
	for i := 0; i < len(s.sure); i++ {
		if s.sure[i].certain() {
			continue
		}
		from := i
		var names []string
		for ; i < len(s.sure) && !s.sure[i].certain(); i++ {
			names = append(names, s.n.fields[i].Name.Value)
		}
		what := fmt.Sprintf("nothing tells which object these fields belong to: %s; they are left out", list(names))
		if found := s.objects(from); found != "" {
			what = fmt.Sprintf("these fields belong to %s, and nothing tells to which: %s; they are left out", found, list(names))
		}
		s.c.find(s.n.fields[from].Name.Pos, page.Gap, s.where, what, "look at another copy of the page")
	}
}

// objects names the objects that a field may belong to.
func (s *settling) objects(i int) string {
	var names []string
	for _, path := range s.sure[i].paths {
		if path == unknown {
			return ""
		}
		names = append(names, s.where+s.n.name(path))
	}
	return strings.Join(names, " or ")
}

// name is the dotted path of an object behind that of the list.
func (n *nestings) name(path int) string {
	name := ""
	for ; path > top; path = n.paths[path].around {
		name = "." + n.fields[n.paths[path].at].Name.Value + name
	}
	return name
}
