package label

import (
	"regexp"
	"strings"
)

// codes are the error codes that are known to be on the wire. They mend
// spellings that a blank or a mark broke, and nothing else: old and new names
// of one thing are different codes.
var codes = func() map[string]bool {
	m := map[string]bool{}
	for _, code := range strings.Fields(`
		PARAM_ERROR SYSTEM_ERROR INVALID_REQUEST SIGN_ERROR NO_AUTH FREQUENCY_LIMITED RATELIMIT_EXCEEDED RESOURCE_NOT_EXISTS
		MCH_NOT_EXISTS NOT_FOUND APPID_MCHID_NOT_MATCH NOT_ENOUGH ORDER_NOT_EXIST REQUEST_BLOCKED RULE_LIMIT
		RESOURCE_ALREADY_EXISTS ALREADY_EXISTS USER_ACCOUNT_ABNORMAL TRADE_ERROR FREQUENCY_LIMIT_EXCEED INVALID_ORDER_STATE
		ORDER_CANCELED ORDER_DONE OUT_TRADE_NO_USED ACCOUNT_ERROR NOAUTH ORDER_CLOSED RULELIMIT INVALID_TRANSACTIONID
		OPENID_MISMATCH ACCOUNT_NOT_VERIFIED CONTRACT_NOT_CONFIRMED ACCOUNTERROR BANKERROR NO_STATEMENT_EXIST ORDERNOTEXIST
		SYSTEMERROR USERPAYING USER_NOT_EXISTS STATEMENT_CREATING BANK_ERROR FREQUENCY_LIMIT NOTENOUGH PROCESSING RATE_LIMITED
		APPLYMENT_NOT_EXIST APPLYMENT_NOTEXIST BIZ_ERR_NEED_RETRY FREQENCY_LIMIT QUOTA_EXCEED USER_ERROR CONTRACT_NOT_EXIST
		INTERNAL_SERVER_ERROR RATELIMIT_EXCEED SERVICE_UNAVAILABLE ORDERPAID ORDER_PAID ORDERCLOSED CONTRACT_ERROR
		REFUND_NOT_EXIST HTTP_METHOD_NOT_ALLOWED ORDER_NOT_EXISTS DUPLICATE_REQUEST`) {
		m[code] = true
	}
	return m
}()

// CodeHeader reads the head of a table of errors of 2019, which had no column
// of statuses. Tables of other errors have the same head: what their rows
// hold, and where they stand, tells them apart.
func CodeHeader(cells []string) (columns [4]int, ok bool) {
	columns, statuses := ErrorHeader(cells)
	return columns, !statuses && columns[0] < 0 && columns[1] >= 0 && columns[2] >= 0 && columns[3] >= 0
}

// KnownCode tells whether an error code is known to be on the wire.
func KnownCode(code string) bool { return codes[code] }

var (
	codeShape = regexp.MustCompile(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$`)
	errorHead = regexp.MustCompile(`(?i)^(?:http)?(?:状态码|status\s*code|返回状态码|http状态码)$`)
	codeHead  = regexp.MustCompile(`(?i)^(?:错误码|error\s*code|code)$`)
	status    = regexp.MustCompile(`^[2-5]\d\d$`)
	rowStatus = regexp.MustCompile(`^\s*([2-5]\d\d)(?:\s+|$)`)
	rowCode   = regexp.MustCompile(`^([A-Z][A-Z0-9]*(?:[_*\\]+[A-Z0-9*]+)*(?:_\s[A-Z][A-Z0-9_]*)*)(?:[^A-Za-z0-9_]|$)`)
)

// What blanks and emphasis in a code become.
var (
	underscored = strings.NewReplacer(" ", "_", "*", "_", `\`, "")
	together    = strings.NewReplacer(" ", "", "*", "", `\`, "")
	mendedCode  = strings.NewReplacer("_ ", "_", "*", "_")
)

// Code reads an error code out of a cell. Blanks, escapes and emphasis that
// broke it are mended if that gives a known code; spelt is then what the
// cell has. A cell that holds no code, or one in small letters, gives none.
func Code(s string) (code, spelt string, ok bool) {
	text := strings.ReplaceAll(Fold(s), `\_`, "_")
	text = strings.Trim(text, "*` ")
	if codeShape.MatchString(text) {
		return text, "", len(text) > 1
	}
	for _, join := range []*strings.Replacer{underscored, together} {
		joined := strings.ReplaceAll(join.Replace(text), "__", "_")
		if codes[joined] {
			return joined, text, true
		}
	}
	if joined := mendedCode.Replace(text); codeShape.MatchString(joined) {
		return joined, text, true
	}
	return "", "", false
}

// ErrorHeader tells whether cells are the head of an error table, and which
// of them are status, code, description and solution: -1 if absent.
func ErrorHeader(cells []string) (columns [4]int, ok bool) {
	columns = [4]int{-1, -1, -1, -1}
	for i, cell := range cells {
		word := plain(cell)
		switch {
		case errorHead.MatchString(word):
			columns[0] = i
		case codeHead.MatchString(word):
			columns[1] = i
		case word == "描述" || word == "错误描述" || word == "说明" || word == "原因" || strings.EqualFold(word, "description") || strings.EqualFold(word, "error description"):
			columns[2] = i
		case word == "解决方案" || word == "解决办法" || word == "处理方案" || word == "建议" || strings.EqualFold(word, "solution"):
			columns[3] = i
		}
	}
	return columns, columns[0] >= 0 && columns[1] >= 0
}

// ErrorStatus reads the status cell of an error row.
func ErrorStatus(s string) (int, bool) {
	text := plain(s)
	if !status.MatchString(text) {
		return 0, false
	}
	return number(text), true
}

// ErrorLine splits a row that came as one line, from the left only: a status
// of three digits, a code, and the rest, which is the description and perhaps
// the solution. Status or code may be missing, since merged cells print once.
func ErrorLine(s string) (status, code, rest string) {
	rest = strings.TrimSpace(Fold(s))
	if m := rowStatus.FindStringSubmatch(rest); m != nil {
		status, rest = m[1], rest[len(m[0]):]
	}
	word := rowCode.FindStringSubmatch(rest)
	switch two := twoWords(rest); {
	case word == nil:
	case codes[word[1]] || strings.Contains(word[1], "_"):
		code = word[1]
	case two != "":
		code = two
	case status != "":
		code = word[1]
	}
	if _, _, ok := Code(code); !ok {
		code = ""
	}
	rest = rest[len(code):]
	return status, code, strings.TrimSpace(rest)
}

// twoWords gives the first two words if they are a known code that a blank
// broke: SYSTEM ERROR.
func twoWords(s string) string {
	first := strings.IndexByte(s, ' ')
	if first < 0 {
		return ""
	}
	second := strings.IndexByte(s[first+1:], ' ')
	both := s
	if second >= 0 {
		both = s[:first+1+second]
	}
	if code, _, ok := Code(both); ok && codes[code] {
		return both
	}
	return ""
}
