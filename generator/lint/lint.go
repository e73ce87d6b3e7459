// Package lint tells whether specs are good enough to be kept: valid OpenAPI,
// in the dialect, and with the texts that make the emitted code worth reading.
//
// What it demands stands in a table of rules, each with an id. A finding can
// be silenced where it stands, with a reason (see ignore.go). The rules look
// at one file at a time, so that files can be looked at side by side; only
// the few questions that concern all files are asked at the end.
package lint

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
)

// Options choose among the rules.
type Options struct {
	Only    []string // ids of the rules to apply; empty: all
	Without []string // ids of rules to leave out
}

// Run looks at all specs of a folder. The error means that it could not look;
// what is wrong with a spec is a finding.
func Run(specs fs.FS, opts Options) ([]Finding, error) {
	chosen, err := choose(opts)
	if err != nil {
		return nil, err
	}
	files, err := load.Files(specs)
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(name string) bool { return name == glossaryFile })
	if len(files) == 0 {
		return nil, errors.New("no spec (.yaml) is there to read")
	}
	l := &linter{specs: specs, loader: load.NewLoader(withoutGlossary{specs}), rules: chosen}
	glossary := l.readGlossary()
	seen := make([]*seen, len(files))
	load.Each(len(files), func(i int) { seen[i] = l.look(files[i]) })
	return l.gather(append(seen, glossary, l.readPhrases()))
}

// linter looks at one set of specs.
type linter struct {
	specs    fs.FS
	loader   *load.Loader
	rules    []Rule
	glossary map[string]glossaryEntry
}

// seen is what is kept of a file once its rules have been applied. It is
// small, so that a run over many specs holds few of them.
type seen struct {
	file     string
	findings []Finding
	ignores  []*ignore
	parts    []part
	heard    []heard
	whole    bool // all rules could be applied
	err      error
}

// look applies the rules to one file.
func (l *linter) look(name string) *seen {
	s := &seen{file: name}
	doc, err := l.loader.Load(name)
	defer l.loader.Forget(name)
	if problems, ok := errors.AsType[load.Problems](err); ok {
		s.add("load", problems)
	} else if err != nil {
		s.err = err
		return s
	}
	f, err := l.open(name)
	if err != nil {
		if len(s.findings) == 0 {
			s.err = err // otherwise the loader has told why already
		}
		return s
	}
	s.ignores = f.ignores()
	if len(s.findings) > 0 {
		return s // what follows would only repeat it
	}
	f.use(doc)
	l.apply(f, s)
	return s
}

// open reads a file as a tree of YAML nodes, which knows what a document
// forgets: the places of texts and the lines as they are.
func (l *linter) open(name string) (*file, error) {
	data, err := fs.ReadFile(l.specs, name)
	if err != nil {
		return nil, fmt.Errorf("reading spec: %w", err)
	}
	var root yaml.Node
	if err := yaml.Load(data, &root); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return newFile(l, name, data, &root), nil
}

func (l *linter) apply(f *file, s *seen) {
	s.whole = true
	s.parts, s.heard = f.parts(), f.hears()
	for _, r := range l.rules {
		if r.check == nil {
			continue
		}
		r.check(f, s.report(r))
	}
}

// report gives a rule the means to tell what it finds.
func (s *seen) report(r Rule) report {
	return func(pos load.Pos, remedy, format string, args ...any) {
		s.findings = append(s.findings, Finding{
			Pos: pos, Rule: r.ID, Message: fmt.Sprintf(format, args...), Remedy: remedy,
		})
	}
}

// add takes over what the loader or the OpenAPI library said.
func (s *seen) add(rule string, problems load.Problems) {
	for _, p := range problems {
		s.findings = append(s.findings, Finding{Pos: p.Pos, Rule: rule, Message: p.What, Remedy: p.Remedy})
	}
}

// gather puts together what was found in all files, asks the questions that
// concern them all, and silences what is to be silent.
func (l *linter) gather(all []*seen) ([]Finding, error) {
	var found []Finding
	ignores := map[string][]*ignore{}
	whole := true
	for _, s := range all {
		if s.err != nil {
			return nil, s.err
		}
		found = append(found, s.findings...)
		ignores[s.file] = s.ignores
		whole = whole && s.whole
	}
	if whole && l.applies("unused-component") {
		found = append(found, unusedComponents(all)...)
	}
	if l.applies("event-member") {
		found = append(found, sharedEvents(all)...)
	}
	found = silence(sorted(found), ignores)
	if l.applies("ignore") {
		found = append(found, l.faultyIgnores(all, whole)...)
	}
	return sorted(found), nil
}

func (l *linter) applies(id string) bool {
	return slices.ContainsFunc(l.rules, func(r Rule) bool { return r.ID == id })
}
