package markdown_test

import (
	"testing"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/block/blocktest"
	"github.com/wxgen/wxgen/transcribe/markdown"
	"github.com/wxgen/wxgen/transcribe/source"
)

func FuzzOfficial(f *testing.F) { fuzz(f, markdown.ReadOfficial) }
func FuzzIWiki(f *testing.F)    { fuzz(f, markdown.ReadIWiki) }

func fuzz(f *testing.F, read func(source.Text) ([]block.Block, error)) {
	asked := func(text source.Text) ([]block.Block, error) {
		markdown.RecogniseOfficial(text)
		markdown.RecogniseIWiki(text)
		markdown.RecogniseAny(text)
		return read(text)
	}
	blocktest.Fuzz(f, asked, official,
		"|\v", "|t|--- - \r\n|\f", // a row of blanks, which has no cell and so no place
		"| a | b |\n| --- | --- |\n| x\\_y | string(32)<br>z \\| w |\n```json\n{\"a\": 1}\n",
		"* **a** 必填 object\n  - b 选填 array[object]\n    > 【乙】 x\n    `RED`: 红\n<table><tr><td>c</td></tr></table>\n")
}
