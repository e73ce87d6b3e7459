package wiki

import (
	"strings"
	"unicode"

	htmlText "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/html"
	"github.com/wxgen/wxgen/transcribe/source"
)

// HTML reads the wiki's pages as they were served. Their tables have real
// cells, merged ones among them, and the members of an object are a table
// within a cell of the row below it.
func HTML(text source.Text) ([]block.Block, error) {
	m := newMarkup(text.Lines, &reading{})
	m.walk(html.Parse(m.whole.Text))
	m.flush()
	return settle(m.pieces), nil
}

// markup goes through a tree and feeds what it finds to a reading.
type markup struct {
	*reading
	lines   []source.Line
	whole   source.Whole
	starts  []int
	line    []source.Line // the pieces of the line being put together
	waiting []source.Line
	cells   map[*html.Node][]source.Line // what cells were read already
}

func newMarkup(lines []source.Line, r *reading) *markup {
	m := &markup{reading: r, lines: lines, whole: source.Text{}.With(lines).Whole(), cells: map[*html.Node][]source.Line{}}
	at := 0
	for _, l := range lines {
		m.starts = append(m.starts, at)
		at += len(l.Text) + 1
	}
	return m
}

// said is a text as it reads that stands at an offset of the document.
func (m *markup) said(text string, offset int) source.Line {
	i := min(max(m.whole.Line(offset), 0), len(m.lines)-1)
	at := min(max(offset-m.starts[i], 0), len(m.lines[i].Text))
	const widest = 8 // an entity beside what it stands for
	if l, ok := aligned(m.lines[i].Slice(at, min(at+widest*len(text), len(m.lines[i].Text))), text); ok {
		return l
	}
	return m.lines[i].Slice(at, at).Changed([]source.Change{{With: text}})
}

// aligned is the front of a line that reads as a text, its entities resolved.
func aligned(l source.Line, text string) (source.Line, bool) {
	const longest = 12 // of an entity
	var changes []source.Change
	at := 0
	for left := text; left != ""; {
		switch {
		case at == len(l.Text):
			return source.Line{}, false
		case l.Text[at] == left[0] && left[0] != '&':
			at, left = at+1, left[1:]
			continue
		}
		end := strings.IndexByte(l.Text[at:min(len(l.Text), at+longest)], ';')
		if l.Text[at] != '&' || end < 0 {
			return source.Line{}, false
		}
		with := htmlText.UnescapeString(l.Text[at : at+end+1])
		if !strings.HasPrefix(left, with) {
			return source.Line{}, false
		}
		changes = append(changes, source.Change{From: at, To: at + end + 1, With: with})
		at, left = at+end+1, left[len(with):]
	}
	return l.Slice(0, at).Changed(changes), true
}

// outside are elements that hold nothing of the page.
var outside = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Head: true, atom.Svg: true, atom.Noscript: true, atom.Iframe: true, atom.Template: true,
	atom.Select: true, atom.Textarea: true, atom.Nav: true, atom.Button: true,
}

// apartTags are elements that begin a line of their own.
var apartTags = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Table: true, atom.Tr: true, atom.Td: true, atom.Th: true,
	atom.Pre: true, atom.Blockquote: true, atom.Hr: true, atom.Section: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Article: true,
	atom.Br: true, atom.Body: true, atom.Html: true, atom.Header: true, atom.Footer: true, atom.Center: true,
}

func (m *markup) walk(n *html.Node) {
	level := strings.Index("h1h2h3h4h5h6", n.Tag.String())/2 + 1
	switch {
	case n.Text != "":
		m.text(n)
	case outside[n.Tag]:
	case n.Tag == atom.Table:
		m.flush()
		m.tableOf(n)
		m.reading.table, m.errors = false, false
	case n.Tag == atom.Pre:
		m.pre(n)
	case n.Tag != 0 && len(n.Tag.String()) == 2 && level > 0:
		m.flush()
		m.inside(n)
		m.title(level)
	case apartTags[n.Tag]:
		m.end()
		m.inside(n)
		m.end()
	default:
		m.inside(n)
	}
}

func (m *markup) inside(n *html.Node) {
	for _, c := range n.Children {
		m.walk(c)
	}
}

// text adds a text to the line. Its own line breaks are blanks.
func (m *markup) text(n *html.Node) {
	if words := strings.Join(strings.Fields(n.Text), " "); words != "" {
		if len(m.line) > 0 && strings.IndexFunc(n.Text, blank) == 0 {
			words = " " + words
		}
		if strings.LastIndexAny(n.Text, " \n\t\r") == len(n.Text)-1 {
			words += " "
		}
		m.line = append(m.line, m.said(words, n.At))
	}
}

// end ends the line.
func (m *markup) end() {
	if len(m.line) > 0 {
		m.waiting = append(m.waiting, source.Join("", m.line...).Trim())
		m.line = m.line[:0]
	}
}

// flush reads the lines that waited.
func (m *markup) flush() {
	m.end()
	for i := 0; i < len(m.waiting); {
		i += m.next(m.waiting[i:])
	}
	m.waiting = m.waiting[:0]
}

// title reads the line as a heading.
func (m *markup) title(level int) {
	m.end()
	for _, l := range m.waiting {
		if !l.Blank() {
			m.open(l, level)
		}
	}
	m.waiting = m.waiting[:0]
}

