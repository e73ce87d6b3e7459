package label

import (
	"regexp"
	"strings"
)

// Call is what the lines 请求方式, 请求URL and 路径 say.
type Call struct {
	Method string   // in capitals; empty if the line has none
	Paths  []string // several if the line says 或
	Host   string   // of a full address, without https://
	// MethodAt and PathAt are where they begin in the text, in bytes.
	MethodAt, PathAt int
}

var (
	methodWord = regexp.MustCompile(`(?i)(?:^|[^A-Za-z/_.-])(GET|POST|PUT|PATCH|DELETE)(?:[^A-Za-z_/.-]|$|/)`)
	address    = regexp.MustCompile(`(?:https?://([A-Za-z0-9.-]+))?(/[A-Za-z0-9_\-./~%]*(?:\{[^{}\s]{0,4}[\s\p{Z}]?[A-Za-z0-9_\-]+[\s\p{Z}]?\}[A-Za-z0-9_\-./~%]*)*)`)
	braces     = regexp.MustCompile(`\{[\s\p{Z}]*([A-Za-z0-9_\-]+)[\s\p{Z}]*\}`)
)

// ReadCall reads method and path out of the value of a 请求方式 or 请求URL
// line. Only paths that begin with /v3/ or /brand/ count, or that follow a
// host of the platform: mirrors put their own addresses everywhere. A query
// string and a trailing question mark go, a trailing slash stays.
func ReadCall(s string) Call {
	c := Call{MethodAt: -1, PathAt: -1}
	if m := methodWord.FindStringSubmatchIndex(s); m != nil {
		c.Method, c.MethodAt = strings.ToUpper(s[m[2]:m[3]]), m[2]
	}
	s = strings.ReplaceAll(s, `\_`, "_")
	for _, m := range address.FindAllStringSubmatchIndex(s, -1) {
		host := ""
		if m[2] >= 0 {
			host = strings.ToLower(s[m[2]:m[3]])
		}
		path := braces.ReplaceAllString(s[m[4]:m[5]], "{$1}")
		if !ownPath(host, path) || m[2] < 0 && m[4] > 0 && wordBefore(s[m[4]-1]) {
			continue
		}
		if c.PathAt < 0 {
			c.PathAt, c.Host = m[4], host
		}
		if !contains(c.Paths, path) {
			c.Paths = append(c.Paths, path)
		}
	}
	return c
}

var callLine = regexp.MustCompile(`(?i)^\s*【?(?:GET|POST|PUT|PATCH|DELETE)】?[\s:：]+(?:https?://[A-Za-z0-9.-]+)?/[^\s\p{Han}]*\s*$`)

// CallLine tells whether a line is a method and an address of the API, and
// nothing else.
func CallLine(s string) bool {
	return len(s) < 400 && callLine.MatchString(s) && len(ReadCall(s).Paths) == 1
}

var pathLine = regexp.MustCompile("^\\s*`?(?:https?://[A-Za-z0-9.-]+)?/[^\\s`\\p{Han}]*`?\\s*$")

// PathLine tells whether a line is an address of the API, and nothing else.
func PathLine(s string) bool {
	return len(s) < 400 && pathLine.MatchString(s) && len(ReadCall(s).Paths) == 1
}

func wordBefore(c byte) bool { return c == '.' || nameRune(c) }

// ownPath tells whether an address is one of the platform's API.
func ownPath(host, path string) bool {
	ours := strings.HasPrefix(path, "/v3/") || strings.HasPrefix(path, "/brand/") || strings.HasPrefix(path, "/hk/v3/") ||
		strings.HasPrefix(path, "/global/v3/") || strings.HasPrefix(path, "/v3-")
	if !ours && len(path) > 1 {
		ours = Host(host) && !strings.HasPrefix(path, "/wiki/") && !strings.HasPrefix(path, "/doc")
	}
	return ours && (host == "" || Host(host) || strings.HasPrefix(path, "/v3/"))
}

// Host tells whether a host is one of those that the API answers on.
func Host(host string) bool {
	host = strings.ToLower(host)
	return strings.HasSuffix(host, ".mch.weixin.qq.com") && strings.HasPrefix(host, "api") || host == "fraud.mch.weixin.qq.com" || host == "payapp.weixin.qq.com" || host == "api.wechatpay.cn"
}

var hostText = regexp.MustCompile(`https?://([A-Za-z0-9.-]+)`)

// Hosts gives the platform's hosts that a line names (请求域名).
func Hosts(s string) []string {
	var hosts []string
	for _, m := range hostText.FindAllStringSubmatch(s, -1) {
		if host := strings.ToLower(m[1]); Host(host) && !contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

var calledURL = regexp.MustCompile(`https?://([A-Za-z0-9.-]+)(/[A-Za-z0-9_\-./]+)`)

// Called gives host and path of the first address of the API that an example
// of a call has.
func Called(s string) (host, path string, ok bool) {
	for _, m := range calledURL.FindAllStringSubmatch(s, -1) {
		if Host(m[1]) && ownPath(strings.ToLower(m[1]), m[2]) {
			return strings.ToLower(m[1]), m[2], true
		}
	}
	return "", "", false
}

// Variables gives the names in the braces of a path.
func Variables(path string) []string {
	var names []string
	for _, m := range braces.FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	return names
}

var idempotent = regexp.MustCompile(`^(?:是|支持|接口支持幂等|支持幂等|幂等)`)

// Idempotent reads the value of a 幂等规则 line.
func Idempotent(s string) (yes, ok bool) {
	text := squeeze(s)
	switch {
	case strings.Contains(text, "不支持") || text == "否" || strings.HasPrefix(text, "不"):
		return false, true
	case idempotent.MatchString(text):
		return true, true
	}
	return false, false
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}
