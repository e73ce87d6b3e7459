package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/model"
)

// errorCodes writes the codes of this package as sentinel errors.
func (e *emitter) errorCodes(f *jen.File) {
	comment(f.Group, paragraph("The error codes of this package's operations, beside those that package wxpay declares. "+
		"Ask for one with errors.Is; what it means for a call is told by the Advice of [wxpay.APIError]."))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, code := range e.pkg.ErrorCodes {
			comment(g, paragraph(meanings(code)))
			g.Id(code.Name).Add(e.runtime("ErrorCode")).Op("=").Lit(code.Code)
		}
	})
}

// meanings lists what the rows of a code say, each once.
func meanings(code model.ErrorCode) string {
	var out []string
	for _, row := range code.Rows {
		if text := strings.TrimSuffix(row.Description, "."); text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return sentence(strings.Join(out, "; "))
}
