// Command floor does what no generator can do without, and nothing else: it
// reads a document with kin-openapi, formats Go source that a generator made,
// each file once, and writes it. Run it with GOMAXPROCS=1.
package main

import (
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: floor DOCUMENT GENERATED OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(document, generated, out string) error {
	if _, err := openapi3.NewLoader().LoadFromFile(document); err != nil {
		return err
	}
	return filepath.WalkDir(generated, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if source, err = format.Source(source); err != nil {
			return err
		}
		rel, err := filepath.Rel(generated, name)
		if err != nil {
			return err
		}
		to := filepath.Join(out, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		return os.WriteFile(to, source, 0o666)
	})
}
