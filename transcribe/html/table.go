package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
)

// table reads a table: one that folds the members of an object, one that only
// lays out a panel, or one with rows of data.
func (w *walker) table(n *Node) {
	switch {
	case n.Class("iwiki-expand"):
		w.fold(n)
	case w.isLayout(n):
		w.inside(n)
	default:
		w.rows(n)
	}
}

// fold reads the members of the field before it.
func (w *walker) fold(n *Node) {
	content := n.Find(func(c *Node) bool { return c.Class("iwiki-expand-content") })
	if content == nil || len(content.Children) == 0 {
		w.add(block.Block{Kind: block.Folded, Pos: w.at(n)})
		return
	}
	w.add(block.Block{Kind: block.Open, Pos: w.at(n)})
	w.fresh = true
	w.inside(content)
	w.flush()
	w.add(block.Block{Kind: block.Close, Pos: w.at(n)})
	w.fresh = true
}

// isLayout tells tables that hold text in one cell, as panels do.
func (w *walker) isLayout(n *Node) bool {
	if strings.Contains(n.Attr("class"), "iwiki-panel") {
		return true
	}
	rows := n.All(func(c *Node) bool { return c.Tag == atom.Tr })
	for _, row := range rows {
		if cells := cellsOf(row); len(cells) > 1 {
			return cells[0].Class("iwiki-panel-iconTd")
		}
	}
	return true
}

func cellsOf(row *Node) []*Node {
	return row.All(func(c *Node) bool { return c.Tag == atom.Td || c.Tag == atom.Th })
}

// Cell is a cell of a table with its merged neighbours resolved.
type Cell struct {
	Node   *Node
	Merged bool // it reaches down from a row above
}

// widest is the most columns that a table may have. Spans beyond it are made
// up to hurt.
const widest = 64

// Grid resolves the spans of a table: each row has all its cells.
func Grid(table *Node) [][]Cell {
	type hanging struct {
		cell *Node
		rows int
	}
	var grid [][]Cell
	down := map[int]hanging{}
	for _, row := range table.All(func(c *Node) bool { return c.Tag == atom.Tr }) {
		var cells []Cell
		fill := func() {
			for len(cells) < widest {
				h, ok := down[len(cells)]
				if !ok || h.rows == 0 {
					return
				}
				down[len(cells)] = hanging{h.cell, h.rows - 1}
				cells = append(cells, Cell{Node: h.cell, Merged: true})
			}
		}
		for _, c := range cellsOf(row) {
			fill()
			rows := span(c.Attr("rowspan"))
			for wide := span(c.Attr("colspan")); wide > 0 && len(cells) < widest; wide-- {
				down[len(cells)] = hanging{c, rows - 1}
				cells = append(cells, Cell{Node: c})
			}
		}
		fill()
		grid = append(grid, cells)
	}
	return grid
}

func span(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1000 {
		return 1
	}
	return n
}

// rows reads a table of data: of fields, if its head says so.
func (w *walker) rows(n *Node) {
	var columns label.Columns
	fields := false
	for i, cells := range Grid(n) {
		row := block.Block{Kind: block.Row}
		texts := make([]string, len(cells))
		header := i == 0
		for j, c := range cells {
			lines, at := w.cellLines(c.Node)
			if j == 0 || cells[j-1].Node != c.Node || !holdsTable(c.Node) {
				texts[j] = strings.Join(lines, "\n")
			}
			row.Cells = append(row.Cells, block.Cell{Text: texts[j], Merged: c.Merged, Pos: w.doc.Pos(at)})
			header = header && (c.Node.Tag == atom.Th || i == 0)
		}
		if len(cells) == 0 || strings.TrimSpace(strings.Join(texts, "")) == "" {
			continue
		}
		row.Pos = row.Cells[0].Pos
		if c, ok := label.FieldColumns(texts); ok && header {
			columns, fields = c, true
			continue
		}
		if fields {
			w.fieldRow(row, texts, columns)
			continue
		}
		for j := range row.Cells {
			row.Cells[j].Header = header
		}
		w.add(row)
	}
}

// holdsTable tells whether there is a table in a cell. Over several columns
// such a cell says its text once: with tables in tables it would grow with
// every one of them.
func holdsTable(cell *Node) bool {
	return cell.Find(func(n *Node) bool { return n.Tag == atom.Table }) != nil
}

// cellText is what a cell says. It is kept, since a cell with a span stands in
// several places of its table, and each of these would read the tables inside
// of it once more.
type cellText struct {
	lines []string
	at    int // where its text begins
}

// cellLines reads the lines of a cell, and where its text begins.
func (w *walker) cellLines(n *Node) ([]string, int) {
	text, known := w.cells[n]
	if !known {
		text = w.readCell(n)
		w.cells[n] = text
	}
	return text.lines, text.at
}

func (w *walker) readCell(n *Node) cellText {
	inner := walker{doc: w.doc, cells: w.cells}
	inner.inside(n)
	inner.flush()
	text := cellText{at: n.At}
	for i, b := range inner.blocks {
		if i == 0 {
			text.at = firstText(n, n.At)
		}
		switch b.Kind {
		case block.Item:
			text.lines = append(text.lines, strings.TrimRight(b.Value+": "+b.Text, ": "))
		case block.Field:
			text.lines = append(text.lines, strings.TrimSpace(b.Field.Name+" "+b.Field.Need+" "+b.Field.Type))
		default:
			text.lines = append(text.lines, b.Text)
		}
	}
	return text
}

func firstText(n *Node, otherwise int) int {
	for _, c := range n.Children {
		if c.Text != "" && strings.TrimFunc(c.Text, blank) != "" {
			return c.At
		}
		if at := firstText(c, -1); at >= 0 {
			return at
		}
	}
	return otherwise
}

// fieldRow is a row of a table of fields.
func (w *walker) fieldRow(row block.Block, texts []string, c label.Columns) {
	cell := func(i int) string {
		if i < 0 || i >= len(texts) {
			return ""
		}
		return texts[i]
	}
	f := block.Fields{Name: cell(c.Name), Label: cell(c.Label), Type: cell(c.Type), Need: cell(c.Need), Place: cell(c.Place)}
	if f.Name == "" {
		return
	}
	f.At.Name = row.Cells[c.Name].Pos
	if c.Type >= 0 && c.Type < len(row.Cells) {
		f.At.Type = row.Cells[c.Type].Pos
	}
	if c.Need >= 0 && c.Need < len(row.Cells) {
		f.At.Need = row.Cells[c.Need].Pos
	}
	w.add(block.Block{Kind: block.Field, Field: f, Pos: f.At.Name})
	if c.Text < 0 || c.Text >= len(row.Cells) {
		return
	}
	for _, text := range strings.Split(texts[c.Text], "\n") {
		if strings.TrimSpace(text) != "" {
			w.add(block.Block{Kind: block.Line, Text: text, Within: true, Pos: row.Cells[c.Text].Pos})
		}
	}
}
