package input

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/transcribe/page"
)

// patterns choose operations and events, and remember what they chose. They
// may be asked by several goroutines at once.
type patterns struct {
	list []pattern

	mu    sync.Mutex
	fit   map[string]bool // patterns that fitted something
	other map[string]bool // what none fitted
}

type pattern struct {
	text         string
	method, name *regexp.Regexp // method is nil where the pattern names none
}

func newPatterns(texts []string) *patterns {
	p := &patterns{fit: map[string]bool{}, other: map[string]bool{}}
	for _, text := range texts {
		one := pattern{text: text}
		name := strings.TrimSpace(text)
		if method, rest, ok := strings.Cut(name, " "); ok {
			one.method, name = star("(?i)", method), strings.TrimSpace(rest)
		}
		one.name = star("", page.PathKey(name))
		p.list = append(p.list, one)
	}
	return p
}

// star makes a pattern in which * stands for any text.
func star(flags, text string) *regexp.Regexp {
	parts := strings.Split(text, "*")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return regexp.MustCompile(flags + "^" + strings.Join(parts, ".*") + "$")
}

// want tells whether a pattern fits an operation, or an event type, which has
// no method.
func (p *patterns) want(method, name string) bool {
	if len(p.list) == 0 {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	wanted := false
	for _, one := range p.list {
		if (one.method == nil || one.method.MatchString(method)) && one.name.MatchString(page.PathKey(name)) {
			wanted, p.fit[one.text] = true, true
		}
	}
	if !wanted {
		p.other[strings.TrimSpace(method+" "+name)] = true
	}
	return wanted
}

func (p *patterns) skipped() []string { return slices.Sorted(maps.Keys(p.other)) }

func (p *patterns) unfit() []string {
	var out []string
	for _, one := range p.list {
		if !p.fit[one.text] {
			out = append(out, one.text)
		}
	}
	return out
}
