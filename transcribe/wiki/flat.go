package wiki

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// Flat reads the wiki's pages with a row of a table a line: most mirrors, and
// what one copies out of a browser.
func Flat(text source.Text) ([]block.Block, error) {
	return settle(flat(text.Lines)), nil
}

// reading is where the reading of a flat text stands.
type reading struct {
	pieces
	section label.Section
	words   map[string]string // what the legend says that the words for places mean
	table   bool              // in a table of fields
	errors  bool              // in a table of errors
	cells   bool              // the table has a cell a line
	above   []block.Cell      // the row of errors before
	width   int               // columns of the table of errors
	places  [4]int            // which of them are status, code, description and solution
	stacked bool              // the solution stands in a row below the description
	level   int               // of the last heading
	call    int               // of the heading above the address of the call, 0 if unknown
	foreign bool              // a heading has begun something that is no part of the call
	shown   bool              // an example has been shown since the last heading or table
	columns table             // of a table whose cells are told apart
	inner   int               // how many tables the format says to be inside others
}

func flat(lines []source.Line) pieces {
	var r reading
	for i := 0; i < len(lines); {
		i += r.next(lines[i:])
	}
	return r.pieces
}

// next reads what begins at the first line, and tells how many lines it took.
func (r *reading) next(lines []source.Line) int {
	l := lines[0].Trim()
	if l.Text == "" {
		return 1
	}
	if kind, columns, ok := head(l); ok {
		if two := apart(l); len(two) > 1 {
			return r.each(two)
		}
		r.begin(kind, columns, lines[0])
		return 1
	}
	if kind, columns, n := cellHead(lines); n > 0 {
		r.begin(kind, columns, lines[0])
		r.cells = true
		return n
	}
	if section, ok := label.Heading(l.Text); ok && !r.inside(section) && !r.labels(lines) {
		r.open(l, 0)
		return 1
	}
	if entitles(lines) {
		r.open(l, 0)
		return 1
	}
	if r.leaves(l) {
		r.table, r.errors, r.columns = false, false, table{}
	}
	if calls(l.Text) || !r.shows() && label.CallLine(l.Text) {
		r.call, r.foreign = r.level, false
	}
	if n := r.legend(l); n > 0 {
		return n
	}
	if joined, n := alternative(lines); n > 0 {
		r.line(joined)
		return n
	}
	if !r.describes() {
		if b, n := code(lines, r.shows() || r.table && r.section == label.NoSection); n > 0 {
			r.addCode(b)
			return n
		}
	}
	if r.table {
		if pieces := apart(l); len(pieces) > 1 {
			return r.each(pieces)
		}
	}
	if n := r.rows(lines); n > 0 {
		return n
	}
	switch {
	case rule.MatchString(l.Text):
	case r.describes():
		r.describe(l)
	default:
		r.line(l)
	}
	return 1
}

// each reads what ran together in one line.
func (r *reading) each(pieces []source.Line) int {
	for _, p := range pieces {
		r.next([]source.Line{p})
	}
	return 1
}

// leaves tells whether a line ends the table that is open: a rule between
// comments, a date, or the address of another call.
func (r *reading) leaves(l source.Line) bool {
	if !r.table && !r.errors {
		return false
	}
	if _, _, ok := label.DateLine(l.Text); ok || rule.MatchString(l.Text) {
		return true
	}
	return calls(l.Text) || label.CallLine(l.Text)
}

// entitles tells whether a line is the title of a page: the date follows, or
// 接口说明.
func entitles(lines []source.Line) bool {
	if !titled(strings.TrimSpace(lines[0].Text)) {
		return false
	}
	at := ahead(lines, 2)
	if len(at) < 2 {
		return false
	}
	next := lines[at[1]].Text
	section, ok := label.Heading(next)
	if !ok {
		_, _, ok = label.DateLine(next)
		return ok
	}
	limits, some := label.Rates(lines[0].Text)
	return section == label.Interface && len(limits) == 0 && !some
}

var rule = regexp.MustCompile(`^[-=*_]{4,}$`)

