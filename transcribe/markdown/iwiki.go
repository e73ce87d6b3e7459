package markdown

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/source"
)

// IWiki is the name of the format of Markdown that readers' tools make of the
// doc centre's HTML.
const IWiki = "md-iwiki"

var (
	nameMark   = regexp.MustCompile(`^[\s\p{Z}]*[A-Za-z_][\w-]*[\s\p{Z}]*(?:必填|选填)[\s\p{Z}]*[a-zA-Z]`)
	attributes = regexp.MustCompile(`!\[[^\]]*\]\([^()]*\)[\s\p{Z}]*(?:属性|数组)`)
	breadcrumb = regexp.MustCompile(`^\s*路径[：:][^/]+/`)
	toggles    = regexp.MustCompile(`^[\s*_]*(?:[+\-]|(?:折叠|展开|收起)全部参数|(?:curl|Java|Go|PHP|Python|JSON|Shell|C#)+)[\s*_]*$`)
)

// RecogniseIWiki tells whether a document is Markdown made of the doc
// centre's HTML: headings with their marks, and the names of fields on lines
// of their own.
func RecogniseIWiki(text source.Text) bool {
	heads, names, folds := 0, 0, 0
	for _, l := range text.Lines {
		switch {
		case strings.HasPrefix(l.Text, "#"):
			if _, ok := label.Heading(l.Text); ok {
				heads++
			}
		case isRow(l.Text):
			if attributes.MatchString(l.Text) {
				folds++
			}
			if officialHead.MatchString(l.Text) {
				return false
			}
		case strings.ContainsAny(l.Text, "填") && nameMark.MatchString(l.Text):
			names++
		case strings.Contains(l.Text, "全部参数") && toggles.MatchString(l.Text), breadcrumb.MatchString(l.Text):
			folds++
		}
	}
	return heads > 0 && folds > 0 || heads > 1 && names > 1
}

// ReadIWiki makes blocks of such a document.
func ReadIWiki(text source.Text) ([]block.Block, error) {
	r := iwiki{known: quotedNames(text)}
	for i := 0; i < len(text.Lines); i++ {
		l := text.Lines[i]
		switch {
		case r.code != nil || fenceLine.MatchString(l.Text):
			r.line(text.Lines, i)
		case isRow(l.Text):
			end := i
			for end < len(text.Lines) && isRow(text.Lines[end].Text) {
				end++
			}
			r.grid(text.Lines[i:end])
			i = end - 1
		default:
			r.text(text.Lines, i)
		}
	}
	r.endCode()
	return unnumber(r.blocks), nil
}

// iwiki goes through the lines of such a document.
type iwiki struct {
	reader
	title bool
	known map[string]bool // names that the examples have
}

var quoted = regexp.MustCompile(`"([A-Za-z_][A-Za-z0-9_]{0,79})"\s*:`)

// quotedNames are the names of members in JSON documents.
func quotedNames(text source.Text) map[string]bool {
	known := map[string]bool{}
	for _, l := range text.Lines {
		if strings.Contains(l.Text, `":`) || strings.Contains(l.Text, `" :`) {
			for _, m := range quoted.FindAllStringSubmatch(l.Text, -1) {
				known[m[1]] = true
			}
		}
	}
	return known
}

// text reads a line outside of tables and code.
func (r *iwiki) text(lines []source.Line, i int) {
	l := lines[i]
	if l.Blank() || toggles.MatchString(l.Text) || breadcrumb.MatchString(l.Text) {
		return
	}
	if m := headingLine.FindStringSubmatchIndex(l.Text); m != nil && m[3]-m[2] == 1 {
		if r.title {
			return // the title stands twice
		}
		r.title = true
	}
	if headingLine.MatchString(l.Text) {
		r.line(lines, i)
		return
	}
	clean := Inline(l).Trim()
	if n, ok := label.NameLine(clean.Text); ok {
		r.field(clean, n)
		return
	}
	r.plain(l)
}

func (r *iwiki) field(l source.Line, n label.Name) {
	f := block.Fields{Name: n.Name, Need: n.Need, Type: n.Type}
	f.At = block.At{Name: l.Pos(n.NameAt), Need: l.Pos(n.NeedAt)}
	if n.TypeAt >= 0 {
		f.At.Type = l.Pos(n.TypeAt)
	}
	r.blocks = append(r.blocks, block.Block{Kind: block.Field, Field: f, Pos: f.At.Name})
}

