// Command catalogue writes rough specs from a catalogue of facts, to load the
// generator with the whole platform:
//
//	go run ./cmd/catalogue ../../shared/catalog FOLDER
package main

import (
	"fmt"
	"os"

	"github.com/wxgen/wxgen/bench/catalogue"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: catalogue CATALOGUE OUT")
		os.Exit(2)
	}
	stats, err := catalogue.Convert(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d operations and %d events in %d files\n", stats.Operations, stats.Events, stats.Files)
}
