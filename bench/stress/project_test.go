package stress

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// project is a module with specs and what wxgen made of them.
type project struct {
	world *world
	dir   string
	env   []string
}

func (w *world) project(name string) *project {
	p := &project{world: w, dir: filepath.Join(w.dir, name)}
	sums, err := os.ReadFile(filepath.Join(w.checkout, "go.sum"))
	must(err)
	must(os.CopyFS(filepath.Join(p.dir, "specs"), os.DirFS(w.specs)))
	must(os.WriteFile(filepath.Join(p.dir, "go.sum"), sums, 0o666))
	must(os.WriteFile(filepath.Join(p.dir, "wxgen.yaml"), []byte("specs: specs\noutput: gen\n"), 0o666))
	must(os.WriteFile(filepath.Join(p.dir, "go.mod"), fmt.Appendf(nil, "module stress.test/m\n\ngo 1.26.0\n\n"+
		"require github.com/wxgen/wxgen v0.0.0\n\nreplace github.com/wxgen/wxgen => %s\n", w.checkout), 0o666))
	return p
}

// must stops the test where its temporary folder cannot be used.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (p *project) wxgen(args ...string) (string, error) {
	cmd := exec.Command(p.world.binary, args...)
	cmd.Dir, cmd.Env = p.dir, append(os.Environ(), p.env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (p *project) run(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = p.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, tail(string(out)))
	}
	return string(out)
}

// files reads everything that was generated, with the lock file.
func (p *project) files(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	fsys := os.DirFS(filepath.Join(p.dir, "gen"))
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(fsys, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// lock is what the test needs of wxgen.lock.
type lock struct {
	Packages map[string]struct {
		Names map[string]string
	}
}

func (p *project) lock(t *testing.T) lock {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(p.dir, "gen", "wxgen.lock"))
	if err != nil {
		t.Fatal(err)
	}
	var l lock
	if err := json.Unmarshal(data, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// names counts the names that wxgen made up.
func (p *project) names(t *testing.T) int {
	t.Helper()
	n := 0
	for _, pkg := range p.lock(t).Packages {
		n += len(pkg.Names)
	}
	return n
}

// largestSpec finds the package with the most names, and its spec.
func (p *project) largestSpec(t *testing.T) (spec, folder string) {
	t.Helper()
	most := -1
	for f, pkg := range p.lock(t).Packages {
		if len(pkg.Names) > most || len(pkg.Names) == most && f < folder {
			most, folder = len(pkg.Names), f
		}
	}
	return filepath.Join(p.dir, "specs", filepath.FromSlash(folder)+".yaml"), folder
}

var pathKey = regexp.MustCompile(`(?m)^  "/.*":$`)

// moreFields finds fields whose inline types have the short names that another
// operation would want as well.
func moreFields(names map[string]string) []string {
	var fields []string
	for place, name := range names {
		field := place[strings.LastIndex(place, ".")+1:]
		if strings.EqualFold(strings.ReplaceAll(field, "_", ""), name) && !slices.Contains(fields, field) {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	return fields
}

// addOperation puts an operation before the path in that place. Its fields are
// called like those of others, but are of other shapes.
func addOperation(spec, id string, fields []string, place func(paths int) int) error {
	data, err := os.ReadFile(spec)
	if err != nil {
		return err
	}
	keys := pathKey.FindAllIndex(data, -1)
	if len(keys) == 0 {
		return fmt.Errorf("%s: no paths", spec)
	}
	more := fmt.Appendf(nil, operation, strings.ToLower(id), id)
	for i, field := range fields {
		more = fmt.Appendf(more, "                  %s: {type: object, properties: {%s_%d: {type: string}}}\n", field, strings.ToLower(id), i)
	}
	return os.WriteFile(spec, slices.Insert(data, keys[place(len(keys))][0], more...), 0o666)
}

const operation = `  "/v3/stress/%s":
    post:
      operationId: %s
      summary: "更多"
      description: "Is one more."
      x-wx-doc: {updated: "2026-01-01"}
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema:
                type: object
                properties:
`

var declaration = regexp.MustCompile(`(?m)^(?:type|func|var|const) (?:\([^)]*\) )?[A-Z]\w*|^\t[A-Z]\w* +[A-Z]\w* += "`)

// declarations lists what the files of a package export.
func declarations(files map[string][]byte, folder string) []string {
	var out []string
	for name, data := range files {
		if path.Dir(name) == folder && !strings.HasSuffix(name, "_test.go") {
			for _, d := range declaration.FindAll(data, -1) {
				out = append(out, string(d))
			}
		}
	}
	slices.Sort(out)
	return out
}
