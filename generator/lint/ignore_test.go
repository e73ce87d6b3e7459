package lint_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/generator/lint"
)

// of makes a set of one spec, with the header behind it.
func of(spec string) fstest.MapFS {
	return fstest.MapFS{"a/b.yaml": {Data: []byte(strings.TrimPrefix(spec, "\n") + header)}}
}

func texts(found []lint.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.String())
	}
	return out
}

// TestIgnore looks at fields without a label, each on a line of its own.
func TestIgnore(t *testing.T) {
	const before = "components:\n  schemas:\n    O:\n      type: object\n      properties:\n"
	const finding = ": a has no label (write title: with the page's label) [label]"
	for _, tc := range []struct {
		name, lines string
		want        []string
	}{
		{"nothing", "        a: {type: string}\n", []string{"a/b.yaml:6:9" + finding}},
		{"on the line", "        a: {type: string} # wxgen:ignore label: The page has none.\n", nil},
		{"above", "        # wxgen:ignore label: The page has none.\n        a: {type: string}\n", nil},
		{"stacked", "        # wxgen:ignore label: The page has none.\n        # More about it.\n        a: {type: string}\n", nil},
		{"behind a quote", "        a: {type: string, pattern: '# wxgen:ignore label: no'} # wxgen:ignore label: it's \"so\".\n", nil},
		{"in a quote", "        a: {type: string, pattern: '# wxgen:ignore label: no'}\n", []string{"a/b.yaml:6:9" + finding}},
		{"in a text", "        a:\n          type: string\n          description: |-\n            # wxgen:ignore label: no\n", []string{"a/b.yaml:6:9" + finding}},
		{"another line", "        # wxgen:ignore label: The page has none.\n\n        a: {type: string}\n", []string{
			"a/b.yaml:6:9: the comment silences nothing (remove it, or move it to the line of the finding) [ignore]", "a/b.yaml:8:9" + finding,
		}},
		{"another rule", "        a: {type: string} # wxgen:ignore trailing-blanks: None.\n", []string{
			"a/b.yaml:6:9" + finding, "a/b.yaml:6:27: the comment silences nothing (remove it, or move it to the line of the finding) [ignore]",
		}},
		{"no reason", "        a: {type: string} # wxgen:ignore label\n", []string{
			"a/b.yaml:6:9" + finding, "a/b.yaml:6:27: nothing says why label is silenced (write # wxgen:ignore label: and the reason) [ignore]",
		}},
		{"no rule", "        a: {type: string, title: 甲} # wxgen:ignore labels: Why.\n", []string{
			"a/b.yaml:6:37: no rule is called \"labels\" (wxgen lint --rules lists them) [ignore]",
		}},
		{"cannot be", "        a: {type: string, title: 甲} # wxgen:ignore ignore: Why.\n", []string{
			"a/b.yaml:6:37: the rule ignore cannot be silenced (mend what it tells) [ignore]",
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			opts := lint.Options{Only: []string{"label", "trailing-blanks", "ignore"}}
			if diff := cmp.Diff(tc.want, texts(run(t, of(before+tc.lines), opts))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestIgnoreUnread: where a file cannot be read or a rule is left out, nobody
// knows what a comment would have silenced.
func TestIgnoreUnread(t *testing.T) {
	spec := "paths:\n  /v3/a: # wxgen:ignore label: None.\n    got: {} # wxgen:ignore nothing: None.\n"
	want := []string{
		`a/b.yaml:3:5: the path /v3/a has an unknown key "got" (remove it, or see specs/README.md for what the dialect knows) [load]`,
		`a/b.yaml:3:13: no rule is called "nothing" (wxgen lint --rules lists them) [ignore]`,
	}
	if diff := cmp.Diff(want, texts(run(t, of(spec), lint.Options{}))); diff != "" {
		t.Error(diff)
	}
	left := run(t, of("paths: {} # wxgen:ignore label: None.\n"), lint.Options{Without: []string{"label"}})
	if len(left) > 0 {
		t.Error(texts(left))
	}
}
