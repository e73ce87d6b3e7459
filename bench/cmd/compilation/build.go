package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/bench/process"
)

// build is one thing that is built in every round.
type build struct {
	name, module, target string
	again                bool // measures the second build, after a change

	series process.Series
	all    peak  // of the largest compile process
	made   peak  // of the largest one that compiled a generated package
	size   int64 // of the binary
}

// measure builds with a fresh cache, and in the first round once more to see
// the memory of the compile processes: the wrapper around them takes time.
func (b *builder) measure(t *build) error {
	cost, err := b.build(t)
	if err != nil {
		return err
	}
	t.series = append(t.series, cost)
	if t.all.of != "" {
		return nil
	}
	log := filepath.Join(b.dir, "toolexec.log")
	defer os.Remove(log)
	if _, err := b.build(t, "-toolexec", b.bin("toolexec")+" "+log); err != nil {
		return err
	}
	t.all, t.made, err = peaks(log)
	return err
}

func (b *builder) build(t *build, flags ...string) (process.Cost, error) {
	dir, err := os.MkdirTemp(b.dir, "build-")
	if err != nil {
		return process.Cost{}, err
	}
	defer os.RemoveAll(dir)
	cache, binary := filepath.Join(dir, "cache"), filepath.Join(dir, "binary")
	if err := os.CopyFS(cache, os.DirFS(b.cache())); err != nil {
		return process.Cost{}, err
	}
	args := append([]string{"go", "build"}, flags...)
	if !strings.HasSuffix(t.target, "...") {
		args = append(args, "-o", binary)
	}
	c := process.Command{Dir: t.module, Env: []string{"GOCACHE=" + cache}, Args: append(args, t.target)}
	if t.again {
		if _, err := (process.Command{Dir: c.Dir, Env: c.Env, Args: []string{"go", "build", "-o", binary, t.target}}).Run(); err != nil {
			return process.Cost{}, err
		}
		restore, err := touch(filepath.Join(t.module, "gen", "products", "p001", "client.go"))
		if err != nil {
			return process.Cost{}, err
		}
		defer restore()
	}
	cost, err := c.Run()
	if info, err := os.Stat(binary); err == nil {
		t.size = info.Size()
	}
	return cost, err
}

// touch changes a Go file so that its package compiles to something else.
func touch(name string) (restore func(), err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	changed := append(data[:len(data):len(data)], "\n// Changed tells builds apart.\nfunc (c *Client) Changed() string { return \"changed\" }\n"...)
	return func() { _ = os.WriteFile(name, data, 0o666) }, os.WriteFile(name, changed, 0o666)
}

// peak is the memory of a compile process, and the package that it compiled.
type peak struct {
	bytes int64
	of    string
}

func (p peak) String() string {
	if p.bytes == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f (%s)", float64(p.bytes)/1e6, path.Base(p.of))
}

// peaks finds the largest processes in the log of toolexec.
func peaks(log string) (all, made peak, err error) {
	data, err := os.ReadFile(log)
	if err != nil {
		return all, made, err
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 || f[0] != "compile" {
			continue
		}
		n, err := strconv.ParseInt(f[2], 10, 64)
		if err != nil {
			return all, made, err
		}
		if n > all.bytes {
			all = peak{n, f[1]}
		}
		if n > made.bytes && strings.HasPrefix(f[1], "bench.test/m/gen/") {
			made = peak{n, f[1]}
		}
	}
	return all, made, nil
}

func printBuilds(w io.Writer, builds []build) {
	fmt.Fprintln(w, "| | wall s: median [least..most] | CPU s | largest compile process MB | of a generated package MB | binary MB | over the plain one MB | over the one that signs MB |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|")
	for _, t := range builds {
		median, least, most := t.series.Wall()
		size, over := "", [2]string{}
		if t.size > 0 {
			size = fmt.Sprintf("%.2f", float64(t.size)/1e6)
			for i := range over {
				over[i] = fmt.Sprintf("%+.3f", float64(t.size-builds[i].size)/1e6)
			}
		}
		fmt.Fprintf(w, "| %s | %.2f [%.2f..%.2f] | %.2f | %s | %s | %s | %s | %s |\n", t.name, median.Seconds(), least.Seconds(), most.Seconds(),
			t.series.CPU().Seconds(), t.all, t.made, size, over[0], over[1])
	}
}
