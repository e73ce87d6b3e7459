package corpus

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/page"
)

// finish fills in what the author of a truth need not write: sentences with a
// mark of their own, examples, flags.
func finish(t *Truth) *Truth {
	n := 0
	walk := func(fields []*Field) {
		eachField(fields, func(f *Field) {
			n++
			finishField(f, n)
		})
	}
	for _, op := range t.Ops {
		if op.Title == "" {
			op.Title = t.Title
		}
		for _, f := range op.InPath {
			f.Need = page.Required
		}
		if op.Bare {
			eachField(op.Answer.Fields, func(f *Field) { f.NoSample = true })
		}
		walk(op.Headers)
		walk(op.InPath)
		walk(op.InQuery)
		walk(op.Body)
		walk(op.Answer.Fields)
	}
	for _, e := range t.Events {
		if e.Title == "" {
			e.Title = t.Title
		}
		walk(e.Resource)
	}
	if t.Intro == "" {
		t.Intro = "调用方可以使用该接口完成" + t.Title + "的操作。"
	}
	return t
}

// bare tells whether the page has no examples, so that nothing would tell
// members that follow open from fields that follow.
func (t *Truth) bare() bool {
	for _, op := range t.Ops {
		if op.Bare {
			return true
		}
	}
	return false
}

func eachField(fields []*Field, visit func(*Field)) {
	for _, f := range fields {
		visit(f)
		eachField(f.Kids, visit)
	}
}

func finishField(f *Field, n int) {
	f.mark = fmt.Sprintf("k%03d", n)
	if f.Need == "" {
		f.Need = page.Optional
	}
	if f.Says == "" {
		f.Says = fmt.Sprintf("说明见%s。", f.mark)
	} else {
		f.Says += fmt.Sprintf("详见%s。", f.mark)
	}
	if f.Time {
		f.Says += "遵循rfc3339标准格式，格式为yyyy-MM-DDTHH:mm:ss+TIMEZONE。"
	}
	if f.Secret {
		f.Says += "该字段需要使用微信支付公钥加密。"
	}
	if f.JSON {
		f.Says += "格式为JSON字符串。"
	}
	if f.Sample == nil {
		f.Sample = madeUpSample(f, n)
	}
}

// madeUpSample is an example value that looks like the field's values.
func madeUpSample(f *Field, n int) any {
	switch f.Type {
	case page.Integer:
		if f.Minimum != nil {
			return int(*f.Minimum) + 1
		}
		return 10 + n
	case page.Number:
		return float64(n) + 0.5
	case page.Boolean:
		return n%2 == 0
	case page.String:
		return madeUpText(f, n)
	case page.Array:
		return madeUpItems(f, n)
	}
	return nil
}

func madeUpText(f *Field, n int) string {
	if len(f.Enum) > 0 {
		return f.Enum[0].Name
	}
	text := fmt.Sprintf("gx%04d", n)
	if f.MinLength != nil {
		for len(text) < int(*f.MinLength) {
			text += "7"
		}
	}
	if f.MaxLength != nil && len(text) > int(*f.MaxLength) {
		text = text[len(text)-int(*f.MaxLength):]
	}
	return text
}

func madeUpItems(f *Field, n int) any {
	switch f.Items {
	case page.Integer:
		return []any{n, n + 1}
	case page.String:
		if len(f.Enum) > 0 {
			return []any{f.Enum[0].Name}
		}
		return []any{fmt.Sprintf("gx%04d", n)}
	}
	return nil
}
