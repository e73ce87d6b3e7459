// Command wxgen turns the documentation of WeChat Pay APIv3 into OpenAPI, and
// OpenAPI into Go packages. See wxgen help.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// Exit codes, as every subcommand uses them.
const (
	exitDone     = 0
	exitFindings = 1 // the command ran and found something to report
	exitBroken   = 2 // wrong use, or input that cannot be read
)

func main() {
	// A run is short and its memory is small: collecting half as often makes it
	// a fifth faster.
	debug.SetGCPercent(200)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings as arguments, so that tests can call it.
func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	}
	fmt.Fprintln(stderr, err)
	return exitBroken
}

// errFindings ends a command that has reported its findings already.
var errFindings = errors.New("findings")