// titled tells whether a line can be the title of a page.
func titled(text string) bool {
	if key, _, _ := label.Statement(text); key != "" || rule.MatchString(text) {
		return false
	}
	return fits(text) && strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// legend reads a line that says what the words for places mean on this page.
// On some, query means the JSON, and path the whole address.
func (r *reading) legend(l source.Line) int {
	if !label.Legend(l.Text) {
		return 0
	}
	r.line(l)
	word, _ := label.SplitPlace(l.Text)
	if r.words == nil {
		r.words = map[string]string{}
	}
	switch {
	case strings.Contains(l.Text, "JSON"):
		r.words[string(word)] = "json"
	case strings.Contains(l.Text, "URL"):
		r.words[string(word)] = "url"
	default:
		delete(r.words, string(word))
	}
	return 1
}

// placed translates the place of a field by the legend.
func (r *reading) placed(p *piece) {
	if meant := r.words[strings.ToLower(strings.TrimSpace(p.Field.Place))]; meant != "" {
		p.Field.Place = meant
	}
}

// open reads a heading. One that opens no section may be a title.
func (r *reading) open(l source.Line, level int) {
	r.begins(l, level)
	r.heading(l, level)
}

// begins notes what a heading begins. Where one that opens no section stands
// no deeper than the one above the call, what it heads is something else: its
// tables are none of the call's.
func (r *reading) begins(l source.Line, level int) {
	section, ok := label.Heading(l.Text)
	if ok {
		r.section, r.foreign = section, false
	} else if level > 0 && level <= r.call {
		r.foreign = true
	}
	if level > 0 {
		r.level = level
	}
	r.table, r.errors, r.shown, r.columns = false, false, false, table{}
}

// addField adds a row, unless it is none of the call's.
func (r *reading) addField(p piece) {
	if !r.foreign {
		r.pieces = append(r.pieces, p)
	}
}

// addCode adds an example, which ends a table.
func (r *reading) addCode(b block.Block) {
	r.table, r.errors, r.shown = false, false, true
	if !r.foreign {
		r.add(b)
	}
}

// rows reads a row of the table that is open, and tells how many lines it
// takes, or 0 if there is none.
func (r *reading) rows(lines []source.Line) int {
	switch {
	case r.errors:
		if n := r.cellError(lines); n > 0 || r.cells {
			return n
		}
		r.errorLine(lines[0].Trim())
		return 1
	case r.table && !r.cells && r.field(lines[0]):
		return 1
	case r.table:
		return r.cellRow(lines)
	case r.beheaded(lines[0]):
		r.begin(fieldTable, nil, lines[0])
		r.field(lines[0])
		return 1
	}
	return 0
}

// beheaded tells whether a line is a row of a table that lost its head, whose
// cells tabs divide.
func (r *reading) beheaded(l source.Line) bool {
	switch r.section {
	case label.Request, label.Answer, label.EventFields, label.EventResource:
		words := strings.Split(strings.TrimSpace(l.Text), "\t")
		_, ok := guess(words)
		return ok && len(words) > 3 && len(words) <= maxColumns
	}
	return false
}

// inside tells whether the words of a heading are a part of a table: those
// of the page's foot are words like others.
func (r *reading) inside(section label.Section) bool {
	return section == label.Tail && r.describes()
}

// shows tells whether examples stand here.
func (r *reading) shows() bool {
	switch r.section {
	case label.RequestExample, label.AnswerExample, label.EventExample, label.EventDecrypted:
		return true
	}
	return false
}

// describes tells whether lines belong to a field: not those below a row
// whose cells are told apart, unless the row has no end.
func (r *reading) describes() bool {
	n := len(r.pieces)
	if !r.table || n == 0 || r.columns.piped && !r.columns.cut {
		return false
	}
	return r.pieces[n-1].isField() || r.pieces[n-1].Within
}

// begin opens a table. Its columns are of no use where cells ran together.
func (r *reading) begin(kind tableKind, columns []string, l source.Line) {
	r.table, r.errors, r.cells, r.above = kind == fieldTable, kind == errorTable, false, nil
	r.columns, r.stacked = table{}, false
	if kind == errorTable {
		r.width = len(columns)
		r.places, _ = label.ErrorHeader(columns)
		r.add(headRow(l, r.places[0] >= 0))
		return
	}
	if r.inner > 0 {
		return // the format says where the table belongs
	}
	if r.shown && r.section == label.NoSection {
		r.answer(l)
	}
	r.shown = false
	r.head(l)
	r.pieces[len(r.pieces)-1].indent = width(l.Text)
}

// answer gives a page that lost its headings the one above the table that
// follows the example of the request.
func (r *reading) answer(l source.Line) {
	r.section = label.Answer
	r.add(block.Block{Kind: block.Heading, Text: "返回参数", Pos: l.Pos(0)})
}

// field reads a row.
func (r *reading) field(l source.Line) bool {
	p, ok := row(l)
	if !ok {
		return false
	}
	p.indent = width(l.Text)
	r.placed(&p)
	text := p.Field.Text
	p.Field.Text = ""
	r.addField(p)
	r.columns.piped = false
	if at := strings.LastIndex(l.Text, text); text != "" && at >= 0 {
		r.describe(l.Slice(at, at+len(text)))
	}
	return true
}

// describe gives lines to the last field. The flag, the place and even the
// length may have fallen to the line below the row.
func (r *reading) describe(l source.Line) {
	if r.foreign {
		return
	}
	if f := r.newest(); f != nil && f.isField() {
		l = f.fallen(l.Trim())
		r.placed(f)
	}
	for _, s := range sentences(exampleText(l)) {
		r.within(s)
	}
}

func (p pieces) newest() *piece {
	if len(p) == 0 {
		return nil
	}
	return &p[len(p)-1]
}

var (
	fallenLength = regexp.MustCompile(`^[\[(（]\s*\d+\s*(?:[,，]\s*\d+\s*)?[\])）]`)
	bareType     = regexp.MustCompile(`^[A-Za-z0-9]+$`)
)

// fallen takes what belongs to the row off the line below it.
func (p *piece) fallen(l source.Line) source.Line {
	if m := fallenLength.FindString(l.Text); m != "" && bareType.MatchString(p.Field.Type) {
		p.Field.Type += m
		l = l.Slice(len(m), len(l.Text)).Trim()
	}
	if flag := rowFlag.FindString(l.Text); flag != "" && p.Field.Need == "" && p.Field.Place == "" {
		p.Field.Need, p.Field.At.Need = strings.TrimFunc(flag, blank), l.Pos(0)
		l = l.Slice(len(flag), len(l.Text)).Trim()
	}
	if place, rest := label.SplitPlace(l.Text); place != "" && p.Field.Place == "" {
		p.Field.Place, p.Field.At.Place = string(place), l.Pos(0)
		l = l.Slice(len(l.Text)-len(rest), len(l.Text)).Trim()
	}
	return l
}

func (p *pieces) within(l source.Line) {
	if l = l.Trim(); l.Text != "" {
		p.add(block.Block{Kind: block.Line, Text: l.Text, Within: true, Pos: l.Pos(0)})
	}
}
