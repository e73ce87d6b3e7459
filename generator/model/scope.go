package model

import (
	"strconv"

	"github.com/wxgen/wxgen/generator/load"
)

// scope holds the names that a package declares. Names that a person chose
// (operationId, component names, x-go-name) come first and must not collide;
// names that wxgen makes up give way to them and to each other, in the order
// of the file, and every such case is noted.
type scope struct {
	names map[string]holder
}

type holder struct {
	what string
	pos  load.Pos
}

func newScope() *scope {
	s := &scope{names: map[string]holder{}}
	for _, name := range []string{"Client", "NewClient"} {
		s.names[name] = holder{what: "a name that every package declares"}
	}
	return s
}

// pin takes a name that was chosen by a person.
func (s *scope) pin(name, what string, pos load.Pos, problems *load.Problems) {
	if h, ok := s.names[name]; ok {
		at := ""
		if h.pos.Line > 0 {
			at = " at " + h.pos.String()
		}
		problems.Add(pos, "rename one of them, or pin another name with x-go-name",
			"%s and %s%s would both be called %s in Go", what, h.what, at, name)
		return
	}
	s.names[name] = holder{what: what, pos: pos}
}

// free tells whether nobody has the name.
func (s *scope) free(name string) bool {
	_, taken := s.names[name]
	return !taken
}

// take gives the first free of the candidates, or the last one with a number.
func (s *scope) take(what string, pos load.Pos, candidates ...string) string {
	for _, c := range candidates {
		if s.free(c) {
			s.names[c] = holder{what: what, pos: pos}
			return c
		}
	}
	last := candidates[len(candidates)-1]
	for n := 2; ; n++ {
		if c := last + strconv.Itoa(n); s.free(c) {
			s.names[c] = holder{what: what, pos: pos}
			return c
		}
	}
}
