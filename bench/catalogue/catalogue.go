// Package catalogue turns a catalogue of facts (operations.jsonl and
// events.jsonl, an object a line) into rough specs. They are no specs to
// keep: they put the generator under the load of the whole platform.
package catalogue

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Stats says what was converted.
type Stats struct {
	Files, Operations, Events int
}

// Convert writes specs for everything in the folder catalogue below out, one
// file for what begins with the same words.
func Convert(catalogue, out string) (Stats, error) {
	files := map[string]*spec{}
	var stats Stats
	err := lines(filepath.Join(catalogue, "operations.jsonl"), func(n *yaml.Node) {
		stats.Operations++
		op := operation{n: n}
		f := fileFor(files, op.folder())
		if f.conflicts(op) {
			f = fileFor(files, op.folder()+"others")
		}
		f.operations = append(f.operations, op)
	})
	if err != nil {
		return stats, err
	}
	err = lines(filepath.Join(catalogue, "events.jsonl"), func(n *yaml.Node) {
		stats.Events++
		f := fileFor(files, "notifications/"+strings.ToLower(word(firstWord(text(n, "event_type")))))
		f.events = append(f.events, n)
	})
	if err != nil {
		return stats, err
	}
	stats.Files = len(files)
	for name, f := range files {
		if err := write(filepath.Join(out, name+".yaml"), f); err != nil {
			return stats, err
		}
	}
	return stats, nil
}

type spec struct {
	name       string
	operations []operation
	events     []*yaml.Node
}

func fileFor(files map[string]*spec, name string) *spec {
	if files[name] == nil {
		files[name] = &spec{name: name}
	}
	return files[name]
}

// conflicts tells whether the file has a path that differs only in the names
// of its variables. The platform has such paths; OpenAPI forbids them in one
// document.
func (f *spec) conflicts(op operation) bool {
	path := text(op.n, "path")
	return slices.ContainsFunc(f.operations, func(other operation) bool {
		p := text(other.n, "path")
		return p != path && blank.ReplaceAllString(p, "{}") == blank.ReplaceAllString(path, "{}")
	})
}

var blank = regexp.MustCompile(`\{[^}]*\}`)

// lines reads a JSON object a line. YAML reads JSON too, and keeps the order.
func lines(name string, each func(*yaml.Node)) error {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s: the catalogue is not beside the checkout; nothing to do", name)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var n yaml.Node
			if err := yaml.Load(line, &n); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			each(n.Content[0])
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func write(name string, f *spec) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	w := &writer{}
	w.spec(f)
	return os.WriteFile(name, w.buf.Bytes(), 0o666)
}

// get finds a member of a mapping.
func get(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key && n.Content[i+1].Tag != "!!null" {
			return n.Content[i+1]
		}
	}
	return nil
}

func text(n *yaml.Node, key string) string {
	if v := get(n, key); v != nil {
		return v.Value
	}
	return ""
}

func list(n *yaml.Node, key string) []*yaml.Node {
	if v := get(n, key); v != nil && v.Kind == yaml.SequenceNode {
		return v.Content
	}
	return nil
}

// members gives the keys and values of a mapping in their order.
func members(n *yaml.Node, key string) func(yield func(string, *yaml.Node) bool) {
	return func(yield func(string, *yaml.Node) bool) {
		v := get(n, key)
		if v == nil {
			return
		}
		for i := 0; i+1 < len(v.Content); i += 2 {
			if !yield(v.Content[i].Value, v.Content[i+1]) {
				return
			}
		}
	}
}

// operation is a line of operations.jsonl.
type operation struct{ n *yaml.Node }

// folder puts operations together by the first words of their path.
func (op operation) folder() string {
	var out []string
	for part := range strings.SplitSeq(text(op.n, "path"), "/") {
		if part == "" || part == "v3" || strings.HasPrefix(part, "{") {
			continue
		}
		out = append(out, strings.ToLower(word(part)))
		if len(out) == 2 {
			break
		}
	}
	if len(out) == 1 {
		out = append(out, out[0])
	}
	return strings.Join(out, "/")
}

// id makes a name of the method and what is special about the path.
func (op operation) id() string {
	parts := []string{word(strings.ToLower(text(op.n, "method")))}
	for part := range strings.SplitSeq(strings.TrimPrefix(text(op.n, "path"), "/v3"), "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			part = "by-" + strings.TrimSuffix(name, "}")
		}
		parts = append(parts, word(part))
	}
	return strings.Join(parts, "")
}

// word joins what stands between separators, each part with a capital.
func word(s string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(s, func(r rune) bool {
		return r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z'
	}) {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, ".")
	return first
}

// variables are the names in braces of a path.
func (op operation) variables() []string {
	var out []string
	for part := range strings.SplitSeq(text(op.n, "path"), "{") {
		if name, _, ok := strings.Cut(part, "}"); ok && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
