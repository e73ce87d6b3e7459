package emit

import (
	"net/url"
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// operations writes a table entry an operation: constants only, so that they
// cost nothing at start-up, and the linker drops those that are not called.
func (e *emitter) operations(f *jen.File) {
	for i, table := range e.pkg.ErrorTables {
		comment(f.Group, []string{"The rows that the error tables of this package share."})
		f.Var().Id(commonTable(i)).Op("=").Add(e.rows(table))
		f.Line()
	}
	for _, op := range e.pkg.Operations {
		facts := e.operation(op)
		layout := lines
		// One with nothing but a name and a path is a line of a table.
		layout.Multi = len(facts) > 3
		f.Var().Id(op.Var).Op("=").Add(e.runtime("Operation")).Custom(layout, facts...)
		if layout.Multi {
			f.Line()
		}
	}
}

func commonTable(i int) string {
	if i == 0 {
		return "commonErrors"
	}
	return "commonErrors" + strconv.Itoa(i+1)
}

func (e *emitter) operation(op *model.Operation) []jen.Code {
	spec := op.Spec
	return entries(
		entry("Name", jen.Lit(e.pkg.Name+"."+op.Name)),
		entry("Method", jen.Lit(spec.Method)),
		entry("Path", jen.Lit(spec.Path)),
		entryIf(len(e.hosts(spec)) > 0, "Hosts", func() jen.Code { return texts(e.hosts(spec)) }),
		entryIf(spec.Idempotent && spec.Method != "GET", "Idempotent", func() jen.Code { return jen.True() }),
		entryIf(spec.Unsigned, "Unsigned", func() jen.Code { return jen.True() }),
		entryIf(hasPatterns(op.Request), "MatchPattern", func() jen.Code { return e.runtime("MatchPattern") }),
		entryIf(len(spec.RateLimits) > 0, "RateLimits", func() jen.Code { return e.rateLimits(spec.RateLimits) }),
		entryIf(len(op.Errors) > 0, "Errors", func() jen.Code { return e.rows(op.Errors) }),
		entryIf(op.Common >= 0, "CommonErrors", func() jen.Code { return jen.Id(commonTable(op.Common)) }),
	)
}

// lines sets each entry of a literal on a line of its own.
var lines = jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}

func entry(key string, value jen.Code) jen.Code { return jen.Id(key).Op(":").Add(value) }

func entryIf(wanted bool, key string, value func() jen.Code) jen.Code {
	if !wanted {
		return nil
	}
	return entry(key, value())
}

func entries(all ...jen.Code) []jen.Code {
	out := all[:0]
	for _, e := range all {
		if e != nil {
			out = append(out, e)
		}
	}
	return out
}

func texts(values []string) jen.Code {
	return jen.Index().String().ValuesFunc(func(g *jen.Group) {
		for _, v := range values {
			g.Lit(v)
		}
	})
}

// hosts names the hosts that serve an operation, unless they are the ones that
// the runtime uses anyway.
func (e *emitter) hosts(op *load.Operation) []string {
	servers := op.Servers
	if servers == nil {
		servers = e.pkg.Spec.Servers
	}
	var out []string
	for _, s := range servers {
		if u, err := url.Parse(s.URL); err == nil {
			out = append(out, u.Host)
		}
	}
	if len(out) == 0 || out[0] == "api.mch.weixin.qq.com" {
		return nil
	}
	return out
}

func (e *emitter) rateLimits(limits []load.RateLimit) jen.Code {
	return jen.Index().Add(e.runtime("RateLimit")).CustomFunc(lines, func(g *jen.Group) {
		for _, l := range limits {
			g.Values(entry("Requests", jen.Lit(l.Requests)), entry("Period", durationOf(l.Period)), entry("Per", jen.Lit(l.Per)))
		}
	})
}

func durationOf(d time.Duration) jen.Code {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}} {
		switch {
		case d == unit.size:
			return jen.Qual("time", unit.name)
		case d%unit.size == 0:
			return jen.Lit(int(d/unit.size)).Op("*").Qual("time", unit.name)
		}
	}
	return jen.Lit(int(d/time.Millisecond)).Op("*").Qual("time", "Millisecond")
}

func (e *emitter) rows(rows []*load.ErrorRow) *jen.Statement {
	return jen.Index().Add(e.runtime("ErrorRow")).CustomFunc(lines, func(g *jen.Group) {
		for _, row := range rows {
			g.Values(entries(
				entry("Status", jen.Lit(row.Status)),
				entry("Code", jen.Lit(row.Code)),
				entryIf(row.Description != "", "Meaning", func() jen.Code { return jen.Lit(row.Description) }),
				entryIf(row.Solution != "", "Action", func() jen.Code { return jen.Lit(row.Solution) }),
			)...)
		}
	})
}
