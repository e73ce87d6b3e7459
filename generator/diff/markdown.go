package diff

import (
	"fmt"
	"io"
	"strings"
)

// Markdown writes the report for a pull request or a changelog.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Changes from %s to %s\n\n%s\n", code(r.Old), code(r.New), sentenceCase(r.summary()))
	for i, c := range r.Changes {
		last := Change{Class: -1}
		if i > 0 {
			last = r.Changes[i-1]
		}
		if c.Class != last.Class {
			fmt.Fprintf(&b, "\n## %s\n", titles[c.Class])
		}
		if c.Class != last.Class || c.Package != last.Package {
			fmt.Fprintf(&b, "\n### %s\n\n", code(c.Package))
		}
		b.WriteString("- ")
		if c.Operation != "" {
			fmt.Fprintf(&b, "**%s**: ", escape(c.names()))
		}
		fmt.Fprintf(&b, "%s%s<br>%s (%s)\n", escape(c.What), c.values(code), code(c.places()), c.Kind)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sentenceCase(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// code sets text as code, which nothing in it can end.
func code(s string) string {
	s = printable(s)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

var markup = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`, ">", `\>`,
	"[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`, "&", `\&`, "~", `\~`)

// escape keeps the signs in a text from being taken for markup.
func escape(s string) string { return markup.Replace(printable(s)) }
