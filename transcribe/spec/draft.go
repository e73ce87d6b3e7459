package spec

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// draft builds an operation anew. What only a person can write is left out:
// lint lists it.
func (b *builder) draft(op *page.Operation, file, name string) *yaml.Node {
	b.nouns = nounNames(op.Path.Value)
	request := b.documentOf(op.Requests, op.Body, "request")
	var body, parameters *yaml.Node
	if len(op.Body) > 0 {
		body = b.requestBody(op, request)
	}
	parameters = b.parameters(op)
	responses := b.responses(op, file)
	paging := b.paging(op)
	errors := b.errorTable(op.Errors, file)
	return mapping(
		pair{"operationId", text(name)},
		pair{"summary", given(summary(op.Title.Value))},
		pair{"deprecated", yes(op.Deprecated.Value)},
		pair{"x-wx-doc", docNode(op.Doc, op.Updated, op.Roles)},
		pair{"x-wx-todo", texts(b.todo)},
		pair{"x-wx-rate-limit", rateLimits(op.RateLimits)},
		pair{"x-wx-idempotent", yes(op.Idempotent.Value)},
		pair{"x-wx-unsigned", yes(op.Unsigned.Value)},
		pair{"x-wx-page", paging},
		pair{"servers", otherHosts(op.Hosts)},
		pair{"parameters", parameters},
		pair{"requestBody", body},
		pair{"responses", responses},
		pair{"x-wx-errors", errors},
	)
}

// otherHosts lists the servers of an operation that does not live where the
// file's operations do. What an example calls is no statement.
func otherHosts(hosts []page.Fact[string]) *yaml.Node {
	var out []*yaml.Node
	for _, h := range hosts {
		name := strings.TrimSuffix(strings.TrimPrefix(h.Value, "https://"), "/")
		switch {
		case name == "api.mch.weixin.qq.com" || name == "api2.mch.weixin.qq.com":
			return nil
		case (h.From == page.Stated || h.From == page.FromCatalogue) && name != "":
			out = append(out, mapping(pair{"url", text("https://" + name)}))
		}
	}
	return some(out)
}

// summary is a page's title without a trailing API, which JSAPI is not.
func summary(title string) string {
	title = strings.TrimSpace(title)
	cut := len(title) - len("API")
	if cut > 0 && strings.EqualFold(title[cut:], "API") && !strings.HasSuffix(title[:cut], "JS") {
		title = strings.TrimSpace(title[:cut])
	}
	return title
}

// docRoles are the roles that x-wx-doc knows.
var docRoles = []string{
	"普通商户", "普通服务商", "平台商户", "品牌商户", "渠道商", "从业机构（银行）", "从业机构（支付机构）", "清算机构",
}

func docNode(doc, updated page.Fact[string], roles []page.Fact[string]) *yaml.Node {
	var known []*yaml.Node
	for _, role := range docRoles {
		if slices.ContainsFunc(roles, func(f page.Fact[string]) bool { return f.Value == role }) {
			known = append(known, text(role))
		}
	}
	n := mapping(
		pair{"page", given(doc.Value)},
		pair{"updated", given(updated.Value)},
		pair{"roles", some(known)},
	)
	if len(n.Content) == 0 {
		return nil
	}
	return n
}

func rateLimits(limits []page.Fact[page.RateLimit]) *yaml.Node {
	var out []*yaml.Node
	for _, l := range limits {
		out = append(out, mapping(
			pair{"requests", number(int64(l.Value.Requests))},
			pair{"period", text(strconv.Itoa(l.Value.Seconds) + "s")},
			pair{"per", text(perOf(l.Value))},
		))
	}
	return some(out)
}

// perOf says whose calls a limit counts. Where the page does not say it, it is
// the merchant's, as the dialect takes it.
func perOf(l page.RateLimit) string {
	if l.Per == "" {
		return "merchant"
	}
	return l.Per
}

// parameters builds the list of an operation's parameters. Variables of the
// path that the page does not list are added, for OpenAPI wants them.
func (b *builder) parameters(op *page.Operation) *yaml.Node {
	values := called(op.Path.Value, slices.Concat(op.Requests, op.Samples))
	var out []*yaml.Node
	for _, f := range op.Parameters {
		out = append(out, b.parameter(f, values[f.Name.Value]))
	}
	variables := load.Variables(op.Path.Value)
	out = slices.DeleteFunc(out, func(n *yaml.Node) bool {
		lost := word(n, "in") == "path" && !slices.Contains(variables, word(n, "name"))
		if lost {
			b.todo = append(b.todo, fmt.Sprintf("The page lists a path parameter %s, which is not in the path.", word(n, "name")))
		}
		return lost
	})
	for _, name := range variables {
		if !slices.ContainsFunc(op.Parameters, func(f *page.Field) bool { return f.Name.Value == name && f.Place.Value == page.Path }) {
			b.todo = append(b.todo, fmt.Sprintf("The page does not list the path parameter %s.", name))
			out = append(out, b.parameter(&page.Field{
				Name: page.Seen(name, op.Path.Pos, op.Path.From), Place: page.Seen(page.Path, op.Path.Pos, op.Path.From),
				Type: page.Seen(page.String, op.Path.Pos, op.Path.From),
			}, values[name]))
		}
	}
	return some(out)
}

