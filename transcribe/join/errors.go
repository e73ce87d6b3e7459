package join

import (
	"slices"
	"strings"
	"unicode"

	"github.com/wxgen/wxgen/transcribe/page"
)

// errors joins the error tables: rows in page order, each once. The same row
// with other words is that of the newest page.
func (m *merger) errors(tables [][]page.ErrorRow) []page.ErrorRow {
	type key struct {
		status     int
		code, text string
	}
	var rows []page.ErrorRow
	positions := map[key]int{}
	dates := []string{}
	for i, table := range current(m, tables) {
		date := m.versions[i].source.Updated
		for _, row := range table {
			text := row.Description
			if !text.Known() {
				text = row.Meaning
			}
			k := key{row.Status.Value, row.Code.Value, bare(text.Value)}
			at, known := positions[k]
			if !known {
				positions[k] = len(rows)
				rows, dates = append(rows, row), append(dates, date)
				continue
			}
			common := rows[at].Common || row.Common
			if date > dates[at] {
				rows[at], dates[at] = row, date
			}
			rows[at].Common = common
		}
	}
	stated := map[string]bool{}
	for _, row := range rows {
		stated[row.Code.Value] = stated[row.Code.Value] || row.Status.Known()
	}
	// Tables of 2019 have no statuses. Where another page has the code with
	// one, theirs are the same rows.
	return slices.DeleteFunc(rows, func(row page.ErrorRow) bool { return !row.Status.Known() && stated[row.Code.Value] })
}

// bare is a text without blanks and punctuation, which pages set differently.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
