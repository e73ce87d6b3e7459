package templates

import (
	_ "embed"
	"strings"
	"text/template"
)

//go:embed coverage.md.tmpl
var coverageDoc string

// CoverageDoc writes a Coverage as Markdown. What it says of other libraries
// and of products without v3 stands in the template.
var CoverageDoc = template.Must(template.New("coverage.md.tmpl").Parse(coverageDoc))

// Coverage is what the specs hold.
type Coverage struct {
	Operations, Events int
	Products           []Product
}

// Product is a spec.
type Product struct {
	Package    string
	Title      string
	Updated    string
	Operations []Covered
	Events     []Covered
	EventTypes int
	ErrorRows  int
	ErrorCodes int
	Limits     int
}

// Anchor is where the headings of Markdown put the product.
func (p Product) Anchor() string { return strings.ReplaceAll(p.Package, "/", "") }

// Covered is an operation or a notification.
type Covered struct {
	Name, What, Summary, Roles, Rates, Source string
	Errors                                    int
}
