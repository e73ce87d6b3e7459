package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/markdown"
	"github.com/wxgen/wxgen/transcribe/source"
)

// table is a table whose cells are told apart.
type table struct {
	columns  label.Columns
	width    int  // number of columns, 0 if there is no table
	examples bool // the text column holds label and example too
	titled   bool // a caption of a table of members stood in the row before
	piped    bool // the row before came in cells
	cut      bool // it has no end
}

// pipes splits a line of a pipe table into its cells. The pipes at the ends
// may be missing.
func pipes(l source.Line) []source.Line {
	l = l.Trim()
	text := l.Text
	var cells []source.Line
	from := 0
	if strings.HasPrefix(text, "|") {
		from = 1
	}
	for i := from; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == '|':
			cells = append(cells, l.Slice(from, i))
			from = i + 1
		}
	}
	if from < len(text) || !strings.HasSuffix(text, "|") {
		cells = append(cells, l.Slice(min(from, len(text)), len(text)))
	}
	return cells
}

var ruleLine = regexp.MustCompile(`^[\s|:\-–—]*$`)

// isPipes tells whether a line is a row of a pipe table.
func isPipes(text string) bool {
	n := strings.Count(text, "|") - strings.Count(text, `\|`)
	return n >= 2 || n == 1 && strings.HasPrefix(strings.TrimSpace(text), "|")
}

// texts are cells as they read.
func texts(cells []source.Line) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = markdown.Inline(c).Trim().Text
	}
	return all
}

// pipeRow reads a row of a pipe table.
func (r *reading) pipeRow(l source.Line) {
	if ruleLine.MatchString(l.Text) {
		return
	}
	cells := pipes(l)
	if len(cells) == 0 || r.headOf(l, cells) {
		return
	}
	switch {
	case r.errors:
		r.cellsOfError(cells)
	case r.table && r.columns.width > 0:
		r.cellsOfField(cells)
	default:
		r.headless(l, cells)
	}
}

// headOf reads a row as the head of a table of fields or errors.
func (r *reading) headOf(l source.Line, cells []source.Line) bool {
	words := texts(cells)
	if columns, ok := label.FieldColumns(words); ok {
		r.begin(fieldTable, nil, l)
		r.columns = table{columns: columns, width: len(words), examples: columns.Text >= 0 && strings.Contains(words[columns.Text], "示例值")}
		return true
	}
	if places, ok := label.ErrorHeader(words); ok {
		r.begin(errorTable, words, l)
		r.places = places
		for i, word := range words {
			if word == "描述/解决方案" {
				r.places[2], r.stacked = i, true
			}
		}
		return true
	}
	return false
}

// headless reads a row of a table that lost its head: a name and a type in
// neighbouring cells tell what the columns are.
func (r *reading) headless(l source.Line, cells []source.Line) {
	words := texts(cells)
	columns, ok := guess(words)
	if !ok {
		r.plainRow(cells)
		return
	}
	r.begin(fieldTable, nil, l)
	r.columns = table{columns: columns, width: len(words)}
	r.cellsOfField(cells)
}

// guess tells the columns of a row of fields from its cells.
func guess(words []string) (label.Columns, bool) {
	for i := 0; i+1 < len(words); i++ {
		if nameWord.FindString(words[i]) != words[i] || words[i] == "" || !isType(words[i+1]) {
			continue
		}
		c := label.Columns{Name: i, Label: i - 1, Type: i + 1, Need: -1, Place: -1, Text: -1, Example: -1}
		if i+2 < len(words) {
			c.Text = len(words) - 1
		}
		if i+2 < c.Text {
			c.Need = i + 2
		}
		return c, true
	}
	return label.Columns{}, false
}

// firstOf is the first cell that stands somewhere: one that a wide cell covers
// does not.
func firstOf(cells []source.Line) source.Line {
	for _, c := range cells {
		if c.Pos(0).Line > 0 {
			return c
		}
	}
	return source.Line{}
}

