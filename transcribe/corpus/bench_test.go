package corpus_test

import (
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/transcribe/corpus"
	"github.com/wxgen/wxgen/transcribe/join"
	"github.com/wxgen/wxgen/transcribe/page"
)

// thousand are a thousand pages of all shapes, each with its own damage.
func thousand() []corpus.Case {
	pages := corpus.Pages()
	var out []corpus.Case
	for i := range 1000 {
		out = append(out, pages[i*len(pages)/1000])
	}
	return out
}

// BenchmarkThousandPages reads, completes and joins a thousand pages, as an
// import of a folder does: on all cores.
func BenchmarkThousandPages(b *testing.B) {
	pages := thousand()
	size := 0
	for _, p := range pages {
		size += len(p.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		join.Pages(readAll(pages))
	}
}

// readAll reads pages on all cores, and keeps their order.
func readAll(pages []corpus.Case) []*page.Page {
	done := make([]*page.Page, len(pages))
	work := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range work {
				done[i], _ = read(pages[i].File, []byte(pages[i].Text)) // what is refused is left out
			}
		})
	}
	for i := range pages {
		work <- i
	}
	close(work)
	wg.Wait()
	return slices.DeleteFunc(done, func(p *page.Page) bool { return p == nil })
}
