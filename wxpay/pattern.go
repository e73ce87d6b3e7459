package wxpay

import (
	"regexp"
	"sync"
)

// patterns caches the *regexp.Regexp of each pattern. They come from struct tags, so there are no more than the program has.
var patterns sync.Map

// MatchPattern reports whether a text matches a regular expression of Go's syntax. It is for [Operation.MatchPattern], and
// meant for patterns that the program holds: it keeps all that it was ever given.
func MatchPattern(pattern, text string) (bool, error) {
	if compiled, ok := patterns.Load(pattern); ok {
		return compiled.(*regexp.Regexp).MatchString(text), nil
	}
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		return false, err
	}
	patterns.Store(pattern, compiled)
	return compiled.MatchString(text), nil
}
