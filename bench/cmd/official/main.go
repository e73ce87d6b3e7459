// Command official compares the specs with a checkout of the official Go SDK
// and prints a report in Markdown.
package main

import (
	"fmt"
	"os"

	"github.com/wxgen/wxgen/bench/official"
	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: official CHECKOUT-OF-WECHATPAY-GO")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "official:", err)
		os.Exit(1)
	}
}

func run(checkout string) error {
	theirs, err := official.Read(checkout)
	if err != nil {
		return err
	}
	files, err := load.Files(specs.FS)
	if err != nil {
		return err
	}
	set, err := load.Load(specs.FS, files...)
	if err != nil {
		return err
	}
	return official.Report(os.Stdout, theirs, official.Ours(set))
}
