package load

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

var methods = map[string]bool{
	"get": true, "put": true, "post": true, "delete": true, "patch": true, "head": true, "options": true,
}

func (r *reader) paths(n *yaml.Node) {
	r.each(n, "paths", func(path, v *yaml.Node) bool {
		if !strings.HasPrefix(path.Value, "/") {
			r.fail(path, "write the path without the host, such as /v3/…", "the path %q does not start with /", path.Value)
		}
		r.doc.Operations = append(r.doc.Operations, r.pathItem(path, v, "the path "+path.Value)...)
		return true
	})
}

func (r *reader) webhooks(n *yaml.Node) {
	r.each(n, "webhooks", func(name, v *yaml.Node) bool {
		r.doc.Webhooks = append(r.doc.Webhooks, r.pathItem(name, v, "the webhook "+name.Value)...)
		return true
	})
}

// pathItem reads the operations of one path. What the path says for all of
// them is given to each.
func (r *reader) pathItem(path, n *yaml.Node, what string) []*Operation {
	var ops []*Operation
	var shared []*Parameter
	var servers []Server
	r.each(n, what, func(key, v *yaml.Node) bool {
		switch {
		case methods[key.Value]:
			op := r.operation(v, strings.ToUpper(key.Value)+" "+path.Value)
			op.Pos, op.Method, op.Path = r.pos(key), strings.ToUpper(key.Value), path.Value
			ops = append(ops, op)
		case key.Value == "parameters":
			shared = r.parameters(v)
		case key.Value == "servers":
			servers = r.servers(v)
		case key.Value == "summary", key.Value == "description":
		default:
			return false
		}
		return true
	})
	for _, op := range ops {
		op.Parameters = append(shared[:len(shared):len(shared)], op.Parameters...)
		if op.Servers == nil {
			op.Servers = servers
		}
	}
	return ops
}

func (r *reader) operation(n *yaml.Node, what string) *Operation {
	op := new(Operation)
	r.each(n, what, func(key, v *yaml.Node) bool {
		switch key.Value {
		case "operationId":
			op.ID = r.text(v, "operationId")
		case "summary":
			op.Summary = r.text(v, "summary")
		case "description":
			op.Description = r.text(v, "description")
		case "deprecated":
			op.Deprecated = r.boolean(v, "deprecated")
		case "servers":
			op.Servers = r.servers(v)
		case "parameters":
			op.Parameters = r.parameters(v)
		case "requestBody":
			r.bodyRef(v, &op.Body)
		case "responses":
			op.Responses = r.responses(v)
		case "tags", "security", "externalDocs":
		default:
			return r.operationExtension(op, key, v)
		}
		return true
	})
	if op.ID == "" && n.Kind == yaml.MappingNode {
		r.fail(n, "name it as the Go method should be called", "%s has no operationId", what)
	}
	return op
}

func (r *reader) parameters(n *yaml.Node) []*Parameter {
	var out []*Parameter
	r.list(n, "parameters", func(item *yaml.Node) {
		at := len(out)
		out = append(out, new(Parameter))
		if r.isRef(item, refParameter, func(t target) { *out[at] = *t.parameter }) {
			return
		}
		out[at] = r.parameter(item)
	})
	return out
}

func (r *reader) parameter(n *yaml.Node) *Parameter {
	p := &Parameter{Pos: r.pos(n)}
	explode := true
	r.each(n, "a parameter", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "name":
			p.Name = r.text(v, "name")
			p.Pos = r.pos(v)
		case "in":
			p.In = r.oneOf(v, "in", "path", "query", "header")
		case "description":
			p.Description = r.text(v, "description")
		case "required":
			p.Required = r.boolean(v, "required")
		case "deprecated":
			p.Deprecated = r.boolean(v, "deprecated")
		case "explode":
			explode = r.boolean(v, "explode")
		case "style":
			r.oneOf(v, "style", "form", "simple")
		case "schema":
			p.Schema = r.schema(v)
		case "content":
			r.jsonParameter(p, v)
		case "example":
			p.Example = v
		case "examples", "allowReserved", "allowEmptyValue":
		case "x-go-name":
			p.GoName = r.goName(v)
		case "x-wx-note":
			p.Notes = r.notes(v)
		case "x-wx-roles":
			p.Roles = r.roleNeeds(v)
		case "x-wx-todo":
		default:
			return false
		}
		return true
	})
	p.Explode = explode
	r.checkParameter(n, p)
	return p
}

