package repair

import (
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// isLabel tells whether a line is wording of the platform that no code has.
func isLabel(text string) bool {
	if _, ok := label.Heading(text); ok {
		return true
	}
	if _, ok := label.StatusLine(text); ok {
		return true
	}
	if _, ok := label.PlaceLine(text); ok {
		return true
	}
	_, ok := label.NameLine(text)
	return ok
}

// isDate tells whether a line says when the page was changed.
func isDate(text string) bool {
	if !strings.ContainsAny(text, ":：") {
		return false
	}
	_, _, ok := label.DateLine(text)
	return ok
}

// isTitle tells whether a line can be a page's title: short, and no sentence.
func isTitle(l source.Line) bool {
	text := strings.TrimSpace(l.Text)
	return text != "" && utf8.RuneCountInString(text) <= 60 && !strings.ContainsAny(text, "。;；{}<>|=") && !strings.Contains(text, "://") &&
		!isLabel(text)
}

// before finds the last line above a line that is not blank, or -1.
func before(lines []source.Line, i int) int {
	for i--; i >= 0; i-- {
		if !lines[i].Blank() {
			return i
		}
	}
	return -1
}
