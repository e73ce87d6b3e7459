// Package templates holds what wxgen writes that is no Go code made from
// syntax: overviews, and later the reference and scaffolds.
package templates

import (
	_ "embed"
	"strings"
	"text/template"
)

//go:embed package.go.tmpl
var packageDoc string

// PackageDoc writes the doc.go of a generated package from an Overview.
var PackageDoc = template.Must(template.New("package.go.tmpl").Parse(packageDoc))

// Source is the text of all templates, by which they can be told from others.
func Source() string { return packageDoc }

// Overview is what a package's doc.go tells.
type Overview struct {
	Header     string // comments
	Package    string
	Intro      []string // lines of a comment
	Operations []Entry
	Events     []Entry
}

// Entry is a row of an overview.
type Entry struct {
	Name   string
	Detail string
	Text   string
}

// Align pads the names and details so that rows stand in columns.
func (o *Overview) Align() {
	align(o.Operations)
	align(o.Events)
}

func align(rows []Entry) {
	name, detail := 0, 0
	for _, r := range rows {
		name, detail = max(name, len(r.Name)), max(detail, len(r.Detail))
	}
	for i, r := range rows {
		rows[i].Name = r.Name + strings.Repeat(" ", name-len(r.Name))
		rows[i].Detail = r.Detail + strings.Repeat(" ", detail-len(r.Detail))
	}
}
