package lines_test

import (
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe/repair"
	"github.com/wxgen/wxgen/transcribe/source"
)

// Long documents of what is hard to read take time that grows with their
// length and no faster: else this test would run for hours.
func TestHostile(t *testing.T) {
	const size = 1 << 17
	for name, unit := range map[string]string{
		"names":              "a 必填 string\n",
		"folded lists":       "a 必填 object\n属性\n",
		"members":            "a 必填 object\n属性 | |\n",
		"deep items":         "• a 选填 object\n  • b 选填 string\n",
		"fields on a line":   "a 必填 string 【甲】 ",
		"members on a line":  "属性 | |a 必填 string ",
		"values":             "可选取值\nA\n: 甲B\n: 乙C\n: 丙\n",
		"open braces":        "请求示例\n{\n",
		"sections":           "请求参数\na 必填 object\n属性\nb 必填 string\n请求示例\n{\"a\":{\"b\":1}}\n",
		"numbers":            "1{ 2 ",
		"numbers in a row":   "1{\n2\n",
		"ones":               "1\n",
		"errors":             "错误码\n状态码\n错误码\n400\nA_B\n",
		"rows":               "400 A_B 甲 乙\n",
		"bars":               "| 400 | A_B |\n",
		"dates":              "甲\n更新时间：2025.03.04\n",
		"pages":              "甲\n更新时间：2025.03.04\n请求方式：【POST】/v3/a\n",
		"entities":           "&amp;amp;",
		"pinyin":             "请(qǐng)",
		"comments":           "/* \n * a\n",
		"programs":           "package a; {\"",
		"blanks":             "  \u3000\u200b",
		"place lines behind": "- a 必填【甲】\nBody 包体参数\n",
		"mirrors":            "http://a.example/wiki/doc/api http://b.example/doc/v3/partner/1 ",
	} {
		text, err := source.Read("page.txt", []byte("请求方式：【POST】/v3/a\n请求参數\n"+strings.Repeat(unit, size/len(unit))))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		repair.Markup(text)
		for _, page := range repair.Text(text) {
			for _, f := range formats {
				f.recognise(page)
				if _, err := f.read(page); err != nil {
					t.Errorf("%s: %s: %v", name, f.name, err)
				}
			}
		}
	}
}
