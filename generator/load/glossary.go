package load

import (
	"errors"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v4"
)

// glossaryFile explains names that mean the same wherever they stand. It lies
// at the root of the specs, and is no spec itself.
const glossaryFile = "glossary.yaml"

// PhrasesFile puts short Chinese words of error tables and enums into English.
// wxgen import writes from it; it lies beside the glossary and is no spec.
const PhrasesFile = "phrases.yaml"

// Term is what the glossary says of a name.
type Term struct {
	Label       string
	Description string
}

// readGlossary reads the glossary, if there is one.
func (l *Loader) readGlossary() (map[string]Term, error) {
	data, err := fs.ReadFile(l.fsys, glossaryFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the glossary: %w", err)
	}
	r := &reader{doc: &Document{File: glossaryFile}}
	root, ok := r.parse(data)
	if !ok {
		return nil, r.problems.Err()
	}
	terms := map[string]Term{}
	r.each(root, "the glossary", func(key, v *yaml.Node) bool {
		if key.Value != "fields" {
			return false
		}
		r.each(v, "fields", func(name, v *yaml.Node) bool {
			terms[name.Value] = r.term(v)
			return true
		})
		return true
	})
	return terms, r.problems.Err()
}

func (r *reader) term(n *yaml.Node) Term {
	var t Term
	r.each(n, "a term", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "label":
			t.Label = r.text(v, "label")
		case "description":
			t.Description = r.text(v, "description")
		default:
			return false
		}
		return true
	})
	return t
}
