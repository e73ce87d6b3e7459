package spec

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// commonRows stand in the tables of all operations, in this order.
var commonRows = []string{"PARAM_ERROR", "INVALID_REQUEST", "SIGN_ERROR", "SYSTEM_ERROR"}

var commonStatus = map[string]int{"PARAM_ERROR": 400, "INVALID_REQUEST": 400, "SIGN_ERROR": 401, "SYSTEM_ERROR": 500}

// errorTable builds x-wx-errors: the common rows by reference, then the rows
// of the page in its order.
func (b *builder) errorTable(rows []page.ErrorRow, file string) *yaml.Node {
	n := sequence()
	for _, code := range commonRows {
		n.Content = append(n.Content, reference(common(file)+"#/components/x-wx-errors/"+code))
	}
	seen := map[string]bool{}
	for _, row := range rows {
		if isCommon(row) || b.sameAsCommon(row, rows) {
			continue
		}
		built := b.errorRow(row)
		key := fmt.Sprint(row.Status.Value, row.Code.Value, word(built, "description"), row.Description.Value)
		if !seen[key] {
			n.Content = append(n.Content, built)
		}
		seen[key] = true
	}
	return n
}

// isCommon tells whether a row is one that common.yaml has.
func isCommon(row page.ErrorRow) bool {
	if !row.Common {
		return false
	}
	status, ok := commonStatus[row.Code.Value]
	return ok && (!row.Status.Known() || row.Status.Value == status)
}

// sameAsCommon tells whether a row says no more than a common one: tables of
// products repeat them. The short words are those of common.yaml.
func (b *builder) sameAsCommon(row page.ErrorRow, rows []page.ErrorRow) bool {
	if saysCommon(row) && hasAllCommon(rows) {
		return true
	}
	for _, r := range rows {
		if isCommon(r) && r.Code.Value == row.Code.Value && r.Status.Value == row.Status.Value &&
			r.Description.Known() && r.Description.Value == row.Description.Value {
			return true
		}
	}
	want := map[string]string{
		"400 PARAM_ERROR": "参数不合规", "400 INVALID_REQUEST": "请求违反APIv3协议", "401 SIGN_ERROR": "签名没验过", "500 SYSTEM_ERROR": "平台临时故障",
	}
	return want[fmt.Sprintf("%d %s", row.Status.Value, row.Code.Value)] == row.Meaning.Value && row.Meaning.Known()
}

func saysCommon(row page.ErrorRow) bool {
	return label.CommonError(row.Status.Value, row.Code.Value, row.Description.Value)
}

// hasAllCommon tells whether a table has all common rows in the words that they
// have everywhere. One of them alone may be meant for the operation.
func hasAllCommon(rows []page.ErrorRow) bool {
	for _, code := range commonRows {
		if !slices.ContainsFunc(rows, func(r page.ErrorRow) bool { return r.Code.Value == code && saysCommon(r) }) {
			return false
		}
	}
	return true
}

// errorRow builds a row of the operation's own. Its words come from the phrase
// book; a meaning that the book lacks stands alone, for a person to go on.
func (b *builder) errorRow(row page.ErrorRow) *yaml.Node {
	meaning, action := b.meaningOf(row), inBook(row.Action, row.Solution, b.book.Actions)
	description := labelled(meaning, b.book.Meanings[meaning])
	solution := b.book.Actions[action]
	var status *yaml.Node
	if row.Status.Known() {
		status = number(int64(row.Status.Value))
	}
	b.missing(row, meaning, action)
	return mapping(
		pair{"status", status},
		pair{"code", text(row.Code.Value)},
		pair{"description", given(description)},
		pair{"solution", given(solution)},
	)
}

// meaningOf gives the short meaning of a row: the catalogue's, or the page's
// own words where the phrase book has them. Other sentences of a page are not
// ours to carry over.
func (b *builder) meaningOf(row page.ErrorRow) string {
	return inBook(row.Meaning, row.Description, b.book.Meanings)
}

func inBook(short, said page.Fact[string], book map[string]string) string {
	if short.Known() {
		return short.Value
	}
	if book[said.Value] != "" {
		return said.Value
	}
	return ""
}

// missing notes what a person has to write for a row.
func (b *builder) missing(row page.ErrorRow, meaning, action string) {
	var lacks []string
	if !row.Status.Known() {
		lacks = append(lacks, "its status")
	}
	switch {
	case meaning == "":
		lacks = append(lacks, "a short Chinese meaning with its English explanation")
	case b.book.Meanings[meaning] == "":
		lacks = append(lacks, "the English explanation")
	}
	if b.book.Actions[action] == "" {
		what := "the solution"
		if action != "" {
			what += " (" + action + ")"
		}
		lacks = append(lacks, what)
	}
	if len(lacks) > 0 {
		name := row.Code.Value
		if row.Status.Known() {
			name = fmt.Sprintf("%d %s", row.Status.Value, name)
		}
		b.todo = append(b.todo, fmt.Sprintf("Error row %s lacks %s%s.", name, strings.Join(lacks, " and "), lineOf(row.Code.Pos)))
	}
}

func lineOf(pos page.Pos) string {
	if pos.Line == 0 {
		return ""
	}
	return fmt.Sprintf("; it is line %d of the page", pos.Line)
}

// common names common.yaml from the folder of a spec.
func common(file string) string {
	dir := path.Dir(file)
	if dir == "." {
		return "common.yaml"
	}
	return strings.Repeat("../", strings.Count(dir, "/")+1) + "common.yaml"
}
