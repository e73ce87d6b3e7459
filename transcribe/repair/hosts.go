package repair

import (
	"regexp"
	"sort"
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

var (
	// A page of the documentation on another host than the platform's.
	mirrored = regexp.MustCompile(`https?://([A-Za-z0-9.-]+(?::\d+)?)/(?:wiki/doc/api|doc/v3/(?:merchant|partner)/\d)`)
	// A line that is nothing but a host with digits glued before it, which
	// mirrors put behind examples.
	lonely = regexp.MustCompile(`^\s*https?://\d*weixin\.qq\.com/?\s*$`)
)

const official = "pay.weixin.qq.com"

// hosts puts the documentation's own host back where a mirror put its own,
// also in examples: mirrors replace it in the whole page.
func hosts(m *mending) {
	mirrors := map[string]bool{}
	for i, l := range m.lines {
		if !strings.Contains(l.Text, "://") {
			continue
		}
		if lonely.MatchString(l.Text) {
			m.change(i, []source.Change{{From: 0, To: len(l.Text)}})
			continue
		}
		for _, found := range mirrored.FindAllStringSubmatch(l.Text, -1) {
			if host := found[1]; !ours(host) && len(mirrors) < 8 {
				mirrors[host] = true
			}
		}
	}
	if len(mirrors) == 0 {
		return
	}
	var names []string
	for host := range mirrors {
		names = append(names, regexp.QuoteMeta(host))
	}
	sort.Strings(names)
	address := regexp.MustCompile(`https?://(?:` + strings.Join(names, "|") + `)`)
	for i, l := range m.lines {
		if !strings.Contains(l.Text, "://") {
			continue
		}
		var changes []source.Change
		for _, at := range address.FindAllStringIndex(l.Text, -1) {
			if at[1] == len(l.Text) || !strings.ContainsRune("-.:", rune(l.Text[at[1]])) {
				changes = append(changes, source.Change{From: at[0], To: at[1], With: "https://" + official})
			}
		}
		m.change(i, changes)
	}
}

// ours tells whether a host belongs to the platform.
func ours(host string) bool {
	for _, domain := range []string{"weixin.qq.com", "wechatpay.cn", "wechatpay.com", "wechatpay.com.hk", "tenpay.com"} {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}
