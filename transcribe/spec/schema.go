package spec

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/transcribe/page"
)

// builder turns the facts of one operation or event into nodes. Objects and
// enums that fields use become components, whose names are settled once all
// of a file's new components are known.
type builder struct {
	book       *Book
	components []*component
	todo       []string // of the operation as a whole
	notes      []string // what a person should know, and need not write down
	nouns      []string // what the operation is about, for names of last resort
}

// component is an object or enum that is to stand under components.schemas.
type component struct {
	short   string   // the name that its field gives it
	holders []string // Go names of what holds it, the nearest first
	top     bool     // it lies at the top of a body
	node    *yaml.Node
	refs    []*yaml.Node // the scalars that are to name it
	name    string
}

// place is where a schema is built.
type place struct {
	holders []string // Go names of what lies around it, the nearest first
	inside  bool     // of a component
}

func (p place) below(c *component) place {
	return place{append([]string{c.short}, p.holders...), true}
}

// object builds the schema of a body: an object that stands in the operation
// itself.
func (b *builder) object(fields []*page.Field, example *yaml.Node) *yaml.Node {
	return mapping(append([]pair{{"type", text("object")}}, b.members(fields, example, place{holders: b.nouns})...)...)
}

// members builds required and properties, with what is unknown of them.
func (b *builder) members(fields []*page.Field, example *yaml.Node, at place) []pair {
	properties := mapping()
	var required []*yaml.Node
	var unknown []string
	for _, f := range fields {
		name := f.Name.Value
		if k, _ := member(properties, name); k != nil || name == "" {
			continue
		}
		properties.Content = append(properties.Content, text(name), b.property(f, value(example, name), at))
		switch {
		case f.Required.Value == page.Required:
			required = append(required, text(name))
		case !f.Required.Known():
			unknown = append(unknown, name)
		}
	}
	var todo []string
	if len(unknown) > 0 {
		todo = append(todo, "The page does not tell whether these are required: "+strings.Join(unknown, ", ")+".")
	}
	if len(properties.Content) == 0 {
		properties = nil
	}
	return []pair{{"x-wx-todo", texts(todo)}, {"required", some(required)}, {"properties", properties}}
}

// property builds the schema of a field.
func (b *builder) property(f *page.Field, example *yaml.Node, at place) *yaml.Node {
	todo := b.doubts(f)
	if g := fitting(f); g != f {
		todo, f = append(todo, "The page says integer, and lists values that are none."), g
	}
	examples, complaint := b.exampleOf(f, example)
	todo = append(todo, complaint...)
	f = timed(f, examples)
	shape := b.shape(f, example, at, examples)
	if k, _ := member(shape, "$ref"); k != nil {
		examples = nil // they stand at the component
	}
	if f.Type.Value == page.Array {
		examples = nil // they stand at the items
	}
	before, behind := shape, []pair(nil)
	if f.Type.Value == page.Array {
		before, behind = splitArray(shape)
	}
	add := []pair{
		{"x-wx-sensitive", yes(f.Secret.Value)},
		{"title", b.title(f)},
		{"x-wx-todo", texts(todo)},
		{"x-wx-roles", roleNeeds(f)},
	}
	out := mapping(append(append(add, behind...), pair{"examples", some(examples)})...)
	out.Content = append(slices.Clone(before.Content), out.Content...)
	return out
}

// splitArray lets the texts of an array stand before what they describe.
func splitArray(shape *yaml.Node) (*yaml.Node, []pair) {
	var behind []pair
	before := mapping()
	for i := 0; i+1 < len(shape.Content); i += 2 {
		if key := shape.Content[i].Value; key != "type" {
			behind = append(behind, pair{key, shape.Content[i+1]})
			continue
		}
		before.Content = append(before.Content, shape.Content[i], shape.Content[i+1])
	}
	return before, behind
}

// title is the field's label, where the glossary does not say the same.
func (b *builder) title(f *page.Field) *yaml.Node {
	label := f.Label.Value
	if label == b.book.Fields[f.Name.Value].Label {
		return nil
	}
	return given(label)
}

