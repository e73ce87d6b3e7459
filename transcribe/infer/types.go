package infer

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/infer/sample"
	"github.com/wxgen/wxgen/transcribe/page"
)

// types settles the type of a field among the table, the examples and the
// program.
func (c *comparison) types(path string, f *page.Field, s sight) {
	shown := s.shape.shown()
	if s.shape != nil && len(s.shape.kinds) > 1 && !shown.Known() {
		c.find(s.shape.pos, page.Contradiction, path, "the examples show values of several types", "")
	}
	kind, items := c.declared(s)
	doubtful := f.TypeName.From == page.Stated && len(f.Fields) == 0
	f.Type = c.agree(path, "", claim{f.Type, shown, kind, doubtful && f.Type.Value != page.Array})
	if f.Type.Value == page.Array {
		f.Items = c.agree(path, "elements: ", claim{f.Items, s.shape.shownItems(), items, doubtful})
	}
	if kind.Value == page.String && s.member.Type.Name == sample.Time && !f.Time.Known() && f.Type.Value == page.String {
		f.Time = page.Seen(true, kind.Pos, page.FromSample)
	}
}

// claim is what the three sources say of a type.
type claim struct {
	table, shown, program page.Fact[page.Type]
	named                 bool // the table gives the name of a type, which may be an enum or an object
}

// agree chooses the type that counts: the table's, but where one says text and
// the other number the example's, since that is what is on the wire, unless
// the program takes the side of the table. Programs and examples come out of
// one generator, so they do not outvote a table.
func (c *comparison) agree(path, of string, t claim) page.Fact[page.Type] {
	if !t.table.Known() {
		return c.first(path, of, t)
	}
	switch {
	case t.named && t.shown.Known() && t.shown.Value == page.String:
		return t.shown
	case t.table.Value == page.Number && t.shown.Value == page.Integer && t.program.Value != page.Number:
		c.find(t.table.Pos, page.Inferred, path, fmt.Sprintf("%sthe page says number, the example at %s shows an integer", of, t.shown.Pos), "")
		return t.shown
	case t.table.Value == page.Number && !t.shown.Known() && t.program.Value == page.Integer:
		c.find(t.table.Pos, page.Inferred, path, fmt.Sprintf("%sthe page says number, the program at %s an integer", of, t.program.Pos), "")
		return t.program
	case t.shown.Known() && !fits(t.table.Value, t.shown.Value):
		return c.dispute(path, of, t)
	case t.program.Known() && !fits(t.table.Value, t.program.Value):
		c.find(t.table.Pos, page.Contradiction, path,
			fmt.Sprintf("%sthe page says %s, the program at %s %s", of, t.table.Value, t.program.Pos, t.program.Value), "the page counts")
	}
	return t.table
}

// first is the type of a field whose type the page does not state.
func (c *comparison) first(path, of string, t claim) page.Fact[page.Type] {
	found := t.shown
	if !found.Known() {
		found = t.program
	}
	if !found.Known() {
		return t.table
	}
	if t.program.Known() && !fits(t.program.Value, found.Value) {
		c.find(found.Pos, page.Contradiction, path,
			fmt.Sprintf("%sthe example shows %s, the program at %s says %s", of, found.Value, t.program.Pos, t.program.Value), "the example counts")
	}
	c.find(found.Pos, page.Inferred, path, fmt.Sprintf("%sthe page states no type: %s from the %s", of, found.Value, found.From), "")
	return found
}

// dispute decides between a table and an example that contradict each other.
func (c *comparison) dispute(path, of string, t claim) page.Fact[page.Type] {
	what := fmt.Sprintf("%sthe page says %s, the example at %s shows %s", of, t.table.Value, t.shown.Pos, t.shown.Value)
	if t.program.Known() {
		what += fmt.Sprintf(", the program at %s says %s", t.program.Pos, t.program.Value)
	}
	winner, how := t.table, "the page counts"
	if textAgainstNumber(t.table.Value, t.shown.Value) && t.program.Value != t.table.Value {
		winner, how = t.shown, "the example counts"
	}
	c.find(t.table.Pos, page.Contradiction, path, what, how)
	return winner
}

// fits tells whether a value of a type can stand where another is stated.
func fits(stated, seen page.Type) bool {
	return stated == seen || stated == page.File || stated == page.Number && seen == page.Integer
}

func textAgainstNumber(a, b page.Type) bool {
	return a == page.String && isNumeric(b) || isNumeric(a) && b == page.String
}

func isNumeric(t page.Type) bool { return t == page.Integer || t == page.Number }
