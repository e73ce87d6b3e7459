package assemble

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// bounds reads limits: those of rules are stated, those of sentences prose.
func (d *description) bounds() {
	f := d.field
	for _, rule := range d.rules {
		bounds := append(label.Rules(rule.Value, f.Type.Value), label.Prose(rule.Value, f.Type.Value)...)
		for _, bound := range bounds {
			setBound(f, bound, page.Said(bound.Value, rule.Pos))
		}
	}
	text := strings.Join(d.lines, "\n")
	told := label.Prose(text, f.Type.Value)
	if f.Type.Value == page.Array && f.Items.Value == page.String {
		told = append(told, label.Elements(text)...)
	}
	for _, bound := range told {
		if f.Secret.Value {
			continue // the text counts what is to be encrypted, the type what comes out
		}
		if bound.What == label.MaxLength && f.MaxLength.From == page.Stated && f.MaxLength.Value != bound.Value {
			d.find.find(d.pos, page.Contradiction, f.Name.Value, fmt.Sprintf("the type says at most %d characters, the text %d: the type counts", f.MaxLength.Value, bound.Value), "")
			continue
		}
		setBound(f, bound, page.Seen(bound.Value, d.pos, page.FromProse))
	}
}

// setBound sets a limit that nothing has set yet.
func setBound(f *page.Field, bound label.Bound, value page.Fact[int64]) {
	targets := map[label.BoundKind]*page.Fact[int64]{
		label.MinLength: &f.MinLength, label.MaxLength: &f.MaxLength, label.MinItems: &f.MinItems,
		label.MaxItems: &f.MaxItems, label.Minimum: &f.Minimum, label.Maximum: &f.Maximum,
	}
	if target := targets[bound.What]; target != nil && !target.Known() {
		*target = value
	}
}
