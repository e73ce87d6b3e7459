package html_test

import (
	"testing"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/block/blocktest"
	"github.com/wxgen/wxgen/transcribe/html"
	"github.com/wxgen/wxgen/transcribe/source"
)

func FuzzRead(f *testing.F) {
	read := func(text source.Text) ([]block.Block, error) {
		html.Recognise(text)
		html.RecogniseCentre(text)
		return html.Read(text)
	}
	blocktest.Fuzz(f, read, doc,
		`<table><tr><th rowspan=2>a<td colspan=3>b<tr><td>c</table><pre>1 {<br>2 "a": 1</pre>`,
		`<ul><li><code>RED</code>: 红<ul><li>x</ul><div hidden>y</div><script>z</script>&#x4e2d;&nbsp;`)
}
