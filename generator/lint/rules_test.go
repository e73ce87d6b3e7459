package lint_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/generator/lint"
)

// header is put behind each spec of a case, where it does not shift lines.
const header = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"

// TestRules holds every rule against testdata/rules/RULE.txtar. In bad.yaml
// the lines that the rule objects to say so: # want: part of the finding, and
// several parts between bars. In good.yaml there is nothing to object to.
// Both are looked at as a/b.yaml, beside the other files of the archive.
func TestRules(t *testing.T) {
	for _, rule := range lint.Rules() {
		if rule.ID == "ignore" {
			continue // its comments are those that TestIgnore has
		}
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(filepath.Join("testdata/rules", rule.ID+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range a.Files {
				if f.Name != "bad.yaml" && f.Name != "good.yaml" {
					continue
				}
				want := wanted(string(f.Data))
				if (len(want) > 0) != (f.Name == "bad.yaml") {
					t.Errorf("%s wants %d findings", f.Name, len(want))
				}
				compare(t, f.Name, want, run(t, specsOf(a, f), lint.Options{Only: []string{rule.ID}}))
			}
		})
	}
}

// wanted reads the marks of a spec: line → parts of findings.
func wanted(spec string) map[int][]string {
	out := map[int][]string{}
	for i, line := range strings.Split(spec, "\n") {
		if _, mark, ok := strings.Cut(line, "# want:"); ok {
			for part := range strings.SplitSeq(mark, "|") {
				out[i+1] = append(out[i+1], strings.TrimSpace(part))
			}
		}
	}
	return out
}

// specsOf gives the files of a case with one of its specs in its place.
func specsOf(a *txtar.Archive, spec txtar.File) fstest.MapFS {
	out := fstest.MapFS{"a/b.yaml": {Data: append(slices.Clone(spec.Data), header...)}}
	for _, f := range a.Files {
		switch f.Name {
		case "bad.yaml", "good.yaml":
		case "common.yaml":
			out[f.Name] = &fstest.MapFile{Data: append(slices.Clone(f.Data), header...)}
		case "glossary.yaml":
			out[f.Name] = &fstest.MapFile{Data: f.Data}
		default:
			out["a/"+f.Name] = &fstest.MapFile{Data: append(slices.Clone(f.Data), header...)}
		}
	}
	return out
}

func run(t *testing.T, specs fstest.MapFS, opts lint.Options) []lint.Finding {
	t.Helper()
	found, err := lint.Run(specs, opts)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func compare(t *testing.T, name string, want map[int][]string, found []lint.Finding) {
	t.Helper()
	left := maps.Clone(want)
	for _, f := range found {
		parts := slices.Clone(left[f.Pos.Line])
		i := slices.IndexFunc(parts, func(part string) bool { return strings.Contains(f.String(), part) })
		if i < 0 || f.Pos.File != "a/b.yaml" {
			t.Errorf("%s: not expected: %s", name, f)
			continue
		}
		left[f.Pos.Line] = slices.Delete(parts, i, i+1)
	}
	for line, parts := range left {
		for _, part := range parts {
			t.Errorf("%s:%d: nobody says %q", name, line, part)
		}
	}
}

// TestRulesHaveCases: a rule that is gone takes its case with it.
func TestRulesHaveCases(t *testing.T) {
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, r := range lint.Rules() {
		if r.ID != "ignore" {
			want = append(want, r.ID)
		}
	}
	for _, f := range files {
		got = append(got, strings.TrimSuffix(filepath.Base(f), ".txtar"))
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestReadmeListsRules: the table of specs/README.md is the table of the code.
func TestReadmeListsRules(t *testing.T) {
	readme, err := os.ReadFile("../../specs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| rule | demands |\n|---|---|\n")
	for _, r := range lint.Rules() {
		fmt.Fprintf(&b, "| %s | %s |\n", r.ID, r.Says)
	}
	if !strings.Contains(string(readme), b.String()) {
		t.Errorf("the section Lint must hold this table:\n%s", b.String())
	}
}

// TestRepository: the specs of this repository are clean.
func TestRepository(t *testing.T) {
	found, err := lint.Run(os.DirFS("../../specs"), lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}
