package label

import (
	"regexp"
	"strings"
)

const (
	// counted is what elements are counted in, with the noun that may follow.
	counted = `\s*(?:个|条|张|项|笔|组|份|家|行|人|种)(?:不同的?)?\s*([\p{Han}A-Za-z ]{0,14})(?:[。,;:()]|$)`
	atMost  = `(?:最多|至多|不超过|不能超过|不得超过|不可超过|最大)`
	through = `\s*[,~\-至到]\s*`
)

var (
	itemsMost  = regexp.MustCompile(atMost + `([\p{Han}]{0,8}?)\s*(\d{1,6})` + counted)
	itemsLeast = regexp.MustCompile(`(?:至少|最少|不少于)([\p{Han}]{0,4}?)\s*(\d{1,6})` + counted)
	itemsRange = regexp.MustCompile(`(?:^|[^0-9.,~\-])(\d{1,6})\s*[~\-至到]\s*(\d{1,6})` + counted)
	itemsFrame = regexp.MustCompile(`(?:条目个数|条目数|条数|元素个数|元素数量|个数|(?:数组|列表)的?(?:长度|大小))(?:限制|范围|要求)?(?:为|是|:)?\s*[【\[(]?\s*(\d{1,6})` + through + `(\d{1,6})\s*(?:[】\]).。,;]|$)`)
	itemsSize  = regexp.MustCompile(`(?:元素个数|元素数量|条数|条目数|(?:数组|列表)的?(?:长度|大小))(?:` + atMost + `|不大于|上限|限制)(?:为|是|:)?\s*(\d{1,6})\s*(?:[。,;)]|$)`)

	// otherCounts are nouns of what is no element of a list.
	otherCounts = regexp.MustCompile(`(?i)^(?:字|汉|英文|中文|utf|ascii|单词|数字|字母|月|工作|自然日|小时|天|分钟|像素|季|星期|周|年|半角|全角|char)|中的|之前|以前|内(?:完成|有效)`)
	// otherDeeds are what one does with things that stand in no request.
	otherDeeds = regexp.MustCompile(`领|发放|核销|购|退|使用|参与|保留|重试|字|金额|长度|每|单`)
	// ofEach tells that a sentence counts within something else.
	ofEach = regexp.MustCompile(`每[^次批]|单个|各|同一`)
	// onlyIf tells that a sentence holds under a condition.
	onlyIf = regexp.MustCompile(`若|如果|当[^前]|否则`)
	// mayBe tells so of a lower bound, which an optional list needs not have.
	mayBe = regexp.MustCompile(`若|如|当[^前]|则|否则|时,`)
)

// proseArray reads how many elements a list has. What a text says several
// times has to be the same.
func proseArray(s string) []Bound {
	c := counts{least: map[int64]bool{}, most: map[int64]bool{}}
	for line := range strings.SplitSeq(s, "\n") {
		for _, sentence := range strings.FieldsFunc(Fold(line), func(r rune) bool { return r == '。' || r == ';' }) {
			c.sentence(sentence)
		}
	}
	least, low := only(c.least)
	most, high := only(c.most)
	if c.partly || low && high && least > most {
		return nil
	}
	var bounds []Bound
	if low {
		bounds = append(bounds, Bound{MinItems, least})
	}
	if high {
		bounds = append(bounds, Bound{MaxItems, most})
	}
	return bounds
}

// counts are the numbers that a text gives for the bounds of a list.
type counts struct {
	least, most map[int64]bool
	partly      bool // a number holds under a condition only
}

// only gives the number of a set that has no other.
func only(set map[int64]bool) (int64, bool) {
	for n := range set {
		return n, len(set) == 1
	}
	return 0, false
}

// sentence reads the numbers of a sentence.
func (c *counts) sentence(s string) {
	for _, frame := range []*regexp.Regexp{itemsFrame, itemsRange} {
		for _, m := range frame.FindAllStringSubmatchIndex(s, -1) {
			noun := ""
			if len(m) > 6 {
				noun = s[m[6]:m[7]]
			}
			first, last := digits(s[m[2]:m[3]]), digits(s[m[4]:m[5]])
			if first > last || otherCounts.MatchString(noun) || ofEach.MatchString(s[:m[0]]) {
				continue
			}
			c.partly = c.partly || onlyIf.MatchString(s[:m[0]])
			c.least[first], c.most[last] = true, true
		}
	}
	for _, m := range itemsSize.FindAllStringSubmatchIndex(s, -1) {
		if !ofEach.MatchString(s[:m[0]]) {
			c.most[digits(s[m[2]:m[3]])] = true
		}
	}
	for _, m := range itemsMost.FindAllStringSubmatchIndex(s, -1) {
		if elements(s, m) {
			c.partly = c.partly || onlyIf.MatchString(s[:m[0]])
			c.most[digits(s[m[4]:m[5]])] = true
		}
	}
	for _, m := range itemsLeast.FindAllStringSubmatchIndex(s, -1) {
		if elements(s, m) && !mayBe.MatchString(s[:m[0]]) {
			c.least[digits(s[m[4]:m[5]])] = true
		}
	}
}

// elements tells whether a number counts the elements of the list.
func elements(s string, m []int) bool {
	deed, noun := s[m[2]:m[3]], s[m[6]:m[7]]
	return !otherDeeds.MatchString(deed) && !otherCounts.MatchString(noun) && !ofEach.MatchString(s[:m[0]])
}

var (
	elementMax = regexp.MustCompile(`(?:每|单)\p{Han}{0,8}限制(?:为)?\s*(\d{1,6})\s*个?字符`)
	allOfThem  = regexp.MustCompile(`总|合计|加起来|全部|整个|拼接`)
)

// Elements reads the lengths that a description of a list of strings gives for
// each of them.
func Elements(s string) []Bound {
	text := Fold(s)
	if allOfThem.MatchString(text) {
		return nil
	}
	if m := elementMax.FindAllStringSubmatch(text, -1); len(m) == 1 {
		return []Bound{{MaxLength, digits(m[0][1])}}
	}
	return proseString(text)
}
