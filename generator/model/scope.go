package model

import (
	"strconv"

	"github.com/wxgen/wxgen/generator/load"
)

// scope holds the names that a package declares. Names that a person chose
// (operationId, component names, x-go-name) come first and must not collide;
// names that wxgen makes up give way to them and to each other, in the order
// of the file, and every such case is noted.
//
// A name that was made up in an earlier run belongs to its place, so that an
// operation that is added never renames what others have.
type scope struct {
	names  map[string]holder
	kept   map[string]string // place → name
	places map[string]string // name → place
}

type holder struct {
	what string
	pos  load.Pos
}

func newScope(kept map[string]string) *scope {
	s := &scope{names: map[string]holder{}, kept: kept, places: make(map[string]string, len(kept))}
	for place, name := range kept {
		s.places[name] = place
	}
	for _, name := range []string{"Client", "NewClient"} {
		s.names[name] = holder{what: "what every package declares"}
	}
	return s
}

// pin takes a name that was chosen by a person; remedy tells how to choose
// another one.
func (s *scope) pin(name, what, remedy string, pos load.Pos, problems *load.Problems) {
	if h, ok := s.names[name]; ok {
		at := ""
		if h.pos.Line > 0 {
			at = " at " + h.pos.String()
		}
		problems.Add(pos, remedy,
			"%s and %s%s would both be called %s in Go", what, h.what, at, name)
		return
	}
	s.names[name] = holder{what: what, pos: pos}
}

// free tells whether nobody has the name.
func (s *scope) free(name, place string) bool {
	_, taken := s.names[name]
	owner, kept := s.places[name]
	return !taken && (!kept || owner == place || name == s.kept[place])
}

// take gives the first free of the candidates, or the last one with a number.
func (s *scope) take(what, place string, pos load.Pos, candidates ...string) string {
	for _, c := range candidates {
		if s.free(c, place) {
			s.names[c] = holder{what: what, pos: pos}
			return c
		}
	}
	last := candidates[len(candidates)-1]
	for n := 2; ; n++ {
		if c := last + strconv.Itoa(n); s.free(c, place) {
			s.names[c] = holder{what: what, pos: pos}
			return c
		}
	}
}
