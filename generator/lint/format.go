package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// formats are the ways to write findings down.
var formats = map[string]func(w io.Writer, found []Finding, version string) error{
	"text":   writeText,
	"json":   writeJSON,
	"github": writeGitHub,
	"sarif":  writeSARIF,
}

// Formats lists the names that Write knows.
func Formats() []string {
	return []string{"text", "json", "github", "sarif"}
}

// Write writes findings in one of the formats. The version is wxgen's, which
// some formats tell.
func Write(w io.Writer, format, version string, found []Finding) error {
	write := formats[format]
	if write == nil {
		return fmt.Errorf("no format is called %q, use one of %s", format, strings.Join(Formats(), ", "))
	}
	return write(w, found, version)
}

func writeText(w io.Writer, found []Finding, _ string) error {
	for _, f := range found {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
	}
	return nil
}

// writeJSON writes one array, also where nothing was found.
func writeJSON(w io.Writer, found []Finding, _ string) error {
	type finding struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Rule    string `json:"rule"`
		Message string `json:"message"`
		Remedy  string `json:"remedy,omitempty"`
	}
	out := make([]finding, 0, len(found))
	for _, f := range found {
		out = append(out, finding{f.Pos.File, f.Pos.Line, f.Pos.Col, f.Rule, f.Message, f.Remedy})
	}
	return encode(w, out)
}

// encode writes JSON that people can read as well.
func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// Characters that end a part of a workflow command.
var (
	githubText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes workflow commands, which GitHub shows beside the lines
// of a pull request.
func writeGitHub(w io.Writer, found []Finding, _ string) error {
	for _, f := range found {
		_, err := fmt.Fprintf(w, "::error file=%s,line=%d,col=%d,title=%s::%s\n",
			githubProperty.Replace(filepath.ToSlash(f.Pos.File)), max(f.Pos.Line, 1), max(f.Pos.Col, 1),
			githubProperty.Replace("wxgen lint: "+f.Rule), githubText.Replace(f.text()))
		if err != nil {
			return err
		}
	}
	return nil
}

// WriteRules lists the rules, as text or as JSON.
func WriteRules(w io.Writer, asJSON bool) error {
	if asJSON {
		type rule struct {
			ID   string `json:"id"`
			Says string `json:"says"`
		}
		out := make([]rule, 0, len(rules))
		for _, r := range rules {
			out = append(out, rule{r.ID, r.Says})
		}
		return encode(w, out)
	}
	longest := slices.MaxFunc(rules, func(a, b Rule) int { return len(a.ID) - len(b.ID) })
	for _, r := range rules {
		if _, err := fmt.Fprintf(w, "%-*s  %s\n", len(longest.ID), r.ID, r.Says); err != nil {
			return err
		}
	}
	return nil
}
