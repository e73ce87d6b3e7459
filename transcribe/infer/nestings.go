package infer

import (
	"slices"

	"github.com/wxgen/wxgen/transcribe/page"
)

// A page that lost where the members of its objects end is a flat list of
// fields, some of which open an object. There are many ways to nest it, and
// the right one is not guessed: all of them are gone through at once, each
// with the number of things in it that examples, programs and flags speak
// against. What all of the best ones have in common is certain, and nothing
// else is.
//
// The ways are the paths through a graph. Its nodes are what is open behind
// each field, its edges put the next field into one of these objects. Ways
// that differ only in objects that have ended meet in one node, so there are
// few nodes, however many ways there are.

// Bounds of what is looked at. Pages need some dozens of nodes a field.
const (
	maxWidth = 1000   // nodes behind one field
	maxNodes = 200000 // nodes of one list, where nodes with many names count more
)

// bounds are the costs up to which ways are followed: the first that any way
// keeps to. A list whose examples are another operation's has none.
var bounds = []int{0, 1, 2, 4, 8, 16, 32, 64}

// nestings goes through all ways to nest a list.
type nestings struct {
	c      *comparison
	fields []*page.Field
	last   map[string]int  // where each name stands last
	often  map[string]bool // names that stand there more than once
	paths  []objectPath
	ids    map[[2]int]int // of the paths, by the path around and the field
	frames map[frame]*frame
	wishes map[witness]*wishes
	counts map[depthOf]int
	layers [][]*node
	made   int
	bound  int
}

// objectPath is an object at a place: the field that opens it, and the path of
// the object around it.
type objectPath struct {
	around, at int
	w          witness
	*wishes
}

// Paths that are none.
const (
	top     = 0  // the list itself
	unknown = -1 // somewhere below an object of which nothing is known
	noField = -1
)

// frame is an object that is open, and as much of what it holds as matters to
// what may follow.
type frame struct {
	around *frame
	path   int
	depth  int
	used   string // names that it has to have and got, of those that stand in the list more than once
	empty  bool   // nothing was put into it yet
	vague  bool   // nothing is known of it, and it holds an object of which nothing is known
}

// node is what is open behind a field.
type node struct {
	frame      *frame
	cost, rest int // of the best way to it, and from it to the end
	from       []edge
}

// edge puts a field into an object.
type edge struct {
	from   *node
	cost   int
	path   int // of the object that the field belongs to
	opened bool
}

func (c *comparison) nestings(fields []*page.Field, w witness) *nestings {
	n := &nestings{c: c, fields: fields, last: map[string]int{}, often: map[string]bool{},
		ids: map[[2]int]int{}, frames: map[frame]*frame{}, wishes: map[witness]*wishes{}, counts: map[depthOf]int{}}
	for i, f := range fields {
		_, twice := n.last[f.Name.Value]
		n.often[f.Name.Value] = n.often[f.Name.Value] || twice
		n.last[f.Name.Value] = i
	}
	n.paths = []objectPath{{unknown, noField, w, n.wishesOf(w)}}
	for _, n.bound = range bounds {
		if n.walk() || n.made > maxNodes {
			break
		}
	}
	return n
}

// walk goes through the ways that cost no more than the bound, and tells
// whether there are any.
func (n *nestings) walk() bool {
	n.layers = [][]*node{{{frame: n.intern(frame{path: top})}}}
	for i := range n.fields {
		if !n.step(i) {
			break
		}
	}
	n.finish()
	return n.complete() && n.likely() <= n.bound
}

func (n *nestings) intern(f frame) *frame {
	if known := n.frames[f]; known != nil {
		return known
	}
	n.frames[f] = &f
	return &f
}

// path is the object that a field opens in another.
func (n *nestings) path(around, at int) int {
	if around == unknown {
		return unknown
	}
	key := [2]int{around, at}
	if id, ok := n.ids[key]; ok {
		return id
	}
	w := n.c.below(n.paths[around].w.of(n.fields[at].Name.Value))
	n.paths = append(n.paths, objectPath{around, at, w, n.wishesOf(w)})
	n.ids[key] = len(n.paths) - 1
	return n.ids[key]
}

// step puts a field into each object that is open on some way. It tells
// whether there is anything to go on with.
func (n *nestings) step(i int) bool {
	next := layer{n: n, at: map[*frame]*node{}}
	for _, from := range n.layers[i] {
		cost := 0
		for f := from.frame; f != nil; f = f.around {
			n.put(&next, edge{from: from, cost: cost}, f, i)
			if f.empty {
				break // what follows the begin of an object is its member
			}
			cost += n.lacks(f, i)
		}
	}
	for _, to := range next.nodes {
		n.made += 1 + len(to.frame.used)/256
	}
	if len(next.nodes) == 0 || len(next.nodes) > maxWidth || n.made > maxNodes {
		return false
	}
	n.layers = append(n.layers, next.nodes)
	return true
}

