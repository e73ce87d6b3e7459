// Package repair mends what happened to pages on their way: mirrors write
// traditional characters and pinyin, browsers copy line numbers into code,
// editors glue several pages into one file. Each kind of damage is a step
// with a name; a step changes nothing on a page that does not bear it, and
// what it changed stands in the page's repairs.
package repair

import (
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// step is a repair of one kind of damage.
type step struct {
	name string
	what string
	// markup says that the step may be used on HTML and Markdown, whose own
	// parsers resolve entities, blanks and code.
	markup bool
	mend   func(*mending)
}

// The steps of a whole document, in their order:
//
//   - comments first, since their prefixes hide everything else;
//   - entities before invisible characters, which they may stand for;
//   - pinyin before damaged groups, which are pinyin that lost its character,
//     and both before simplify, so that the share of traditional characters is
//     counted over the text itself;
//   - simplify before all steps that look for the platform's words (pages,
//     menu, tail);
//   - numbers before one-line, since numbers show truly where lines broke, and
//     both before full-width, which looks at lines of JSON.
var steps = []step{
	{"comments", "took off the prefixes of source comments", false, comments},
	{"entities", "resolved HTML entities", false, entities},
	{"invisible", "made blanks of unusual blanks and dropped invisible characters", true, invisible},
	{"pinyin", "dropped pinyin behind characters", true, pinyin},
	{"damage", "put U+FFFD in place of characters that only their pinyin is left of", true, damage},
	{"simplify", "turned traditional characters into simplified ones", true, simplify},
	{"bullets", "restored bullets that had become question marks", false, bullets},
	{"numbers", "took line numbers out of code", false, numbers},
	{"one-line", "broke programs on one line into lines", false, oneLine},
	{"full-width", "made half-width what names, types and JSON have in full width", false, fullWidth},
	{"hosts", "put the platform's host back in place of a mirror's", true, hosts},
}

// The steps of each page, once a document is split into its pages.
var pageSteps = []step{
	{"menu", "dropped what stands before the title", false, menu},
	{"tail", "dropped what follows the page's end", false, tail},
}

// Text mends a document of plain text and splits it into its pages. There is
// at least one.
func Text(t source.Text) []source.Text {
	pages := split(run(t, steps, nil))
	for i := range pages {
		pages[i] = run(pages[i], pageSteps, nil)
	}
	return pages
}

// Markup mends a document in HTML or Markdown as far as that can be done
// before it is parsed.
func Markup(t source.Text) source.Text {
	return run(t, steps, func(s step) bool { return s.markup })
}

// Names are the names of all steps, in their order.
func Names() []string {
	var names []string
	for _, s := range append(append([]step{}, steps...), pageSteps...) {
		names = append(names, s.name)
	}
	return names
}

// Only runs a single step.
func Only(t source.Text, name string) source.Text {
	only := func(s step) bool { return s.name == name }
	return run(run(t, steps, only), pageSteps, only)
}

func run(t source.Text, steps []step, want func(step) bool) source.Text {
	for _, s := range steps {
		if want != nil && !want(s) {
			continue
		}
		m := mending{lines: t.Lines}
		s.mend(&m)
		if m.count > 0 {
			t = t.With(m.lines)
			t.Repaired(s.name, s.what, m.count, m.first)
		}
	}
	return t
}

// mending is a document under a step.
type mending struct {
	lines []source.Line
	own   bool // lines is no longer the text's own slice
	count int
	first page.Pos
}

// note counts what the step did.
func (m *mending) note(n int, at page.Pos) {
	if n > 0 && m.count == 0 {
		m.first = at
	}
	m.count += n
}

// set puts another line in place of one.
func (m *mending) set(i int, l source.Line) {
	if !m.own {
		m.lines = append([]source.Line(nil), m.lines...)
		m.own = true
	}
	m.lines[i] = l
}

// change applies changes to a line and counts them.
func (m *mending) change(i int, changes []source.Change) {
	if len(changes) == 0 {
		return
	}
	m.note(len(changes), m.lines[i].Pos(changes[0].From))
	m.set(i, m.lines[i].Changed(changes))
}
