package assemble

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

var (
	ackStatus = regexp.MustCompile(`(?:状态码|(?i:HTTP)\s*应答码?|(?i:HTTP))[^。;,]{0,12}?(?:返回|为|:)?\s*(2\d\d)(?:\s*(?:或者|或|/|、)\s*(2\d\d))?`)
	ackBefore = regexp.MustCompile(`返回\s*(2\d\d)(?:\s*(?:或者|或|/|、)\s*(2\d\d))?\s*的?\s*(?:HTTP\s*)?状态码|(?:成功|通过)[^,;。]{0,4}返回\s*(2\d\d)(?:[^\d]|$)`)
	// ackNot is what denies a status, in the clause before it.
	ackNot     = regexp.MustCompile(`(?:不要|不能|不得|不应|禁止|非|失败)[^,;。]*$`)
	eventName  = regexp.MustCompile(`^[A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)+$`)
	notice     = regexp.MustCompile(`(?:通知|回调)$`)
	eventFixed = regexp.MustCompile("固定值?为[`\\s:：]*([A-Z][A-Z0-9_]*(?:\\.[A-Z][A-Z0-9_]+)+)")
	// eventBlank is a name of an event that a blank fell into.
	eventBlank = regexp.MustCompile(`((?:^|[^.A-Z0-9_])[A-Z][A-Z0-9_]+)\. ([A-Z]+_[A-Z0-9_]+)`)
	eventText  = regexp.MustCompile(`\b[A-Z][A-Z0-9_]*(?:\.[A-Z][A-Z0-9_]+)+\b`)
)

// eventStatus takes the statuses with which a notification is accepted.
func (b *builder) eventStatus(text string, pos page.Pos) bool {
	if b.fields.active() {
		return false
	}
	if codes, ok := label.StatusLine(text); ok {
		b.bad = false
		b.current().addAck(codes, pos)
		return true
	}
	if failed.MatchString(text) && short(text) {
		b.bad = true
		return true
	}
	folded := label.Fold(text)
	m := ackBefore.FindStringSubmatch(folded)
	if m == nil {
		m = ackStatus.FindStringSubmatch(folded)
	}
	if m != nil && !ackNot.MatchString(folded[:strings.Index(folded, m[0])]) {
		var codes []int
		for _, s := range m[1:] {
			if list, ok := label.StatusLine(s); ok {
				codes = append(codes, list...)
			}
		}
		b.current().addAck(codes, pos)
		return true
	}
	return false
}

func (d *draft) addAck(codes []int, pos page.Pos) {
	for _, code := range codes {
		known := false
		for _, have := range d.event.Answers {
			known = known || have.Value == code
		}
		if !known {
			d.event.Answers = append(d.event.Answers, page.Said(code, pos))
		}
	}
}

// noticed tells whether what is being read is the note on a notification that
// lost its headings: its title says so, and it has a method and no path.
func (d *draft) noticed() bool {
	return d.pathless && !d.begun && d.op.Method.Value == "POST" && !d.op.Path.Known() && notice.MatchString(d.op.Title.Value)
}

// eventRow takes a row of the tables of a digest: what fields of the
// notification are for, and how to answer.
func (b *builder) eventRow(bl *block.Block, texts []string) bool {
	if b.draft == nil || !b.draft.isEvent || len(texts) == 0 {
		return false
	}
	if b.kinds {
		return b.eventKind(bl)
	}
	switch b.section {
	case label.EventAnswer:
		took := false
		for i, text := range texts {
			if codes, ok := label.StatusLine(text); ok {
				b.draft.addAck(codes, bl.Cells[i].Pos)
				took = true
			}
		}
		return took
	case label.EventFields, label.EventResource, label.EventDecrypted:
	default:
		return false
	}
	if bl.Cells[0].Header {
		b.notes = nil
		if columns, ok := label.NoteColumns(texts); ok {
			b.notes = &columns
		}
		return b.notes != nil
	}
	if b.notes == nil || len(texts) < 2 {
		return false
	}
	name, text := bl.Cells[b.notes.Name], bl.Cells[b.notes.Text]
	return b.field(&block.Block{Kind: block.Field, Pos: bl.Pos, Field: block.Fields{
		Name: name.Text, Text: text.Text, At: block.At{Name: name.Pos, Text: text.Pos},
	}})
}

// eventKind takes a row of the table of event types.
func (b *builder) eventKind(bl *block.Block) bool {
	first := bl.Cells[0]
	if !eventName.MatchString(first.Text) {
		return first.Header
	}
	kind := page.EnumValue{Value: page.Said(first.Text, first.Pos)}
	if len(bl.Cells) > 1 && bl.Cells[1].Text != "" {
		kind.Label = page.Said(bl.Cells[1].Text, bl.Cells[1].Pos)
	}
	b.draft.kinds = append(b.draft.kinds, kind)
	return true
}

