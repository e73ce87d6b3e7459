package drift_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
	"github.com/wxgen/wxgen/transcribe/corpus"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/input"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// imported makes specs of a file's pages, over none or those given, and holds
// the same pages against them.
func imported(t *testing.T, name string, data []byte) (*input.Read, []drift.Difference) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := input.Collect(input.Open([]string{file}, input.From{}), input.Options{})
	if err != nil {
		t.Fatal(err)
	}
	common, err := specs.FS.ReadFile("common.yaml")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"common.yaml": {Data: common}}
	result, err := spec.Import(r.Operations, r.Events, spec.Options{Specs: fsys, Book: &spec.Book{}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range result.Files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	files, err := load.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	set, err := load.Load(fsys, files...)
	if err != nil {
		t.Fatalf("%s: what was written cannot be read: %v", name, err)
	}
	return r, drift.Compare(&page.Page{Operations: r.Operations, Events: r.Events}, drift.NewIndex(set))
}

// TestImportedIsSilent: a spec that was made of a page agrees with it, whatever
// the page holds. The pages are those of the corpus, undamaged, one shape each,
// and the seeds where they lie beside the checkout.
func TestImportedIsSilent(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range corpus.Pages() {
		if key := strings.Split(c.Name, " ")[0]; len(c.Damages) > 0 || seen[c.Shape+key] || len(seen) > 150 {
			continue
		} else {
			seen[c.Shape+key] = true
		}
		if _, found := imported(t, filepath.Base(c.File), []byte(c.Text)); len(found) > 0 {
			t.Errorf("%s: %v", c.Name, found)
		}
	}
	names, err := filepath.Glob("../../../shared/seeds/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if r, found := imported(t, filepath.Base(name), data); len(found) > 0 || len(r.Operations) == 0 {
			t.Errorf("%s: %d operations, %v", filepath.Base(name), len(r.Operations), found)
		}
	}
}

const odd = `<html><body><h1 class="content-title">合单涂装-JSAPI</h1><span class="last-updated-date">更新时间：2025.03.04</span>
<div id="main-content">
<h2>接口说明</h2>
<p class="iwiki-p">支持商户：【普通商户】</p>
<p class="iwiki-p">请求方式：【POST】/v3/demo/paints</p>
<p class="iwiki-p">接口频率：100/s</p><p class="iwiki-p">频率限制：1000/min，单ip 10/s</p>
<h2>请求参数</h2>
<p class="iwiki-p">body 包体参数</p>
<p class="iwiki-p">file  必填 file</p><p class="iwiki-p">【图片】 图片</p><hr class="iwiki-rule">
<p class="iwiki-p">gloss  必填 string(8)</p><p class="iwiki-p">【光泽】 光泽</p>
<p class="iwiki-p">可选取值</p><ul><li><code>ON</code>: 上光</li><li><code>OFF</code>: 不上光</li></ul><hr class="iwiki-rule">
<p class="iwiki-p">lamp  必填 string(8)</p><p class="iwiki-p">【灯】 灯</p>
<p class="iwiki-p">可选取值</p><ul><li><code>ON</code>: 开启</li><li><code>OFF</code>: 熄灭</li></ul>
<h2>应答参数</h2>
<p class="iwiki-p">200 OK</p>
<p class="iwiki-p">front  必填 object</p><p class="iwiki-p">【正面】 正面</p>
<table class="iwiki-expand"><tbody><tr><td class="iwiki-expand-title">属性</td></tr><tr><td class="iwiki-expand-content"><p class="iwiki-p">paint_id  必填 string(64)</p><p class="iwiki-p">【正面单号】 单号</p></td></tr></tbody></table>
</div></body></html>`

// TestOddIsSilent: kinds of facts that the corpus does not have.
func TestOddIsSilent(t *testing.T) {
	if _, found := imported(t, "odd.html", []byte(odd)); len(found) > 0 {
		t.Errorf("%v", found)
	}
}