func (b *builder) parameter(f *page.Field, shown string) *yaml.Node {
	var seen *yaml.Node
	if shown != "" {
		seen, _ = typed(f, shown)
	}
	todo := b.doubts(f)
	examples, complaint := b.exampleOf(f, seen)
	todo = append(todo, complaint...)
	f = timed(f, examples)
	if !f.Required.Known() && f.Place.Value != page.Path {
		todo = append(todo, "The page does not tell whether it is required.")
	}
	var example *yaml.Node
	if len(examples) > 0 {
		example = examples[0]
	}
	schema := b.shape(f, seen, place{holders: b.nouns}, examples)
	if f.Secret.Value {
		schema.Content = append(schema.Content, text("x-wx-sensitive"), yes(true))
	}
	if title := b.title(f); title != nil {
		schema.Content = append(schema.Content, text("title"), title)
	}
	return mapping(
		pair{"name", text(f.Name.Value)},
		pair{"in", text(string(f.Place.Value))},
		pair{"required", yes(f.Required.Value == page.Required || f.Place.Value == page.Path)},
		pair{"x-wx-todo", texts(todo)},
		pair{"x-wx-roles", roleNeeds(f)},
		pair{"schema", schema},
		pair{"example", example},
	)
}

func (b *builder) requestBody(op *page.Operation, example *yaml.Node) *yaml.Node {
	media := "application/json"
	if op.Multipart.Value {
		media, example = "multipart/form-data", nil
	}
	example = b.fit("the request's example", op.Body, example)
	return mapping(
		pair{"required", yes(true)},
		pair{"content", mapping(pair{media, mapping(
			pair{"schema", b.object(op.Body, example)},
			pair{"example", example},
		)})},
	)
}

// documentOf gives the example that is shown or, where none is, one that is
// put together from the examples of the fields.
func (b *builder) documentOf(examples []page.Example, fields []*page.Field, what string) *yaml.Node {
	if n := shown(examples, fields); n != nil || len(fields) == 0 {
		return n
	}
	n := b.compose(fields)
	if n != nil {
		b.notes = append(b.notes, "The example of the "+what+" is put together from those of the fields.")
	}
	return n
}

// compose puts an example together, or gives nothing where a required field
// has none.
func (b *builder) compose(fields []*page.Field) *yaml.Node {
	n := mapping()
	for _, f := range fields {
		v := b.composeField(f)
		if v == nil {
			if f.Required.Value == page.Required {
				return nil
			}
			continue
		}
		n.Content = append(n.Content, text(f.Name.Value), v)
	}
	if len(n.Content) == 0 {
		return nil
	}
	return n
}

func (b *builder) composeField(f *page.Field) *yaml.Node {
	switch {
	case f.JSON.Value && len(f.Fields) > 0:
		return nil // the text of JSON in JSON is for a person to write
	case f.Type.Value == page.Object:
		return b.compose(f.Fields)
	case f.Type.Value == page.Array:
		item := itemOf(f)
		item.Example = f.Example
		if v := b.composeField(item); v != nil {
			return sequence(v)
		}
		return nil
	}
	examples, _ := b.exampleOf(f, nil)
	if len(examples) > 0 {
		return examples[0]
	}
	if len(f.Enum) > 0 {
		v, _ := typed(f, f.Enum[0].Value.Value)
		return v
	}
	return nil
}

// fit gives an example as far as it fits the fields, and notes what does
// not: members that may be missing are left out of it, and without the others
// there is no example.
func (b *builder) fit(what string, fields []*page.Field, example *yaml.Node) *yaml.Node {
	const most = 6
	found := misfits(fields, example, "")
	if len(found) == 0 {
		return example
	}
	if len(found) > most {
		found = append(found[:most:most], "and more")
	}
	left := "left out of it"
	if !prune(fields, example) {
		example, left = nil, "so that it is left out"
	}
	b.todo = append(b.todo, fmt.Sprintf("What the page shows as %s does not fit, %s: %s.", what, left, strings.Join(found, "; ")))
	return example
}

func (b *builder) responses(op *page.Operation, file string) *yaml.Node {
	n := mapping()
	for _, a := range op.Answers {
		status := a.Status.Value
		if !a.Status.Known() {
			status = guessStatus(a)
			b.todo = append(b.todo, fmt.Sprintf("The page does not tell the status of a successful answer, %d is assumed.", status))
		}
		if k, _ := member(n, strconv.Itoa(status)); k == nil {
			n.Content = append(n.Content, text(strconv.Itoa(status)), b.answer(a, status))
		}
	}
	if len(n.Content) == 0 {
		b.todo = append(b.todo, "The page does not tell what a successful call answers.")
	}
	n.Content = append(n.Content, text("default"), reference(common(file)+"#/components/responses/Error"))
	return n
}

func guessStatus(a *page.Answer) int {
	if len(a.Fields) == 0 && !a.Stream.Value {
		return http.StatusNoContent
	}
	return http.StatusOK
}

func (b *builder) answer(a *page.Answer, status int) *yaml.Node {
	said := map[int]string{
		http.StatusOK: "成功, the call succeeded.", http.StatusAccepted: "已受理, the request was accepted.",
		http.StatusNoContent: "成功, the call succeeded; the answer has no body.",
	}[status]
	if said == "" {
		said = "成功, the call succeeded."
	}
	var content *yaml.Node
	switch {
	case a.Stream.Value:
		content = mapping(pair{"application/octet-stream", mapping(
			pair{"schema", mapping(pair{"type", text("string")}, pair{"format", text("binary")})},
		)})
	case len(a.Fields) > 0:
		example := b.documentOf(a.Examples, a.Fields, "answer")
		example = b.fit("the answer's example", a.Fields, example)
		content = b.json(a.Fields, example)
	}
	return mapping(pair{"description", text(said)}, pair{"content", content})
}

func (b *builder) json(fields []*page.Field, example *yaml.Node) *yaml.Node {
	return mapping(pair{"application/json", mapping(
		pair{"schema", b.object(fields, example)},
		pair{"example", example},
	)})
}
