package label

import (
	"regexp"
	"strings"
)

// Key is what a line of the form label：value is about.
type Key string

// The labels of such lines.
const (
	KeyRoles      Key = "roles"      // 支持商户, 适用对象
	KeyMethod     Key = "method"     // 请求方式
	KeyURL        Key = "url"        // 请求URL, 路径
	KeyHosts      Key = "hosts"      // 请求域名
	KeyRate       Key = "rate"       // 接口频率, 接口限频
	KeyIdempotent Key = "idempotent" // 幂等规则
	KeyDate       Key = "date"       // 更新时间
	KeyExample    Key = "example"    // 示例值
	KeyRule       Key = "rule"       // 校验规则, 特殊规则
	KeyCallback   Key = "callback"   // 回调URL, 通知URL
	KeyIgnored    Key = "ignored"    // 接口耗时, 前置条件, 接口规则
)

var statements = []struct {
	key   Key
	words []string
}{
	{KeyRoles, []string{"支持商户", "适用对象", "适用商户", "适用角色", "ApplicableObject", "Applicable objects", "Applicable to", "Applicable Object"}},
	{KeyMethod, []string{"请求方式", "请求方法", "Request Method", "Request method", "RequestMethod", "Request Mode"}},
	{KeyURL, []string{"请求URL", "请求url", "请求Url", "请求 URL", "请求地址", "请求路径", "接口地址", "接口路径", "路径", "Request URL", "RequestURL", "API URL"}},
	{KeyHosts, []string{"请求域名", "接口域名"}},
	{KeyRate, []string{"接口频率", "接口限频", "接口的频率限制", "接口频率限制", "频率限制", "请求频率限制", "接口限速", "调用频率", "调用频率限制", "接口频率为", "Rate Limit", "Frequency"}},
	{KeyIdempotent, []string{"幂等规则", "是否支持幂等", "接口幂等", "Idempotency"}},
	{KeyDate, []string{"最新更新时间", "更新时间", "Updated", "Last updated", "Update time", "Latest update"}},
	{KeyExample, []string{"示例值", "Example value", "Example", "Sample value"}},
	{KeyRule, []string{"校验规则", "特殊规则", "校验", "取值规则"}},
	{KeyCallback, []string{"回调URL", "通知URL", "回调地址", "通知地址"}},
	{KeyIgnored, []string{"接口耗时", "前置条件", "接口规则", "接口名称", "接口兼容", "是否需要证书", "接口权限"}},
}

// byLabel finds the key of a label without a search through the table.
var byLabel = func() map[string]Key {
	m := map[string]Key{}
	for _, s := range statements {
		for _, word := range s.words {
			m[strings.ToLower(strings.ReplaceAll(word, " ", ""))] = s.key
		}
	}
	return m
}()

// Statement splits a line of the form label：value, if it has one of the
// labels that pages use. The value keeps its case and its inner blanks, and
// the offset is where it begins in the text given, in bytes.
func Statement(s string) (key Key, value string, offset int) {
	at := strings.IndexAny(s, ":：")
	if at < 0 || at > 60 {
		return "", "", 0
	}
	name := strings.Trim(squeeze(s[:at]), "*_`#>-•·●+【】 ")
	name = strings.TrimLeft(name, "0123456789.、)")
	key, ok := byLabel[strings.ToLower(name)]
	if !ok {
		return "", "", 0
	}
	rest := s[at:]
	value = strings.TrimLeft(rest, ":： \t\u00a0\u3000*")
	return key, strings.TrimRight(value, " \t\r\n\u00a0\u3000"), len(s) - len(value)
}

var inner = regexp.MustCompile(`(?:校验规则|特殊规则|示例值)\s*[:：]`)

// Statements cuts a description at the labels that may stand in the middle of
// a line: the offsets, in bytes, at which such a label begins.
func Statements(s string) []int {
	if !strings.Contains(s, "规则") && !strings.Contains(s, "示例值") {
		return nil
	}
	var cuts []int
	for _, m := range inner.FindAllStringIndex(s, -1) {
		if m[0] > 0 {
			cuts = append(cuts, m[0])
		}
	}
	return cuts
}

var numbered = regexp.MustCompile(`^\s*(?:[0-9]{1,2}[、.)）．]|[(（][0-9]{1,2}[)）]|[•·●-]|[①-⑳])`)

// Numbered tells whether a line is an item of a list in running text.
func Numbered(s string) bool { return numbered.MatchString(s) }
