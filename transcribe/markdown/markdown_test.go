package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/markdown"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// show writes a block in a line: its kind, what it holds, and where.
func show(blocks []block.Block) []string {
	var all []string
	for _, b := range blocks {
		var s string
		switch b.Kind {
		case block.Line:
			s = "line " + b.Text
			if b.Within {
				s = "  " + s
			}
		case block.Heading:
			s = fmt.Sprintf("h%d %s", b.Level, b.Text)
		case block.Field:
			s = strings.Join([]string{"field", b.Field.Name, b.Field.Type, b.Field.Need}, " ")
			if b.Doubt != "" {
				s += " ?"
			}
		case block.Item:
			s = "  item " + b.Value + "=" + b.Text
		case block.Open:
			s = "open"
			if b.Unended {
				s = "open unended"
			}
		case block.Close:
			s = "close"
		case block.Folded:
			s = "folded"
		case block.Row:
			var cells []string
			for _, c := range b.Cells {
				text := c.Text
				if c.Header {
					text = "*" + text
				}
				cells = append(cells, text)
			}
			s = "row " + strings.Join(cells, "|")
		case block.Code:
			s = "code " + b.Lang + " " + strings.ReplaceAll(b.Text, "\n", "⏎")
		}
		all = append(all, strings.TrimRight(s, " "))
	}
	return all
}

const official = `通过此接口为[小物件](https://pay.weixin.qq.com/doc/v3/merchant/1.md)上色。

## 接口说明

支持商户：【普通商户】

请求方式：【POST】 ` + "`/v3/demo/gadgets/{gadget_id}/paint`" + `

## 请求参数

### Body 参数
| 参数名 | 类型 | 必填 | 描述 |
| --- |  --- | --- | --- |
| parts | array[object] | true | 【零件】 零件\_列表 |
| parts.color | string(32) | false | 【颜色】 颜色<br>可选取值<br><ul><li>` + "`RED`" + `: 红色</li><li>` + "`BLUE_2`" + `:  蓝色&#124;青</li></ul>注：其他 |
| note | string | false | 【备注】枚举值：<br>- ` + "`A`" + `：甲<br>- 普通一行 |
## 应答参数

> 200 OK

` + "```" + `
{
  "a" : 1
}
` + "```" + `### 错误码

| 状态码 | 错误码 | 描述 | 解决方案 |
| --- | --- | --- | --- |
| 400 | PARAM\_ERROR | 参数\|错误 | 见[文档](https://x.example/a(b)c) |
`

func TestOfficial(t *testing.T) {
	text := source.Lines("p.md", official)
	if !markdown.RecogniseOfficial(text) {
		t.Error("not recognised")
	}
	blocks, err := markdown.ReadOfficial(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"line 通过此接口为小物件上色。", "h2 接口说明", "line 支持商户：【普通商户】", "line 请求方式：【POST】 /v3/demo/gadgets/{gadget_id}/paint",
		"h2 请求参数", "h3 Body 参数",
		"field parts array[object] true", "  line 【零件】 零件_列表",
		"field parts.color string(32) false", "  line 【颜色】 颜色", "  line 可选取值", "  item RED=红色", "  item BLUE_2=蓝色|青", "  line 注：其他",
		"field note string false", "  line 【备注】枚举值：", "  item A=甲", "  line 普通一行",
		"h2 应答参数", "line 200 OK", `code  {⏎  "a" : 1⏎}`, "h3 错误码",
		"row *状态码|*错误码|*描述|*解决方案", "row 400|PARAM_ERROR|参数|错误|见文档",
	}
	if diff := cmp.Diff(want, show(blocks)); diff != "" {
		t.Error(diff)
	}
	for _, b := range blocks {
		if b.Field.Name == "parts.color" {
			if got := fmt.Sprint(b.Pos, " ", b.Field.At.Type, " ", b.Field.At.Need); got != "p.md:15:3 p.md:15:17 p.md:15:30" {
				t.Errorf("positions %s", got)
			}
		}
		if b.Value == "BLUE_2" && b.Pos != (page.Pos{File: "p.md", Line: 15, Col: 84}) {
			t.Errorf("the item stands at %v", b.Pos)
		}
	}
}

const svg = "![](https://example.com/fold.svg)"

