package spec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// file is a spec that is there, or that is to be: its lines, the nodes that
// know where they stand in them, and edits that wait.
type file struct {
	name  string
	lines []string
	root  *yaml.Node
	edits []edit
	crlf  bool  // its lines end so
	odd   bool  // it holds line breaks of other kinds
	err   error // the first edit that cannot be made
	used  map[string]int
}

// edit replaces some lines. Lines count from 0; where from equals to, lines
// are put in before from.
type edit struct {
	from, to int
	lines    []string
	rank     int // of a new member among its neighbours
}

// before orders edits by their place. What is put in at one place stands from
// inside out: first the rest of what ends there, then what follows it.
func (e edit) before(other edit) int {
	return cmp.Or(
		cmp.Compare(e.from, other.from),
		cmp.Compare(e.to, other.to),
		cmp.Compare(other.indent(), e.indent()),
		cmp.Compare(e.rank, other.rank),
	)
}

func (e edit) indent() int {
	if len(e.lines) == 0 {
		return 0
	}
	return len(e.lines[0]) - len(strings.TrimLeft(e.lines[0], " "))
}

// bytes gives the file with all edits made.
func (f *file) bytes() []byte {
	edits := slices.Clone(f.edits)
	slices.SortStableFunc(edits, edit.before)
	var out []string
	at := 0
	for _, e := range edits {
		if e.from < at {
			continue // overlaps one before; edits are made so that this does not happen
		}
		out = append(out, f.lines[at:e.from]...)
		out = append(out, e.lines...)
		at = e.to
	}
	out = append(out, f.lines[at:]...)
	if f.crlf {
		return []byte(strings.Join(out, "\r\n"))
	}
	return []byte(strings.Join(out, "\n"))
}

// apply makes the edits and reads the result, so that places are right again.
func (f *file) apply() error {
	if f.err != nil {
		return f.err
	}
	if len(f.edits) == 0 {
		return nil
	}
	next, err := parseFile(f.name, f.bytes())
	if err != nil {
		return fmt.Errorf("after a change of %s, which is a fault of wxgen: %w", f.name, err)
	}
	f.lines, f.root, f.edits, f.used = next.lines, next.root, nil, nil
	return nil
}

