package emit

import (
	"path"
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// examples writes example_test.go: for each operation a call with the values
// of the documentation's example, which go doc shows and the compiler checks.
func (e *emitter) examples() ([]byte, error) {
	x := &exampleWriter{emitter: e, path: path.Join(e.opts.ImportPath, e.pkg.Folder), merchant: "merchant"}
	if e.pkg.Name == x.merchant {
		x.merchant = "account"
	}
	f := jen.NewFilePathName(x.path+"_test", e.pkg.Name+"_test")
	f.NoFormat = true
	f.ImportName(e.opts.Runtime, "wxpay")
	f.ImportName(x.path, e.pkg.Name)
	comment(f.Group, []string{x.merchant + " is the client of the program, made once by wxpay.NewClient."})
	f.Var().Id(x.merchant).Op("*").Add(e.runtime("Client"))
	f.Line()
	for _, op := range e.pkg.Operations {
		x.operation(f, op)
		if op.Pager != nil {
			x.pager(f, op)
		}
	}
	for _, ev := range e.pkg.Events {
		x.event(f, ev)
	}
	return e.render(f)
}

// exampleWriter writes from outside of the package, so that all its names are
// qualified.
type exampleWriter struct {
	*emitter
	path     string // of the package
	merchant string // the variable that holds the client
	upload   bool   // the request that is being written has a file
}

func (x *exampleWriter) operation(f *jen.File, op *model.Operation) {
	f.Func().Id("ExampleClient_" + op.Name).Params().BlockFunc(func(g *jen.Group) {
		g.Id("client").Op(":=").Qual(x.path, "NewClient").Call(jen.Id(x.merchant))
		if uploads(op) {
			x.openFile(g)
		}
		call := jen.Id("client").Dot(op.Name).CallFunc(x.arguments(op))
		if op.Response == nil {
			g.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(fatal())
			return
		}
		g.List(jen.Id("resp"), jen.Err()).Op(":=").Add(call)
		g.If(jen.Err().Op("!=").Nil()).Block(fatal())
		if op.Response.Kind == model.Stream {
			g.Defer().Id("resp").Dot("Close").Call()
		}
		g.Qual("fmt", "Println").Call(jen.Id("resp"))
	})
	f.Line()
}

func (x *exampleWriter) pager(f *jen.File, op *model.Operation) {
	f.Func().Id("ExampleClient_" + op.Pager.Name).Params().BlockFunc(func(g *jen.Group) {
		g.Id("client").Op(":=").Qual(x.path, "NewClient").Call(jen.Id(x.merchant))
		all := jen.Id("client").Dot(op.Pager.Name).CallFunc(x.arguments(op))
		g.For(jen.List(jen.Id("item"), jen.Err()).Op(":=").Range().Add(all)).Block(
			jen.If(jen.Err().Op("!=").Nil()).Block(fatal()),
			jen.Qual("fmt", "Println").Call(jen.Id("item")),
		)
	})
	f.Line()
}

func (x *exampleWriter) event(f *jen.File, ev *model.Event) {
	handle := jen.Func().Params(
		jen.Id("ctx").Qual("context", "Context"), jen.Id("event").Op("*").Add(x.runtime("Event")), jen.Id("payload").Op("*").Qual(x.path, ev.Payload.Name),
	).Add(x.handled(ev))
	f.Func().Id("Example"+ev.Name).Params().Block(
		jen.Id("handler").Op(":=").Add(x.runtime("NewNotifications")).Call(jen.Id(x.merchant), jen.Qual(x.path, ev.Name).Call(handle)),
		jen.Qual("net/http", "Handle").Call(jen.Lit("POST /wechatpay"), jen.Id("handler")),
	)
	f.Line()
}

// handled is what the handler of an example returns, and its body.
func (x *exampleWriter) handled(ev *model.Event) *jen.Statement {
	tell := jen.Qual("fmt", "Println").Call(jen.Id("event").Dot("ID"), jen.Id("payload"))
	if ev.Answer == nil {
		return jen.Error().Block(tell, jen.Return(jen.Nil()))
	}
	answer := jen.Qual(x.path, ev.Answer.Name)
	return jen.Params(jen.Op("*").Add(answer), jen.Error()).Block(tell, jen.Return(jen.Op("&").Add(answer.Clone()).Values(), jen.Nil()))
}

func fatal() *jen.Statement { return jen.Qual("log", "Fatal").Call(jen.Err()) }

func (x *exampleWriter) arguments(op *model.Operation) func(*jen.Group) {
	return func(g *jen.Group) {
		g.Qual("context", "Background").Call()
		if op.Request != nil {
			x.upload = uploads(op)
			g.Op("&").Add(x.object(op.Request, bodyExample(op.Spec), 0))
		}
	}
}

// bodyExample is the example of the whole body, or nil.
func bodyExample(op *load.Operation) *yaml.Node {
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

// deepest is how far an example goes into objects for which the spec gives
// none, since they can contain each other.
const deepest = 3

// object writes a struct. Its members are those of the example, or where there
// is none, the examples of the fields.
func (x *exampleWriter) object(n *model.Named, example *yaml.Node, depth int) *jen.Statement {
	return jen.Qual(x.path, n.Name).Custom(lines, x.members(n, example, depth)...)
}

func (x *exampleWriter) members(n *model.Named, example *yaml.Node, depth int) []jen.Code {
	var out []jen.Code
	for _, f := range n.Fields {
		node := f.Example
		if f.In == "" && example != nil {
			node = member(example, f.Wire)
		}
		if f.In == "body" && example != nil {
			node = example
		}
		if f.In == "form" && example != nil {
			node = member(example, f.Wire)
		}
		if f.Type.Kind == model.File {
			out = append(out, entry(f.Name, pointed(f, x.file(), x)))
			continue
		}
		if node == nil && (example != nil && f.In == "" || !f.Required) || depth > 0 && x.upload && computed[f.Wire] {
			continue
		}
		if f.In == "form" && f.Type.Kind == model.Ref && len(x.members(f.Type.Named, node, depth+1)) == 0 {
			continue
		}
		if v := x.value(f.Type, node, depth+1); v != nil {
			out = append(out, entry(f.Name, pointed(f, v, x)))
		}
	}
	return out
}

// pointed is the value as the field holds it.
func pointed(f *model.Field, v *jen.Statement, x *exampleWriter) *jen.Statement {
	if f.Pointer {
		return pointerTo(f.Type, v, x)
	}
	return v
}

// pointerTo makes a pointer of a value: of a literal by &, of another by new.
func pointerTo(t *model.Type, v *jen.Statement, x *exampleWriter) *jen.Statement {
	switch {
	case t.Kind == model.Ref && t.Named.Enum == nil, t.Kind == model.JSONText, t.Kind == model.File:
		return jen.Op("&").Add(v)
	case t.Kind == model.Ref, t.Kind == model.Bool:
		return jen.New(v)
	}
	return jen.New(x.typ(t).Call(v))
}

func member(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// value writes a value of a type, or nothing where the example does not fit.
func (x *exampleWriter) value(t *model.Type, n *yaml.Node, depth int) *jen.Statement {
	if t.Kind == model.Ref && t.Named.Enum == nil {
		if t.Named.Union != nil || n == nil && depth > deepest {
			return nil
		}
		return x.object(t.Named, n, depth)
	}
	if n == nil {
		return nil
	}
	switch t.Kind {
	case model.Slice:
		return x.slice(t, n, depth)
	case model.JSONText:
		return x.jsonText(t, n, depth)
	case model.Ref:
		return x.enumValue(t.Named, n)
	}
	if n.Kind != yaml.ScalarNode {
		return nil
	}
	return x.scalar(t, n)
}

func (x *exampleWriter) scalar(t *model.Type, n *yaml.Node) *jen.Statement {
	switch t.Kind {
	case model.String:
		return jen.Lit(n.Value)
	case model.Bool:
		return jen.Lit(n.Value == "true")
	case model.Int32, model.Int64, model.Uint32, model.Uint64:
		if _, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			return jen.Op(n.Value)
		}
	case model.Float64:
		if _, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return jen.Op(n.Value)
		}
	case model.Time:
		return x.time(n.Value)
	}
	return nil
}

// time writes a time as a program would make it.
func (x *exampleWriter) time(text string) *jen.Statement {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil
	}
	_, offset := t.Zone()
	zone := jen.Qual("time", "UTC")
	if offset != 0 {
		zone = jen.Qual("time", "FixedZone").Call(jen.Lit(""), jen.Lit(offset))
	}
	return x.runtime("NewTime").Call(jen.Qual("time", "Date").Call(
		jen.Lit(t.Year()), jen.Qual("time", t.Month().String()), jen.Lit(t.Day()),
		jen.Lit(t.Hour()), jen.Lit(t.Minute()), jen.Lit(t.Second()), jen.Lit(0), zone))
}

