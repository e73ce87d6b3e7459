package catalogue

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// writer prints block YAML. Texts are quoted, so that nothing in them counts.
type writer struct {
	buf    bytes.Buffer
	indent int
}

func (w *writer) line(format string, args ...any) {
	w.buf.WriteString(strings.Repeat("  ", w.indent))
	fmt.Fprintf(&w.buf, format, args...)
	w.buf.WriteByte('\n')
}

// in prints something one level deeper.
func (w *writer) in(f func()) {
	w.indent++
	f()
	w.indent--
}

// item prints a list item: the first line bears the dash.
func (w *writer) item(f func()) {
	start := w.buf.Len()
	w.in(f)
	at := start + 2*w.indent
	w.buf.Bytes()[at] = '-'
}

func (w *writer) block(key string, f func()) {
	w.line("%s:", key)
	w.in(f)
}

var quote = strconv.Quote

func (w *writer) spec(f *spec) {
	w.line("openapi: 3.1.0")
	w.block("info", func() {
		w.line("title: %s", quote(f.name))
		w.line("version: '1'")
	})
	w.block("servers", func() { w.item(func() { w.line("url: https://api.mch.weixin.qq.com") }) })
	if len(f.operations) > 0 {
		w.block("paths", func() { w.paths(f.operations) })
	} else {
		w.line("paths: {}")
	}
	if len(f.events) > 0 {
		w.block("webhooks", func() { w.webhooks(f.events) })
	}
}

func (w *writer) paths(ops []operation) {
	for i, op := range ops {
		path := text(op.n, "path")
		if i == 0 || text(ops[i-1].n, "path") != path {
			w.line("%s:", quote(path))
		}
		w.in(func() { w.block(strings.ToLower(text(op.n, "method")), func() { w.operation(op) }) })
	}
}

func (w *writer) operation(op operation) {
	w.line("operationId: %s", op.id())
	w.line("summary: %s", quote(text(op.n, "label")))
	w.line("description: %s", quote("Calls "+text(op.n, "label")+"."))
	if text(op.n, "deprecated") == "true" {
		w.line("deprecated: true")
	}
	w.block("x-wx-doc", func() {
		updated := strings.ReplaceAll(text(op.n, "updated"), ".", "-")
		if len(updated) != 10 {
			updated = "2020-01-01"
		}
		w.line("updated: %s", quote(updated))
	})
	w.parameters(op)
	if body := get(op.n, "request"); body != nil {
		w.requestBody(op, body)
	}
	w.block("responses", func() { w.responses(op) })
}

func (w *writer) parameters(op operation) {
	var names []string
	params := list(op.n, "params")
	variables := op.variables()
	params = slices.DeleteFunc(slices.Clone(params), func(p *yaml.Node) bool {
		name, in := text(p, "name"), text(p, "in")
		twice := slices.Contains(names, in+name)
		names = append(names, in+name)
		return twice || in == "path" && !slices.Contains(variables, name) || ignored(in, name)
	})
	missing := slices.DeleteFunc(variables, func(v string) bool { return slices.Contains(names, "path"+v) })
	if len(params)+len(missing) == 0 {
		return
	}
	w.block("parameters", func() {
		for _, name := range missing {
			w.item(func() { w.parameter(name, "path", true, &yaml.Node{Kind: yaml.MappingNode}) })
		}
		for _, p := range params {
			w.item(func() { w.parameter(text(p, "name"), text(p, "in"), text(p, "required") == "true", p) })
		}
	})
}

// ignored are headers that every call has.
func ignored(in, name string) bool {
	return in == "header" && slices.Contains([]string{"authorization", "accept", "content-type", "wechatpay-serial"}, strings.ToLower(name))
}

func (w *writer) parameter(name, in string, required bool, p *yaml.Node) {
	w.line("name: %s", quote(name))
	w.line("in: %s", in)
	if required || in == "path" {
		w.line("required: true")
	}
	w.line("description: %s", quote(firstOf(text(p, "label"), name)+"."))
	if schema := get(p, "json"); schema != nil {
		w.block("content", func() { w.block("application/json", func() { w.block("schema", func() { w.schema(schema) }) }) })
		return
	}
	w.block("schema", func() { w.schema(p) })
}

