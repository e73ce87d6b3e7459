package spec

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/page"
)

// merger brings the facts of a page into an operation that a spec has. It
// looks at everything first, so that new components can be named, and edits
// then.
type merger struct {
	w     *writer
	f     *file
	b     *builder
	op    *yaml.Node
	entry Entry
	older string // why facts of this page do not count against the spec's
	dated string // what is to be said of changes by a page without a date

	pageRoles, specRoles []string
	later                []func()
	required             map[*yaml.Node]*requirement
	visited              map[visit]bool
}

// visit is a comparison that need not be made twice: shared components are
// reached from many places.
type visit struct {
	fields *page.Field
	node   *yaml.Node
}

// shared is why a type that several operations use is not narrowed for one.
const shared = "other operations share the type"

func (w *writer) mergeOperation(f *file, op *page.Operation) error {
	path, node := w.find(f, op)
	m := w.newMerger(f, node, op.Method.Value+" "+path, op.Updated.Value, op.Roles)
	m.b.nouns = nounNames(path)
	m.doc(op.Doc, op.Updated, op.Roles)
	m.facts(op)
	m.parameters(op)
	m.body(op)
	for _, a := range op.Answers {
		m.answer(a, len(op.Answers))
	}
	m.errors(op.Errors)
	return m.finish(op.Updated.Value)
}

// find gives the operation of a file, and the path as the file spells it.
func (w *writer) find(f *file, op *page.Operation) (string, *yaml.Node) {
	var path string
	var found *yaml.Node
	eachOperation(f.root, func(p, method string, n *yaml.Node) {
		if page.Key(method, p) == page.Key(op.Method.Value, op.Path.Value) {
			path, found = p, n
		}
	})
	return path, found
}

func (w *writer) newMerger(f *file, node *yaml.Node, what, updated string, roles []page.Fact[string]) *merger {
	m := &merger{w: w, f: f, b: &builder{book: w.opts.Book}, op: node, visited: map[visit]bool{},
		required: map[*yaml.Node]*requirement{},
		entry:    Entry{File: f.name, What: what, Name: word(node, "operationId")}}
	has := word(node, "x-wx-doc", "updated")
	if updated != "" && has != "" && updated < has {
		m.older = fmt.Sprintf("the page is of %s, the spec of %s", updated, has)
	}
	if updated == "" && has != "" {
		m.dated = fmt.Sprintf("the page has no date, the spec is of %s", has)
	}
	for _, r := range roles {
		if slices.Contains(docRoles, r.Value) {
			m.pageRoles = append(m.pageRoles, r.Value)
		}
	}
	if list := value(node, "x-wx-doc", "roles"); list != nil {
		for _, r := range list.Content {
			m.specRoles = append(m.specRoles, r.Value)
		}
	}
	return m
}

// finish makes the edits, and those of info.version.
func (m *merger) finish(updated string) error {
	fresh := m.w.settle(m.f, m.b)
	m.writeTodo()
	for _, edit := range m.later {
		edit()
	}
	m.writeRequired()
	changed := len(m.f.edits) > 0
	if err := m.f.apply(); err != nil {
		return err
	}
	if len(fresh) > 0 {
		if err := m.w.addComponents(m.f, fresh); err != nil {
			return err
		}
	}
	m.entry.Todo, m.entry.Notes = append(slices.Clone(m.b.todo), todosOf(m.b, mapping())...), m.b.notes
	m.w.entries = append(m.w.entries, m.entry)
	if changed || m.older == "" {
		return m.w.date(m.f, updated)
	}
	return nil
}

// fact is something in which page and spec differ.
type fact struct {
	at    string // where, in wire names
	what  string // maximum length, required …
	page  string // what the page says; empty: nothing
	spec  string // what the spec says; empty: nothing
	node  *yaml.Node
	pos   page.Pos
	notes []*yaml.Node // nodes whose notes may speak of it
	words string       // what a note calls it, in place of what the page says
	stays string       // why the spec's side stays, whatever the page says
}

// differ notes a difference, and makes the edit that takes it over, unless
// something speaks against it.
func (m *merger) differ(d fact, edit func()) {
	if m.accept(d, edit != nil) {
		m.later = append(m.later, edit)
	}
}

