package corpus_test

import (
	"runtime"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/transcribe/corpus"
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

// BenchmarkThousandPages reads and completes a thousand pages, as an import of
// a folder does: on all cores.
func BenchmarkThousandPages(b *testing.B) {
	pages := thousand()
	size := 0
	for _, p := range pages {
		size += len(p.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		work := make(chan corpus.Case)
		var wg sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			wg.Go(func() {
				for c := range work {
					_, _ = read(c.File, []byte(c.Text)) // refusals take their time too
				}
			})
		}
		for _, p := range pages {
			work <- p
		}
		close(work)
		wg.Wait()
	}
}
