package wxpay

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CheckError says that a request was not sent because fields of it are wrong. It lists all of them. Values are not quoted,
// since they may be personal data, except those of enums.
//
// The rules come from the struct tag wx, separated by commas: required; len=a..b (characters of a string; either bound may
// be missing); range=a..b (a number); items=a..b (elements of a slice); each=a..b (characters of each string in a slice);
// pattern=… (a regular expression, always the last rule; the operation needs [Operation.MatchPattern]). Types with a method
// Known() bool are enums, whose value must be a known one. Optional fields are checked only when set. Characters above
// U+FFFF, such as emoji, are refused everywhere: WeChat Pay takes none.
type CheckError struct {
	Operation string
	Fields    []FieldError
}

// FieldError says what is wrong with one field.
type FieldError struct {
	Path    string // wire names, such as amount.total or goods_detail[0].price
	Rule    string // required, len, range, items, each, pattern, enum, characters, number, depth, path, sensitive, file or digest
	Problem string // what is wrong, after the path: "is required"
}

func (e FieldError) Error() string { return e.Path + " " + e.Problem }

func (e *CheckError) Error() string {
	problems := make([]string, len(e.Fields))
	for i, field := range e.Fields {
		problems[i] = field.Error()
	}
	return e.Operation + ": request not sent: " + strings.Join(problems, "; ")
}

const (
	maxDepth    = 200 // steps from value to value; more is a cycle
	maxProblems = 100 // listed in one error
)

// checkRequest checks a request against its tags. With rules false it only refuses what must never be sent. mostSensitive is
// how long a text can be that is encrypted, in bytes; 0: any.
func checkRequest(op *Operation, request reflect.Value, rules bool, mostSensitive int) error {
	w := walker{rules: rules, match: op.MatchPattern, mostSensitive: mostSensitive}
	w.path = w.room[:0]
	w.value(request, &noRules)
	if w.err != nil {
		return w.err
	}
	if len(w.found) == 0 {
		return nil
	}
	return &CheckError{Operation: op.label(), Fields: w.found}
}

// walker goes through a request and collects what is wrong.
type walker struct {
	rules bool
	match func(pattern, text string) (bool, error) // nil: the operation has no patterns
	depth int

	mostSensitive int // bytes

	path  []segment
	room  [8]segment // for the path, which is rarely longer
	found []FieldError
	err   error // a tag that cannot be read: a mistake in the program, not in the request
}

// segment is a step of the path to a value: a name or an index.
type segment struct {
	name  string
	index int
}

func (w *walker) value(v reflect.Value, r *fieldRules) {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > maxDepth {
		w.mustNot("depth", "is nested too deep, or contains itself")
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			w.value(v.Elem(), r)
		}
	case reflect.String:
		w.text(v, r)
	case reflect.Slice, reflect.Array:
		w.list(v, r)
	case reflect.Map:
		w.entries(v, r)
	case reflect.Struct:
		w.structure(v)
	default:
		w.number(v, r)
	}
}

func (w *walker) structure(v reflect.Value) {
	plan, err := checksOf(v.Type())
	if err != nil {
		w.err = err
		return
	}
	for i := range plan.fields {
		f := &plan.fields[i]
		if f.name != "" {
			w.path = append(w.path, segment{name: f.name})
		}
		w.field(v.Field(f.index), &f.rules)
		if f.name != "" {
			w.path = w.path[:len(w.path)-1]
		}
	}
}

// field checks what concerns the presence of a field, then its value.
func (w *walker) field(v reflect.Value, r *fieldRules) {
	missing := isMissing(v)
	if missing {
		if r.required {
			w.report("required", "is required")
		}
		return
	}
	if r.omitZero && v.IsZero() {
		return
	}
	w.value(v, r)
}

// isMissing reports whether nothing is set. Numbers and bools always count as set: zero and false are values.
func isMissing(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Map:
		return v.Len() == 0
	case reflect.Slice, reflect.Pointer, reflect.Interface:
		return v.IsNil() || v.Kind() == reflect.Slice && v.Len() == 0
	case reflect.Struct:
		return v.Type() == timeType && v.Interface().(Time).IsZero()
	}
	return false
}

