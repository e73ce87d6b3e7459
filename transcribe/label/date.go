package label

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	dateText = regexp.MustCompile(`^\s*(20\d\d)\s*(?:[.\-/]|年)\s*(\d{1,2})\s*(?:[.\-/]|月)\s*(\d{1,2})\s*日?`)
	dateLine = regexp.MustCompile(`(?i)^[*_>\s]*(?:最新)?(?:更新时间|更新日期|last updated|updated|(?:latest |last )?update time)[*_\s]*[:：][*_\s]*`)
)

// Date reads a date off the front of a text as YYYY-MM-DD, and gives what
// follows. 2025.03.04, 2025-3-4 and 2025年3月4日 are dates.
func Date(s string) (date, rest string, ok bool) {
	m := dateText.FindStringSubmatch(s)
	if m == nil {
		return "", s, false
	}
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return "", s, false
	}
	return fmt.Sprintf("%s-%02d-%02d", m[1], month, day), s[len(m[0]):], true
}

// DateLine reads the line that says when a page was changed. In flattened
// copies the introduction follows on the same line; it is the rest.
func DateLine(s string) (date, rest string, ok bool) {
	folded := Fold(s)
	m := dateLine.FindString(folded)
	if m == "" {
		return "", "", false
	}
	date, rest, ok = Date(folded[len(m):])
	if !ok {
		return "", "", false
	}
	rest = strings.TrimSpace(rest)
	rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(rest, "版本说明"), "Release notes"))
	return date, rest, true
}
