package assemble_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRateLists: limits of calls in a list of their own, and those that a page
// gives for several calls.
func TestRateLists(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"接口频率：\n- 商户号维度：100/s\n- 单IP：10/s\n- 单用户：1/s", "100 in 1 per merchant, 10 in 1 per ip; 1 finding"},
		{"频率限制：\n上色小物件接口：100次/秒\n查询小物件接口：200次/秒", "100 in 1 per ; 1 finding"},
		{"频率限制：上色接口：100次/秒，查询接口：200次/秒", "100 in 1 per ; 1 finding"},
		{"接口频率：\n1. 单个商户：100次/秒\n2. 单IP：600次/分钟\n说明\n3. 单个appid：5次/秒", "100 in 1 per merchant, 600 in 60 per ip; 0 finding"},
		{"频率限制：涂刷接口：100次/秒", "100 in 1 per ; 0 finding"},
		{"接口限频：100/秒（商户号维度）\n接口限频：10/秒（IP维度）", "100 in 1 per merchant, 10 in 1 per ip; 0 finding"},
	} {
		p := read(t, "上色小物件API\n更新时间：2025.03.04\n接口说明\n请求方式：【POST】/v3/demo/gadgets\n"+c.text+"\n请求参数\nbody 包体参数\nstate|必填|string\n应答参数\n204 No Content")
		var got []string
		for _, r := range p.Operations[0].RateLimits {
			got = append(got, fmt.Sprintf("%d in %d per %s", r.Value.Requests, r.Value.Seconds, r.Value.Per))
		}
		found := 0
		for _, f := range p.Findings {
			if strings.Contains(f.What, "limit of calls") {
				found++
			}
		}
		if diff := cmp.Diff(c.want, fmt.Sprintf("%s; %d finding", strings.Join(got, ", "), found)); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}
