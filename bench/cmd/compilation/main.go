// Command compilation measures what users of the generated packages pay: the
// build of all of them, and the build and the size of a program that uses one
// product. Every build begins with a cache in which only the standard library
// is built. Run it in bench/:
//
//	go run ./cmd/compilation
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/wxgen/wxgen/bench/process"
)

func main() {
	checkout := flag.String("checkout", "..", "`folder` of the wxgen that is measured")
	rounds := flag.Int("rounds", 3, "`rounds`")
	few := flag.Int("few", 50, "`operations` of the small module")
	many := flag.Int("many", 1000, "`operations` of the large module")
	same := flag.Bool("same-enums", false, "the same enum values in every operation")
	flag.Parse()
	if err := run(*checkout, *rounds, *few, *many, *same); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(checkout string, rounds, few, many int, same bool) error {
	dir, err := os.MkdirTemp("", "wxgen-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if checkout, err = filepath.Abs(checkout); err != nil {
		return err
	}
	b := &builder{dir: dir, checkout: checkout, sameEnums: same}
	if err := b.tools(); err != nil {
		return err
	}
	small, err := b.module(few)
	if err != nil {
		return err
	}
	large, err := b.module(many)
	if err != nil {
		return err
	}
	if err := b.standardLibrary(large); err != nil {
		return err
	}
	builds := []build{
		{name: "plain program, net/http and encoding/json", module: large, target: "./plain"},
		{name: "plain program that also signs and verifies", module: large, target: "./signing"},
		{name: fmt.Sprintf("program with one product of %d operations", few), module: small, target: "./one"},
		{name: fmt.Sprintf("program with one product of %d operations", many), module: large, target: "./one"},
		{name: fmt.Sprintf("the same again, one file of the product changed, %d operations", many), module: large, target: "./one", again: true},
		{name: fmt.Sprintf("all packages of %d operations", many), module: large, target: "./gen/..."},
	}
	load := process.Load()
	for round := range rounds {
		for i := range builds {
			if err := b.measure(&builds[i]); err != nil {
				return err
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, rounds)
	}
	fmt.Printf("\n%d rounds, load %s before and %s after\n\n", rounds, load, process.Load())
	printBuilds(os.Stdout, builds)
	return b.dependencies(large)
}