// isType tells whether a cell is a type and nothing else.
func isType(s string) bool {
	t := rowType.FindString(s)
	return t != "" && t == s
}

// plainRow keeps a row of another table as its text.
func (r *reading) plainRow(cells []source.Line) {
	b := block.Block{Kind: block.Row, Pos: firstOf(cells).Pos(0)}
	for _, c := range cells {
		c = markdown.Inline(c).Trim()
		b.Cells = append(b.Cells, block.Cell{Text: c.Text, Pos: c.Pos(0)})
	}
	r.add(b)
}

// cellsOfError adds a row of errors. Cells that are merged with those above
// are empty. A cell may hold further rows, where merged cells were lost.
func (r *reading) cellsOfError(cells []source.Line) {
	row := make([]block.Cell, 4)
	var more []source.Line
	for i, at := range r.places {
		var lines []string
		for _, part := range broken(cell(cells, at)) {
			text := markdown.Inline(mended(part, true)).Trim()
			if _, code, _ := label.ErrorLine(text.Text); i > 1 && code != "" && len(lines) > 0 || len(more) > 0 {
				more = append(more, text)
			} else if text.Text != "" {
				lines = append(lines, text.Text)
			}
		}
		row[i] = block.Cell{Text: strings.Join(lines, "\n"), Pos: cell(cells, at).Trim().Pos(0)}
	}
	if r.stacked && row[0].Text == "" && row[1].Text == "" && r.above != nil && r.above[3].Text == "" {
		r.above[3] = row[2]
		return
	}
	r.above = row
	r.add(block.Block{Kind: block.Row, Cells: row, Pos: firstOf(cells).Pos(0)})
	for _, l := range more {
		r.errorLine(l)
	}
}

// cellsOfField adds a row of fields, or what a row goes on with.
func (r *reading) cellsOfField(cells []source.Line) {
	c := r.columns.columns
	for len(cells) > r.columns.width && cells[len(cells)-1].Blank() {
		cells = cells[:len(cells)-1]
	}
	n := r.columns.width
	if r.beside(cells) {
		r.cellsOfField(cells[:n:n])
		r.cellsOfField(cells[n:])
		return
	}
	if len(cells) > n && c.Text == n-1 {
		cells = append(cells[:n-1:n-1], source.Join("|", cells[n-1:]...))
	}
	clean := make([]source.Line, len(cells))
	for i, cell := range cells {
		clean[i] = markdown.Inline(mended(cell, false)).Trim()
	}
	if folded(clean[0].Text) {
		r.add(block.Block{Kind: block.Folded, Pos: firstOf(clean).Pos(0)})
		return
	}
	if at, ok := title(clean); ok && at <= max(c.Name, c.Label) {
		r.line(clean[at])
		r.columns.titled = true
		return
	}
	if r.columns.titled {
		// The members that the caption announced are a table of their own.
		r.columns.titled = false
		r.head(firstOf(cells))
	}
	if !fitting(c, clean) {
		if shifted, ok := guess(texts(cells)); ok {
			c = shifted
		}
	}
	p := piece{indent: -1, Block: block.Block{Kind: block.Field, Pos: firstOf(cells).Pos(0)}}
	p.fill(c, clean)
	described := r.labelled(&p, cell(cells, c.Text))
	if l := cell(clean, c.Example); l.Text != "" {
		described = append(described, exampleOf(l))
	}
	if p.Field.Name == "" {
		r.more(&p, described)
		return
	}
	r.vertical(&p)
	r.placed(&p)
	r.addField(p)
	r.columns.piped = true
	for _, l := range described {
		r.describe(l)
	}
}

// beside tells whether the cells are those of several rows, whose line breaks
// were lost: there are as many as the rows have together, and the second row
// has a name and a type where the first has its.
func (r *reading) beside(cells []source.Line) bool {
	n := r.columns.width
	if n < 3 || len(cells) < 2*n || len(cells)%n != 0 {
		return false
	}
	at, ok := guess(texts(cells[n : 2*n]))
	return ok && at.Name == r.columns.columns.Name && at.Type == r.columns.columns.Type
}