func (x *exampleWriter) enumValue(t *model.Named, n *yaml.Node) *jen.Statement {
	for _, v := range t.Enum.Values {
		if v.Wire == n.Value {
			return jen.Qual(x.path, v.Name)
		}
	}
	return nil
}

func (x *exampleWriter) slice(t *model.Type, n *yaml.Node, depth int) *jen.Statement {
	if n.Kind != yaml.SequenceNode {
		return nil
	}
	var items []jen.Code
	for _, item := range n.Content {
		v := x.element(t.Elem, item, depth+1)
		if v == nil {
			return nil
		}
		items = append(items, v)
	}
	return jen.Index().Add(x.outside(t.Elem)).Values(items...)
}

// element writes an item of a list, whose type stands before the list.
func (x *exampleWriter) element(t *model.Type, n *yaml.Node, depth int) *jen.Statement {
	if t.Kind == model.Ref && t.Named.Enum == nil && t.Named.Union == nil && (n != nil || depth <= deepest) {
		return jen.Custom(lines, x.members(t.Named, n, depth)...)
	}
	return x.value(t, n, depth)
}

// jsonText reads the document that the example holds as text.
func (x *exampleWriter) jsonText(t *model.Type, n *yaml.Node, depth int) *jen.Statement {
	var doc yaml.Node
	if n.Kind != yaml.ScalarNode || yaml.Load([]byte(n.Value), &doc) != nil || len(doc.Content) != 1 {
		return nil
	}
	v := x.value(t.Elem, doc.Content[0], depth+1)
	if v == nil {
		return nil
	}
	return x.runtime("JSON").Types(x.outside(t.Elem)).Values(entry("Value", v))
}

// outside writes a type as another package names it.
func (x *exampleWriter) outside(t *model.Type) *jen.Statement {
	switch t.Kind {
	case model.Ref:
		return jen.Qual(x.path, t.Named.Name)
	case model.Slice:
		return jen.Index().Add(x.outside(t.Elem))
	case model.Map:
		return jen.Map(jen.String()).Add(x.outside(t.Elem))
	case model.JSONText:
		return x.runtime("JSON").Types(x.outside(t.Elem))
	}
	return x.typ(t)
}
