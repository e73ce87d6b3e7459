package repair_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe/repair"
	"github.com/wxgen/wxgen/transcribe/source"
)

func only(step, text string) source.Text {
	return repair.Only(source.Lines("page.txt", text), step)
}

func TestSteps(t *testing.T) {
	tests := []struct{ step, name, text, want string }{
		{"comments", "stars", "/**\n * 设置小物件\n * 更新时间：2025.03.04\n *\n * color 必填 string\n */\n", "\n设置小物件\n更新时间：2025.03.04\n\ncolor 必填 string\n\n"},
		{"comments", "slashes", "// a\n// b\n//  c\n//d\n// e\n", "a\nb\n c\nd\ne\n"},
		{"comments", "percents", "%% a\n%% b\n%% c\n%% d\n%% e\n", "a\nb\nc\nd\ne\n"},
		{"comments", "items of a list are none", "* a\n* b\n* c\n* d\n* e\n", "* a\n* b\n* c\n* d\n* e\n"},
		{"comments", "few comments are none", "// a\nb\nc\nd\ne\n", "// a\nb\nc\nd\ne\n"},

		{"entities", "named and numbered", "a &lt; b &amp;&nbsp;&#20013;&#x4e2d;", "a < b &\u00a0中中\n"},
		{"entities", "escaped twice", "&amp;amp;lt;b&amp;gt;", "<b>\n"},
		{"entities", "a bar stays", "a&#124;b", "a&#124;b\n"},
		{"entities", "queries are none", "/v3/a?x=1&lt=2&copy=3", "/v3/a?x=1&lt=2&copy=3\n"},

		{"invisible", "blanks", "a\u00a0b\u3000c\u2003d\te", "a b c d\te\n"},
		{"invisible", "nothing to see", "a\u200bb\ufeffc\u00add\x01e", "abcde\n"},

		{"pinyin", "each character", "請(qǐng)求(qiú)參(cān)數(shù)", "請求參數\n"},
		{"pinyin", "full width", "长（cháng）度", "长度\n"},
		{"pinyin", "in other brackets", "类型(xíng)[长(cháng)度]", "类型[长度]\n"},
		{"pinyin", "twice", "请(qǐng)(qǐng)求", "请求\n"},
		{"pinyin", "words are none", "耗时(ms)，接口(API)，支付(JSAPI)，长度(int)", "耗时(ms)，接口(API)，支付(JSAPI)，长度(int)\n"},

		{"damage", "lost characters", "请?zhí)求{(diào)用", "请\uFFFD求\uFFFD用\n"},
		{"damage", "questions are none", "是否(yes)?(no)", "是否(yes)?(no)\n"},

		{"simplify", "a traditional page", "請求參數：顏色變量，說明後臺裡的麵", "请求参数：颜色变量，说明后台里的面\n"},
		{"simplify", "two readings", "請求參數\n回覆，若乾，顯著", "请求参数\n回复，若干，显著\n"},
		{"simplify", "a traditional name on a simplified page", "请求参数：小物件颜色的说明，商户名称示例：張記", "请求参数：小物件颜色的说明，商户名称示例：張記\n"},
		{"simplify", "traditional names on an English page", "Example: 臺灣龍鳳館", "Example: 臺灣龍鳳館\n"},

		{"bullets", "in front of text", "? 只有一种\n？ color 必填", "• 只有一种\n• color 必填\n"},
		{"bullets", "operators are none", "? a : b\n?a", "? a : b\n?a\n"},

		{"numbers", "glued", "1{\n2  \"a\" : 1,\n3  \"b\" : 2\n4}\n5\n", "{\n  \"a\" : 1,\n  \"b\" : 2\n}\n"},
		{"numbers", "with blanks", "1 {\n2   \"a\" : 1\n3 }\n", " {\n   \"a\" : 1\n }\n"},
		{"numbers", "code that begins with digits", "1[\n22020,\n33030\n4]\n", "[\n2020,\n3030\n]\n"},
		{"numbers", "empty lines and a wrapped one", "1{\n\n2  \"a\" : \"long\n and wrapped\",\n3  \"b\" : 2\n4}\n", "{\n  \"a\" : \"long\n and wrapped\",\n  \"b\" : 2\n}\n"},
		{"numbers", "on lines of their own", "1\n{\n2\n  \"a\": 1\n3\n}\n", "{\n  \"a\": 1\n}\n"},
		{"numbers", "all before the code", "1\n2\n3\n{\n\"a\": 1\n}\n", "{\n\"a\": 1\n}\n"},
		{"numbers", "between blanks", `1{ 2 "a" : 3, 3 "b" : 4 4} 5`, "{\n\"a\" : 3,\n\"b\" : 4\n}\n"},
		{"numbers", "the same number in the code", `1{ 2 "a" : 1, 3 "b" : 4 4 } 5`, "{\n\"a\" : 1,\n\"b\" : 4\n}\n"},
		{"numbers", "empty lines between blanks", "1package a 2 3import ( 4 \"b\" 5) 6", "package a\n\nimport (\n\"b\"\n)\n"},
		{"numbers", "a call on one line", `1curl -X GET \ 2 https://api.mch.weixin.qq.com/v3/demo?a=3 \ 3 -H "A: b" 4`, "curl -X GET \\\nhttps://api.mch.weixin.qq.com/v3/demo?a=3 \\\n-H \"A: b\"\n"},
		{"numbers", "glued on both sides", `1{2"a":1,3"b":{4"c":125},6"d":"7",7"e":[8{9"f":-110}11]12}`, "{\n\"a\":1,\n\"b\":{\n\"c\":12\n},\n\"d\":\"7\",\n\"e\":[\n{\n\"f\":-1\n}\n]\n}\n"},
		{"numbers", "one line", "1{\"a\":1}\n", "{\"a\":1}\n"},
		{"numbers", "a status follows", "1{\"a\":1}\n200 OK\n", "{\"a\":1}\n200 OK\n"},
		{"numbers", "a list of sentences", "1. 打开\n2. 上色\n3. 关闭\n", "1. 打开\n2. 上色\n3. 关闭\n"},
		{"numbers", "a list with blanks", "1 Open it\n2 Paint it\n3 Close it\n", "1 Open it\n2 Paint it\n3 Close it\n"},
		{"numbers", "values of an enum", "可选取值\n1\n: 红色\n2\n: 蓝色\n3\n: 绿色\n", "可选取值\n1\n: 红色\n2\n: 蓝色\n3\n: 绿色\n"},
		{"numbers", "a document without", "{\n  \"1\": 1\n}\n", "{\n  \"1\": 1\n}\n"},

		{"one-line", "a call", `curl -X POST \ https://api.mch.weixin.qq.com/v3/demo/gadgets \ -H "Accept: application/json; a \ b" \ -d '{"a": "b \ c", "d": "eeeeeeeeeeeeeeeeeeeeeeeeee"}'`,
			"curl -X POST \\\nhttps://api.mch.weixin.qq.com/v3/demo/gadgets \\\n-H \"Accept: application/json; a \\ b\" \\\n-d '{\"a\": \"b \\ c\", \"d\": \"eeeeeeeeeeeeeeeeeeeeeeeeee\"}'\n"},
		{"one-line", "a short call", `curl -X GET \ https://a.b`, "curl -X GET \\ https://a.b\n"},

		{"full-width", "names and types", "ｇａｄｇｅｔ＿ｉｄ 必填 string(３２)，说明", "gadget_id 必填 string(32)，说明\n"},
		{"full-width", "JSON", "{\n“name”：“小物件，红色”，\n\"a\"： 1，\n｝\n", "{\n\"name\":\"小物件，红色\",\n\"a\": 1,\n}\n"},
		{"full-width", "sentences", "“红色”：表示红色，（默认）。", "“红色”：表示红色，（默认）。\n"},

		{"hosts", "a mirror's", "规则：http://www.example.net/wiki/doc/apiv3/a.shtml\n\"url\": \"http://www.example.net\"", "规则：https://pay.weixin.qq.com/wiki/doc/apiv3/a.shtml\n\"url\": \"https://pay.weixin.qq.com\"\n"},
		{"hosts", "others", "https://www.example.net/docs/a\nhttps://pay.weixin.qq.com/wiki/doc/apiv3/a.shtml", "https://www.example.net/docs/a\nhttps://pay.weixin.qq.com/wiki/doc/apiv3/a.shtml\n"},
		{"hosts", "a lonely one", "}\n    http://2323weixin.qq.com\nb", "}\n\nb\n"},

		{"menu", "before the title", "热门词语热门词语热门词语_热门词语热门词语_热门词语热门\n\n目录\n甲接口\n\n设置小物件\n\n更新时间：2025.03.04\n接口说明\n", "设置小物件\n\n更新时间：2025.03.04\n接口说明\n"},
		{"menu", "names in a sentence", "设置小物件\n获取到链接download_url后，请求链接download_url获取对应的账单文件。\n", "设置小物件\n获取到链接download_url后，请求链接download_url获取对应的账单文件。\n"},
		{"menu", "search words without a date", "热门词语甲_热门词语乙热门词语_热门词语丙_热门词语丁\n设置小物件\n", "设置小物件\n"},
		{"menu", "no date", "设置小物件\n接口说明\n", "设置小物件\n接口说明\n"},
		{"menu", "a sentence before the date is no title", "设置小物件\n用于给小物件上色。\n更新时间：2025.03.04\n", "设置小物件\n用于给小物件上色。\n更新时间：2025.03.04\n"},
		{"tail", "buttons", "错误码\n\n反馈\n咨询\n目录\n置顶\n", "错误码\n\n"},
		{"tail", "nothing", "错误码\n表\n", "错误码\n表\n"},
	}
	for _, tt := range tests {
		got := only(tt.step, tt.text)
		if got.String() != tt.want {
			t.Errorf("%s: %s:\ngot  %q\nwant %q", tt.step, tt.name, got.String(), tt.want)
		}
		changed := got.String() != source.Lines("", tt.text).String()
		if changed != (len(got.Repairs) > 0) {
			t.Errorf("%s: %s: changed %v, reported %v", tt.step, tt.name, changed, got.Repairs)
		}
		if again := repair.Only(got, tt.step); again.String() != got.String() {
			t.Errorf("%s: %s: the second time it makes %q", tt.step, tt.name, again.String())
		}
	}
	for _, name := range repair.Names() {
		if !slices.ContainsFunc(tests, func(tt struct{ step, name, text, want string }) bool { return tt.step == name }) {
			t.Errorf("no test of the step %s", name)
		}
	}
}

