package emit

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/model"
)

// enums writes enums, as text in gofmt's layout like the structs.
func (e *emitter) enums() File {
	body, inTexts := &layout{e: e, formatted: true}, false
	for _, t := range e.pkg.Types {
		if t.Enum != nil {
			body.enum(t)
			inTexts = inTexts || fitsText(t.Enum)
		}
	}
	if inTexts {
		body.standard = "strings"
		body.text.WriteString(listed)
	}
	return body.file("enums.go")
}

func (l *layout) enum(t *model.Named) {
	l.declaration(paragraph(aboutType(t.Name, t.Title, t.Doc)))
	underlying := "string"
	if t.Enum.Integer {
		underlying = "int64"
	}
	l.text.WriteString("type " + t.Name + " " + underlying + "\n\nconst (\n")
	l.constants(t)
	l.text.WriteString(")\n\n// Known reports whether the documentation lists v; WeChat Pay may add values.\n")
	head := "func (v " + t.Name + ") Known() bool"
	if !fitsText(t.Enum) {
		l.text.WriteString(head + " {\n\tswitch v {\n\tcase " + caseNames(t.Enum) + ":\n\t\treturn true\n\t}\n\treturn false\n}\n")
		return
	}
	statement := "return listed(string(v), " + valueText(t.Enum) + ")"
	const oneLine = 99 // up to here gofmt keeps a function on a line
	if len(head+statement) <= oneLine && !strings.Contains(statement, "\n") {
		l.text.WriteString(head + " { " + statement + " }\n")
		return
	}
	l.text.WriteString(head + " {\n\t" + statement + "\n}\n")
}

// constants writes the values, each with its text beside it, or above where it
// would not fit.
func (l *layout) constants(t *model.Named) {
	var rows [][]string
	for _, v := range t.Enum.Values {
		value := strconv.Quote(v.Wire)
		if t.Enum.Integer {
			value = v.Wire
		}
		row := []string{v.Name, t.Name, "= " + value}
		text := paragraph(v.Doc)
		switch {
		case len(text) == 1 && columns(v.Name+t.Name+value+text[0]) < width:
			row = append(row, "// "+printable(text[0]))
		case len(text) > 0:
			l.columns(rows)
			rows = rows[:0]
			l.comment("\t", text)
		}
		rows = append(rows, row)
	}
	l.columns(rows)
}

// fitsText tells whether values can be listed in one text. A switch over texts
// is what cost most to compile in a package with many enums.
func fitsText(enum *model.Enum) bool {
	return !enum.Integer && !slices.ContainsFunc(enum.Values, func(v model.EnumValue) bool { return strings.Contains(v.Wire, bar) })
}

const bar = "|"

// listed is the function that finds a value in such a text.
const listed = `
// listed tells whether value is one of all, which bars set apart.
func listed(value, all string) bool {
	for one := range strings.SplitSeq(all, "|") {
		if one == value {
			return true
		}
	}
	return false
}
`

// valueText lists the values of an enum in a text, broken into lines that are
// not too long.
func valueText(enum *model.Enum) string {
	const before = 30 // columns that stand before the first line
	var lines []string
	line := ""
	for i, v := range enum.Values {
		if i > 0 {
			line += bar
		}
		if line != "" && columns(line+v.Wire) > width-before {
			lines, line = append(lines, strconv.Quote(line)), ""
		}
		line += v.Wire
	}
	return strings.Join(append(lines, strconv.Quote(line)), "+\n\t\t")
}

// caseNames lists the constants of an enum, in lines that are not too long.
func caseNames(enum *model.Enum) string {
	var out strings.Builder
	at := 0
	for i, v := range enum.Values {
		if at += len(v.Name) + 2; i > 0 && at > width {
			out.WriteString(",\n\t\t")
			at = len(v.Name) + 2
		} else if i > 0 {
			out.WriteString(", ")
		}
		out.WriteString(v.Name)
	}
	return out.String()
}
