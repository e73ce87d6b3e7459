package label

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Bound is a limit that a sentence states.
type Bound struct {
	What  BoundKind
	Value int64
}

// BoundKind says what a Bound limits.
type BoundKind string

// The kinds of bounds.
const (
	MinLength BoundKind = "min-length"
	MaxLength BoundKind = "max-length"
	MinItems  BoundKind = "min-items"
	MaxItems  BoundKind = "max-items"
	Minimum   BoundKind = "minimum"
	Maximum   BoundKind = "maximum"
)

// numberRange is the range of a number, in a rule or in running text.
var numberRange = regexp.MustCompile(`(?:取值范围|数值范围|范围)[^0-9【\[。;,]{0,4}[【\[(]\s*(\d{1,18})\s*[,~\-]\s*(\d{1,18})\s*[】\])]`)

// plainRange is one without brackets, which has to end its clause.
var plainRange = regexp.MustCompile(`(?:^|[^\p{Han}]|取值|数值|大小)范围(?:为|是|:)*\s*(\d{1,18})\s*[~\-]\s*(\d{1,18})\s*(?:[。,;)]|$)`)

// ruleBounds are the forms of 校验规则 and 特殊规则.
var ruleBounds = []struct {
	form     *regexp.Regexp
	min, max BoundKind // of the first and second group
}{
	{regexp.MustCompile(`字符(?:长度|数|串长度)[^0-9【\[。;,]{0,8}[【\[(]\s*(\d{1,9})\s*[,~\-]\s*(\d{1,9})\s*[】\])]`), MinLength, MaxLength},
	{regexp.MustCompile(`(?:条目个数|数组长度|元素个数|条目数)[^0-9【\[。;,]{0,8}[【\[(]\s*(\d{1,9})\s*[,~\-]\s*(\d{1,9})\s*[】\])]`), MinItems, MaxItems},
	{numberRange, Minimum, Maximum},
	{regexp.MustCompile(`(?:最小长度|最短)\s*[:为是]?\s*(\d{1,9})(?:个?(?:字符|字|位))?(?:[。,;、)\s]|$)`), MinLength, ""},
	{regexp.MustCompile(`(?:最大长度|最长|长度不超过|长度最大为?)\s*[:为是]?\s*(\d{1,9})(?:个?(?:字符|字|位))?(?:[。,;、)\s]|$)`), MaxLength, ""},
	{regexp.MustCompile(`(?:最小条目个数|最少条目数)\s*[:为是]?\s*(\d{1,9})(?:个|条)?(?:[。,;、)\s]|$)`), MinItems, ""},
	{regexp.MustCompile(`(?:最大条目个数|最多条目数)\s*[:为是]?\s*(\d{1,9})(?:个|条)?(?:[。,;、)\s]|$)`), MaxItems, ""},
}

// proseNumbers are the forms of a number's bounds in running text. The number
// has to end its clause: 最大100元 and 不超过10个 speak of something else.
var proseNumbers = []struct {
	form *regexp.Regexp
	kind BoundKind
}{
	{regexp.MustCompile(`(?:^|[,。;、:】\s(])(?:最大值?|最大值?为|最大取值|最大取值为|不超过|不能超过|不大于|最大不超过|取值不超过|上限为?|最大支持)\s*[:为]?\s*(\d{1,15})\s*(?:[。;)]|,(?:\D|$)|$)`), Maximum},
	{regexp.MustCompile(`(?:^|[,。;、:】\s(])(?:最小值?|最小值?为|最小取值|最小取值为|不小于|不能小于|最小不小于)\s*[:为]?\s*(\d{1,15})\s*(?:[。;)]|,(?:\D|$)|$)`), Minimum},
}

// proseLengths are the forms of a string's lengths in running text.
var (
	proseRange = regexp.MustCompile(`(?i)(?:^|[^0-9.,\-~])(\d{1,5})\s*(?:-|~|至|到)\s*(\d{1,5})\s*个?\s*(?:utf-?8)?\s*字符`)
	proseMax   = regexp.MustCompile(`(?i)(?:不超过|不能超过|最长|最多|最大长度|最大|最多允许)(?:为|:|支持)?\s*(\d{1,6})\s*[个位]?\s*(?:utf-?8)?\s*字符`)
)

// Rules reads the bounds that a 校验规则 or 特殊规则 states. Of a value other
// than a string, lengths mean nothing and are left out.
func Rules(s string, t page.Type) []Bound {
	text := Fold(s)
	var bounds []Bound
	for _, rule := range ruleBounds {
		m := rule.form.FindStringSubmatch(text)
		if m == nil || !fits(rule.min, t) || contradicts(bounds, rule.min) {
			continue
		}
		first, second := digits(m[1]), int64(-1)
		if rule.max == "" {
			bounds = append(bounds, Bound{rule.min, first})
			continue
		}
		if second = digits(m[2]); first <= second {
			bounds = append(bounds, Bound{rule.min, first}, Bound{rule.max, second})
		}
	}
	return bounds
}

// Prose reads the bounds that a description mentions by the way. They are
// weaker than those of cells and rules, and only unambiguous forms count.
func Prose(s string, t page.Type) []Bound {
	text := Fold(s)
	var bounds []Bound
	switch t {
	case page.Integer, page.Number:
		for _, form := range []*regexp.Regexp{numberRange, plainRange} {
			m := form.FindAllStringSubmatch(text, -1)
			if len(m) == 1 && digits(m[0][1]) <= digits(m[0][2]) && (form == numberRange || strings.Count(text, "范围") == 1) {
				return []Bound{{Minimum, digits(m[0][1])}, {Maximum, digits(m[0][2])}}
			}
		}
		for _, p := range proseNumbers {
			if found := p.form.FindAllStringSubmatch(text, -1); len(found) == 1 {
				bounds = append(bounds, Bound{p.kind, digits(found[0][1])})
			}
		}
	case page.String:
		return proseString(text)
	case page.Array:
		return proseArray(s)
	}
	return bounds
}

// proseString reads the lengths of a string, if the text names them once.
func proseString(text string) []Bound {
	ranges, tops := proseRange.FindAllStringSubmatch(text, -1), proseMax.FindAllStringSubmatch(text, -1)
	switch {
	case len(ranges) == 1 && len(tops) == 0:
		if first, last := digits(ranges[0][1]), digits(ranges[0][2]); first <= last {
			return []Bound{{MinLength, first}, {MaxLength, last}}
		}
	case len(ranges) == 0 && len(tops) == 1:
		return []Bound{{MaxLength, digits(tops[0][1])}}
	}
	return nil
}

func fits(kind BoundKind, t page.Type) bool {
	switch kind {
	case MinLength, MaxLength:
		return t == page.String || t == page.Array || t == ""
	case MinItems, MaxItems:
		return t == page.Array || t == ""
	case Minimum, Maximum:
		return t == page.Integer || t == page.Number || t == ""
	}
	return false
}

func contradicts(bounds []Bound, kind BoundKind) bool {
	for _, b := range bounds {
		if b.What == kind {
			return true
		}
	}
	return false
}

func digits(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
