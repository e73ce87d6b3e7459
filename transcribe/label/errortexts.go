package label

import (
	"regexp"
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
