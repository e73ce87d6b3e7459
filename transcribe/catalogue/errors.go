package catalogue

import "github.com/wxgen/wxgen/transcribe/page"

type errorTable struct {
	op   *page.Operation
	pos  page.Pos
	rows []errorRow
}

type errorRow struct {
	Status  int    `json:"status"`
	Code    string `json:"code"`
	Meaning string `json:"meaning"`
	Action  string `json:"action"`
	Common  bool   `json:"common"`
	DocCode string `json:"doc_code"`
}

func (c *Catalogue) addErrors(l *line, pos page.Pos) {
	op := c.operation(l.Method, l.Path, pos)
	if !op.Title.Known() {
		op.Title = given(l.Title, pos)
	}
	if !op.Updated.Known() {
		op.Updated = given(l.Updated, pos)
	}
	if doc := docOf(l.Source); doc != "" && !op.Doc.Known() {
		op.Doc = fact(doc, pos)
	}
	c.errors = append(c.errors, errorTable{op, pos, l.Errors})
}

// layErrors gives an operation its error table.
func (c *Catalogue) layErrors(t errorTable) {
	t.op.Errors = nil
	for _, r := range t.rows {
		t.op.Errors = append(t.op.Errors, page.ErrorRow{
			Status: fact(r.Status, t.pos), Code: fact(r.Code, t.pos), Spelt: r.DocCode, Common: r.Common,
			Meaning: given(r.Meaning, t.pos), Action: given(r.Action, t.pos),
		})
	}
}
