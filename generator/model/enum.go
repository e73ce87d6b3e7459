package model

import (
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// enum reads the values; their constants are named once all types are known.
func (b *builder) enum(n *Named, s *load.Schema) *Enum {
	e := &Enum{Integer: s.Type() == "integer" || s.Type() == "number"}
	seen := map[string]bool{}
	for i, v := range s.Enum {
		if seen[v.Text] {
			b.fail(v.Pos, "remove one of them", "the enum %s has the value %s twice", n.Name, v.Text)
			continue
		}
		seen[v.Text] = true
		if e.Integer && !v.Integer {
			b.fail(v.Pos, "write a whole number, or type: string", "the enum %s is of integers, but holds %s", n.Name, v.Text)
		}
		value := EnumValue{Pos: v.Pos, Wire: v.Text, Doc: s.EnumDescriptions[v.Text], Name: valueName(v.Text)}
		if len(s.EnumNames) > i {
			value.Name = s.EnumNames[i]
		} else {
			value.Name = trimTypeName(n.Name, value.Name)
		}
		e.Values = append(e.Values, value)
	}
	return e
}

// valueName names a value; a sign is the only thing that tells -1 from 1.
func valueName(wire string) string {
	if rest, ok := strings.CutPrefix(wire, "-"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return "Minus" + tail(rest)
	}
	return tail(wire)
}

// trimTypeName drops what a value repeats of its type: the constant is called
// SendChannelAPI, not SendChannelSendChannelAPI.
func trimTypeName(typeName, value string) string {
	if rest, ok := strings.CutPrefix(value, typeName); ok && rest != "" {
		return rest
	}
	return value
}

// enumConstants names the constants of all enums, after the types, which
// therefore keep their names.
func (b *builder) enumConstants() {
	for _, n := range b.pkg.Types {
		if n.Enum == nil {
			continue
		}
		for i := range n.Enum.Values {
			v := &n.Enum.Values[i]
			v.Name = b.name("the value "+v.Wire+" of "+n.Name, v.Pos, n.Name+v.Name, n.Name+v.Name+"Value")
		}
	}
}

// errorTable splits the rows of an operation into its own and those that every
// product shares. Operations with the same common rows share one table.
func (b *builder) errorTable(op *Operation) {
	var common []*load.ErrorRow
	for _, row := range op.Spec.Errors {
		if row.Common {
			common = append(common, row)
		} else {
			op.Errors = append(op.Errors, row)
		}
	}
	if len(common) == 0 {
		return
	}
	for i, table := range b.pkg.ErrorTables {
		if sameRows(table, common) {
			op.Common = i
			return
		}
	}
	op.Common = len(b.pkg.ErrorTables)
	b.pkg.ErrorTables = append(b.pkg.ErrorTables, common)
}

func sameRows(a, b []*load.ErrorRow) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// errorCodes collects the codes that the package has to declare itself.
func (b *builder) errorCodes(wxpayDeclares func(string) bool) {
	at := map[string]int{}
	for _, op := range b.pkg.Operations {
		for _, row := range op.Errors {
			if wxpayDeclares(row.Code) {
				continue
			}
			i, ok := at[row.Code]
			if !ok {
				i = len(b.pkg.ErrorCodes)
				at[row.Code] = i
				name := b.name("the error code "+row.Code, row.Pos, "Err"+tail(row.Code), "Err"+tail(row.Code)+"Code")
				b.pkg.ErrorCodes = append(b.pkg.ErrorCodes, ErrorCode{Name: name, Code: row.Code})
			}
			b.pkg.ErrorCodes[i].Rows = append(b.pkg.ErrorCodes[i].Rows, row)
		}
	}
}
