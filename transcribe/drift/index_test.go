package drift_test

import (
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/page"
)

const receivers = `
openapi: 3.1.0
info: {title: T, version: '1'}
webhooks:
  A.PAID:
    post:
      operationId: OnOne
      x-wx-event: {types: [A.PAID], originalType: a, resource: {$ref: '#/components/schemas/One'}}
      responses: {'204': {description: ok}}
  A.PAID.MANY:
    post:
      operationId: OnMany
      x-wx-event: {types: [A.PAID], originalType: a, resource: {$ref: '#/components/schemas/Many'}}
      responses: {'204': {description: ok}}
  A.PAID.OTHER:
    post:
      operationId: OnOther
      x-wx-event: {types: [A.PAID], originalType: b, resource: {$ref: '#/components/schemas/Many'}}
      responses: {'204': {description: ok}}
components:
  schemas:
    One: {type: object, properties: {no: {type: string}, total: {type: integer}}}
    Many: {type: object, properties: {all_no: {type: string}, parts: {type: array, items: {type: object}}}}
`

// Webhooks that share types are told apart by their original type, and then by
// what their contents hold.
func TestEvent(t *testing.T) {
	set, err := load.Load(fstest.MapFS{"a.yaml": {Data: []byte(receivers)}}, "a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	index := drift.NewIndex(set)
	for _, c := range []struct {
		original string
		fields   []string
		want     string
	}{
		{"a", []string{"no", "total"}, "OnOne"},
		{"a", []string{"all_no", "parts", "no"}, "OnMany"},
		{"b", []string{"all_no", "parts"}, "OnOther"},
		{"b", []string{"no", "total", "all"}, ""}, // another product that took the type over
		{"c", []string{"no", "total"}, ""},
		{"", []string{"all_no"}, "OnMany"},
		{"", nil, "OnOne"},
	} {
		e := &page.Event{OriginalType: page.Fact[string]{Value: c.original}}
		for _, name := range c.fields {
			e.Resource = append(e.Resource, &page.Field{Name: page.Fact[string]{Value: name}})
		}
		got := ""
		if hook := index.Event(e, "A.PAID"); hook != nil {
			got = hook.ID
		}
		if got != c.want {
			t.Errorf("original type %q, fields %v: found %q, want %q", c.original, c.fields, got, c.want)
		}
	}
	notice := func(fields ...string) *page.Event {
		e := &page.Event{Types: []page.EnumValue{{Value: page.Fact[string]{Value: "A.PAID"}}}}
		for _, name := range fields {
			e.Resource = append(e.Resource, &page.Field{Name: page.Fact[string]{Value: name}})
		}
		return e
	}
	if !index.Apart(notice("no", "total"), notice("all_no", "parts")) || index.Apart(notice("no"), notice("total")) || index.Apart(notice("no"), &page.Event{}) {
		t.Error("what is one webhook and what are two was not told apart")
	}
}