// pre keeps the lines of a program or document.
func (m *markup) pre(n *html.Node) {
	m.end()
	var collect func(n *html.Node)
	collect = func(n *html.Node) {
		if n.Tag == atom.Br {
			m.end()
		}
		first := m.whole.Line(n.At) - strings.Count(blankFront(n.Text), "\n")
		for i, text := range strings.Split(n.Text, "\n") {
			if i > 0 {
				m.end()
				m.waiting = append(m.waiting, source.Line{})
			}
			if text = strings.TrimRight(text, "\r"); strings.TrimSpace(text) != "" {
				m.line = append(m.line, m.said(text, m.textLine(first+i, n.At)))
			}
		}
		for _, c := range n.Children {
			collect(c)
		}
	}
	collect(n)
	m.end()
}

// blankFront are the blanks before the first visible character of a text.
func blankFront(text string) string {
	return text[:len(text)-len(strings.TrimLeftFunc(text, unicode.IsSpace))]
}

// textLine is where a line of a text begins that begins at a place.
func (m *markup) textLine(line, at int) int {
	if line <= m.whole.Line(at) || line >= len(m.starts) {
		return at
	}
	return m.starts[line]
}

// tableOf reads a table and the tables within it.
func (m *markup) tableOf(n *html.Node) {
	grid := html.Grid(n)
	if m.inner == 0 && layout(grid) {
		for _, row := range grid {
			if len(row) > 0 {
				m.inside(row[0].Node)
				m.flush()
			}
		}
		return
	}
	outer := m.columns
	m.columns = table{}
	for i, row := range grid {
		m.row(row, i == 0)
	}
	m.columns = outer
}

// layout tells whether a table has one column, and so is none of facts.
func layout(grid [][]html.Cell) bool {
	for _, row := range grid {
		for _, c := range row {
			if c.Node != row[0].Node {
				return false
			}
		}
	}
	return len(grid) > 0 && len(grid[0]) > 0
}

// longestMerged is the most text that a merged cell gives to each of its rows.
const longestMerged = 500

// row reads a row. A table in one of its cells holds the members of the field
// that the row opens, or of the one above if the row opens none.
func (m *markup) row(row []html.Cell, first bool) {
	cells := make([]source.Line, len(row))
	var inner []*html.Node
	for i, c := range row {
		if i > 0 && row[i-1].Node == c.Node {
			continue // a cell over several columns has its text once
		}
		lines := m.cell(c.Node)
		if c.Merged && i >= m.columns.columns.Text && m.columns.width > 0 {
			lines = nil
		}
		cells[i] = source.Join("\u2028", lines...)
		if c.Merged && len(cells[i].Text) > longestMerged {
			cells[i] = source.Line{}
		}
		if !c.Merged {
			inner = tablesIn(c.Node, inner)
		}
	}
	m.tableRow(row, cells, first)
	for _, t := range inner {
		m.members(t)
	}
}

// members reads the table with the members of the last field.
func (m *markup) members(t *html.Node) {
	if m.pieces.last(block.Field) == nil {
		m.tableOf(t)
		return
	}
	pos := m.whole.Pos(t.At)
	m.add(block.Block{Kind: block.Open, Pos: pos})
	m.inner++
	m.tableOf(t)
	m.inner--
	m.add(block.Block{Kind: block.Close, Pos: pos})
}

// tablesIn adds the tables of a cell that are in no other table of it.
func tablesIn(n *html.Node, all []*html.Node) []*html.Node {
	for _, c := range n.Children {
		if c.Tag == atom.Table {
			all = append(all, c)
		} else {
			all = tablesIn(c, all)
		}
	}
	return all
}

// tableRow reads the cells of a row.
func (m *markup) tableRow(row []html.Cell, cells []source.Line, first bool) {
	if len(cells) == 0 || strings.TrimSpace(source.Join("", cells...).Text) == "" {
		return
	}
	if m.headOf(firstOf(cells), cells) {
		return
	}
	switch {
	case m.columns.width > 0:
		m.cellsOfField(cells)
	case m.errors:
		m.cellsOfError(cells)
		b := &m.pieces[len(m.pieces)-1]
		for i := range min(len(b.Cells), len(row)) {
			b.Cells[i].Merged = row[i].Merged
		}
	default:
		m.plainRow(cells)
		if first {
			b := &m.pieces[len(m.pieces)-1]
			for i := range b.Cells {
				b.Cells[i].Header = true
			}
		}
	}
}

// cell reads the lines of a cell, without the tables in it.
func (m *markup) cell(n *html.Node) []source.Line {
	if lines, ok := m.cells[n]; ok {
		return lines
	}
	inner := markup{reading: &reading{}, lines: m.lines, whole: m.whole, starts: m.starts, cells: m.cells}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Tag == atom.Table, outside[n.Tag]:
		case n.Text != "":
			inner.text(n)
		default:
			if apartTags[n.Tag] {
				inner.end()
			}
			for _, c := range n.Children {
				walk(c)
			}
			if apartTags[n.Tag] {
				inner.end()
			}
		}
	}
	for _, c := range n.Children {
		walk(c)
	}
	inner.end()
	m.cells[n] = inner.waiting
	return inner.waiting
}
