package wxpay

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// structChecks are the rules of a struct type. They are built once a type.
type structChecks struct{ fields []checkedField }

type checkedField struct {
	index int
	name  string // on the wire; empty for an embedded struct, whose fields stand beside the others
	rules fieldRules
}

// fieldRules are what the tag wx and the type of a field say.
type fieldRules struct {
	required, sensitive, enum bool

	omitZero bool // a zero value is not sent, so it need not keep any rule

	length  span // characters of a string
	span    span // a number
	items   span // elements of a slice
	pattern string
	element *fieldRules // of each element of a slice, and of each value of a map
	each    bool        // these are the rules of elements
}

var noRules fieldRules

func (r *fieldRules) lengthRule() string {
	if r.each {
		return "each"
	}
	return "len"
}

// checks caches *structChecks or an error for each struct type.
var checks sync.Map

func checksOf(t reflect.Type) (*structChecks, error) {
	cached, ok := checks.Load(t)
	if !ok {
		if plan, err := buildChecks(t); err != nil {
			cached = err
		} else {
			cached = plan
		}
		checks.Store(t, cached)
	}
	if plan, ok := cached.(*structChecks); ok {
		return plan, nil
	}
	return nil, cached.(error)
}

// buildChecks reads the rules of a struct type. What a type that writes itself makes of its exported fields is not known,
// so they have no names there; but they are looked into, because a JSON[T] and a union hold fields that must be checked.
func buildChecks(t reflect.Type) (*structChecks, error) {
	plan := new(structChecks)
	writesItself := t.Implements(marshalerType)
	for i := range t.NumField() {
		field := t.Field(i)
		name, used := wireName(field)
		if writesItself {
			name, used = "", field.IsExported()
		}
		if !used {
			continue
		}
		rules, err := rulesOf(field)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t, field.Name, err)
		}
		plan.fields = append(plan.fields, checkedField{index: i, name: name, rules: rules})
	}
	return plan, nil
}

// wireName returns the name that a field has in the request, and whether it is sent at all. An embedded struct and a field
// that is the whole body are sent without a name of their own.
func wireName(field reflect.StructField) (name string, used bool) {
	if field.Anonymous && field.Type.Kind() == reflect.Struct && field.Tag.Get("json") == "" {
		return "", true
	}
	if !field.IsExported() {
		return "", false
	}
	for _, place := range [...]string{"path", "query", "header", "form"} {
		if tag, ok := field.Tag.Lookup(place); ok {
			name, _, _ := strings.Cut(tag, ",")
			return name, true
		}
	}
	if isBody(field) {
		return "", true
	}
	name = jsonName(field)
	return name, name != ""
}

// isBody reports whether a field is marked as the whole JSON body.
func isBody(field reflect.StructField) bool {
	list, _ := splitPattern(field.Tag.Get("wx"))
	for rule := range strings.SplitSeq(list, ",") {
		if rule == "body" {
			return true
		}
	}
	return false
}

// splitPattern splits off the pattern, which takes the rest of the tag because it may hold commas.
func splitPattern(tag string) (list, pattern string) {
	if rest, ok := strings.CutPrefix(tag, "pattern="); ok {
		return "", rest
	}
	list, pattern, _ = strings.Cut(tag, ",pattern=")
	return list, pattern
}

// rulesOf reads the tag wx of a field.
func rulesOf(field reflect.StructField) (fieldRules, error) {
	var r fieldRules
	list, pattern := splitPattern(field.Tag.Get("wx"))
	for rule := range strings.SplitSeq(list, ",") {
		if err := r.add(rule); err != nil {
			return r, err
		}
	}
	r.pattern = pattern
	for _, tag := range [...]string{"json", "query", "header", "form"} {
		_, options, _ := strings.Cut(field.Tag.Get(tag), ",")
		r.omitZero = r.omitZero || strings.Contains(options, "omitzero")
	}
	base := indirectType(field.Type)
	if isList(base) {
		r.ofElements(indirectType(base.Elem()))
		return r, nil
	}
	if base.Kind() == reflect.Map {
		r.element = &fieldRules{sensitive: r.sensitive}
		return r, nil
	}
	r.enum = base.Implements(enumType)
	return r, nil
}

func (r *fieldRules) add(rule string) (err error) {
	name, value, _ := strings.Cut(rule, "=")
	switch name {
	case "", "body":
	case "required":
		r.required = true
	case "sensitive":
		r.sensitive = true
	case "len":
		r.length, err = parseSpan(value)
	case "range":
		r.span, err = parseSpan(value)
	case "items":
		r.items, err = parseSpan(value)
	case "each":
		r.each = true
		r.length, err = parseSpan(value)
	default:
		err = fmt.Errorf("unknown rule %q in the tag wx", name)
	}
	return err
}

// ofElements moves the rules that concern each element of a slice to the elements.
func (r *fieldRules) ofElements(element reflect.Type) {
	r.element = &fieldRules{
		enum: element.Implements(enumType), sensitive: r.sensitive,
		length: r.length, span: r.span, pattern: r.pattern, each: true,
	}
	r.length, r.span, r.pattern, r.each = span{}, span{}, "", false
}

func indirectType(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
