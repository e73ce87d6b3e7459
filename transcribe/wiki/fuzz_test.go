package wiki_test

import (
	"testing"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/block/blocktest"
	"github.com/wxgen/wxgen/transcribe/source"
	"github.com/wxgen/wxgen/transcribe/wiki"
)

func FuzzFlat(f *testing.F)     { fuzz(f, wiki.Flat) }
func FuzzMarkdown(f *testing.F) { fuzz(f, wiki.Markdown) }
func FuzzHTML(f *testing.F)     { fuzz(f, wiki.HTML) }
func FuzzHK(f *testing.F)       { fuzz(f, wiki.HK) }

// FuzzComment reads the pages in the comments of a program, and asks every
// recogniser what the program is.
func FuzzComment(f *testing.F) {
	fuzz(f, func(text source.Text) ([]block.Block, error) {
		for _, recognise := range recognisers {
			recognise(text)
		}
		parts, _ := wiki.Uncomment(text)
		var all []block.Block
		for _, part := range parts {
			blocks, err := wiki.Flat(part)
			if err != nil {
				return nil, err
			}
			all = append(all, blocks...)
		}
		return all, nil
	})
}

var recognisers = []func(source.Text) bool{
	wiki.RecogniseHTML, wiki.RecogniseHugo, wiki.RecogniseTable, wiki.RecogniseHK, wiki.RecogniseCellLines, wiki.RecogniseFlat,
}

// fuzz changes pages of all shapes.
func fuzz(f *testing.F, read reader) {
	var seeds []string
	for _, c := range cases(f) {
		seeds = append(seeds, c.page)
	}
	blocktest.Fuzz(f, read, seeds...)
}
