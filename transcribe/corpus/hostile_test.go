package corpus_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/transcribe/corpus"
)

// hostile is the size of hostile pages. The full size takes its time, so that
// CORPUS_HOSTILE=full asks for it.
func hostile() int {
	if os.Getenv("CORPUS_HOSTILE") == "full" {
		return 5 << 20
	}
	return 96 << 10
}

// survive reads a document that no reader can make sense of, or too much of.
// It may be refused or read in part; it may not panic, hang or eat memory.
func survive(t *testing.T, name string, data []byte) {
	t.Helper()
	start := time.Now()
	peak := watch()
	p, err := read(name, data)
	took, most := time.Since(start), peak()
	switch {
	case err == nil && p == nil:
		t.Errorf("%s: neither a page nor an error", name)
	case err != nil && err.Error() == "":
		t.Errorf("%s: an error without a word", name)
	}
	if took > 2*time.Minute { // a hang, even on a busy machine
		t.Errorf("%s: %d bytes took %v", name, len(data), took)
	}
	if limit := uint64(64<<20 + 80*len(data)); most > limit {
		t.Errorf("%s: %d bytes took %d MB of memory", name, len(data), most>>20)
	}
	if took > time.Second || testing.Verbose() {
		t.Logf("%s: %d KB in %v, %d MB: %s", name, len(data)>>10, took.Round(time.Millisecond), most>>20, outcome(err))
	}
}

func outcome(err error) string {
	if err == nil {
		return "read"
	}
	return fmt.Sprintf("%.100s", err.Error())
}

// watch measures how far the heap grows until it is asked.
func watch() func() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, m.HeapAlloc
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-done
		return most - before
	}
}

// TestHugePages reads pages of each shape that have more fields, or more
// operations, than any page has.
func TestHugePages(t *testing.T) {
	for _, s := range corpus.Shapes() {
		t.Run(s.Name, func(t *testing.T) {
			survive(t, "wide"+s.Ext, wide(s, hostile()))
			survive(t, "many"+s.Ext, many(s, hostile()))
		})
	}
}

// wide is one operation with so many fields that its page has the size.
func wide(s corpus.Shape, size int) []byte {
	truth := corpus.Generate(1)
	op := truth.Ops[0]
	grown := *truth
	text := ""
	for n := 200; len(text) < size; n *= 2 {
		op.Answer.Fields = corpus.Numbered(n)
		text = s.Render(&grown, corpus.NewVariant(1)).Text
		if more := n * size / len(text); more < 2*n && len(text) < size {
			n = more/2 + 1
		}
	}
	return []byte(text)
}

// many are as many pages as fill the size.
func many(s corpus.Shape, size int) []byte {
	var b strings.Builder
	for seed := uint64(0); b.Len() < size; seed++ {
		b.WriteString(s.Render(corpus.Generate(seed%50), corpus.NewVariant(seed)).Text + "\n\n")
	}
	return []byte(b.String())
}

// TestTruncated cuts pages off at many places: what is left is read in part
// or refused, and little of it is read wrongly.
func TestTruncated(t *testing.T) {
	t.Parallel()
	cuts, worst := 0, map[string]string{}
	most := map[string]int{}
	for i, truth := range corpus.Truths() {
		if i%11 != 1 {
			continue
		}
		for _, s := range corpus.Shapes() {
			if s.Fits != nil && !s.Fits(truth) {
				continue
			}
			r := s.Render(truth, corpus.NewVariant(3))
			for at := 0; at < len(r.Text); at += 97 * (1 + len(r.Text)/6000) {
				cuts++
				p, err := read("cut"+s.Ext, []byte(r.Text[:at]))
				if err != nil {
					continue
				}
				wrong := len(corpus.Compare(r.True, r.Held, p).Wrong)
				if wrong > 3 && len(p.Findings) == 0 { // the last row may be cut anywhere
					t.Errorf("%s as %s cut at %d: %d wrong facts, and no finding", truth.Name, s.Name, at, wrong)
				}
				if wrong > most[s.Name] {
					most[s.Name], worst[s.Name] = wrong, fmt.Sprintf("%s cut at %d of %d", truth.Name, at, len(r.Text))
				}
			}
		}
	}
	t.Logf("%d cuts; most wrong facts of a cut, by shape: %v\n%v", cuts, most, worst)
}

