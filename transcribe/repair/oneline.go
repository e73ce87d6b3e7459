package repair

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

var (
	program = regexp.MustCompile(`^\s*(?:package [\w.]+\s*;?|import [\w."(]|public (?:final )?class |<\?php|using [\w.]+;|func \w+\()`)
	// What opens a line of a program after a comment, whose end is lost.
	statement = regexp.MustCompile(`\s(?:(?:import|public|private|protected|return|package|static|final|try|if|for|func|type|var|const|case|throw) |(?:return|break);|@[A-Z]|[})]|"|//|` +
		`[A-Za-z_][\w.<>*]* [A-Za-z_]\w* :?= |[A-Za-z_][\w.]* :?= |[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\(|fmt\.|[A-Z]\w*: )`)
)

// goesOn is what stands on one line with the brace before it.
var goesOn = regexp.MustCompile(`^\s*(?:else\b|catch\b|finally\b|while\b|//|[;,)\].])`)

// The lengths from which a call, and a program, on one line counts as several.
const (
	longCall    = 120
	longProgram = 400
)

// oneLine breaks a program or a call of curl that stands on one line. JSON
// needs no breaks to be read.
func oneLine(m *mending) {
	var out []source.Line
	done := 0
	for i, l := range m.lines {
		if len(l.Text) < longCall {
			continue
		}
		var breaks []int
		switch {
		case strings.HasPrefix(strings.TrimSpace(l.Text), "curl "):
			breaks = curlBreaks(l.Text)
		case len(l.Text) >= longProgram && program.MatchString(l.Text):
			breaks = programBreaks(l.Text)
		}
		if len(breaks) == 0 {
			continue
		}
		m.note(1, l.Pos(0))
		out = append(out, m.lines[done:i]...)
		start := 0
		for _, at := range append(breaks, len(l.Text)) {
			if piece := l.Slice(start, at).Trim(); piece.Text != "" {
				out = append(out, piece)
			}
			start = at
		}
		done = i + 1
	}
	if done > 0 {
		m.lines = append(out, m.lines[done:]...)
	}
}

// curlBreaks finds the backslashes that stood at line ends.
func curlBreaks(text string) []int {
	var breaks []int
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\' && quote == '"':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'':
			quote = c
		case c == '\\' && i+1 < len(text) && text[i+1] == ' ':
			breaks = append(breaks, i+1)
		}
	}
	return breaks
}

// programBreaks finds the places in a program where a line ends: behind
// semicolons, braces and comments that stand outside of strings and
// parentheses.
func programBreaks(text string) []int {
	var breaks []int
	depth := 0
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '`' || c == '\'':
			i = stringEnd(text, i)
			continue
		case strings.HasPrefix(text[i:], "/*"):
			i = after(text, i+2, "*/")
			breaks = append(breaks, i)
			continue
		case strings.HasPrefix(text[i:], "//"):
			i = commentEnd(text, i+2)
			breaks = append(breaks, i)
			continue
		case c == '(':
			depth++
		case c == ')':
			depth = max(depth-1, 0)
		case c == ';' && depth == 0, c == '{':
			breaks = append(breaks, i+1)
			depth = 0
		case c == '}':
			breaks = append(breaks, i)
			if !goesOn.MatchString(text[i+1 : min(len(text), i+12)]) {
				breaks = append(breaks, i+1)
			}
			depth = 0
		}
		i++
	}
	return breaks
}

func stringEnd(text string, i int) int {
	quote := text[i]
	for i++; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote != '`':
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

func after(text string, i int, end string) int {
	if at := strings.Index(text[i:], end); at >= 0 {
		return i + at + len(end)
	}
	return len(text)
}

// commentEnd guesses where a comment ended: where something follows that only
// opens a statement.
func commentEnd(text string, i int) int {
	window := text[i:min(len(text), i+2000)]
	if at := statement.FindStringIndex(window); at != nil {
		return i + at[0]
	}
	return len(text)
}
