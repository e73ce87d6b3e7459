package lines_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/block/blocktest"
	"github.com/wxgen/wxgen/transcribe/lines"
	"github.com/wxgen/wxgen/transcribe/source"
)

// formats are all formats, in the order in which they are tried.
var formats = []struct {
	name      string
	recognise func(source.Text) bool
	read      func(source.Text) ([]block.Block, error)
}{
	{lines.Docinline, lines.RecogniseDocinline, lines.ReadDocinline},
	{lines.Bullets, lines.RecogniseBullets, lines.ReadBullets},
	{lines.TrailingLabels, lines.RecogniseTrailingLabels, lines.ReadTrailingLabels},
	{lines.Copy, lines.RecogniseCopy, lines.ReadCopy},
	{lines.Docline, lines.RecogniseDocline, lines.ReadDocline},
}

func recognised(t source.Text) string {
	for _, f := range formats {
		if f.recognise(t) {
			return f.name
		}
	}
	return ""
}

// dump writes blocks, a line each.
func dump(blocks []block.Block) string {
	var b strings.Builder
	for _, bl := range blocks {
		at := fmt.Sprintf("%d:%d ", bl.Pos.Line, bl.Pos.Col)
		switch bl.Kind {
		case block.Line, block.Heading:
			mark := map[bool]string{true: " within"}[bl.Within]
			at += strings.Repeat("#", bl.Level) + mark + " " + bl.Text
		case block.Field:
			f := bl.Field
			at += fmt.Sprintf("field %s%s|%s|%s|%s", strings.Repeat("+", f.Depth), f.Name, f.Need, f.Type, f.Text)
		case block.Item:
			at += "item " + bl.Value + "|" + bl.Text
		case block.Open:
			at += map[bool]string{true: "open unended", false: "open"}[bl.Unended]
			at += map[bool]string{true: ", maybe"}[bl.Maybe]
		case block.Close:
			at += "close"
		case block.Folded:
			at += "folded"
			if bl.Doubt != "" {
				at += "?"
			}
		case block.Row:
			var cells []string
			for _, c := range bl.Cells {
				text := strings.ReplaceAll(c.Text, "\n", "/")
				if c.Merged {
					text = "^" + text
				}
				cells = append(cells, text)
			}
			at += "row " + strings.Join(cells, "|")
		case block.Code:
			at += "code " + strings.ReplaceAll(bl.Text, "\n", "/")
		}
		b.WriteString(strings.Join(strings.Fields(at), " ") + "\n")
	}
	return b.String()
}

