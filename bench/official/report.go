package official

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Mine is an operation of the specs, with the notes that explain it.
type Mine struct {
	Operation
	Notes []string
}

// Ours lists the operations of the specs.
func Ours(set *load.Set) map[string]Mine {
	out := map[string]Mine{}
	for _, doc := range set.Documents {
		for _, op := range doc.Operations {
			m := Mine{Notes: op.Notes, Operation: Operation{
				Name: model.Folder(doc.File) + "." + op.ID, Method: op.Method, Path: op.Path,
				Request: map[string]string{}, Response: map[string]string{},
			}}
			for _, p := range op.Parameters {
				m.Request[p.In+":"+p.Name] = kindOf(p.Schema)
				m.note(p.Name, p.Notes)
			}
			if op.Body != nil {
				for _, media := range op.Body.Content {
					m.flatten(media.Schema, "", m.Request, 0)
				}
			}
			if resp := op.Success(); resp != nil {
				for _, media := range resp.Content {
					m.flatten(media.Schema, "", m.Response, 0)
				}
			}
			out[page.Key(op.Method, op.Path)] = m
		}
	}
	return out
}

func (m *Mine) note(at string, notes []string) {
	for _, n := range notes {
		m.Notes = append(m.Notes, at+": "+n)
	}
}

func (m *Mine) flatten(s *load.Schema, at string, into map[string]string, depth int) {
	if s == nil || depth > 12 {
		return
	}
	s = s.Target()
	for _, part := range s.AllOf {
		m.flatten(part, at, into, depth+1)
	}
	if s.Items != nil {
		m.flatten(s.Items, at, into, depth+1)
	}
	for _, p := range s.Properties {
		into[at+p.Name] = kindOf(p.Schema)
		m.note(at+p.Name, p.Schema.Notes)
		m.flatten(p.Schema, at+p.Name+".", into, depth+1)
	}
}

func kindOf(s *load.Schema) string {
	t := s.Target()
	if len(t.AllOf) > 0 && t.Type() == "" {
		return kindOf(t.AllOf[0])
	}
	if t.Type() == "array" {
		if t.Items == nil {
			return "array of unknown"
		}
		return "array of " + kindOf(t.Items)
	}
	return t.Type()
}

// Report prints the comparison.
func Report(w io.Writer, theirs []Operation, ours map[string]Mine) error {
	theirs = unique(theirs)
	var missing, differing []string
	same := 0
	for _, op := range theirs {
		mine, ok := ours[page.Key(op.Method, op.Path)]
		if !ok {
			missing = append(missing, fmt.Sprintf("- `%s %s` (%s)\n", op.Method, op.Path, op.Name))
			continue
		}
		if lines := differences(op, mine); len(lines) > 0 {
			differing = append(differing, fmt.Sprintf("### %s %s\n\n%s, %s\n\n%s\n", op.Method, op.Path, mine.Name, op.Name, strings.Join(lines, "")))
		} else {
			same++
		}
	}
	_, err := fmt.Fprintf(w, "# Beside the official Go SDK\n\nMade by bench/cmd/official out of a checkout of wechatpay-go and the specs: for each operation that the SDK has, its method,\n"+
		"path, fields and types. \"Noted\" means that an x-wx-note of the spec says why they differ.\n\n%d operations of the SDK: %d equal, %d differ, %d are not in the specs.\n\n## Not in the specs\n\n%s\n## Different\n\n%s",
		len(theirs), same, len(differing), len(missing), strings.Join(missing, ""), strings.Join(differing, "\n"))
	return err
}

// unique drops what the SDK has several times, since its payment packages
// repeat queries.
func unique(ops []Operation) []Operation {
	seen := map[string]bool{}
	return slices.DeleteFunc(ops, func(op Operation) bool {
		k := page.Key(op.Method, op.Path)
		defer func() { seen[k] = true }()
		return seen[k]
	})
}

func differences(theirs Operation, ours Mine) []string {
	var out []string
	for _, side := range []struct {
		name       string
		them, mine map[string]string
	}{{"request", theirs.Request, ours.Request}, {"response", theirs.Response, ours.Response}} {
		for _, field := range slices.Sorted(maps.Keys(side.them)) {
			them := side.them[field]
			mine, ok := side.mine[field]
			switch {
			case !ok:
				out = append(out, fmt.Sprintf("- %s `%s` (%s) is missing%s\n", side.name, field, them, noted(ours, field)))
			case !compatible(them, mine):
				out = append(out, fmt.Sprintf("- %s `%s` is %s, there %s%s\n", side.name, field, mine, them, noted(ours, field)))
			}
		}
	}
	return out
}

func compatible(a, b string) bool {
	return a == b || a == "any" || strings.TrimPrefix(a, "array of ") == "unknown" ||
		a == "object" && b == "" // a union or free JSON
}

// noted says whether a note of the spec speaks of the field.
func noted(m Mine, field string) string {
	last := field[strings.LastIndexAny(field, ".:")+1:]
	for _, n := range m.Notes {
		if strings.Contains(n, last) {
			return " (noted)"
		}
	}
	return ""
}
