package label_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// TestProseItems: how many elements a list has, in running text.
func TestProseItems(t *testing.T) {
	type bounds = []label.Bound
	most := func(n int64) bounds { return bounds{{label.MaxItems, n}} }
	both := func(a, b int64) bounds { return bounds{{label.MinItems, a}, {label.MaxItems, b}} }
	for in, want := range map[string]bounds{
		"最多传10个": most(10), "零件列表，最多支持20条": most(20), "数组长度不超过50": most(50), "条数限制[1,10]": both(1, 10),
		"最多可上传5张照片，请先上传": most(5), "最多可有50个零件": most(50), "单次最多可批量关联200个小物件": most(200),
		"最大支持传入10条零件信息": most(10), "数量不能超过10个": most(10), "（最多上传4人，含本人）": most(4), "最多配置 50 个组合": most(50),
		"可上传1-5张图片，请先上传": both(1, 5), "支持2-10笔小物件": both(2, 10), "条目个数限制为【1，50】": both(1, 50), "列表长度最大为30": most(30),
		"元素个数：1~8": both(1, 8), "至少传入1条": {{label.MinItems, 1}}, "至少1个，最多5个": both(1, 5),
		"最多4张。再说一次：最多4张": most(4), "如需零件，则至少填写2项，最多15项": most(15), "最多20个。": most(20),
		"最多传10个\n每个不超过32个字符": most(10),

		"每个零件最多传10个": nil, "单个小物件最多上传5张": nil, "每人每天，最多领取10张": nil, "最多4张；若是大的，最多6张": nil,
		"最多10个字符": nil, "最多保留3个月": nil, "最多10个工作日内完成": nil, "不超过10元": nil, "数组长度见说明": nil,
		"最多支持20条数据中的前3条": nil, "券有效期1-10个自然日": nil, "若为大的，最多3个": nil, "小的不用填；否则需要填写（最多上传4人）": nil, "最多上传2MB": nil, "最多10位数字": nil,
		"最多可领取5张": nil,
	} {
		if diff := cmp.Diff(want, label.Prose(in, page.Array)); diff != "" {
			t.Errorf("Prose(%q): %s", in, diff)
		}
	}
	for in, want := range map[string]bounds{
		"每个不超过32个字符": {{label.MaxLength, 32}}, "最多6条，每条长度1~128字符": {{label.MinLength, 1}, {label.MaxLength, 128}},
		"单个颜色限制8个字符": {{label.MaxLength, 8}}, "最多6条": nil, "总长度不超过100个字符": nil, "全部加起来不超过100个字符": nil,
	} {
		if diff := cmp.Diff(want, label.Elements(in)); diff != "" {
			t.Errorf("Elements(%q): %s", in, diff)
		}
	}
}
