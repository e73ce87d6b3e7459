package emit

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wxgen/wxgen/generator/model"
)

// layout writes declarations as gofmt would lay them out.
type layout struct {
	e         *emitter
	text      bytes.Buffer
	formatted bool   // gofmt would change nothing
	standard  string // a package of the standard library that is used
	runtime   bool   // package wxpay is used
}

// file puts the head of a file before what was written.
func (l *layout) file(name string) File {
	source := l.e.header() + "\n\npackage " + l.e.pkg.Name + "\n\n" + l.imports() + l.text.String()
	return File{Name: path.Join(l.e.pkg.Folder, name), Source: []byte(source), Formatted: l.formatted}
}

func (l *layout) imports() string {
	var paths []string
	if l.standard != "" {
		paths = append(paths, strconv.Quote(l.standard))
	}
	if l.runtime {
		paths = append(paths, strconv.Quote(l.e.opts.Runtime))
	}
	switch len(paths) {
	case 0:
		return ""
	case 1:
		return "import " + paths[0] + "\n\n"
	}
	return "import (\n\t" + strings.Join(paths, "\n\n\t") + "\n)\n\n"
}

// declaration begins a declaration of the package with its comment.
func (l *layout) declaration(lines []string) {
	if l.text.Len() > 0 {
		l.text.WriteByte('\n')
	}
	l.formatted = l.formatted && !slices.ContainsFunc(lines, reformatted)
	l.comment("", lines)
}

func (l *layout) structure(t *model.Named) {
	l.declaration(paragraph(l.e.aboutStruct(t)))
	l.text.WriteString("type " + t.Name + " struct {")
	if len(t.Fields) > 0 {
		l.text.WriteByte('\n')
		l.fields(t)
	}
	l.text.WriteString("}\n")
}

// fields writes fields with their comments. Those that follow each other with
// no comment between them stand in columns.
func (l *layout) fields(t *model.Named) {
	var rows [][]string
	for _, f := range t.Fields {
		lines := paragraph(fieldText(f))
		if f.Deprecated && len(lines) > 0 {
			lines = append(lines, "")
		}
		if f.Deprecated {
			lines = append(lines, "Deprecated: the documentation marks it so.")
		}
		if len(lines) > 0 {
			l.columns(rows)
			rows = rows[:0]
		}
		l.comment("\t", lines)
		typ := l.typ(f.Type)
		if f.Pointer {
			typ = "*" + typ
		}
		rows = append(rows, []string{f.Name, typ, tagText(tags(t, f))})
	}
	l.columns(rows)
}

// columns writes rows of cells. As gofmt has it, a column ends where a row has
// no cell behind it.
func (l *layout) columns(rows [][]string) {
	widths := make([][]int, len(rows))
	for i := range rows {
		widths[i] = make([]int, len(rows[i]))
		for at := range len(rows[i]) - 1 {
			widths[i][at] = utf8.RuneCountInString(rows[i][at])
			for up := i - 1; up >= 0 && len(rows[up]) > at+1; up-- {
				widest := max(widths[up][at], widths[i][at])
				widths[up][at], widths[i][at] = widest, widest
			}
		}
	}
	for i, row := range rows {
		l.text.WriteByte('\t')
		for at, cell := range row {
			l.text.WriteString(cell)
			if at < len(row)-1 {
				l.text.WriteString(strings.Repeat(" ", widths[i][at]-utf8.RuneCountInString(cell)+1))
			}
		}
		l.text.WriteByte('\n')
	}
}

func (l *layout) comment(indent string, lines []string) {
	for _, line := range lines {
		l.text.WriteString(indent + strings.TrimRight("// "+printable(line), " ") + "\n")
	}
}

// reformatted tells whether gofmt might rewrite a line of a declaration's
// comment: it takes some for lists, headings or quotes.
func reformatted(line string) bool {
	first, _ := utf8.DecodeRuneInString(line)
	number := strings.TrimLeft(line, "0123456789")
	return !unicode.IsLetter(first) && !unicode.IsDigit(first) || number != line && strings.HasPrefix(strings.TrimLeft(number, ".)"), " ") ||
		strings.Contains(line, "``") || strings.Contains(line, "''")
}

// typ is the text of what emitter.typ gives.
func (l *layout) typ(t *model.Type) string {
	switch t.Kind {
	case model.Slice:
		return "[]" + l.typ(t.Elem)
	case model.Map:
		return "map[string]" + l.typ(t.Elem)
	case model.JSONText:
		return l.wxpay("JSON[" + l.typ(t.Elem) + "]")
	case model.Time:
		return l.wxpay("Time")
	case model.File:
		return l.wxpay("File")
	case model.Stream:
		return l.wxpay("Stream")
	case model.Ref:
		return t.Named.Name
	}
	if name, ok := basic[t.Kind]; ok {
		return name
	}
	l.standard = "encoding/json"
	return "json.RawMessage"
}

var basic = map[model.Kind]string{
	model.String: "string", model.Bool: "bool", model.Int32: "int32", model.Int64: "int64",
	model.Uint32: "uint32", model.Uint64: "uint64", model.Float64: "float64",
}

func (l *layout) wxpay(name string) string {
	l.runtime = true
	return "wxpay." + name
}

func tagText(tags map[string]string) string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, key+":"+strconv.Quote(tags[key]))
	}
	text := strings.Join(out, " ")
	if strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}
