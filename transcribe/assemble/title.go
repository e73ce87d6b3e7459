package assemble

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// titles remembers what may be the title of the operation that comes next.
type titles struct {
	heading page.Fact[string] // the last heading that opens no section
	first   page.Fact[string] // the first line that looks like a title
	last    page.Fact[string] // the last line
	headed  bool              // the format has titles in headings only
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
	text = strings.Trim(text, "# *")
	if t.headed && level != 1 || chapter.MatchString(text) || text == "" || len([]rune(text)) > longestTitle {
		return
	}
	if !t.heading.Known() || !t.headed {
		t.heading = page.Said(text, pos)
	}
}

func likeTitle(text string) bool {
	return len([]rune(text)) <= longestTitle && !sentence.MatchString(text) && han.MatchString(text)
}

// beforeDate is the title as the line before the date has it.
func (t *titles) beforeDate() page.Fact[string] {
	if t.heading.Known() && (t.headed || !t.last.Known() || t.heading.Pos.Line > t.last.Pos.Line) {
		return t.heading
	}
	if t.last.Known() && len([]rune(t.last.Value)) <= longestTitle {
		return t.last
	}
	return page.Fact[string]{}
}

// best is the title where no date says which line it is.
func (t *titles) best() page.Fact[string] {
	if t.heading.Known() {
		return t.heading
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