// fitting tells whether the cells of a row are what the head says. Where a
// column was added to the rows and not to the head, they are not.
func fitting(c label.Columns, cells []source.Line) bool {
	_, _, typed := label.ParseType(cell(cells, c.Type).Text)
	return typed || cell(cells, c.Type).Text == ""
}

// folded tells whether a cell is a table of members that ran together.
func folded(text string) bool {
	return strings.HasPrefix(text, "参数名") && strings.Contains(text, "变量类型")
}

// title is the cell of a row that is the caption of a table of members: there
// is no other that is not empty.
func title(cells []source.Line) (at int, ok bool) {
	at = -1
	for i, c := range cells {
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		if at >= 0 || i == len(cells)-1 {
			return 0, false // the last may be a description that goes on
		}
		at = i
	}
	return at, at >= 0 && len(cells) > 2 && fits(cells[at].Text) && !isType(cells[at].Text)
}

// more is a row without a name: it goes on with the description of the row
// above, or, where the text column holds examples, gives its example.
func (r *reading) more(p *piece, described []source.Line) {
	for _, l := range described {
		if r.columns.examples {
			l = exampleOf(l.Trim())
		}
		r.describe(l)
	}
}

// vertical reads a flag that stands in merged cells one character a row.
func (r *reading) vertical(p *piece) {
	switch p.Field.Need {
	case "二", "三", "多", "两":
		p.Field.Need += "选一"
	case "一", "选":
		if above := r.last(block.Field); above != nil {
			p.Field.Need = above.Field.Need
		}
	}
}

// labelled reads a description. Where the column holds the label too, it
// stands first, and the place second, both as code.
func (r *reading) labelled(p *piece, cell source.Line) []source.Line {
	if r.columns.examples {
		if m := codeWords.FindStringSubmatchIndex(cell.Text); m != nil {
			p.label(cell.Slice(m[2], m[3]).Trim())
			if m[4] >= 0 {
				p.Field.Place = cell.Text[m[4]:m[5]]
			}
			cell = cell.Slice(m[1], len(cell.Text))
		}
	}
	var lines []source.Line
	for _, part := range broken(cell) {
		lines = append(lines, markdown.Inline(mended(part, false)).Trim())
	}
	return lines
}

var codeWords = regexp.MustCompile("^\\s*`([^`]+)`\\s*(?:`(path|query|body|header)`)?")

// exampleOf makes an example a line of the description.
func exampleOf(l source.Line) source.Line {
	if l.Blank() {
		return l
	}
	return l.Changed([]source.Change{{With: "示例值："}})
}

// damaged are names and codes whose underscores a formatter took for
// emphasis: out*trade_no, SYSTEM*ERROR.
var damaged = regexp.MustCompile(`[A-Za-z0-9](\*)[A-Za-z]`)

// cutLink is an address whose link lost its end.
var cutLink = regexp.MustCompile(`(\\?\[)https?://[^\]\s]*\s*$`)

// mended mends them. Error codes keep the star, since assemble reports how a
// page spells them.
func mended(l source.Line, errors bool) source.Line {
	var changes []source.Change
	if m := cutLink.FindStringSubmatchIndex(l.Text); m != nil {
		return l.Changed([]source.Change{{From: m[2], To: m[3]}})
	}
	if !strings.Contains(l.Text, "*") {
		return l
	}
	for _, m := range damaged.FindAllStringSubmatchIndex(l.Text, -1) {
		with := "_"
		if c := l.Text[m[3]]; errors && c >= 'A' && c <= 'Z' {
			with = `\*`
		}
		changes = append(changes, source.Change{From: m[2], To: m[3], With: with})
	}
	return l.Changed(changes)
}
