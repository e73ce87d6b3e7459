package synthetic

import (
	"fmt"
	"slices"
	"strings"
)

func (w *writer) title(label string) {
	if w.Dialect {
		w.line("title: %s", label)
	}
}

// property prints a field's schema with its texts.
func (w *writer) property(f field) {
	w.kind(f)
	w.title(f.label)
	if !strings.HasPrefix(f.typ, "#") || w.version[:3] != "3.0" {
		w.line("description: %s", w.text(f))
	}
}

// kind prints what a field's schema demands.
func (w *writer) kind(f field) {
	array, ofArray := strings.CutPrefix(f.typ, "[]")
	switch {
	case ofArray:
		w.line("type: array")
		w.block("items", func() { w.ref(array) })
	case strings.HasPrefix(f.typ, "#"):
		w.ref(f.typ)
	case f.typ == "integer":
		w.line("type: integer")
		w.line("format: int64")
	case f.typ == "time":
		w.line("type: string")
		w.line("format: date-time")
	case f.typ != "":
		w.line("type: %s", f.typ)
	default:
		w.line("type: string")
		if f.limit > 0 {
			w.line("maxLength: %d", f.limit)
		}
	}
	if len(f.enum) > 0 {
		w.enum(f)
	}
}

func (w *writer) enum(f field) {
	values := slices.Clone(f.enum)
	if !w.SameEnums {
		values[len(values)-1] += fmt.Sprintf("_%d", w.op.number)
	}
	w.block("enum", func() {
		for _, v := range values {
			w.line("- %s", v)
		}
	})
	if w.Dialect {
		w.block("x-enumDescriptions", func() {
			for i, v := range values {
				w.line("%s: '%s %d: Meaning of the value.'", v, f.label, i+1)
			}
		})
	}
}

func (w *writer) ref(typ string) {
	w.line("$ref: '#/components/schemas/%s%s'", w.op.id, strings.TrimPrefix(typ, "#"))
}

// text explains a field as the pages do. In the dialect the label stands
// beside it.
func (w *writer) text(f field) string {
	sentence := sentences[len(f.name)%len(sentences)]
	if w.Dialect {
		return strings.TrimPrefix(sentence, "，")
	}
	return f.label + sentence
}

var sentences = []string{
	"，由商户自定义生成，要求在同一个商户号下唯一",
	"，由微信支付生成并返回，商户请妥善保存",
	"，请按照接口文档要求的格式填写，否则会返回参数错误",
	"，需与发起请求时使用的商户身份保持一致，仅支持数字、大小写字母",
	"，选填，不填时按默认规则处理",
}