// accept notes a difference, and tells whether the page's side is to be taken
// over. What is not taken over must not be built: its components would stand
// in the file, unused.
func (m *merger) accept(d fact, can bool) bool {
	c := Change{At: d.at, Pos: d.pos}
	if d.node != nil {
		c.Line = d.node.Line
	}
	switch {
	case d.page == "":
		c.Kind, c.What = Missing, fmt.Sprintf("%s %s is not on the page", d.what, d.spec)
	case d.spec == "":
		c.Kind, c.What = Added, fmt.Sprintf("%s %s", d.what, d.page)
	default:
		c.Kind, c.What = Changed, fmt.Sprintf("%s %s, was %s", d.what, d.page, d.spec)
	}
	switch note := m.explained(d); {
	case d.page == "" && (note || m.older != ""):
		return false // a note tells where it comes from, or a newer page does
	case note:
		c.Kind, c.Reason = Kept, "a note explains it"
	case m.older != "":
		c.Kind, c.Reason = Kept, m.older
	case d.stays != "":
		c.Kind, c.Reason = Kept, d.stays
	case !can && d.page != "":
		c.Kind, c.Reason = Kept, "to be changed by hand"
	}
	if c.Kind == Changed {
		c.Reason = m.dated
	}
	if c.Kind == Kept {
		c.What = fmt.Sprintf("%s is %s on the page, %s in the spec", d.what, d.page, orNothing(d.spec))
	}
	m.entry.Changes = append(m.entry.Changes, c)
	return can && c.Kind != Kept
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// explained tells whether a note of the node, of what lies around it or of the
// operation accounts for a difference.
func (m *merger) explained(d fact) bool {
	var notes []string
	for _, n := range append(slices.Clone(d.notes), d.node, m.op) {
		notes = append(notes, notesOf(n)...)
	}
	return drift.Explained(drift.Difference{Field: d.at, Page: d.page, Spec: d.spec, Word: d.words}, notes...)
}

func notesOf(n *yaml.Node) []string {
	note := value(n, "x-wx-note")
	if note == nil {
		return nil
	}
	if note.Kind == yaml.ScalarNode {
		return []string{note.Value}
	}
	var out []string
	for _, item := range note.Content {
		out = append(out, item.Value)
	}
	return out
}

// writeTodo adds what is left open of new parts of the operation.
func (m *merger) writeTodo() {
	list := value(m.op, "x-wx-todo")
	var fresh []*yaml.Node
	for _, todo := range m.b.todo {
		if !listed(list, todo) {
			fresh = append(fresh, prose(todo))
		}
	}
	switch {
	case len(fresh) == 0:
	case list == nil:
		m.f.put(m.op, "x-wx-todo", sequence(fresh...), operationOrder)
	case list.Kind == yaml.SequenceNode:
		for _, n := range fresh {
			m.f.addItem(list, n)
		}
	}
}

// requirement gathers what becomes of an object's list of required names.
type requirement struct {
	add, drop []string
}

func (m *merger) require(holder *yaml.Node, name string, needed bool) {
	r := m.required[holder]
	if r == nil {
		r = &requirement{}
		m.required[holder] = r
	}
	if needed {
		r.add = append(r.add, name)
	} else {
		r.drop = append(r.drop, name)
	}
}

// writeRequired writes lists of required names anew, in the order of the
// properties.
func (m *merger) writeRequired() {
	for holder, r := range m.required {
		list := value(holder, "required")
		var names []string
		if list != nil {
			for _, n := range list.Content {
				if !slices.Contains(r.drop, n.Value) {
					names = append(names, n.Value)
				}
			}
		}
		names = append(names, r.add...)
		order := propertyOrder(holder, r.add)
		slices.SortStableFunc(names, func(a, b string) int { return order[a] - order[b] })
		var items []*yaml.Node
		for _, name := range slices.Compact(names) {
			items = append(items, text(name))
		}
		switch {
		case len(items) == 0 && list != nil:
			m.f.remove(holder, "required")
		case list == nil && len(items) > 0:
			m.f.put(holder, "required", sequence(items...), schemaOrder)
		case list != nil:
			m.f.replace(holder, "required", sequence(items...))
		}
	}
}

// propertyOrder ranks names as the properties stand, new ones behind.
func propertyOrder(holder *yaml.Node, added []string) map[string]int {
	order := map[string]int{}
	if properties := value(holder, "properties"); properties != nil {
		for i := 0; i < len(properties.Content); i += 2 {
			order[properties.Content[i].Value] = i
		}
	}
	for i, name := range added {
		if _, ok := order[name]; !ok {
			order[name] = 1<<20 + i
		}
	}
	return order
}
