package emit

import (
	"strings"

	"github.com/wxgen/wxgen/generator/model"
)

// structs writes the types of requests and answers, in the order of their
// first use. They are most of what is emitted, so they are written as text in
// gofmt's layout: to build and format them as the other files took a quarter
// of a run.
func (e *emitter) structs() File {
	body := &layout{e: e, formatted: true}
	for _, t := range e.pkg.Types {
		if t.Enum == nil && t.Union == nil {
			body.structure(t)
		}
	}
	return body.file("types.go")
}

func (e *emitter) aboutStruct(t *model.Named) string {
	if t.Operation != "" {
		role := "answers"
		if t.Request {
			role = "takes"
		}
		return t.Name + " is what [Client." + t.Operation + "] " + role + "."
	}
	return aboutType(t.Name, t.Title, t.Doc)
}

func fieldText(f *model.Field) string {
	secret := ""
	if f.Sensitive {
		secret = "Encrypted on the way."
	}
	return join(sentence(f.Title), sentence(f.Doc), bounds(f.Limits), secret, byRole(f.Roles))
}

// tags writes what encoding/json and the runtime read.
func tags(t *model.Named, f *model.Field) map[string]string {
	out := map[string]string{"json": "-"}
	switch f.In {
	case "":
		out["json"] = f.Wire + optional(f)
	case "body":
	case "path", "form":
		out[f.In] = f.Wire
	default:
		out[f.In] = f.Wire + optional(f)
		if f.JSON {
			out[f.In] += ",json"
		}
		if f.Comma {
			out[f.In] += ",comma"
		}
	}
	if wx := rules(t, f); wx != "" {
		out["wx"] = wx
	}
	return out
}

// optional leaves out what is not set. A nil list or map is never sent, even
// where one is required, because the platform takes no null.
func optional(f *model.Field) string {
	if f.Required && f.Type.Kind != model.Slice && f.Type.Kind != model.Map && f.Type.Kind != model.Any {
		return ""
	}
	return ",omitzero"
}

// rules writes the checks of a field that is sent. The pattern stands last,
// since it may hold commas.
func rules(t *model.Named, f *model.Field) string {
	var out []string
	add := func(name string, r model.Range) {
		if !r.IsZero() {
			out = append(out, name+"="+r.Min+".."+r.Max)
		}
	}
	if f.Sensitive {
		out = append(out, "sensitive")
	}
	if f.In == "body" {
		out = append(out, "body")
	}
	if !t.Sent {
		return strings.Join(out, ",")
	}
	if f.Required && needed(f.Type) {
		out = append([]string{"required"}, out...)
	}
	add("len", f.Limits.Length)
	add("range", f.Limits.Number)
	add("items", f.Limits.Items)
	add("each", f.Limits.Each)
	if f.Limits.Pattern != "" {
		out = append(out, "pattern="+f.Limits.Pattern)
	}
	return strings.Join(out, ",")
}

// needed tells whether a zero value can be told from a value that is meant:
// of a number, a bool or a struct it cannot.
func needed(t *model.Type) bool {
	switch t.Kind {
	case model.Bool, model.Int32, model.Int64, model.Uint32, model.Uint64, model.Float64:
		return false
	case model.Ref:
		return t.Named.Enum != nil && !t.Named.Enum.Integer
	}
	return true
}
