package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/wxgen/wxgen/bench/process"
)

// table is what was measured on specs of one size.
type table struct {
	operations, rounds int
	load, loadAfter    string
	names              []string
	series             map[string]process.Series
	specs, wxgen, oapi size
}

// print writes the table in Markdown.
func (t *table) print(w io.Writer) {
	fmt.Fprintf(w, "\n%d operations, %d rounds, load %s before and %s after; %s of specs\n\n", t.operations, t.rounds, t.load, t.loadAfter, t.specs)
	fmt.Fprintln(w, "| | wall ms: median [least..most] | CPU ms | peak MiB | ms an operation | of the floor | of oapi-codegen |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|")
	for _, name := range t.names {
		s := t.series[name]
		median, least, most := s.Wall()
		fmt.Fprintf(w, "| %s | %.0f [%.0f..%.0f] | %.0f | %.0f | %.3f | %s | %s |\n", name, ms(median), ms(least), ms(most),
			ms(s.CPU()), float64(s.Peak())/(1<<20), ms(median)/float64(t.operations), t.ratio(median, theFloor), t.ratio(median, theOther))
	}
	fmt.Fprintln(w)
	n := t.operations
	fmt.Fprintf(w, "Emitted an operation, tests not counted: wxgen %s, oapi-codegen %s.\n", t.wxgen.per(n), t.oapi.per(n))
}

func (t *table) ratio(d time.Duration, to string) string {
	base, _, _ := t.series[to].Wall()
	return fmt.Sprintf("%.3f", ms(d)/ms(base))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// printGrowth tells whether time grows with the specs or faster.
func printGrowth(w io.Writer, small, large *table) {
	fmt.Fprintf(w, "\nGrowth from %d to %d operations, %.1f times the specs:\n\n", small.operations, large.operations,
		float64(large.operations)/float64(small.operations))
	fmt.Fprintln(w, "| | wall | CPU | peak |")
	fmt.Fprintln(w, "|---|---|---|---|")
	for _, name := range large.names {
		a, b := small.series[name], large.series[name]
		wallA, _, _ := a.Wall()
		wallB, _, _ := b.Wall()
		fmt.Fprintf(w, "| %s | %.1f | %.1f | %.1f |\n", name, ms(wallB)/ms(wallA), ms(b.CPU())/ms(a.CPU()), float64(b.Peak())/float64(a.Peak()))
	}
}

type size struct{ lines, bytes int }

func (s size) String() string {
	return fmt.Sprintf("%d lines, %.2f MB", s.lines, float64(s.bytes)/1e6)
}

func (s size) per(n int) string {
	return fmt.Sprintf("%.1f lines and %.2f KB", float64(s.lines)/float64(n), float64(s.bytes)/1e3/float64(n))
}

// count counts the files with an ending, without tests.
func count(dir, ending string) (size, error) {
	var total size
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ending || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := os.ReadFile(name)
		total.bytes += len(data)
		total.lines += bytes.Count(data, []byte("\n"))
		return err
	})
	return total, err
}
