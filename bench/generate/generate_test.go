// Package generate measures generation inside one process, for profiles. For
// figures to compare with other tools see cmd/generation.
//
//	go test ./generate -bench Generate/cold -cpuprofile /tmp/cpu.out
package generate

import (
	"os"
	"testing"

	"github.com/wxgen/wxgen/bench/synthetic"
	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
)

const operations = 1000

// BenchmarkGenerate makes everything from nothing (cold), with the lock file of
// another wxgen (validated), and where nothing changed but the files are looked
// at (unchanged). None of them writes.
func BenchmarkGenerate(b *testing.B) {
	dir := b.TempDir()
	if _, err := (synthetic.Corpus{Operations: operations}).WriteFiles(dir); err != nil {
		b.Fatal(err)
	}
	opts := generator.Options{Specs: os.DirFS(dir), SpecsName: "specs", ImportPath: "bench.test/gen"}
	first, err := generator.Generate(opts)
	if err != nil {
		b.Fatal(err)
	}
	other := *first.Manifest
	other.Generator = "another"
	b.Run("cold", func(b *testing.B) { run(b, opts) })
	opts.Previous = &other
	b.Run("validated", func(b *testing.B) { run(b, opts) })
	opts.Previous, opts.Intact = first.Manifest, func(*output.Package) bool { return true }
	b.Run("unchanged", func(b *testing.B) { run(b, opts) })
}

func run(b *testing.B, opts generator.Options) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := generator.Generate(opts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*operations), "µs/op-generated")
}