func (w *writer) requestBody(op operation, body *yaml.Node) {
	media := "application/json"
	if get(op.n, "multipart") != nil {
		media = "multipart/form-data"
	}
	w.block("requestBody", func() {
		w.line("required: true")
		w.block("content", func() { w.block(media, func() { w.block("schema", func() { w.schema(body) }) }) })
	})
}

func (w *writer) responses(op operation) {
	for status, schema := range members(op.n, "responses") {
		w.block(quote(status), func() {
			w.line("description: OK")
			media := "application/json"
			if kinds := list(op.n, "produces"); len(kinds) > 0 {
				media = kinds[0].Value
				schema = &yaml.Node{Kind: yaml.MappingNode}
			} else if schema.Tag == "!!null" {
				return
			}
			w.block("content", func() {
				w.block(media, func() {
					w.block("schema", func() {
						if media != "application/json" {
							w.line("type: string")
							w.line("format: binary")
							return
						}
						w.schema(schema)
					})
				})
			})
		})
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// schema prints a node of the catalogue's schema trees.
func (w *writer) schema(n *yaml.Node) {
	if label := text(n, "label"); label != "" {
		w.line("title: %s", quote(label))
		w.line("description: %s", quote(label+"."))
	}
	if text(n, "sensitive") == "true" {
		w.line("x-wx-sensitive: true")
	}
	switch kind := text(n, "type"); kind {
	case "object":
		w.object(n)
	case "array":
		w.line("type: array")
		w.block("items", func() {
			if items := get(n, "items"); items != nil {
				w.schema(items)
			} else {
				w.line("type: string")
			}
		})
	case "file":
		w.line("type: string")
		w.line("format: binary")
	case "integer", "number":
		w.number(n, kind)
	case "boolean":
		w.line("type: boolean")
	default:
		w.text(n)
	}
}

func (w *writer) object(n *yaml.Node) {
	w.line("type: object")
	var names []string
	for name := range members(n, "properties") {
		names = append(names, name)
	}
	if len(names) == 0 {
		return
	}
	var required []string
	for _, r := range list(n, "required") {
		if slices.Contains(names, r.Value) && !slices.Contains(required, r.Value) {
			required = append(required, r.Value)
		}
	}
	if len(required) > 0 {
		w.block("required", func() {
			for _, name := range required {
				w.line("- %s", quote(name))
			}
		})
	}
	w.block("properties", func() {
		for name, schema := range members(n, "properties") {
			w.block(quote(name), func() { w.schema(schema) })
		}
	})
}

func (w *writer) number(n *yaml.Node, kind string) {
	if text(n, "format") == "float" {
		w.line("type: number")
		return
	}
	for _, v := range list(n, "enum") {
		if v.Tag != "!!int" {
			w.text(n) // the catalogue calls it a number, but lists words
			return
		}
	}
	w.line("type: integer")
	w.line("format: int64")
	w.enum(n, func(v string) string { return v })
}

func (w *writer) text(n *yaml.Node) {
	w.line("type: string")
	if schema := get(n, "json"); schema != nil {
		w.line("contentMediaType: application/json")
		w.block("contentSchema", func() { w.schema(schema) })
		return
	}
	if text(n, "format") == "rfc3339" {
		w.line("format: date-time")
	}
	w.enum(n, quote)
}

func (w *writer) enum(n *yaml.Node, print func(string) string) {
	var seen []string
	for _, v := range list(n, "enum") {
		if !slices.Contains(seen, v.Value) {
			seen = append(seen, v.Value)
		}
	}
	if len(seen) == 0 {
		return
	}
	w.block("enum", func() {
		for _, v := range seen {
			w.line("- %s", print(v))
		}
	})
}

func (w *writer) webhooks(events []*yaml.Node) {
	var seen []string
	for _, e := range events {
		name := text(e, "event_type")
		original := "coupon"
		if types := list(e, "original_type"); len(types) > 0 {
			original = types[0].Value
		}
		id := "On" + word(name)
		if slices.Contains(seen, id) {
			id += word(original)
		}
		seen = append(seen, id)
		w.block(quote(id), func() {
			w.block("post", func() {
				w.line("operationId: %s", id)
				w.line("summary: %s", quote(text(e, "label")))
				w.block("x-wx-event", func() {
					w.line("types: [%s]", quote(name))
					w.line("originalType: %s", quote(original))
					w.block("resource", func() { w.schema(get(e, "payload")) })
				})
				w.line("responses: {'204': {description: OK}}")
			})
		})
	}
}
