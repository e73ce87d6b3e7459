package corpus

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// layout is how a JSON document is set.
type layout struct {
	colon  string // between a name and its value
	indent string // one step; empty for a document on one line
}

var (
	docLayout  = layout{colon: " : ", indent: "  "} // doc centre
	wikiLayout = layout{colon: ": ", indent: "  "}
	tabLayout  = layout{colon: ": ", indent: "\t"}
)

// sampleDoc is the example of an object, in the doc centre's layout. It is
// empty if there is nothing to show.
func sampleDoc(fields []*Field) string { return docLayout.document(fields) }

func (l layout) document(fields []*Field) string {
	if !anySample(fields) {
		return ""
	}
	var b strings.Builder
	l.object(&b, fields, 0)
	return b.String()
}

func anySample(fields []*Field) bool {
	for _, f := range fields {
		if !f.NoSample {
			return true
		}
	}
	return false
}

func (l layout) object(b *strings.Builder, fields []*Field, depth int) {
	b.WriteString("{")
	first := true
	for _, f := range fields {
		if f.NoSample {
			continue
		}
		if !first {
			b.WriteString(",")
		}
		first = false
		l.newline(b, depth+1)
		b.WriteString(quote(f.Name) + l.colon)
		l.value(b, f, depth+1)
	}
	l.newline(b, depth)
	b.WriteString("}")
}

func (l layout) value(b *strings.Builder, f *Field, depth int) {
	switch {
	case f.Type == page.Array && f.Items == page.Object:
		l.bracketed(b, depth, func() { l.elements(b, f.Kids, depth+1) })
	case f.Type == page.Array:
		l.items(b, f.Sample.([]any), depth)
	case f.Type == page.Object:
		l.object(b, f.Kids, depth)
	default:
		b.WriteString(scalar(f.Sample))
	}
}

// elements are one or two objects. The second one has what every one has.
func (l layout) elements(b *strings.Builder, kids []*Field, depth int) {
	l.object(b, kids, depth)
	var required []*Field
	for _, f := range kids {
		if f.Need == page.Required {
			required = append(required, f)
		}
	}
	if len(kids)%2 == 0 && anySample(required) {
		b.WriteString(",")
		l.newline(b, depth)
		l.object(b, required, depth)
	}
}

func (l layout) bracketed(b *strings.Builder, depth int, inside func()) {
	b.WriteString("[")
	l.newline(b, depth+1)
	inside()
	l.newline(b, depth)
	b.WriteString("]")
}

func (l layout) items(b *strings.Builder, items []any, depth int) {
	l.bracketed(b, depth, func() {
		for i, item := range items {
			if i > 0 {
				b.WriteString(",")
				l.newline(b, depth+1)
			}
			b.WriteString(scalar(item))
		}
	})
}

func (l layout) newline(b *strings.Builder, depth int) {
	if l.indent != "" {
		b.WriteString("\n" + strings.Repeat(l.indent, depth))
	}
}

func scalar(v any) string {
	if s, ok := v.(string); ok {
		return quote(s)
	}
	return fmt.Sprint(v)
}

func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""` // a string can always be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// curl is the call as the doc centre shows it.
func (o *Op) curl() string {
	lines := []string{"curl -X " + o.Method + ` \`, "  " + o.sampleURL() + ` \`,
		`  -H "Authorization: WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",..." \`}
	for _, h := range o.Headers {
		lines = append(lines, fmt.Sprintf(`  -H "%s: %v" \`, h.Name, h.Sample))
	}
	if !anySample(o.Body) {
		return strings.Join(append(lines, `  -H "Accept: application/json" `), "\n")
	}
	lines = append(lines, `  -H "Accept: application/json" \`)
	if o.Upload {
		return strings.Join(append(lines, o.formLines()...), "\n")
	}
	lines = append(lines, `  -H "Content-Type: application/json" \`)
	doc := strings.ReplaceAll(sampleDoc(o.Body), "\n", "\n  ")
	return strings.Join(append(lines, "  -d '"+doc+"'"), "\n") + "\n"
}

func (o *Op) formLines() []string {
	lines := []string{`  -H "Content-Type: multipart/form-data" \`}
	for _, f := range o.Body {
		if f.Type == page.File {
			lines = append(lines, fmt.Sprintf(`  -F %s=@"/path/to/file" \`, f.Name))
			continue
		}
		doc := strings.ReplaceAll(sampleDoc(f.Kids), "\n", "\n  ")
		lines = append(lines, fmt.Sprintf("  -F %s='%s' ", f.Name, doc))
	}
	return lines
}

func (o *Op) sampleURL() string {
	path := o.Path
	for _, f := range o.InPath {
		path = strings.ReplaceAll(path, "{"+f.Name+"}", fmt.Sprint(f.Sample))
	}
	var query []string
	for _, f := range o.InQuery {
		if !f.NoSample {
			query = append(query, f.Name+"="+fmt.Sprint(f.Sample))
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	return "https://api.mch.weixin.qq.com" + path
}
