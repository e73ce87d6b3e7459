// Package html reads the doc centre's pages as they are served: text between
// rules, tables that fold, code with line numbers.
package html

import (
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Node is an element or a text of a document. The tree is built from the
// tokens of x/net/html, which know where they stand; its parser does not.
type Node struct {
	Tag      atom.Atom // 0 of a text, or of an element that HTML does not have
	Text     string    // of a text, entities resolved
	Attrs    []html.Attribute
	Children []*Node
	At       int // byte offset in the document: of the tag, or of the text's first visible character
}

// Attr is the value of an attribute, or nothing.
func (n *Node) Attr(name string) string {
	for _, a := range n.Attrs {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// Class tells whether an element has a class.
func (n *Node) Class(name string) bool {
	list := n.Attr("class")
	for list != "" {
		var word string
		word, list, _ = strings.Cut(list, " ")
		if word == name {
			return true
		}
	}
	return false
}

// deepest is how deep elements nest. What lies deeper is hung flat into the
// last: no page needs it, and recursion stays bounded.
const deepest = 400

// Parse makes a tree of a document. It takes any text for HTML.
func Parse(doc string) *Node {
	root := &Node{}
	b := builder{open: []*Node{root}}
	z := html.NewTokenizer(strings.NewReader(doc))
	at := 0
	for {
		kind := z.Next()
		size := len(z.Raw())
		switch kind {
		case html.ErrorToken:
			if z.Err() == io.EOF && size > 0 {
				b.text(string(z.Raw()), at)
			}
			return root
		case html.TextToken:
			raw := z.Raw()
			skip := blanks(raw)
			b.text(string(z.Text()), at+skip)
		case html.StartTagToken, html.SelfClosingTagToken:
			b.start(z, at, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(atom.Lookup(name))
		}
		at += size
	}
}

// blanks counts the bytes of a raw text before its first visible character.
func blanks(raw []byte) int {
	at := 0
	for at < len(raw) {
		switch rest := raw[at:]; {
		case rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t' || rest[0] == '\r':
			at++
		case len(rest) >= 6 && string(rest[:6]) == "&nbsp;":
			at += 6
		case len(rest) >= 2 && rest[0] == 0xc2 && rest[1] == 0xa0:
			at += 2
		case len(rest) >= 3 && string(rest[:3]) == "\u3000":
			at += 3
		default:
			return at
		}
	}
	return at
}

// builder hangs tokens into a tree.
type builder struct{ open []*Node }

func (b *builder) top() *Node { return b.open[len(b.open)-1] }

func (b *builder) text(s string, at int) {
	if s == "" {
		return
	}
	top := b.top()
	top.Children = append(top.Children, &Node{Text: s, At: at})
}

func (b *builder) start(z *html.Tokenizer, at int, closed bool) {
	name, more := z.TagName()
	n := &Node{Tag: atom.Lookup(name), At: at}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "class", "id", "rowspan", "colspan", "language", "lang", "href":
			n.Attrs = append(n.Attrs, html.Attribute{Key: string(key), Val: string(value)})
		}
	}
	b.imply(n.Tag)
	top := b.top()
	top.Children = append(top.Children, n)
	if !void[n.Tag] && !(closed && n.Tag == 0) && len(b.open) < deepest {
		b.open = append(b.open, n)
	}
}

// end closes an element. An end without a start means nothing, and cells are
// walls: nothing within a cell closes what stands outside.
func (b *builder) end(tag atom.Atom) {
	for i := len(b.open) - 1; i > 0; i-- {
		switch open := b.open[i].Tag; {
		case open == tag:
			b.open = b.open[:i]
			return
		case open == atom.Td || open == atom.Th || open == atom.Table:
			if !tableParts[tag] {
				return
			}
		}
	}
}

// imply closes what a start tag closes without saying so.
func (b *builder) imply(tag atom.Atom) {
	switch {
	case tag == atom.Li:
		b.closeUpTo(atom.Li, atom.Ul, atom.Ol, atom.Td, atom.Th)
	case tag == atom.Td || tag == atom.Th:
		b.closeUpTo(atom.Td, atom.Table, atom.Tr)
		b.closeUpTo(atom.Th, atom.Table, atom.Tr)
	case tag == atom.Tr:
		b.closeUpTo(atom.Tr, atom.Table)
	case tag == atom.Tbody || tag == atom.Thead || tag == atom.Tfoot:
		b.closeUpTo(atom.Tbody, atom.Table)
		b.closeUpTo(atom.Thead, atom.Table)
	}
	if blocks[tag] {
		b.closeUpTo(atom.P, atom.Td, atom.Th, atom.Li, atom.Div, atom.Button, atom.Table)
	}
}

// closeUpTo closes the innermost element of a kind, unless a wall stands
// before it.
func (b *builder) closeUpTo(tag atom.Atom, walls ...atom.Atom) {
	for i := len(b.open) - 1; i > 0; i-- {
		open := b.open[i].Tag
		if open == tag {
			b.open = b.open[:i]
			return
		}
		for _, wall := range walls {
			if open == wall {
				return
			}
		}
	}
}

func set(tags ...atom.Atom) map[atom.Atom]bool {
	m := map[atom.Atom]bool{}
	for _, tag := range tags {
		m[tag] = true
	}
	return m
}

var (
	void = set(atom.Br, atom.Hr, atom.Img, atom.Input, atom.Meta, atom.Link, atom.Col, atom.Area, atom.Base, atom.Embed,
		atom.Source, atom.Track, atom.Wbr, atom.Param)
	tableParts = set(atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot, atom.Table)
	// blocks begin a line of their own.
	blocks = set(atom.P, atom.Div, atom.Ul, atom.Ol, atom.Li, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead,
		atom.Tfoot, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Blockquote, atom.Hr, atom.Section,
		atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Nav, atom.Dl, atom.Dt, atom.Dd, atom.Form,
		atom.Figure, atom.Details, atom.Summary, atom.Fieldset, atom.Address, atom.Center)
)

// Find returns the first element, in the document's order, that a test
// accepts.
func (n *Node) Find(test func(*Node) bool) *Node {
	if n.Text == "" && test(n) {
		return n
	}
	for _, c := range n.Children {
		if found := c.Find(test); found != nil {
			return found
		}
	}
	return nil
}

// All returns the outermost elements that a test accepts.
func (n *Node) All(test func(*Node) bool) []*Node {
	var all []*Node
	for _, c := range n.Children {
		if c.Text == "" && test(c) {
			all = append(all, c)
			continue
		}
		all = append(all, c.All(test)...)
	}
	return all
}
