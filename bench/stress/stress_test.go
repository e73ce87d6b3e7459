// Package stress puts wxgen under the load of the whole platform: every
// operation and event of a catalogue of facts becomes a rough spec, and wxgen
// has to make packages of them. The catalogue is no part of this repository;
// without it the test says so and stops.
package stress

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/bench/catalogue"
)

// Where things are, unless WXGEN_CHECKOUT and WXGEN_CATALOG say otherwise.
const (
	checkout = "../.."
	facts    = "../../../shared/catalog"
	atLeast  = 1050 // operations
)

func TestWholeCatalogue(t *testing.T) {
	w := newWorld(t)
	first := w.project("first")

	t.Run("lint", func(t *testing.T) {
		out, err := first.wxgen("lint")
		if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) || strings.Contains(out, "goroutine ") {
			t.Fatalf("lint fails otherwise than with findings: %v\n%s", err, tail(out))
		}
		t.Logf("lint: %d findings, as expected of rough specs", strings.Count(out, "\n"))
	})
	out, err := first.wxgen("generate", "--verbose")
	if err != nil {
		t.Fatalf("generate: %v\n%s", err, tail(out))
	}
	renamed := strings.Count(out, "(pin another name with x-go-name)")
	t.Logf("%s", out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:])
	t.Logf("%d of %d names that wxgen made up needed a collision rule", renamed, first.names(t))

	t.Run("gofmt", func(t *testing.T) {
		if out := first.run(t, filepath.Join(goroot(t), "bin", "gofmt"), "-l", "gen"); out != "" {
			t.Errorf("gofmt would change\n%s", out)
		}
	})
	t.Run("compile and vet", func(t *testing.T) {
		first.run(t, "go", "build", "./gen/...")
		first.run(t, "go", "vet", "./gen/...")
	})
	t.Run("twice the same", func(t *testing.T) {
		second := w.project("second")
		second.env = []string{"GOMAXPROCS=1"}
		if out, err := second.wxgen("generate"); err != nil {
			t.Fatalf("generate: %v\n%s", err, tail(out))
		}
		for _, name := range differing(first.files(t), second.files(t)) {
			t.Errorf("%s differs between two runs from nothing", name)
		}
	})
	t.Run("an operation more", func(t *testing.T) { testGrowing(t, first) })
}

// testGrowing adds operations at the head and in the middle of a spec: no
// other name may change, and no other package.
func testGrowing(t *testing.T, p *project) {
	spec, folder := p.largestSpec(t)
	before, namesBefore := p.files(t), p.lock(t).Packages[folder].Names
	fields := moreFields(namesBefore)
	err := errors.Join(
		addOperation(spec, "StressHead", fields, func(int) int { return 0 }),
		addOperation(spec, "StressMiddle", fields, func(paths int) int { return paths / 2 }))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := p.wxgen("generate"); err != nil {
		t.Fatalf("generate: %v\n%s", err, tail(out))
	}
	after, namesAfter := p.files(t), p.lock(t).Packages[folder].Names
	for _, place := range moved(namesBefore, namesAfter) {
		t.Errorf("%s was called %s, and is called %q with two operations more", place, namesBefore[place], namesAfter[place])
	}
	changed := differing(before, after)
	for _, name := range changed {
		if !strings.HasPrefix(name, folder+"/") && name != "wxgen.lock" {
			t.Errorf("%s changes with operations of %s", name, folder)
		}
	}
	for _, name := range missing(declarations(before, folder), declarations(after, folder)) {
		t.Errorf("%s of %s is gone with two operations more", name, folder)
	}
	p.run(t, "go", "build", "./gen/"+folder)
	t.Logf("two operations more in %s, with %d names that are taken: changes %v", folder, len(fields), changed)

	if err := os.RemoveAll(filepath.Join(p.dir, "gen")); err != nil {
		t.Fatal(err)
	}
	if out, err := p.wxgen("generate"); err != nil {
		t.Fatalf("generate: %v\n%s", err, tail(out))
	}
	without := moved(namesBefore, p.lock(t).Packages[folder].Names)
	if len(without) == 0 {
		t.Error("the names would have stayed without the lock file, too: this test shows nothing")
	}
	t.Logf("without the lock file %d of %d names would have changed", len(without), len(namesBefore))
}

// moved lists the places whose names are others.
func moved(before, after map[string]string) []string {
	var places []string
	for place, name := range before {
		if after[place] != name {
			places = append(places, place)
		}
	}
	slices.Sort(places)
	return places
}

// world is what all projects of a test share.
type world struct {
	dir, checkout, binary string
	specs                 string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	from := setting("WXGEN_CATALOG", facts)
	if _, err := os.Stat(filepath.Join(from, "operations.jsonl")); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there: this test needs the catalogue of facts beside the checkout, or WXGEN_CATALOG=FOLDER", from)
	}
	w := &world{dir: t.TempDir()}
	w.binary, w.specs = filepath.Join(w.dir, "wxgen"), filepath.Join(w.dir, "specs")
	var err error
	if w.checkout, err = filepath.Abs(setting("WXGEN_CHECKOUT", checkout)); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", w.binary, "./cmd/wxgen")
	build.Dir = w.checkout
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	stats, err := catalogue.Convert(from, w.specs)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d operations and %d events became %d specs", stats.Operations, stats.Events, stats.Files)
	if stats.Operations < atLeast {
		t.Errorf("the catalogue has %d operations, and had %d", stats.Operations, atLeast)
	}
	return w
}

func setting(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func tail(s string) string {
	const most = 4000
	return s[max(0, len(s)-most):]
}

func differing(a, b map[string][]byte) []string {
	var names []string
	for name, data := range a {
		if other, ok := b[name]; !ok || !bytes.Equal(data, other) {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func missing(want, have []string) []string {
	return slices.DeleteFunc(want, func(s string) bool { return slices.Contains(have, s) })
}
