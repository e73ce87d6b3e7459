package lint

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/specs"
)

// checkDialect holds every extension against its schema.
func checkDialect(f *file, r report) {
	schemas := dialect()
	for _, o := range f.objects {
		for i := 0; i+1 < len(o.node.Content); i += 2 {
			key, value := o.node.Content[i], o.node.Content[i+1]
			schema := schemas[key.Value]
			if schema == nil {
				continue
			}
			for _, fault := range faultsOf(schema.Validate(plain(value))) {
				r(f.pos(inside(key, value, fault.at)), "see "+key.Value+" in specs/README.md", "%s%s: %s",
					key.Value, place(fault.at), fault.what)
			}
		}
	}
}

// inside gives the place of a fault, which is the key where the value as a
// whole is at fault.
func inside(key, value *yaml.Node, at []string) *yaml.Node {
	if len(at) == 0 {
		return key
	}
	return below(value, at)
}

func place(at []string) string {
	if len(at) == 0 {
		return ""
	}
	return " at " + strings.Join(at, ".")
}

// dialect gives the dialect's schemas, by the names of the extensions. They
// are part of the program, so that a fault in them is one of the program.
var dialect = sync.OnceValue(func() map[string]*jsonschema.Schema {
	schemas, err := compileDialect()
	if err != nil {
		panic(err)
	}
	return schemas
})

func compileDialect() (map[string]*jsonschema.Schema, error) {
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
	root, _ := doc.(map[string]any)
	defs, _ := root["$defs"].(map[string]any)
	for key := range defs {
		if !strings.HasPrefix(key, "x-") && key != "glossary" && key != "phrases" {
			continue // a part of others
		}
		if out[key], err = c.Compile(name + "#/$defs/" + key); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
	}
	return out, nil
}
