// Command toolexec stands between the go command and its tools, as in go build
// -toolexec: it runs each and appends what it took to a file:
//
//	toolexec LOG TOOL ARGUMENTS...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/wxgen/wxgen/bench/process"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: toolexec LOG TOOL ARGUMENTS...")
		os.Exit(2)
	}
	cost, err := process.Command{Args: os.Args[2:]}.Pass()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		os.Exit(exit.ExitCode())
	}
	if err == nil {
		err = log(os.Args[1], cost)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// log appends a line in one write, so that lines of several processes do not
// mix: tool, package, peak in bytes, CPU in nanoseconds.
func log(name string, cost process.Cost) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	of := os.Getenv("TOOLEXEC_IMPORTPATH")
	_, err = fmt.Fprintf(f, "%s\t%s\t%d\t%d\n", filepath.Base(os.Args[2]), of, cost.Peak, cost.CPU)
	return errors.Join(err, f.Close())
}