func (w *walker) text(v reflect.Value, r *fieldRules) {
	text := v.String()
	if text == "" {
		return // optional and not set; a required one was reported
	}
	w.characters(text)
	if r.length.set {
		w.bounds(r.lengthRule(), r.length, utf8.RuneCountInString(text), "characters")
	}
	if r.pattern != "" && w.rules {
		w.pattern(r.pattern, text)
	}
	if r.enum && !known(v) {
		w.report("enum", "is "+strconv.Quote(cut(text, 64))+", which is none of the documented values")
	}
	if r.sensitive && w.mostSensitive > 0 && len(text) > w.mostSensitive {
		w.mustNot("sensitive", tooLong(len(text), w.mostSensitive))
	}
}

// characters refuses text that WeChat Pay does not take.
func (w *walker) characters(text string) {
	for i, r := range text {
		if r > 0xFFFF {
			w.report("characters", fmt.Sprintf("holds %U, a character of four bytes (emoji), which WeChat Pay refuses", r))
			return
		}
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			w.report("characters", "is not valid UTF-8")
			return
		}
	}
}

// pattern refuses text that a pattern does not match. A pattern that nothing can match with is a mistake in the program: to
// leave it out would send what should have been refused.
func (w *walker) pattern(pattern, text string) {
	if w.match == nil {
		w.err = errors.New("a field has a pattern: set Operation.MatchPattern to wxpay.MatchPattern")
		return
	}
	matches, err := w.match(pattern, text)
	switch {
	case err != nil:
		w.err = fmt.Errorf("pattern in the tag wx: %w", err)
	case !matches:
		w.report("pattern", "does not match "+pattern)
	}
}

func known(v reflect.Value) bool {
	if v.CanAddr() {
		v = v.Addr() // the pointer has the method as well, and needs no copy on the heap
	}
	enum, ok := v.Interface().(interface{ Known() bool })
	return !ok || enum.Known()
}

func (w *walker) list(v reflect.Value, r *fieldRules) {
	if r.items.set {
		w.bounds("items", r.items, v.Len(), "items")
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return // bytes: base64 or JSON that is given ready
	}
	for i := range v.Len() {
		w.path = append(w.path, segment{index: i})
		if r.element != nil {
			w.value(v.Index(i), r.element)
		} else {
			w.value(v.Index(i), &noRules)
		}
		w.path = w.path[:len(w.path)-1]
	}
}

func (w *walker) entries(v reflect.Value, r *fieldRules) {
	if r.items.set {
		w.bounds("items", r.items, v.Len(), "items")
	}
	for entry := v.MapRange(); entry.Next(); {
		w.path = append(w.path, segment{name: entry.Key().String()})
		w.value(entry.Key(), &noRules)
		if r.element != nil {
			w.value(entry.Value(), r.element)
		} else {
			w.value(entry.Value(), &noRules)
		}
		w.path = w.path[:len(w.path)-1]
	}
}

func (w *walker) number(v reflect.Value, r *fieldRules) {
	if v.CanFloat() && (math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0)) {
		w.report("number", "is no finite number")
		return
	}
	if r.span.set && !r.span.holds(v) {
		w.report("range", "is outside of "+r.span.text)
	}
}

func (w *walker) bounds(rule string, allowed span, n int, unit string) {
	if !allowed.holdsInt(int64(n)) {
		w.report(rule, fmt.Sprintf("has %d %s, allowed are %s", n, unit, allowed.text))
	}
}

// report notes a broken rule, if rules are checked.
func (w *walker) report(rule, problem string) {
	if w.rules {
		w.mustNot(rule, problem)
	}
}

// mustNot notes a problem that is one with checks turned off, too.
func (w *walker) mustNot(rule, problem string) {
	if len(w.found) < maxProblems {
		path := "request"
		if len(w.path) > 0 {
			path = pathText(w.path)
		}
		w.found = append(w.found, FieldError{Path: path, Rule: rule, Problem: problem})
	}
}

// pathText writes a path.
func pathText(path []segment) string {
	var text strings.Builder
	for i, step := range path {
		switch {
		case step.name == "":
			text.WriteString("[" + strconv.Itoa(step.index) + "]")
		case i > 0:
			text.WriteString("." + cut(step.name, 64))
		default:
			text.WriteString(cut(step.name, 64))
		}
	}
	return text.String()
}
