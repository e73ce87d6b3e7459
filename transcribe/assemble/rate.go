package assemble

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// rates takes limits of calls from a line, and from those of a list below a
// line that announces them.
func (b *builder) rates(text string, pos page.Pos) bool {
	switch b.section {
	case label.NoSection, label.Interface, label.Download, label.Answer, label.AnswerExample, label.Errors, label.CommonErrors,
		label.BusinessErrors, label.Request, label.RequestExample:
	default:
		return false
	}
	limits, some := label.Rates(text)
	if len(limits) == 0 && !some && b.rating {
		limits, some = label.RatesBelow(text)
	}
	b.rating = len(limits) > 0 || some || label.RateHead(text)
	if len(limits) == 0 && !some {
		return false
	}
	d := b.current()
	for _, limit := range limits {
		if limit.Of != "" {
			d.owned = append(d.owned, owned{page.Said(limit.RateLimit, pos), limit.Of})
			continue
		}
		d.addRate(page.Said(limit.RateLimit, pos))
	}
	if some {
		d.partial = append(d.partial, pos)
	}
	return len(limits) > 0
}

// owned is a limit that a page gives for a call that it names, which is this
// one or another.
type owned struct {
	limit page.Fact[page.RateLimit]
	of    string
}

// ownRates takes the limits that are this operation's: those of the only call
// that the page names, and of several calls those of the one that is called as
// the page is.
func (b *builder) ownRates(d *draft) {
	title, name := d.op.Title.Value, ""
	for _, o := range d.owned {
		alike := title != "" && (strings.Contains(title, o.of) || strings.Contains(o.of, title))
		if o.of == title || alike && name != title {
			name = o.of
		}
	}
	for _, o := range d.owned {
		if o.of == name || !slices.ContainsFunc(d.owned, func(x owned) bool { return x.of != o.of }) {
			d.addRate(o.limit)
			continue
		}
		b.find(o.limit.Pos, page.Doubt, nameOf(&d.op), fmt.Sprintf("a limit of calls that the page gives for %s is left out", clip(o.of)), "put it where that call is, if it is this one")
	}
}

// addRate adds a limit once. One with a dimension replaces the same without.
func (d *draft) addRate(limit page.Fact[page.RateLimit]) {
	for i, have := range d.op.RateLimits {
		same := have.Value.Requests == limit.Value.Requests && have.Value.Seconds == limit.Value.Seconds
		if same && (have.Value.Per == limit.Value.Per || limit.Value.Per == "") {
			return
		}
		if same && have.Value.Per == "" {
			d.op.RateLimits[i] = limit
			return
		}
	}
	d.op.RateLimits = append(d.op.RateLimits, limit)
}
