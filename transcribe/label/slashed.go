package label

import (
	"regexp"
	"strings"
)

const slashedValue = `[A-Z][A-Z0-9_]+(?:\s*\([^()]{1,40}\))?`

var slashed = regexp.MustCompile(`^(?:\p{Han}{1,12}:)?\s*(` + slashedValue + `(?:\s*/\s*` + slashedValue + `)+)\s*[。;]?$`)

var stateOf = regexp.MustCompile(`^\p{Han}{0,10}(?:状态|类型|方式|结果):`)

// EnumSlashed reads the values of a description that is nothing but values,
// with slashes between them: DRY（已干）/ WET（未干）. Without texts, blanks and
// underscores one may be the name of something (AES/CBC), unless a word like
// 状态 stands before them.
func EnumSlashed(s string) (values, texts []string) {
	if len(s) > 1000 || !strings.Contains(s, "/") {
		return nil, nil
	}
	m := slashed.FindStringSubmatch(strings.ReplaceAll(Fold(s), "`", ""))
	if m == nil || !strings.Contains(m[1], " / ") && !strings.ContainsAny(m[1], "(_") && !stateOf.MatchString(Fold(s)) {
		return nil, nil
	}
	for _, item := range strings.Split(m[1], "/") {
		value, text, _ := strings.Cut(item, "(")
		values = append(values, strings.TrimSpace(value))
		texts = append(texts, strings.TrimRight(strings.TrimSpace(text), ")"))
	}
	return values, texts
}
