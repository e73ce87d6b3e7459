package lint

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
)

// These types are the part of SARIF 2.1.0 that findings need. The names of
// the members are the standard's.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription sarifMessage `json:"shortDescription"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

// writeSARIF writes a log as code scanning services read it.
func writeSARIF(w io.Writer, found []Finding, version string) error {
	driver := sarifDriver{Name: "wxgen lint", Version: version, InformationURI: "https://github.com/wxgen/wxgen"}
	for _, r := range rules {
		driver.Rules = append(driver.Rules, sarifRule{r.ID, sarifMessage{r.Says}})
	}
	results := make([]sarifResult, 0, len(found))
	for _, f := range found {
		results = append(results, resultOf(f))
	}
	return encode(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{{Tool: sarifTool{driver}, ColumnKind: "unicodeCodePoints", Results: results}},
	})
}

func resultOf(f Finding) sarifResult {
	return sarifResult{
		RuleID:    f.Rule,
		RuleIndex: slices.IndexFunc(rules, func(r Rule) bool { return r.ID == f.Rule }),
		Level:     "error",
		Message:   sarifMessage{f.text()},
		Locations: []sarifLocation{{sarifPlace{
			ArtifactLocation: sarifArtifact{uri(f.Pos.File)},
			Region:           sarifRegion{StartLine: max(f.Pos.Line, 1), StartColumn: max(f.Pos.Col, 1)},
		}}},
	}
}

// uri writes a path as a reference that is valid in a URI.
func uri(file string) string {
	steps := strings.Split(filepath.ToSlash(file), "/")
	for i, step := range steps {
		steps[i] = url.PathEscape(step)
	}
	return strings.Join(steps, "/")
}