// A program on one line is broken where its lines ended, as far as that shows.
func TestPrograms(t *testing.T) {
	text := `package com.demo; import a.B; // 引用 a public class Demo { private static String PATH = "/v3/demo; {x}"; ` +
		`/* c; d */ public static class Gadget { @SerializedName("part_id") public String partId; @SerializedName("color") public Color color; } ` +
		`public enum Color { @SerializedName("RED") RED, @SerializedName("BLUE") BLUE } void f() { for (int i = 0; i < 2; i++) { g(i); } // 完成 return; } }` + strings.Repeat(" ", 40)
	want := []string{"package com.demo;", "import a.B;", "// 引用 a", "public class Demo {", `private static String PATH = "/v3/demo; {x}";`, "/* c; d */",
		"public static class Gadget {", `@SerializedName("part_id") public String partId;`, `@SerializedName("color") public Color color;`,
		"}", "public enum Color {", `@SerializedName("RED") RED, @SerializedName("BLUE") BLUE`, "}", "void f() {", "for (int i = 0; i < 2; i++) {", "g(i);",
		"} // 完成", "return;", "}", "}"}
	var got []string
	for _, l := range only("one-line", text).Lines {
		got = append(got, l.Text)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const gadgetPage = `设置小物件

更新时间：2025.03.04

接口说明
支持商户：【普通商户】
请求方式：【POST】/v3/demo/gadgets

请求参数
body 包体参数

color  必填 string(32)
【颜色】 颜色，（如“红色”）；默认值见下。

请求示例
POST
curl -X POST \
  https://api.mch.weixin.qq.com/v3/demo/gadgets?a=1&lt=2 \
  -d '{
    "color" : "红色，暗"
  }'

应答示例
200 OK
{
  "gadget_id" : "1"
}
`

// Nothing is mended on a page that is not damaged.
func TestCleanPage(t *testing.T) {
	text := source.Lines("page.txt", gadgetPage)
	pages := repair.Text(text)
	if len(pages) != 1 || pages[0].String() != gadgetPage || len(pages[0].Repairs) > 0 {
		t.Errorf("%d pages, repairs %v:\n%s", len(pages), pages[0].Repairs, pages[0])
	}
	if got := repair.Markup(text); got.String() != gadgetPage {
		t.Errorf("as markup:\n%s", got)
	}
}

func TestPages(t *testing.T) {
	other := strings.ReplaceAll(strings.ReplaceAll(gadgetPage, "设置小物件", "删除小物件"), "POST", "DELETE")
	undated := strings.ReplaceAll(gadgetPage, "更新时间：2025.03.04\n", "")
	notice := "小物件通知\n更新时间：2025.03.04\n通知参数\nid 必填 string\n"
	tests := []struct {
		name, text string
		titles     []string
	}{
		{"one", gadgetPage, []string{"设置小物件"}},
		{"two", gadgetPage + "\n" + other, []string{"设置小物件", "删除小物件"}},
		{"menus between", "目录\n" + gadgetPage + "反馈\n咨询\n" + other, []string{"设置小物件", "删除小物件"}},
		{"without dates", undated + "\n" + strings.ReplaceAll(other, "更新时间：2025.03.04\n", ""), []string{"设置小物件", "删除小物件"}},
		{"a notification", gadgetPage + notice, []string{"设置小物件", "小物件通知"}},
		{"a changelog", gadgetPage + "版本说明\n更新时间：2025.01.01\n上线\n", []string{"设置小物件"}},
	}
	for _, tt := range tests {
		var titles []string
		for _, p := range repair.Text(source.Lines("page.txt", tt.text)) {
			for _, l := range p.Lines {
				if !l.Blank() {
					titles = append(titles, l.Text)
					break
				}
			}
		}
		if !slices.Equal(titles, tt.titles) {
			t.Errorf("%s: pages %q", tt.name, titles)
		}
	}
}

// What is mended says where it stood in the original.
func TestPlaces(t *testing.T) {
	text := source.Lines("page.txt", "設(shè)置小物件\n更新時間：2025.03.04\n請求參數(shù)\n請求示例\n1{ 2 \"a\" : 1, 3 \"b\" : 2 4} 5\n")
	page := repair.Text(text)[0]
	for want, at := range map[string][2]int{"设置小物件": {1, 1}, "请求参数": {3, 1}, `"b" : 2`: {5, 17}} {
		i := slices.IndexFunc(page.Lines, func(l source.Line) bool { return l.Text == want })
		if i < 0 {
			t.Errorf("no line %s in %s", want, page)
			continue
		}
		if pos := page.Lines[i].Pos(0); pos.Line != at[0] || pos.Col != at[1] {
			t.Errorf("%s stands at %v, want %v", want, pos, at)
		}
	}
	if pos := page.Lines[0].Pos(len("设置")); pos.Col != 8 {
		t.Errorf("小 stands at %v", pos)
	}
	var steps []string
	for _, r := range page.Repairs {
		steps = append(steps, r.Step)
		if r.Count == 0 || r.First.Line == 0 || r.What == "" {
			t.Errorf("repair %+v", r)
		}
	}
	if !slices.Equal(steps, []string{"pinyin", "simplify", "numbers"}) {
		t.Errorf("steps %v", steps)
	}
}

// The labels of pages are complete in the table.
func TestTraditionalLabels(t *testing.T) {
	const traditional = "請求參數 返回參數 應答參數 參數名 變量 類型[長度限制] 必填 描述 錯誤碼 狀態碼 解決方案 最新更新時間 適用對象 接口頻率 冪等規則 示例值 校驗規則 特殊規則 請求示例 返回示例 應答示例 通知參數 業務錯誤碼 可選取值 枚舉值 屬性 路徑參數 查詢參數 包體參數 支持商戶 請求方式 請求域名 接口說明 版本說明 關閉 技術諮詢 文檔反饋 解密後 直連商戶 服務商 渠道商 從業機構 銀行 清算機構 電商平臺 無數據 回調 簽名 驗證 下載賬單"
	const simplified = "请求参数 返回参数 应答参数 参数名 变量 类型[长度限制] 必填 描述 错误码 状态码 解决方案 最新更新时间 适用对象 接口频率 幂等规则 示例值 校验规则 特殊规则 请求示例 返回示例 应答示例 通知参数 业务错误码 可选取值 枚举值 属性 路径参数 查询参数 包体参数 支持商户 请求方式 请求域名 接口说明 版本说明 关闭 技术咨询 文档反馈 解密后 直连商户 服务商 渠道商 从业机构 银行 清算机构 电商平台 无数据 回调 签名 验证 下载账单"
	got := strings.Fields(only("simplify", traditional).String())
	for i, want := range strings.Fields(simplified) {
		if got[i] != want {
			t.Errorf("%s, want %s", got[i], want)
		}
	}
}
