package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
)

// dialect checks every extension against its schema in dialect.schema.json.
func dialect(fsys fs.FS, files []string) error {
	schemas, err := compile()
	if err != nil {
		return err
	}
	var problems load.Problems
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return fmt.Errorf("reading spec: %w", err)
		}
		var root yaml.Node
		if err := yaml.Load(data, &root); err != nil {
			return fmt.Errorf("reading %s: %w", file, err)
		}
		walk(&root, func(key, value *yaml.Node) {
			if schema := schemas[key.Value]; schema != nil {
				checkExtension(schema, file, key, value, &problems)
			}
		})
	}
	return problems.Err()
}

// compile reads the dialect's schema: an entry in $defs for each extension.
func compile() (map[string]*jsonschema.Schema, error) {
	const name = "dialect.schema.json"
	data, err := specs.FS.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the dialect: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	out := map[string]*jsonschema.Schema{}
	defs, _ := doc.(map[string]any)["$defs"].(map[string]any)
	for key := range defs {
		if !strings.HasPrefix(key, "x-") {
			continue
		}
		if out[key], err = c.Compile(name + "#/$defs/" + key); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
	}
	return out, nil
}

// walk visits every member of every mapping.
func walk(n *yaml.Node, visit func(key, value *yaml.Node)) {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			visit(n.Content[i], n.Content[i+1])
		}
	}
	for _, child := range n.Content {
		walk(child, visit)
	}
}

func checkExtension(schema *jsonschema.Schema, file string, key, value *yaml.Node, problems *load.Problems) {
	pos := load.Pos{File: file, Line: key.Line, Col: key.Column}
	var v any
	if err := value.Decode(&v); err != nil {
		problems.Add(pos, "", "%s cannot be read: %v", key.Value, err)
		return
	}
	err := schema.Validate(v)
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return
	}
	at, what := innermost(invalid)
	problems.Add(pos, "see "+key.Value+" in specs/README.md", "%s%s: %s", key.Value, at, what)
}

// innermost gives the place and the words of the most exact of the causes.
func innermost(err *jsonschema.ValidationError) (at, what string) {
	for len(err.Causes) > 0 {
		err = err.Causes[len(err.Causes)-1]
	}
	if len(err.InstanceLocation) > 0 {
		at = " at " + strings.Join(err.InstanceLocation, ".")
	}
	_, what, _ = strings.Cut(err.Error(), ": ")
	return at, strings.TrimSpace(what)
}
