package wxpay

import (
	"fmt"
	"reflect"
)

// sensitiveWalk goes through a value and changes its sensitive texts.
type sensitiveWalk struct {
	change func(text string) (string, error)
	copies bool // what pointers, slices, maps and interfaces lead to is copied before it is changed
	depth  int
	path   []segment
	failed []FieldError
	cause  error // of the first failure
}

// value changes v, which can be set. sensitive says that the texts in it are, as the tag of a field above said.
func (w *sensitiveWalk) value(v reflect.Value, sensitive bool) {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > maxDepth {
		w.fail(fmt.Errorf("is nested deeper than %d levels", maxDepth))
		return
	}
	switch v.Kind() {
	case reflect.String:
		w.text(v, sensitive)
	case reflect.Pointer:
		w.pointer(v, sensitive)
	case reflect.Interface:
		w.dynamic(v, sensitive)
	case reflect.Slice, reflect.Array:
		w.list(v, sensitive)
	case reflect.Map:
		w.entries(v, sensitive)
	case reflect.Struct:
		w.structure(v)
	}
}

func (w *sensitiveWalk) text(v reflect.Value, sensitive bool) {
	if !sensitive || v.Len() == 0 {
		return
	}
	changed, err := w.change(v.String())
	if err != nil {
		w.fail(err)
		return
	}
	v.SetString(changed)
}

func (w *sensitiveWalk) pointer(v reflect.Value, sensitive bool) {
	if v.IsNil() || !w.worthwhile(v.Type().Elem(), sensitive) {
		return
	}
	if w.copies {
		own := reflect.New(v.Type().Elem())
		own.Elem().Set(v.Elem())
		v.Set(own)
	}
	w.value(v.Elem(), sensitive)
}

func (w *sensitiveWalk) dynamic(v reflect.Value, sensitive bool) {
	if v.IsNil() || !w.worthwhile(v.Elem().Type(), sensitive) {
		return
	}
	own := reflect.New(v.Elem().Type()).Elem()
	own.Set(v.Elem())
	w.value(own, sensitive)
	v.Set(own)
}

func (w *sensitiveWalk) list(v reflect.Value, sensitive bool) {
	if v.Len() == 0 || !w.worthwhile(v.Type().Elem(), sensitive) {
		return
	}
	if w.copies && v.Kind() == reflect.Slice {
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
	}
	for i := range v.Len() {
		w.path = append(w.path, segment{index: i})
		w.value(v.Index(i), sensitive)
		w.path = w.path[:len(w.path)-1]
	}
}

func (w *sensitiveWalk) entries(v reflect.Value, sensitive bool) {
	if v.Len() == 0 || !w.worthwhile(v.Type().Elem(), sensitive) {
		return
	}
	changed := reflect.MakeMapWithSize(v.Type(), v.Len())
	for entry := v.MapRange(); entry.Next(); {
		own := reflect.New(v.Type().Elem()).Elem()
		own.Set(entry.Value())
		w.path = append(w.path, segment{name: fmt.Sprint(entry.Key())})
		w.value(own, sensitive)
		w.path = w.path[:len(w.path)-1]
		changed.SetMapIndex(entry.Key(), own)
	}
	v.Set(changed)
}

func (w *sensitiveWalk) structure(v reflect.Value) {
	fields, err := sensitiveFieldsOf(v.Type())
	if err != nil {
		w.fail(err)
		return
	}
	for i := range fields {
		f := &fields[i]
		if f.name != "" {
			w.path = append(w.path, segment{name: f.name})
		}
		w.value(v.Field(f.index), f.sensitive)
		if f.name != "" {
			w.path = w.path[:len(w.path)-1]
		}
	}
}

func (w *sensitiveWalk) worthwhile(t reflect.Type, sensitive bool) bool {
	if sensitive {
		return true
	}
	found, err := mayHoldSensitive(t)
	if err != nil {
		w.fail(err)
	}
	return found
}

func (w *sensitiveWalk) fail(err error) {
	if w.cause == nil {
		w.cause = err
	}
	if len(w.failed) < maxProblems {
		w.failed = append(w.failed, FieldError{Path: pathText(w.path), Rule: "sensitive", Problem: err.Error()})
	}
}
