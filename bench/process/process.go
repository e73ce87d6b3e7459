// Package process runs other programs and tells what they took: time of the
// clock, time of the processors, and memory.
package process

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Cost is what a process and those that it waited for took. Peak is the
// largest of them, not their sum. The system counts the memory of the parent
// up to the exec too, so that a parent that measures must be small.
type Cost struct {
	Wall, CPU time.Duration
	Peak      int64 // bytes
}

// Command is a program to run.
type Command struct {
	Args []string
	Dir  string
	Env  []string // in addition to the environment
}

// Run runs a program to its end.
func (c Command) Run() (Cost, error) {
	var out bytes.Buffer
	cmd := c.command()
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return Cost{}, fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, tail(out.String()))
	}
	return costOf(cmd, wall), nil
}

// Output runs a program and gives what it printed.
func (c Command) Output() (string, error) {
	out, err := c.command().Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		err = fmt.Errorf("%w\n%s", err, tail(string(exit.Stderr)))
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", strings.Join(c.Args, " "), err)
	}
	return string(out), nil
}

// Pass runs a program in place of this one, as far as anybody can see.
func (c Command) Pass() (Cost, error) {
	cmd := c.command()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	start := time.Now()
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return Cost{}, err
	}
	return costOf(cmd, time.Since(start)), err
}

func (c Command) command() *exec.Cmd {
	cmd := exec.Command(c.Args[0], c.Args[1:]...)
	cmd.Dir = c.Dir
	cmd.Env = append(os.Environ(), c.Env...)
	return cmd
}

func costOf(cmd *exec.Cmd, wall time.Duration) Cost {
	s := cmd.ProcessState
	cost := Cost{Wall: wall, CPU: s.UserTime() + s.SystemTime()}
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		cost.Peak = usage.Maxrss * 1024 // Linux counts in KiB
	}
	return cost
}

func tail(s string) string {
	const most = 2000
	return s[max(0, len(s)-most):]
}