var iwiki = "# 上色小物件\n\n# 上色小物件\n\n路径：产品文档/小物件/API列表/上色小物件\n\n用于上色。\n\n" +
	"## 接口说明\n\n请求方式：【POST】`/v3/demo/gadgets`\n\n## 请求参数\n    \n    折叠全部参数\n\nbody  包体参数\n\n" +
	"\u00a0name \u3000必填\u00a0 \u00a0string(32)\n\n【名称】名称\n\n\u00a0parts \u3000选填 array[object]\n\n【零件】零件\n\n" +
	"| " + svg + " | 属性 |  |  |  |  |\n| --- | --- | --- | --- | --- | --- |\n" +
	"|  | part_id 　必填   string(32)【零件ID】编号，见文档。 box 　选填   object【盒子】盒子" + svg + "属性 wide 　必填   integer【宽】宽 deep 　选填   string【深】可选取值`LOW`: 浅`HIGH`: 深 size 　选填 int【尺寸】尺寸 | " +
	svg + " | 属性 |  | wide 　必填   integer【宽】宽 deep 　选填   string【深】可选取值`LOW`: 浅`HIGH`: 深 |\n" +
	"| " + svg + " | 属性 |\n|  | wide 　必填   integer【宽】宽 deep 　选填   string【深】可选取值`LOW`: 浅`HIGH`: 深 |  |\n\n" +
	"请求示例\ncurlJavaGo\nPOST\n```\n1curl -X POST \\\n2  https://api.mch.weixin.qq.com/v3/demo/gadgets \\\n3  -d '{\"name\" : 1}'\n4\n```\n" +
	"```\n1package demo;\n2class A {\n9package main\n10\n1112 \n```\n\n" +
	"## 应答参数\n\n| 200 OK |  | 200 OK |\n| --- | --- | --- |\n|  | 200 OK |  |\n\n" +
	"## 错误码\n\n| 状态码 | 错误码 | 描述 | 解决方案 |\n| --- | --- | --- | --- |\n| 400 | PARAM_ERROR | 参数错误 | 请检查 |\n"

func TestIWiki(t *testing.T) {
	text := source.Lines("p.md", iwiki)
	if markdown.RecogniseOfficial(text) || !markdown.RecogniseIWiki(text) {
		t.Error("not recognised")
	}
	blocks, err := markdown.ReadIWiki(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"h1 上色小物件", "line 用于上色。", "h2 接口说明", "line 请求方式：【POST】/v3/demo/gadgets", "h2 请求参数", "line body  包体参数",
		"field name string(32) 必填", "line 【名称】名称", "field parts array[object] 选填", "line 【零件】零件",
		"open", "field part_id string(32) 必填", "  line 【零件ID】编号，见文档。", "field box object 选填", "  line 【盒子】盒子",
		"open", "field wide integer 必填", "  line 【宽】宽", "field deep string 选填", "  line 【深】", "  line 可选取值", "  line LOW: 浅", "  line HIGH: 深", "close",
		"field size int 选填", "  line 【尺寸】尺寸", "close",
		"line 请求示例", "line POST", `code  curl -X POST \⏎  https://api.mch.weixin.qq.com/v3/demo/gadgets \⏎  -d '{"name" : 1}'⏎`,
		"code  package demo;⏎class A {", "code  package main⏎⏎12",
		"h2 应答参数", "line 200 OK", "h2 错误码", "row *状态码|*错误码|*描述|*解决方案", "row 400|PARAM_ERROR|参数错误|请检查",
	}
	if diff := cmp.Diff(want, show(blocks)); diff != "" {
		t.Error(diff)
	}
}

func TestIWikiWithoutEnds(t *testing.T) {
	text := source.Lines("p.md", "## 应答参数\n\n折叠全部参数\n\nbox 必填 object\n\n| "+svg+" | 属性 |\n| --- | --- |\n"+
		"|  | in 必填 object【内】内"+svg+"属性 deep 必填 string用Appnext 选填 string【下】下 |\n\n"+
		"lid 必填 object\n\n| "+svg+" | 属性 |\n| --- | --- |\n")
	blocks, err := markdown.ReadIWiki(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"h2 应答参数", "field box object 必填", "open", "field in object 必填", "  line 【内】内", "open unended",
		"field deep string 必填", "  line 用", "field Appnext string 选填 ?", "  line 【下】下", "close", "field lid object 必填", "folded",
	}
	if diff := cmp.Diff(want, show(blocks)); diff != "" {
		t.Error(diff)
	}
}

// TestHostile reads what is no page at all, and pages that break off.
func TestHostile(t *testing.T) {
	for _, doc := range []string{
		strings.Repeat("|", 1<<16), strings.Repeat("[", 1<<16), strings.Repeat("`", 1<<16), strings.Repeat("<li>", 1<<14),
		strings.Repeat("| a.b | string | true | x |\n", 1<<12), "```\n" + strings.Repeat("1\n", 1<<12),
		"| " + svg + " | 属性 |\n|---|\n|  | " + strings.Repeat("a 必填 object"+svg+"属性", 1<<12) + " |",
	} {
		for _, read := range []func(source.Text) ([]block.Block, error){markdown.ReadOfficial, markdown.ReadIWiki} {
			if _, err := read(source.Lines("p", doc)); err != nil {
				t.Error(err)
			}
		}
	}
	for _, doc := range []string{official, iwiki} {
		for i := range doc {
			for _, read := range []func(source.Text) ([]block.Block, error){markdown.ReadOfficial, markdown.ReadIWiki} {
				if _, err := read(source.Lines("p", doc[:i])); err != nil {
					t.Error(err)
				}
			}
		}
	}
}
