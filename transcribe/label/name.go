package label

import (
	"regexp"
	"strings"
)

// Name is a line of the doc centre that opens a field.
type Name struct {
	Name string
	Need string // 必填, as written: for Need
	Type string // string(32), as written: for Type; empty if the line has none
	// Offsets of the three in the text given, in bytes; -1 if absent.
	NameAt, NeedAt, TypeAt int
}

// The blanks between the parts may be missing: color必填string.
var nameLine = regexp.MustCompile(`^[\s\p{Z}\p{Cf}•·●?+*-]*([A-Za-z_][\w-]*(?:\{n\})?(?:\[\])?(?:\.[A-Za-z_][\w-]*)*)[\s\p{Z}\p{Cf}]*` +
	`(必填|选填|条件选填|条件必填|[二两三四五多]选一|选传|必传)[\s\p{Z}\p{Cf}]*([A-Za-z][A-Za-z0-9_/<>]*(?:[\s\p{Z}]*[\[\(（【<][^】\])）>]*[\])）】>\]]*)*)?[\s\p{Z}\p{Cf}]*$`)

// NameLine reads a line that opens a field: "gadget_id  必填 string(32)".
func NameLine(s string) (Name, bool) {
	if len(s) > 200 || !strings.ContainsAny(s, "填选传") {
		return Name{}, false
	}
	m := nameLine.FindStringSubmatchIndex(s)
	if m == nil {
		return Name{}, false
	}
	n := Name{Name: s[m[2]:m[3]], NameAt: m[2], Need: s[m[4]:m[5]], NeedAt: m[4], TypeAt: -1}
	if m[6] >= 0 {
		n.Type, n.TypeAt = s[m[6]:m[7]], m[6]
		if _, rest, ok := ParseType(n.Type); !ok && !unreadable(n.Type) || rest != "" {
			return Name{}, false
		}
	}
	return n, true
}

// unreadable are types that pages write and that say nothing: they make a
// line no less a name line.
func unreadable(s string) bool { return strings.Contains(s, "/") }

var fieldName = regexp.MustCompile(`^[A-Za-z_][\w-]*$`)

// FieldName tells whether a word can be the name of a field or a header.
func FieldName(s string) bool { return len(s) <= 80 && fieldName.MatchString(s) }

var shortName = regexp.MustCompile(`^[\s\p{Z}*]*【([^【】]{1,60})】[\s\p{Z}*]*`)

// ShortName splits 【短名】 off the front of a description.
func ShortName(s string) (name, rest string) {
	m := shortName.FindStringSubmatchIndex(s)
	if m == nil {
		return "", s
	}
	words := strings.Fields(strings.Trim(s[m[2]:m[3]], " *\u00a0\u3000"))
	return strings.Join(words, " "), s[m[1]:]
}

// FoldTitle tells the line over members that the doc centre folds away: 属性,
// with a bar or two in flattened copies, or 数组 on older pages.
func FoldTitle(s string) bool {
	if len(s) > 40 {
		return false
	}
	switch strings.Trim(Fold(s), "|*_ +-") {
	case "属性", "数组":
		return true
	}
	return false
}

// EveryCall tells whether a header belongs to every call, so that pages that
// list it say nothing.
func EveryCall(header string) bool {
	switch strings.ToLower(header) {
	case "authorization", "accept", "content-type", "wechatpay-serial", "user-agent", "accept-language", "content-length", "host":
		return true
	}
	return false
}
