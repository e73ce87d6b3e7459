package infer

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/page"
)

// settle finds where the members of fields end whose page does not say so:
// with the names that examples and programs have there. What comes behind the
// end belongs to the enclosing object. Where both levels have a name, the
// deeper one gets it first.
func (c *comparison) settle(where string, list []*page.Field, w witness, depth int) []*page.Field {
	if depth > maxDepth || !anyUnended(list) {
		return list
	}
	var settled []*page.Field
	for _, f := range list {
		s := w.of(f.Name.Value)
		inner := c.below(s)
		path := where + "." + f.Name.Value
		f.Fields = c.settle(path, f.Fields, inner, depth+1)
		settled = append(settled, f)
		if !f.Unended {
			continue
		}
		end := c.end(path, f, inner, w)
		settled = append(settled, f.Fields[end:]...)
		f.Fields = f.Fields[:end:end]
	}
	return settled
}

// anyUnended tells whether there is anything to do in a list.
func anyUnended(list []*page.Field) bool {
	found := false
	page.Walk(list, func(_ string, f *page.Field) { found = found || f.Unended })
	return found
}

// end is the number of fields that are members of f. The last of them is the
// last whose name only stands there, as long as it is not repeated.
func (c *comparison) end(path string, f *page.Field, inner, outer witness) int {
	if inner.none() {
		c.find(f.Name.Pos, page.Doubt, path, "nothing tells where the members of this object end", "compare with another copy of the page")
		return len(f.Fields)
	}
	end, doubtful := 0, 0
	taken := map[string]bool{}
	for i, member := range f.Fields {
		name := member.Name.Value
		if inner.has(name) && !taken[name] {
			taken[name] = true
			end = i + 1
			continue
		}
		if outer.has(name) || taken[name] {
			break
		}
		doubtful++
	}
	f.Unended = false
	text := "the end of this object's members was found with the " + inner.names()
	if doubtful > 0 {
		text += fmt.Sprintf("; it does not show %d of the fields near it", doubtful)
	}
	c.find(f.Name.Pos, page.Inferred, path, text, "")
	return end
}
