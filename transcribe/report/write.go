package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/wxgen/wxgen/templates"
)

// Formats lists the ways in which Write can write.
func Formats() []string { return []string{"text", "json", "html"} }

// Write writes the report for people or for machines.
func (r *Report) Write(w io.Writer, format string) error {
	switch format {
	case "text":
		return r.text(w)
	case "json":
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	case "html":
		return templates.ReportPage.Execute(w, r)
	}
	return fmt.Errorf("no format is called %q, use one of %s", format, strings.Join(Formats(), ", "))
}

func (r *Report) text(w io.Writer) error {
	var b strings.Builder
	for _, p := range r.Pages {
		fmt.Fprintf(&b, "%s: read as %s: %s\n", p.File, p.Format, p.summary())
		for _, step := range p.Repairs {
			fmt.Fprintf(&b, "  repaired %s %d ×, first at %s: %s\n", step.Step, step.Count, step.First, step.What)
		}
		for _, f := range p.Findings {
			fmt.Fprintf(&b, "  %s\n", f)
		}
	}
	for _, f := range r.Refused {
		fmt.Fprintf(&b, "refused: %s\n", f)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p Page) summary() string {
	text := fmt.Sprintf("%d calls, %d facts", len(p.Calls), p.Facts())
	if n := p.Inferred(); n > 0 {
		text += fmt.Sprintf(", %d of them inferred", n)
	}
	if p.Unused > 0 {
		text += fmt.Sprintf("; %d of %d lines unused", p.Unused, p.Lines)
	}
	return text
}

func (f Finding) String() string {
	text := fmt.Sprintf("%s: %s: ", f.At, f.Kind)
	if f.About != "" {
		text += f.About + ": "
	}
	text += f.What
	if f.How != "" {
		text += " (" + f.How + ")"
	}
	return text
}
