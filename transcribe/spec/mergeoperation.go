package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Orders of keys, as specs/README.md has them.
var (
	operationOrder = strings.Fields(`operationId summary description deprecated x-wx-doc x-wx-note x-wx-todo x-wx-rate-limit
		x-wx-idempotent x-wx-unsigned x-wx-page x-wx-event servers security parameters requestBody responses x-wx-errors`)
	parameterOrder = strings.Fields("name in required description x-go-name x-wx-note x-wx-todo x-wx-roles schema example")
	docOrder       = strings.Fields("page updated roles")
	mediaOrder     = strings.Fields("schema example examples")
)

// doc merges x-wx-doc. An older page is another copy, and changes nothing.
func (m *merger) doc(doc, updated page.Fact[string], roles []page.Fact[string]) {
	node := value(m.op, "x-wx-doc")
	if node == nil {
		if n := docNode(doc, updated, roles); n != nil {
			m.differ(fact{at: "x-wx-doc", what: "source", page: updated.Value, pos: updated.Pos, node: m.op},
				func() { m.f.put(m.op, "x-wx-doc", n, operationOrder) })
		}
		return
	}
	if doc.Known() && value(node, "page") == nil {
		m.differ(fact{at: "x-wx-doc", what: "page", page: doc.Value, pos: doc.Pos, node: node},
			func() { m.f.put(node, "page", text(doc.Value), docOrder) })
	}
	if has := word(node, "updated"); updated.Known() && updated.Value > has {
		d := fact{at: "x-wx-doc", what: "date", page: updated.Value, spec: has, pos: updated.Pos, node: node}
		m.differ(d, func() { m.set(node, "updated", text(updated.Value), docOrder) })
	}
	m.roles(node)
}

// roles adds those of the page.
func (m *merger) roles(node *yaml.Node) {
	var lacks []string
	for _, r := range m.pageRoles {
		if !slices.Contains(m.specRoles, r) {
			lacks = append(lacks, r)
		}
	}
	lacks = slices.DeleteFunc(lacks, func(r string) bool {
		return !m.accept(fact{at: "x-wx-doc", what: "role", page: r, node: node}, true)
	})
	if len(lacks) == 0 {
		return
	}
	var all []*yaml.Node
	for _, r := range docRoles {
		if slices.Contains(m.specRoles, r) || slices.Contains(lacks, r) {
			all = append(all, text(r))
		}
	}
	m.later = append(m.later, func() { m.set(node, "roles", sequence(all...), docOrder) })
}

// set writes a member, whether it is there or not.
func (m *merger) set(n *yaml.Node, key string, v *yaml.Node, order []string) {
	if k, _ := member(n, key); k != nil {
		m.f.replace(n, key, v)
		return
	}
	m.f.put(n, key, v, order)
}

// facts merges what concerns the operation as a whole.
func (m *merger) facts(op *page.Operation) {
	if title := summary(op.Title.Value); title != "" && word(m.op, "summary") == "" {
		m.differ(fact{at: "summary", what: "title", page: title, pos: op.Title.Pos, node: m.op},
			func() { m.f.put(m.op, "summary", text(title), operationOrder) })
	}
	m.rates(op.RateLimits)
	for _, flag := range []struct {
		key  string
		said page.Fact[bool]
	}{{"deprecated", op.Deprecated}, {"x-wx-idempotent", op.Idempotent}, {"x-wx-unsigned", op.Unsigned}} {
		if flag.said.Value && word(m.op, flag.key) != "true" {
			m.differ(fact{at: flag.key, what: strings.TrimPrefix(flag.key, "x-wx-"), page: "true", pos: flag.said.Pos, node: m.op},
				func() { m.f.put(m.op, flag.key, yes(true), operationOrder) })
		}
	}
}

func (m *merger) rates(said []page.Fact[page.RateLimit]) {
	if len(said) == 0 {
		return
	}
	var want, have []string
	var pages, specs []page.RateLimit
	for _, l := range said {
		pages = append(pages, l.Value)
		want = append(want, fmt.Sprintf("%d in %v per %s", l.Value.Requests, time.Duration(l.Value.Seconds)*time.Second, perOf(l.Value)))
	}
	if list := value(m.op, "x-wx-rate-limit"); list != nil {
		for _, l := range list.Content {
			period, _ := time.ParseDuration(word(l, "period"))
			requests, _ := strconv.Atoi(word(l, "requests"))
			specs = append(specs, page.RateLimit{Requests: requests, Seconds: int(period.Seconds()), Per: word(l, "per")})
			have = append(have, fmt.Sprintf("%d in %v per %s", requests, period, word(l, "per")))
		}
	}
	if drift.RatesAgree(pages, specs) {
		return
	}
	m.differ(fact{at: "x-wx-rate-limit", what: "limit", page: strings.Join(want, ", "), spec: strings.Join(have, ", "), pos: said[0].Pos, node: m.op},
		func() { m.set(m.op, "x-wx-rate-limit", rateLimits(said), operationOrder) })
}

func (m *merger) parameters(op *page.Operation) {
	list := value(m.op, "parameters")
	values := called(op.Path.Value, slices.Concat(op.Requests, op.Samples))
	said := map[string]bool{}
	for _, p := range op.Parameters {
		said[p.Name.Value] = true
		if p.Place.Value == page.Path && !strings.Contains(op.Path.Value, "{"+p.Name.Value+"}") {
			continue
		}
		node := m.parameter(list, p, op)
		if node == nil {
			m.addParameter(list, p, values[p.Name.Value])
			continue
		}
		m.mergeParameter(node, p, values[p.Name.Value])
	}
	if len(op.Parameters) == 0 || list == nil {
		return
	}
	for _, node := range list.Content {
		name := word(node, "name")
		if name != "" && !said[name] && word(node, "in") == "query" && !m.absentHere(node) {
			m.differ(fact{at: name, what: "parameter", spec: name, node: node, notes: m.around(m.site(value(node, "schema")), node)}, nil)
		}
	}
}

