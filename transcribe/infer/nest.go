package infer

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/page"
)

// nest puts fields below the objects that they belong to, if the page lists
// the members of an object behind it as if they were its siblings. Examples
// and programs show whether it does: then there are names that the list has
// and only the object before them knows. The order of the page is that of a
// walk through the objects, so an object that was left is not entered again.
// Where several levels have a name, the deepest gets it first.
func (c *comparison) nest(where string, list []*page.Field, w witness) []*page.Field {
	return c.once(c.nestBy(where, list, w, w.names()))
}

// nestLike does so for the members of objects whose own examples are missing,
// with those of the answer: pages that only link to their requests show it.
func (c *comparison) nestLike(where string, list []*page.Field, answer *shape, depth int) {
	if depth > maxDepth {
		return
	}
	for _, f := range list {
		s := answer.find(f.Name.Value).below()
		if s == nil || len(f.Fields) == 0 || f.Unended {
			continue
		}
		path := where + "." + f.Name.Value
		f.Fields = c.nestBy(path, f.Fields, witness{shape: s}, "example of the answer")
		c.nestLike(path, f.Fields, s, depth+1)
	}
}

// once drops fields that a page describes twice in one object, and keeps the
// first.
func (c *comparison) once(list []*page.Field) []*page.Field {
	first := index(list)
	if len(first) == len(list) {
		return list
	}
	var kept []*page.Field
	for _, f := range list {
		if first[f.Name.Value] == f {
			kept = append(kept, f)
			continue
		}
		c.find(f.Name.Pos, page.Contradiction, f.Name.Value, "the page describes this field twice; the first counts", "")
	}
	return kept
}

func (c *comparison) nestBy(where string, list []*page.Field, w witness, by string) []*page.Field {
	n := nesting{c: c, levels: []*level{{w: w, taken: map[string]bool{}}}}
	for _, f := range list {
		n.add(f)
	}
	if n.certain == nil {
		return list
	}
	for _, l := range n.entered {
		l.field.Fields = l.fields
	}
	what := "the page lists members beside their objects: they were put below them with the help of the " + by
	if n.doubtful > 0 {
		what += fmt.Sprintf("; %d fields that it does not show stay with the field before them", n.doubtful)
	}
	c.find(n.certain.Name.Pos, page.Inferred, where, what, "compare with another copy of the page")
	return n.root
}

type nesting struct {
	c        *comparison
	levels   []*level // that are open, the innermost last
	entered  []*level // all that have got members
	root     []*page.Field
	certain  *page.Field // the first field that no outer object has
	doubtful int
}

// level is an object and what has been found of it.
type level struct {
	field  *page.Field // nil for the list itself
	w      witness
	taken  map[string]bool
	fields []*page.Field
}

func (n *nesting) add(f *page.Field) {
	name := f.Name.Value
	depth := n.depth(name)
	if depth > 0 && n.certain == nil && !n.levels[0].w.has(name) {
		n.certain = f
	}
	n.levels = n.levels[:depth+1]
	l := n.levels[depth]
	l.taken[name] = true
	switch {
	case depth == 0:
		n.root = append(n.root, f)
	default:
		if len(l.fields) == 0 {
			n.entered = append(n.entered, l)
		}
		l.fields = append(l.fields, f)
	}
	if inner := n.c.below(l.w.of(name)); !inner.none() && len(f.Fields) == 0 && !f.Folded && depth < maxDepth {
		n.levels = append(n.levels, &level{field: f, w: inner, taken: map[string]bool{}})
	}
}

// depth finds the object that a name belongs to. A name that none has stays
// with the field before it, unless that object is complete.
func (n *nesting) depth(name string) int {
	for i := len(n.levels) - 1; i >= 0; i-- {
		if l := n.levels[i]; l.w.has(name) && !l.taken[name] {
			return i
		}
	}
	n.doubtful++
	depth := len(n.levels) - 1
	for depth > 0 && (len(n.levels[depth].taken) == 0 || n.levels[depth].complete()) {
		depth--
	}
	return depth
}

// complete tells whether everything has been found that examples show.
func (l *level) complete() bool {
	if l.w.shape == nil {
		return false
	}
	for _, m := range l.w.shape.members {
		if !l.taken[m.name] {
			return false
		}
	}
	return true
}
