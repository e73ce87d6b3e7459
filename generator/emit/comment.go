package emit

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// width is how wide a comment may be, counted in columns: a Chinese character
// takes two.
const width = 110

// paragraph breaks text into lines. Text from a page may hold line breaks,
// tables and markup: all white space counts as one blank, and nothing in it
// can end a comment or look like a directive.
func paragraph(text string) []string {
	var lines []string
	line, at := "", 0
	for _, word := range strings.Fields(text) {
		w := columns(word)
		if line != "" && at+1+w > width {
			lines, line, at = append(lines, line), "", 0
		}
		if line != "" {
			line += " "
			at++
		}
		line += word
		at += w
	}
	if line != "" {
		lines = append(lines, line)
	}
	for i, l := range lines {
		switch {
		case strings.HasPrefix(l, "go:"), strings.HasPrefix(l, "#"):
			lines[i] = " " + l
		case strings.HasPrefix(l, "+build"): // gofmt takes it for a constraint of the file
			lines[i] = "+ " + l[1:]
		}
	}
	return lines
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 && (unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xff60) {
			n++
		}
	}
	return n
}

// sentence ends text with a full stop, unless it ends with one.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".!?。！？:：", last) {
		return text
	}
	return text + "."
}

// join puts sentences behind each other and leaves out the empty ones.
func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

// aboutType says what a type is: the page's label, then the explanation.
func aboutType(name, label, doc string) string {
	switch {
	case label == "" && doc == "":
		return name + " has no description in the documentation."
	case label == "":
		return sentence(name + ": " + doc)
	}
	return join(sentence(name+" is "+label), sentence(doc))
}

// aboutCall says what an operation does. Descriptions begin with a verb in the
// third person, which goes on from the name.
func aboutCall(name, label, doc string) string {
	if doc == "" {
		return aboutType(name, label, doc)
	}
	if label != "" {
		name += " (" + label + ")"
	}
	r, size := utf8.DecodeRuneInString(doc)
	return sentence(name + " " + string(unicode.ToLower(r)) + doc[size:])
}

// aboutPackage introduces a package in one sentence, which is all that lists
// of packages show. The label stands in it once, though the description may
// name it, too.
func aboutPackage(name, label, doc string) string {
	intro := "Package " + name + " calls " + label + " of WeChat Pay APIv3"
	product := label[strings.LastIndex("∙"+label, "∙"):] // of 运营工具∙代金券 the coupons
	doc = strings.ReplaceAll(doc, " ("+product+")", "")
	if doc == "" {
		return sentence(intro)
	}
	first, _, _ := strings.Cut(doc, " ")
	if r, size := utf8.DecodeRuneInString(doc); first[size:] == strings.ToLower(first[size:]) {
		doc = string(unicode.ToLower(r)) + doc[size:]
	}
	return sentence(intro + ": " + doc)
}

// byRole says for whom a field is required, and for whom there is none.
func byRole(needs []load.RoleNeed) string {
	said := map[string]string{"required": "required for ", "optional": "optional for ", "absent": "absent for "}
	var parts []string
	for _, need := range []string{"required", "optional", "absent"} {
		var roles []string
		for _, n := range needs {
			if n.Need == need {
				roles = append(roles, n.Role)
			}
		}
		if len(roles) > 0 {
			parts = append(parts, said[need]+strings.Join(roles, ", "))
		}
	}
	text := strings.Join(parts, "; ")
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// bounds puts limits into words.
func bounds(l model.Limits) string {
	return join(
		between(l.Length, "character", "characters", ""),
		between(l.Number, "", "", ""),
		between(l.Items, "item", "items", ""),
		between(l.Each, "character", "characters", " each"),
	)
}

func between(r model.Range, one, many, tail string) string {
	unit := " " + many
	if last := cmp.Or(r.Max, r.Min); last == "1" {
		unit = " " + one
	}
	if many == "" {
		unit = ""
	}
	switch {
	case r.IsZero():
		return ""
	case r.Min == r.Max:
		return "Exactly " + r.Max + unit + tail + "."
	case r.Max == "":
		return "At least " + r.Min + unit + tail + "."
	case r.Min == "" || r.Min == "0":
		return "At most " + r.Max + unit + tail + "."
	}
	return r.Min + " to " + r.Max + unit + tail + "."
}