// editable tells whether a mapping or list is written line by line, so that
// lines can be put into it. Where it is not, the whole import ends with an
// error, and nothing is written.
func (f *file) editable(n *yaml.Node) bool {
	if n != nil && (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && n.Style&yaml.FlowStyle == 0 &&
		len(n.Content) > 0 && !f.odd && f.alone(n) {
		return true
	}
	if f.err == nil {
		line, col := 1, 1
		if n != nil && n.Line > 0 {
			line, col = n.Line, n.Column
		}
		f.err = fmt.Errorf("%s:%d:%d: wxgen cannot add to this (write it in block style, a line for each member)", f.name, line, col)
	}
	return false
}

// end gives the line behind an entry that begins on a line and is indented by
// so much. Blank lines and comments before the next entry belong to that one.
// The items of a list may stand no deeper than the key that it belongs to.
func (f *file) end(line, indent int) int {
	last := line
	item := indent < len(f.lines[line]) && isItem(f.lines[line][indent:])
	for i := line + 1; i < len(f.lines); i++ {
		s := strings.TrimLeft(f.lines[i], " ")
		depth := len(f.lines[i]) - len(s)
		if s == "" || strings.HasPrefix(s, "#") && depth <= indent {
			continue // a comment may stand anywhere
		}
		if depth < indent || depth == indent && (item || !isItem(s)) {
			break
		}
		last = i
	}
	for last > line && strings.HasPrefix(strings.TrimLeft(f.lines[last], " "), "#") && !f.inText(line, last) {
		last--
	}
	return last + 1
}

func isItem(s string) bool { return s == "-" || strings.HasPrefix(s, "- ") }

// inText tells whether a line is a part of a literal or folded text.
func (f *file) inText(from, line int) bool {
	indent := func(i int) int { return len(f.lines[i]) - len(strings.TrimLeft(f.lines[i], " ")) }
	for i := line - 1; i >= from; i-- {
		if f.lines[i] != "" && indent(i) < indent(line) {
			return strings.HasSuffix(f.lines[i], "|-") || strings.HasSuffix(f.lines[i], ">-") ||
				strings.HasSuffix(f.lines[i], "|") || strings.HasSuffix(f.lines[i], ">")
		}
	}
	return false
}

// alone tells whether a node begins its line, but for the dashes of lists.
func (f *file) alone(n *yaml.Node) bool {
	if n.Line < 1 || n.Line > len(f.lines) || n.Column < 1 || n.Column > len(f.lines[n.Line-1]) {
		return false
	}
	return strings.Trim(f.lines[n.Line-1][:n.Column-1], " -") == ""
}

// order of the keys at the root, in operations, schemas and parameters.
var (
	rootOrder      = strings.Fields("openapi info servers security paths webhooks components")
	componentOrder = strings.Fields("securitySchemes parameters responses requestBodies schemas x-wx-errors")
	itemOrder      = strings.Fields("get post put patch delete")
)

// put adds a member to a mapping that is already there, where the order of
// keys wants it: behind the last key that comes before it.
func (f *file) put(n *yaml.Node, key string, v *yaml.Node, order []string) {
	if !f.editable(n) {
		return
	}
	indent := n.Column - 1
	at := f.end(n.Content[len(n.Content)-2].Line-1, indent)
	if rank := slices.Index(order, key); rank >= 0 {
		for i := 0; i < len(n.Content); i += 2 {
			if r := slices.Index(order, n.Content[i].Value); r > rank {
				at = n.Content[i].Line - 1
				if i > 0 {
					at = f.end(n.Content[i-2].Line-1, indent)
				}
				break
			}
		}
	}
	lines := encodePair(key, v, indent)
	if at <= n.Line-1 && n.Content[0].Line-1 == at && f.opensItem(at, indent) {
		f.putFirst(n, lines, indent)
		return
	}
	f.edits = append(f.edits, edit{at, at, lines, slices.Index(order, key)})
}

// opensItem tells whether the line begins an item of a list: - name: x.
func (f *file) opensItem(line, indent int) bool {
	return indent >= 2 && strings.HasPrefix(f.lines[line][indent-2:], "- ")
}

// putFirst puts a member before the first one of an item of a list, whose dash
// it takes over.
func (f *file) putFirst(n *yaml.Node, lines []string, indent int) {
	at := n.Content[0].Line - 1
	old := f.lines[at]
	lines[0] = old[:indent] + lines[0][indent:]
	f.edits = append(f.edits, edit{at, at + 1, append(lines, blanks(indent)+old[indent:]), 0})
}

// addOperation puts an operation under its path, behind what is there.
func (f *file) addOperation(path, method string, op *yaml.Node) {
	paths := value(f.root, "paths")
	item := value(paths, path)
	switch {
	case paths == nil:
		f.put(f.root, "paths", mapping(pair{path, mapping(pair{method, op})}), rootOrder)
	case len(paths.Content) == 0:
		f.replace(f.root, "paths", mapping(pair{path, mapping(pair{method, op})}))
	case item == nil:
		f.put(paths, path, mapping(pair{method, op}), nil)
	default:
		f.put(item, method, op, itemOrder)
	}
}

func (f *file) addWebhook(name string, hook *yaml.Node) {
	if hooks := value(f.root, "webhooks"); hooks != nil && len(hooks.Content) > 0 {
		f.put(hooks, name, hook, nil)
		return
	}
	f.put(f.root, "webhooks", mapping(pair{name, hook}), rootOrder)
}

// addComponents puts schemas behind those that are there.
func (f *file) addComponents(fresh []*component) {
	if value(f.root, "components") == nil {
		f.put(f.root, "components", mapping(pair{"securitySchemes", mapping(pair{"WECHATPAY2",
			reference(common(f.name) + "#/components/securitySchemes/WECHATPAY2")})}), rootOrder)
		return
	}
	if len(fresh) == 0 {
		return
	}
	schemas := value(f.root, "components", "schemas")
	if schemas == nil || len(schemas.Content) == 0 {
		all := mapping()
		for _, c := range fresh {
			all.Content = append(all.Content, text(c.name), c.node)
		}
		f.put(value(f.root, "components"), "schemas", all, componentOrder)
		return
	}
	for _, c := range fresh {
		f.put(schemas, c.name, c.node, nil)
	}
}

// replace writes a member anew. A comment behind it on its line stays.
func (f *file) replace(n *yaml.Node, key string, v *yaml.Node) {
	k, old := member(n, key)
	if k == nil || !f.editable(n) {
		return
	}
	indent := n.Column - 1
	lines := encodePair(key, v, indent)
	at := k.Line - 1
	if comment := cmp.Or(old.LineComment, k.LineComment); comment != "" && len(lines) == 1 {
		lines[0] += " " + comment
	}
	if f.opensItem(at, indent) && n.Content[0] == k {
		lines[0] = f.lines[at][:indent] + lines[0][indent:]
	}
	f.edits = append(f.edits, edit{from: at, to: f.end(at, indent), lines: lines})
}

// remove takes a member out.
func (f *file) remove(n *yaml.Node, key string) {
	k, _ := member(n, key)
	if k == nil || !f.editable(n) {
		return
	}
	at, indent := k.Line-1, n.Column-1
	if f.opensItem(at, indent) && n.Content[0] == k {
		return // the first member of an item is its name, and stays
	}
	f.edits = append(f.edits, edit{from: at, to: f.end(at, indent)})
}

// addItem puts an item at the end of a list.
func (f *file) addItem(list, item *yaml.Node) {
	if !f.editable(list) {
		return
	}
	f.addItemBehind(list, list.Content[len(list.Content)-1], item)
}

// addItemBehind puts an item behind another one.
func (f *file) addItemBehind(list, other, item *yaml.Node) {
	if !f.editable(list) {
		return
	}
	indent := list.Column - 1
	at := f.end(other.Line-1, indent)
	f.edits = append(f.edits, edit{from: at, to: at, lines: encode(sequence(item), indent)})
}
