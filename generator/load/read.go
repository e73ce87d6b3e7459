package load

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// read turns the bytes of one file into a document whose references are
// still to be resolved. What validating takes must be made before: reading
// uses the nodes up.
func read(file string, data []byte, validate bool) *reader {
	r := &reader{doc: &Document{
		File:       file,
		parameters: map[string]*Parameter{},
		responses:  map[string]*Response{},
		bodies:     map[string]*Body{},
		errorRows:  map[string]*ErrorRow{},
		schemas:    map[string]*Schema{},
	}}
	root, ok := r.parse(data)
	if !ok {
		return r
	}
	if validate {
		r.openAPI = toOpenAPI(root)
	}
	r.document(root)
	return r
}

// parse gives the root mapping of the file's only YAML document.
func (r *reader) parse(data []byte) (*yaml.Node, bool) {
	if i := notText(data); i >= 0 {
		line := 1 + bytes.Count(data[:i], []byte("\n"))
		r.problems.Add(Pos{File: r.doc.File, Line: line, Col: 1}, "save the file as UTF-8 text", "not a text file, or not in UTF-8")
		return nil, false
	}
	if tooDense(data) {
		r.problems.Add(Pos{File: r.doc.File, Line: 1, Col: 1}, "split it: one file becomes one package",
			"the file holds more values than fit into the memory that a spec may take")
		return nil, false
	}
	root, err := parseYAML(data)
	if err != nil {
		r.yamlError(err)
		return nil, false
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) != 1 {
		r.problems.Add(Pos{File: r.doc.File, Line: 1, Col: 1}, "start with openapi: 3.1.0", "the file is empty")
		return nil, false
	}
	return root.Content[0], true
}

// notText gives the first byte that no UTF-8 text holds, or -1.
func notText(data []byte) int {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return i
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// yamlError keeps the place that the YAML parser gives, and its words without
// the place.
func (r *reader) yamlError(err error) {
	pos := Pos{File: r.doc.File, Line: 1, Col: 1}
	what := err.Error()
	if le, ok := errors.AsType[*yaml.LoadError](err); ok {
		what = le.Message
		if le.Mark.Line > 0 {
			pos.Line, pos.Col = le.Mark.Line, max(le.Mark.Column, 1)
		}
	}
	what = strings.TrimPrefix(what, "yaml: ")
	switch what {
	case "no documents in stream":
		r.problems.Add(pos, "start with openapi: 3.1.0", "the file is empty")
	case "expected single document, found multiple":
		r.problems.Add(pos, "make a file of each", "the file holds several YAML documents")
	default:
		r.problems.Add(pos, "mend the YAML", "not valid YAML: %s", what)
	}
}

func (r *reader) document(n *yaml.Node) {
	d := r.doc
	version := false
	r.each(n, "the document", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "openapi":
			version = true
			if text := r.text(v, "openapi"); text != "3.1" && !strings.HasPrefix(text, "3.1.") {
				r.fail(v, "write openapi: 3.1.0", "OpenAPI %q is not read: the dialect is OpenAPI 3.1", text)
			}
		case "info":
			r.info(v)
		case "servers":
			d.Servers = r.servers(v)
		case "paths":
			r.paths(v)
		case "webhooks":
			r.webhooks(v)
		case "components":
			r.components(v)
		case "x-wx-note":
			d.Notes = r.notes(v)
		case "security", "tags", "externalDocs", "jsonSchemaDialect":
		default:
			return false
		}
		return true
	})
	if !version && n.Kind == yaml.MappingNode {
		r.fail(n, "start with openapi: 3.1.0", "the document does not say which OpenAPI it is")
	}
}

func (r *reader) info(n *yaml.Node) {
	d := r.doc
	r.each(n, "info", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "title":
			d.Title = r.text(v, "title")
		case "version":
			d.Version = r.text(v, "version")
		case "summary":
			d.Summary = r.text(v, "summary")
		case "description":
			d.Description = r.text(v, "description")
		case "contact", "license", "termsOfService":
		default:
			return false
		}
		return true
	})
}

func (r *reader) servers(n *yaml.Node) []Server {
	var out []Server
	r.list(n, "servers", func(item *yaml.Node) {
		var s Server
		r.each(item, "a server", func(key, v *yaml.Node) bool {
			switch key.Value {
			case "url":
				s.URL = strings.TrimSuffix(r.text(v, "url"), "/")
			case "description":
				s.Description = r.text(v, "description")
			case "variables", "name":
			default:
				return false
			}
			return true
		})
		if !strings.HasPrefix(s.URL, "https://") {
			r.fail(item, "name the host, such as https://api.mch.weixin.qq.com", "a server needs an https URL")
		}
		out = append(out, s)
	})
	return out
}

func (r *reader) components(n *yaml.Node) {
	r.each(n, "components", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "schemas":
			r.each(v, "schemas", func(name, v *yaml.Node) bool {
				s := r.schema(v)
				s.Name = name.Value
				s.Pos = r.pos(name)
				r.doc.schemas[s.Name] = s
				r.doc.Schemas = append(r.doc.Schemas, s)
				return true
			})
		case "parameters":
			r.each(v, "parameters", func(name, v *yaml.Node) bool {
				r.doc.parameters[name.Value] = r.parameter(v)
				return true
			})
		case "responses":
			r.each(v, "responses", func(name, v *yaml.Node) bool {
				r.doc.responses[name.Value] = r.response(v, "")
				return true
			})
		case "requestBodies":
			r.each(v, "requestBodies", func(name, v *yaml.Node) bool {
				r.doc.bodies[name.Value] = r.body(v)
				return true
			})
		case "x-wx-errors":
			r.each(v, "x-wx-errors", func(name, v *yaml.Node) bool {
				row := r.errorRow(v)
				row.Common = true
				r.doc.errorRows[name.Value] = row
				return true
			})
		case "securitySchemes", "headers", "examples":
		default:
			return false
		}
		return true
	})
}

func (r *reader) notes(n *yaml.Node) []string {
	if n.Kind == yaml.SequenceNode {
		return r.texts(n, "x-wx-note")
	}
	return []string{r.text(n, "x-wx-note")}
}
