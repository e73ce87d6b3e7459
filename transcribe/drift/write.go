package drift

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Formats lists the ways in which Write can write.
func Formats() []string { return []string{"text", "markdown", "json"} }

var headings = map[Impact]string{
	Breaks: "Breaks users of the package",
	Adds:   "New on the page",
	Tells:  "Documentation",
	Older:  "Older than the spec, so that other differences may be of the page's past",
}

// Write tells the differences, grouped by what they mean for users.
func Write(w io.Writer, format string, found []Difference) error {
	switch format {
	case "json":
		return writeJSON(w, found)
	case "markdown":
		return writeGroups(w, found, "## %s\n\n", "- %s\n  (%s)\n")
	case "text":
		return writeGroups(w, found, "%s:\n", "  %s\n      %s\n")
	}
	return fmt.Errorf("no format is called %q, use one of %s", format, strings.Join(Formats(), ", "))
}

func writeGroups(w io.Writer, found []Difference, heading, item string) error {
	var b strings.Builder
	for _, impact := range impacts {
		first := true
		for _, d := range found {
			if d.Impact != impact {
				continue
			}
			if first && b.Len() > 0 {
				b.WriteByte('\n')
			}
			if first {
				fmt.Fprintf(&b, heading, headings[impact])
				first = false
			}
			fmt.Fprintf(&b, item, d, places(d))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func places(d Difference) string {
	if d.SpecPos.Line == 0 {
		return "page " + d.PagePos.String()
	}
	return "page " + d.PagePos.String() + ", spec " + d.SpecPos.String()
}

func writeJSON(w io.Writer, found []Difference) error {
	type entry struct {
		Difference
		PageAt string `json:"page_at,omitempty"`
		SpecAt string `json:"spec_at,omitempty"`
	}
	out := make([]entry, len(found))
	for i, d := range found {
		out[i] = entry{Difference: d, PageAt: d.PagePos.String()}
		if d.SpecPos.Line > 0 {
			out[i].SpecAt = d.SpecPos.String()
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
