package wiki

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

// A generator's copy of 2020 writes the example of a field behind three
// pipes, and its formatter ran rows into the line before them.

// exampleMark stands before the example of a field.
const exampleMark = "|||"

// apart splits a line of a table into the rows and examples that ran together
// in it.
func apart(l source.Line) []source.Line {
	if !strings.Contains(l.Text, " +") && !strings.Contains(l.Text, " -") && !strings.Contains(l.Text, exampleMark) {
		return []source.Line{l}
	}
	var lines []source.Line
	from := 0
	cut := func(at int) {
		if piece := l.Slice(from, at).Trim(); piece.Text != "" {
			lines = append(lines, piece)
		}
		from = at
	}
	for i := 0; i < len(l.Text); i++ {
		switch rest := l.Text[i:]; {
		case strings.HasPrefix(rest, exampleMark):
			cut(i)
			i += len(exampleMark) - 1
			example, _, _ := strings.Cut(l.Text[i+1:], exampleMark) // what follows the next mark is looked at there
			if at := behindExample(example); at > 0 {
				cut(i + 1 + at)
				i += at
			}
		case strings.HasPrefix(rest, " +"), strings.HasPrefix(rest, " -"):
			if _, ok := find(rest[1:]); ok {
				cut(i + 1)
			}
		}
	}
	cut(len(l.Text))
	return lines
}

// behindExample is where a row begins behind an example, or 0. Only a value
// and a label of one word each can be told apart.
func behindExample(text string) int {
	at := skip(text)
	for n := 0; n < maxWords && at < len(text); n++ {
		if _, ok := spanAt(text, at); ok && n > 0 {
			if sign := max(strings.LastIndex(text[:at], " +"), strings.LastIndex(text[:at], " -")); sign >= 0 {
				return sign + 1
			}
			words := strings.Fields(text[:at])
			if len(words) == 2 {
				return strings.LastIndex(text[:at], words[1])
			}
			return at
		}
		at += word(text[at:])
		at += skip(text[at:])
	}
	return 0
}

// exampleText makes a line behind three pipes an example as others write it.
func exampleText(l source.Line) source.Line {
	rest, ok := strings.CutPrefix(l.Text, exampleMark)
	if !ok {
		return l
	}
	return l.Changed([]source.Change{{To: len(l.Text) - len(rest), With: "示例值："}})
}
