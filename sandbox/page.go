package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/wxgen/wxgen/generator/load"
)

// pages knows how many items each list holds.
type pages struct {
	most int // of lists that SetItems was not called for
	mu   sync.Mutex
	of   map[*route]int
}

// SetItems sets how many items the list of an operation holds. The operation is named as in [Rule]. It panics if no operation
// has the name, or if it does not page.
func (s *Server) SetItems(operation string, n int) {
	routes := s.mustSelect(operation)
	for _, r := range routes {
		if r.page() == nil {
			panic("sandbox: " + r.name + " does not page")
		}
	}
	s.pages.mu.Lock()
	defer s.pages.mu.Unlock()
	if s.pages.of == nil {
		s.pages.of = make(map[*route]int)
	}
	for _, r := range routes {
		s.pages.of[r] = max(n, 0)
	}
}

func (p *pages) size(r *route) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n, ok := p.of[r]; ok {
		return n
	}
	return p.most
}

func (r *route) page() *load.Page {
	if r.operation == nil {
		return nil
	}
	return r.operation.Page
}

// defaultLimit is the size of a page where neither the request nor the spec states one.
const defaultLimit = 10

// tokenPrefix begins the tokens of lists that page by token; the number of items before the page follows.
const tokenPrefix = "sandbox-page-"

// serve puts the page that a request asks for into the answer.
func (p *pages) serve(r *route, page *load.Page, answer object, given map[string]any) (object, error) {
	i := answer.index(page.Items)
	if i < 0 {
		answer, i = append(answer, member{page.Items, list{}}), len(answer)
	}
	samples, ok := answer[i].value.(list)
	if !ok {
		return nil, fmt.Errorf("the example of %s has no list under %s, which x-wx-page names", r.name, page.Items)
	}
	total := p.size(r)
	limit := intOf(given[page.Limit], limitOf(page))
	if limit < 1 {
		limit = 1
	}
	first, err := firstItem(page, given, limit)
	if err != nil {
		return nil, err
	}
	last := min(first+min(limit, int64(total)), int64(total))
	items := makeItems(samples, first, last, total, given)
	answer[i].value = items
	if len(items) == 0 && r.needsItems(page.Items) {
		answer = answer.remove(page.Items)
	}
	return describePage(page, answer, given, first, last, limit, total), nil
}

// firstItem returns the number of items before the page.
func firstItem(page *load.Page, given map[string]any, limit int64) (int64, error) {
	if page.Style == "token" {
		text, _ := given[page.Offset].(string)
		number, err := strconv.ParseInt(strings.TrimPrefix(text, tokenPrefix), 10, 64)
		if text != "" && (err != nil || !strings.HasPrefix(text, tokenPrefix)) {
			return 0, paramError(detail{field: page.Offset, value: shorten(text), issue: "is no token that an answer gave", location: "query"})
		}
		return max(number, 0), nil
	}
	offset := max(intOf(given[page.Offset], page.Start)-page.Start, 0)
	if page.Unit == "page" {
		const most = 1 << 20 // pages, so that nothing overflows
		return min(offset, most) * min(limit, most), nil
	}
	return offset, nil
}

// describePage fills in the fields around the items.
func describePage(page *load.Page, answer object, given map[string]any, first, last, limit int64, total int) object {
	setNumber := func(name string, n int64) {
		if i := answer.index(name); name != "" && i >= 0 {
			answer[i].value = sameKind(json.Number(strconv.FormatInt(n, 10)), answer[i].value)
		}
	}
	setNumber(page.Limit, limit)
	setNumber(page.Total, int64(total))
	if page.Style != "token" {
		setNumber(page.Offset, intOf(given[page.Offset], page.Start))
		return answer
	}
	next := ""
	if first < last && last < int64(total) {
		next = tokenPrefix + strconv.FormatInt(last, 10)
	}
	return answer.set(page.Next, next)
}

func limitOf(page *load.Page) int64 {
	if page.MaxLimit > 0 {
		return min(page.MaxLimit, defaultLimit)
	}
	return defaultLimit
}

// intOf reads a number of a request, from JSON or from a query.
func intOf(value any, otherwise int64) int64 {
	text := ""
	switch value := value.(type) {
	case string:
		text = value
	case json.Number:
		text = value.String()
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	return otherwise
}

// needsItems tells whether the answer may not hold an empty list, so that it has to leave the list out.
func (r *route) needsItems(name string) bool {
	media := load.JSON(r.operation.Success().Content)
	if media == nil || media.Schema == nil {
		return false
	}
	property := media.Schema.Target().Property(name)
	if property == nil || media.Schema.Target().IsRequired(name) {
		return false
	}
	least := property.Schema.Target().MinItems
	return least != nil && *least > 0
}

// makeItems makes the items first to last-1 of a list out of its examples. What the request asked for holds for each.
func makeItems(samples list, first, last int64, total int, given map[string]any) list {
	out := list{}
	if len(samples) == 0 {
		return out
	}
	width := len(strconv.Itoa(total))
	for n := first; n < last; n++ {
		item := clone(samples[n%int64(len(samples))])
		number := fmt.Sprintf("%0*d", width, n+1)
		switch value := item.(type) {
		case string:
			item = numbered(value, number)
		case object:
			echo(value, given)
			value.number(number, given)
		}
		out = append(out, item)
	}
	return out
}

// number makes an item differ from the others by its identifier: its first text that is named as one.
func (o object) number(number string, given map[string]any) {
	for _, suffix := range []string{"_id", "_no", "id", "code"} {
		for i := range o {
			text, ok := o[i].value.(string)
			if _, asked := given[o[i].name]; ok && !asked && strings.HasSuffix(o[i].name, suffix) {
				o[i].value = numbered(text, number)
				return
			}
		}
	}
}

// numbered puts a number at the end of a text, in place of as many characters, so that its length stays within limits.
func numbered(text, number string) string {
	count := utf8.RuneCountInString(text)
	if count <= len(number) {
		return text + number
	}
	return string([]rune(text)[:count-len(number)]) + number
}