// doubts are what the page leaves open about a field.
func (b *builder) doubts(f *page.Field) []string {
	var todo []string
	if f.Required.Value == page.Conditional {
		todo = append(todo, "Required under a condition only: the description has to name it.")
	}
	switch {
	case len(f.Fields) > 0 && f.Type.Value == page.String && !f.JSON.Value:
		todo = append(todo, "The page lists members of a string; they are left out.")
	case !f.Type.Known():
		todo = append(todo, "The page does not tell the type.")
	case f.Type.Value == page.Array && !f.Items.Known() && len(f.Fields) == 0:
		todo = append(todo, "The page does not tell what the array holds.")
	case f.Unended:
		todo = append(todo, "The copy of the page lost where the members of the object end, so that some may be missing.")
	case f.Folded && len(f.Fields) == 0:
		todo = append(todo, "The members of the object are not known.")
	case f.Type.Value == page.Object && len(f.Fields) == 0, f.Items.Value == page.Object && len(f.Fields) == 0:
		todo = append(todo, "The page names no members of the object.")
	}
	return todo
}

// timed tells of a string that it is a time, where its example is one.
func timed(f *page.Field, examples []*yaml.Node) *page.Field {
	if f.Type.Value != page.String || f.Time.Known() || len(examples) == 0 || !isTime(examples[0].Value) {
		return f
	}
	out := *f
	out.Time = page.Seen(true, f.Example.Pos, page.FromExample)
	return &out
}

func roleNeeds(f *page.Field) *yaml.Node {
	if len(f.Needs) == 0 {
		return nil
	}
	n := mapping()
	for _, need := range f.Needs {
		n.Content = append(n.Content, text(need.Role), text(string(need.Need)))
	}
	return n
}

// exampleOf gives the examples of a field, and what is wrong with those that
// the page shows.
func (b *builder) exampleOf(f *page.Field, seen *yaml.Node) (examples []*yaml.Node, todo []string) {
	candidates := []*yaml.Node{}
	if f.Example.Known() && f.Example.Value != "" && f.Type.Value != page.Object && f.Type.Value != page.Array {
		v, err := typed(f, f.Example.Value)
		if err != nil {
			todo = append(todo, "The page shows a value that does not fit: "+err.Error()+".")
		} else {
			candidates = append(candidates, v)
		}
	}
	if seen != nil && seen.Kind == yaml.ScalarNode && seen.Tag != "!!null" {
		candidates = append(candidates, seen)
	}
	for _, v := range candidates {
		what := unfit(f, v)
		if what == "" && v.Value != "" {
			if f.JSON.Value {
				v = text(layOut(v.Value))
			}
			return []*yaml.Node{v}, todo
		}
		if what != "" {
			todo = append(todo, fmt.Sprintf("The page shows a value that does not fit: %q %s.", shorten(v.Value), what))
		}
	}
	return nil, slices.Compact(todo)
}

// shape builds what decides the type: a reference for objects and enums.
func (b *builder) shape(f *page.Field, example *yaml.Node, at place, examples []*yaml.Node) *yaml.Node {
	switch {
	case len(f.Enum) > 0 && f.Type.Value != page.Array && f.Type.Value != page.Boolean:
		return refer(b.enum(f, at, examples))
	case f.Type.Value == page.Object && len(f.Fields) > 0:
		return refer(b.component(f, example, at))
	case f.Type.Value == page.Array:
		return b.array(f, example, at)
	case f.JSON.Value && len(f.Fields) > 0 && f.Place.Value == page.Form:
		return refer(b.component(f, example, at)) // a part of a form is JSON by itself
	case f.JSON.Value && f.Type.Value == page.String:
		return b.jsonText(f, example, at)
	}
	return scalar(f)
}

// scalar builds the schema of a value without parts.
func scalar(f *page.Field) *yaml.Node {
	pairs := []pair{{"type", given(string(f.Type.Value))}}
	switch f.Type.Value {
	case page.File:
		pairs = []pair{{"type", text("string")}, {"format", text("binary")}}
	case page.Integer:
		pairs = append(pairs, pair{"format", text(integerFormat(f))})
	case page.String:
		if f.Time.Value {
			pairs = append(pairs, pair{"format", text("date-time")})
		}
	}
	return mapping(append(pairs, limits(f)...)...)
}

func integerFormat(f *page.Field) string {
	if f.Format.Known() {
		return f.Format.Value
	}
	return "int64"
}

func limits(f *page.Field) []pair {
	var out []pair
	add := func(key string, fact page.Fact[int64]) {
		if fact.Known() {
			out = append(out, pair{key, number(fact.Value)})
		}
	}
	switch f.Type.Value {
	case page.String:
		add("minLength", f.MinLength)
		add("maxLength", f.MaxLength)
	case page.Integer, page.Number:
		add("minimum", f.Minimum)
		add("maximum", f.Maximum)
	}
	return out
}

