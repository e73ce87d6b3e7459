package lint

import (
	"errors"
	"io/fs"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
)

// readPhrases looks at the phrase book, if there is one. It is no spec, but
// its words become those of specs, and are held to the same rules.
func (l *linter) readPhrases() *seen {
	s := &seen{file: load.PhrasesFile, whole: true}
	f, err := l.open(load.PhrasesFile)
	if errors.Is(err, fs.ErrNotExist) {
		return s
	}
	if err != nil {
		var problems load.Problems
		problems.Add(load.Pos{File: load.PhrasesFile, Line: 1, Col: 1}, "mend the YAML", "the phrase book cannot be read: %v", err)
		s.add("load", problems)
		return s
	}
	s.ignores = f.ignores()
	f.phrases()
	for _, r := range l.rules {
		switch {
		case r.ID == "dialect":
			f.checkPhrases(s.report(r))
		case isTextRule[r.ID]:
			r.check(f, s.report(r))
		}
	}
	return s
}

// phrases makes the English of the phrase book the texts of the file.
func (f *file) phrases() {
	for i := 1; i < len(f.root.Content); i += 2 {
		list := f.root.Content[i]
		for j := 0; list.Kind == yaml.MappingNode && j+1 < len(list.Content); j += 2 {
			f.texts = append(f.texts, text{list.Content[j], list.Content[j+1], false})
		}
	}
}

func (f *file) checkPhrases(r report) {
	told := map[string]bool{}
	for i := 1; i < len(f.root.Content); i += 2 {
		list := f.root.Content[i]
		clear(told)
		for j := 0; list.Kind == yaml.MappingNode && j+1 < len(list.Content); j += 2 {
			if key := list.Content[j]; told[key.Value] {
				r(f.pos(key), "keep one of them", "%s stands in the phrase book twice", key.Value)
			}
			told[list.Content[j].Value] = true
		}
	}
	for _, fault := range faultsOf(dialect()["phrases"].Validate(plain(f.root))) {
		r(f.pos(below(f.root, fault.at)), "see Phrase book in specs/README.md", "the phrase book%s: %s", place(fault.at), fault.what)
	}
}
