package config_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/wxgen/wxgen/generator/config"
)

// TestSchemaHoldsEveryKey keeps the schema for editors in step with the
// struct that is read.
func TestSchemaHoldsEveryKey(t *testing.T) {
	data, err := os.ReadFile("wxgen.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct {
			Type        string
			Description string
		}
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var read []string
	for field := range fields(reflect.TypeFor[config.Config]()) {
		read = append(read, field.key)
		property, ok := schema.Properties[field.key]
		if !ok || property.Type != field.kind || property.Description == "" {
			t.Errorf("%s: the schema says %+v, the struct %s", field.key, property, field.kind)
		}
	}
	for key := range schema.Properties {
		if !slices.Contains(read, key) {
			t.Errorf("the schema has %s, which nothing reads", key)
		}
	}
}

type field struct{ key, kind string }

func fields(t reflect.Type) func(func(field) bool) {
	return func(yield func(field) bool) {
		for f := range t.Fields() {
			kind := map[reflect.Kind]string{reflect.String: "string", reflect.Slice: "array"}[f.Type.Kind()]
			if f.IsExported() && !yield(field{f.Tag.Get("yaml"), kind}) {
				return
			}
		}
	}
}

func TestReadNamesThePlace(t *testing.T) {
	for text, want := range map[string]string{
		"output: x\noutptu: y\n":   "wxgen.yaml:2:1: unknown key outptu (it takes specs, packages, operations, exclude, output, importPath, runtime and header)",
		"specs: s\n":               "wxgen.yaml:1:1: output is missing (name the folder of the generated packages)",
		"output: x\npackages: 3\n": "wxgen.yaml:2:11: ",
	} {
		t.Chdir(t.TempDir())
		if err := os.WriteFile("wxgen.yaml", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := config.Read("wxgen.yaml")
		if err == nil || len(err.Error()) < len(want) || err.Error()[:len(want)] != want {
			t.Errorf("%q gives\n%v, want\n%s", text, err, want)
		}
	}
}
