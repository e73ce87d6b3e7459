package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ManifestName is how the manifest is called in the output folder. It is kept
// with the generated files.
const ManifestName = "wxgen.lock"

// Manifest says what a run made and from what, so that the next one can leave
// alone what is right already, and so that names stay as they are. It holds
// nothing of the machine that wrote it.
type Manifest struct {
	Generator string              `json:"generator"` // fingerprint of wxgen and its settings
	Packages  map[string]*Package `json:"packages"`  // by folder
}

// Package is what the manifest knows of one package.
type Package struct {
	Sources []string `json:"sources"` // the spec, then those it refers to
	Inputs  string   `json:"inputs"`  // hash of the sources
	Outputs string   `json:"outputs"` // hash of the generated files
	Files   []string `json:"files"`   // their names, in the order of the hash

	Operations int `json:"operations"`
	Events     int `json:"events,omitzero"`

	Names   map[string]string `json:"names,omitempty"`   // names that wxgen made up, by place
	Renamed []string          `json:"renamed,omitempty"` // what had to give way, so that it is told once
}

// ReadManifest reads the manifest of an output folder. There is none before
// the first run, and one that cannot be read counts as none: everything is
// then made anew.
func ReadManifest(dir string) (*Manifest, error) {
	m := &Manifest{Packages: map[string]*Package{}}
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was generated before: %w", err)
	}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("%s:1:1: not readable: %w (restore it, or remove it to have all names made anew)",
			filepath.Join(dir, ManifestName), err)
	}
	return m, nil
}

// Encode writes the manifest in a form that is pleasant in a diff.
func (m *Manifest) Encode() ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("writing the manifest: %w", err)
	}
	return buf.Bytes(), nil
}

// Hash hashes files one after the other, each with its name and length, so
// that no two lists of files have the same bytes.
func Hash(names []string, read func(name string) ([]byte, error)) (string, error) {
	h := sha256.New()
	for _, name := range names {
		data, err := read(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Seal notes the files of the package.
func (p *Package) Seal(files Files) {
	p.Files = files.names()
	p.Outputs, _ = Hash(p.Files, func(name string) ([]byte, error) { return files[name], nil })
}

// Intact tells whether the files of a package are on disk as they were made.
func (p *Package) Intact(dir string) bool {
	got, err := Hash(p.Files, func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	})
	return err == nil && got == p.Outputs
}
