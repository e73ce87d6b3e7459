package lines

import (
	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
)

// placed moves each place line before the list that it follows. In a section
// whose first list has a place line before it, they stand where they belong.
func placed(blocks []block.Block) []block.Block {
	out := make([]block.Block, 0, len(blocks))
	start := -1 // where the list begins, in out; -1 if a place line opened it
	for _, b := range blocks {
		if b.Kind == block.Line || b.Kind == block.Heading {
			if section, ok := label.Heading(b.Text); ok {
				start = -1
				out = append(out, b)
				if section == label.Request {
					start = len(out)
				}
				continue
			}
			if _, ok := label.PlaceLine(b.Text); ok && start >= 0 && hasField(out[start:]) {
				out = append(out, block.Block{})
				copy(out[start+1:], out[start:])
				out[start] = b
				start = len(out)
				continue
			} else if ok {
				start = -1
			}
		}
		out = append(out, b)
	}
	return out
}

func hasField(blocks []block.Block) bool {
	for _, b := range blocks {
		if b.Kind == block.Field {
			return true
		}
	}
	return false
}
