package label

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
)

var (
	timeText   = regexp.MustCompile(`(?i)rfc\s*3339|yyyy-MM-DD[ '"]*T[ '"]*HH:mm:ss`)
	secretText = regexp.MustCompile(`加密敏感|敏感(?:信息|字段|数据)[^。;]{0,6}加密|公钥(?:进行|来)?加密|公钥ID对应的公钥|已做加密处理|(?:需要?|须|请)(?:进行|做)?加密处理|进行加密处理|解密敏感|RSAES-OAEP|RSA加密|加密传输|密文字段`)
	openText   = regexp.MustCompile(`(?:无需|不需要?|不用|不必|未|不)(?:进行|做)?加密|AEAD|AES|数据密文`)
	jsonText   = regexp.MustCompile(`(?i)按json格式|json\s*(?:格式)?(?:的)?(?:字符串|string|串)|json(?:序列化|编码)|字符串形式的json|序列化(?:后|为)的?(?:json|字符串)`)
	defaultTo  = regexp.MustCompile(`默认(?:值|取值)?\s*(?:为|是|:)?\s*["“]?([A-Z][A-Z0-9_]+|-?\d+|true|false)["”]?\s*(?:[。,;、)]|$)`)
)

// Time tells whether a description says that a string holds a time in RFC
// 3339.
func Time(s string) bool { return timeText.MatchString(s) && !strings.Contains(s, "full-date") }

// Secret tells whether a description says that a value travels encrypted
// with RSA. The ciphertext of a notification is another thing.
func Secret(s string) bool {
	text := Fold(s)
	return secretText.MatchString(text) && !openText.MatchString(text)
}

var unsigned = regexp.MustCompile(`无需(?:签名和)?验签|不包含[^。;,]{0,12}签名值|跳过验签|不(?:需要|必|用)验签`)

// Unsigned tells whether a sentence says that an answer bears no signature.
func Unsigned(s string) bool { return strings.Contains(s, "签") && unsigned.MatchString(Fold(s)) }

// JSON tells whether a description says that a string holds JSON.
func JSON(s string) bool { return jsonText.MatchString(Fold(s)) }

// Default reads the value that a description calls the default. Only a
// constant, a number or a boolean at the end of a clause counts, and only if
// the text names one.
func Default(s string) (value string, ok bool) {
	text := Fold(s)
	found := defaultTo.FindAllStringSubmatch(text, -1)
	if len(found) == 0 {
		return "", false
	}
	for _, m := range found[1:] {
		if m[1] != found[0][1] {
			return "", false
		}
	}
	return found[0][1], true
}

// Title takes what is no part of an operation's name off a title: the word
// API at its end, and quotation.
func Title(s string) string {
	title := strings.Trim(Fold(s), "*_`#> ")
	for _, end := range []string{"API文档", "API接口", "API"} {
		if cut, ok := strings.CutSuffix(title, end); ok && strings.TrimSpace(cut) != "" && !strings.HasSuffix(cut, "JS") {
			return strings.TrimRight(cut, " -_")
		}
	}
	return title
}

// Ciphertext tells whether a value is what sensitive fields are on the way:
// Base64 of one or several blocks of RSA.
func Ciphertext(s string) bool {
	const block, longest = 256, 16 << 10
	if len(s) < block || len(s) > longest {
		return false
	}
	data, err := base64.StdEncoding.DecodeString(s)
	return err == nil && len(data)%block == 0
}

// JSONText reads a value that is a JSON document in a string: an object, or a
// list of texts or objects. Pages often show it with the backslashes that it
// has within the document around it; they are taken off.
func JSONText(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '{' && s[0] != '[' {
		return "", false
	}
	if strings.Contains(s, `\"`) && !json.Valid([]byte(s)) {
		if json.Unmarshal([]byte(`"`+s+`"`), &s) != nil {
			return "", false
		}
	}
	if s[0] == '[' && !strings.ContainsAny(s, `"{`) {
		return "", false
	}
	return s, json.Valid([]byte(s))
}
