package load

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a spec. Lines and columns count from 1; a zero line
// means the file as a whole.
type Pos struct {
	File string
	Line int
	Col  int
}

// String gives the place in the form that editors and terminals link.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Problem is one thing that is wrong with a spec: where, what, and how to
// mend it.
type Problem struct {
	Pos    Pos
	What   string
	Remedy string
}

// Error gives the problem as one line, file:line:col: what (how to mend it).
func (p Problem) Error() string {
	if p.Remedy == "" {
		return fmt.Sprintf("%s: %s", p.Pos, p.What)
	}
	return fmt.Sprintf("%s: %s (%s)", p.Pos, p.What, p.Remedy)
}

// Problems holds all that was found in a run. As an error it reads one
// problem a line.
type Problems []Problem

// Error lists every problem on a line of its own.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Add notes a problem at a place, unless there are more than anybody reads.
func (ps *Problems) Add(pos Pos, remedy, format string, args ...any) {
	if len(*ps) >= maxProblems {
		return
	}
	for i, arg := range args {
		if text, ok := arg.(string); ok && len(text) > maxText {
			args[i] = strings.ToValidUTF8(text[:maxText], "") + "…"
		}
	}
	*ps = append(*ps, Problem{Pos: pos, What: fmt.Sprintf(format, args...), Remedy: remedy})
}

// Join puts the problems of several errors together. An error that is no
// Problems is more serious than they are, and comes alone.
func Join(errs ...error) error {
	var problems Problems
	for _, err := range errs {
		if found, ok := errors.AsType[Problems](err); ok {
			problems = append(problems, found...)
		} else if err != nil {
			return err
		}
	}
	return problems.Err()
}

// Err gives the problems in the order of files and lines, without
// repetitions, as an error; nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			strings.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			strings.Compare(a.What, b.What),
		)
	})
	return slices.Compact(sorted)
}
