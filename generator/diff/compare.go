package diff

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// Options tell what the comparison depends on beside the two sides.
type Options struct {
	// RuntimeDeclares tells which error codes the runtime has a sentinel for;
	// nil means none. Both sides are taken to use today's runtime.
	RuntimeDeclares func(code string) bool
	// Packages limits the comparison to some packages, such as marketing/favor
	// or marketing/*; empty: all.
	Packages []string
}

func (o Options) wants(folder string) bool {
	return len(o.Packages) == 0 || slices.ContainsFunc(o.Packages, func(p string) bool { return matches(p, folder) })
}

func matches(pattern, folder string) bool {
	ok, err := path.Match(pattern, folder)
	return ok && err == nil
}

// Compare builds both sides and tells what changed. Where a side is broken,
// the error says which, with all that is wrong with it.
func Compare(before, after *Side, opts Options) (*Report, error) {
	if opts.RuntimeDeclares == nil {
		opts.RuntimeDeclares = func(string) bool { return false }
	}
	olds, oldErr := before.build("old", before.wants(after), opts, nil)
	news, newErr := after.build("new", after.wants(before), opts, keptNames(before, after, olds))
	if err := errors.Join(oldErr, newErr); err != nil {
		return nil, err
	}
	if before.File != "" && after.File != "" && len(olds) == 1 && len(news) == 1 {
		olds[0].Folder = news[0].Folder // two files are compared whatever they are called
	}
	r := &Report{Old: before.Name, New: after.Name}
	r.packages(olds, news)
	if err := wanted(opts.Packages, olds, news); err != nil {
		return nil, err
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		c.OldPos, c.NewPos = before.locate(c.OldPos), after.locate(c.NewPos)
	}
	r.sort()
	return r, nil
}

// keptNames gives the names that the next run over the old specs would keep:
// the new side is to be built as that run builds it. Of a file that is called
// otherwise now, the names are kept that do not come from yet another file,
// whose name may look different from there.
func keptNames(before, after *Side, olds []*model.Package) map[string]map[string]string {
	names := map[string]map[string]string{}
	for _, p := range olds {
		names[p.Folder] = p.Names
	}
	if len(olds) == 1 && before.File != after.File && before.File != "" && after.File != "" {
		own := maps.Clone(olds[0].Names)
		maps.DeleteFunc(own, func(place, _ string) bool { return strings.Contains(place, ".yaml ") })
		names[model.Folder(after.File)] = own
	}
	return names
}

// wanted complains about packages that were asked for and that neither side
// has.
func wanted(packages []string, olds, news []*model.Package) error {
	for _, want := range packages {
		if !slices.ContainsFunc(slices.Concat(olds, news), func(p *model.Package) bool { return matches(want, p.Folder) }) {
			return fmt.Errorf("no spec of either side becomes the package %s", want)
		}
	}
	return nil
}

// packages compares all packages that are on both sides.
func (r *Report) packages(olds, news []*model.Package) {
	both, gone, came := match(olds, news, func(a, b *model.Package) bool { return a.Folder == b.Folder })
	for _, p := range both {
		c := &comparison{old: p.old, new: p.new, pkg: p.new.Folder}
		c.compare()
		r.Changes = append(r.Changes, c.changes...)
	}
	for _, p := range gone {
		c := &comparison{pkg: p.Folder}
		c.add("package-removed", "the package is gone", contents(p), "", whole(p), load.Pos{})
		r.Changes = append(r.Changes, c.changes...)
	}
	for _, p := range came {
		c := &comparison{pkg: p.Folder}
		c.add("package-added", "the package is new", "", contents(p), load.Pos{}, whole(p))
		r.Changes = append(r.Changes, c.changes...)
	}
}

// contents says how much a package holds.
func contents(p *model.Package) string {
	parts := []string{
		amount(len(p.Operations), "operation", "operations"),
		amount(len(p.Events), "notification", "notifications"),
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// whole is the place of a package: its file.
func whole(p *model.Package) load.Pos { return load.Pos{File: p.Spec.File} }

// comparison looks at one package.
type comparison struct {
	old, new  *model.Package
	pkg       string
	operation string // that is being looked at; empty: the package as a whole
	changes   []Change
	at        map[fact]int // index into changes

	seen      map[visit]bool    // types that the operation showed already
	variables map[string]string // of the path: old name → new name
	oldTypes  map[string]bool   // names of all types
	newTypes  map[string]bool
}

// visit is a look at a type in one direction.
type visit struct {
	old, new *model.Named
	sent     bool
}

// fact is a change without those that it concerns.
type fact struct {
	kind           Kind
	what, old, new string
	oldPos, newPos load.Pos
}

// add notes a change. What several operations share, such as a field of a type
// that they all use, is noted once, with the names of them all.
func (c *comparison) add(kind Kind, what, old, new string, oldPos, newPos load.Pos) {
	f := fact{kind, what, old, new, oldPos, newPos}
	if i, ok := c.at[f]; ok {
		if same := &c.changes[i]; same.Operation != c.operation && !slices.Contains(same.Also, c.operation) {
			same.Also = append(same.Also, c.operation)
		}
		return
	}
	if c.at == nil {
		c.at = map[fact]int{}
	}
	c.at[f] = len(c.changes)
	c.changes = append(c.changes, Change{
		Class: ClassOf(kind), Kind: kind, Package: c.pkg, Operation: c.operation,
		What: what, Old: old, New: new, OldPos: oldPos, NewPos: newPos,
	})
}

// addIf notes a change where two texts differ.
func (c *comparison) addIf(kind Kind, what, old, new string, oldPos, newPos load.Pos) {
	if old != new {
		c.add(kind, what, old, new, oldPos, newPos)
	}
}

// compare looks at the package as a whole, then at its operations and
// notifications in the order of the spec.
func (c *comparison) compare() {
	c.oldTypes, c.newTypes = typeNames(c.old), typeNames(c.new)
	oldPos, newPos := whole(c.old), whole(c.new)
	c.addIf("hosts-changed", "the hosts changed", hosts(c.old.Spec.Servers), hosts(c.new.Spec.Servers), oldPos, newPos)
	c.sentinels()
	c.addIf("label-changed", "the package's title changed", c.old.Spec.Title, c.new.Spec.Title, oldPos, newPos)
	c.addIf("description-changed", "the package's description changed", c.old.Spec.Description, c.new.Spec.Description, oldPos, newPos)
	c.operations()
	c.events()
}

func typeNames(p *model.Package) map[string]bool {
	names := make(map[string]bool, len(p.Types))
	for _, t := range p.Types {
		names[t.Name] = true
	}
	return names
}
