package lint

import (
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/message"
)

// jsonTexts judges JSON that a string holds. The JSON Schema library can do
// that by itself, but then it does not tell reliably which string is at fault:
// the place in its error is overwritten while it goes on.
var jsonTexts = &jsonschema.Vocabulary{
	URL:     specURL + "json-texts",
	Compile: compileJSONText,
	Subschemas: []jsonschema.SchemaPath{
		{jsonschema.Prop("contentSchema")},
	},
}

// jsonText is a schema with contentSchema.
type jsonText struct {
	inner *jsonschema.Schema
}

func compileJSONText(c *jsonschema.CompilerContext, obj map[string]any) (jsonschema.SchemaExt, error) {
	if _, ok := obj["contentSchema"]; !ok || obj["contentMediaType"] != "application/json" {
		return nil, nil
	}
	return &jsonText{c.Enqueue([]string{"contentSchema"})}, nil
}

// Validate reads the string and judges what it holds.
func (t *jsonText) Validate(ctx *jsonschema.ValidatorContext, v any) {
	s, ok := v.(string)
	if !ok {
		return // another keyword tells
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(s))
	if err == nil {
		err = t.inner.Validate(value)
		if err == nil {
			return
		}
		ctx.AddError(&wrongJSON{err, "the JSON in it is wrong"})
		return
	}
	ctx.AddError(&wrongJSON{err, "it holds no JSON"})
}

// wrongJSON is what the library carries from there to faultsOf.
type wrongJSON struct {
	err  error
	what string
}

// KeywordPath tells the library which keyword it was.
func (w *wrongJSON) KeywordPath() []string { return []string{"contentSchema"} }

// LocalizedString tells the library what was wrong.
func (w *wrongJSON) LocalizedString(*message.Printer) string { return w.what + ": " + w.err.Error() }

// faults tells all that is wrong in a string at the string.
func (w *wrongJSON) faults(at []string) []fault {
	var out []fault
	for _, inner := range faultsOf(w.err) {
		out = append(out, fault{at, w.what + place(inner.at) + ": " + inner.what})
	}
	return out
}
