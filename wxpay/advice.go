package wxpay

import (
	"slices"
	"strings"
)

// Advice is what the documentation says about an error, best row first. Rows of the operation stand before those that all
// operations share, and among several of one code the one whose meaning resembles the message comes first.
type Advice []ErrorRow

// String returns the advice for people, a line each row: the meaning, an arrow, and what to do.
func (a Advice) String() string {
	lines := make([]string, len(a))
	for i, row := range a {
		lines[i] = row.Meaning
		if row.Action != "" {
			lines[i] = strings.TrimSpace(row.Meaning + " → " + row.Action)
		}
	}
	return strings.Join(lines, "\n")
}

// advise collects the rows that fit. Products disagree about statuses, so where no row of the code has the status, those
// with other statuses are better than none.
func advise(e *APIError) Advice {
	strict := append(fitting(e.rows, e, true), fitting(e.common, e, true)...)
	if len(strict) > 0 {
		return strict
	}
	return append(fitting(e.rows, e, false), fitting(e.common, e, false)...)
}

func fitting(rows []ErrorRow, e *APIError, sameStatus bool) Advice {
	type ranked struct {
		row   ErrorRow
		score int
	}
	var fit []ranked
	for _, row := range rows {
		score := likeness(row.Meaning, e.Message)
		statusFits := !sameStatus || row.Status == 0 || row.Status == e.Status
		codeFits := row.Code != "" && row.Code.Is(e.Code)
		if statusFits && (codeFits || row.Code == "" && score >= 50) {
			fit = append(fit, ranked{row, score})
		}
	}
	slices.SortStableFunc(fit, func(a, b ranked) int { return b.score - a.score })
	advice := make(Advice, len(fit))
	for i := range fit {
		advice[i] = fit[i].row
	}
	return advice
}

// likeness returns how much of the shorter of two texts stands in the other, in percent, counted in pairs of neighbouring
// characters. Messages vary in their ends and in inserted numbers, which this forgives.
func likeness(meaning, message string) int {
	meaning, _, _ = strings.Cut(meaning, ": ") // the label in Chinese, as the platform writes; English follows
	a, b := pairs(meaning), pairs(message)
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for pair := range a {
		if b[pair] {
			common++
		}
	}
	return 100 * common / min(len(a), len(b))
}

func pairs(text string) map[[2]rune]bool {
	set := make(map[[2]rune]bool)
	var last rune
	for _, r := range cut(text, 1024) {
		if last != 0 {
			set[[2]rune{last, r}] = true
		}
		last = r
	}
	return set
}
