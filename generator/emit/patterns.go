package emit

import "github.com/wxgen/wxgen/generator/model"

// hasPatterns tells whether a request holds a pattern somewhere. Only then is
// the operation given what matches them, so that programs without patterns
// are linked without package regexp.
func hasPatterns(request *model.Named) bool {
	return patternSearch{}.named(request)
}

// patternSearch holds the types that were looked into, since types can be
// recursive.
type patternSearch map[*model.Named]bool

func (s patternSearch) named(t *model.Named) bool {
	if t == nil || s[t] {
		return false
	}
	s[t] = true
	for _, f := range t.Fields {
		if f.Limits.Pattern != "" || s.typ(f.Type) {
			return true
		}
	}
	if t.Union == nil {
		return false
	}
	for _, a := range t.Union.Alternatives {
		if s.named(a.Type) {
			return true
		}
	}
	return false
}

func (s patternSearch) typ(t *model.Type) bool {
	return t != nil && (s.named(t.Named) || s.typ(t.Elem))
}
