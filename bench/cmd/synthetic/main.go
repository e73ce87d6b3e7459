// Command synthetic writes synthetic specs, for a look at them or for other
// tools:
//
//	go run ./cmd/synthetic -operations 1000 FOLDER
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/wxgen/wxgen/bench/synthetic"
)

func main() {
	var c synthetic.Corpus
	flag.IntVar(&c.Operations, "operations", 1000, "how many `operations`")
	flag.IntVar(&c.PerFile, "per-file", 20, "`operations` in a file")
	flag.BoolVar(&c.Dialect, "dialect", false, "with everything that wxgen lint demands")
	flag.BoolVar(&c.SameEnums, "same-enums", false, "with the same enum values in every operation")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: synthetic [flags] FOLDER")
		os.Exit(2)
	}
	if err := write(c, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(c synthetic.Corpus, dir string) error {
	files, err := c.WriteFiles(filepath.Join(dir, "specs"))
	if err != nil {
		return err
	}
	for _, version := range []string{"3.1.0", "3.0.3"} {
		if err := c.WriteDocument(filepath.Join(dir, "one-"+version+".yaml"), version); err != nil {
			return err
		}
	}
	fmt.Printf("%s: %d operations in %d files, and as one document of OpenAPI 3.1.0 and 3.0.3\n", dir, c.Operations, len(files))
	return nil
}
