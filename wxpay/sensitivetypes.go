package wxpay

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// sensitiveField is a field that is sensitive, or in which there may be such.
type sensitiveField struct {
	index     int
	name      string // on the wire; empty for an embedded struct
	sensitive bool
}

// sensitiveFields caches []sensitiveField or an error for each struct type.
var sensitiveFields sync.Map

func sensitiveFieldsOf(t reflect.Type) ([]sensitiveField, error) {
	cached, ok := sensitiveFields.Load(t)
	if !ok {
		if fields, err := findSensitiveFields(t); err != nil {
			cached = err
		} else {
			cached = fields
		}
		sensitiveFields.Store(t, cached)
	}
	if fields, ok := cached.([]sensitiveField); ok {
		return fields, nil
	}
	return nil, cached.(error)
}

func findSensitiveFields(t reflect.Type) ([]sensitiveField, error) {
	var fields []sensitiveField
	for _, f := range sentFields(t) {
		if !f.sent {
			continue
		}
		sensitive := isSensitive(f.StructField)
		inside, err := mayHoldSensitive(f.Type)
		if err != nil {
			return nil, err
		}
		if sensitive || inside {
			fields = append(fields, sensitiveField{index: f.Index[0], name: f.wire, sensitive: sensitive})
		}
	}
	return fields, nil
}

// sentField is a field with its name on the wire, and whether it is one that is sent.
type sentField struct {
	reflect.StructField
	wire string
	sent bool
}

// sentFields returns the fields of a struct type. Of a type that writes itself, all exported fields may be sent; a JSON[T]
// and a union are such.
func sentFields(t reflect.Type) []sentField {
	writesItself := t.Implements(marshalerType) || reflect.PointerTo(t).Implements(marshalerType)
	fields := make([]sentField, t.NumField())
	for i := range fields {
		field := t.Field(i)
		name, sent := wireName(field)
		if writesItself {
			name, sent = "", field.IsExported()
		}
		fields[i] = sentField{StructField: field, wire: name, sent: sent}
	}
	return fields
}

// isSensitive reports whether a field has the tag wx:"sensitive".
func isSensitive(field reflect.StructField) bool {
	list, _ := splitPattern(field.Tag.Get("wx"))
	for rule := range strings.SplitSeq(list, ",") {
		if rule == "sensitive" {
			return true
		}
	}
	return false
}

// holdsSensitive caches a bool or an error for each type.
var holdsSensitive sync.Map

// mayHoldSensitive reports whether a value of a type can hold sensitive fields. Most types cannot, and are not looked into.
// The error names a sensitive field that cannot be encrypted.
func mayHoldSensitive(t reflect.Type) (bool, error) {
	cached, ok := holdsSensitive.Load(t)
	if !ok {
		search := sensitiveSearch{seen: make(map[reflect.Type]bool)}
		search.visit(t)
		if cached = search.tagged || search.dynamic; search.err != nil {
			cached = search.err
		}
		holdsSensitive.Store(t, cached)
	}
	if found, ok := cached.(bool); ok {
		return found, nil
	}
	return false, cached.(error)
}

// sensitiveSearch goes through all types that a type leads to. Its outcome is kept for the first type only: what it found for
// the others rests on those that it had seen before.
type sensitiveSearch struct {
	seen    map[reflect.Type]bool
	tagged  bool // a field has the tag
	dynamic bool // an interface may hold anything
	err     error
}

func (s *sensitiveSearch) visit(t reflect.Type) {
	if s.seen[t] {
		return
	}
	s.seen[t] = true
	switch t.Kind() {
	case reflect.Interface:
		s.dynamic = true
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		s.visit(t.Elem())
	case reflect.Struct:
		for _, field := range sentFields(t) {
			s.field(t, field)
		}
	}
}

func (s *sensitiveSearch) field(owner reflect.Type, f sentField) {
	if f.sent && isSensitive(f.StructField) {
		s.tagged = true
		if !isText(f.Type) {
			s.fail(owner, f, "is sensitive, but has type "+f.Type.String()+": only text can be encrypted")
		}
		return
	}
	if f.sent {
		s.visit(f.Type)
		return
	}
	// What a type that writes itself keeps in unexported fields, and what stands in an embedded pointer of an unexported
	// type, may be sent all the same, but cannot be changed from here. So it must not hold sensitive fields.
	hidden := !f.IsExported() && (owner.Implements(marshalerType) || f.Anonymous)
	if hidden {
		inner := sensitiveSearch{seen: map[reflect.Type]bool{owner: true}}
		if inner.visit(f.Type); inner.tagged {
			s.fail(owner, f, "holds sensitive fields that cannot be reached: export it, or embed the struct itself")
		}
	}
}

func (s *sensitiveSearch) fail(owner reflect.Type, f sentField, problem string) {
	if s.err == nil {
		s.err = fmt.Errorf("%s.%s %s", owner, f.Name, problem)
	}
}

// isText reports whether a type is text, or pointers, lists or maps of text.
func isText(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return isText(t.Elem())
	}
	return false
}
