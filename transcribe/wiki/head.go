package wiki

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// tableKind is what a table is about, as its head tells.
type tableKind int

const (
	noTable tableKind = iota
	fieldTable
	errorTable
)

// headWords are words of which every head has one. Every line of a document is
// searched for them.
var headWords = []string{"变量", "类型", "状态码", "参数名", "必填", "解决方案", "Field Name", "Status Code", "Variable", "Required"}

func hasHeadWord(text string) bool {
	for _, word := range headWords {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// head reads a line as the head of a table whose cells ran together, and
// gives its cells.
func head(l source.Line) (tableKind, []string, bool) {
	text := l.Text
	if len(text) > 200 || !hasHeadWord(text) {
		return noTable, nil, false
	}
	cells := headCells(text)
	if len(cells) < 3 {
		return noTable, nil, false
	}
	if _, ok := label.ErrorHeader(cells); ok {
		return errorTable, cells, true
	}
	if _, ok := label.CodeHeader(cells); ok && len(cells) == 3 {
		return errorTable, cells, true
	}
	if _, ok := label.FieldColumns(cells); ok {
		return fieldTable, cells, true
	}
	return noTable, nil, false
}

// headCells splits the head of a table. English heads have blanks in their
// cells, which are joined again.
func headCells(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return blank(r) || r == '|' || r == '｜' })
	var cells []string
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) {
			if two := words[i] + " " + words[i+1]; label.Column(two) {
				cells = append(cells, two)
				i++
				continue
			}
		}
		cells = append(cells, words[i])
	}
	return cells
}

// headRow is the head of a table of errors whose rows are made here: they
// have these cells, whatever the head had, but for that of a status that no
// row has.
func headRow(l source.Line, statuses bool) block.Block {
	b := block.Block{Kind: block.Row, Pos: l.Pos(0)}
	words := []string{"状态码", "错误码", "描述", "解决方案"}
	if !statuses {
		words = words[1:]
	}
	for _, text := range words {
		b.Cells = append(b.Cells, block.Cell{Text: text, Header: true, Pos: l.Pos(0)})
	}
	return b
}
