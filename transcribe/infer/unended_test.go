package infer_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/transcribe/page"
)

// open makes the fields of an answer whose page lost where members end: the
// objects in it are marked with *, and all that follows the first is in it.
func open(list string) []*page.Field {
	var out []*page.Field
	into := &out
	for _, text := range strings.Split(list, ", ") {
		need := page.Optional
		if trimmed, ok := strings.CutSuffix(text, "!"); ok {
			text, need = trimmed, page.Required
		}
		name, object := strings.CutSuffix(text, "*")
		f := field(name + " string")
		if object {
			f = field(name + " object")
		}
		f.Required = page.Said(need, at(1, 9))
		*into = append(*into, f)
		if object {
			f.Folded, f.Unended = true, true
			if into == &out {
				into = &f.Fields
			}
		}
	}
	return out
}

// paths are the fields that were placed, with ~ behind objects whose members
// are lost and ? behind those that may lack some.
func paths(fields []*page.Field) string {
	var all []string
	page.Walk(fields, func(path string, f *page.Field) {
		all = append(all, path+map[bool]string{true: "~"}[f.Folded]+map[bool]string{true: "?"}[f.Unended])
	})
	return strings.Join(all, ", ")
}

func TestWaysToNest(t *testing.T) {
	for name, tc := range map[string]struct {
		fields, example, want string
		gaps                  int
	}{
		"the example shows all": {
			"a, box*, width, lid*, color, size, z", `{"a": "1", "box": {"width": "2", "lid": {"color": "3"}, "size": "4"}, "z": "5"}`,
			"a, box, box.width, box.lid, box.lid.color, box.size, z", 0},
		"an optional field behind the members may belong to either": {
			"box*, width, note, z", `{"box": {"width": "1"}, "z": "2"}`,
			"box?, box.width, z", 1},
		"one between members belongs to them": {
			"box*, width, note, depth, z", `{"box": {"width": "1", "depth": "2"}, "z": "2"}`,
			"box, box.width, box.note, box.depth, z", 0},
		"a required one belongs to what no example lacks it in": {
			"box*, width, lid*, color, note!, z", `{"box": {"width": "1", "lid": {}}, "z": "2"}`,
			"box, box.width, box.lid, box.lid.color, box.lid.note, z", 0},
		"an object that no example shows, behind the members": {
			"box*, width, lid*, color, z", `{"box": {"width": "1"}, "z": "2"}`,
			"box?, box.width, z", 1},
		"the deeper object first where both have the name": {
			"list*, id, name, count, id", `{"list": {"id": "1", "name": "n"}, "count": "c", "id": "2"}`,
			"list, list.id, list.name, count, id", 0},
		"a name that only the last of two objects still lacks": {
			"first*, id, second*, id, note", `{"first": {"id": "1"}, "second": {"id": "2", "note": "n"}}`,
			"first, first.id, second, second.id, second.note", 0},
		"members that are lost": {
			"box*, a, lid*, b", `{"box": {"width": "1"}, "a": "2", "lid": {"color": "3"}, "b": "4"}`,
			"box~, box.width, a, lid~, lid.color, b", 0},
		"lost members, and a name that the object has too": {
			"box*, id, lid*, b", `{"box": {"id": "1", "width": "1"}, "id": "2", "lid": {"color": "3"}, "b": "4"}`,
			"box~, box.id, box.width, id, lid~, lid.color, b", 0},
		"nothing shows anything": {
			"a, box*, width, z", "",
			"a, box~", 1},
		"an object and a text of one name": {
			"box*, size*, width, z, size", `{"box": {"size": {"width": "1"}, "z": "2"}, "size": "s"}`,
			"box, box.size, box.size.width, box.z, size", 0},
	} {
		t.Run(name, func(t *testing.T) {
			op := operation("GET", "/a")
			var examples []string
			if tc.example != "" {
				examples = append(examples, tc.example)
			}
			op.Answers = []*page.Answer{answer(open(tc.fields), examples...)}
			p := complete(op)
			if got := paths(op.Answers[0].Fields); got != tc.want {
				t.Errorf("fields\n%s\nwant\n%s\n%q", got, tc.want, findings(p))
			}
			gaps := 0
			for _, f := range p.Findings {
				if strings.Contains(f.What, "left out") {
					gaps++
				}
			}
			if gaps != tc.gaps {
				t.Errorf("%d gaps, want %d: %q", gaps, tc.gaps, findings(p))
			}
		})
	}
}

// Who copied the page clicked on some objects and not on others, so what is
// certain in one list tells nothing of another.
func TestListsTellNothingOfEachOther(t *testing.T) {
	op := operation("POST", "/a")
	op.Body = in(page.Body, open("box*, width")...)
	op.Answers = []*page.Answer{answer(open("lid*, color, z"), `{"lid": {"color": "1"}, "z": "2"}`)}
	p := complete(op)
	if got := paths(op.Body); got != "box~" || !strings.Contains(fmt.Sprint(findings(p)), "width; they are left out") {
		t.Errorf("body %s, %q", got, findings(p))
	}
}

// However many objects are open, the work is bounded.
func TestManyWaysToNest(t *testing.T) {
	var list []string
	for i := range 5000 {
		list = append(list, fmt.Sprintf("o%d*", i%50), fmt.Sprintf("m%d", i%7), "id")
	}
	op := operation("GET", "/a")
	op.Answers = []*page.Answer{answer(open(strings.Join(list, ", ")), `{"o1": {"id": "1", "o2": {"m1": "2"}}, "o3": {"id": "4"}, "id": "5"}`)}
	begun := time.Now()
	complete(op)
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}

// FuzzOpenMembers looks that no field is placed twice, whatever the lists.
func FuzzOpenMembers(f *testing.F) {
	f.Add("a*, b, c*, d!, b, e", `{"a": {"b": 1, "c": {"d": 2}}, "e": {"b": 3}}`)
	f.Fuzz(func(t *testing.T, fields, document string) {
		op := operation("GET", "/a")
		list := open(fields)
		op.Answers = []*page.Answer{answer(list, document)}
		complete(op)
		seen := map[*page.Field]bool{}
		page.Walk(op.Answers[0].Fields, func(path string, f *page.Field) {
			if seen[f] {
				t.Errorf("%s stands there twice", path)
			}
			seen[f] = true
		})
	})
}
