package spec

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/page"
)

// errors merges the error table. Rows are alike by status and code, each row
// once; their words are people's.
func (m *merger) errors(rows []page.ErrorRow) {
	if len(rows) == 0 {
		return
	}
	table := value(m.op, "x-wx-errors")
	if table == nil {
		d := fact{at: "x-wx-errors", what: "error table", page: fmt.Sprintf("of %d rows", len(rows)), pos: rows[0].Code.Pos, node: m.op}
		if m.accept(d, true) {
			node := m.b.errorTable(rows, m.f.name)
			m.later = append(m.later, func() { m.f.put(m.op, "x-wx-errors", node, operationOrder) })
		}
		return
	}
	has := map[string][]*yaml.Node{}
	for _, row := range table.Content {
		has[rowKey(row)] = append(has[rowKey(row)], row)
	}
	last := map[string]*yaml.Node{}
	for k, list := range has {
		last[k] = list[len(list)-1]
	}
	for _, row := range rows {
		k := fmt.Sprintf("%d %s", row.Status.Value, row.Code.Value)
		if !row.Status.Known() {
			k = keyOfCode(row.Code.Value, has)
		}
		if i := m.rowLike(row, has[k]); i >= 0 {
			has[k] = slices.Delete(slices.Clone(has[k]), i, i+1)
			continue
		}
		if isCommon(row) || m.b.sameAsCommon(row, rows) {
			continue
		}
		m.addRow(table, row, strings.TrimPrefix(k, "0 "), last[k])
	}
	for _, k := range slices.Sorted(maps.Keys(has)) {
		for _, row := range has[k] {
			if value(row, "$ref") == nil {
				m.differ(fact{at: "x-wx-errors", what: "error row", spec: k, node: row, words: word(row, "code")}, nil)
			}
		}
	}
}

// rowLike finds the row of a spec that stands for a row of the page: a common
// one for a common one if there is a choice.
func (m *merger) rowLike(row page.ErrorRow, list []*yaml.Node) int {
	i := slices.IndexFunc(list, func(n *yaml.Node) bool { return (value(n, "$ref") != nil) == row.Common })
	if i < 0 && len(list) > 0 {
		return 0
	}
	return i
}

// rowKey is status and code of a row, also of one by reference.
func rowKey(row *yaml.Node) string {
	if ref := word(row, "$ref"); ref != "" {
		code := ref[strings.LastIndexByte(ref, '/')+1:]
		return fmt.Sprintf("%d %s", commonStatus[code], code)
	}
	return word(row, "status") + " " + word(row, "code")
}

// keyOfCode finds a row of a code whose status the page lost.
func keyOfCode(code string, has map[string][]*yaml.Node) string {
	for _, k := range slices.Sorted(maps.Keys(has)) {
		if len(has[k]) > 0 && strings.HasSuffix(k, " "+code) {
			return k
		}
	}
	return "0 " + code
}

// addRow puts a row behind the last one of its status and code, or at the end.
func (m *merger) addRow(table *yaml.Node, row page.ErrorRow, name string, behind *yaml.Node) {
	d := fact{at: "x-wx-errors", what: "error row", page: name, pos: row.Code.Pos, node: table, words: row.Code.Value}
	if !m.accept(d, true) {
		return
	}
	node := m.b.errorRow(row)
	m.later = append(m.later, func() {
		if behind == nil || value(behind, "$ref") != nil {
			m.f.addItem(table, node)
			return
		}
		m.f.addItemBehind(table, behind, node)
	})
}