func (b *builder) array(f *page.Field, example *yaml.Node, at place) *yaml.Node {
	first := anyItem(example)
	item := itemOf(f)
	if !item.Type.Known() && len(f.Fields) > 0 {
		item.Type = page.Seen(page.Object, f.Type.Pos, f.Type.From)
	}
	item.Example = f.Example
	examples, _ := b.exampleOf(item, first)
	items := b.shape(item, first, at, examples)
	if k, _ := member(items, "$ref"); k == nil && len(examples) > 0 {
		items.Content = append(items.Content, text("examples"), sequence(examples...))
	}
	pairs := []pair{{"type", text("array")}}
	if f.MinItems.Known() {
		pairs = append(pairs, pair{"minItems", number(f.MinItems.Value)})
	}
	if f.MaxItems.Known() {
		pairs = append(pairs, pair{"maxItems", number(f.MaxItems.Value)})
	}
	return mapping(append(pairs, pair{"items", items})...)
}

func (b *builder) jsonText(f *page.Field, example *yaml.Node, at place) *yaml.Node {
	n := scalar(f)
	n.Content = append(n.Content, text("contentMediaType"), text("application/json"))
	if len(f.Fields) > 0 {
		var inner *yaml.Node
		if example != nil {
			inner, _ = parseJSON(example.Value)
		}
		n.Content = append(n.Content, text("contentSchema"), refer(b.component(f, inner, at)))
	}
	return n
}

func refer(c *component) *yaml.Node {
	to := text("")
	c.refs = append(c.refs, to)
	return mapping(pair{"$ref", to})
}

// programWords are what sample programs add to the names of types.
var programWords = regexp.MustCompile(`^(Enum)?(Type)?|(Entity|Info|Data|Item)$`)

// named makes a component for a field, in the order of first use.
func (b *builder) named(f *page.Field, at place) *component {
	short := model.Singular(model.GoName(f.Name.Value))
	if slices.Contains(vague, short) && f.TypeName.Known() {
		short = model.GoName(programWords.ReplaceAllString(f.TypeName.Value, ""))
	}
	c := &component{short: short, holders: at.holders, top: !at.inside}
	b.components = append(b.components, c)
	return c
}

func (b *builder) component(f *page.Field, example *yaml.Node, at place) *component {
	c := b.named(f, at)
	members := b.members(f.Fields, example, at.below(c))
	c.node = mapping(append([]pair{{"type", text("object")}, {"title", given(f.Label.Value)}}, members...)...)
	return c
}

// fitting makes an integer whose values are words the string that it has to
// be.
func fitting(f *page.Field) *page.Field {
	if f.Type.Value != page.Integer || !slices.ContainsFunc(f.Enum, func(e page.EnumValue) bool {
		_, err := strconv.ParseInt(e.Value.Value, 10, 64)
		return err != nil
	}) {
		return f
	}
	out := *f
	out.Type = page.Seen(page.String, f.Type.Pos, f.Type.From)
	return &out
}

// enum makes a component of a list of values.
func (b *builder) enum(f *page.Field, at place, examples []*yaml.Node) *component {
	c := b.named(f, at)
	var values []*yaml.Node
	said := mapping()
	f = fitting(f)
	for _, e := range f.Enum {
		v := text(e.Value.Value)
		if f.Type.Value == page.Integer {
			v.Tag = "!!int"
		}
		values = append(values, v)
		if label := shortLabel(e.Label.Value); label != "" {
			said.Content = append(said.Content, text(e.Value.Value), text(b.book.value(label)))
		}
	}
	if len(said.Content) == 0 {
		said = nil
	}
	plain := *f
	plain.Enum = nil
	plain.MinLength, plain.MaxLength = page.Fact[int64]{}, page.Fact[int64]{} // the values say it
	c.node = scalar(&plain)
	if !f.Type.Known() {
		c.node = mapping(pair{"type", text("string")})
	}
	c.node.Content = append(c.node.Content, mapping(
		pair{"title", given(f.Label.Value)},
		pair{"enum", sequence(values...)},
		pair{"x-enumDescriptions", said},
		pair{"examples", some(examples)},
	).Content...)
	return c
}
