package diff

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// sentinels compares the constants for error codes that a package declares.
func (c *comparison) sentinels() {
	both, gone, came := match(c.old.ErrorCodes, c.new.ErrorCodes,
		func(a, b model.ErrorCode) bool { return a.Code == b.Code },
		func(a, b model.ErrorCode) bool { return a.Name == b.Name })
	for _, e := range both {
		oldPos, newPos := e.old.Rows[0].Pos, e.new.Rows[0].Pos
		c.addIf("sentinel-renamed", "the constant of "+e.new.Code+" has another name", e.old.Name, e.new.Name, oldPos, newPos)
		c.addIf("constant-value-changed", "the constant "+e.new.Name+" stands for another value", e.old.Code, e.new.Code, oldPos, newPos)
	}
	for _, e := range gone {
		c.add("sentinel-removed", "the constant "+e.Name+" is gone", e.Code, "", e.Rows[0].Pos, load.Pos{})
	}
	for _, e := range came {
		c.add("sentinel-added", "the constant "+e.Name+" is new", "", e.Code, load.Pos{}, e.Rows[0].Pos)
	}
}

// errorCode is what an error table says of one code.
type errorCode struct {
	code string
	rows []*load.ErrorRow
}

// byCode puts the rows of a table together that bear the same code.
func byCode(rows []*load.ErrorRow) []errorCode {
	var out []errorCode
	for _, row := range rows {
		i := slices.IndexFunc(out, func(e errorCode) bool { return e.code == row.Code })
		if i < 0 {
			i, out = len(out), append(out, errorCode{code: row.Code})
		}
		out[i].rows = append(out[i].rows, row)
	}
	return out
}

// statuses lists the HTTP statuses of a code.
func (e errorCode) statuses() string {
	var out []string
	for _, row := range e.rows {
		out = append(out, strconv.Itoa(row.Status))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// errorTable compares what an operation may answer when it fails. Whether a row
// is a common one makes no difference to a program.
func (c *comparison) errorTable(a, b *load.Operation) {
	both, gone, came := match(byCode(a.Errors), byCode(b.Errors), func(x, y errorCode) bool { return x.code == y.code })
	for _, e := range both {
		if e.old.statuses() != e.new.statuses() {
			c.add("error-status-changed", "the error code "+e.new.code+" comes with another status",
				e.old.statuses(), e.new.statuses(), e.old.rows[0].Pos, e.new.rows[0].Pos)
			continue
		}
		c.advice(e.new.code, e.old.rows, e.new.rows)
	}
	for _, e := range came {
		c.add("error-code-added", "the error code "+e.code+" is new", "", e.statuses(), load.Pos{}, e.rows[0].Pos)
	}
	for _, e := range gone {
		c.add("error-code-removed", "the error code "+e.code+" is gone", e.statuses(), "", e.rows[0].Pos, load.Pos{})
	}
}

// advice compares the words of a code's rows.
func (c *comparison) advice(code string, olds, news []*load.ErrorRow) {
	both, gone, came := match(olds, news,
		func(x, y *load.ErrorRow) bool { return advice(x) == advice(y) && x.Status == y.Status },
		func(x, y *load.ErrorRow) bool { return x.Status == y.Status })
	what := "the advice for " + code + " changed"
	for _, row := range both {
		c.addIf("error-rows-changed", what, advice(row.old), advice(row.new), row.old.Pos, row.new.Pos)
	}
	for _, row := range gone {
		c.add("error-rows-changed", what, advice(row), "", row.Pos, load.Pos{})
	}
	for _, row := range came {
		c.add("error-rows-changed", what, "", advice(row), load.Pos{}, row.Pos)
	}
}

func advice(row *load.ErrorRow) string {
	return strings.TrimSpace(row.Description + " " + row.Solution)
}
