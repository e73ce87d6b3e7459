// Command generation measures how long wxgen takes to generate, beside a floor
// and beside oapi-codegen, on synthetic specs. All run as whole processes, in
// turn, in one run: only ratios of one run say something. Run it in bench/:
//
//	go run ./cmd/generation
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/bench/process"
	"github.com/wxgen/wxgen/bench/synthetic"
)

type options struct {
	checkout, ops, keep string
	rounds              int
	corpus              synthetic.Corpus
}

func main() {
	var o options
	flag.StringVar(&o.checkout, "checkout", "..", "`folder` of the wxgen that is measured")
	flag.StringVar(&o.ops, "operations", "100,1000", "sizes of the specs, `numbers` with commas")
	flag.IntVar(&o.rounds, "rounds", 7, "`rounds` after the one that warms up")
	flag.BoolVar(&o.corpus.Dialect, "dialect", false, "specs with everything that wxgen lint demands")
	flag.BoolVar(&o.corpus.SameEnums, "same-enums", false, "the same enum values in every operation")
	flag.StringVar(&o.keep, "keep", "", "work in this `folder` and keep it")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(o options) error {
	dir := o.keep
	if dir == "" {
		tmp, err := os.MkdirTemp("", "wxgen-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		dir = tmp
	}
	tools, err := build(o.checkout, filepath.Join(dir, "bin"))
	if err != nil {
		return err
	}
	var tables []*table
	for text := range strings.SplitSeq(o.ops, ",") {
		if o.corpus.Operations, err = strconv.Atoi(text); err != nil {
			return fmt.Errorf("-operations: %w", err)
		}
		t, err := measure(o, tools, filepath.Join(dir, text))
		if err != nil {
			return err
		}
		t.print(os.Stdout)
		tables = append(tables, t)
	}
	if len(tables) > 1 {
		printGrowth(os.Stdout, tables[0], tables[len(tables)-1])
	}
	return nil
}

// tools are the programs that are compared.
type tools struct{ wxgen, floor, oapi, oapiConfig string }

func build(checkout, bin string) (tools, error) {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return tools{}, err
	}
	t := tools{filepath.Join(bin, "wxgen"), filepath.Join(bin, "floor"), filepath.Join(bin, "oapi-codegen"), ""}
	if t.oapiConfig, err = filepath.Abs("oapi/config.yaml"); err != nil {
		return t, err
	}
	for _, c := range []process.Command{
		{Dir: checkout, Args: []string{"go", "build", "-o", t.wxgen, "./cmd/wxgen"}},
		{Dir: ".", Args: []string{"go", "build", "-o", t.floor, "./cmd/floor"}},
		{Dir: "oapi", Args: []string{"go", "build", "-o", t.oapi, "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen"}},
	} {
		if _, err := c.Run(); err != nil {
			return t, err
		}
	}
	return t, nil
}

// measure runs all contestants on specs of one size.
func measure(o options, with tools, dir string) (*table, error) {
	a, err := newArena(o.corpus, with, dir)
	if err != nil {
		return nil, err
	}
	t := &table{operations: o.corpus.Operations, rounds: o.rounds, load: process.Load(), series: map[string]process.Series{}}
	all := a.contestants()
	for round := range o.rounds + 1 {
		for _, c := range all {
			if err := c.prepare(); err != nil {
				return nil, err
			}
			cost, err := c.command.Run()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				t.series[c.name] = append(t.series[c.name], cost)
			}
		}
		fmt.Fprintf(os.Stderr, "%d operations: round %d of %d\n", o.corpus.Operations, round, o.rounds)
	}
	for _, c := range all {
		t.names = append(t.names, c.name)
	}
	t.loadAfter = process.Load()
	t.specs, err = count(filepath.Join(dir, "specs"), ".yaml")
	if err != nil {
		return nil, err
	}
	if t.wxgen, err = count(a.out, ".go"); err != nil {
		return nil, err
	}
	t.oapi, err = count(filepath.Dir(a.oapiOut), ".go")
	return t, err
}
