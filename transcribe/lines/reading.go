package lines

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// piece is a block, with what is to be settled once all are known.
type piece struct {
	block.Block
	section label.Section
	folded  bool // 属性, and a field follows: it may be a member
	maybe   bool // no 属性 stands here, but members may follow all the same
}

// reading is a walk over the lines of a document.
type reading struct {
	shape
	lines   []source.Line
	i       int // the line to read next
	out     []piece
	section label.Section
	values  bool // a label announced values
	indents []indent
	above   []block.Cell // the row of errors before
	columns int          // of the table with bars
	words   map[string]int
}

func read(t source.Text, s shape) []block.Block {
	r := &reading{shape: s, lines: t.Lines}
	for r.i < len(r.lines) {
		if l := r.lines[r.i]; l.Blank() || strings.Trim(l.Text, " \t•·●") == "" {
			r.i++
		} else {
			r.next(l)
		}
	}
	switch {
	case s.indented:
		return unfold(flat(r.out))
	case s.glued:
		return unfold(r.out)
	}
	return open(r.out)
}

func (r *reading) add(b block.Block) { r.out = append(r.out, piece{Block: b, section: r.section}) }

func (r *reading) line(l source.Line) {
	l = l.Trim()
	r.add(block.Block{Kind: block.Line, Text: l.Text, Pos: l.Pos(0)})
}

var (
	hash    = regexp.MustCompile(`^(#{1,6})\s+(\S.*)$`)
	members = regexp.MustCompile(`^[+\-▾▸>|｜•·●\s]*属性(?:\s*[|｜:：]\s*)*$`)
)

// next reads what begins at a line.
func (r *reading) next(l source.Line) {
	if cut, ok := strings.CutSuffix(strings.TrimRight(l.Text, " "), " |"); ok && r.glued && strings.Count(l.Text, "|") == 1 {
		l = l.Slice(0, len(cut)) // a table of one cell
	}
	text := strings.TrimSpace(l.Text)
	if r.errors(l, text) {
		return
	}
	if m := hash.FindStringSubmatch(text); m != nil && !r.showsCode() {
		r.i++
		r.heading(l, m[2], len(m[1]))
		return
	}
	if section, ok := label.Heading(text); ok {
		r.i++
		r.begin(section)
		r.line(l)
		return
	}
	switch {
	case r.showsCode() && codeStart.MatchString(text):
		r.code()
	case members.MatchString(text):
		r.members(l)
	case pipes(text):
		r.i++
		r.pipeRow(l)
	case r.field(l):
		r.i++
	case r.glued && r.gluedValue(l):
	case r.statement(l, text):
	default:
		r.i++
		_, announces := label.EnumLabel(text)
		r.values = announces
		r.line(l)
	}
}

// statement reads a label whose value stands on the lines below it:
//
//	支持商户：
//	【普通商户】
func (r *reading) statement(l source.Line, text string) bool {
	key, value, _ := label.Statement(text)
	if value != "" || key != label.KeyRoles && key != label.KeyMethod && key != label.KeyURL && key != label.KeyHosts {
		return false
	}
	parts := []source.Line{l.Trim()}
	i := r.i + 1
	for ; i < len(r.lines) && len(parts) < 12; i++ {
		next := r.lines[i].Trim()
		if next.Text == "" {
			continue
		}
		if !strings.HasPrefix(next.Text, "【") && len(parts) > 1 || !valueOf(key, next.Text) {
			break
		}
		parts = append(parts, next)
	}
	if len(parts) == 1 {
		return false
	}
	r.i = i
	r.line(source.Join("", parts...))
	return true
}

// valueOf tells whether a line can be the value of a label.
func valueOf(key label.Key, text string) bool {
	if _, ok := label.Heading(text); ok {
		return false
	}
	host := strings.HasPrefix(text, "【主域名】") || strings.HasPrefix(text, "【备域名】")
	switch key {
	case label.KeyRoles:
		return strings.HasPrefix(text, "【") && !host
	case label.KeyHosts:
		return host
	}
	call := label.ReadCall(text)
	return !host && (call.Method != "" || len(call.Paths) > 0)
}

func (r *reading) heading(l source.Line, text string, level int) {
	l = l.Trim()
	if section, ok := label.Heading(text); ok {
		r.begin(section)
	}
	r.indents = nil
	r.add(block.Block{Kind: block.Heading, Text: text, Level: level, Pos: l.Pos(len(l.Text) - len(text))})
}

func (r *reading) begin(section label.Section) {
	r.section, r.indents, r.above, r.values = section, nil, nil, false
}

// field reads a line that opens a field.
func (r *reading) field(l source.Line) bool {
	l = bare(l)
	if n, ok := label.NameLine(l.Text); ok {
		r.addField(l, n, "", 0)
		return true
	}
	if n, text := fieldWithText(l.Text, 0); text >= 0 {
		r.addField(l, n, l.Text[text:], text)
		return true
	}
	return false
}

// bare takes marks of code and emphasis off the front of a line, which keep a
// name from being seen: **gadget_id** 必填.
func bare(l source.Line) source.Line {
	end := strings.Index(l.Text, "填")
	if end < 0 || end > 120 || !strings.ContainsAny(l.Text[:end], "`*") {
		return l
	}
	var changes []source.Change
	for i := 0; i < end; i++ {
		if c := l.Text[i]; c == '`' || c == '*' && (i > 0 && l.Text[i-1] != ' ' || l.Text[i+1] != ' ') {
			changes = append(changes, source.Change{From: i, To: i + 1})
		}
	}
	return l.Changed(changes)
}

func (r *reading) addField(l source.Line, n label.Name, text string, textAt int) {
	f := block.Fields{Name: n.Name, Need: n.Need, Type: n.Type, Text: strings.TrimSpace(text)}
	f.At = block.At{Name: l.Pos(n.NameAt), Need: l.Pos(n.NeedAt)}
	if n.TypeAt >= 0 {
		f.At.Type = l.Pos(n.TypeAt)
	}
	if f.Text != "" {
		f.At.Text = l.Pos(textAt)
	}
	if r.indented {
		f.Depth = r.depth(l.Text, n.Type == "" || isObject(n.Type)) // a lost type may have been an object
	}
	r.values = false
	r.add(block.Block{Kind: block.Field, Field: f, Pos: f.At.Name})
}

// depth counts the items that a line's item is indented under. What is
// indented under a field that cannot have members lies where the field lies.
func (r *reading) depth(text string, object bool) int {
	width := indentOf(text)
	last := len(r.indents) - 1
	for last >= 0 && (r.indents[last].width >= width || !r.indents[last].object) {
		last--
	}
	r.indents = append(r.indents[:last+1], indent{width, object})
	return last + 1
}

func indentOf(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }

// indent is how far the last item of a depth is indented.
type indent struct {
	width  int
	object bool // it can have members
}

func isObject(cell string) bool {
	t, _, ok := label.ParseType(cell)
	return ok && (t.Type == page.Object || t.Type == page.Array && (t.Items == page.Object || t.Items == ""))
}
