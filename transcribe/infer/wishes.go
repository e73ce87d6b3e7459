package infer

import (
	"slices"
	"strings"
)

// wishes are the names of a list that an object has in examples and programs:
// if it does not get them, they are missing there, and so are all names below
// them.
type wishes struct {
	last   []int          // where they stand last, in order
	weight map[string]int // what each counts, with those below it
	behind []int          // what those from the first, second … on count together
}

// wishesOf finds the wishes of an object.
func (n *nestings) wishesOf(w witness) *wishes {
	if known := n.wishes[w]; known != nil {
		return known
	}
	found := &wishes{weight: map[string]int{}}
	n.wishes[w] = found
	for _, name := range w.order() {
		if last, ok := n.last[name]; ok {
			found.last = append(found.last, last)
			found.weight[name] = 1 + n.below(n.c.below(w.of(name)), 0)
		}
	}
	slices.Sort(found.last)
	found.behind = make([]int, len(found.last)+1)
	for i := len(found.last) - 1; i >= 0; i-- {
		found.behind[i] = found.behind[i+1] + found.weight[n.fields[found.last[i]].Name.Value]
	}
	return found
}

// depthOf is an object at a depth below another.
type depthOf struct {
	w     witness
	depth int
}

// below counts the names of the list that an object has at any depth. A class
// may hold itself, and what is more than enough is not counted further.
func (n *nestings) below(w witness, depth int) int {
	const deep, enough = 4, 20
	if w.none() || depth == deep {
		return 0
	}
	key := depthOf{w, depth}
	if known, ok := n.counts[key]; ok {
		return known
	}
	count := 0
	for _, name := range w.order() {
		if _, ok := n.last[name]; ok && count < enough {
			count += 1 + n.below(n.c.below(w.of(name)), depth+1)
		}
	}
	n.counts[key] = min(count, enough)
	return n.counts[key]
}

// lacks counts the names that an object will not get if it ends before a
// field. Those that stand for the last time before that were counted there.
func (n *nestings) lacks(f *frame, i int) int {
	if f.path == unknown {
		return 0
	}
	o := n.paths[f.path]
	first, _ := slices.BinarySearch(o.last, i)
	count := o.behind[first]
	for _, name := range names(f.used) {
		if n.last[name] >= i {
			count -= o.weight[name]
		}
	}
	return count
}

// missed counts what the objects that stay open will not get, since it stands
// here for the last time and belongs to another one.
func (n *nestings) missed(f *frame, i int) int {
	name, count := n.fields[i].Name.Value, 0
	if n.last[name] > i {
		return 0
	}
	for f = f.around; f != nil; f = f.around {
		if f.path != unknown && !f.holds(name) {
			count += n.paths[f.path].weight[name]
		}
	}
	return count
}

// wasted is what speaks against the members of an object being lost: a field
// follows that is known as one of them, and as a member of nothing that is
// open.
func (n *nestings) wasted(around *frame, path, i int) int {
	path = n.path(path, i)
	if path == unknown {
		return 0
	}
	const enough = 50 // names to look at
	last := n.paths[path].last
	first, _ := slices.BinarySearch(last, i+1)
	for _, at := range last[first:min(len(last), first+enough)] {
		if !n.known(around, n.fields[at].Name.Value) {
			return 1
		}
	}
	return 0
}

// known tells whether an object that is open has a name.
func (n *nestings) known(f *frame, name string) bool {
	for ; f != nil; f = f.around {
		if f.path != unknown && n.paths[f.path].w.has(name) {
			return true
		}
	}
	return false
}

func (f *frame) holds(name string) bool { return strings.Contains(f.used, "\n"+name+"\n") }

func names(used string) []string {
	return strings.FieldsFunc(used, func(r rune) bool { return r == '\n' })
}

// added adds a name to names, without those that do not stand in the list any
// more. They stay in order: sets that are equal are written alike.
func (n *nestings) added(used, name string, i int) string {
	all := slices.DeleteFunc(append(names(used), name), func(name string) bool { return n.last[name] <= i })
	slices.Sort(all)
	return "\n" + strings.Join(all, "\n") + "\n"
}
