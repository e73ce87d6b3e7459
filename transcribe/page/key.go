package page

import (
	"regexp"
	"strings"
)

var variable = regexp.MustCompile(`\{[^{}]*\}`)

// Key is alike for all spellings of one operation: names of variables, a slash
// at the end and the case of the method do not count.
func Key(method, path string) string { return strings.ToUpper(method) + " " + PathKey(path) }

// PathKey is the part of the key that is the path.
func PathKey(path string) string {
	return strings.TrimRight(variable.ReplaceAllString(path, "{}"), "/")
}
