package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// Finding is one thing that a rule objects to.
type Finding struct {
	Pos     load.Pos
	Rule    string // id of the rule
	Message string
	Remedy  string // how to mend it; may be empty
}

// String gives the finding as one line, file:line:col: message (remedy) [rule].
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s [%s]", f.Pos, strings.ReplaceAll(f.text(), "\n", " "), f.Rule)
}

// text is what a reader needs who sees the place and the rule elsewhere.
func (f Finding) text() string {
	if f.Remedy == "" {
		return f.Message
	}
	return f.Message + " (" + f.Remedy + ")"
}

// sorted gives findings in the order of files and lines, each once: what
// several files share is seen from each of them.
func sorted(found []Finding) []Finding {
	out := slices.Clone(found)
	slices.SortFunc(out, func(a, b Finding) int {
		return cmp.Or(
			strings.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			strings.Compare(a.Rule, b.Rule),
			strings.Compare(a.Message, b.Message),
			strings.Compare(a.Remedy, b.Remedy),
		)
	})
	return slices.Compact(out)
}

// report notes a finding of the rule that is being applied.
type report func(pos load.Pos, remedy, format string, args ...any)
