package sandbox

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// describe turns a finding of the validator into the answer that WeChat Pay would give.
func describe(err error) error {
	finding, ok := errors.AsType[*openapi3filter.RequestError](err)
	if !ok {
		return fmt.Errorf("hold the request against its spec: %w", err)
	}
	d := detail{location: "body", issue: finding.Reason}
	if p := finding.Parameter; p != nil {
		d.field, d.location = p.Name, p.In
		if p.In == openapi3.ParameterInPath {
			d.location = "url"
		}
	}
	switch cause := finding.Err.(type) {
	case *openapi3.SchemaError:
		d.value, d.issue = cause.Value, issueOf(cause)
		if pointer := cause.JSONPointer(); finding.Parameter == nil && len(pointer) > 0 {
			d.field = "/" + strings.Join(escapePointer(pointer), "/")
		}
		if cause.SchemaField == "required" {
			d.value = nil // it is the object around the field
		}
	case *openapi3filter.ParseError:
		d.value, d.issue = cause.Value, "is "+strings.TrimSuffix(cause.Reason, ".")
	}
	switch {
	case errors.Is(err, openapi3filter.ErrInvalidRequired) && finding.Parameter == nil:
		d.issue = "the body is missing"
	case errors.Is(err, openapi3filter.ErrInvalidRequired):
		d.issue = "is missing"
	case errors.Is(err, openapi3filter.ErrInvalidEmptyValue):
		d.issue = "is empty"
	case strings.HasPrefix(d.issue, "header Content-Type"):
		d.field, d.location = "Content-Type", "header"
		d.issue = "is not what the operation takes; send application/json"
	}
	return paramError(d)
}

func escapePointer(tokens []string) []string {
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	out := make([]string, len(tokens))
	for i, token := range tokens {
		out[i] = escape.Replace(token)
	}
	return out
}

// issueOf says what is wrong with a value, to be read behind the name of its field.
func issueOf(e *openapi3.SchemaError) string {
	s := e.Schema
	switch e.SchemaField {
	case "required":
		return "is missing"
	case "nullable":
		return "is null; leave it out instead"
	case "type":
		return "is " + kindOf(e.Value) + ", but must be " + article(s.Type.Slice())
	case "maxLength":
		return fmt.Sprintf("has %d characters, at most %d are allowed", characters(e.Value), *s.MaxLength)
	case "minLength":
		return fmt.Sprintf("has %d characters, at least %d are needed", characters(e.Value), s.MinLength)
	case "maximum":
		return fmt.Sprintf("is %s, at most %s is allowed", encode(e.Value), number(*s.Max))
	case "minimum":
		return fmt.Sprintf("is %s, at least %s is needed", encode(e.Value), number(*s.Min))
	case "maxItems":
		return fmt.Sprintf("has too many items, at most %d are allowed", *s.MaxItems)
	case "minItems":
		return fmt.Sprintf("has too few items, at least %d are needed", s.MinItems)
	case "enum":
		return "is not one of " + valuesOf(s.Enum)
	case "pattern":
		return "does not match " + s.Pattern
	case "format":
		return "is not " + formatOf(s.Format)
	case "anyOf", "oneOf":
		return "fits none of the forms that are allowed" + formsOf(append(s.AnyOf, s.OneOf...))
	}
	return e.Reason
}

func characters(value any) int {
	text, _ := value.(string)
	return utf8.RuneCountInString(text)
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func kindOf(value any) string {
	switch value.(type) {
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case []any:
		return "an array"
	case map[string]any:
		return "an object"
	}
	return "the number " + string(encode(value))
}

func article(kinds []string) string {
	text := strings.Join(kinds, " or ")
	if strings.ContainsAny(text[:min(len(text), 1)], "aio") {
		return "an " + text
	}
	return "a " + text
}

func valuesOf(values []any) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fmt.Sprint(v)
	}
	return strings.Join(out, ", ")
}

func formatOf(format string) string {
	switch format {
	case "date-time":
		return "a time such as 2018-06-08T10:34:56+08:00"
	case "date":
		return "a date such as 2018-06-08"
	}
	return "a valid " + format
}

// formsOf lists alternatives that are short to tell.
func formsOf(forms openapi3.SchemaRefs) string {
	var out []string
	for _, form := range forms {
		switch s := form.Value; {
		case len(s.Enum) > 0:
			out = append(out, valuesOf(s.Enum))
		case s.Format != "":
			out = append(out, formatOf(s.Format))
		default:
			return ""
		}
	}
	return ": " + strings.Join(out, ", or ")
}
