package diff

import (
	"math/big"

	"github.com/wxgen/wxgen/generator/model"
)

// limits compares what the values of a field are checked against. Only what is
// sent is checked; of what is only received, limits are words.
func (c *comparison) limits(f fieldPair) {
	if f.checked && !f.sent {
		return // told of the request
	}
	for _, l := range []struct {
		what     string
		old, new model.Range
		least    string // a lower bound that says nothing, besides 0
	}{
		{"the length of ", f.old.Limits.Length, f.new.Limits.Length, "1"}, // an empty text counts as not set
		{"the value of ", f.old.Limits.Number, f.new.Limits.Number, ""},
		{"the number of items in ", f.old.Limits.Items, f.new.Limits.Items, emptyList(f)},
		{"the length of each item in ", f.old.Limits.Each, f.new.Limits.Each, "0"},
	} {
		if l.old != l.new {
			f.add(c, f.limitKind(idle(l.old, l.least), idle(l.new, l.least)), l.what+f.subject+" has another limit", rangeText(l.old), rangeText(l.new))
		}
	}
	c.pattern(f)
}

// emptyList is the lower bound that a list meets anyhow: one that is required
// has an item.
func emptyList(f fieldPair) string {
	if f.old.Required && f.new.Required {
		return "1"
	}
	return "0"
}

// idle drops a lower bound that no value can fail.
func idle(r model.Range, least string) model.Range {
	if least != "" && (r.Min == "0" || r.Min == least) {
		r.Min = ""
	}
	return r
}

// limitKind tells whether values that passed could fail now.
func (f fieldPair) limitKind(old, new model.Range) Kind {
	switch {
	case !f.sent || old == new:
		return "limit-restated"
	case above(new.Min, old.Min) || above(flip(new.Max), flip(old.Max)):
		return "limit-tightened"
	}
	return "limit-loosened"
}

// above tells whether a lower bound is stricter than another one. An empty one
// is the least strict.
func above(a, b string) bool {
	if a == "" || b == "" {
		return a != "" && b == ""
	}
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return !okX || !okY || x.Cmp(y) > 0
}

// flip turns an upper bound into the lower bound of the negated value.
func flip(bound string) string {
	if bound == "" {
		return ""
	}
	if bound[0] == '-' {
		return bound[1:]
	}
	return "-" + bound
}

func rangeText(r model.Range) string {
	switch {
	case r.IsZero():
		return "none"
	case r.Max == "":
		return "at least " + r.Min
	case r.Min == "":
		return "at most " + r.Max
	case r.Min == r.Max:
		return "exactly " + r.Min
	}
	return r.Min + " to " + r.Max
}

// pattern compares what a text must look like. Nobody can tell in general
// which of two patterns takes more, so any other one counts as stricter.
func (c *comparison) pattern(f fieldPair) {
	was, is := f.old.Limits.Pattern, f.new.Limits.Pattern
	switch {
	case !f.sent || was == is:
	case is == "":
		f.add(c, "pattern-removed", f.subject+" is checked against no pattern", was, is)
	default:
		f.add(c, "pattern-changed", f.subject+" is checked against another pattern", was, is)
	}
}
