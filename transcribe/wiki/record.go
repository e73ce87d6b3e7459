package wiki

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

// Classes for the calls of the API often bear a page in pieces: the comment of
// the class names the call, and that of each field is a row of the table, with
// a label a line (字段名, 变量名, 是否必填, 类型, 描述). Whether these are the
// fields of the request or of the answer, the name of the class tells. Members
// stand in a class of their own, which the type of their field names.

// record is the comment of a field.
type record struct {
	cells    [5]source.Line // label, name, type, flag, and the first line of the description
	more     []source.Line  // of the description
	class    string
	declared string // the line of the program with the field
}

// The cells of a record, in the order of a row.
const (
	labelCell = iota
	nameAt
	typeCell
	needCell
	textCell
)

var recordLabels = map[string]int{
	"字段名": labelCell, "参数名": labelCell, "字段": labelCell, "变量名": nameAt, "变量": nameAt,
	"类型": typeCell, "类型[长度限制]": typeCell, "是否必填": needCell, "必填": needCell, "描述": textCell, "说明": textCell,
}

var (
	recordLine = regexp.MustCompile(`^\s*(字段名|参数名|字段|变量名|变量|类型(?:\[长度限制\])?|是否必填|必填|描述|说明)\s*[:：]\s*(.*?)\s*$`)
	classLine  = regexp.MustCompile(`^\s*(?:(?:public|private|protected|internal|static|final|abstract|sealed|partial|data)\s+)*class\s+(\w+)`)
	wireName   = regexp.MustCompile(`(?:SerializedName|JsonProperty(?:Name)?|JSONField)\s*\(\s*(?:(?:value|name)\s*=\s*)?"([A-Za-z_][\w-]*)"`)
	literal    = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`)
	answering  = regexp.MustCompile(`(?:Result|Response|Resp|Reply|Res)(?:V3|VO|DTO|Dto|Body|Model)?$`)
	requesting = regexp.MustCompile(`(?:Request|Req|Param|Params|Form|Query)(?:V3|VO|DTO|Dto|Body|Model)?$`)
)

// recordOf reads a comment as the record of a field.
func recordOf(lines []source.Line) (record, bool) {
	var r record
	found, at := 0, -1
	for _, l := range lines {
		if m := recordLine.FindStringSubmatchIndex(l.Text); m != nil && at < textCell {
			at = recordLabels[l.Text[m[2]:m[3]]]
			r.cells[at] = l.Slice(m[4], m[5])
			if kind := rowType.FindString(r.cells[at].Text); at == typeCell && kind != "" {
				r.cells[at] = r.cells[at].Slice(0, len(kind)) // 默认否 may follow
			}
			found++
			continue
		}
		if at >= 0 && !l.Blank() {
			r.more = append(r.more, l)
		}
	}
	return r, found > 2 && r.cells[nameAt].Pos(0).Line > 0 && r.cells[typeCell].Text != ""
}

// row is the line that a record is in a table, and those below it.
func (r *record) row(prefix string) []source.Line {
	for i, c := range r.cells {
		if c.Pos(0).Line == 0 {
			r.cells[i] = r.cells[nameAt].Slice(0, 0)
		}
	}
	if prefix != "" {
		r.cells[nameAt] = r.cells[nameAt].Changed([]source.Change{{With: prefix}})
	}
	return append([]source.Line{source.Join("\t", r.cells[:]...)}, r.more...)
}

// class is a class whose body is open.
type class struct {
	name   string
	line   source.Line
	depth  int
	opened bool
}

// bean gathers the records of the class that a comment with a call stands
// above.
type bean struct {
	depth   int // of braces
	classes []class
	main    *class // the class of the call
	waiting bool   // the call has been named, its class comes
	records []record
	open    bool // the field of the last record comes
}

// call begins a class with a call, and gives what the one before it held.
func (b *bean) call() []source.Line {
	rows := b.rows()
	b.main, b.records, b.waiting, b.open = nil, nil, true, false
	return rows
}

// comment takes a comment that names no call.
func (b *bean) comment(lines []source.Line) {
	if b.main == nil || len(b.classes) == 0 {
		return
	}
	if r, ok := recordOf(lines); ok {
		r.class = b.classes[len(b.classes)-1].name
		b.records, b.open = append(b.records, r), true
	}
}

// code takes a line of the program.
func (b *bean) code(l source.Line) {
	text := l.Text
	if m := classLine.FindStringSubmatch(text); m != nil {
		b.classes = append(b.classes, class{name: m[1], line: l, depth: b.depth})
		b.open = false
		if b.waiting {
			main := b.classes[len(b.classes)-1]
			b.main, b.waiting = &main, false
		}
	}
	if b.open {
		b.field(l)
	}
	if strings.ContainsAny(text, `"'`) {
		text = literal.ReplaceAllString(text, "")
	}
	b.depth += strings.Count(text, "{") - strings.Count(text, "}")
	for n := len(b.classes) - 1; n >= 0; n-- {
		c := &b.classes[n]
		c.opened = c.opened || b.depth > c.depth
		if !c.opened || b.depth > c.depth {
			break
		}
		b.classes = b.classes[:n]
	}
}

// field takes the line of the program that a record is about, or an annotation
// before it. What an annotation says is what goes over the wire.
func (b *bean) field(l source.Line) {
	r := &b.records[len(b.records)-1]
	if m := wireName.FindStringSubmatchIndex(l.Text); m != nil {
		if name := l.Slice(m[2], m[3]); name.Text != r.cells[nameAt].Text {
			r.cells[nameAt] = name
		}
		return
	}
	if strings.Contains(l.Text, ";") {
		r.declared, b.open = l.Text, false
	}
}

// rows are the lines of the table that the records are: a heading, and a row
// each, members below the field whose type names their class.
func (b *bean) rows() []source.Line {
	if b.main == nil || len(b.records) == 0 {
		return nil
	}
	heading := ""
	switch {
	case answering.MatchString(b.main.name):
		heading = "返回参数"
	case requesting.MatchString(b.main.name):
		heading = "请求参数"
	default:
		return nil
	}
	title := b.main.line.Trim()
	lines := []source.Line{title.Changed([]source.Change{{To: len(title.Text), With: heading}})}
	return append(lines, b.tree().members(b.main.name, "", 0)...)
}

// tree is what a bean holds, by class.
type tree struct {
	records map[string][]*record
	uses    map[string]int // of a class, as the type of a field
}

func (b *bean) tree() tree {
	t := tree{records: map[string][]*record{}, uses: map[string]int{}}
	for i := range b.records {
		r := &b.records[i]
		t.records[r.class] = append(t.records[r.class], r)
		for _, word := range r.types() {
			t.uses[word]++
		}
	}
	return t
}

var typeWord = regexp.MustCompile(`\w+`)

// types are the words of the line of the program with the field, each once.
func (r *record) types() []string {
	words := typeWord.FindAllString(r.declared, maxLabel)
	slices.Sort(words)
	return slices.Compact(words)
}

// members are the rows of a class, with those of the classes of its fields,
// unless several fields have that class.
func (t tree) members(class, prefix string, depth int) []source.Line {
	var lines []source.Line
	if depth > deepest {
		return nil
	}
	records := t.records[class]
	delete(t.records, class)
	for _, r := range records {
		name := r.cells[nameAt].Text
		if name == "" {
			continue // neither the comment nor the program tells it
		}
		lines = append(lines, r.row(prefix)...)
		for _, word := range r.types() {
			if t.uses[word] == 1 {
				lines = append(lines, t.members(word, prefix+name+".", depth+1)...)
			}
		}
	}
	return lines
}
