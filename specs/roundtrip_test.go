package specs_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// TestOperations calls each operation of each spec once, through its generated
// package and the sandbox. The request is the example of the spec, and the
// sandbox holds it against the spec; the answer is the example as well. What
// the Go types make of the answer must marshal back to what was sent, so that
// no field can be lost, misnamed or of a wrong type.
func TestOperations(t *testing.T) {
	for _, doc := range documents(t) {
		folder := model.Folder(doc.File)
		if len(doc.Operations) == 0 {
			continue
		}
		newClient, ok := clients[folder]
		if !ok {
			t.Errorf("%s has operations, but no client in the table of this test", doc.File)
			continue
		}
		t.Run(folder, func(t *testing.T) {
			srv := sandbox.Start(t, sandbox.WithKeys(sandbox.BothKeys))
			client := reflect.ValueOf(newClient(merchant(t, srv)))
			for _, op := range doc.Operations {
				t.Run(op.ID, func(t *testing.T) { roundTrip(t, srv, client, op) })
			}
		})
	}
}

// merchant is a client that can hash files in all ways that the specs name.
// What stands in for SM3, which the standard library lacks, need not be it: the
// sandbox does not look into files.
func merchant(t *testing.T, srv *sandbox.Server) *wxpay.Client {
	t.Helper()
	config := srv.Config()
	config.Hashes = map[string]func() hash.Hash{"SM3": sha256.New}
	client, err := wxpay.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// TestClients holds the table to the specs.
func TestClients(t *testing.T) {
	folders := map[string]bool{}
	for _, doc := range documents(t) {
		folders[model.Folder(doc.File)] = true
	}
	for folder := range clients {
		if !folders[folder] {
			t.Errorf("the table of clients has %s, which is no spec", folder)
		}
	}
}

func documents(t *testing.T) []*load.Document {
	t.Helper()
	fsys := os.DirFS(".")
	files, err := load.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	set, err := load.Load(fsys, files...)
	if err != nil {
		t.Fatal(err)
	}
	return set.Documents
}

func roundTrip(t *testing.T, srv *sandbox.Server, client reflect.Value, op *load.Operation) {
	method := client.MethodByName(model.GoName(op.ID))
	if !method.IsValid() {
		t.Fatalf("%s: the package has no method %s", op.Pos, op.ID)
	}
	var raw wxpay.Response
	offer(srv, op)
	results := method.Call(arguments(t, method.Type(), op, wxpay.WithResponse(&raw)))
	if err, _ := results[len(results)-1].Interface().(error); err != nil {
		t.Fatalf("%s: %v", op.Pos, refused(srv, err))
	}
	if len(results) == 1 {
		return
	}
	answer := results[0].Interface()
	if stream, ok := answer.(*wxpay.Stream); ok {
		read(t, stream)
		return
	}
	back, err := json.Marshal(answer)
	if err != nil {
		t.Fatalf("%s: marshalling the answer: %v", op.Pos, err)
	}
	if sent, got := parse(t, raw.Body), parse(t, back); !same(sent, got) {
		t.Errorf("%s: the answer does not marshal back\nsent %s\n got %s", op.Pos, indent(sent), indent(got))
	}
	if missing := absent(example(t, op), parse(t, raw.Body), ""); len(missing) > 0 {
		t.Errorf("%s: the answer lacks %s of the example", op.Pos, strings.Join(missing, ", "))
	}
}

// offer puts a file behind the address that a download asks for.
func offer(srv *sandbox.Server, op *load.Operation) {
	token := op.Parameter("token", "query")
	if !op.Unsigned || token == nil {
		return
	}
	if address, err := url.Parse(srv.AddFile([]byte("a bill"), false).URL); err == nil {
		token.Example = &yaml.Node{Kind: yaml.ScalarNode, Value: address.Query().Get("token")}
	}
}

// refused adds to an error why the sandbox refused the request.
func refused(srv *sandbox.Server, err error) error {
	var apiErr *wxpay.APIError
	if errors.As(err, &apiErr) {
		return fmt.Errorf("%w\n%s", err, apiErr.Body)
	}
	return err
}

func read(t *testing.T, stream *wxpay.Stream) {
	t.Helper()
	if n, err := io.Copy(io.Discard, stream); err != nil || n == 0 {
		t.Errorf("reading %d bytes of the stream: %v", n, err)
	}
	if err := stream.Close(); err != nil {
		t.Error(err)
	}
}

// arguments makes what a method takes: a context, a request if there is one,
// and the option.
func arguments(t *testing.T, method reflect.Type, op *load.Operation, opt wxpay.CallOption) []reflect.Value {
	t.Helper()
	args := []reflect.Value{reflect.ValueOf(context.Background())}
	if method.NumIn() == 3 {
		req := reflect.New(method.In(1).Elem())
		fill(t, req, op)
		args = append(args, req)
	}
	return append(args, reflect.ValueOf(opt))
}

// fill sets a request to the examples of the spec. The tags say which field is
// which parameter.
func fill(t *testing.T, req reflect.Value, op *load.Operation) {
	t.Helper()
	body := exampleBody(op)
	target := req.Interface()
	fields := req.Elem()
	for i := range fields.NumField() {
		tag := fields.Type().Field(i).Tag
		field := fields.Field(i).Addr().Interface()
		switch {
		case tag.Get("path") != "" || tag.Get("query") != "" || tag.Get("header") != "":
			set(t, field, parameter(op, tag))
		case tag.Get("form") != "":
			setPart(t, field, body, tag.Get("form"))
		case strings.Contains(","+tag.Get("wx")+",", ",body,"):
			target = field
		}
	}
	if body != nil && op.Body != nil && load.JSON(op.Body.Content) != nil {
		decode(t, jsonOf(t, body), target)
	}
}

func parameter(op *load.Operation, tag reflect.StructTag) *yaml.Node {
	for _, in := range []string{"path", "query", "header"} {
		name, _, _ := strings.Cut(tag.Get(in), ",")
		switch p := op.Parameter(name, in); {
		case name == "" || p == nil:
		case op.Page != nil && name == op.Page.Offset:
			return firstPage(op.Page) // the example's page may lie behind the items of the sandbox
		default:
			return p.Example
		}
	}
	return nil
}

func firstPage(page *load.Page) *yaml.Node {
	if page.Style == "token" {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(page.Start, 10)}
}

// set decodes an example into the field of a parameter.
func set(t *testing.T, field any, example *yaml.Node) {
	t.Helper()
	if example == nil {
		return
	}
	decode(t, jsonOf(t, example), field)
}

func setPart(t *testing.T, field any, body *yaml.Node, name string) {
	t.Helper()
	if file, ok := field.(*wxpay.File); ok {
		*file = wxpay.File{Name: "picture.jpg", Content: strings.NewReader("a picture")}
		return
	}
	if part := member(body, name); part != nil {
		decode(t, jsonOf(t, part), field)
	}
}

func exampleBody(op *load.Operation) *yaml.Node {
	if op.Body == nil {
		return nil
	}
	for _, m := range op.Body.Content {
		if len(m.Examples) > 0 {
			return m.Examples[0]
		}
	}
	return nil
}

func member(n *yaml.Node, name string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

func example(t *testing.T, op *load.Operation) any {
	t.Helper()
	if resp := op.Success(); resp != nil {
		if m := load.JSON(resp.Content); m != nil && len(m.Examples) > 0 {
			return parse(t, jsonOf(t, m.Examples[0]))
		}
	}
	return nil
}

func jsonOf(t *testing.T, n *yaml.Node) []byte {
	t.Helper()
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatalf("line %d: %v", n.Line, err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("line %d: %v", n.Line, err)
	}
	return data
}

func decode(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("the example %s does not fit %T: %v", data, into, err)
	}
}

// parse reads a document in a form in which equal things are equal: times as
// instants, JSON in strings as documents, and neither nulls nor empty strings,
// which Go types leave out.
func parse(t *testing.T, data []byte) any {
	t.Helper()
	if len(data) == 0 {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return plain(v)
}

func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, member := range v {
			if p := plain(member); p != nil && p != "" {
				out[name] = p
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = plain(item)
		}
		return out
	case string:
		return plainText(v)
	case json.Number:
		f, err := v.Float64()
		if err != nil || float64(int64(f)) == f {
			return v.String()
		}
		return f
	}
	return v
}

// same compares what was sent with what came out of the Go types, which is
// plain text where a sensitive field was encrypted on its way.
func same(sent, got any) bool {
	switch sent := sent.(type) {
	case map[string]any:
		members, ok := got.(map[string]any)
		if !ok || len(members) != len(sent) {
			return false
		}
		for name, v := range sent {
			if !same(v, members[name]) {
				return false
			}
		}
		return true
	case []any:
		items, ok := got.([]any)
		return ok && slices.EqualFunc(sent, items, same)
	case string:
		return sent == got || encrypted(sent) && got != nil
	}
	return reflect.DeepEqual(sent, got)
}

// encrypted tells a value that RSA-2048 made.
func encrypted(s string) bool {
	data, err := base64.StdEncoding.DecodeString(s)
	return err == nil && len(data) == 256
}

func plainText(s string) any {
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at.Unix()
	}
	var inner any
	if strings.HasPrefix(s, "{") && json.Unmarshal([]byte(s), &inner) == nil {
		return plain(inner)
	}
	return s
}

// absent lists the members of want that have lacks. Values may differ, since
// the sandbox repeats what the request said.
func absent(want, have any, at string) []string {
	var out []string
	switch want := want.(type) {
	case map[string]any:
		members, _ := have.(map[string]any)
		for name, w := range want {
			if h, ok := members[name]; ok {
				out = append(out, absent(w, h, at+"."+name)...)
			} else {
				out = append(out, at+"."+name)
			}
		}
	case []any:
		items, _ := have.([]any)
		if len(want) > 0 && len(items) == 0 {
			return []string{at + "[0]"}
		}
		if len(want) > 0 {
			out = absent(want[0], items[0], at+"[0]")
		}
	}
	return out
}

func indent(v any) string {
	data, _ := json.MarshalIndent(v, "", "  ")
	return string(data)
}