func TestRead(t *testing.T) {
	tests := []struct{ name, format, text, want string }{
		{"docline", lines.Docline, `
设置小物件
更新时间:2025.03.04

请求方式:【POST】/v3/demo/gadgets
请求参数
path 路径参数

gadget_id  必填 string(32)

【小物件ID】 编号
color选填 string
【颜色】 颜色
可选取值
  • RED: 红色
  • BLUE: 蓝色
parts  必填array[object]
【零件】 零件

属性

请求示例
POST
curl -X POST \
  -d '{
    "a": 1
  }'
需配合微信支付工具库 Demo 使用,请参考 Java
package com.demo;
/*
请求示例
*/
class A {} // 完

应答参数
200 OK
应答示例
200 OK
{
  "a": "}",
  "b": [1]
}
{"c": 1}
错误码
状态码
错误码
描述
解决方案
400
PARAM_ERROR
参数错误
请改正
再试
NO_AUTH
无权限
请申请
500
SYSTEM_ERROR
系统错误
请重试
`, `2:1 设置小物件
3:1 更新时间:2025.03.04
5:1 请求方式:【POST】/v3/demo/gadgets
6:1 请求参数
7:1 path 路径参数
9:1 field gadget_id|必填|string(32)|
11:1 【小物件ID】 编号
12:1 field color|选填|string|
13:1 【颜色】 颜色
14:1 可选取值
15:3 • RED: 红色
16:3 • BLUE: 蓝色
17:1 field parts|必填|array[object]|
18:1 【零件】 零件
20:1 folded
22:1 请求示例
23:1 POST
24:1 code curl -X POST \/ -d '{/ "a": 1/ }'
28:1 需配合微信支付工具库 Demo 使用,请参考 Java
29:1 code package com.demo;//*/请求示例/*//class A {} // 完
35:1 应答参数
36:1 200 OK
37:1 应答示例
38:1 200 OK
39:1 code {/ "a": "}",/ "b": [1]/}
43:1 code {"c": 1}
44:1 错误码
45:1 row 状态码|错误码|描述|解决方案
49:1 row 400|PARAM_ERROR|参数错误|请改正/再试
49:1 row ^400|NO_AUTH|无权限|请申请
57:1 row 500|SYSTEM_ERROR|系统错误|请重试
`},
		{"cells divided by empty lines", lines.Docline, "请求方式:【GET】/v3/demo/gadgets\n错误码\n\n状态码\n\n错误码\n\n描述\n\n解决方案\n\n400\n\nPARAM_ERROR\n\n参数\n错误\n\n请改正\n\n再试\n\n403\n\nNO_AUTH\n\n无权限\n", `1:1 请求方式:【GET】/v3/demo/gadgets
2:1 错误码
4:1 row 状态码|错误码|描述|解决方案
12:1 row 400|PARAM_ERROR|参数/错误|请改正/再试
23:1 row 403|NO_AUTH|无权限
`},
		{"copy, members folded", lines.Copy, `请求方式：【POST】/v3/demo/gadgets
应答参数
parts　必填　array[object]
【零件】零件
	属性
color　选填　string
【颜色】颜色
size　选填　object
【尺寸】尺寸
	属性
应答示例
{"parts": [{"part_id": "1"}], "color": "RED", "size": {"width": 1}}
错误码
状态码	错误码	描述	解决方案
400	PARAM_ERROR	参数 错误	请改正
		另一个 错误	请再改
	NO_AUTH	无权限	请申请
`, `1:1 请求方式：【POST】/v3/demo/gadgets
2:1 应答参数
3:1 field parts|必填|array[object]|
4:1 【零件】零件
5:2 open unended, maybe
6:1 field color|选填|string|
7:1 【颜色】颜色
8:1 field size|选填|object|
9:1 【尺寸】尺寸
10:2 folded
11:1 应答示例
12:1 code {"parts": [{"part_id": "1"}], "color": "RED", "size": {"width": 1}}
13:1 错误码
14:1 row 状态码|错误码|描述|解决方案
15:1 row 400|PARAM_ERROR|参数 错误|请改正
15:1 row ^400|^PARAM_ERROR|另一个 错误|请再改
15:1 row ^400|NO_AUTH|无权限|请申请
`},
		{"copy, members open", lines.Copy, `请求方式：【POST】/v3/demo/gadgets
应答参数
size　选填　object
属性
width　必填　integer
lid　选填　object
属性
shape　选填　string
color　选填　string
应答示例
{"size": {"width": 1}, "color": "RED"}
`, `1:1 请求方式：【POST】/v3/demo/gadgets
2:1 应答参数
3:1 field size|选填|object|
4:1 open unended, maybe
5:1 field width|必填|integer|
6:1 field lid|选填|object|
7:1 open unended, maybe
8:1 field shape|选填|string|
9:1 field color|选填|string|
10:1 应答示例
11:1 code {"size": {"width": 1}, "color": "RED"}
`},
		{"no example tells", lines.Copy, "请求方式：【POST】/v3/demo/gadgets\n应答参数\nsize 选填 object\n属性\nwidth 必填 integer\n", `1:1 请求方式：【POST】/v3/demo/gadgets
2:1 应答参数
3:1 field size|选填|object|
4:1 open unended, maybe
5:1 field width|必填|integer|
`},
		{"docinline", lines.Docinline, `设置小物件
更新时间:2025.03.04用于给小物件上色
请求方式:【POST】/v3/demo/gadgets
请求参数
color 必填 string
【颜色】 颜色
可选取值
RED
: 红色BLUE
: 蓝色MODE_2.1
: 支持API
parts 必填 array[object]
【零件】 零件
| 属性 | ||||
part_id 必填 string(32) 【零件ID】 编号,shape 必填 时有值 shape 选填 string 【形状】 形状 可选取值
size 选填 object
【尺寸】 尺寸 nonce 选填 string(16) 说明 |
note 选填 string 【备注】 备注
应答参数
200 OK |
错误码
状态码 | 错误码 | 描述 | 解决方案 |
---|---|---|---|
400 | PARAM_ERROR | a||b | 请改正 |
 |  | 另一个 | 请再改 |
`, `1:1 设置小物件
2:1 更新时间:2025.03.04用于给小物件上色
3:1 请求方式:【POST】/v3/demo/gadgets
4:1 请求参数
5:1 field color|必填|string|
6:1 【颜色】 颜色
7:1 可选取值
8:1 item RED|红色
9:5 item BLUE|蓝色
10:5 item MODE_2.1|支持API
12:1 field parts|必填|array[object]|
13:1 【零件】 零件
14:1 open
15:1 field part_id|必填|string(32)|【零件ID】 编号,shape 必填 时有值
15:46 field shape|选填|string|【形状】 形状 可选取值
16:1 field size|选填|object|
16:1 folded
17:1 within 【尺寸】 尺寸
17:9 field nonce|选填|string(16)|说明
17:1 close
18:1 field note|选填|string|【备注】 备注
19:1 应答参数
20:1 200 OK
21:1 错误码
22:1 row 状态码|错误码|描述|解决方案
24:1 row 400|PARAM_ERROR|a||b|请改正
24:1 row ^400|^PARAM_ERROR|另一个|请再改
`},
		{"values whose text ends in Latin letters", lines.Docinline, "更新时间:2025.03.04用于上色\n请求方式:【POST】/v3/demo/gadgets\n请求参数\nmode 必填 string\n可选取值\nAPP\n: 用APPJSAPI\n: 用JSAPI\n请求示例\n{\"mode\": \"JSAPI\"}\n", `1:1 更新时间:2025.03.04用于上色
2:1 请求方式:【POST】/v3/demo/gadgets
3:1 请求参数
4:1 field mode|必填|string|
5:1 可选取值
6:1 item APP|用APP
7:7 item JSAPI|用JSAPI
9:1 请求示例
10:1 code {"mode": "JSAPI"}
`},
		{"bullets", lines.Bullets, `# 接口说明
请求方式：【POST】/v3/demo/gadgets
# 请求参数
Body 包体参数
  • **gadget_id** 必填 string(32)
    【小物件ID】 编号
  • parts 选填 array[object]
    【零件】 零件
      • part_id 必填 string(32) 【零件ID】 编号
  • color 选填 string
      • depth 选填 integer
# 错误码
状态码 错误码 描述 解决方案
400 PARAM_ERROR 参数错误 请改正
NO_AUTH 无权限 请申请
`, `1:3 # 接口说明
2:1 请求方式：【POST】/v3/demo/gadgets
3:3 # 请求参数
4:1 Body 包体参数
5:7 field gadget_id|必填|string(32)|
6:5 【小物件ID】 编号
7:5 field parts|选填|array[object]|
8:5 【零件】 零件
9:9 field +part_id|必填|string(32)|【零件ID】 编号
10:5 field color|选填|string|
11:9 field depth|选填|integer|
12:3 # 错误码
13:1 row 状态码|错误码|描述|解决方案
14:1 row 400|PARAM_ERROR|参数错误|请改正
14:1 row ^400|NO_AUTH|无权限|请申请
`},
		{"members of items", lines.Bullets, `请求方式: 【POST】/v3/demo/gadgets
# 请求参数
  • size 必填 SizeReq
    【尺寸】 尺寸
    • 属性
      • width 必填 integer
  •
  • lid 选填 object
    • 属性
  • color 选填 string
`, `1:1 请求方式: 【POST】/v3/demo/gadgets
2:3 # 请求参数
3:5 field size|必填|SizeReq|
4:5 【尺寸】 尺寸
6:9 field +width|必填|integer|
8:5 field lid|选填|object|
9:5 folded?
10:5 field color|选填|string|
`},
		{"labels above their values", lines.Bullets, `# 接口说明
支持商户：
【普通商户】
【平台商户】
请求方式：
【POST】/v3/demo/gadgets
请求域名：
【主域名】
https://api.mch.weixin.qq.com
# 请求参数
  • color 必填 string
    【颜色】 颜色，枚举值：
    * RED：红色
`, `1:3 # 接口说明
2:1 支持商户：【普通商户】【平台商户】
5:1 请求方式：【POST】/v3/demo/gadgets
7:1 请求域名：【主域名】
9:1 https://api.mch.weixin.qq.com
10:3 # 请求参数
11:5 field color|必填|string|
12:5 【颜色】 颜色，枚举值：
13:5 * RED：红色
`},
		{"trailing labels", lines.TrailingLabels, `设置小物件
请求方式：【POST】/v3/demo/gadgets/{gadget_id}
请求参数
- gadget_id 必填【小物件ID】 编号
Path 路径参数
- color 选填【颜色】 颜色
- size 选填【尺寸】 尺寸
Body 包体参数
应答参数
- gadget_id 必填【小物件ID】 编号
`, `1:1 设置小物件
2:1 请求方式：【POST】/v3/demo/gadgets/{gadget_id}
3:1 请求参数
5:1 Path 路径参数
4:3 field gadget_id|必填||【小物件ID】 编号
8:1 Body 包体参数
6:3 field color|选填||【颜色】 颜色
7:3 field size|选填||【尺寸】 尺寸
9:1 应答参数
10:3 field gadget_id|必填||【小物件ID】 编号
`},
		{"a file is no member", lines.Docline, "请求方式:【POST】/v3/demo/pictures\n请求参数\nForm 表单\nmeta  必填 object\n属性\nfile  必填 file\n", `1:1 请求方式:【POST】/v3/demo/pictures
2:1 请求参数
3:1 Form 表单
4:1 field meta|必填|object|
5:1 folded
6:1 field file|必填|file|
`},
		{"place lines where they belong", lines.TrailingLabels, "请求方式：【POST】/v3/demo/gadgets\n请求参数\nPath 路径参数\n- a 必填【甲】\nBody 包体参数\n- b 必填【乙】\n- c 必填【丙】\n", `1:1 请求方式：【POST】/v3/demo/gadgets
2:1 请求参数
3:1 Path 路径参数
4:3 field a|必填||【甲】
5:1 Body 包体参数
6:3 field b|必填||【乙】
7:3 field c|必填||【丙】
`},
	}
	for _, tt := range tests {
		text := source.Lines("page.txt", tt.text)
		if got := recognised(text); got != tt.format {
			t.Errorf("%s: recognised as %q", tt.name, got)
		}
		for _, f := range formats {
			if f.name != tt.format {
				continue
			}
			blocks, err := f.read(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := dump(blocks); got != tt.want {
				t.Errorf("%s:\n%s", tt.name, diff(got, tt.want))
			}
		}
	}
}

func diff(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := 0; i < len(g) && i < len(w); i++ {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d is\n  %s\nwant\n  %s\nin\n%s", i+1, g[i], w[i], got)
		}
	}
	return fmt.Sprintf("%d lines, want %d:\n%s", len(g), len(w), got)
}

