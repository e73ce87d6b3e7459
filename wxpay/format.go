package wxpay

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
)

// formatter turns the value of a field into the text of a path variable, query value or header.
type formatter struct {
	scalar bool // the whole field is one text, also where it is a slice
	text   func(reflect.Value) (string, error)
}

// formatterOf chooses by type, so that nothing is left to decide when a request is sent.
func formatterOf(t reflect.Type, asJSON bool) formatter {
	base := t
	for base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	switch {
	case base.Implements(holderType):
		return formatter{scalar: true, text: documentText}
	case asJSON, base.Kind() == reflect.Map:
		return formatter{scalar: true, text: jsonText}
	case base == timeType:
		return formatter{scalar: true, text: timeText}
	case isList(base):
		return formatter{text: formatterOf(base.Elem(), false).text}
	case base.Implements(textMarshalerType):
		return formatter{scalar: true, text: marshalledText}
	case base.Kind() == reflect.Struct:
		return formatter{scalar: true, text: jsonText}
	}
	return formatter{scalar: true, text: plainText}
}

var textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()

// plainText formats strings, numbers and bools.
func plainText(value reflect.Value) (string, error) {
	switch v := reflect.Indirect(value); v.Kind() {
	case reflect.Invalid:
		return "", nil
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), nil
	case reflect.Float32, reflect.Float64:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return "", errors.New("is no finite number")
		}
		return strconv.FormatFloat(v.Float(), 'f', -1, v.Type().Bits()), nil
	default:
		return "", fmt.Errorf("a value of type %s cannot be sent here", v.Type())
	}
}

func timeText(value reflect.Value) (string, error) {
	if v := reflect.Indirect(value); v.IsValid() {
		return v.Interface().(Time).Text(), nil
	}
	return "", nil
}

func marshalledText(value reflect.Value) (string, error) {
	v := reflect.Indirect(value)
	if !v.IsValid() {
		return "", nil
	}
	text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	return string(text), err
}

func jsonText(value reflect.Value) (string, error) {
	text, err := encodeJSON(value.Interface())
	return string(text), err
}

// documentText is the document of a JSON[T] itself: a query value is text already and needs no string around it.
func documentText(value reflect.Value) (string, error) {
	v := reflect.Indirect(value)
	if !v.IsValid() {
		return "", nil
	}
	text, err := encodeJSON(v.Interface())
	if err != nil {
		return "", err
	}
	return unquoteJSON(text)
}
