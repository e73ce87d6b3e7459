package repair_test

import (
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe/repair"
	"github.com/wxgen/wxgen/transcribe/source"
)

// Whatever is handed over is refused or mended: no line gets longer than its
// document, every line still has a place in it, and what was mended stays as
// it is.
func FuzzText(f *testing.F) {
	f.Add([]byte(gadgetPage))
	f.Add([]byte("設(shè)置小物件\n更新時間：2025.03.04\n請求?zhí)參數(shù)\n請求示例\n1{ 2 \"a\" : 1, 3 \"b\" : 2 4} 5\n"))
	f.Add([]byte("1\n{\n2\n\"a\":1}\n3\n&amp;lt;\n * x\n? 说明\n“a”：“b”，\n"))
	f.Add([]byte("1package a; 2import \"b\"; 3// c 4public class D { String e = \"f\"; }" + strings.Repeat(" x();", 90)))
	f.Add([]byte(gadgetPage + gadgetPage))
	f.Add([]byte("http://www.example.net/wiki/doc/apiv3/a.shtml\nhttp://22weixin.qq.com\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := source.Read("page.txt", data)
		if err != nil {
			return
		}
		last := len(text.Lines)
		size := 0
		pages := repair.Text(text)
		if len(pages) == 0 {
			t.Fatal("no pages")
		}
		for _, p := range pages {
			for _, l := range p.Lines {
				size += len(l.Text) + 1
				for _, at := range []int{0, len(l.Text) / 2, len(l.Text)} {
					if pos := l.Pos(at); pos.Line < 1 || pos.Line > last || pos.Col < 1 {
						t.Fatalf("%q stands at %v", l.Text, pos)
					}
				}
			}
		}
		if size > 8*len(data)+64 {
			t.Fatalf("%d bytes became %d", len(data), size)
		}
		repair.Markup(text)
	})
}
