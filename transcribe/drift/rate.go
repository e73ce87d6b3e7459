package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// rates compares the limits of calls.
func (c *comparison) rates(limits []page.Fact[page.RateLimit]) {
	if len(limits) == 0 {
		return
	}
	var said, has []page.RateLimit
	for _, l := range limits {
		said = append(said, l.Value)
	}
	for _, l := range c.spec.RateLimits {
		has = append(has, page.RateLimit{Requests: l.Requests, Seconds: int(l.Period.Seconds()), Per: l.Per})
	}
	if RatesAgree(said, has) {
		return
	}
	c.differ(Difference{Fact: "rate limit", Page: ratesText(said), Spec: ratesText(has), Impact: Breaks,
		PagePos: limits[0].Pos, SpecPos: c.spec.Pos})
}

// RatesAgree tells whether a page and a spec have the same limits of calls.
// Where the page does not say whose calls a limit counts, the spec may.
func RatesAgree(said, has []page.RateLimit) bool {
	rest := slices.Clone(has)
	for _, exact := range []bool{true, false} {
		for _, l := range said {
			if (l.Per != "") != exact {
				continue
			}
			i := slices.IndexFunc(rest, func(h page.RateLimit) bool {
				return h.Requests == l.Requests && h.Seconds == l.Seconds && (h.Per == l.Per || l.Per == "")
			})
			if i < 0 {
				return false
			}
			rest = slices.Delete(rest, i, i+1)
		}
	}
	return len(rest) == 0
}

func ratesText(limits []page.RateLimit) string {
	var out []string
	for _, l := range limits {
		text := fmt.Sprintf("%d in %ds", l.Requests, l.Seconds)
		if l.Per != "" {
			text += " per " + l.Per
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
