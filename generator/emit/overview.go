package emit

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/templates"
)

// overview writes doc.go, whose comment is what go doc shows first.
func (e *emitter) overview() ([]byte, error) {
	var buf bytes.Buffer
	if err := templates.PackageDoc.Execute(&buf, e.overviewData()); err != nil {
		return nil, fmt.Errorf("writing the overview of %s: %w", e.pkg.Folder, err)
	}
	return buf.Bytes(), nil
}

func (e *emitter) overviewData() templates.Overview {
	spec := e.pkg.Spec
	data := templates.Overview{
		Header:  e.header(),
		Package: e.pkg.Name,
		Intro:   paragraph(printable(aboutPackage(e.pkg.Name, spec.Title, spec.Description))),
	}
	for _, op := range e.pkg.Operations {
		data.Operations = append(data.Operations, templates.Entry{
			Name: op.Name, Text: op.Spec.Summary, Detail: op.Spec.Method + " " + op.Spec.Path})
	}
	for _, ev := range e.pkg.Events {
		data.Events = append(data.Events, templates.Entry{
			Name: ev.Name, Text: ev.Spec.Summary, Detail: strings.Join(ev.Spec.Event.Types, ", ")})
	}
	for _, rows := range [][]templates.Entry{data.Operations, data.Events} {
		for i := range rows {
			rows[i].Detail, rows[i].Text = printable(rows[i].Detail), printable(rows[i].Text)
		}
	}
	data.Align()
	return data
}
