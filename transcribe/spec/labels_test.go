package spec_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/transcribe/spec"
)

// lamps is a page whose objects are one by their facts, and not by what they
// say to people.
const lamps = `<html><body><h1 class="content-title">查询灯</h1><span class="last-updated-date">更新时间：2025.03.04</span>
<div id="main-content">
<h2>接口说明</h2><p class="iwiki-p">请求方式：【POST】/v3/demo/lamps</p>
<h2>请求参数</h2><p class="iwiki-p">body 包体参数</p>
FIELDS
<h2>应答参数</h2><p class="iwiki-p">204 No Content</p>
</div></body></html>`

func lampsImport(t *testing.T, fields string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "lamps.html"), []byte(strings.Replace(lamps, "FIELDS", fields, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	files, told := runImport(t, folder, spec.Options{Specs: fstest.MapFS{}, Package: "lamps", Book: &spec.Book{}})
	if len(files) != 1 {
		t.Fatalf("%d files are written: %s", len(files), told)
	}
	return string(files["lamps.yaml"])
}

func lamp(name, on, off string) string {
	return `<p class="iwiki-p">` + name + `  必填 object</p><p class="iwiki-p">【` + name + `】 灯</p><table class="iwiki-expand"><tbody><tr><td class="iwiki-expand-title">属性</td></tr><tr><td class="iwiki-expand-content"><p class="iwiki-p">state  必填 string</p>
<p class="iwiki-p">【状态】 状态</p><p class="iwiki-p">可选取值</p><ul><li><code>ON</code>: ` + on + `</li><li><code>OFF</code>: ` + off + `</li></ul></td></tr></tbody></table><hr class="iwiki-rule">`
}

// TestEqualValuesOtherLabels: enums of the same values stay apart where the
// values mean something else, and are one where a page only says it shorter.
func TestEqualValuesOtherLabels(t *testing.T) {
	got := lampsImport(t, lamp("front", "开启", "熄灭")+lamp("back", "营业", "停业"))
	for _, want := range []string{"'ON': 开启", "'OFF': 熄灭", "'ON': 营业", "'OFF': 停业"} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q stands %d times in\n%s", want, strings.Count(got, want), got)
		}
	}
	got = lampsImport(t, lamp("front", "开启", "熄灭")+strings.Replace(lamp("back", "开启", "熄灭"), "】 状态</p>", "】 状态</p><p class=\"iwiki-p\">示例值：OFF</p>", 1))
	if n := strings.Count(got, "enum:"); n != 1 {
		t.Errorf("an example makes another type:\n%s", got)
	}
	got = lampsImport(t, lamp("front", "已开启", "已熄灭")+lamp("back", "开启", "熄灭"))
	if n := strings.Count(got, "enum:"); n != 1 {
		t.Errorf("%d enums:\n%s", n, got)
	}
}

// TestEqualMembersOtherLabels: objects of the same members stay apart where
// their labels are others.
func TestEqualMembersOtherLabels(t *testing.T) {
	object := func(name, label string) string {
		return `<p class="iwiki-p">` + name + `  必填 object</p><p class="iwiki-p">【` + name + `】 灯</p><table class="iwiki-expand"><tbody><tr><td class="iwiki-expand-title">属性</td></tr><tr><td class="iwiki-expand-content">
<p class="iwiki-p">size  必填 integer</p><p class="iwiki-p">【` + label + `】 大小</p><p class="iwiki-p">colour  必填 string</p><p class="iwiki-p">【颜色】 颜色</p>
<p class="iwiki-p">shape  必填 string</p><p class="iwiki-p">【形状】 形状</p></td></tr></tbody></table><hr class="iwiki-rule">`
	}
	got := lampsImport(t, object("bulb", "灯泡大小")+object("shade", "灯罩大小"))
	if !strings.Contains(got, "title: 灯泡大小") || !strings.Contains(got, "title: 灯罩大小") {
		t.Errorf("a label is lost:\n%s", got)
	}
	got = lampsImport(t, object("bulb", "大小")+object("shade", "大小"))
	if n := strings.Count(got, "title: 大小"); n != 1 {
		t.Errorf("the object stands %d times:\n%s", n, got)
	}
}
