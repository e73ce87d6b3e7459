// Package spec writes what pages say into OpenAPI documents of wxgen's
// dialect. An operation that no spec has becomes a draft, which a person
// completes with names and English; into one that a spec has, new facts are
// merged, and what people wrote stays.
package spec

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Options say where things go.
type Options struct {
	Specs   fs.FS  // the specs that are there
	Package string // for what no spec has; empty: guessed from each path
	Book    *Book  // nil: the one of Specs
}

// Result is what the specs would be.
type Result struct {
	Files   map[string][]byte // that differ from what is there, or are new
	Before  map[string][]byte // what they are now; new files are not in it
	Entries []Entry
}

// Entry is what happened to an operation or a notification.
type Entry struct {
	File    string   `json:"file"`
	What    string   `json:"what"` // GET /v3/…, or an event type
	Name    string   `json:"name"` // its operationId
	New     bool     `json:"new"`
	Changes []Change `json:"changes,omitempty"`
	Todo    []string `json:"todo,omitempty"`
	Notes   []string `json:"notes,omitempty"`
}

// Change is a fact that differs between page and spec, and what became of it.
type Change struct {
	At     string   `json:"at"`   // request.amount.total, or x-wx-doc
	Kind   Kind     `json:"kind"` // what was done
	What   string   `json:"what"`
	Pos    page.Pos `json:"-"`              // on the page
	Line   int      `json:"line,omitempty"` // in the spec, before the change
	Reason string   `json:"reason,omitempty"`
}

// Kind tells what became of a difference.
type Kind string

// The kinds of changes.
const (
	Added   Kind = "added"   // the spec did not have it
	Changed Kind = "changed" // the spec had something else
	Kept    Kind = "kept"    // the spec has something else, and a note says why
	Missing Kind = "missing" // the spec has it, and the page does not
)

// Import writes operations and events into specs, one after the other, in
// their order.
func Import(ops []*page.Operation, events []*page.Event, opts Options) (*Result, error) {
	t, err := readTree(opts.Specs)
	if err != nil {
		return nil, err
	}
	if opts.Book == nil {
		if opts.Book, err = ReadBook(opts.Specs); err != nil {
			return nil, err
		}
	}
	w := &writer{tree: t, opts: opts, heard: map[string]bool{}}
	for _, op := range ops {
		if err := w.operation(op); err != nil {
			return nil, err
		}
	}
	for _, e := range events {
		if err := w.event(e); err != nil {
			return nil, err
		}
	}
	return w.result()
}

type writer struct {
	tree    *tree
	opts    Options
	entries []Entry
	heard   map[string]bool // webhooks that this run has written or merged
}

func (w *writer) operation(op *page.Operation) error {
	method, path := op.Method.Value, op.Path.Value
	if method == "" || path == "" {
		return fmt.Errorf("%s: the operation %s has no method and path", op.Title.Pos, op.Title.Value)
	}
	if name := w.tree.operations[page.Key(method, path)]; name != "" {
		return w.mergeOperation(w.tree.files[name], op)
	}
	f, err := w.fileFor(PackageOf(path), op.Title.Value, path)
	if err != nil {
		return err
	}
	b := &builder{book: w.opts.Book}
	id := w.freeID(f, operationName(method, path))
	node := b.draft(op, f.name, id)
	if err := w.add(f, b, func() { f.addOperation(path, strings.ToLower(method), node) }); err != nil {
		return err
	}
	w.tree.operations[page.Key(method, path)] = f.name
	w.entries = append(w.entries, Entry{File: f.name, What: method + " " + path, Name: id, New: true, Todo: todosOf(b, node), Notes: b.notes})
	return w.date(f, op.Updated.Value)
}

func (w *writer) event(e *page.Event) error {
	key, err := eventKey(e)
	if err != nil {
		return err
	}
	if f, at, hook := w.findEvent(e); hook != nil {
		w.heard[f.name+" "+at] = true
		return w.mergeEvent(f, hook, e)
	}
	if len(e.Resource) == 0 {
		w.entries = append(w.entries, Entry{What: key, Todo: []string{
			"The page does not tell the fields of the decrypted data, without which there is nothing to write."}})
		return nil
	}
	f, err := w.fileForEvent(key, e.Title.Value)
	if err != nil {
		return err
	}
	b := &builder{book: w.opts.Book}
	id := w.freeID(f, eventName(e))
	node := b.draftEvent(e, f.name, id)
	if err := w.add(f, b, func() { f.addWebhook(key, node) }); err != nil {
		return err
	}
	w.heard[f.name+" "+key] = true
	for _, t := range e.Types {
		w.tree.hears(t.Value.Value, f.name)
	}
	w.entries = append(w.entries, Entry{File: f.name, What: key, Name: id, New: true, Todo: todosOf(b, node), Notes: b.notes})
	return w.date(f, e.Updated.Value)
}

