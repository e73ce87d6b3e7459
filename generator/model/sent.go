package model

import "github.com/wxgen/wxgen/generator/load"

// markSent marks what the operations of the document send: only values of
// these schemas are checked, so only their fields need the tags for it. Other
// documents do not count, so that a package is the same whatever else a run
// makes.
func (b *builder) markSent() {
	for _, op := range b.doc.Operations {
		for _, p := range op.Parameters {
			b.mark(p.Schema)
		}
		if op.Body == nil {
			continue
		}
		for _, m := range op.Body.Content {
			b.mark(m.Schema)
		}
	}
}

func (b *builder) mark(s *load.Schema) {
	if s == nil || b.sent[s] {
		return
	}
	b.sent[s] = true
	for _, part := range s.Parts() {
		b.mark(part)
	}
}
