package label_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// TestRatesOfParts: limits of one merchant, of one address, of one call. Those
// of something that the model does not know are left out, and told.
func TestRatesOfParts(t *testing.T) {
	rate := func(n, seconds int, per, of string) label.Rate {
		return label.Rate{RateLimit: page.RateLimit{Requests: n, Seconds: seconds, Per: per}, Of: of}
	}
	type rates = []label.Rate
	for _, c := range []struct {
		in    string
		below bool
		want  rates
		some  bool
	}{
		{"接口限频：商户号维度 100/秒；IP维度 20/秒", false, rates{rate(100, 1, "merchant", ""), rate(20, 1, "ip", "")}, false},
		{"频率限制：单用户 1/秒，单商户 50/秒", false, rates{rate(50, 1, "merchant", "")}, true},
		{"频率限制：单门店 10/秒", false, nil, true},
		{"接口维度频率限制：300/秒", false, rates{rate(300, 1, "all", "")}, false},
		{"- 商户号维度：100/s", true, rates{rate(100, 1, "merchant", "")}, false},
		{"2. 单IP：10次/分钟", true, rates{rate(10, 60, "ip", "")}, false},
		{"- 用户维度：1次/秒", true, nil, true},
		{"查询小物件接口：200次/秒", true, rates{rate(200, 1, "", "查询小物件")}, false},
		{"频率限制：上色接口：100次/秒，查询接口：200次/秒", false, rates{rate(100, 1, "", "上色"), rate(200, 1, "", "查询")}, false},
		{"此接口频率限制：100次/秒", false, rates{rate(100, 1, "", "")}, false},
		{"商户号维度：100/s", false, nil, false}, // nothing says that it is a limit
		{"单个商户的接口频率限制为100次/s", false, rates{rate(100, 1, "merchant", "")}, false},
	} {
		read := label.Rates
		if c.below {
			read = label.RatesBelow
		}
		got, some := read(c.in)
		if diff := cmp.Diff(c.want, got); diff != "" || some != c.some {
			t.Errorf("%q: some %v, %s", c.in, some, diff)
		}
	}
	for in, want := range map[string]bool{
		"接口频率：": true, "频率限制如下": true, "**接口限频**：": true, "通知频率：": false, "接口频率：100/s": false, "颜色：": false,
	} {
		if label.RateHead(in) != want {
			t.Errorf("RateHead(%q) = %v", in, !want)
		}
	}
}