func TestRecogniseOthers(t *testing.T) {
	for _, text := range []string{
		"设置小物件\n用于上色\n",
		"参数名 变量 类型[长度限制] 必填 描述\n请求方式：POST\n编号 gadget_id string[1,32] 是 path编号\n",
		"| 参数名 | 类型 | 必填 | 描述 |\n请求方式：【POST】/v3/demo\n",
	} {
		if got := recognised(source.Lines("page.txt", text)); got != "" {
			t.Errorf("%q is recognised as %s", text, got)
		}
	}
}

func fuzz(f *testing.F, read func(source.Text) ([]block.Block, error)) {
	asked := func(text source.Text) ([]block.Block, error) {
		for _, format := range formats {
			format.recognise(text)
		}
		return read(text)
	}
	blocktest.Fuzz(f, asked,
		"设置小物件\n更新时间:2025.03.04用于上色\n请求方式:【POST】/v3/demo\n请求参数\nBody 包体参数\n• a 必填 object\n属性\nb 选填 string 【乙】 x 可选取值\nRED\n: 红BLUE\n: 蓝\n",
		"应答参数\nparts 必填 array[object]\n属性 | |\na 必填 string(32) 【甲】 b 选填 object 【乙】 |\n应答示例\n{\"parts\":[{\"a\":\"}\"}]}\n",
		"错误码\n状态码\n错误码\n描述\n400\nPARAM_ERROR\n参数\n错误\n改\nNO_AUTH\n无\n401\tSIGN_ERROR\ta\tb\n\t\tc\td\n| 400 | A_B | c |\n",
		"错误码\n||\n\t\t0",
		"请求参数\n- a 必填【甲】\nPath 路径参数\n请求示例\ncurl -X \\\n-d '{\npackage a;\n/* x\n",
	)
}

func FuzzDocline(f *testing.F)        { fuzz(f, lines.ReadDocline) }
func FuzzCopy(f *testing.F)           { fuzz(f, lines.ReadCopy) }
func FuzzDocinline(f *testing.F)      { fuzz(f, lines.ReadDocinline) }
func FuzzBullets(f *testing.F)        { fuzz(f, lines.ReadBullets) }
func FuzzTrailingLabels(f *testing.F) { fuzz(f, lines.ReadTrailingLabels) }
