package wiki_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/block/blocktest"
	"github.com/wxgen/wxgen/transcribe/source"
	"github.com/wxgen/wxgen/transcribe/wiki"
)

// hostile are documents that grow without an end. What stands before the
// first of them opens a table.
var hostile = map[string]func(i int) string{
	"blanks":     func(int) string { return "\n" },
	"words":      func(int) string { return "小物件\n" },
	"bare names": func(int) string { return "color\n" },
	"columns":    func(int) string { return "参数名\n" },
	"heads":      func(int) string { return "参数名 变量 类型[长度限制] 必填 描述\n" },
	"nested": func(i int) string {
		return fmt.Sprintf("颜色 color%d object 是 颜色\n参数名 变量 类型[长度限制] 必填 描述\n", i)
	},
	"rows":     func(i int) string { return fmt.Sprintf("颜色 color%d string[1,32] 是 body 颜色\n", i) },
	"signs":    func(i int) string { return strings.Repeat("+", i%50) + "颜色 color object 是 颜色\n" },
	"indented": func(i int) string { return strings.Repeat(" ", i%300) + "颜色 color object 是 颜色\n" },
	"captions": func(i int) string {
		return fmt.Sprintf("尺寸(size%d)\n参数名 变量 类型[长度限制] 必填 描述\n宽 w int 是 宽\n", i)
	},
	"errors": func(int) string { return "状态码 错误码 描述 解决方案\n400 PARAM_ERROR 有误 检查\n" },
	"error words": func(i int) string {
		return map[bool]string{true: "状态码 错误码 描述 解决方案\n400 A_B 有误\n", false: "也有误\n"}[i == 0]
	},
	"error cells": func(i int) string {
		return map[bool]string{true: "状态码\n错误码\n描述\n解决方案\n400\nA_B\n", false: "有误\n"}[i == 0]
	},
	"codes": func(int) string { return "A_B\n" },
	"pipes": func(int) string { return "| 颜色 | color | string(16) | 是 | body 颜色 |\n" },
	"pipe errors": func(i int) string {
		return map[bool]string{true: "|状态码|错误码|描述|解决方案|\n", false: "|  |  | 有误 | 检查 |\n"}[i == 0]
	},
	"fences":       func(int) string { return "```json\n{\"a\": 1}\n" },
	"headings":     func(int) string { return "# 小物件\n" },
	"front matter": func(int) string { return "---\ntitle: x\n" },
	"braces":       func(int) string { return "{\n" },
	"json":         func(int) string { return "{\"a\": [{\n" },
	"calls":        func(int) string { return "请求URL：https://api.mch.weixin.qq.com/v3/demo\n" },
	"dates":        func(int) string { return "最新更新时间：2031.03.04\n" },
	"html tables":  func(int) string { return "<table><tr><td>变量\n" },
	"html cells":   func(int) string { return "<td>变量</td>\n" },
	"html merged": func(i int) string {
		return fmt.Sprintf("<table><tr><td rowspan=1000>%s<td>a</tr>%s\n", strings.Repeat("x", 400), strings.Repeat("<tr><td>b</tr>", 900))
	},
	"html open":     func(int) string { return "<table>\n" },
	"html one line": func(int) string { return "<table><tr><td>a&amp;b<td>c</table>" },
	"html pre":      func(int) string { return "<pre>a&amp;b\n</pre>" },
	"html deep":     func(int) string { return "<div>\n" },
	"comments":      func(int) string { return "/**\n" },
	"line comments": func(int) string { return "// 请求URL：https://api.mch.weixin.qq.com/v3/demo\n;}\n" },
	"choices":       func(i int) string { return fmt.Sprintf("颜色 color%d string[1,32] 二选一 query 颜色\n", i) },
	"sentences":     func(int) string { return "枚举值：A：B C：D 示例值：E\n" },
	"long row":      func(int) string { return "颜色 color string[1,32] 是 body " },
	"long pipes":    func(int) string { return "| 颜色 | color " },
	"long sentence": func(int) string { return "枚举值：A：B C：D 示例值：E " },
	"long emphasis": func(int) string { return "a*b_c**[x](" },
	"long brackets": func(int) string { return "[http://" },
	"long error":    func(int) string { return "400 PARAM_ERROR 有误 检查 " },
	"long code": func(i int) string {
		return map[bool]string{true: "状态码 错误码 描述 解决方案\n400 A", false: "_B"}[i == 0]
	},
	"long signs":      func(int) string { return "+" },
	"long tags":       func(int) string { return "<br>" },
	"long tabs":       func(int) string { return "颜色\tcolor\tstring\t" },
	"long blanks":     func(int) string { return " " },
	"long glued":      func(int) string { return "|||1 +颜色 color object 是 " },
	"long bars":       func(int) string { return "|" },
	"alternatives":    func(int) string { return "请求URL：https://api.mch.weixin.qq.com/v3/demo\n或\n" },
	"two members":     func(i int) string { return fmt.Sprintf("%d\n颜色 color object 是 颜色\n", i) },
	"folded in pipes": func(int) string { return "| 参数名变量类型[长度限制] | | | | |\n" },
}

const opened = "登记小物件\n接口说明\n请求URL：https://api.mch.weixin.qq.com/v3/demo\n请求方式：POST\n请求参数\n参数名 变量 类型[长度限制] 必填 描述\n"

// TestHostile reads documents of a size that no page has: in time, and
// without making more of them than is in them. WIKI_HOSTILE=full asks for more.
func TestHostile(t *testing.T) {
	size, limit := 1<<16, 4*time.Second
	if os.Getenv("WIKI_HOSTILE") == "full" {
		size, limit = 1<<20, 20*time.Second
	}
	all := map[string]reader{
		"flat": wiki.Flat, "markdown": wiki.Markdown, "html": wiki.HTML,
		"comment": func(text source.Text) ([]block.Block, error) {
			for _, recognise := range recognisers {
				recognise(text)
			}
			wiki.Uncomment(text)
			return nil, nil
		},
	}
	for name, grow := range hostile {
		var b strings.Builder
		b.WriteString(opened)
		for i := 0; b.Len() < size; i++ {
			b.WriteString(grow(i))
		}
		for by, read := range all {
			t.Run(name+" as "+by, func(t *testing.T) {
				start := time.Now()
				blocks, err := read(source.Lines("hostile", b.String()))
				if err != nil {
					t.Fatal(err)
				}
				took := time.Since(start)
				if took > limit {
					t.Errorf("%d KB took %v", b.Len()>>10, took)
				}
				blocktest.Sound(t, []byte(b.String()), blocks)
				t.Logf("%d KB in %v", b.Len()>>10, took.Round(time.Millisecond))
			})
		}
	}
}
