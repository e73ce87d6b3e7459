package drift_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// TestOneRuleForNotes: what a note explains, drift does not report and import
// does not touch; what it does not explain, both tell. Wherever the note stands
// and whatever it says, they agree.
func TestOneRuleForNotes(t *testing.T) {
	const field, object, operation = "                  title: 备注\n", "            schema:\n              type: object\n", "      operationId: "
	for _, place := range []string{field, object, operation} {
		for _, c := range []struct {
			old, new, note string
			explained      bool
		}{
			{"string(6,64)", "string(6,32)", "The page says 32, the platform takes 64.", true},
			{"string(6,64)", "string(6,32)", "The platform takes 64.", false},
			{"string(6,64)", "string(6,32)", "The maximum length is as people saw it.", false},
			{"string(6,64)", "string(6,32)", "It takes 320.", false},
			{"remark  选填", "remark  必填", "The page says required, and calls without it succeed.", true},
			{"remark  选填", "remark  必填", "Its flag is that of the platform.", false},
			{"remark  选填 string(6,64)", "remark  选填 integer", "An integer on the page, a string on the wire.", true},
			{"<p class=\"iwiki-p\">remark  选填 string(6,64)</p><p class=\"iwiki-p\">【备注】 说明</p><hr class=\"iwiki-rule\">", "", "From the catalogue: remark.", true},
			{"<p class=\"iwiki-p\">remark  选填 string(6,64)</p><p class=\"iwiki-p\">【备注】 说明</p><hr class=\"iwiki-rule\">", "", "From the catalogue.", false},
		} {
			altered := strings.Replace(gadgets, c.old, c.new, 1)
			files := withNote(t, place, c.note)
			found := drift.Count(compareFiles(t, files, altered))
			changes := importChanges(t, files, altered)
			if (found == 0) != c.explained || (changes == 0) != c.explained {
				t.Errorf("%q for %q, and the note %q behind %q: drift finds %d, import %d", c.new, c.old, c.note, strings.TrimSpace(place), found, changes)
			}
		}
	}
}

// withNote makes a spec of the page with a note behind a line of it.
func withNote(t *testing.T, behind, note string) fstest.MapFS {
	t.Helper()
	common, err := specs.FS.ReadFile("common.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"common.yaml": {Data: common}}
	r := read(t, gadgets)
	result, err := spec.Import(r.Operations, r.Events, spec.Options{Specs: files, Package: "demo/gadgets", Book: &spec.Book{}})
	if err != nil {
		t.Fatal(err)
	}
	text := string(result.Files["demo/gadgets.yaml"])
	at := strings.Index(text, behind)
	if at < 0 {
		t.Fatalf("%q is not in\n%s", behind, text)
	}
	line := at + strings.Index(text[at+len(behind)-1:], "\n") + len(behind)
	last := text[:line]
	last = last[strings.LastIndex(last[:len(last)-1], "\n")+1:]
	indent := last[:len(last)-len(strings.TrimLeft(last, " "))]
	files["demo/gadgets.yaml"] = &fstest.MapFile{Data: []byte(text[:line] + indent + "x-wx-note: '" + note + "'\n" + text[line:])}
	return files
}

func compareFiles(t *testing.T, fsys fs.FS, text string) []drift.Difference {
	t.Helper()
	files, err := load.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	set, err := load.Load(fsys, files...)
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, text)
	return drift.Compare(&page.Page{Operations: r.Operations, Events: r.Events}, drift.NewIndex(set))
}

// importChanges counts what an import would do, or report.
func importChanges(t *testing.T, fsys fs.FS, text string) int {
	t.Helper()
	r := read(t, text)
	result, err := spec.Import(r.Operations, r.Events, spec.Options{Specs: fsys, Book: &spec.Book{}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range result.Entries {
		for _, c := range e.Changes {
			if c.Kind != spec.Kept {
				n++
			}
		}
	}
	return n
}
