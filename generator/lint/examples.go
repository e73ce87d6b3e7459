package lint

import (
	"errors"
	"io/fs"
	"net/url"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"go.yaml.in/yaml/v4"
)

// checkExamples judges examples with a JSON Schema library, which tells where
// in the example the fault is and looks into JSON that a string holds. The
// OpenAPI library is heard only where this one has no objection.
func checkExamples(f *file, r report) {
	found := false
	c := f.schemaCompiler()
	for _, e := range f.examples() {
		schema, err := c.Compile(specURL + f.name + "#" + (&url.URL{Fragment: e.schema}).EscapedFragment())
		if err != nil {
			continue // the rule openapi tells that the schema is none
		}
		for _, fault := range faultsOf(schema.Validate(plain(e.value))) {
			found = true
			r(f.pos(below(e.value, fault.at)), "mend the example or the schema", "the example does not fit its schema: %s", fault.what)
		}
	}
	if found {
		return
	}
	for _, p := range f.validate() {
		if strings.HasPrefix(p.What, exampleFault) {
			r(p.Pos, p.Remedy, "%s", p.What)
		}
	}
}

// specURL is where the library thinks that the specs are, so that references
// between files lead from one to the other.
const specURL = "https://specs.invalid/"

// schemaCompiler gives the library the file and those that it refers to.
func (f *file) schemaCompiler() *jsonschema.Compiler {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.RegisterVocabulary(jsonTexts)
	c.AssertVocabs()
	for _, name := range f.doc.Sources {
		var root yaml.Node
		data, err := fs.ReadFile(f.specs, name)
		if err != nil || yaml.Load(data, &root) != nil || len(root.Content) == 0 {
			continue
		}
		// The only error is that the name was taken before.
		_ = c.AddResource(specURL+name, plain(root.Content[0]))
	}
	return c
}

// example is a value with the place of the schema that it must fit.
type example struct {
	schema string // JSON pointer
	value  *yaml.Node
}

// examples lists those of schemas, of parameters and of contents.
func (f *file) examples() []example {
	var out []example
	for _, o := range f.objects {
		at := o.at
		if _, schema := o.member("schema"); schema != nil {
			at += "/schema"
		}
		if _, v := o.member("example"); v != nil {
			out = append(out, example{at, v})
		}
		_, v := o.member("examples")
		switch {
		case v == nil:
		case v.Kind == yaml.SequenceNode:
			for _, item := range v.Content {
				out = append(out, example{at, item})
			}
		case v.Kind == yaml.MappingNode:
			for i := 1; i < len(v.Content); i += 2 {
				if _, value := member(v.Content[i], "value"); value != nil {
					out = append(out, example{at, value})
				}
			}
		}
	}
	return out
}

// fault is one reason why a value does not fit.
type fault struct {
	at   []string // where in the value
	what string
}

// faultsOf takes an error of the library apart. Of alternatives none of which
// fits only that much is told: why each of them does not is of little help.
func faultsOf(err error) []fault {
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		if err != nil {
			return []fault{{what: err.Error()}}
		}
		return nil
	}
	switch k := invalid.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
		return []fault{{invalid.InstanceLocation, "it is none of the alternatives"}}
	case *wrongJSON:
		return k.faults(invalid.InstanceLocation)
	}
	if len(invalid.Causes) == 0 {
		_, what, _ := strings.Cut(invalid.Error(), ": ") // without the place, which is told apart
		return []fault{{invalid.InstanceLocation, strings.TrimSpace(what)}}
	}
	var out []fault
	for _, cause := range invalid.Causes {
		out = append(out, faultsOf(cause)...)
	}
	return out
}

// below goes down a value as far as the path leads.
func below(n *yaml.Node, path []string) *yaml.Node {
	for _, step := range path {
		next := n
		switch n.Kind {
		case yaml.MappingNode:
			if _, v := member(n, step); v != nil {
				next = v
			}
		case yaml.SequenceNode:
			if i, ok := index(step); ok && i < len(n.Content) {
				next = n.Content[i]
			}
		}
		n = next
	}
	return n
}
