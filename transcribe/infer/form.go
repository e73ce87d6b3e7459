package infer

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/page"
)

// form completes the parts of a form.
func (c *comparison) form(op *page.Operation, r *request) {
	for _, f := range op.Body {
		p, ok := r.parts[f.Name.Value]
		if !ok {
			continue
		}
		if p.file {
			c.filePart(f, p)
			continue
		}
		c.field("request."+f.Name.Value, f, sight{shape: p.shape}, 0)
	}
	if len(op.Body) == 0 {
		return
	}
	known := index(op.Body)
	for _, name := range r.partNames {
		if known[name] == nil {
			c.find(r.parts[name].pos, page.Doubt, "request."+name, "the example has this part, the page does not describe it", "")
		}
	}
}

// filePart settles the type of a part that the example fills with a file.
// Pages call it message or object at times.
func (c *comparison) filePart(f *page.Field, p part) {
	if f.Type.Value == page.File {
		return
	}
	if f.Type.Known() {
		c.find(f.Type.Pos, page.Contradiction, "request."+f.Name.Value, fmt.Sprintf("the page says %s, the example at %s sends a file", f.Type.Value, p.pos), "the example counts")
	}
	f.Type = page.Seen(page.File, p.pos, page.FromExample)
}
