package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// hk is a page of the cross-border wiki, in English (§15).
type hk struct {
	writer
	v *Variant
}

func renderHK(t *Truth, v *Variant) *Rendering {
	t = english(wikiTruth(t, v))
	s := &hk{v: v}
	for _, op := range t.Ops {
		s.operation(t, op)
	}
	r := wikiHeld(t)
	hkLoses(t, r.Held)
	r.set(s.String())
	return r
}

// english is the truth in the words of the page.
func english(t *Truth) *Truth {
	for _, op := range t.Ops {
		op.Title = words(op.Path[strings.LastIndex(strings.TrimRight(op.Path, "/"), "/")+1:]) + " Query"
		op.Rates, op.Idempotent = nil, false
		for i := range op.Common {
			op.Common[i].Says, op.Common[i].Solve = fmt.Sprintf("Wrong call %d", i), "Check the call"
		}
		for i := range op.Business {
			op.Business[i].Says, op.Business[i].Solve = fmt.Sprintf("Wrong gadget %d", i), "Check the gadget"
		}
	}
	t.Title = t.Ops[0].Title
	t.Intro = "This API can be used with gadgets."
	t.all(func(f *Field) {
		f.Label = words(f.Name)
		f.Says = "What it says of " + f.mark + "."
		f.Secret, f.Default = false, ""
		for i := range f.Enum {
			f.Enum[i].Label = "Value " + fmt.Sprint(i)
		}
		if f.Maximum != nil {
			f.Minimum, f.Maximum = nil, nil
		}
		f.MinItems, f.MaxItems = nil, nil
	})
	return t
}

func words(name string) string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_-{}/", r) })
	for i, p := range parts {
		parts[i] = strings.ToUpper(p[:1]) + p[1:]
	}
	return strings.Join(parts, " ")
}

// hkLoses forgets what is in English words only: roles and labels, which are
// not the platform's own. Enums and members are lost with their lists.
func hkLoses(t *Truth, p *page.Page) {
	for _, op := range p.Operations {
		op.Roles = nil
	}
	forget(p, func(f *page.Field) {
		f.Label, f.Enum = page.Fact[string]{}, nil
		f.Time, f.JSON = page.Fact[bool]{}, page.Fact[bool]{}
	})
	wikiFold(t, p)
}

func (s *hk) operation(t *Truth, op *Op) {
	s.line(op.Title, " API").blank()
	s.line("Latest update time：", dotted(t.Updated), " Release notes").blank()
	s.line(t.Intro).blank()
	s.line("1. API intro").blank()
	s.line("Applicable object: Common mode Institutional mode").blank()
	s.line("Request URL: https://apihk.mch.weixin.qq.com", op.written()).blank()
	s.line("Request method: ", op.Method).blank()
	s.line("Path parameter is a path parameter.").line("Query parameter needs to be passed in the request URL.")
	s.line("Body parameter needs to be passed in the request JSON.").blank()
	s.line("2. Request Parameters").blank()
	s.table(op.wikiRequest())
	s.line("Example:").blank()
	if len(op.Body) > 0 {
		s.line(wikiDoc(op.Body, s.v)).blank()
	} else {
		s.line(op.sampleURL()).blank()
	}
	s.line("3. Response Parameters").blank()
	s.table(unplaced(op.Answer.Fields))
	s.line("Example:").blank().line(wikiDoc(op.Answer.Fields, s.v)).blank()
	s.line("4. Error Codes").blank()
	s.line("Status Code | Error Code | Description | Solution |").line("---|---|---|---|")
	for _, e := range op.wikiErrors() {
		s.line(strings.Join(e.cells(), " | "), " |")
	}
}

func (s *hk) table(fields []placed) {
	if len(fields) == 0 {
		return
	}
	s.line(s.v.one("Field Name | ID | Type | Required | Description |", "Name | Variable Name | Type | Required | Description |"))
	s.line("---|---|---|---|---|")
	for _, f := range fields {
		place := ""
		if f.at != "" {
			place = strings.ToUpper(f.at[:1]) + f.at[1:] + " "
		}
		text := place + f.Says
		if eg := f.example(); eg != "" {
			text += " Example: " + eg
		}
		s.line(f.Label, " | ", f.Name, " | ", f.wikiType(), " | ", s.flag(f), " | ", text, " |")
		if len(f.Kids) > 0 {
			s.line("| | ", f.Label, " | | |")
		}
	}
	s.blank()
}

func (s *hk) flag(f placed) string {
	switch {
	case f.Need == page.Required:
		return "Yes"
	case f.Need == page.Conditional:
		return "Choose one"
	}
	return "No"
}
