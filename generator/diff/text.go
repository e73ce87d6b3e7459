package diff

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/wxgen/wxgen/generator/load"
)

var titles = [...]string{"Breaks the build", "Breaks behaviour", "Additions", "Documentation only"}

// Text writes the report for people at a terminal: classes, in them packages
// with their operations, and under each change where it stands.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	heading := ""
	for i, c := range r.Changes {
		if i == 0 || c.Class != r.Changes[i-1].Class {
			if i > 0 {
				b.WriteString("\n")
			}
			fmt.Fprintf(&b, "%s: %d\n", titles[c.Class], r.Counts()[c.Class])
			heading = ""
		}
		if h := c.heading(); h != heading {
			fmt.Fprintf(&b, "\n  %s\n", printable(h))
			heading = h
		}
		fmt.Fprintf(&b, "    %s [%s]\n", c.sentence(printable), c.Kind)
		fmt.Fprintf(&b, "      %s\n", printable(c.places()))
	}
	if len(r.Changes) > 0 {
		b.WriteString("\n")
	}
	b.WriteString(r.summary() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// heading names the package and operation, as a program would.
func (c Change) heading() string {
	if c.Operation == "" {
		return c.Package
	}
	return c.Package + "." + c.names()
}

// sentence says what changed, from what to what; write prepares texts for
// where they are printed.
func (c Change) sentence(write func(string) string) string {
	return write(c.What) + c.values(func(s string) string {
		if c.Class == Documentation {
			s = strconv.Quote(s)
		}
		return write(s)
	})
}

func (c Change) values(write func(string) string) string {
	old, new := excerpt(c.Old, c.New)
	switch {
	case c.Old == "" && c.New == "":
		return ""
	case c.Old == "":
		return ": " + write(new)
	case c.New == "":
		return ", was " + write(old)
	}
	return ": " + write(old) + " → " + write(new)
}

// places names where the change stands, on the old side and on the new one.
func (c Change) places() string {
	switch none := (load.Pos{}); {
	case c.OldPos == none:
		return "new: " + c.NewPos.String()
	case c.NewPos == none:
		return "old: " + c.OldPos.String()
	}
	return c.OldPos.String() + " → " + c.NewPos.String()
}

// excerpt shortens two long texts to the part where they begin to differ.
func excerpt(old, new string) (string, string) {
	const most, before = 100, 20
	a, b := []rune(old), []rune(new)
	if len(a) <= most && len(b) <= most {
		return old, new
	}
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	from := max(0, same-before)
	return cut(a, from, most), cut(b, from, most)
}

func cut(text []rune, from, most int) string {
	from = min(from, len(text))
	to := min(from+most, len(text))
	out := string(text[from:to])
	if from > 0 {
		out = "…" + out
	}
	if to < len(text) {
		out += "…"
	}
	return out
}

// printable keeps texts of a spec on their line, and from commanding the
// terminal.
func printable(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return s
	}
	quoted := strconv.Quote(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// summary counts the classes in one line.
func (r *Report) summary() string {
	if len(r.Changes) == 0 {
		return "nothing changed for users of the packages"
	}
	n := r.Counts()
	parts := []string{
		amount(n[Build], "breaks the build", "break the build"),
		amount(n[Behaviour], "breaks behaviour", "break behaviour"),
		amount(n[Addition], "addition", "additions"),
		amount(n[Documentation], "change of documentation", "changes of documentation"),
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(parts, ", ")
}

func amount(n int, one, many string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
