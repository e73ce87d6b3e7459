package wxpay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"sync"
)

// requestPlan says where the fields of a request type go. It is built once a type.
type requestPlan struct {
	path, query, header []param
	parts               []param    // of a multipart body
	files               []filePart // of a multipart body
	uploader            uploader   // sends the files; nil: there are none
	body                []int      // index of the field that is the whole body
	hasBody             bool       // some field is part of the JSON body
}

// filePart is a field that holds a file.
type filePart struct {
	name     string
	index    []int
	required bool
}

// uploader is what a [File] is sent with. The plan finds it in the type of the request, and nothing else leads to it, so that
// programs that upload nothing are linked without the code that does.
type uploader interface {
	describe(ctx context.Context, c *call, request reflect.Value, plan *requestPlan) (reflect.Value, []*loadedFile, error)
	fill(m *message, c *call, plan *requestPlan, value reflect.Value, files []*loadedFile) error
}

// uploads is a [File].
type uploads interface{ uploads() any }

// uploaderOf returns nil for the types that are no [File]. It tells by the name, since naming the type here would link what it
// leads to; a struct that embeds a File has its methods, too, and is none.
func uploaderOf(t reflect.Type) uploader {
	if t.Name() != "File" || t.PkgPath() != timeType.PkgPath() || !t.Implements(uploadsType) {
		return nil
	}
	return reflect.Zero(t).Interface().(uploads).uploads().(uploader)
}

// plans caches a *requestPlan or an error for each reflect.Type that was ever sent.
var plans sync.Map

func planOf(t reflect.Type) (*requestPlan, error) {
	if cached, ok := plans.Load(t); ok {
		return cachedPlan(cached)
	}
	plan, err := buildPlan(t)
	if err != nil {
		plans.Store(t, err)
		return nil, err
	}
	plans.Store(t, plan)
	return plan, nil
}

func cachedPlan(cached any) (*requestPlan, error) {
	if plan, ok := cached.(*requestPlan); ok {
		return plan, nil
	}
	return nil, cached.(error)
}

func buildPlan(t reflect.Type) (*requestPlan, error) {
	plan := new(requestPlan)
	if t.Kind() != reflect.Struct || t.Implements(marshalerType) {
		plan.hasBody = true
		return plan, nil
	}
	for _, field := range reflect.VisibleFields(t) {
		if err := plan.add(field); err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t, field.Name, err)
		}
	}
	switch {
	case plan.uploader == nil && len(plan.parts) > 0:
		return nil, fmt.Errorf("%s has fields of an upload, but none of type wxpay.File", t)
	case plan.uploader != nil && (plan.hasBody || plan.body != nil):
		return nil, fmt.Errorf("%s has fields of an upload and fields of a JSON body: tag the latter json:\"-\"", t)
	}
	return plan, nil
}

func (p *requestPlan) add(field reflect.StructField) error {
	if !field.IsExported() || field.Anonymous && field.Type.Kind() == reflect.Struct {
		return nil // the fields of an embedded struct are visible fields themselves
	}
	if field.Anonymous {
		return fmt.Errorf("a request cannot embed a pointer or an interface: embed the struct itself")
	}
	if p.addFile(field) {
		return nil
	}
	for _, place := range []struct {
		tag  string
		list *[]param
	}{{"path", &p.path}, {"query", &p.query}, {"header", &p.header}, {"form", &p.parts}} {
		tag, ok := field.Tag.Lookup(place.tag)
		if !ok {
			continue
		}
		param, err := newParam(field, tag)
		if err != nil {
			return err
		}
		param.omitZero = param.omitZero || place.tag == "form" // an empty part says nothing
		*place.list = append(*place.list, param)
		return nil
	}
	if isBody(field) {
		p.body = field.Index
		return nil
	}
	p.hasBody = p.hasBody || jsonName(field) != ""
	return nil
}

// addFile adds a field that holds a file, and reports whether it is one.
func (p *requestPlan) addFile(field reflect.StructField) bool {
	name, _, _ := strings.Cut(field.Tag.Get("form"), ",")
	if name == "" {
		return false
	}
	file := uploaderOf(indirectType(field.Type))
	if file == nil {
		return false
	}
	p.uploader = file
	p.files = append(p.files, filePart{name: name, index: field.Index, required: strings.Contains(field.Tag.Get("wx"), "required")})
	return true
}

// jsonName returns the name of a field in JSON, or "" if it is left out of it.
func jsonName(field reflect.StructField) string {
	tag := field.Tag.Get("json")
	if tag == "-" {
		return ""
	}
	if name, _, _ := strings.Cut(tag, ","); name != "" {
		return name
	}
	return field.Name
}

// param is a field that goes into the path, the query or a header.
type param struct {
	name, escaped string
	index         []int
	omitZero      bool
	comma         bool
	format        formatter
}

func newParam(field reflect.StructField, tag string) (param, error) {
	name, options, _ := strings.Cut(tag, ",")
	if name == "" {
		return param{}, fmt.Errorf("the tag has no name")
	}
	p := param{name: name, escaped: url.QueryEscape(name), index: field.Index}
	asJSON := false
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "":
		case "omitzero":
			p.omitZero = true
		case "comma":
			p.comma = true
		case "json":
			asJSON = true
		default:
			return param{}, fmt.Errorf("unknown option %q for %q", option, name)
		}
	}
	p.format = formatterOf(field.Type, asJSON)
	return p, nil
}

// each calls use with every text that the field stands for: none, one, or one for each element of a slice.
func (p *param) each(request reflect.Value, use func(string)) error {
	value := request.FieldByIndex(p.index)
	if isNil(value) || p.omitZero && isZero(value) {
		return nil
	}
	if p.format.scalar || !isList(value.Type()) {
		text, err := p.text(value)
		if err == nil {
			use(text)
		}
		return err
	}
	if p.comma {
		return p.joined(value, use)
	}
	for i := range value.Len() {
		text, err := p.text(value.Index(i))
		if err != nil {
			return err
		}
		use(text)
	}
	return nil
}

func (p *param) joined(list reflect.Value, use func(string)) error {
	texts := make([]string, list.Len())
	for i := range texts {
		text, err := p.text(list.Index(i))
		if err != nil {
			return err
		}
		texts[i] = text
	}
	use(strings.Join(texts, ","))
	return nil
}

func (p *param) text(value reflect.Value) (string, error) { return p.format.text(value) }

func isList(t reflect.Type) bool { return t.Kind() == reflect.Slice || t.Kind() == reflect.Array }

// isZero is what omitzero of encoding/json means by zero.
func isZero(value reflect.Value) bool {
	if t, ok := value.Interface().(interface{ IsZero() bool }); ok {
		return t.IsZero()
	}
	return value.IsZero()
}

var (
	marshalerType = reflect.TypeFor[json.Marshaler]()
	holderType    = reflect.TypeFor[documentHolder]()
	timeType      = reflect.TypeFor[Time]()
	uploadsType   = reflect.TypeFor[uploads]()
	enumType      = reflect.TypeFor[interface{ Known() bool }]()
)
