package infer

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/infer/sample"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// maxDepth is deeper than any object of the platform.
const maxDepth = 32

// fields compares the fields of an object with what is known of it, and
// completes them.
func (c *comparison) fields(where string, list *[]*page.Field, w witness, depth int) {
	if depth > maxDepth {
		return
	}
	for _, f := range *list {
		c.field(where+"."+f.Name.Value, f, w.of(f.Name.Value), depth)
	}
	c.names(where, *list, w)
}

func (c *comparison) field(path string, f *page.Field, s sight, depth int) {
	c.types(path, f, s)
	if f.Type.Value == page.Array && !f.Items.Known() && len(f.Fields) > 0 {
		f.Items = page.Seen(page.Object, f.Fields[0].Name.Pos, f.Fields[0].Name.From)
	}
	c.enum(path, f, s)
	c.values(path, f, s)
	c.members(path, f, s, depth)
}

// names reports fields that only one side knows.
func (c *comparison) names(where string, list []*page.Field, w witness) {
	known := index(list)
	if w.shape != nil {
		for _, m := range w.shape.members {
			if known[m.name] == nil {
				c.find(m.pos, page.Doubt, where+"."+m.name, "the example has this field, the page does not describe it", "look at another copy of the page")
			}
		}
	}
	if w.class != nil {
		for _, m := range w.class.Members {
			if known[m.Name] == nil {
				c.find(c.programPos(m.Place), page.Doubt, where+"."+m.Name, "the sample program has this field, the page does not describe it", "")
			}
		}
	}
	if w.shape == nil || w.shape.partial {
		return
	}
	for _, f := range list {
		if w.shape.find(f.Name.Value) == nil {
			c.unshown(where+"."+f.Name.Value, f, w.shape.pos)
		}
	}
}

// unshown reports a field that an example does not have.
func (c *comparison) unshown(path string, f *page.Field, at page.Pos) {
	if f.Required.Value == page.Required {
		c.find(f.Name.Pos, page.Doubt, path, fmt.Sprintf("required, but missing in the example at %s", at), "")
		return
	}
	c.find(f.Name.Pos, page.Gap, path, fmt.Sprintf("not in the example at %s", at), "")
}

func index(list []*page.Field) map[string]*page.Field {
	known := make(map[string]*page.Field, len(list))
	for _, f := range list {
		if known[f.Name.Value] == nil {
			known[f.Name.Value] = f
		}
	}
	return known
}

// enum takes the values of a field from a program if the page lost them, and
// compares them otherwise.
func (c *comparison) enum(path string, f *page.Field, s sight) {
	e := c.enumOf(s)
	if e == nil || len(e.Values) == 0 {
		return
	}
	if !f.TypeName.Known() {
		f.TypeName = page.Seen(e.Name, c.programPos(e.Place), page.FromSample)
	}
	if len(f.Enum) == 0 {
		f.Enum = c.programValues(e)
		c.find(f.Enum[0].Value.Pos, page.Inferred, path, fmt.Sprintf("%d values from the enum %s of the sample program", len(f.Enum), e.Name), "")
		return
	}
	missing, extra := differences(f.Enum, c.programValues(e))
	if len(missing) > 0 {
		c.find(c.programPos(e.Place), page.Contradiction, path, "values that only the sample program has: "+list(missing), "")
	}
	if len(extra) > 0 {
		c.find(f.Enum[0].Value.Pos, page.Contradiction, path, fmt.Sprintf("values that the sample program at %s does not have: %s", c.programPos(e.Place), list(extra)), "")
	}
}

func (c *comparison) programValues(e *sample.Enum) []page.EnumValue {
	var values []page.EnumValue
	for _, v := range e.Values {
		values = append(values, page.EnumValue{Value: page.Seen(v.Text, c.programPos(v.Place), page.FromSample)})
	}
	return values
}

// differences are the values that only b has, and those that only a has.
func differences(a, b []page.EnumValue) (missing, extra []string) {
	inA, inB := map[string]bool{}, map[string]bool{}
	for _, v := range a {
		inA[v.Value.Value] = true
	}
	for _, v := range b {
		inB[v.Value.Value] = true
		if !inA[v.Value.Value] {
			missing = append(missing, v.Value.Value)
		}
	}
	for _, v := range a {
		if !inB[v.Value.Value] {
			extra = append(extra, v.Value.Value)
		}
	}
	return missing, extra
}

func list(names []string) string {
	const most = 10
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// values takes an example from the documents, and checks what they show
// against the enum and the lengths of the field.
//
// What a sensitive field is on the way is no example: its lengths and values
// are those of the text before.
func (c *comparison) values(path string, f *page.Field, s sight) {
	if f.Secret.Value && label.Ciphertext(f.Example.Value) {
		c.find(f.Example.Pos, page.Doubt, path, "the example is ciphertext", "it is left out")
		f.Example = page.Fact[string]{}
	}
	told := false
	for _, v := range s.shape.scalars() {
		v.text = strings.TrimSpace(v.text)
		if isPlaceholder(v.text) {
			continue
		}
		if f.Secret.Value && label.Ciphertext(v.text) {
			if !told {
				c.find(v.pos, page.Doubt, path, "the example is ciphertext", "it is left out")
			}
			told = true
			continue
		}
		if text, ok := label.JSONText(v.text); ok && s.shape.inner != nil && f.Type.Value == page.String {
			v.text = text
		}
		if !f.Example.Known() && s.shape.items == nil && fits(f.Type.Value, v.kind) {
			f.Example = page.Seen(v.text, v.pos, page.FromExample)
		}
		c.value(path, f, v)
	}
}

func (c *comparison) value(path string, f *page.Field, v scalar) {
	if len(f.Enum) > 0 && !inEnum(f.Enum, v.text) {
		c.find(v.pos, page.Contradiction, path, fmt.Sprintf("the example %s is none of the values at %s", clip(v.text), f.Enum[0].Value.Pos), "")
	}
	if f.Secret.Value || v.kind != page.String {
		return
	}
	length := int64(utf8.RuneCountInString(v.text))
	if f.MaxLength.Known() && length > f.MaxLength.Value {
		c.find(v.pos, page.Contradiction, path, fmt.Sprintf("the example has %d characters, the page at %s allows %d", length, f.MaxLength.Pos, f.MaxLength.Value), "")
	}
	if f.MinLength.Known() && length < f.MinLength.Value {
		c.find(v.pos, page.Contradiction, path, fmt.Sprintf("the example has %d characters, the page at %s wants %d", length, f.MinLength.Pos, f.MinLength.Value), "")
	}
}

// inEnum tells whether a text is a value of an enum, or several of them with
// something between.
func inEnum(enum []page.EnumValue, text string) bool {
	known := make(map[string]bool, len(enum))
	for _, v := range enum {
		known[v.Value.Value] = true
	}
	if known[text] {
		return true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",|;/、 ", r) })
	for _, part := range parts {
		if !known[part] {
			return false
		}
	}
	return len(parts) > 1
}

func clip(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
