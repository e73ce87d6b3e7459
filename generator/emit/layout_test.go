package emit

import (
	"go/format"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// TestLayout holds what is written as text to gofmt, where lines are about as
// long as gofmt lets them be and where columns end.
func TestLayout(t *testing.T) {
	texts := []string{"", "短.", "A text that is long enough to stand above its value, as texts often are, so that a column ends here and another one begins.", "b"}
	for length := range 240 {
		enum := &model.Named{Name: "State" + strings.Repeat("X", length%5), Enum: &model.Enum{}}
		named := &model.Named{Name: "Request"}
		for i, text := range []string{texts[length%4], texts[length/4%4], texts[length/16%4], ""}[:1+length%3] {
			wire := strings.Repeat([]string{"a", "中"}[i%2], length/(i+1)+1)
			enum.Enum.Values = append(enum.Enum.Values, model.EnumValue{Name: enum.Name + strings.Repeat("V", i+1), Wire: wire, Doc: text})
			named.Fields = append(named.Fields, &model.Field{
				Name: strings.Repeat("F", i*length%9+1), Wire: wire, Doc: text, Type: &model.Type{Kind: []model.Kind{model.String, model.Time, model.Any}[i%3]},
			})
		}
		e := &emitter{
			pkg:  &model.Package{Name: "p", Folder: "p", Spec: &load.Document{File: "p.yaml"}, Types: []*model.Named{enum, named}},
			opts: Options{Specs: "specs", Runtime: "github.com/wxgen/wxgen/wxpay"},
		}
		for _, f := range []File{e.enums(), e.structs()} {
			out, err := format.Source(f.Source)
			if err != nil || f.Formatted && string(out) != string(f.Source) {
				t.Fatalf("length %d: gofmt would change this (%v):\n%s", length, err, f.Source)
			}
		}
	}
}