// add puts something new and its components into a file.
func (w *writer) add(f *file, b *builder, put func()) error {
	fresh := w.settle(f, b)
	put()
	if err := f.apply(); err != nil {
		return err
	}
	return w.addComponents(f, fresh)
}

// settle names the components of a builder as the file's own are named.
func (w *writer) settle(f *file, b *builder) []*component {
	n := newNaming(f, w.opts.Book)
	eachOperation(f.root, func(_, _ string, op *yaml.Node) {
		n.taken[word(op, "operationId")+"Request"], n.taken[word(op, "operationId")+"Response"] = true, true
	})
	return n.settle(b.components)
}

func (w *writer) addComponents(f *file, fresh []*component) error {
	if value(f.root, "components") == nil {
		f.addComponents(nil)
		if err := f.apply(); err != nil {
			return err
		}
	}
	f.addComponents(fresh)
	return f.apply()
}

// fileFor gives the file of a package, which may have to be begun. A path
// that OpenAPI does not allow beside those of the file goes into one of its
// own.
func (w *writer) fileFor(pkg, title, path string) (*file, error) {
	if w.opts.Package != "" {
		pkg = w.opts.Package
	}
	name, err := fileOf(pkg)
	if err != nil {
		return nil, err
	}
	f := w.tree.files[name]
	if f != nil && clash(f.root, path) != "" {
		return w.fileOther(pkg+"others", title)
	}
	if f != nil {
		return f, nil
	}
	return w.begin(name, title)
}

// fileForEvent gives the file of a notification. A file has one webhook for a
// type: others of the same type go elsewhere.
func (w *writer) fileForEvent(key, title string) (*file, error) {
	pkg := packageOfEvent(key, title)
	if w.opts.Package != "" {
		pkg = w.opts.Package
	}
	for {
		f, err := w.fileOther(pkg, title)
		if err != nil || value(f.root, "webhooks", key) == nil {
			return f, err
		}
		pkg += "others"
	}
}

func (w *writer) fileOther(pkg, title string) (*file, error) {
	name, err := fileOf(pkg)
	if err != nil {
		return nil, err
	}
	if f := w.tree.files[name]; f != nil {
		return f, nil
	}
	return w.begin(name, title)
}

func (w *writer) begin(name, title string) (*file, error) {
	if title == "" {
		title = strings.TrimSuffix(name, ".yaml")
	}
	f, err := newFile(name, summary(title), "1970-01-01")
	if err != nil {
		return nil, err
	}
	w.tree.files[name] = f
	return f, nil
}

// date raises info.version to the date of a newer page.
func (w *writer) date(f *file, updated string) error {
	if updated == "" || word(f.root, "info", "version") >= updated {
		return nil
	}
	f.replace(value(f.root, "info"), "version", text(updated))
	return f.apply()
}

// freeID gives a name that no operation of the file has.
func (w *writer) freeID(f *file, name string) string {
	taken := map[string]bool{}
	eachOperation(f.root, func(_, _ string, op *yaml.Node) { taken[word(op, "operationId")] = true })
	eachWebhook(f.root, func(_ string, op *yaml.Node) { taken[word(op, "operationId")] = true })
	out := name
	for i := 2; taken[out]; i++ {
		out = fmt.Sprintf("%s%d", name, i)
	}
	return out
}

// todosOf gathers all that was left open.
func todosOf(b *builder, node *yaml.Node) []string {
	var out []string
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		if list := value(n, "x-wx-todo"); list != nil {
			for _, item := range list.Content {
				out = append(out, item.Value)
			}
		}
		for _, child := range n.Content {
			visit(child)
		}
	}
	visit(node)
	for _, c := range b.components {
		visit(c.node)
	}
	return out
}

func (w *writer) result() (*Result, error) {
	r := &Result{Files: map[string][]byte{}, Before: map[string][]byte{}, Entries: w.entries}
	for name, f := range w.tree.files {
		data := f.bytes()
		if !bytes.Equal(data, w.tree.before[name]) {
			r.Files[name] = data
			if before, ok := w.tree.before[name]; ok {
				r.Before[name] = before
			}
		}
	}
	if slices.Contains(keysOf(r.Files), "common.yaml") {
		return nil, errors.New("common.yaml would be changed, which is a fault of wxgen")
	}
	return r, nil
}

func keysOf(m map[string][]byte) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