// TestHostile reads what is no page at all.
func TestHostile(t *testing.T) {
	size := hostile()
	for name, data := range map[string][]byte{
		"empty.txt":          nil,
		"binary.bin":         noise(size),
		"zeros.txt":          make([]byte, size),
		"utf16.txt":          utf16(size),
		"latin.txt":          []byte(strings.Repeat("d\xe9claration fran\xe7aise\n", size/20)),
		"english.txt":        []byte(strings.Repeat("The gadget is required. It may be of any type: string, or integer.\n", size/60)),
		"japanese.md":        []byte(strings.Repeat("# 使い方\n\nこの関数は文字列を返します。\n\n| 名前 | 型 |\n| --- | --- |\n| color | string |\n\n", size/100)),
		"arabic.txt":         []byte(strings.Repeat("هذا نص عربي\n", size/20)),
		"lines.txt":          []byte(strings.Repeat("a\n", size/2)),
		"one-line.txt":       []byte(strings.Repeat("小物件", size/9)),
		"one-line-inline":    []byte("更新时间:2031.03.04" + strings.Repeat("part_id 必填 string(32) 【零件】 说明 ", size/40)),
		"fields.txt":         []byte("请求参数\nbody 包体参数\n" + strings.Repeat("a 必填 object\n属性 | |\n", size/30)),
		"nested.html":        []byte("<html>" + strings.Repeat("<table><tr><td>", min(100000, size/15))),
		"nested-wiki.html":   nestedWiki(min(300, size/300)),
		"nested-div.html":    []byte("<div id=\"main-content\">" + strings.Repeat("<div class=\"iwiki-p\">", size/21)),
		"nested-json.txt":    []byte("应答示例\n200 OK\n" + strings.Repeat(`{"a":[`, size/6)),
		"brackets.md":        []byte("| 参数名 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- |\n" + strings.Repeat("[", size)),
		"stars.md":           []byte("| 参数名 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- |\n| a | string | true | " + strings.Repeat("*a_ ", size/4) + "|\n"),
		"quotes.md":          []byte("# 标题\n\n" + strings.Repeat(">", size) + "\n| 参数名 | 类型 | 必填 | 描述 |\n"),
		"pipes.md":           []byte("| 参数名 | 类型 | 必填 | 描述 |\n|---|---|---|---|\n" + strings.Repeat("|", size)),
		"plus.txt":           []byte("参数名 变量 类型[长度限制] 必填 描述\n" + strings.Repeat("+零件 part object 说明\n", size/25)),
		"heads.txt":          []byte(strings.Repeat("参数名 变量 类型[长度限制] 必填 描述\n零件 part object 说明\n", size/80)),
		"numbers.txt":        []byte("应答示例\n" + numbers(size)),
		"pinyin.txt":         []byte(strings.Repeat("参(cān)数(shù)", size/16)),
		"parentheses.txt":    []byte(strings.Repeat("参(", size/4)),
		"comments.php":       []byte(strings.Repeat(" * 参数名 变量 类型[长度限制] 必填 描述\n * a b string[1,32] 是 body\n", size/80)),
		"cells.txt":          []byte("参数名\n变量\n类型[长度限制]\n必填\n描述\n" + strings.Repeat("名\na\nstring\n", size/14)),
		"errors.txt":         []byte("错误码\n" + strings.Repeat("400 PARAM_ERROR 参数有误 请检查\n", size/40)),
		"entities.txt":       []byte(strings.Repeat("&amp;amp;lt;&#x4e00;", size/20)),
		"rowspan.html":       []byte("<table><tr><td rowspan=2147483647 colspan=2147483647>参数名</td></tr>" + strings.Repeat("<tr><td rowspan=65535>变量</td></tr>", size/40) + "</table>"),
		"front-matter.md":    []byte("---\n" + strings.Repeat("title: [", size/8)),
		"unclosed-fence.md":  []byte("## 应答参数\n```\n" + strings.Repeat("{\n", size/2)),
		"escaped-json.txt":   []byte("应答示例\n{\"a\":\"" + strings.Repeat(`\\\"`, size/4)),
		"deep-indent.txt":    indents(size),
		"surrogates.txt":     []byte(strings.Repeat("\xed\xa0\x80", size/3)),
		"right-to-left.html": []byte("<div id=\"main-content\">" + strings.Repeat("\u202e\u200b\u00a0", size/8)),
	} {
		t.Run(name, func(t *testing.T) { survive(t, name, data) })
	}
}

// nestedWiki is a page whose tables of fields lie in each other.
func nestedWiki(depth int) []byte {
	const head = "<tr><th>参数名</th><th>变量</th><th>类型[长度限制]</th><th>必填</th><th>描述</th></tr>"
	s := "<html><h1>小物件API</h1><p>请求URL：https://api.mch.weixin.qq.com/v3/demo/a</p><p>请求方式：POST</p><h2>请求参数</h2>"
	for i := range depth {
		s += fmt.Sprintf("<table>%s<tr><td>零件</td><td>part%d</td><td>object</td><td>是</td><td>body说明</td></tr><tr><td colspan=5>", head, i)
	}
	return []byte(s + strings.Repeat("</td></tr></table>", depth))
}

func noise(size int) []byte {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, size)
	for i := range out {
		out[i] = byte(rng.Uint32())
	}
	return out
}

func utf16(size int) []byte {
	out := []byte{0xff, 0xfe}
	for len(out) < size {
		out = append(out, 0xc2, 0x53, 0x70, 0x65) // 参数
	}
	return out
}

func numbers(size int) string {
	var b strings.Builder
	for i := 1; b.Len() < size; i++ {
		fmt.Fprintf(&b, "%d%d : %d,\n", i, i*7, i)
	}
	return b.String()
}

func indents(size int) []byte {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.Repeat(" ", i%2000) + "• a 必填 object\n")
	}
	return []byte(b.String())
}
