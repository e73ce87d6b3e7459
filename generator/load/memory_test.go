package load_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
)

// What loading may take at once: so many times its input, and a little that
// tiny inputs need too.
const (
	perByte = 10
	floor   = 5 << 20
)

// TestMemory loads shapes that small texts could blow up with: they load or
// are refused, within the bound.
func TestMemory(t *testing.T) {
	if !worldStops(t) {
		return
	}
	for name, spec := range hostile() {
		for _, size := range []int{100 << 10, 500 << 10, 2<<20 - 1000} {
			t.Run(fmt.Sprintf("%s/%d", name, size), func(t *testing.T) { checkMemory(t, spec(size)) })
		}
	}
}

// TestMemoryOfMutated loads specs as large as their bound allows, in which
// lines were repeated, moved and cut.
func TestMemoryOfMutated(t *testing.T) {
	if !worldStops(t) {
		return
	}
	favor := readSpec(t, specs.FS, "marketing/favor.yaml")
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			checkMemory(t, mutateLines(favor, 1<<20, rand.New(rand.NewPCG(seed, 0))))
		})
	}
}

// worldStops runs the test in a process whose collections stop the program,
// and tells whether this is it. What is allocated beside a collection would
// count as reachable, and on a busy machine that is a lot.
func worldStops(t *testing.T) bool {
	t.Helper()
	const setting = "GODEBUG=gcstoptheworld=1"
	if slices.Contains(os.Environ(), setting) {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v="+fmt.Sprint(testing.Verbose()))
	cmd.Env = append(os.Environ(), setting)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
	return false
}

func checkMemory(t *testing.T, spec []byte) {
	t.Helper()
	fsys := fstest.MapFS{"common.yaml": {Data: readSpec(t, specs.FS, "common.yaml")}, "a/spec.yaml": {Data: spec}}
	var err error
	took := liveHeap(func() any {
		var set *load.Set
		set, err = load.Load(fsys, "a/spec.yaml")
		return set
	})
	limit := perByte*int64(len(spec)) + floor
	t.Logf("%d bytes took %.1f times that, error %.80v", len(spec), float64(took)/float64(len(spec)), err)
	if took > limit {
		t.Errorf("%d bytes took %d bytes of memory, more than %d", len(spec), took, limit)
	}
}

// liveHeap gives the largest heap that collections found reachable while f
// ran, above what was there before. Each collection wakes a finalizer that
// looks; one that comes late sees less, never more.
func liveHeap(f func() any) int64 {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	runtime.GC()
	before := reachable()
	var most atomic.Int64
	var stop atomic.Bool
	watch(&most, &stop)
	kept := f()
	runtime.GC()
	last := reachable()
	runtime.KeepAlive(kept)
	stop.Store(true)
	return max(most.Load(), last) - before
}

func watch(most *atomic.Int64, stop *atomic.Bool) {
	type canary struct{ _ *int }
	runtime.SetFinalizer(new(canary), func(*canary) {
		if now := reachable(); now > most.Load() {
			most.Store(now)
		}
		if !stop.Load() {
			watch(most, stop)
		}
	})
}

func reachable() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

const head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"

// hostile gives specs of about the size that is asked for.
func hostile() map[string]func(size int) []byte {
	repeat := func(start, piece, end string) func(int) []byte {
		return func(size int) []byte { return []byte(start + strings.Repeat(piece, size/len(piece)) + end) }
	}
	numbered := func(start, piece string) func(int) []byte {
		return func(size int) []byte {
			b := bytes.NewBufferString(start)
			for i := 0; b.Len() < size; i++ {
				fmt.Fprintf(b, strings.ReplaceAll(piece, "NEXT", fmt.Sprint(i+1)), i)
			}
			return b.Bytes()
		}
	}
	schemas := head + "components:\n  schemas:\n"
	return map[string]func(int) []byte{
		"a list of letters": repeat(head+"x: [", "a,", "]\n"),
		"an endless flow":   repeat(head+"x: ", "[", ""),
		"lists in lists": func(size int) []byte {
			return []byte(head + "x: " + strings.Repeat("[", size/2) + strings.Repeat("]", size/2))
		},
		"dashes":                  repeat(head+"x:\n", "- ", "a\n"),
		"arrays of arrays":        func(size int) []byte { return nested(schemas, size) },
		"many properties":         numbered(schemas+"    A:\n      properties:\n", "        a%d: {}\n"),
		"many schemas":            numbered(schemas, "    A%d:\n      type: string\n"),
		"schemas that are true":   repeat(schemas+"    A: {allOf: [", "true, ", "]}\n"),
		"references to one":       repeat(schemas+"    B: {type: string}\n    A:\n      allOf:\n", "      - $ref: '#/components/schemas/B'\n", ""),
		"references to nothing":   numbered(schemas+"    A:\n      oneOf:\n", "      - $ref: '#/components/schemas/B%d'\n"),
		"a chain of references":   numbered(schemas, "    A%d: {$ref: '#/components/schemas/ANEXT'}\n"),
		"a chain of allOf":        numbered(schemas, "    A%d: {allOf: [{$ref: '#/components/schemas/ANEXT'}]}\n"),
		"doubled at each step":    numbered(schemas, "    A%d: {allOf: [{$ref: '#/components/schemas/ANEXT'}, {$ref: '#/components/schemas/ANEXT'}]}\n"),
		"aliases":                 numbered(head+"x-a: &a0 [lol]\n", "x-%d: &aNEXT [*a%[1]d, *a%[1]d, *a%[1]d, *a%[1]d, *a%[1]d]\n"),
		"unknown keys":            numbered(head, "k%d: 1\n"),
		"one key again and again": repeat(head, "paths: {}\n", ""),
		"a long path with faults": func(size int) []byte {
			return append(numbered(head+"paths:\n  /"+strings.Repeat("p", size/2)+":\n", "    k%d: 1\n")(size), '\n')
		},
		"operations": numbered(head+"paths:\n", "  /v3/a%d: {get: {operationId: A%[1]d}}\n"),
		"errors":     numbered(head+"paths:\n  /v3/a:\n    get:\n      operationId: A\n      x-wx-errors:\n", "      - {status: 400, code: A%d}\n"),
		"enums":      numbered(schemas+"    A:\n      enum:\n", "      - a%d\n"),
		"one text":   repeat(head+"x-wx-note: ", "中文 text ", "\n"),
		"comments":   repeat(head, "# a comment\n", ""),
	}
}

// nested makes schemas as deep as the size allows, but not as deep as the
// loader refuses.
func nested(start string, size int) []byte {
	const depth = 60
	one := strings.Repeat("{items: ", depth) + "{}" + strings.Repeat("}", depth)
	b := bytes.NewBufferString(start)
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(b, "    A%d: %s\n", i, one)
	}
	return b.Bytes()
}

// mutateLines repeats the schemas until there are enough bytes, then puts lines
// in the place of others that are indented alike.
func mutateLines(spec []byte, size int, random *rand.Rand) []byte {
	indent := func(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }
	lines := bytes.SplitAfter(spec, []byte("\n"))
	schemas := bytes.Index(spec, []byte("\n  schemas:\n"))
	at := bytes.Count(spec[:schemas], []byte("\n")) + 2
	block := lines[at : len(lines)-1]
	out := lines[:at:at]
	for length := len(spec); length < size; length += len(spec) - schemas {
		for _, line := range block {
			if name, ok := bytes.CutSuffix(line, []byte(":\n")); ok && indent(line) == 4 {
				line = fmt.Appendf(nil, "%s%d:\n", name, length)
			}
			out = append(out, line)
		}
	}
	for range 200 {
		i, j := random.IntN(len(out)), random.IntN(len(out))
		if whole := []byte(": "); indent(out[i]) == indent(out[j]) && bytes.Contains(out[i], whole) && bytes.Contains(out[j], whole) {
			out[i] = out[j]
		}
	}
	return bytes.Join(out, nil)
}
