package spec

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// vague are names that say nothing without what holds them.
var vague = []string{"Data", "Item", "Result", "Info", "Type", "List", "Content", "Value", "Detail", "Object", "Field", "Name"}

// sharable is how many members or values two shapes of different names must
// have in common to become one: two small ones are alike by accident.
const sharable = 3

// naming gives components their names, in a file that may have some already.
type naming struct {
	file   *file
	book   *Book
	old    map[string]*yaml.Node // components of the file
	fresh  map[string]*yaml.Node // new ones
	taken  map[string]bool
	shapes map[string][]string       // shape → names
	memo   map[*yaml.Node]string     // component → shape
	refs   map[*yaml.Node]*yaml.Node // what a new reference leads to
	titled map[*yaml.Node]bool       // properties whose label is added
}

func newNaming(f *file, book *Book) *naming {
	n := &naming{
		file: f, book: book, old: map[string]*yaml.Node{}, fresh: map[string]*yaml.Node{},
		taken:  map[string]bool{"Client": true, "NewClient": true},
		shapes: map[string][]string{}, memo: map[*yaml.Node]string{}, refs: map[*yaml.Node]*yaml.Node{},
		titled: map[*yaml.Node]bool{},
	}
	schemas := value(f.root, "components", "schemas")
	for i := 0; schemas != nil && i+1 < len(schemas.Content); i += 2 {
		n.old[schemas.Content[i].Value] = schemas.Content[i+1]
	}
	for i := 0; schemas != nil && i+1 < len(schemas.Content); i += 2 {
		name := schemas.Content[i].Value
		s := n.shapeOf(schemas.Content[i+1])
		n.taken[name], n.shapes[s] = true, append(n.shapes[s], name)
	}
	return n
}

// settle names new components and gives those that are really new, in the
// order of their first use. The shortest names go to what lies highest.
func (n *naming) settle(components []*component) []*component {
	for _, c := range components {
		for _, ref := range c.refs {
			n.refs[ref] = c.node
		}
	}
	byDepth := slices.Clone(components)
	slices.SortStableFunc(byDepth, func(a, b *component) int { return len(a.holders) - len(b.holders) })
	fresh := map[*component]bool{}
	for _, c := range byDepth {
		fresh[c] = n.name(c)
	}
	for _, c := range components {
		for _, ref := range c.refs {
			ref.Value = "#/components/schemas/" + c.name
		}
	}
	return slices.DeleteFunc(slices.Clone(components), func(c *component) bool { return !fresh[c] })
}

// name finds the component's name, and tells whether it is new.
func (n *naming) name(c *component) bool {
	shape := n.shapeOf(c.node)
	candidates := c.candidates()
	for _, have := range n.shapes[shape] {
		if n.contradict(n.component(have), c.node) {
			continue
		}
		if slices.Contains(candidates, have) || size(c.node) >= sharable {
			c.name = have
			n.complete(have, c.node)
			return false
		}
	}
	c.name = n.free(candidates)
	n.taken[c.name] = true
	n.shapes[shape] = append(n.shapes[shape], c.name)
	n.fresh[c.name] = c.node
	return true
}

// component is a component by its name, of the file or new.
func (n *naming) component(name string) *yaml.Node {
	if node := n.fresh[name]; node != nil {
		return node
	}
	return n.old[name]
}

// complete gives a component the labels and examples that another place shows
// of the same shape.
func (n *naming) complete(name string, with *yaml.Node) {
	if node := n.fresh[name]; node != nil {
		addWords(node, with)
		return
	}
	properties := value(n.old[name], "properties")
	for i := 0; properties != nil && i+1 < len(properties.Content); i += 2 {
		schema := properties.Content[i+1]
		title := value(with, "properties", properties.Content[i].Value, "title")
		if title != nil && value(schema, "title") == nil && len(schema.Content) > 0 && !n.titled[schema] {
			n.titled[schema] = true
			n.file.put(schema, "title", title, schemaOrder)
		}
	}
}

