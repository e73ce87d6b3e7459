package label

import (
	"regexp"
	"strings"
)

var (
	enumFirst = regexp.MustCompile(`^(?:【[^【】]{1,60}】)?[*_\s]*(?:可选取值|可选值|枚举值|枚举值及释义|枚举值说明|以下枚举值?|枚举如下|枚举值如下|取值如下|取值枚举|枚举|取值范围如下|可取值|Enumerated values?|Enum values?|Enumeration|Possible values|Valid values|Options)[*_\s]*(?:[:：]+|$)`)
	enumLast  = regexp.MustCompile(`(?:可选取值|枚举值|枚举值及释义|枚举值说明|以下枚举值?|枚举如下|枚举值如下|取值如下|下面枚举值多选一)[*_\s]*[:：。]*[*_\s]*$|(?:^|[^认])(?:可选值|取值)(?:有|为|包括|说明|含义)?[*_\s]*:+[*_\s]*$`)
	enumMid   = regexp.MustCompile("(?:^|[,。;:】\\s])(?:[^,。;:】\\s]{0,8})?(?:可选取值|枚举值):+\\s*(`?[A-Za-z0-9][A-Za-z0-9_.#-]*`?\\s*:[^/])")
	enumItem  = regexp.MustCompile("^[\\s\\p{Z}•·●\\-*+?]*(?:\\(?\\d{1,2}[、.)]\\s*)?`?(\"?[A-Za-z0-9][A-Za-z0-9_.#\\-]*\"?)`?[\\s\\p{Z}]*(?:[:：]|——|—|–|--| - |-\\s*(?:[\\p{Han}【])|\\((?:[\\p{Han}])|（|,|，|=)[\\s\\p{Z}]*(.*)$")
	enumBare  = regexp.MustCompile("^[\\s\\p{Z}•·●\\-*+?]*`?([A-Za-z0-9][A-Za-z0-9_.#\\-]*)`?[\\s\\p{Z}]*[;；,，、]?$")
	clock     = regexp.MustCompile(`^:(?:mm|\d\d|//)`)
	codeLike  = regexp.MustCompile(`^(?:[A-Z][A-Z0-9]*(?:[_.#][A-Z0-9]+)*|[A-Z0-9]+(?:_[A-Z0-9]+)+)$`)
)

// EnumLabel tells whether a line announces the values of a field (可选取值,
// 枚举值：), at its start, in which case the rest may hold the first values,
// as its last words, or in its middle if a value follows at once.
func EnumLabel(s string) (rest string, ok bool) {
	if len(s) > 4000 || !mayAnnounce(s) {
		return "", false
	}
	text := Fold(s)
	if m := enumFirst.FindString(text); m != "" {
		return strings.TrimLeft(text[len(m):], " :*"), true
	}
	if enumLast.MatchString(text) {
		return "", true
	}
	if m := enumMid.FindStringSubmatchIndex(text); m != nil {
		return text[m[2]:], true
	}
	return "", false
}

func mayAnnounce(s string) bool {
	return strings.Contains(s, "值") || strings.Contains(s, "枚举") || strings.Contains(s, "alues") || strings.Contains(s, "num") || strings.Contains(s, "Options")
}

var enumWords = regexp.MustCompile("(?:可选取值|枚举值):+\\s*((?:`?[A-Z][A-Z0-9_]+`?(?:[ 、,/|]+|[;。]?$))+)$")

// EnumWords reads the values of a line that ends in a label and nothing but
// values: 颜色，枚举值：RED BLUE.
func EnumWords(s string) []string {
	if len(s) > 4000 || !strings.Contains(s, "值") {
		return nil
	}
	m := enumWords.FindStringSubmatch(Fold(s))
	if m == nil {
		return nil
	}
	return strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune(" 、,/|;。`", r) })
}

