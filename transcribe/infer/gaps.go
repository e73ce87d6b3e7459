package infer

import "github.com/wxgen/wxgen/transcribe/page"

// gaps reports the fields whose type or members are still unknown.
func (c *comparison) gaps(where string, fields []*page.Field) {
	page.Walk(fields, func(path string, f *page.Field) {
		at := where + "." + path
		switch object := f.Type.Value == page.Object || f.Items.Value == page.Object; {
		case !f.Type.Known():
			c.find(f.Name.Pos, page.Gap, at, "neither the page nor an example tells the type", "")
		case f.Type.Value == page.Array && !f.Items.Known():
			c.find(f.Name.Pos, page.Gap, at, "neither the page nor an example tells what the array holds", "")
		case object && len(f.Fields) == 0 && f.Folded:
			c.find(f.Name.Pos, page.Gap, at, "this copy of the page lost the members of this object, and no example has them", "look at another copy of the page")
		case object && len(f.Fields) == 0:
			c.find(f.Name.Pos, page.Gap, at, "neither the page nor an example tells the members of this object", "")
		}
	})
}

// labels gives values that come out of a program the words that the page has
// for them where the same enum stands in another field.
func labels(lists ...[]*page.Field) {
	known := map[[2]string]page.Fact[string]{}
	each := func(visit func(name string, v *page.EnumValue)) {
		for _, fields := range lists {
			page.Walk(fields, func(_ string, f *page.Field) {
				for i := range f.Enum {
					if f.TypeName.Known() {
						visit(f.TypeName.Value, &f.Enum[i])
					}
				}
			})
		}
	}
	each(func(name string, v *page.EnumValue) {
		if key := [2]string{name, v.Value.Value}; v.Label.Known() && !known[key].Known() {
			known[key] = v.Label
		}
	})
	each(func(name string, v *page.EnumValue) {
		if v.Value.From == page.FromSample && !v.Label.Known() {
			v.Label = known[[2]string{name, v.Value.Value}]
		}
	})
}
