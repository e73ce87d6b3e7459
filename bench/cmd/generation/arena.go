package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/wxgen/wxgen/bench/process"
	"github.com/wxgen/wxgen/bench/synthetic"
)

// The contestants that others are compared with.
const (
	theFloor = "floor (one core)"
	theOther = "oapi-codegen"
)

// contestant is a program in one state of its input and output.
type contestant struct {
	name    string
	prepare func() error // not measured
	command process.Command
}

// arena is the folder in which they run: the specs, in pieces and as one
// document of two versions, and what each contestant wrote.
type arena struct {
	tools
	dir, out, oapiOut string
	changes           int
}

func newArena(corpus synthetic.Corpus, with tools, dir string) (*arena, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	a := &arena{tools: with, dir: dir, out: filepath.Join(dir, "gen"), oapiOut: filepath.Join(dir, "oapi", "api.go")}
	if err := os.MkdirAll(filepath.Dir(a.oapiOut), 0o777); err != nil {
		return nil, err
	}
	if _, err := corpus.WriteFiles(filepath.Join(dir, "specs")); err != nil {
		return nil, err
	}
	for _, version := range []string{"3.1.0", "3.0.3"} {
		if err := corpus.WriteDocument(a.document(version), version); err != nil {
			return nil, err
		}
	}
	err = os.WriteFile(filepath.Join(dir, "wxgen.yaml"), []byte("specs: specs\noutput: gen\nimportPath: bench.test/gen\n"), 0o666)
	return a, err
}

func (a *arena) document(version string) string {
	return filepath.Join(a.dir, "one-"+version+".yaml")
}

func (a *arena) contestants() []contestant {
	wxgen := func(name string, prepare func() error, flags ...string) contestant {
		args := append([]string{a.wxgen, "generate"}, flags...)
		return contestant{"wxgen, " + name, prepare, process.Command{Dir: a.dir, Args: args}}
	}
	nothing := func() error { return nil }
	return []contestant{
		wxgen("from nothing", func() error { return os.RemoveAll(a.out) }),
		wxgen("the generator changed", a.otherGenerator),
		wxgen("nothing changed", nothing),
		wxgen("one file changed", a.changeOne),
		wxgen("--verify", nothing, "--verify"),
		{theFloor, func() error { return os.RemoveAll(a.floorOut()) }, process.Command{
			Dir: a.dir, Env: []string{"GOMAXPROCS=1"}, Args: []string{a.floor, a.document("3.1.0"), a.out, a.floorOut()},
		}},
		{theOther, func() error { return os.RemoveAll(a.oapiOut) }, process.Command{
			Dir: a.dir, Args: []string{a.oapi, "-config", a.oapiConfig, "-o", a.oapiOut, a.document("3.0.3")},
		}},
	}
}

func (a *arena) floorOut() string { return filepath.Join(a.dir, "floor") }

var fingerprint = regexp.MustCompile(`(?m)^  "generator": "[^"]*"`)

// otherGenerator makes the lock file one that another wxgen left: the specs
// are those that were found valid, but everything is made anew.
func (a *arena) otherGenerator() error {
	return edit(filepath.Join(a.out, "wxgen.lock"), func(data []byte) []byte {
		return fingerprint.ReplaceAll(data, []byte(`  "generator": "another"`))
	})
}

var summary = regexp.MustCompile(`(?m)^      summary: .*$`)

// changeOne changes a text in one spec.
func (a *arena) changeOne() error {
	a.changes++
	first := true
	return edit(filepath.Join(a.dir, "specs", "products", "p002.yaml"), func(data []byte) []byte {
		return summary.ReplaceAllFunc(data, func(line []byte) []byte {
			if !first {
				return line
			}
			first = false
			return fmt.Appendf(nil, "      summary: 改动 %d", a.changes)
		})
	})
}

func edit(name string, change func([]byte) []byte) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	changed := change(data)
	if bytes.Equal(data, changed) {
		return fmt.Errorf("%s: found nothing to change", name)
	}
	return os.WriteFile(name, changed, 0o666)
}