// EnumItem reads a line of the form VALUE：text. Whether the line is a value
// depends on what stood before it: the caller knows whether a label did.
func EnumItem(s string) (value, text string, ok bool) {
	if len(s) > 2000 {
		return "", "", false
	}
	folded := Fold(circled.ReplaceAllString(s, ""))
	m := enumItem.FindStringSubmatchIndex(folded)
	if m == nil {
		return "", "", false
	}
	text = strings.TrimLeft(folded[m[3]:], "` :-—–=,")
	if clock.MatchString(folded[m[3]:]) {
		return "", "", false // HH:mm:ss, 13:29 and https:// are no values
	}
	return strings.Trim(folded[m[2]:m[3]], `"`), strings.TrimSpace(text), true
}

// circled is an ordinal that Fold would glue to what follows it.
var circled = regexp.MustCompile(`^[\s\p{Z}]*[①-⑳]`)

var enumSpaced = regexp.MustCompile("^[\\s\\p{Z}•·●\\-*+?]*(?:\\(?\\d{1,2}[、.)]\\s*)?`?([A-Z][A-Z0-9_.#]+)`?[\\s\\p{Z}]+(\\p{Han}[^。;]{0,30}?)[。;,]?$")

// EnumSpaced reads a line of a constant and a few words that nothing but a
// blank parts: DRY 已干. Much else has this form, so that the caller has to be
// in a list of values.
func EnumSpaced(s string) (value, text string, ok bool) {
	if len(s) > 200 {
		return "", "", false
	}
	m := enumSpaced.FindStringSubmatch(Fold(circled.ReplaceAllString(s, "")))
	if m == nil || !CodeLike(m[1]) {
		return "", "", false
	}
	return m[1], m[2], true
}

// inlineItem is a value in a line that lists several: each begins at the
// line's start or behind a mark, and has a colon.
var inlineItem = regexp.MustCompile("(?:^|[;,。、:】\\s(]|\\d[.、)]|[\\p{Han})])[\\s]*`?([A-Z][A-Z0-9_]+(?:\\.[A-Z0-9_]+)*)`?\\s?:")

// EnumList reads the values of a line that lists two or more with their
// texts: GLOBAL：全场；SINGLE：单品.
func EnumList(s string) (values, texts []string) { return enumList(s, inlineItem) }

// announcedItem is a value in a line behind a label: it may have any shape,
// but has to stand behind a blank or a mark.
var announcedItem = regexp.MustCompile("(?:^|[;,。、\\s])`?([A-Za-z0-9][A-Za-z0-9_.#-]*)`?\\s?:(?:[^/0-9]|$)")

// EnumListed reads the values of a line behind a label that announces them.
func EnumListed(s string) (values, texts []string) {
	if values, texts = EnumList(s); len(values) > 1 {
		return values, texts
	}
	return enumList(s, announcedItem)
}

func enumList(s string, item *regexp.Regexp) (values, texts []string) {
	if len(s) > 4000 || strings.Count(s, ":")+strings.Count(s, "：") < 2 {
		return nil, nil
	}
	text := Fold(s)
	found := item.FindAllStringSubmatchIndex(text, -1)
	if len(found) < 2 {
		return nil, nil
	}
	for i, m := range found {
		end := len(text)
		if i+1 < len(found) {
			end = found[i+1][2]
		}
		values = append(values, text[m[2]:m[3]])
		texts = append(texts, strings.Trim(text[m[3]:end], "` ;,。、:"))
	}
	return values, texts
}

// EnumBare reads a line that is a value and nothing else. Its text may follow
// on the next line, behind a colon.
func EnumBare(s string) (value string, ok bool) {
	if len(s) > 120 {
		return "", false
	}
	m := enumBare.FindStringSubmatch(Fold(s))
	if m == nil {
		return "", false
	}
	return m[1], true
}

// EnumText reads the line that follows a bare value: ": 蓝色".
func EnumText(s string) (text string, ok bool) {
	folded := Fold(s)
	if !strings.HasPrefix(folded, ":") {
		return "", false
	}
	return strings.TrimSpace(folded[1:]), true
}

// CodeLike tells whether a word has the shape of a platform constant: capital
// letters, with digits, underscores, dots. Single letters and digits have not.
func CodeLike(s string) bool { return len(s) > 1 && codeLike.MatchString(s) }
