package html

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/wxgen/wxgen/transcribe/block"
)

// pre reads a block of code, without the numbers of its lines.
func (w *walker) pre(n *Node) {
	w.flush()
	b := block.Block{Kind: block.Code, Lang: strings.ToLower(w.code)}
	lines := n.All(func(c *Node) bool { return c.Class("iwiki-codeBlock-line") })
	if len(lines) == 0 {
		lines = []*Node{n}
	}
	var text strings.Builder
	for i, l := range lines {
		at := firstText(l, l.At)
		if i == 0 {
			b.Pos = w.doc.Pos(at)
		}
		var one strings.Builder
		plainText(l, &one)
		for _, piece := range strings.Split(strings.Trim(one.String(), "\n"), "\n") {
			if text.Len() > 0 {
				text.WriteByte('\n')
			}
			text.WriteString(strings.TrimRight(piece, "\r"))
			b.Lines = append(b.Lines, w.doc.Pos(at))
		}
	}
	b.Text = text.String()
	w.add(b)
	w.fresh = true
}

func plainText(n *Node, b *strings.Builder) {
	for _, c := range n.Children {
		switch {
		case c.Text != "":
			b.WriteString(strings.ReplaceAll(c.Text, "\u00a0", " "))
		case c.Tag == atom.Br:
			b.WriteByte('\n')
		case c.Class("iwiki-codeBlock-linenumber"):
		default:
			plainText(c, b)
		}
	}
}