// grid reads a table: folded members, rows of errors or fields, or a panel
// whose text the tool repeated for each of its cells.
func (r *iwiki) grid(lines []source.Line) {
	var cells []source.Line
	folded := false
	for _, l := range lines {
		if isRule(l.Text) {
			continue
		}
		for _, c := range row(l) {
			if c = c.Trim(); c.Text != "" {
				cells = append(cells, c)
				folded = folded || label.FoldTitle(Inline(c).Text) || attributes.MatchString(c.Text)
			}
		}
	}
	switch {
	case folded:
		r.folded(cells)
	case len(cells) == 0:
	case r.isData(lines):
		for i := range lines {
			r.line(lines, i)
		}
		r.table = false
	default:
		r.panel(cells)
	}
}

// isData tells tables of errors or fields by their head.
func (r *iwiki) isData(lines []source.Line) bool {
	cells := row(lines[0])
	if _, ok := head(cells); ok {
		return true
	}
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = Inline(c).Text
	}
	if _, ok := label.ErrorHeader(texts); ok {
		return true
	}
	different := map[string]bool{}
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			different[t] = true
		}
	}
	return len(different) > 1
}

// panel reads text that stands in a table for its looks, once.
func (r *iwiki) panel(cells []source.Line) {
	seen := map[string]bool{}
	for _, c := range cells {
		if !seen[c.Text] {
			seen[c.Text] = true
			r.plain(c)
		}
	}
}

// folded reads the members of the field before it. The first cell has them
// all, deeper ones too, without their ends; other cells repeat the members of
// the deeper ones, and so show where these end.
func (r *iwiki) folded(cells []source.Line) {
	f := folds{known: r.known}
	var whole *source.Line
	for i := range cells {
		if !fieldMark.MatchString(cells[i].Text) {
			continue
		}
		if whole == nil {
			whole = &cells[i]
			continue
		}
		f.repeated = append(f.repeated, cells[i].Text)
	}
	if whole == nil {
		r.blocks = append(r.blocks, block.Block{Kind: block.Folded, Pos: cells[0].Pos(0)})
		return
	}
	// The longest first: members of members begin alike.
	sort.SliceStable(f.repeated, func(i, j int) bool { return len(f.repeated[i]) > len(f.repeated[j]) })
	f.open(whole.Pos(0), false)
	f.members(*whole, 0)
	f.close(whole.Pos(len(whole.Text)))
	r.blocks = append(r.blocks, f.blocks...)
}

// folds makes blocks of members that stand one after the other on a line.
type folds struct {
	blocks   []block.Block
	repeated []string
	known    map[string]bool
}

// fieldMark finds the beginning of a field in running text: name, flag and
// type. Behind the words of types anything may follow, since descriptions are
// glued to them; behind the name of a message only what cannot go on with it.
var fieldMark = regexp.MustCompile(`(?:^|[^A-Za-z0-9_\-.{])([A-Za-z_][A-Za-z0-9_-]*)[\s\p{Z}]*(必填|选填|条件选填)[\s\p{Z}]*` +
	`((?:string|integer|int32|int64|int|uint32|uint64|number|boolean|bool|object|Object|file|message|array)` +
	`(?:[\[(（][A-Za-z0-9_,，\s()\[\]]{0,40}?[\])）]{1,2})?|[A-Z][A-Za-z0-9]+(?:[\s\p{Z}【\p{Han}!|]|$))`)

// deepestFold bounds recursion. No page goes beyond ten.
const deepestFold = 30

func (f *folds) open(pos page.Pos, unended bool) {
	f.blocks = append(f.blocks, block.Block{Kind: block.Open, Unended: unended, Pos: pos})
}

func (f *folds) close(pos page.Pos) {
	f.blocks = append(f.blocks, block.Block{Kind: block.Close, Pos: pos})
}

// members reads a piece of text that holds fields, and deeper folds.
func (f *folds) members(l source.Line, depth int) {
	for l.Text != "" {
		at := attributes.FindStringIndex(l.Text)
		if at == nil || depth > deepestFold {
			f.fields(l)
			return
		}
		f.fields(l.Slice(0, at[0]))
		l = l.Slice(at[1], len(l.Text))
		trimmed := l.Trim()
		inner := f.extent(trimmed.Text)
		if inner == 0 {
			f.open(l.Pos(0), true)
			continue
		}
		f.open(trimmed.Pos(0), false)
		f.members(trimmed.Slice(0, inner), depth+1)
		f.close(trimmed.Pos(inner))
		l = trimmed.Slice(inner, len(trimmed.Text))
	}
}