// eventExample takes an example of a notification: the envelope as sent, or
// the decrypted data.
func (b *builder) eventExample(e page.Example) {
	if e.Lang != "json" {
		return
	}
	d := b.current()
	d.begun = true
	if envelope(e.Text) {
		d.event.Examples = append(d.event.Examples, e)
		return
	}
	d.event.Decrypted = append(d.event.Decrypted, e)
}

func envelope(text string) bool {
	return strings.Contains(text, `"resource"`) || strings.Contains(text, `"ciphertext"`)
}

// event makes the event of a draft.
func (b *builder) event(d *draft) *page.Event {
	e := &d.event
	e.Title, e.Summary, e.Updated, e.Doc = d.op.Title, d.op.Summary, d.op.Updated, d.op.Doc
	e.Roles = d.op.Roles
	e.Types = b.eventTypes(d)
	e.OriginalType = d.originalType()
	return e
}

// eventTypes are the values that the description of event_type names. What
// only the example shows counts if the description names none: examples are
// often those of another page.
func (b *builder) eventTypes(d *draft) []page.EnumValue {
	var types []page.EnumValue
	add := func(value, meaning page.Fact[string]) {
		for _, have := range types {
			if have.Value.Value == value.Value {
				return
			}
		}
		types = append(types, page.EnumValue{Value: value, Label: meaning})
	}
	for _, kind := range d.kinds {
		add(kind.Value, kind.Label)
	}
	if f := page.Find(d.event.Envelope, "event_type"); f != nil {
		for _, v := range f.Enum {
			if eventName.MatchString(v.Value.Value) {
				v.Value.From = page.Stated
				add(v.Value, v.Label)
			}
		}
		for _, name := range eventNames(f.Text.Value) {
			add(page.Said(name, f.Text.Pos), page.Fact[string]{})
		}
	}
	stated := len(types)
	for _, e := range d.event.Examples {
		name := member(e.Text, "event_type")
		if !eventName.MatchString(name) {
			continue
		}
		if stated == 0 {
			add(page.Seen(name, e.Pos, page.FromExample), page.Fact[string]{})
		} else if !has(types, name) {
			how := ""
			if stated == 1 && len(types) == 1 && otherKind(types[0].Value.Value, name) {
				how = "the example counts: the table names an event of another kind, " + types[0].Value.Value
				types = []page.EnumValue{{Value: page.Seen(name, e.Pos, page.FromExample)}}
			}
			b.find(e.Pos, page.Contradiction, "notification "+d.op.Title.Value, "the example has the event type "+name+", which the table does not name", how)
		}
	}
	return types
}

// eventNames are the names of events in the description of event_type: the one
// that it always has, if the text says so, since others are those of other
// notifications.
func eventNames(text string) []string {
	text = eventBlank.ReplaceAllString(text, "$1.$2")
	if m := eventFixed.FindStringSubmatch(text); m != nil {
		return m[1:]
	}
	return eventText.FindAllString(text, -1)
}

// otherKind tells whether two event types are of one product and tell of
// different things, as GADGET_SALE.DONE and GADGET_LOAN.DONE do. A table that
// names one beside an example of the other was copied, and its example was
// not. Examples of other products, or of another state of the same thing, were.
func otherKind(table, example string) bool {
	a, _, _ := strings.Cut(table, ".")
	b, _, _ := strings.Cut(example, ".")
	of, kindA, hasA := strings.Cut(a, "_")
	other, kindB, hasB := strings.Cut(b, "_")
	return hasA && hasB && of == other && kindA != kindB
}

func has(values []page.EnumValue, value string) bool {
	for _, v := range values {
		if v.Value.Value == value {
			return true
		}
	}
	return false
}

var originalType = regexp.MustCompile(`(?:类型为|固定为|固定值为?|值为|为|是|:)\s*["“]?([a-z][a-z0-9_]*)["”]?\s*(?:[。,;]|$)`)

// originalType is what the description of original_type names, or what the
// example shows.
func (d *draft) originalType() page.Fact[string] {
	f := page.Find(d.event.Envelope, "resource.original_type")
	if f != nil {
		if m := originalType.FindStringSubmatch(label.Fold(f.Text.Value)); m != nil {
			return page.Said(m[1], f.Text.Pos)
		}
	}
	for _, e := range d.event.Examples {
		if name := member(e.Text, "original_type"); name != "" {
			return page.Seen(name, e.Pos, page.FromExample)
		}
	}
	return page.Fact[string]{}
}

// member finds a string member of a JSON document, which need not be
// faultless.
func member(text, name string) string {
	m := regexp.MustCompile(`"` + name + `"\s*:\s*("(?:[^"\\]|\\.)*")`).FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	var value string
	if json.Unmarshal([]byte(m[1]), &value) != nil {
		return ""
	}
	return value
}
