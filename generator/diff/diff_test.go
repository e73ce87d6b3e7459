package diff_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator/diff"
	"github.com/wxgen/wxgen/generator/load"
)

var update = flag.Bool("update", false, "write what is found as what is wanted")

// TestCases compares the two sides of each folder of testdata, old.yaml and
// new.yaml or folders of these names, and holds the report to the file want.
func TestCases(t *testing.T) {
	for _, dir := range cases(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			var got bytes.Buffer
			if err := compare(t, dir, "old", "new").Text(&got); err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join(dir, "want"), got.Bytes())
		})
	}
}

// TestEveryKindHasACase: the folder that is called like a kind shows it.
func TestEveryKindHasACase(t *testing.T) {
	for _, rule := range diff.Rules {
		r := compare(t, filepath.Join("testdata", string(rule.Kind)), "old", "new")
		if !slices.ContainsFunc(r.Changes, func(c diff.Change) bool { return c.Kind == rule.Kind && c.Class == rule.Class }) {
			t.Errorf("testdata/%s shows no %s", rule.Kind, rule.Kind)
		}
	}
}

// TestNothingChanged: a side does not differ from itself.
func TestNothingChanged(t *testing.T) {
	for _, dir := range cases(t) {
		for _, side := range []string{"old", "new"} {
			if r := compare(t, dir, side, side); len(r.Changes) > 0 {
				t.Errorf("%s: %s differs from itself: %v", dir, side, r.Changes)
			}
		}
	}
}

// opposites pairs what comes with what goes, as the other direction has it.
var opposites = [][2][]diff.Kind{
	{{"package-added"}, {"package-removed"}},
	{{"operation-added"}, {"operation-removed"}},
	{{"event-added"}, {"event-removed"}},
	{{"field-added", "field-added-required"}, {"field-removed"}},
	{{"constant-added"}, {"constant-removed"}},
	{{"alternative-added"}, {"alternative-removed"}},
	{{"sentinel-added"}, {"sentinel-removed"}},
	{{"error-code-added"}, {"error-code-removed"}},
	{{"event-type-added"}, {"event-type-removed"}},
	{{"pager-added"}, {"pager-removed"}},
	{{"idempotency-added"}, {"idempotency-removed"}},
	{{"deprecated"}, {"undeprecated"}},
	{{"field-became-required"}, {"field-became-optional"}},
	{{"field-became-required-in-response"}, {"field-became-optional-in-response"}},
}

// TestSymmetry: what comes from a to b goes from b to a.
func TestSymmetry(t *testing.T) {
	for _, dir := range cases(t) {
		if strings.HasSuffix(dir, "names-kept") {
			continue // names depend on which side came first
		}
		there, back := compare(t, dir, "old", "new"), compare(t, dir, "new", "old")
		for _, pair := range opposites {
			for i := range pair {
				came, went := facts(there, pair[i], false), facts(back, pair[1-i], true)
				if d := cmp.Diff(came, went); d != "" {
					t.Errorf("%s: %v there is not %v back:\n%s", dir, pair[i], pair[1-i], d)
				}
			}
		}
	}
}

// facts lists the changes of some kinds, without their words; turned puts the
// old side in place of the new one.
func facts(r *diff.Report, kinds []diff.Kind, turned bool) []string {
	var out []string
	for _, c := range r.Changes {
		if !slices.Contains(kinds, c.Kind) {
			continue
		}
		if turned {
			c.Old, c.New, c.OldPos, c.NewPos = c.New, c.Old, c.NewPos, c.OldPos
		}
		out = append(out, strings.Join([]string{c.Old, c.New, c.OldPos.String(), c.NewPos.String()}, "|"))
	}
	slices.Sort(out)
	return out
}

// TestRulesAreDocumented: the package's documentation lists every rule, under
// the heading of its class, and no other.
func TestRulesAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]diff.Class{
		"Breaks the build": diff.Build, "Breaks behaviour": diff.Behaviour, "Addition": diff.Addition, "Documentation": diff.Documentation,
	}
	var got []diff.Rule
	var class diff.Class
	for line := range strings.Lines(string(doc)) {
		if heading, ok := strings.CutPrefix(strings.TrimSpace(line), "// # "); ok {
			class = headings[heading]
		}
		if rule, ok := strings.CutPrefix(line, "//\t"); ok {
			kind, means, _ := strings.Cut(strings.TrimSpace(rule), " ")
			got = append(got, diff.Rule{Kind: diff.Kind(kind), Class: class, Means: strings.TrimSpace(means)})
		}
	}
	if d := cmp.Diff(diff.Rules, got); d != "" {
		t.Errorf("doc.go differs from Rules (-Rules +doc.go):\n%s", d)
	}
}

// TestFormats holds the other two formats to what is wanted, with texts that
// would be markup or command a terminal.
func TestFormats(t *testing.T) {
	r := compare(t, "testdata/shared-type", "old", "new")
	r.Changes = append(r.Changes, diff.Change{
		Class: diff.Documentation, Kind: "label-changed", Package: "orders", What: "the label of A_B (a_b) <i> changed",
		Old: "`a` | b\nc", New: "\x1b[31m*red*", OldPos: load.Pos{File: "old.yaml"},
	})
	for name, write := range map[string]func(*bytes.Buffer) error{
		"text":     func(b *bytes.Buffer) error { return r.Text(b) },
		"markdown": func(b *bytes.Buffer) error { return r.Markdown(b) },
		"json":     func(b *bytes.Buffer) error { return r.JSON(b) },
	} {
		var got bytes.Buffer
		if err := write(&got); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata/shared-type", "want."+name), got.Bytes())
	}
}

// TestClassText: a class that was written can be read again.
func TestClassText(t *testing.T) {
	for _, rule := range diff.Rules {
		text, err := rule.Class.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var got diff.Class
		if err := got.UnmarshalText(text); err != nil || got != rule.Class {
			t.Errorf("%s reads as %v, %v", text, got, err)
		}
	}
	if err := new(diff.Class).UnmarshalText([]byte("nonsense")); err == nil {
		t.Error("nonsense reads as a class")
	}
}

func cases(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob("testdata/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("testdata holds no case: %v", err)
	}
	return dirs
}

func compare(t *testing.T, dir, old, new string) *diff.Report {
	t.Helper()
	r, err := diff.Compare(side(dir, old), side(dir, new), diff.Options{
		RuntimeDeclares: func(code string) bool { return code == "BUSY" },
	})
	if err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	return r
}

// side opens a file or folder of a case, so that places are short.
func side(dir, name string) *diff.Side {
	if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
		return &diff.Side{Name: name, FS: os.DirFS(filepath.Join(dir, name)), Place: name + "/"}
	}
	return &diff.Side{Name: name, FS: os.DirFS(dir), File: name + ".yaml"}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s differs (-want +got; go test -update accepts it):\n%s", name, d)
	}
}