// parameter finds a parameter of the spec. Variables of the path count by
// their place, since pages call them differently.
func (m *merger) parameter(list *yaml.Node, p *page.Field, op *page.Operation) *yaml.Node {
	if list == nil {
		return nil
	}
	for _, n := range list.Content {
		if word(n, "name") == p.Name.Value && word(n, "in") == string(p.Place.Value) {
			return n
		}
	}
	if p.Place.Value != page.Path {
		return nil
	}
	path, _ := m.w.find(m.f, op)
	here, there := variable.FindAllString(op.Path.Value, -1), variable.FindAllString(path, -1)
	if i := slices.Index(here, "{"+p.Name.Value+"}"); i >= 0 && i < len(there) {
		for _, n := range list.Content {
			if "{"+word(n, "name")+"}" == there[i] {
				return n
			}
		}
	}
	return nil
}

func (m *merger) addParameter(list *yaml.Node, p *page.Field, shown string) {
	if !m.accept(fact{at: p.Name.Value, what: "parameter", page: p.Name.Value, pos: p.Name.Pos, node: list}, true) {
		return
	}
	node := m.b.parameter(m.forRoles(p), shown)
	m.later = append(m.later, func() {
		if list == nil || len(list.Content) == 0 {
			m.set(m.op, "parameters", sequence(node), operationOrder)
			return
		}
		m.f.addItem(list, node)
	})
}

func (m *merger) mergeParameter(node *yaml.Node, p *page.Field, shown string) {
	name := p.Name.Value
	schema := value(node, "schema")
	if p.Place.Value != page.Path {
		m.need(p, name, word(node, "required") == "true", node, site{target: node}, func(needed bool) {
			if needed {
				m.set(node, "required", yes(true), parameterOrder)
			} else {
				m.f.remove(node, "required")
			}
		})
	}
	m.schema(p, name, m.site(schema), node, func(with *yaml.Node) {
		m.f.replace(node, "schema", with)
	})
	if value(node, "example") == nil {
		var seen *yaml.Node
		if shown != "" {
			seen, _ = typed(p, shown)
		}
		if examples, _ := m.b.exampleOf(p, seen); len(examples) > 0 {
			m.differ(fact{at: name, what: "example", page: examples[0].Value, pos: p.Example.Pos, node: node},
				func() { m.f.put(node, "example", examples[0], parameterOrder) })
		}
	}
}

func (m *merger) body(op *page.Operation) {
	if len(op.Body) == 0 {
		return
	}
	request := shown(op.Requests, op.Body)
	content := value(m.op, "requestBody", "content")
	if content == nil || len(content.Content) < 2 {
		if value(m.op, "requestBody") != nil {
			return // by reference
		}
		if m.accept(fact{at: "body", what: "request body", page: "a body", pos: op.Body[0].Name.Pos, node: m.op}, true) {
			node := m.b.requestBody(op, request)
			m.later = append(m.later, func() { m.f.put(m.op, "requestBody", node, operationOrder) })
		}
		return
	}
	m.media(content.Content[1], op.Body, request, "body")
}

// media merges the fields of a body, and the example where there is none.
func (m *merger) media(node *yaml.Node, fields []*page.Field, example *yaml.Node, at string) {
	m.fields(fields, m.site(value(node, "schema")), example, "")
	if example == nil || value(node, "example") != nil || value(node, "examples") != nil || value(node, "schema") == nil {
		return
	}
	if len(misfits(fields, example, "")) > 0 && !prune(fields, example) {
		return // package infer has told why
	}
	m.differ(fact{at: at, what: "example", page: "a document", node: node},
		func() { m.f.put(node, "example", example, mediaOrder) })
}

// answer merges what a call answers.
func (m *merger) answer(a *page.Answer, all int) {
	responses := value(m.op, "responses")
	if responses == nil {
		return
	}
	status := strconv.Itoa(a.Status.Value)
	key, response := success(responses, status, a.Status.Known())
	if response == nil {
		return
	}
	if a.Status.Known() && key.Value != status && all == 1 {
		m.differ(fact{at: "answer", what: "status", page: status, spec: key.Value, pos: a.Status.Pos, node: key}, func() {
			line := m.f.lines[key.Line-1]
			m.f.edits = append(m.f.edits, edit{from: key.Line - 1, to: key.Line, lines: []string{strings.Replace(line, key.Value, status, 1)}})
		})
	}
	content := value(response, "content")
	switch {
	case len(a.Fields) == 0:
	case content == nil && value(response, "$ref") == nil:
		if m.accept(fact{at: "answer", what: "body", page: "a body", pos: a.Fields[0].Name.Pos, node: response}, true) {
			node := m.b.json(a.Fields, shown(a.Examples, a.Fields))
			m.later = append(m.later, func() { m.f.put(response, "content", node, strings.Fields("description content")) })
		}
	case content != nil && len(content.Content) > 1:
		m.media(content.Content[1], a.Fields, shown(a.Examples, a.Fields), "answer")
	}
}

// success finds the answer of a status or, where the page does not tell it or
// the spec has another one, the first that is a success.
func success(responses *yaml.Node, status string, known bool) (key, response *yaml.Node) {
	if known {
		if k, v := member(responses, status); k != nil {
			return k, v
		}
	}
	for i := 0; i+1 < len(responses.Content); i += 2 {
		if strings.HasPrefix(responses.Content[i].Value, "2") {
			return responses.Content[i], responses.Content[i+1]
		}
	}
	return nil, nil
}
