// Package reference writes documents for people out of the specs.
package reference

import (
	"fmt"
	"strings"
	"time"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/templates"
)

// site is where the pages are that specs name by their path.
const site = "https://pay.weixin.qq.com"

// Coverage lists what the specs hold, product by product, in Markdown.
func Coverage(set *load.Set) (string, error) {
	var c templates.Coverage
	for _, doc := range set.Documents {
		p := product(doc)
		if len(p.Operations)+len(p.Events) == 0 {
			continue
		}
		c.Products = append(c.Products, p)
		c.Operations += len(p.Operations)
		c.Events += p.EventTypes
	}
	var b strings.Builder
	if err := templates.CoverageDoc.Execute(&b, c); err != nil {
		return "", fmt.Errorf("writing the coverage: %w", err)
	}
	return b.String(), nil
}

func product(doc *load.Document) templates.Product {
	p := templates.Product{Package: model.Folder(doc.File), Title: doc.Title, Updated: doc.Version}
	codes := map[string]bool{}
	for _, op := range doc.Operations {
		p.Operations = append(p.Operations, row(op, code(op.Method+" "+op.Path)))
		p.ErrorRows += len(op.Errors)
		for _, e := range op.Errors {
			codes[e.Code] = true
		}
	}
	for _, hook := range doc.Webhooks {
		types := make([]string, len(hook.Event.Types))
		for i, t := range hook.Event.Types {
			types[i] = code(t)
		}
		p.Events = append(p.Events, row(hook, strings.Join(types, ", ")))
		p.EventTypes += len(types)
	}
	p.ErrorCodes, p.Limits = len(codes), limits(doc)
	return p
}

func row(op *load.Operation, what string) templates.Covered {
	return templates.Covered{
		Name:    model.GoName(op.ID),
		What:    what,
		Summary: op.Summary,
		Roles:   strings.Join(op.Source.Roles, ", "),
		Rates:   rates(op.RateLimits),
		Errors:  len(op.Errors),
		Source:  source(op.Source),
	}
}

func code(s string) string { return "`" + s + "`" }

func source(s load.Source) string {
	if s.Page == "" {
		return s.Updated
	}
	date := s.Updated
	if date == "" {
		date = "page"
	}
	return "[" + date + "](" + site + s.Page + ")"
}

func rates(limits []load.RateLimit) string {
	var out []string
	for _, l := range limits {
		out = append(out, fmt.Sprintf("%d/%s per %s", l.Requests, short(l.Period), l.Per))
	}
	return strings.Join(out, ", ")
}

func short(d time.Duration) string {
	switch d {
	case time.Second:
		return "s"
	case time.Minute:
		return "min"
	case time.Hour:
		return "h"
	case 24 * time.Hour:
		return "d"
	}
	return d.String()
}

// limits counts the fields and parameters with a length, a range, a number of
// elements or a pattern.
func limits(doc *load.Document) int {
	n, seen := 0, map[*load.Schema]bool{}
	var visit func(s *load.Schema)
	visit = func(s *load.Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		if bounded(s) {
			n++
		}
		for _, p := range s.Properties {
			visit(p.Schema)
		}
		for _, sub := range append(append(s.AllOf, s.OneOf...), s.AnyOf...) {
			visit(sub)
		}
		visit(s.Items)
		visit(s.Additional)
		visit(s.ContentSchema)
	}
	for _, s := range doc.Schemas {
		visit(s)
	}
	for _, op := range doc.Operations {
		for _, s := range schemas(op) {
			visit(s)
		}
	}
	return n
}

func bounded(s *load.Schema) bool {
	return s.MinLength != nil || s.MaxLength != nil || s.MinItems != nil || s.MaxItems != nil ||
		s.Minimum != nil || s.Maximum != nil || s.ExclusiveMinimum != nil || s.ExclusiveMaximum != nil || s.Pattern != ""
}

// schemas are those that stand in an operation itself.
func schemas(op *load.Operation) []*load.Schema {
	var out []*load.Schema
	for _, p := range op.Parameters {
		out = append(out, p.Schema)
	}
	if op.Body != nil {
		for _, m := range op.Body.Content {
			out = append(out, m.Schema)
		}
	}
	for _, r := range op.Responses {
		for _, m := range r.Content {
			out = append(out, m.Schema)
		}
	}
	return out
}
