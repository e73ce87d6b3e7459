package report

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// facts writes what is known of a field in one notation for both sides, as
// parts that can be compared one by one.
type facts []string

func (f *facts) add(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

func (f *facts) span(what string, low, high *int64) {
	if low != nil {
		f.add("%s at least %d", what, *low)
	}
	if high != nil {
		f.add("%s at most %d", what, *high)
	}
}

func (f *facts) values(values []string) {
	for _, v := range values {
		f.add("may be %s", v)
	}
}

func (f facts) String() string { return strings.Join(f, "; ") }

// said is what a page says of a field.
func said(f *page.Field) string {
	var out facts
	if f.Place.Known() && f.Place.Value != page.Body {
		out.add("in %s", f.Place.Value)
	}
	if f.Type.Known() {
		out.add("%s", plural(string(f.Type.Value), string(f.Items.Value)))
	}
	if f.Required.Known() {
		out.add("%s", f.Required.Value)
	}
	if f.Label.Known() {
		out.add("【%s】", f.Label.Value)
	}
	out.span("length", value(f.MinLength), value(f.MaxLength))
	out.span("elements", value(f.MinItems), value(f.MaxItems))
	out.span("value", value(f.Minimum), value(f.Maximum))
	var values []string
	for _, v := range f.Enum {
		values = append(values, v.Value.Value)
	}
	out.values(values)
	return out.String()
}

func value(f page.Fact[int64]) *int64 {
	if !f.Known() {
		return nil
	}
	return &f.Value
}

// has is what a spec, with its glossary, says of a field.
func has(name string, s *load.Schema, required bool, in string) string {
	var out facts
	t := s.Target()
	if in != "" {
		out.add("in %s", in)
	}
	text, items := t, ""
	if t.Items != nil {
		text = t.Items.Target()
		items = text.Type()
	}
	out.add("%s", plural(t.Type(), items))
	if required {
		out.add("%s", page.Required)
	} else {
		out.add("%s", page.Optional)
	}
	if title := first(s.Title, t.Title, glossary(s, name)); title != "" {
		out.add("【%s】", title)
	}
	out.span("length", text.MinLength, text.MaxLength)
	out.span("elements", t.MinItems, t.MaxItems)
	minimum, maximum := t.Range()
	out.span("value", minimum, maximum)
	var values []string
	for _, v := range text.Enum {
		values = append(values, v.Text)
	}
	out.values(values)
	return out.String()
}

func glossary(s *load.Schema, name string) string {
	if s.Document == nil {
		return ""
	}
	return s.Document.Glossary[name].Label
}

func plural(kind, items string) string {
	if kind == "array" && items != "" {
		return "array of " + items
	}
	return kind
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