// extent is the length of the repeated cell that a text begins with.
func (f *folds) extent(text string) int {
	for _, r := range f.repeated {
		if strings.HasPrefix(text, r) {
			return len(r)
		}
	}
	return 0
}

// fields reads fields one after the other, without folds among them. Text
// before the first goes on describing the field before it.
func (f *folds) fields(l source.Line) {
	marks := fieldMark.FindAllStringSubmatchIndex(l.Text, -1)
	end := len(l.Text)
	if len(marks) > 0 {
		end = marks[0][2]
	}
	f.describe(l.Slice(0, end))
	for i, m := range marks {
		end = len(l.Text)
		if i+1 < len(marks) {
			end = marks[i+1][2]
		}
		kind := typeEnd.ReplaceAllString(l.Text[m[6]:m[7]], "")
		m[7] = m[6] + len(kind)
		doubt := f.glued(l.Text, m)
		field := block.Fields{Name: l.Text[m[2]:m[3]], Need: l.Text[m[4]:m[5]], Type: kind}
		field.At = block.At{Name: l.Pos(m[2]), Need: l.Pos(m[4]), Type: l.Pos(m[6])}
		f.blocks = append(f.blocks, block.Block{Kind: block.Field, Field: field, Doubt: doubt, Pos: l.Pos(m[2])})
		f.describe(l.Slice(m[7], end))
	}
}

// glued looks whether the word before a name was glued to it, and cuts it off
// if the examples have the rest. A name behind a blank or the end of a
// sentence stands for itself.
func (f *folds) glued(text string, m []int) (doubt string) {
	before, _ := utf8.DecodeLastRuneInString(text[:m[2]])
	if m[2] == 0 || unicode.IsSpace(before) || unicode.IsPunct(before) || f.known[text[m[2]:m[3]]] {
		return ""
	}
	for at := m[2] + 1; at < m[3]; at++ {
		if f.known[text[at:m[3]]] {
			m[2] = at
			return ""
		}
	}
	return "the name may begin with a word of the description before it"
}

// typeEnd is what fieldMark took beyond a type.
var typeEnd = regexp.MustCompile(`[\s\p{Z}【\p{Han}!|]+$`)

var (
	enumWord = regexp.MustCompile(`(?:可选取值|枚举值|以下枚举)[：:]+|可选取值`)
	// smallStart finds values in small letters behind a label of an enum.
	smallStart = regexp.MustCompile(`(?:^|[\p{Han}；;，,）)]|\s)([a-z][a-z0-9_]*)\s?：`)
	ruleWord   = regexp.MustCompile(`(?:特殊规则|校验规则|示例值)[：:]`)
	enumStart  = regexp.MustCompile("`[A-Za-z0-9_.#-]+`\\s*[:：]|[A-Z][A-Z0-9_]+\\s?(?:：|:\\s*\\p{Han})")
)

// describe makes lines of a description: one for each value of an enum, which
// the tool glued together.
func (f *folds) describe(l source.Line) {
	cuts := []int{0}
	if m := enumWord.FindStringIndex(l.Text); m != nil {
		cuts = append(cuts, m[0], m[1])
	}
	starts := enumStart.FindAllStringIndex(l.Text, -1)
	if len(cuts) == 3 {
		for _, m := range smallStart.FindAllStringSubmatchIndex(l.Text[cuts[2]:], -1) {
			starts = append(starts, []int{cuts[2] + m[2], cuts[2] + m[3]})
		}
	}
	if len(starts) > 1 || len(cuts) > 1 {
		for _, m := range starts {
			cuts = append(cuts, m[0])
		}
	}
	for _, m := range ruleWord.FindAllStringIndex(l.Text, -1) {
		cuts = append(cuts, m[0])
	}
	sort.Ints(cuts)
	cuts = append(cuts, len(l.Text))
	for i := 0; i+1 < len(cuts); i++ {
		if piece := Inline(l.Slice(cuts[i], cuts[i+1])).Trim(); piece.Text != "" {
			f.blocks = append(f.blocks, block.Block{Kind: block.Line, Text: piece.Text, Within: true, Pos: piece.Pos(0)})
		}
	}
}
