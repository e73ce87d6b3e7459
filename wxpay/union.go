package wxpay

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// UnionAlternative is one of the objects that a union can be. Generated code makes it with [Alternative].
type UnionAlternative struct {
	signs  []string
	decode func(data []byte) error
}

// Alternative describes an object of a union: where it is kept, and what tells it from the others. The signs are values of
// the discriminator, or else the properties that must be there.
func Alternative[T any](into **T, signs ...string) UnionAlternative {
	return UnionAlternative{signs: signs, decode: func(data []byte) error {
		*into = new(T)
		return json.Unmarshal(data, *into)
	}}
}

// UnmarshalUnion decodes an object into the alternative that fits, and keeps it in raw as well. The discriminator is the
// property whose value tells; where it is empty, the alternative with the most properties that are all there is taken. An
// object that fits none is no error: a later version of the platform may send it.
func UnmarshalUnion(data []byte, raw *json.RawMessage, discriminator string, alternatives ...UnionAlternative) error {
	if string(data) == "null" {
		return nil
	}
	*raw = slices.Clone(data)
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return fmt.Errorf("decoding one of several objects: %w", err)
	}
	best := -1
	for i, alt := range alternatives {
		switch {
		case discriminator != "" && slices.Contains(alt.signs, textOf(members[discriminator])):
			return alt.decode(data)
		case discriminator == "" && hasAll(members, alt.signs) && (best < 0 || len(alt.signs) > len(alternatives[best].signs)):
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return alternatives[best].decode(data)
}

// MarshalUnion encodes the first alternative that is set, else what was received. A union that holds nothing is an error,
// because the platform takes no null.
func MarshalUnion(raw json.RawMessage, alternatives ...any) ([]byte, error) {
	for _, alt := range alternatives {
		if v := reflect.ValueOf(alt); v.IsValid() && !v.IsNil() {
			return encodeJSON(alt)
		}
	}
	if len(raw) == 0 {
		return nil, fmt.Errorf("none of the alternatives is set: set one of its pointers")
	}
	return raw, nil
}

// textOf reads a discriminator, which may be text or a number.
func textOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}

func hasAll(members map[string]json.RawMessage, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		_, ok := members[name]
		return !ok
	})
}
