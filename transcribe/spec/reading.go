package spec

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// parseFile reads a spec, so that its lines can be edited.
func parseFile(name string, data []byte) (*file, error) {
	var root yaml.Node
	if err := yaml.Load(data, &root); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) != 1 || root.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("reading %s: it holds no OpenAPI document", name)
	}
	f := &file{name: name, root: root.Content[0]}
	text := string(data)
	if n := strings.Count(text, "\r\n"); n > 0 && n == strings.Count(text, "\n") {
		f.crlf = true
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	f.lines = strings.Split(text, "\n")
	f.odd = strings.ContainsAny(text, otherBreaks) || f.outdented(f.root, 0)
	return f, nil
}

// outdented tells whether a quoted text goes on in a line that is indented no
// more than what it belongs to, so that indentation does not tell where it
// ends.
func (f *file) outdented(n *yaml.Node, indent int) bool {
	if n.Kind == yaml.ScalarNode {
		return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 && f.leavesIndent(n, indent)
	}
	for i, child := range n.Content {
		in := n.Column - 1
		if n.Kind == yaml.MappingNode && i%2 == 1 {
			in = n.Content[i-1].Column - 1
		}
		if f.outdented(child, in) {
			return true
		}
	}
	return false
}

func (f *file) leavesIndent(n *yaml.Node, indent int) bool {
	if n.Line < 1 || n.Line > len(f.lines) {
		return true
	}
	rest := []rune(f.lines[n.Line-1])
	if n.Column < 1 || n.Column > len(rest) {
		return true
	}
	quote := rest[n.Column-1]
	rest = rest[n.Column:]
	for line := n.Line; !closes(rest, quote); line++ {
		if line >= len(f.lines) {
			return true
		}
		s := strings.TrimLeft(f.lines[line], " ")
		if s != "" && len(f.lines[line])-len(s) <= indent {
			return true
		}
		rest = []rune(f.lines[line])
	}
	return false
}

// closes tells whether a quotation mark that ends a text stands in a line.
func closes(line []rune, quote rune) bool {
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quote == '"':
			i++
		case line[i] == quote && quote == '\'' && i+1 < len(line) && line[i+1] == quote:
			i++
		case line[i] == quote:
			return true
		}
	}
	return false
}

// otherBreaks end lines for YAML, and for nothing else: lines cannot be counted
// where they stand.
const otherBreaks = "\r\u0085\u2028\u2029"

// newFile begins a spec.
func newFile(name, title, version string) (*file, error) {
	head := mapping(
		pair{"openapi", text("3.1.0")},
		pair{"info", mapping(
			pair{"title", text(title)},
			pair{"version", text(version)},
		)},
		pair{"servers", sequence(
			mapping(pair{"url", text("https://api.mch.weixin.qq.com")},
				pair{"description", text("主域名, the main domain, answered by the nearest access point.")}),
			mapping(pair{"url", text("https://api2.mch.weixin.qq.com")},
				pair{"description", text("备域名, the backup domain, answered by an access point elsewhere.")}),
		)},
		pair{"security", sequence(mapping(pair{"WECHATPAY2", sequence()}))},
	)
	return parseFile(name, []byte(strings.Join(encode(head, 0), "\n")+"\n"))
}

// uses counts for each component the bodies of operations that lead to it.
func (f *file) uses() map[string]int {
	if f.used != nil {
		return f.used
	}
	f.used = map[string]int{}
	schemas := value(f.root, "components", "schemas")
	count := func(root *yaml.Node) {
		seen := map[string]bool{}
		var visit func(n *yaml.Node)
		visit = func(n *yaml.Node) {
			if n == nil {
				return
			}
			for i, child := range n.Content {
				visit(child)
				if n.Kind != yaml.MappingNode || i%2 == 0 || n.Content[i-1].Value != "$ref" {
					continue
				}
				if name, ok := strings.CutPrefix(child.Value, "#/components/schemas/"); ok && !seen[name] {
					seen[name] = true
					f.used[name]++
					visit(value(schemas, name))
				}
			}
		}
		visit(root)
	}
	eachOperation(f.root, func(_, _ string, op *yaml.Node) {
		count(value(op, "parameters"))
		count(value(op, "requestBody"))
		count(value(op, "responses"))
	})
	eachWebhook(f.root, func(_ string, op *yaml.Node) { count(value(op, "x-wx-event")) })
	return f.used
}