// jsonParameter reads a parameter whose value is JSON text.
func (r *reader) jsonParameter(p *Parameter, n *yaml.Node) {
	for _, m := range r.content(n, "a parameter's content") {
		if m.Type != "application/json" {
			r.problems.Add(m.Pos, "use application/json, or schema in place of content", "a parameter cannot hold %s", m.Type)
		}
		p.JSON, p.Schema = true, m.Schema
	}
}

func (r *reader) checkParameter(n *yaml.Node, p *Parameter) {
	if n.Kind != yaml.MappingNode {
		return
	}
	if p.Name == "" || p.In == "" {
		r.fail(n, "write name: and in:", "a parameter needs a name and a place")
	}
	if p.Schema == nil {
		r.fail(n, "write schema: with at least a type", "the parameter %s has no schema", p.Name)
		p.Schema = &Schema{Pos: p.Pos, Document: r.doc, Types: []string{"string"}}
	}
	if p.In == "path" && !p.Required {
		r.fail(n, "write required: true", "the path parameter %s must be required", p.Name)
	}
}

func (r *reader) bodyRef(n *yaml.Node, into **Body) {
	if r.isRef(n, refBody, func(t target) { *into = t.body }) {
		return
	}
	*into = r.body(n)
}

func (r *reader) body(n *yaml.Node) *Body {
	b := &Body{Pos: r.pos(n)}
	r.each(n, "the request body", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "description":
			b.Description = r.text(v, "description")
		case "required":
			b.Required = r.boolean(v, "required")
		case "content":
			b.Content = r.content(v, "the request body's content")
		default:
			return false
		}
		return true
	})
	return b
}

func (r *reader) responses(n *yaml.Node) []*Response {
	var out []*Response
	r.each(n, "responses", func(key, v *yaml.Node) bool {
		if !isStatus(key.Value) {
			r.fail(key, "write a status such as '200', or default", "%q is no HTTP status", key.Value)
			return true
		}
		at := len(out)
		out = append(out, &Response{Status: key.Value, Pos: r.pos(key)})
		set := func(t target) { *out[at] = *t.response; out[at].Status = key.Value }
		if !r.isRef(v, refResponse, set) {
			out[at] = r.response(v, key.Value)
		}
		return true
	})
	return out
}

func isStatus(s string) bool {
	if s == "default" {
		return true
	}
	return len(s) == 3 && s[0] >= '1' && s[0] <= '5' && strings.Trim(s[1:], "0123456789") == ""
}

func (r *reader) response(n *yaml.Node, status string) *Response {
	resp := &Response{Pos: r.pos(n), Status: status}
	r.each(n, "a response", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "description":
			resp.Description = r.text(v, "description")
		case "content":
			resp.Content = r.content(v, "a response's content")
		case "headers", "links":
		default:
			return false
		}
		return true
	})
	return resp
}

func (r *reader) content(n *yaml.Node, what string) []Media {
	var out []Media
	r.each(n, what, func(mediaType, v *yaml.Node) bool {
		m := Media{Pos: r.pos(mediaType), Type: mediaType.Value}
		r.each(v, mediaType.Value, func(key, v *yaml.Node) bool {
			switch key.Value {
			case "schema":
				m.Schema = r.schema(v)
			case "example":
				m.Examples = append(m.Examples, v)
			case "examples":
				m.Examples = append(m.Examples, r.examples(v)...)
			case "encoding":
			default:
				return false
			}
			return true
		})
		out = append(out, m)
		return true
	})
	return out
}

// examples gives the values of a named set of examples.
func (r *reader) examples(n *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	r.each(n, "examples", func(_, v *yaml.Node) bool {
		r.each(v, "an example", func(key, v *yaml.Node) bool {
			if key.Value == "value" {
				out = append(out, v)
			}
			return true
		})
		return true
	})
	return out
}
