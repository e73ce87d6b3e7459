package load

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v4"
)

// toOpenAPI turns nodes into the OpenAPI library's own form, or gives nil where
// they hold anything out of the ordinary. The library itself would parse the
// YAML again and scan its JSON once for each level of nesting, which took half
// of the time of a whole generation. What differs from it in form alone, and
// is small, is left to it.
func toOpenAPI(root *yaml.Node) *openapi3.T {
	doc, d := new(openapi3.T), decoder{}
	d.decode(root, reflect.ValueOf(doc).Elem())
	if d.failed {
		return nil
	}
	return doc
}

type decoder struct{ failed bool }

// decode fills a value of the library's types, by their JSON tags.
func (d *decoder) decode(n *yaml.Node, v reflect.Value) {
	switch {
	case d.failed:
	case n.Kind == yaml.AliasNode || n.Tag == "!!null" && v.Kind() != reflect.Interface:
		d.failed = true
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem())
	case v.Kind() == reflect.Interface:
		if value := d.any(n); value != nil {
			v.Set(reflect.ValueOf(value))
		}
	case n.Kind == yaml.MappingNode:
		d.mapping(n, v)
	case n.Kind == yaml.SequenceNode && v.Kind() == reflect.Slice && v.Type() != typesType:
		d.slice(n, v)
	case n.Kind == yaml.ScalarNode && d.scalar(n, v):
	default:
		d.byLibrary(n, v)
	}
}

var (
	typesType     = reflect.TypeFor[openapi3.Types]()
	pathsType     = reflect.TypeFor[openapi3.Paths]()
	responsesType = reflect.TypeFor[openapi3.Responses]()

	// plain are the structs that the library reads as encoding/json would, with
	// keys that they do not know as their extensions.
	plain = []reflect.Type{
		reflect.TypeFor[openapi3.T](), reflect.TypeFor[openapi3.Components](), reflect.TypeFor[openapi3.PathItem](),
		reflect.TypeFor[openapi3.Operation](), reflect.TypeFor[openapi3.Parameter](), reflect.TypeFor[openapi3.RequestBody](),
		reflect.TypeFor[openapi3.Response](), reflect.TypeFor[openapi3.MediaType](), reflect.TypeFor[openapi3.Schema](),
	}
	// references are a $ref with what stands beside it, which is left to the
	// library, or the value itself.
	references = []reflect.Type{
		reflect.TypeFor[openapi3.SchemaRef](), reflect.TypeFor[openapi3.ParameterRef](),
		reflect.TypeFor[openapi3.ResponseRef](), reflect.TypeFor[openapi3.RequestBodyRef](),
	}
)

func (d *decoder) mapping(n *yaml.Node, v reflect.Value) {
	switch t := v.Type(); {
	case slices.Contains(references, t) && !hasKey(n, "$ref"):
		d.decode(n, v.FieldByName("Value"))
	case slices.Contains(references, t) && len(n.Content) == 2:
		d.decode(n.Content[1], v.FieldByName("Ref"))
	case slices.Contains(plain, t):
		d.plain(n, v)
	case t == pathsType:
		paths := v.Addr().Interface().(*openapi3.Paths)
		paths.Extensions = each(d, n, func(key string, item *openapi3.PathItem) { paths.Set(key, item) })
	case t == responsesType:
		responses := v.Addr().Interface().(*openapi3.Responses)
		responses.Extensions = each(d, n, func(key string, one *openapi3.ResponseRef) { responses.Set(key, one) })
	case v.Kind() == reflect.Map:
		v.Set(reflect.MakeMapWithSize(t, len(n.Content)/2))
		for i := 0; i+1 < len(n.Content); i += 2 {
			value := reflect.New(t.Elem()).Elem()
			d.decode(n.Content[i+1], value)
			v.SetMapIndex(reflect.ValueOf(d.key(n.Content[i])).Convert(t.Key()), value)
		}
	default:
		d.byLibrary(n, v)
	}
}

func (d *decoder) plain(n *yaml.Node, v reflect.Value) {
	fields := fieldsOf(v.Type())
	var extensions map[string]any
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := d.key(n.Content[i])
		if at, ok := fields[key]; ok {
			d.decode(n.Content[i+1], v.Field(at))
			continue
		}
		if extensions == nil {
			extensions = map[string]any{}
		}
		extensions[key] = d.any(n.Content[i+1])
	}
	v.FieldByName("Extensions").Set(reflect.ValueOf(extensions))
}

// each hands on the members of a mapping and returns its extensions.
func each[T any](d *decoder, n *yaml.Node, set func(string, *T)) map[string]any {
	extensions := map[string]any{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := d.key(n.Content[i])
		if strings.HasPrefix(key, "x-") {
			extensions[key] = d.any(n.Content[i+1])
			continue
		}
		value := new(T)
		d.decode(n.Content[i+1], reflect.ValueOf(value).Elem())
		set(key, value)
	}
	return extensions
}

func (d *decoder) slice(n *yaml.Node, v reflect.Value) {
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		d.decode(item, v.Index(i))
	}
}

// scalar sets a value of a simple type, and tells whether it could.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value) bool {
	var err error
	switch text, tag := n.Value, n.Tag; {
	case v.Kind() == reflect.String && tag == "!!str":
		v.SetString(text)
	case v.Kind() == reflect.Bool && tag == "!!bool":
		v.SetBool(text == "true")
		d.failed = d.failed || text != "true" && text != "false"
	case v.Kind() == reflect.Uint64 && tag == "!!int":
		var number uint64
		number, err = strconv.ParseUint(text, 10, 64)
		v.SetUint(number)
	case v.Kind() == reflect.Float64 && (tag == "!!int" || tag == "!!float"):
		var number float64
		number, err = strconv.ParseFloat(text, 64)
		v.SetFloat(number)
	case v.Type() == typesType && tag == "!!str":
		v.Set(reflect.ValueOf(openapi3.Types{text}))
	default:
		return false
	}
	d.failed = d.failed || err != nil
	return true
}

// byLibrary lets the library read a value from JSON.
func (d *decoder) byLibrary(n *yaml.Node, v reflect.Value) {
	data, err := json.Marshal(d.any(n))
	if err == nil {
		err = json.Unmarshal(data, v.Addr().Interface())
	}
	d.failed = d.failed || err != nil
}

// any gives a value as encoding/json would.
func (d *decoder) any(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		out := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[d.key(n.Content[i])] = d.any(n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, item := range n.Content {
			out[i] = d.any(item)
		}
		return out
	}
	switch n.Tag {
	case "!!str":
		return n.Value
	case "!!null":
		return nil
	case "!!bool":
		if n.Value == "true" || n.Value == "false" {
			return n.Value == "true"
		}
	case "!!int", "!!float":
		if number, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return number
		}
	}
	d.failed = true
	return nil
}

func (d *decoder) key(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
		d.failed = true
	}
	return n.Value
}

func hasKey(n *yaml.Node, key string) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

var fieldTables sync.Map // of map[string]int by reflect.Type

// fieldsOf gives the fields of a struct by the names in their JSON tags.
func fieldsOf(t reflect.Type) map[string]int {
	if known, ok := fieldTables.Load(t); ok {
		return known.(map[string]int)
	}
	fields := map[string]int{}
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = i
		}
	}
	fieldTables.Store(t, fields)
	return fields
}
