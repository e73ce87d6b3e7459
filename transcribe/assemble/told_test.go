package assemble_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/page"
)

// TestToldValues: values of a field in the forms of running text. What nothing
// calls values, or is no list of them, stays text.
func TestToldValues(t *testing.T) {
	for _, c := range []struct{ kind, text, want string }{
		{"integer", "枚举值：\n1：待上色\n2：已上色", "1=待上色 2=已上色"},
		{"string", "枚举值：\n(1) DRY：已干\n(2) WET：未干", "DRY=已干 WET=未干"},
		{"string", "枚举值：\n（1）DRY：已干\n（2）WET：未干", "DRY=已干 WET=未干"},
		{"string", "枚举值：\n① DRY：已干\n② WET：未干", "DRY=已干 WET=未干"},
		{"string", "漆面的状态，枚举值：\nDRY 已干\nWET 未干", "DRY=已干 WET=未干"},
		{"string", "漆面的状态，可选值：DRY、WET", "DRY= WET="},
		{"integer", "是否晾干，取值 1-是 2-否", "1=是 2=否"},
		{"integer", "晾干方式\n取值有：\n1-自然\n2-烘干", "1=自然 2=烘干"},
		{"string", "取值说明：\nDRY：已干\nWET：未干", "DRY=已干 WET=未干"},
		{"string", "漆面的状态\nDRY：已干\nWET_NOW 未干\nGONE：已褪", "DRY=已干 WET_NOW=未干 GONE=已褪"},
		{"string", "漆面的状态，\nDRY 已干\nWET 未干\n根据状态处理", "DRY=已干 WET=未干"}, // a list, though nothing announces it
		{"string", "API 调用后返回\nDRY：已干\nWET：未干", "DRY=已干 WET=未干"},
		{"string", "API 调用后返回", ""},
		{"string", "DRY：已干，WET: 未干\n可选取值\nDRY：表示漆面已经干透\nWET：表示漆面还没有干透", "DRY=已干 WET=未干"},
		{"integer", "层数，取值范围：1-5", ""},
		{"string", "取值：大于0的数\n1：第一条说明\n2：第二条说明", ""},
		{"integer", "枚举值见说明：\n1. 先晾干\n2. 再上色", ""},
		{"boolean", "枚举值：true：是；false：否", ""},
	} {
		p := read(t, "# 接口说明\n请求方式：【POST】/v3/demo/gadgets\n# 请求参数\nbody 包体参数\nstate|必填|"+c.kind+"\n"+c.text)
		var got []string
		for _, v := range page.Find(p.Operations[0].Body, "state").Enum {
			got = append(got, fmt.Sprintf("%s=%s", v.Value.Value, v.Label.Value))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}
