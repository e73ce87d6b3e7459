package spec

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

const (
	width    = 132 // of a line of folded text
	longText = 120 // a text of that many characters is folded
)

// encode writes a node as our specs are written: block style, two blanks a
// level, lists deeper than their key, plain texts where YAML allows it.
// Indentation is that of the node's first line.
func encode(n *yaml.Node, indent int) []string {
	e := new(encoder)
	e.node(n, indent)
	return e.lines
}

// encodePair writes one member of a mapping.
func encodePair(key string, v *yaml.Node, indent int) []string {
	e := new(encoder)
	e.pair(text(key), v, indent)
	return e.lines
}

type encoder struct{ lines []string }

func (e *encoder) add(line string) { e.lines = append(e.lines, line) }

func (e *encoder) node(n *yaml.Node, indent int) {
	switch n.Kind {
	case yaml.DocumentNode:
		e.node(n.Content[0], indent)
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			e.pair(n.Content[i], n.Content[i+1], indent)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			e.item(item, indent)
		}
	default:
		e.scalar(blanks(indent), n, indent)
	}
}

func (e *encoder) pair(key, v *yaml.Node, indent int) {
	head := blanks(indent) + scalarText(key) + ":"
	switch {
	case v.Kind == yaml.ScalarNode:
		e.scalar(head+" ", v, indent)
	case len(v.Content) == 0:
		e.add(head + " " + empty(v))
	default:
		e.add(head)
		e.node(v, indent+2)
	}
}

func (e *encoder) item(n *yaml.Node, indent int) {
	head := blanks(indent) + "- "
	switch {
	case n.Kind == yaml.ScalarNode:
		e.scalar(head, n, indent)
	case len(n.Content) == 0:
		e.add(head + empty(n))
	default:
		at := len(e.lines)
		e.node(n, indent+2)
		e.lines[at] = head + e.lines[at][indent+2:]
	}
}

func empty(n *yaml.Node) string {
	if n.Kind == yaml.SequenceNode {
		return "[]"
	}
	return "{}"
}

func blanks(n int) string { return strings.Repeat(" ", n) }

func (e *encoder) scalar(head string, n *yaml.Node, indent int) {
	switch {
	case n.Tag == "!!str" && n.Style&yaml.FoldedStyle != 0 && foldable(n.Value):
		e.add(head + ">-")
		e.block(fold(n.Value, width-indent-2), indent+2)
	case n.Tag == "!!str" && strings.Contains(n.Value, "\n") && blockable(n.Value):
		e.add(head + "|-")
		e.block(strings.Split(n.Value, "\n"), indent+2)
	default:
		e.add(head + scalarText(n))
	}
}

func (e *encoder) block(lines []string, indent int) {
	for _, line := range lines {
		if line != "" {
			line = blanks(indent) + line
		}
		e.add(line)
	}
}

// foldable tells whether a text comes back from folded lines as it was.
func foldable(s string) bool {
	return strings.Join(strings.Fields(s), " ") == s && s != "" && !strings.Contains(s, "\u00a0") && !unprintable.MatchString(s)
}

// blockable tells whether a text comes back from a literal block as it was.
func blockable(s string) bool {
	lines := strings.Split(s, "\n")
	if lines[0] == "" || strings.HasPrefix(lines[0], " ") || lines[len(lines)-1] == "" {
		return false
	}
	return !slices.ContainsFunc(lines, func(line string) bool {
		return strings.TrimRight(line, " \t") != line || unprintable.MatchString(line)
	})
}

// fold breaks a text into lines of at most so many characters.
func fold(s string, most int) []string {
	var lines []string
	line, size := "", 0
	for w := range strings.SplitSeq(s, " ") {
		n := len([]rune(w))
		if line != "" && size+1+n > most {
			lines, line, size = append(lines, line), "", 0
		}
		if line != "" {
			line += " "
			size++
		}
		line += w
		size += n
	}
	return append(lines, line)
}

// scalarText writes a scalar on one line.
func scalarText(n *yaml.Node) string {
	switch {
	case n.Tag == "!!null":
		return "null"
	case n.Tag != "!!str":
		return n.Value
	case strings.Contains(n.Value, "\n"), unprintable.MatchString(n.Value):
		return strconv.Quote(n.Value)
	case needsQuotes(n.Value):
		return "'" + strings.ReplaceAll(n.Value, "'", "''") + "'"
	}
	return n.Value
}

var (
	unprintable = regexp.MustCompile(`[\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}\x{feff}]`)
	otherType   = regexp.MustCompile(`(?i)^(~|null|true|false|y|n|yes|no|on|off|[-+]?\.(inf|nan)|<<)$|` +
		`^[-+]?(0b[01_]+|0x[0-9a-f_]+|0o?[0-7_]+|[0-9][0-9_]*(:[0-5]?[0-9])*)$|` +
		`^[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)(e[-+]?[0-9]+)?$|` +
		`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]|$)`)
	indicator = regexp.MustCompile("^[-?:](\\s|$)|^[,\\[\\]{}#&*!|>'\"%@`]|: |:$| #|^\\s|\\s$|^(---|\\.\\.\\.)|^[=<]$")
)

// needsQuotes tells whether YAML would not take the bare text for that text.
func needsQuotes(s string) bool {
	return s == "" || indicator.MatchString(s) || otherType.MatchString(s) || strings.Contains(s, "#/")
}
