package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Misplaced lists the facts of a reading that the document does not show at
// the place which the reading gives: at its column, or a few characters on.
func Misplaced(text string, p *page.Page) []string {
	l := &locator{lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
	for _, op := range p.Operations {
		look(l, "method", op.Method)
		l.fields(op.Parameters)
		l.fields(op.Body)
		for _, a := range op.Answers {
			l.fields(a.Fields)
		}
		for _, e := range op.Errors {
			if !e.Continued && e.Spelt == "" {
				look(l, "code", e.Code)
			}
		}
	}
	for _, e := range p.Events {
		l.fields(e.Envelope)
		l.fields(e.Resource)
	}
	return l.wrong
}

// locator knows the lines of a document as it came.
type locator struct {
	lines []string
	wrong []string
}

func (l *locator) fields(fields []*page.Field) {
	page.Walk(fields, func(path string, f *page.Field) {
		look(l, path, f.Name)
		for _, v := range f.Enum {
			look(l, path+" value", v.Value)
		}
	})
}

// look searches for the word of a fact at its place. Escapes of Markdown may
// stand inside of it, a dotted path before it.
func look(l *locator, what string, f page.Fact[string]) {
	if !f.Known() {
		return
	}
	at := f.Pos
	if at.Line < 1 || at.Line > len(l.lines) || at.Col < 1 {
		l.wrong = append(l.wrong, fmt.Sprintf("%s %q at %v: no such place", what, f.Value, at))
		return
	}
	line := []rune(l.lines[at.Line-1])
	rest := l.lines[at.Line-1] // of an example, only the line is certain: characters may be written as entities there
	if stated := f.From == page.Stated || f.From == page.FromProse; stated && at.Col <= len(line) {
		rest = strings.ReplaceAll(string(line[at.Col-1:min(len(line), at.Col+150)]), `\`, "")
	}
	if !strings.Contains(bareWord(rest), bareWord(f.Value)) {
		l.wrong = append(l.wrong, fmt.Sprintf("%s %q at %v: there is %.40q", what, f.Value, at, rest))
	}
}

// bareWord is a text without what escapes and emphasis do to low lines.
func bareWord(s string) string {
	return strings.ToUpper(strings.NewReplacer("_", "", "*", "").Replace(s))
}
