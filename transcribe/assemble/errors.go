package assemble

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// errorTable is the table of errors being read.
type errorTable struct {
	common  bool
	known   bool   // the head has been seen
	columns [4]int // status, code, description, solution
	row     *page.ErrorRow
}

// row reads a row of a table that is none of fields.
func (b *builder) row(bl *block.Block) bool {
	b.fields.end()
	texts := make([]string, len(bl.Cells))
	for i, cell := range bl.Cells {
		texts[i] = cell.Text
	}
	if b.eventRow(bl, texts) {
		return true
	}
	if columns, ok := label.ErrorHeader(texts); ok {
		b.table = errorTable{common: b.section == label.CommonErrors, known: true, columns: columns}
		return true
	}
	if !b.inErrors() {
		return withoutFacts[b.section]
	}
	if columns, ok := label.CodeHeader(texts); ok && b.draft != nil && b.draft.op.Path.Known() {
		b.table = errorTable{common: b.section == label.CommonErrors, known: true, columns: columns}
		return true
	}
	if len(bl.Cells) > 0 && bl.Cells[0].Header {
		// The head of another table: what follows are no errors.
		b.table = errorTable{}
		b.section = label.CallFields
		return false
	}
	if !b.table.known {
		b.table.columns = [4]int{0, 1, 2, 3}
	}
	return b.errorRow(bl)
}

func (b *builder) inErrors() bool {
	switch b.section {
	case label.Errors, label.CommonErrors, label.BusinessErrors:
		return true
	}
	return b.table.known && b.draft != nil
}

func (b *builder) errorRow(bl *block.Block) bool {
	cell := func(column int) (block.Cell, bool) {
		at := b.table.columns[column]
		if at < 0 || at >= len(bl.Cells) {
			return block.Cell{}, false
		}
		c := bl.Cells[at]
		if c.Pos.Line == 0 {
			c.Pos = bl.Pos
		}
		return c, true
	}
	var row page.ErrorRow
	previous := b.table.row
	row.Common = b.table.common
	statusCell, _ := cell(0)
	if code, ok := label.ErrorStatus(statusCell.Text); ok {
		row.Status = page.Said(code, statusCell.Pos)
		row.Continued = statusCell.Merged
	} else if strings.TrimSpace(statusCell.Text) != "" {
		return false
	}
	codeCell, _ := cell(1)
	if code, spelt, ok := label.Code(codeCell.Text); ok {
		row.Code, row.Spelt = page.Said(code, codeCell.Pos), spelt
		row.Continued = row.Continued || codeCell.Merged
	} else if strings.TrimSpace(codeCell.Text) != "" {
		b.find(codeCell.Pos, page.Doubt, "errors", "no error code: "+clip(codeCell.Text), "read the row")
		return false
	}
	if b.table.known && b.table.columns[0] < 0 {
		if !label.KnownCode(row.Code.Value) {
			return false
		}
	} else if !b.continues(&row, previous, bl.Pos) {
		return false
	}
	if c, ok := cell(2); ok && strings.TrimSpace(c.Text) != "" {
		row.Description = page.Said(strings.TrimSpace(c.Text), c.Pos)
	}
	if c, ok := cell(3); ok && strings.TrimSpace(c.Text) != "" {
		row.Solution = page.Said(strings.TrimSpace(c.Text), c.Pos)
	}
	d := b.current()
	d.op.Errors = append(d.op.Errors, row)
	d.begun = true
	b.table.row = &d.op.Errors[len(d.op.Errors)-1]
	return true
}

// continues fills status and code from the row above, where merged cells left
// them empty.
func (b *builder) continues(row, previous *page.ErrorRow, pos page.Pos) bool {
	if row.Status.Known() && row.Code.Known() {
		return true
	}
	if previous == nil {
		return false
	}
	if row.Status.Known() && !row.Code.Known() {
		b.find(pos, page.Doubt, "errors", "row with a status and no code", "read the row")
		return false
	}
	row.Continued = true
	row.Status = previous.Status
	if !row.Code.Known() {
		row.Code, row.Spelt = previous.Code, previous.Spelt
	}
	return true
}

// clip shortens a text for a finding.
func clip(s string) string {
	runes := []rune(strings.TrimSpace(s))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}