// put puts a field into an object, and opens it if it is one itself.
func (n *nestings) put(next *layer, e edge, f *frame, i int) {
	field := n.fields[i]
	e.path = f.path
	if f.vague {
		e.path = unknown
	}
	inner, cost := n.hold(f, i)
	e.cost += cost + n.missed(f, i)
	if !field.Unended || i+1 == len(n.fields) {
		next.add(e, inner)
		return
	}
	if f.depth < maxDepth {
		next.add(opening(e), n.open(inner, e.path, i))
	}
	if field.Folded {
		e.cost += n.wasted(inner, e.path, i)
		next.add(e, inner)
	}
}

func opening(e edge) edge {
	e.opened = true
	return e
}

// hold is an object with one more member, and what speaks against it.
func (n *nestings) hold(f *frame, i int) (*frame, int) {
	field := n.fields[i]
	if f.empty && n.unseen(f) && f.around != nil && n.unseen(f.around) {
		// Where this object ends cannot be told from where the one around it
		// goes on: they are one from here on.
		out := *f.around
		out.vague = true
		return n.intern(out), 0
	}
	out := *f
	out.empty = false
	if f.path == unknown || f.vague {
		return n.intern(out), 0
	}
	name, w := field.Name.Value, n.paths[f.path].w
	if n.often[name] && w.has(name) {
		if f.holds(name) {
			return n.intern(out), 1 // it has this member already
		}
		out.used = n.added(f.used, name, i)
	}
	if !w.allows(field) {
		return n.intern(out), 1
	}
	return n.intern(out), 0
}

// unseen tells whether nothing is known of an object.
func (n *nestings) unseen(f *frame) bool {
	return f.path == unknown || n.paths[f.path].w.none()
}

// open opens the object that a field holds.
func (n *nestings) open(around *frame, path, i int) *frame {
	return n.intern(frame{around: around, path: n.path(path, i), depth: around.depth + 1, empty: true})
}

// layer gathers the nodes behind a field.
type layer struct {
	n     *nestings
	at    map[*frame]*node
	nodes []*node // in the order in which they were found
}

func (l *layer) add(e edge, f *frame) {
	total := e.from.cost + e.cost
	if total > l.n.bound {
		return
	}
	to := l.at[f]
	if to == nil {
		to = &node{frame: f, cost: total}
		l.at[f] = to
		l.nodes = append(l.nodes, to)
	}
	to.cost = min(to.cost, total)
	to.from = append(to.from, e)
}

// finish goes back from the end, so that each node knows the cost of what
// follows it. If the end was not reached, what was seen of the list so far
// counts, whatever may follow.
func (n *nestings) finish() {
	end := n.layers[len(n.layers)-1]
	for _, to := range end {
		switch {
		case !n.complete():
			to.rest = -to.cost
		case to.frame.empty:
			to.rest = never // an object of which nothing follows is not open
		}
	}
	for i := len(n.layers) - 1; i > 0; i-- {
		for _, from := range n.layers[i-1] {
			from.rest = never
		}
		for _, to := range n.layers[i] {
			for _, e := range to.from {
				e.from.rest = min(e.from.rest, e.cost+to.rest)
			}
		}
	}
}

// never is the cost of what cannot be.
const never = 1 << 30

// likely is what a way may cost and be the right one: the best ways, if
// nothing speaks against them, and else also those that are little worse.
func (n *nestings) likely() int {
	best := n.layers[0][0].rest
	if best > 0 {
		best += slack
	}
	return best
}

// slack is one thing more, be it that an example lacks a field that is
// required or that a class does.
const slack = 1

func (n *nestings) complete() bool { return len(n.layers) == len(n.fields)+1 }

// certainty is what the best ways to nest a list say of one field.
type certainty struct {
	paths        []int // the objects that it may belong to
	open, folded bool  // that its members follow, and that they do not
}

// certain tells whether all of them put it into the same object.
func (y certainty) certain() bool { return len(y.paths) == 1 && y.paths[0] != unknown }

// certainties are those of all fields, in their order. Fields behind those
// that were looked at may be anywhere.
func (n *nestings) certainties() []certainty {
	out := make([]certainty, len(n.fields))
	most := n.likely()
	for i, nodes := range n.layers[1:] {
		for _, to := range nodes {
			for _, e := range to.from {
				if e.from.cost+e.cost+to.rest > most {
					continue
				}
				y := &out[i]
				if !slices.Contains(y.paths, e.path) {
					y.paths = append(y.paths, e.path)
				}
				y.open, y.folded = y.open || e.opened, y.folded || !e.opened
			}
		}
	}
	return out
}
