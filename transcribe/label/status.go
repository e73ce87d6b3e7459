package label

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	statusLine = regexp.MustCompile(`^(20[0-9])\s*(?:OK|No\s*Content|Accepted|Created)?$`)
	statusWord = regexp.MustCompile(`(?i)^(?:HTTP状态码(?:为|:)?\s*)?(20[0-9])(?:\s*(?:或|/|,|、)\s*(20[0-9]))?$`)
	emptyWord  = regexp.MustCompile(`无(?:应答|返回|响应)?(?:包体|数据|报文)|无(?:需)?返回(?:参数|内容|数据|值)|应答无包体|返回无包体|该接口无返回|NoContent`)
	emptyCode  = regexp.MustCompile(`(?i)HTTP状态码[为:]?\s*(20[0-9])`)
)

// StatusLine reads the line with the status of a good answer: 200 OK,
// 204No Content, 202 Accepted. 200或204 gives both.
func StatusLine(s string) ([]int, bool) {
	if len(s) > 60 {
		return nil, false
	}
	text := strings.Trim(plain(s), "> ")
	if m := statusLine.FindStringSubmatch(text); m != nil {
		return []int{number(m[1])}, true
	}
	if m := statusWord.FindStringSubmatch(text); m != nil {
		codes := []int{number(m[1])}
		if m[2] != "" {
			codes = append(codes, number(m[2]))
		}
		return codes, true
	}
	return nil, false
}

// EmptyBody tells whether a line says that an answer has no body
// (无应答包体), and gives the status if the line names it, or 0.
func EmptyBody(s string) (status int, ok bool) {
	if len(s) > 120 {
		return 0, false
	}
	text := squeeze(s)
	if !emptyWord.MatchString(text) || strings.Contains(text, "则") {
		return 0, false
	}
	if m := emptyCode.FindStringSubmatch(text); m != nil {
		return number(m[1]), true
	}
	return 0, true
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
