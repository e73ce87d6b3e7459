package assemble

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// titles remembers what may be the title of the operation that comes next.
type titles struct {
	headings []heading         // that open no section, each deeper than the one before
	first    page.Fact[string] // the first line that looks like a title
	last     page.Fact[string] // the last line
	headed   bool              // the format has titles in headings only
	section  int               // level of the heading 接口说明, 0 if unknown
}

type heading struct {
	text  page.Fact[string]
	level int
}

var (
	sentence = regexp.MustCompile(`[。,，;；!！?？:：]|^[0-9]+$|^https?:`)
	han      = regexp.MustCompile(`\p{Han}|API`)
	chapter  = regexp.MustCompile(`^(?:[0-9]+(?:\.[0-9]+)*|[一二三四五六七八九十]+)[、.．\s]`)
)

// longestTitle is the most characters that a title has.
const longestTitle = 60

func (t *titles) line(text string, pos page.Pos) {
	t.last = page.Said(text, pos)
	if !t.headed && !t.first.Known() && likeTitle(text) {
		t.first = t.last
	}
}

func (t *titles) head(text string, level int, pos page.Pos) {
	for n := len(t.headings); n > 0 && (level == 0 || t.headings[n-1].level >= level); n-- {
		t.headings = t.headings[:n-1]
	}
	text = strings.Trim(text, "# *")
	if text != "" && !chapter.MatchString(text) && len([]rune(text)) <= longestTitle {
		t.headings = append(t.headings, heading{page.Said(text, pos), level})
	}
}

// heading is the one that the operation stands under: the deepest above
// 接口说明. Where that is no heading itself, a title is one of level 1 if the
// format marks titles, and the last one otherwise.
func (t *titles) heading() page.Fact[string] {
	for n := len(t.headings) - 1; n >= 0; n-- {
		h := t.headings[n]
		if t.section > 0 && h.level < t.section || t.section == 0 && (!t.headed || h.level <= 1) {
			return h.text
		}
	}
	return page.Fact[string]{}
}

func likeTitle(text string) bool {
	return len([]rune(text)) <= longestTitle && !sentence.MatchString(text) && han.MatchString(text)
}

// beforeDate is the title as the line before the date has it.
func (t *titles) beforeDate() page.Fact[string] {
	if h := t.heading(); h.Known() && (t.headed || !t.last.Known() || h.Pos.Line > t.last.Pos.Line) {
		return h
	}
	if t.last.Known() && len([]rune(t.last.Value)) <= longestTitle {
		return t.last
	}
	return page.Fact[string]{}
}

// best is the title where no date says which line it is.
func (t *titles) best() page.Fact[string] {
	if h := t.heading(); h.Known() {
		return h
	}
	return t.first
}

// clear forgets everything: what comes belongs to another operation.
func (t *titles) clear() { *t = titles{headed: t.headed} }

// entitle gives an operation its title.
func (d *draft) entitle(title page.Fact[string]) {
	if d.op.Title.Known() || !title.Known() {
		return
	}
	title.Value = label.Title(title.Value)
	d.op.Title = title
}
