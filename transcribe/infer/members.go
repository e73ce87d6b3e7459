package infer

import (
	"fmt"
	"regexp"

	"github.com/wxgen/wxgen/transcribe/infer/sample"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Bounds on what examples and programs may add: programs may declare classes
// that hold themselves.
const (
	maxGrownDepth = 12
	maxGrown      = 5000
)

// members completes the members of an object, of the objects in an array, or
// of a document in a text.
func (c *comparison) members(path string, f *page.Field, s sight, depth int) {
	if f.Type.Value == page.String && s.shape != nil && s.shape.inner != nil && !f.JSON.Known() {
		f.JSON = page.Seen(true, s.shape.inner.pos, page.FromExample)
		c.find(s.shape.inner.pos, page.Inferred, path, "the text holds a JSON document", "")
	}
	if !holdsMembers(f) {
		return
	}
	w := c.below(s)
	if w.class != nil && !f.TypeName.Known() {
		f.TypeName = page.Seen(w.class.Name, c.programPos(w.class.Place), page.FromSample)
	}
	if len(f.Fields) > 0 && !f.Folded {
		if !f.Unended {
			f.Fields = c.nest(path, f.Fields, w)
		}
		c.fields(path, &f.Fields, w, depth+1)
		return
	}
	for _, member := range f.Fields {
		c.field(path+"."+member.Name.Value, member, w.of(member.Name.Value), depth+1)
	}
	before := len(f.Fields)
	f.Fields = append(f.Fields, c.missing(path, f, w, depth)...)
	if added := len(f.Fields) - before; added > 0 {
		c.find(f.Fields[before].Name.Pos, page.Inferred, path, fmt.Sprintf("%d members from the %s", added, w.names()), "look at another copy of the page for what is required")
	}
}

func (w witness) names() string {
	switch {
	case w.class == nil:
		return "example"
	case w.shape == nil:
		return "sample program"
	}
	return "example and the sample program"
}

// missing are the members that a field does not have yet.
func (c *comparison) missing(path string, f *page.Field, w witness, depth int) []*page.Field {
	known := index(f.Fields)
	var found []*page.Field
	for _, member := range c.grow(path, w, depth+1) {
		if known[member.Name.Value] == nil {
			member.Place = f.Place
			found = append(found, member)
		}
	}
	return found
}

func holdsMembers(f *page.Field) bool {
	if len(f.Fields) > 0 {
		return true
	}
	switch f.Type.Value {
	case page.Object:
		return true
	case page.Array:
		return f.Items.Value == page.Object || !f.Items.Known()
	case page.String:
		return f.JSON.Value
	}
	return false
}

// grow makes the fields of an object that the page does not describe.
func (c *comparison) grow(path string, w witness, depth int) []*page.Field {
	if depth > maxGrownDepth {
		return nil
	}
	var fields []*page.Field
	for _, name := range w.order() {
		if c.grown == maxGrown {
			c.find(page.Pos{File: c.page.File}, page.Doubt, path, "too many members to take from the example", "")
			return fields
		}
		c.grown++
		fields = append(fields, c.growField(path+"."+name, name, w.of(name), depth))
	}
	return fields
}

func (c *comparison) growField(path, name string, s sight, depth int) *page.Field {
	f := &page.Field{}
	if s.shape != nil {
		f.Name = page.Seen(name, s.shape.pos, page.FromExample)
	} else {
		f.Name = page.Seen(name, c.programPos(s.member.Place), page.FromSample)
	}
	// The finding of the object covers that of the members.
	findings := len(c.page.Findings)
	c.field(path, f, s, depth)
	c.page.Findings = keepSerious(c.page.Findings, findings)
	if f.Type.Value == page.String && f.Example.From == page.FromExample && isTime.MatchString(f.Example.Value) && !f.Time.Known() {
		f.Time = page.Seen(true, f.Example.Pos, page.FromExample)
	}
	return f
}

var isTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)

// keepSerious drops the findings from an index on that only say that
// something was inferred.
func keepSerious(findings []page.Finding, from int) []page.Finding {
	kept := findings[:from]
	for _, f := range findings[from:] {
		if f.Kind != page.Inferred {
			kept = append(kept, f)
		}
	}
	return kept
}

// order is the order of an object's members: that of the example, and what
// only the program has behind the member that it follows there.
func (w witness) order() []string {
	after := map[string][]string{}
	if w.class != nil {
		last := ""
		for _, m := range w.class.Members {
			if w.shape.find(m.Name) != nil {
				last = m.Name
			} else {
				after[last] = append(after[last], m.Name)
			}
		}
	}
	names := after[""]
	if w.shape == nil {
		return names
	}
	for _, m := range w.shape.members {
		names = append(names, m.name)
		names = append(names, after[m.name]...)
	}
	return names
}

// requestClass is the class of the program that holds the request.
func (c *comparison) requestClass(fields []*page.Field) *sample.Class {
	return c.class(fields, func(call sample.Call) string { return call.Request })
}

// responseClass is the class that holds the answer.
func (c *comparison) responseClass(fields []*page.Field) *sample.Class {
	return c.class(fields, func(call sample.Call) string { return call.Response })
}

// class finds the class that a function of the program takes or returns and
// that has most of the fields. One that has less than half is another
// operation's.
func (c *comparison) class(fields []*page.Field, of func(sample.Call) string) *sample.Class {
	var best *sample.Class
	most := 0
	for _, call := range c.program.Calls {
		class := c.program.Classes[of(call)]
		if class == nil || class == best {
			continue
		}
		common := 0
		for _, f := range fields {
			if _, ok := class.Member(f.Name.Value); ok {
				common++
			}
		}
		if common > most && 2*common >= min(len(fields), len(class.Members)) {
			best, most = class, common
		}
	}
	return best
}
