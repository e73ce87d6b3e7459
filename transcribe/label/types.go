package label

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Type is what the type cell of a field says.
type Type struct {
	Type  page.Type
	Items page.Type // of an array, if the cell says so
	// Named is the name of a message (GadgetInfo) that stands for object.
	// Some pages name an enum so: where the field has values and no members,
	// it is a string.
	Named string
	// Format of an integer whose width the cell tells: int32, uint32, int64, uint64.
	Format string
	// Length of the string, or of each string in an array.
	Min, Max       int64
	HasMin, HasMax bool
}

var words = map[string]page.Type{
	"string": page.String, "str": page.String, "enum": page.String, "varchar": page.String, "char": page.String, "text": page.String,
	"integer": page.Integer, "int": page.Integer, "int32": page.Integer, "int64": page.Integer, "uint": page.Integer,
	"uint32": page.Integer, "uint64": page.Integer, "long": page.Integer, "short": page.Integer, "unit32": page.Integer,
	"unit64": page.Integer, "bigint": page.Integer,
	"number": page.Number, "float": page.Number, "double": page.Number, "decimal": page.Number,
	"boolean": page.Boolean, "bool": page.Boolean,
	"object": page.Object, "message": page.Object, "json": page.Object, "map": page.Object,
	"array": page.Array, "list": page.Array,
	"file": page.File,
}

var (
	typeWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*`)
	length   = regexp.MustCompile(`^\s*[\[({【<]\s*(\d{1,9})\s*(?:[,，~\-;、]\s*(\d{1,9})\s*)?[\])}】>]{0,2}`)
	camel    = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$`)
)

// ParseType reads a type off the front of a cell, and gives what follows it,
// which is description that ran into the cell, or a place (uint32query).
func ParseType(s string) (t Type, rest string, ok bool) {
	s = strings.TrimLeft(plain(s), "*` ")
	if len(s) > 4000 {
		return Type{}, s, false
	}
	word := typeWord.FindString(s)
	if word == "" {
		return Type{}, s, false
	}
	rest = s[len(word):]
	lower := strings.ToLower(word)
	kind, known := words[lower]
	if !known {
		base := gluedPlace(lower)
		if kind, known = words[base]; !known {
			return named(word, s, rest)
		}
		lower, rest = base, s[len(base):]
	}
	if strings.HasPrefix(strings.TrimLeft(rest, " "), "/") {
		return Type{}, s, false // number/string(32): the page does not know itself
	}
	switch kind {
	case page.Array:
		return arrayType(rest)
	case page.String:
		t.Type = page.String
		rest = t.readLength(rest)
		return t, strings.TrimLeft(rest, " *`"), true
	case page.Integer, page.Number, page.Boolean:
		// int(10) counts digits, which is no length.
		rest = rest[len(length.FindString(rest)):]
	}
	if items := strings.TrimLeft(rest, " "); kind != page.File && strings.HasPrefix(items, "[]") {
		return Type{Type: page.Array, Items: kind}, strings.TrimLeft(items[2:], " *`"), true
	}
	return Type{Type: kind, Format: widths[strings.ToLower(typeWord.FindString(word))]}, strings.TrimLeft(rest, " *`"), true
}

// widths are the formats of integers whose width pages tell.
var widths = map[string]string{
	"int32": "int32", "uint32": "uint32", "int64": "int64", "uint64": "uint64", "unit32": "uint32", "unit64": "uint64",
	"uint32path": "uint32", "uint32query": "uint32", "uint32body": "uint32", "uint64path": "uint64", "uint64query": "uint64", "uint64body": "uint64",
	"int64path": "int64", "int64query": "int64", "int64body": "int64", "int32path": "int32", "int32query": "int32", "int32body": "int32",
}

// gluedPlace is a type without the place that is glued to it: uint32query.
func gluedPlace(word string) string {
	for _, place := range []string{"path", "query", "body", "header"} {
		if base, cut := strings.CutSuffix(word, place); cut {
			return base
		}
	}
	return ""
}

// named reads the name of a message as an object.
func named(word, s, rest string) (Type, string, bool) {
	if !camel.MatchString(word) || strings.EqualFold(word, "function") {
		return Type{}, s, false
	}
	if strings.TrimSpace(rest) != "" {
		return Type{}, s, false
	}
	return Type{Type: page.Object, Named: word}, "", true
}

// arrayType reads what follows the word array.
func arrayType(s string) (Type, string, bool) {
	t := Type{Type: page.Array}
	inner := strings.TrimLeft(s, " ")
	if inner == "" || !strings.ContainsAny(inner[:1], "[(<{") {
		return t, strings.TrimLeft(s, " *`"), true
	}
	item, rest, ok := ParseType(closing(inner[1:]))
	if !ok || rest != "" {
		if m := length.FindString(inner); m != "" {
			return t, strings.TrimLeft(inner[len(m):], " *`"), true
		}
		return Type{}, s, false
	}
	t.Items, t.Named = item.Type, item.Named
	t.Min, t.Max, t.HasMin, t.HasMax = item.Min, item.Max, item.HasMin, item.HasMax
	return t, "", true
}

// closing drops one closing bracket that has no opening one before it.
func closing(s string) string {
	s = strings.TrimRight(s, " *`")
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[', '(', '<', '{':
			depth++
		case ']', ')', '>', '}':
			if depth--; depth < 0 {
				return s[:i] + s[i+1:]
			}
		}
	}
	return s
}

// readLength reads (32), [1,32] and their mixed forms off the front.
func (t *Type) readLength(s string) string {
	m := length.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	first, _ := strconv.ParseInt(m[1], 10, 64)
	if m[2] == "" {
		t.Max, t.HasMax = first, true
		return s[len(m[0]):]
	}
	last, _ := strconv.ParseInt(m[2], 10, 64)
	if first > last {
		return s[len(m[0]):] // a slip of the page: neither bound can be trusted
	}
	t.Min, t.Max, t.HasMin, t.HasMax = first, last, true, true
	return s[len(m[0]):]
}
