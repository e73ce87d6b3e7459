package templates

import (
	_ "embed"
	"html/template"
)

//go:embed report.html.tmpl
var reportPage string

// ReportPage writes the report of an import as a page to review: the facts of
// the documentation beside those of the spec.
var ReportPage = template.Must(template.New("report.html.tmpl").Parse(reportPage))
