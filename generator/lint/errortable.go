package lint

import (
	"fmt"
	"net/http"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
)

// commonRows are those that every table has.
var commonRows = []string{"PARAM_ERROR", "INVALID_REQUEST", "SIGN_ERROR", "SYSTEM_ERROR"}

// checkErrorCommon wants the common rows: any operation can answer them.
func checkErrorCommon(f *file, r report) {
	for _, op := range f.doc.Operations {
		var lacks []string
		for _, code := range commonRows {
			if !hasCommon(op.Errors, code) {
				lacks = append(lacks, code)
			}
		}
		if len(lacks) > 0 {
			r(f.at(op.Pos, "x-wx-errors"), "refer to components/x-wx-errors of common.yaml",
				"the error table of %s lacks common rows: %s", op.ID, strings.Join(lacks, ", "))
		}
	}
}

func hasCommon(rows []*load.ErrorRow, code string) bool {
	for _, row := range rows {
		if row.Common && row.Code == code {
			return true
		}
	}
	return false
}

// ownRows lists the error rows that are written out in the file.
func (f *file) ownRows() []object {
	var out []object
	for _, o := range f.objects {
		_, code := o.member("code")
		_, status := o.member("status")
		if code != nil && status != nil && strings.Contains(o.at, "/x-wx-errors/") {
			out = append(out, o)
		}
	}
	return out
}

// checkErrorTexts looks at the languages of what dialect.schema.json wants as
// "中文: English.".
func checkErrorTexts(f *file, r report) {
	for _, o := range f.ownRows() {
		if key, v := o.member("description"); v != nil {
			label, english, _ := strings.Cut(v.Value, ": ")
			if !strings.ContainsFunc(label, isHan) {
				r(f.pos(key), "write '中文短义: English.'", "the error has no short meaning in Chinese")
			}
			f.wantEnglish(key, english, "explanation", r)
		}
		if key, v := o.member("solution"); v != nil {
			f.wantEnglish(key, v.Value, "solution", r)
		}
	}
}

func (f *file) wantEnglish(key *yaml.Node, s, what string, r report) {
	if !english(s) {
		r(f.pos(key), "say it in English", "the %s of the error is not English", what)
	} else if mark := strayMark(s); mark != 0 {
		r(f.pos(key), "use ASCII punctuation in English", "the %s has the Chinese punctuation mark %c", what, mark)
	}
}

// checkErrorStatus wants a status that HTTP knows.
func checkErrorStatus(f *file, r report) {
	for _, op := range f.doc.Operations {
		for _, row := range op.Errors {
			if http.StatusText(row.Status) == "" {
				r(f.at(row.Pos, "status"), "look it up on the page", "HTTP has no status %d", row.Status)
			}
		}
	}
}

// checkErrorTwice finds rows that say the same. One code may have several
// rows, as long as they mean different things.
func checkErrorTwice(f *file, r report) {
	for _, op := range f.doc.Operations {
		seen := map[string]*load.ErrorRow{}
		for i, row := range op.Errors {
			key := fmt.Sprintf("%d %s %s", row.Status, row.Code, row.Description)
			first := seen[key]
			seen[key] = row
			if first == nil {
				continue
			}
			r(f.rowPos(op, i), "remove one of them", "the row %d %s stands in the error table of %s already", row.Status, row.Code, op.ID)
		}
	}
}

// rowPos is the place of a row in the table itself: the document knows only
// where a row is written out that the table refers to.
func (f *file) rowPos(op *load.Operation, i int) load.Pos {
	_, table := f.byPos[op.Pos].member("x-wx-errors")
	if table == nil || i >= len(table.Content) {
		return op.Pos
	}
	return f.pos(table.Content[i])
}