func addWords(n, with *yaml.Node) {
	if n.Kind != yaml.MappingNode || with.Kind != yaml.MappingNode {
		return
	}
	for _, key := range []string{"title", "examples"} {
		if v := value(with, key); v != nil && value(n, key) == nil && (value(n, "type") != nil || value(n, "$ref") != nil) && v.Kind != yaml.MappingNode {
			insert(n, key, v, schemaOrder)
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if v := value(with, n.Content[i].Value); v != nil && n.Content[i].Value != "examples" {
			addWords(n.Content[i+1], v)
		}
	}
}

func (n *naming) free(candidates []string) string {
	for _, name := range candidates {
		if !n.taken[name] {
			return name
		}
	}
	last := candidates[len(candidates)-1]
	for i := 2; ; i++ {
		if name := last + strconv.Itoa(i); !n.taken[name] {
			return name
		}
	}
}

// candidates are names from short to long.
func (c *component) candidates() []string {
	var out []string
	if !slices.Contains(vague, c.short) {
		out = append(out, c.short)
	} else if c.top && len(c.holders) > 0 && value(c.node, "enum") == nil && slices.Contains([]string{"Data", "Item", "List", "Result"}, c.short) {
		out = append(out, c.holders[0]) // what a list of gadgets holds is a gadget
	}
	name := c.short
	for _, holder := range c.holders {
		if strings.HasPrefix(name, holder) {
			continue // it would stutter
		}
		name = holder + name
		out = append(out, name)
	}
	return append(out, name)
}

// size counts what a shape consists of.
func size(n *yaml.Node) int {
	if enum := value(n, "enum"); enum != nil {
		return len(enum.Content)
	}
	if properties := value(n, "properties"); properties != nil {
		return len(properties.Content) / 2
	}
	return 0
}

// words are the keys that do not belong to a shape.
var wordKeys = []string{
	"title", "description", "examples", "example", "x-wx-note", "x-wx-todo", "x-go-name", "x-enum-varnames", "x-enumDescriptions",
}

// shapeOf writes a schema without its words, in one line. References are
// followed, so that a shape does not depend on names.
func (n *naming) shapeOf(node *yaml.Node) string {
	if s, ok := n.memo[node]; ok {
		return s
	}
	n.memo[node] = "itself"
	var b strings.Builder
	n.write(&b, node, false)
	s := b.String()
	if len(s) > longestShape {
		sum := sha256.Sum256([]byte(s))
		s = hex.EncodeToString(sum[:])
	}
	n.memo[node] = s
	return s
}

// longestShape keeps the shapes of what nests deep small.
const longestShape = 4096

func (n *naming) write(b *strings.Builder, node *yaml.Node, names bool) {
	switch node.Kind {
	case yaml.MappingNode:
		b.WriteByte('{')
		for i := 0; i+1 < len(node.Content); i += 2 {
			key, v := node.Content[i].Value, node.Content[i+1]
			switch {
			case key == "$ref" && !names:
				b.WriteString("ref " + n.target(v))
			case names || !slices.Contains(wordKeys, key):
				b.WriteString(key + ":")
				n.write(b, v, key == "properties" && !names)
			default:
				continue // words leave no trace, not even a blank
			}
			b.WriteByte(' ')
		}
		b.WriteByte('}')
	case yaml.SequenceNode:
		b.WriteByte('[')
		for _, item := range node.Content {
			n.write(b, item, false)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	default:
		b.WriteString(strconv.Quote(node.Value))
	}
}

// target is the shape that a reference leads to, or the reference where it
// leads out of the file.
func (n *naming) target(ref *yaml.Node) string {
	if node := n.refs[ref]; node != nil {
		return n.shapeOf(node)
	}
	if node := n.old[strings.TrimPrefix(ref.Value, "#/components/schemas/")]; node != nil {
		return n.shapeOf(node)
	}
	return ref.Value
}

// turn is a clause that takes back, or adds to, what the one before it says.
var turn = regexp.MustCompile(`^[，,]\s*(?:但|却|还|且|并|而|仍|尚|不过)`)

// condition is the beginning of a sentence that says when a value applies, not
// what it is.
var condition = regexp.MustCompile(`^(?:仅(?:对|限|当|在|用于|支持|适用)|若|如果|当[^前]|请[^求]|用于|适用于)`)

var hanRun = regexp.MustCompile(`\p{Han}`)

// labelMost is how many characters a label has at most; what is longer is a
// sentence.
const labelMost = 12

// shortLabel takes the first words of what stands beside a value: a label is
// a fact, a sentence is not.
func shortLabel(s string) string {
	s = strings.TrimSpace(strings.TrimLeft(s, "：:,，-—– "))
	if i := strings.IndexAny(s, "：:，,。；;（(\n"); i > 0 {
		if turn.MatchString(s[i:]) {
			return "" // 已领取，但未激活: the first words alone say something else
		}
		s = s[:i]
	}
	if i := strings.IndexAny(s, "-—–"); i > 0 && len([]rune(s)) > labelMost {
		s = s[:i] // what stands behind it explains
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "代表"), "表示")
	if condition.MatchString(s) {
		return ""
	}
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("【】[]`*\"“”'", r) })
	if len([]rune(s)) > labelMost || !hanRun.MatchString(s) {
		return ""
	}
	return s
}
