package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/infer/document"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

var (
	// jsonStart is a line that begins a document, not a {word} in a text.
	jsonStart = regexp.MustCompile(`^\s*(?:[\[{]\s*(?:$|["'\[{\]}]|//|/\*)|"\w+"\s*:\s*[\[{]\s*$)`)
	callStart = regexp.MustCompile(`^\s*(?:curl\s|URL\s*[:：]?\s*https?:|(?:POST|GET|PUT|PATCH|DELETE)\s+(?:https?:|/)|--[\w-]{6,}\s*$|https?://\S+\s*$|\$?\s*curl\s)`)
	address   = regexp.MustCompile(`^\s*https?://\S+\s*$`)
)

// code reads the document or call that begins at a line, and tells how many
// lines it takes. Calls are examples only where the page announces some.
func code(lines []source.Line, calls bool) (b block.Block, n int) {
	switch text := lines[0].Text; {
	case jsonStart.MatchString(text):
		return json(lines)
	case calls && callStart.MatchString(text):
		n = 1
		for n < len(lines) && !ends(lines[n]) && !(lines[n].Blank() && address.MatchString(text)) {
			n++
		}
		return codeBlock(lines[:n], ""), n
	}
	return block.Block{}, 0
}

// json takes the lines of one document. If it has no end, everything up to
// the next heading or table is taken for it. Most documents are short, so the
// end is looked for in a few lines before it is in more.
func json(lines []source.Line) (block.Block, int) {
	const few = 64
	stand := placeholder(lines)
	n := 1
	for most := few; ; most *= 2 {
		for n < min(most, len(lines)) && !ends(lines[n]) {
			n++
		}
		whole := n < most
		switch end := documentEnd(lines[:n], whole); {
		case end > 0:
			return codeBlock(lines[:end], "json"), end
		case stand > 0:
			return codeBlock(lines[:stand], "json"), stand
		case whole:
			return codeBlock(lines[:n], "json"), n
		}
	}
}

// documentEnd is how many lines the document takes that the lines begin with,
// or 0 if it is none or, unless there are no more lines, may go on.
func documentEnd(lines []source.Line, whole bool) int {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	text := b.String()
	at := max(strings.IndexAny(text, "{["), 0)
	d, ok := document.First(text[at:])
	if !ok || !whole && strings.TrimSpace(text[at+d.End:]) == "" {
		return 0
	}
	return 1 + strings.Count(strings.TrimRight(text[:at+d.End], "\n"), "\n")
}

// placeholder is the number of lines of what only stands for a program, or 0.
func placeholder(lines []source.Line) int {
	for i, l := range lines[:min(len(lines), 4)] {
		if strings.TrimSpace(l.Text) == "}" {
			return i + 1
		}
	}
	return 0
}

// ends tells whether a line cannot be a part of an example: a heading of a
// section, or the head of a table.
func ends(l source.Line) bool {
	if len(l.Text) == 0 || len(l.Text) > 160 || l.Text[0] == '{' || l.Text[0] == '"' {
		return false
	}
	if _, ok := label.Heading(l.Text); ok {
		return true
	}
	_, _, ok := head(l)
	return ok
}

func codeBlock(lines []source.Line, lang string) block.Block {
	text, places := source.Excerpt(lines)
	return block.Block{Kind: block.Code, Text: text, Lang: lang, Pos: places[0], Lines: places}
}
