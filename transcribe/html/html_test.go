package html_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/html"
	"github.com/wxgen/wxgen/transcribe/source"
)

func show(blocks []block.Block) []string {
	var all []string
	for _, b := range blocks {
		var s string
		switch b.Kind {
		case block.Line:
			s = "line " + b.Text
		case block.Heading:
			s = fmt.Sprintf("h%d %s", b.Level, b.Text)
		case block.Field:
			s = strings.Join([]string{"field", b.Field.Name, b.Field.Type, b.Field.Need}, " ")
		case block.Item:
			s = "item " + b.Value + "=" + b.Text
		case block.Open:
			s = "open"
		case block.Close:
			s = "close"
		case block.Folded:
			s = "folded"
		case block.Row:
			var cells []string
			for _, c := range b.Cells {
				text := strings.ReplaceAll(c.Text, "\n", "⏎")
				if c.Merged {
					text += "^"
				}
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

const doc = `<!DOCTYPE html>
<html><head><title>上色_小物件</title><style>p { color: red }</style></head><body>
<nav><ul><li>菜单</li></ul></nav>
<h1 class="content-title">上色小物件</h1><span class="last-updated-date"> 更新时间：2025.03.04</span>
<div id="main-content"><div class="iwiki-wrapper">
<p class="iwiki-p"><span>用于</span><a href="/x">上色</a><span>。</span></p>
<table class="iwiki-commonTable"><tbody><tr><td class="iwiki-panel"><table class="iwiki-panel-innerTable"><tbody><tr>
<td class="iwiki-panel-iconTd"><svg><path d=""></path></svg></td><td class="iwiki-panel-inner"><p>注意：</p><ol><li><p>小心</p></li></ol></td>
</tr></tbody></table></td></tr></tbody></table>
<h2 class="iwiki-h2"><span>请求参数</span><div class="toggle-all-expand-btn">折叠全部参数</div></h2>
<p class="iwiki-p"><span class="iwiki-status-blue">body</span>&nbsp;<span>&nbsp;包体参数</span></p>
<p class="iwiki-p"><span>&nbsp;gadget_id </span><span>必填　</span><span>string(32)</span></p>
<p class="iwiki-p">【小物件ID】编号<br>第二行 &amp; <code>x</code></p><hr class="iwiki-rule">
<p class="iwiki-p"><span>parts</span>&nbsp;选填 array[object]</p><p class="iwiki-p">【零件】零件</p>
<table class="iwiki-expand"><tbody><tr><td class="iwiki-expand-iconWrapper"><img class="iwiki-expand-icon"></td><td class="iwiki-expand-title">属性</td></tr>
<tr><td></td><td class="iwiki-expand-content close"><p class="iwiki-p">color 必填 string</p><p>【颜色】颜色</p><p>可选取值</p>
<ul class="iwiki-ul"><li class="iwiki-li"><p><code>RED</code>:&nbsp;红色</p></li><li class="iwiki-li"><p><code>BLUE</code>: 蓝色</p></li><li>没有代码</li></ul>
<hr class="iwiki-rule"><p>box 选填 object</p><table class="iwiki-expand"><tbody><tr><td class="iwiki-expand-title">属性</td></tr></tbody></table></td></tr></tbody></table>
<hr class="iwiki-rule"><p>note 选填</p><p>该字段 color 选填</p>
<div class="iwiki-tab-panel-nav"><div>curl</div><div>Java</div></div>
<div language="json"><img class="iwiki-codeBlock-copy"><pre class="iwiki-codeBlock"><span class="iwiki-codeBlock-lines"><span class="iwiki-codeBlock-linenumber">1</span><span class="iwiki-codeBlock-line"><span>{</span><span>
</span></span></span><span class="iwiki-codeBlock-lines"><span class="iwiki-codeBlock-linenumber">2</span><span class="iwiki-codeBlock-line"><span>  "a" : 1</span><span>
</span></span></span><span class="iwiki-codeBlock-lines"><span class="iwiki-codeBlock-linenumber">3</span><span class="iwiki-codeBlock-line"><span>}</span></span></span></pre></div>
<pre><code>curl x
  -H y</code></pre>
<h3>错误码</h3>
<table class="iwiki-tableNode"><tbody><tr><th>状态码</th><th>错误码</th><th>描述</th><th>解决方案</th></tr>
<tr><td rowspan="2"><p>400</p></td><td rowspan="2">PARAM_ERROR</td><td>甲</td><td><p>一</p><p>二</p></td></tr>
<tr><td>乙</td><td>三</td></tr><tr><td colspan="2">404</td><td>丙</td><td>四</td></tr></tbody></table>
<table><tr><th>参数名<th>类型<th>必填<th>描述<tr><td>size<td>integer<td>是<td>尺寸<br>示例值：1</table>
</div></div><div class="feedback-box">文档是否有帮助</div><script>var x = "<p>没有</p>";</script></body></html>`

func TestRead(t *testing.T) {
	text := source.Lines("p.html", doc)
	if !html.Recognise(text) || !html.RecogniseCentre(text) {
		t.Error("not recognised")
	}
	blocks, err := html.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"h1 上色小物件", "line 更新时间：2025.03.04", "line 用于上色。", "line 注意：", "line 小心", "h2 请求参数", "line body 包体参数",
		"field gadget_id string(32) 必填", "line 【小物件ID】编号", "line 第二行 & x", "field parts array[object] 选填", "line 【零件】零件",
		"open", "field color string 必填", "line 【颜色】颜色", "line 可选取值", "item RED=红色", "item BLUE=蓝色", "line 没有代码",
		"field box object 选填", "folded", "close", "field note  选填", "line 该字段 color 选填",
		`code json {⏎  "a" : 1⏎}`, "code  curl x⏎  -H y", "h3 错误码",
		"row *状态码|*错误码|*描述|*解决方案", "row 400|PARAM_ERROR|甲|一⏎二", "row 400^|PARAM_ERROR^|乙|三", "row 404|404|丙|四",
		"field size integer 是", "line 尺寸", "line 示例值：1",
	}
	if diff := cmp.Diff(want, show(blocks)); diff != "" {
		t.Error(diff)
	}
	for _, b := range blocks {
		if b.Field.Name == "gadget_id" {
			if got := fmt.Sprint(b.Pos, " ", b.Field.At.Need, " ", b.Field.At.Type); got != "p.html:12:32 p.html:12:55 p.html:12:71" {
				t.Errorf("positions %s", got)
			}
		}
		if b.Value == "BLUE" && b.Pos.Line != 17 {
			t.Errorf("BLUE stands at %v", b.Pos)
		}
	}
}

func TestParse(t *testing.T) {
	root := html.Parse(`<p>a<p>b<ul><li>c<li>d</ul><table><tr><td>e<td>f<tr><td>g</table></td>h<br/>i</div>`)
	var text strings.Builder
	var write func(n *html.Node)
	write = func(n *html.Node) {
		text.WriteString(n.Text)
		for _, c := range n.Children {
			write(c)
		}
		if n.Tag != 0 {
			text.WriteString("/")
		}
	}
	write(root)
	if got := text.String(); got != "a/b/c/d//e/f//g///h/i" {
		t.Errorf("tree %q", got)
	}
}

// TestHostile reads what is no page, and pages that break off.
func TestHostile(t *testing.T) {
	for _, doc := range []string{
		strings.Repeat("<div>", 1<<17), strings.Repeat("<p>", 1<<17), strings.Repeat("<table><tr><td>", 1<<15), strings.Repeat("</td>", 1<<17),
		strings.Repeat("<li>", 1<<17), strings.Repeat("<", 1<<17), strings.Repeat("<a b='", 1<<14), strings.Repeat("&nbsp;", 1<<17),
		`<table>` + strings.Repeat(`<tr><td rowspan="9999999" colspan="9999999">x</td><td>y</td></tr>`, 1<<10) + `</table>`,
		strings.Repeat(`<table class="iwiki-expand"><tr><td class="iwiki-expand-content">a 必填 object`, 1<<11),
	} {
		if _, err := html.Read(source.Lines("p", doc)); err != nil {
			t.Error(err)
		}
	}
	for i := range doc {
		if _, err := html.Read(source.Lines("p", doc[:i])); err != nil {
			t.Error(err)
		}
	}
}
