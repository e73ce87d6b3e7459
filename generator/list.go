package generator

import (
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// Entry describes an operation or a notification to people and machines that
// look for one.
type Entry struct {
	Kind        string   `json:"kind"` // operation or notification
	Package     string   `json:"package"`
	Name        string   `json:"name"` // Go method or function
	Method      string   `json:"method,omitempty"`
	Path        string   `json:"path,omitempty"`
	Events      []string `json:"events,omitempty"`
	Summary     string   `json:"summary"`
	Description string   `json:"description,omitempty"`
	Roles       []string `json:"roles,omitempty"`
	Page        string   `json:"page,omitempty"`
	Updated     string   `json:"updated,omitempty"`
	Errors      []string `json:"errors,omitempty"` // codes, each once
	Deprecated  bool     `json:"deprecated,omitempty"`
}

// List describes all operations and notifications of the specs.
func List(set *load.Set) []Entry {
	var out []Entry
	for _, doc := range set.Documents {
		for _, op := range doc.Operations {
			e := entry(doc, op, "operation")
			e.Method, e.Path = op.Method, op.Path
			out = append(out, e)
		}
		for _, hook := range doc.Webhooks {
			e := entry(doc, hook, "notification")
			e.Events = hook.Event.Types
			out = append(out, e)
		}
	}
	return out
}

func entry(doc *load.Document, op *load.Operation, kind string) Entry {
	e := Entry{
		Kind:        kind,
		Package:     model.Folder(doc.File),
		Name:        model.GoName(op.ID),
		Summary:     op.Summary,
		Description: op.Description,
		Roles:       op.Source.Roles,
		Updated:     op.Source.Updated,
		Deprecated:  op.Deprecated,
	}
	if op.Source.Page != "" {
		e.Page = "https://pay.weixin.qq.com" + op.Source.Page
	}
	seen := map[string]bool{}
	for _, row := range op.Errors {
		if !seen[row.Code] {
			seen[row.Code] = true
			e.Errors = append(e.Errors, row.Code)
		}
	}
	return e
}

// Match tells whether each word stands somewhere in what describes the entry,
// whatever the case.
func (e Entry) Match(words ...string) bool {
	text := strings.ToLower(strings.Join([]string{
		e.Package, e.Name, e.Method, e.Path, strings.Join(e.Events, " "), e.Summary, e.Description,
		strings.Join(e.Roles, " "), strings.Join(e.Errors, " "),
	}, "\n"))
	for _, w := range words {
		if !strings.Contains(text, strings.ToLower(w)) {
			return false
		}
	}
	return true
}
