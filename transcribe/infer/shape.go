package infer

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/infer/document"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// shape is what examples show of a value: which kinds of values stand there,
// and the same of its members and elements. Several documents, and the
// elements of a list, make one shape together.
type shape struct {
	name    string
	pos     page.Pos // of the name, or of the value if it has none
	kinds   map[page.Type]page.Pos
	values  []scalar
	members []*shape
	index   map[string]*shape
	items   *shape
	inner   *shape // the document that a text holds
	partial bool   // more may stand there than is shown
}

// scalar is a value as on the wire.
type scalar struct {
	text string
	pos  page.Pos
	kind page.Type
}

// Bounds of what one shape remembers.
const (
	maxScalars = 30
	maxInner   = 3 // documents in texts in texts
)

// place finds the place of a byte of a document.
type place func(offset int) page.Pos

// show adds a value to the shape.
func (s *shape) show(v *document.Value, at place, inner int) {
	pos := at(v.Offset)
	switch v.Kind {
	case document.Object:
		s.saw(page.Object, pos)
		s.partial = s.partial || v.Partial
		for _, m := range v.Members {
			s.member(m.Name, at(m.Offset)).show(m.Value, at, inner)
		}
	case document.Array:
		s.saw(page.Array, pos)
		for _, item := range v.Items {
			s.element(pos).show(item, at, inner)
		}
	case document.String:
		s.scalar(scalar{v.Text, pos, page.String})
		s.text(v, at, inner)
	case document.Number:
		kind := page.Integer
		if strings.ContainsAny(v.Text, ".eE") {
			kind = page.Number
		}
		s.scalar(scalar{v.Text, pos, kind})
	case document.Boolean:
		s.scalar(scalar{v.Text, pos, page.Boolean})
	case document.Bare:
		s.partial = true
	}
}

// text looks for a document in a text. All places in it are that of the text.
func (s *shape) text(v *document.Value, at place, inner int) {
	trimmed, ok := label.JSONText(v.Text)
	if inner >= maxInner || !ok {
		return
	}
	d, ok := document.First(trimmed)
	if !ok || len(d.Value.Members) == 0 && !holdsParts(d.Value) {
		return
	}
	pos := at(v.Offset)
	if s.inner == nil {
		s.inner = &shape{pos: pos}
	}
	s.inner.show(d.Value, func(int) page.Pos { return pos }, inner+1)
}

// holdsParts tells whether a list holds objects or texts: one of numbers may
// be anything.
func holdsParts(v *document.Value) bool {
	for _, item := range v.Items {
		if item.Kind == document.Object || item.Kind == document.String {
			return true
		}
	}
	return false
}

func (s *shape) saw(kind page.Type, pos page.Pos) {
	if s.kinds == nil {
		s.kinds = map[page.Type]page.Pos{}
	}
	if _, ok := s.kinds[kind]; !ok {
		s.kinds[kind] = pos
	}
}

func (s *shape) scalar(v scalar) {
	s.saw(v.kind, v.pos)
	if len(s.values) < maxScalars {
		s.values = append(s.values, v)
	}
}

func (s *shape) member(name string, pos page.Pos) *shape {
	m := s.index[name]
	if m == nil {
		m = &shape{name: name, pos: pos}
		if s.index == nil {
			s.index = map[string]*shape{}
		}
		s.index[name] = m
		s.members = append(s.members, m)
	}
	return m
}

func (s *shape) element(pos page.Pos) *shape {
	if s.items == nil {
		s.items = &shape{pos: pos}
	}
	return s.items
}

// find returns the shape of a member. It is nil for whatever is not shown.
func (s *shape) find(name string) *shape {
	if s == nil {
		return nil
	}
	return s.index[name]
}

// below is the shape of the objects that a field's members stand in: that of
// an object, of an array's elements, or of the document in a text.
func (s *shape) below() *shape {
	for s != nil && len(s.members) == 0 {
		switch {
		case s.items != nil:
			s = s.items
		case s.inner != nil:
			s = s.inner
		default:
			return nil
		}
	}
	return s
}

// shown tells which type the values have. Values of several types have none,
// but integers among numbers are numbers.
func (s *shape) shown() page.Fact[page.Type] {
	if s == nil {
		return page.Fact[page.Type]{}
	}
	if at, ok := s.kinds[page.Number]; ok && len(s.kinds) == 2 {
		if _, ok := s.kinds[page.Integer]; ok {
			return page.Seen(page.Number, at, page.FromExample)
		}
	}
	if len(s.kinds) == 1 {
		for kind, at := range s.kinds {
			return page.Seen(kind, at, page.FromExample)
		}
	}
	return page.Fact[page.Type]{}
}

// shownItems is the type of the elements of an array.
func (s *shape) shownItems() page.Fact[page.Type] {
	if s == nil || s.items == nil {
		return page.Fact[page.Type]{}
	}
	return s.items.shown()
}

// holds tells whether a value of a type may stand there. Texts, numbers and
// truth values are taken for each other at times.
func (s *shape) holds(t page.Type) bool {
	object, array := s.kinds[page.Object] != page.Pos{}, s.kinds[page.Array] != page.Pos{}
	switch t {
	case page.Object:
		return object || array || s.inner != nil || len(s.kinds) == 0
	case page.Array:
		return array || object || s.inner != nil || len(s.kinds) == 0
	case page.String, page.Integer, page.Number, page.Boolean:
		return len(s.kinds) == 0 || !object && !array || len(s.kinds) > 1
	}
	return true
}

// scalars are the values shown, and those of the elements of an array.
func (s *shape) scalars() []scalar {
	if s == nil {
		return nil
	}
	if s.items != nil {
		return s.items.values
	}
	return s.values
}

// isPlaceholder tells whether a text stands for a value rather than being one.
func isPlaceholder(s string) bool {
	t := strings.TrimSpace(s)
	return t == "" || strings.Contains(t, "...") || strings.Contains(t, "…") || strings.Contains(t, "***") ||
		strings.HasPrefix(t, "<") && strings.HasSuffix(t, ">") || strings.HasPrefix(t, "${") || strings.HasPrefix(t, "{{") ||
		strings.HasPrefix(t, "{") && strings.HasSuffix(t, "}") && !strings.Contains(t, ":")
}
