package lint

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// ignore is a comment that silences a rule on a line:
//
//	# wxgen:ignore rule-id: reason
//
// It stands on that line, or alone on the line above. Several may stand above
// each other.
type ignore struct {
	pos    load.Pos
	rule   string
	reason string
	line   int // that it silences
	used   bool
}

var directive = regexp.MustCompile(`^#+[ \t]*wxgen:ignore\b[ \t]*([^ \t:]*)[ \t]*:?[ \t]*(.*?)[ \t\r]*$`)

// ignores reads the comments of a file. It reads lines rather than the
// comments that the YAML library attaches to nodes, since those do not know
// the lines that they stand on.
func (f *file) ignores() []*ignore {
	if !bytes.Contains(f.data, []byte("wxgen:ignore")) {
		return nil
	}
	var out []*ignore
	text := f.textLines()
	for i, line := range f.lines {
		at := comment(line)
		if at < 0 || text[i+1] {
			continue
		}
		m := directive.FindStringSubmatch(line[at:])
		if m == nil {
			continue
		}
		col := len([]rune(line[:at])) + 1
		out = append(out, &ignore{
			pos:  load.Pos{File: f.name, Line: i + 1, Col: col},
			rule: m[1], reason: m[2], line: f.silenced(i),
		})
	}
	return out
}

// silenced gives the number of the line that a comment in line i is about.
func (f *file) silenced(i int) int {
	for ; i < len(f.lines); i++ {
		if !strings.HasPrefix(strings.TrimSpace(f.lines[i]), "#") {
			break
		}
	}
	return i + 1
}

// comment gives the index of the # that begins the comment of a line, or -1.
func comment(line string) int {
	var quote byte
	for i := 0; i < len(line); i++ {
		c, first := line[i], i == 0 || strings.IndexByte(" \t[{,:", line[i-1]) >= 0
		switch {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && first:
			quote = c // inside a word it is an apostrophe
		case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		}
	}
	return -1
}

// silence drops findings that a comment silences, and marks those comments.
func silence(found []Finding, ignores map[string][]*ignore) []Finding {
	return slices.DeleteFunc(found, func(one Finding) bool {
		if slices.Contains(always, one.Rule) {
			return false
		}
		silent := false
		for _, ig := range ignores[one.Pos.File] {
			if ig.rule == one.Rule && ig.line == one.Pos.Line && ig.reason != "" {
				ig.used, silent = true, true
			}
		}
		return silent
	})
}

// faultyIgnores tells which comments do not do what they are meant to. Where
// not all files could be looked at, or a rule was left out, it cannot know
// what the comment would have silenced.
func (l *linter) faultyIgnores(all []*seen, whole bool) []Finding {
	var out []Finding
	for _, s := range all {
		for _, ig := range s.ignores {
			one := Finding{Pos: ig.pos, Rule: "ignore"}
			switch {
			case !known(ig.rule):
				one.Message, one.Remedy = "no rule is called "+quoted(ig.rule), "wxgen lint --rules lists them"
			case slices.Contains(always, ig.rule):
				one.Message, one.Remedy = "the rule "+ig.rule+" cannot be silenced", "mend what it tells"
			case ig.reason == "":
				one.Message, one.Remedy = "nothing says why "+ig.rule+" is silenced", "write # wxgen:ignore "+ig.rule+": and the reason"
			case !ig.used && whole && l.applies(ig.rule):
				one.Message, one.Remedy = "the comment silences nothing", "remove it, or move it to the line of the finding"
			default:
				continue
			}
			out = append(out, one)
		}
	}
	return out
}
