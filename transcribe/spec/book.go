package spec

import (
	"errors"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v4"
)

// Names of the files that the writer takes English from. They lie at the root
// of the specs.
const (
	glossaryFile = "glossary.yaml"
	phrasesFile  = "phrases.yaml"
)

// Book holds what people wrote in English for what recurs: the glossary and
// the phrase book.
type Book struct {
	Fields   map[string]Term   // name on the wire → label and explanation
	Meanings map[string]string // short Chinese meaning of an error → English
	Actions  map[string]string // short Chinese advice → English
	Values   map[string]string // label of an enum's value → English
}

// Term is what the glossary says of a name.
type Term struct {
	Label       string `yaml:"label"`
	Description string `yaml:"description"`
}

// ReadBook reads the glossary and the phrase book of a folder of specs. What
// is not there is empty.
func ReadBook(specs fs.FS) (*Book, error) {
	var glossary struct {
		Fields map[string]Term `yaml:"fields"`
	}
	var phrases struct {
		Meanings map[string]string `yaml:"meanings"`
		Actions  map[string]string `yaml:"actions"`
		Values   map[string]string `yaml:"values"`
	}
	if err := readYAML(specs, glossaryFile, &glossary); err != nil {
		return nil, err
	}
	if err := readYAML(specs, phrasesFile, &phrases); err != nil {
		return nil, err
	}
	return &Book{glossary.Fields, phrases.Meanings, phrases.Actions, phrases.Values}, nil
}

func readYAML(specs fs.FS, name string, into any) error {
	data, err := fs.ReadFile(specs, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	if err := yaml.Load(data, into); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// value gives an enum value's meaning, with the English where the book has it.
func (b *Book) value(label string) string { return labelled(label, b.Values[label]) }

func labelled(label, english string) string {
	if english == "" {
		return label
	}
	return label + ": " + english
}
