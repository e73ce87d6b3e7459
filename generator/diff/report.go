package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// Report says what changed from one side to the other, what breaks first.
type Report struct {
	Old     string // the sides, as the user named them
	New     string
	Changes []Change
}

// Change is one thing that differs for a program that uses a package.
type Change struct {
	Class     Class
	Kind      Kind
	Package   string   // its folder
	Operation string   // a method, or a function for a notification; empty: the package as a whole
	Also      []string // others that the very same change concerns
	What      string   // a clause, such as: the type of ListRequest.Limit (limit) changed
	Old, New  string   // what was and what is; empty where there is nothing to say
	OldPos    load.Pos // empty where there is no such place
	NewPos    load.Pos
}

// Breaking tells whether a program may stop to work.
func (r *Report) Breaking() bool {
	return slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Class.Breaking() })
}

// Counts tells how many changes each class has, in the order of the classes.
func (r *Report) Counts() [len(classNames)]int {
	var n [len(classNames)]int
	for _, c := range r.Changes {
		n[c.Class]++
	}
	return n
}

// sort brings the classes into order and, within them, the packages. Within a
// package the order is that of the specs, as the changes were found.
func (r *Report) sort() {
	slices.SortStableFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), strings.Compare(a.Package, b.Package))
	})
}

// names gives the operation with the others that the change concerns.
func (c Change) names() string {
	return strings.Join(append([]string{c.Operation}, c.Also...), ", ")
}
