package label

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	// textGap is what divides cells for certain, textBetween what does so if no
	// formatter put it there: those set blanks beside Latin letters only.
	textGap     = regexp.MustCompile(`\t+|[ \x{00a0}\x{3000}]{2,}`)
	textBetween = regexp.MustCompile(`[\p{Han}。）)!！?？]([ \t\x{00a0}\x{3000}])\p{Han}`)
	textBlanks  = regexp.MustCompile(`[ \t\x{00a0}\x{3000}]+`)
)

// ErrorTexts divides what follows the code of an error row into description
// and solution: at the only gap, at the only blank, or at the first blank if
// it is the only one between Chinese characters. Otherwise both stay together
// as the description. A text that begins with a single blank was divided from
// its code by one, so gaps in it divide nothing more certainly than blanks.
func ErrorTexts(rest string) (description, solution string) {
	before := rest[:len(rest)-len(strings.TrimLeft(rest, textBlank))]
	rest = strings.Trim(rest, textBlank)
	cuts := textGap.FindAllStringIndex(rest, 2)
	if len(cuts) == 0 || before != "" && !textGap.MatchString(before) {
		cuts = textBlanks.FindAllStringIndex(rest, 2)
		if m := textBetween.FindAllStringSubmatchIndex(rest, 2); len(cuts) == 2 && len(m) == 1 && m[0][2] == cuts[0][0] {
			cuts = cuts[:1]
		}
	}
	if len(cuts) != 1 {
		return rest, ""
	}
	return rest[:cuts[0][0]], rest[cuts[0][1]:]
}

const textBlank = " \t\u00a0\u3000"

// commonErrors are the words of the rows that all tables have.
var commonErrors = map[string]string{
	"400 PARAM_ERROR": "参数错误", "400 INVALID_REQUEST": "HTTP请求不符合微信支付APIv3接口规则",
	"401 SIGN_ERROR": "验证不通过", "500 SYSTEM_ERROR": "系统异常,请稍后重试",
}

// CommonError tells whether a row of errors has the words that the platform's
// common row of that status and code has everywhere. Pages with a single table
// do not say which of its rows are common.
func CommonError(status int, code, description string) bool {
	words := commonErrors[strconv.Itoa(status)+" "+code]
	return words != "" && strings.TrimRight(squeeze(description), "。.") == words
}
