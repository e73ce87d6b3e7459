package label

import (
	"regexp"
	"slices"
	"strings"
)

// token is a value as it stands in a sentence. A hyphen belongs to it between
// letters only: in 1-是 it parts the value from its text.
const token = `[A-Za-z0-9]+(?:[_.#][A-Za-z0-9]+|-[A-Za-z][A-Za-z0-9]*)*`

const (
	quoteOpen = "[\"“'`]?"
	quoteEnd  = "[\"”'`]?"
	ordinal   = `(?:\(?\d{1,2}[)、.]\s*)?`
)

var (
	// toldSure announces all values, toldSome values among which there may be others.
	toldSure = regexp.MustCompile(`(?:可选取值|可选值|可取值|枚举值|有效值|取值范围|取值)(?:如下|包括|包含|分别为|分别是|有|为|是)?\s*:*\s*`)
	toldSome = regexp.MustCompile(`(?:包括|包含|分为)(?:以下|如下)?:\s*`)
	// toldOther is said of another field, or denies what follows.
	toldOther = regexp.MustCompile("(?:[A-Za-z0-9_`]\\s*|的|默认|不|该|此)$|(?:当|若|如果|如)[^,。;:]*$")

	toldItem  = regexp.MustCompile("(?:^|[\\s,;、。/|)])" + ordinal + quoteOpen + "(" + token + ")" + quoteEnd + `\s*(?::|=|-{1,2}|—{1,2}|–)\s*`)
	toldNote  = regexp.MustCompile("(?:^|[\\s,;、。/|或和])" + quoteOpen + "(" + token + ")" + quoteEnd + `\s*\(([^()]{1,60})\)`)
	toldBare  = regexp.MustCompile("^((?:" + quoteOpen + token + quoteEnd + `\s*(?:、|,|;|/|\||或者?|和|以及)\s*)+` + quoteOpen + token + quoteEnd + `)\s*(?:$|[。;,)])`)
	toldParts = regexp.MustCompile(`\s*(?:、|,|;|/|\||或者?|和|以及)\s*`)
	toldWords = regexp.MustCompile(`\p{Han}`)
	rangeLike = regexp.MustCompile(`^\d+(?:[-.]\d+)+$`)
)

// EnumTold reads the values of a sentence that announces and lists two or
// more: 取值：1-是，2-否. Every item has to be a value, alone or with its text;
// otherwise there is none. It is sure where the words say that the field has
// these values and no others.
func EnumTold(s string) (values, texts []string, sure bool) {
	if len(s) > 4000 || !strings.Contains(s, "值") && !strings.Contains(s, "包") && !strings.Contains(s, "分为") {
		return nil, nil, false
	}
	text := Fold(s)
	for _, announce := range []*regexp.Regexp{toldSure, toldSome} {
		sure = announce == toldSure
		for _, m := range announce.FindAllStringIndex(text, -1) {
			if toldOther.MatchString(text[:m[0]]) {
				continue
			}
			if values, texts = told(enclosed(text[:m[0]], text[m[1]:])); plausible(values, sure) {
				return values, texts, sure
			}
		}
	}
	return nil, nil, false
}

// enclosed ends a text at the bracket that closes one before it.
func enclosed(before, s string) string {
	if strings.Count(before, "(") <= strings.Count(before, ")") {
		return s
	}
	depth := 0
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return s[:i]
			}
		}
	}
	return s
}

// told reads the items that stand at the beginning of a text.
func told(s string) (values, texts []string) {
	if values, texts = toldTexts(s); len(values) > 1 {
		return values, texts
	}
	if values, texts = toldNotes(s); len(values) > 1 {
		return values, texts
	}
	m := toldBare.FindStringSubmatch(s)
	if m == nil {
		return nil, nil
	}
	values = toldParts.Split(m[1], -1)
	for i, v := range values {
		values[i] = strings.Trim(v, "\"“”'`")
	}
	if strings.ContainsAny(m[1], ",;") && numeral(values[0]) {
		return nil, nil // 1,200 is a range
	}
	return values, make([]string, len(values))
}

// toldTexts reads items of the form VALUE：text.
func toldTexts(s string) (values, texts []string) {
	found := toldItem.FindAllStringSubmatchIndex(s, -1)
	if len(found) < 2 || found[0][0] != 0 {
		return nil, nil
	}
	for i, m := range found {
		end := len(s)
		if i+1 < len(found) {
			end = found[i+1][0]
		} else if stop := strings.Index(s[m[1]:], "。"); stop >= 0 {
			end = m[1] + stop
		}
		text := strings.Trim(s[m[1]:end], "\"“”'` ;,。、")
		if !toldWords.MatchString(text) || strings.HasPrefix(text, "/") || strings.HasSuffix(text, "等") || '0' <= text[0] && text[0] <= '9' && !strings.Contains(s[m[3]:m[1]], ":") {
			return nil, nil
		}
		values, texts = append(values, s[m[2]:m[3]]), append(texts, text)
	}
	return values, texts
}

// toldNotes reads items of the form VALUE（text）.
func toldNotes(s string) (values, texts []string) {
	at := 0
	for _, m := range toldNote.FindAllStringSubmatchIndex(s, -1) {
		if strings.Trim(s[at:m[0]], " ") != "" {
			break // what stands between is no list any more
		}
		values, texts, at = append(values, s[m[2]:m[3]]), append(texts, strings.TrimSpace(s[m[4]:m[5]])), m[1]
	}
	if strings.HasPrefix(strings.TrimSpace(s[at:]), "等") {
		return nil, nil
	}
	return values, texts
}

// plausible tells whether words are the values of a field: different ones of one
// kind, no bounds or dates, and constants where nothing says that they are
// values.
func plausible(values []string, sure bool) bool {
	if len(values) < 2 {
		return false
	}
	for i, v := range values {
		if rangeLike.MatchString(v) || numeral(v) != numeral(values[0]) || slices.Contains(values[:i], v) || !sure && !CodeLike(v) {
			return false
		}
	}
	return true
}

// numeral tells whether a value is digits and nothing else.
func numeral(s string) bool { return strings.Trim(s, "0123456789") == "" }
