package lint

import (
	"errors"
	"io/fs"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
)

// glossaryFile explains names that mean the same wherever they stand. It is
// no spec, though it lies among them.
const glossaryFile = "glossary.yaml"

// withoutGlossary hides the glossary from the loader, which would report its
// faults with every spec; lint looks at it once, and more closely.
type withoutGlossary struct{ fs.FS }

func (w withoutGlossary) Open(name string) (fs.File, error) {
	if name == glossaryFile {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return w.FS.Open(name)
}

// glossaryEntry explains a name.
type glossaryEntry struct {
	label       string
	description string
}

// readGlossary reads the glossary, if there is one, and tells what is wrong
// with it. Its texts are held to the same rules as those of specs.
func (l *linter) readGlossary() *seen {
	s := &seen{file: glossaryFile, whole: true}
	l.glossary = map[string]glossaryEntry{}
	f, err := l.open(glossaryFile)
	if errors.Is(err, fs.ErrNotExist) {
		return s
	}
	if err != nil {
		var problems load.Problems
		problems.Add(load.Pos{File: glossaryFile, Line: 1, Col: 1}, "mend the YAML", "the glossary cannot be read: %v", err)
		s.add("load", problems)
		return s
	}
	s.ignores = f.ignores()
	f.objects = objects(f.root)
	f.texts = texts(f.objects)
	f.takeEntries()
	for _, r := range l.rules {
		switch {
		case r.ID == "dialect":
			f.checkGlossary(s.report(r))
		case isTextRule[r.ID]:
			r.check(f, s.report(r))
		}
	}
	return s
}

// isTextRule marks the rules that need nothing but texts.
var isTextRule = map[string]bool{"english": true, "full-stop": true, "trailing-blanks": true, "machine-path": true}

func (f *file) takeEntries() {
	_, fields := member(f.root, "fields")
	if fields == nil || fields.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(fields.Content); i += 2 {
		f.glossary[fields.Content[i].Value] = glossaryEntry{
			label:       valueOf(fields.Content[i+1], "label"),
			description: valueOf(fields.Content[i+1], "description"),
		}
	}
}

func valueOf(n *yaml.Node, key string) string {
	_, v := member(n, key)
	if v == nil || v.Kind != yaml.ScalarNode {
		return ""
	}
	return v.Value
}

func (f *file) checkGlossary(r report) {
	for _, fault := range faultsOf(dialect()["glossary"].Validate(plain(f.root))) {
		r(f.pos(below(f.root, fault.at)), "see Glossary in specs/README.md", "the glossary%s: %s", place(fault.at), fault.what)
	}
}
