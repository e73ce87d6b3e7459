package lint

import (
	"github.com/wxgen/wxgen/generator/load"
)

// texts demands what the emitted comments are made of.
func texts(set *load.Set) error {
	var problems load.Problems
	for _, doc := range set.Documents {
		for _, op := range append(doc.Operations, doc.Webhooks...) {
			operationTexts(op, &problems)
		}
		seen := map[*load.Schema]bool{}
		for _, s := range doc.Schemas {
			schemaTexts(s, seen, &problems)
		}
		for _, op := range doc.Operations {
			for _, s := range operationSchemas(op) {
				schemaTexts(s, seen, &problems)
			}
		}
	}
	return problems.Err()
}

func operationTexts(op *load.Operation, problems *load.Problems) {
	if op.Summary == "" {
		problems.Add(op.Pos, "write the page's title", "%s has no summary", op.ID)
	}
	if op.Description == "" {
		problems.Add(op.Pos, "say in English what it does, beginning with a verb", "%s has no description", op.ID)
	}
	if op.Source.Updated == "" {
		problems.Add(op.Pos, "write x-wx-doc with the page's date", "%s does not say which page it comes from", op.ID)
	}
	for _, p := range op.Parameters {
		label := p.Schema.Title
		if label == "" {
			label = p.Schema.Target().Title
		}
		if label == "" || p.Description == "" {
			problems.Add(p.Pos, "write title: in its schema and description:", "the parameter %s lacks its label or explanation", p.Name)
		}
	}
	if resp := op.Success(); resp != nil {
		if m := load.JSON(resp.Content); m != nil && len(m.Examples) == 0 {
			problems.Add(m.Pos, "write example:", "the answer of %s has no example", op.ID)
		}
	}
}

// operationSchemas are the schemas that stand in an operation itself.
func operationSchemas(op *load.Operation) []*load.Schema {
	var out []*load.Schema
	add := func(content []load.Media) {
		for _, m := range content {
			if m.Schema != nil {
				out = append(out, m.Schema)
			}
		}
	}
	if op.Body != nil {
		add(op.Body.Content)
	}
	for _, r := range op.Responses {
		add(r.Content)
	}
	return out
}

func schemaTexts(s *load.Schema, seen map[*load.Schema]bool, problems *load.Problems) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	for _, p := range s.Properties {
		t := p.Schema.Target()
		if p.Schema.Title == "" && t.Title == "" {
			problems.Add(p.Pos, "write title: with the page's label", "%s has no label", p.Name)
		}
		if p.Schema.Description == "" && t.Description == "" {
			problems.Add(p.Pos, "write description: in English", "%s has no explanation", p.Name)
		}
	}
	if len(s.Enum) > 0 && len(s.Notes) == 0 {
		for _, v := range s.Enum {
			if s.EnumDescriptions[v.Text] == "" {
				problems.Add(v.Pos, "write it under x-enumDescriptions, or an x-wx-note that no source tells", "%s is not explained", v.Text)
			}
		}
	}
	for _, part := range s.Parts() {
		schemaTexts(part, seen, problems)
	}
}
