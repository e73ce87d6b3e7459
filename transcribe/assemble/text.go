package assemble

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// description reads the lines that describe a field.
type description struct {
	find   finder
	field  *page.Field
	places bool // the place may stand as a word in the description
	lines  []string
	pos    page.Pos // of the first line

	announced bool             // a label said that values follow
	listed    bool             // the announced list has begun, and a line interrupted it
	values    []page.EnumValue // of the list being read
	spaced    bool             // its first value is parted from its text by a blank
	bare      *page.EnumValue  // a value whose text is to follow
	candidate []page.EnumValue // values that nothing announced
	rules     []page.Fact[string]
	ruling    bool // the lines are rules, since a label said so
}

// example takes the value that a page shows for a field.
func (d *description) example(value string, pos page.Pos) {
	if inner, ok := label.JSONText(value); ok && d.field.Type.Value == page.String {
		value = inner
		if !d.field.JSON.Known() {
			d.field.JSON = page.Seen(true, pos, page.FromProse)
		}
	}
	d.field.Example = page.Said(value, pos)
}

// line reads a line, cut before the labels in it.
func (d *description) line(text string, pos page.Pos) {
	from := 0
	for _, cut := range append(label.Statements(text), len(text)) {
		d.piece(strings.TrimSpace(text[from:cut]), moved(pos, text, from))
		from = cut
	}
}

func (d *description) piece(text string, pos page.Pos) {
	if len(d.lines) == 0 {
		text, pos = d.first(text, pos)
	}
	if text == "" {
		return
	}
	if len(d.lines) == 0 {
		d.pos = pos
	}
	d.lines = append(d.lines, text)
	if d.enum(text, pos) {
		return
	}
	switch key, value, offset := label.Statement(text); key {
	case label.KeyExample:
		d.label()
		if value = strings.Trim(value, "`"); value != "" && !d.field.Example.Known() {
			d.example(value, moved(pos, text, offset))
		}
	case label.KeyRule:
		d.label()
		d.rules = append(d.rules, page.Said(value, moved(pos, text, offset)))
		d.ruling = true
		return
	case "":
		if d.ruling && label.Numbered(text) {
			d.rules = append(d.rules, page.Said(text, pos))
			return
		}
	}
	d.ruling = false
}

// first takes place and short name off the first line.
func (d *description) first(text string, pos page.Pos) (string, page.Pos) {
	if d.places && !d.field.Place.Known() {
		if place, rest := label.SplitPlace(text); place != "" {
			d.field.Place = page.Said(place, pos)
			text, pos = rest, moved(pos, text, len(text)-len(rest))
		}
	}
	if name, rest := label.ShortName(strings.TrimLeft(text, "* ")); name != "" {
		if !d.field.Label.Known() {
			d.field.Label = page.Said(name, pos)
		}
		cut := strings.TrimLeft(rest, "* ")
		return cut, moved(pos, text, len(text)-len(cut))
	}
	return text, pos
}

// enum takes lines that announce, or are, values of an enum.
func (d *description) enum(text string, pos page.Pos) bool {
	if d.told(text, pos) {
		return true
	}
	if words := label.EnumWords(text); len(words) > 0 {
		d.close()
		d.announced, d.listed = true, false
		for _, word := range words {
			d.value(word, "", pos)
		}
		return true
	}
	if rest, ok := label.EnumLabel(text); ok {
		d.close()
		d.announced, d.listed = true, false
		if rest != "" {
			d.inline(rest, pos)
		}
		return true
	}
	if values, texts := label.EnumList(text); len(values) > 1 {
		for i, value := range values {
			d.value(value, texts[i], pos)
		}
		return true
	}
	if more, ok := label.EnumText(text); ok && d.bare != nil {
		d.values = append(d.values, page.EnumValue{Value: d.bare.Value, Label: page.Said(more, pos)})
		d.bare = nil
		return true
	}
	if value, more, ok := label.EnumItem(text); ok && d.fits(value) {
		if d.spaced && !d.announced {
			d.close() // of another form, and so of another list
		}
		d.value(value, more, pos)
		return true
	}
	if value, more, ok := label.EnumSpaced(text); ok && d.listing(value) {
		d.spaced = d.spaced || len(d.values) == 0
		d.value(value, more, pos)
		return true
	}
	if value, ok := label.EnumBare(text); ok && d.announced && (label.CodeLike(value) || d.bare != nil) {
		d.flush()
		d.bare = &page.EnumValue{Value: page.Said(value, pos)}
		return true
	}
	d.close()
	return false
}

// told takes a sentence that announces and lists values. Where it does not say
// that it names all, they are candidates.
func (d *description) told(text string, pos page.Pos) bool {
	values, texts, sure := label.EnumTold(text)
	if len(values) == 0 {
		values, texts = label.EnumSlashed(text)
		sure = true
	}
	if len(values) == 0 {
		return false
	}
	d.close()
	d.announced, d.listed = sure, false
	for i, value := range values {
		d.value(value, texts[i], pos)
	}
	return true
}

// listing tells whether a constant and a few words are a value: right behind a
// label, or in a list, where words that are no constants at all are rare.
func (d *description) listing(value string) bool {
	if len(d.values) == 0 {
		return !d.listed // one that nothing announced counts only if others follow
	}
	return d.spaced || strings.Contains(value, "_")
}

// inline reads values that stand on the line of their label.
func (d *description) inline(text string, pos page.Pos) {
	if values, texts := label.EnumListed(text); len(values) > 1 {
		for i, value := range values {
			d.value(value, texts[i], pos)
		}
		return
	}
	if value, more, ok := label.EnumItem(text); ok && d.fits(value) {
		d.value(value, more, pos)
	}
}

// fits tells whether a word may be a value here: anything that a label
// announced, otherwise constants only.
func (d *description) fits(value string) bool {
	return d.announced && !d.listed || label.CodeLike(value)
}

func (d *description) value(value, text string, pos page.Pos) {
	d.flush()
	v := page.EnumValue{Value: page.Said(value, pos)}
	if text != "" {
		v.Label = page.Said(text, pos)
	}
	d.values = append(d.values, v)
}

// item takes a value that the format marks as one.
func (d *description) item(value, text string, pos page.Pos) {
	if value == "" {
		return
	}
	d.lines = append(d.lines, value+": "+text)
	d.value(value, text, pos)
}

// flush keeps a value that has no text.
func (d *description) flush() {
	if d.bare != nil {
		d.values = append(d.values, *d.bare)
		d.bare = nil
	}
}

// close ends a run of values. Announced ones are the field's enum, and the
// list may go on behind a line of explanation; others are candidates.
func (d *description) close() {
	d.flush()
	values := d.values
	d.values, d.spaced = nil, false
	switch {
	case len(values) == 0: // the label may still be followed by values
	case d.announced:
		d.listed = true
		d.field.Enum = merge(d.field.Enum, values)
	case len(values) > 1 && len(d.candidate) == 0:
		d.candidate = values
	}
}

// label ends the lists for good: the next label of the description follows.
func (d *description) label() {
	d.close()
	d.announced, d.listed = false, false
}

// merge adds the values of a second list. A value that stands twice keeps its
// first text.
func merge(have, more []page.EnumValue) []page.EnumValue {
	known := map[string]bool{}
	for _, v := range have {
		known[v.Value.Value] = true
	}
	for _, v := range more {
		if !known[v.Value.Value] {
			known[v.Value.Value] = true
			have = append(have, v)
		}
	}
	return have
}

// finish draws from the whole description what its lines say together.
func (d *description) finish() {
	d.close()
	f := d.field
	f.Text = page.Fact[string]{}
	if len(d.lines) > 0 {
		f.Text = page.Said(strings.Join(d.lines, "\n"), d.pos)
	}
	if len(f.Enum) == 0 && len(d.candidate) > 1 {
		for _, v := range merge(nil, d.candidate) {
			v.Value.From = page.FromProse
			f.Enum = append(f.Enum, v)
		}
	}
	d.shorten()
	d.fitType()
	d.marks()
	d.bounds()
}

// shorten takes the texts of values from a list that nothing announced, where
// it says in fewer words what the announced one says: a label is short.
func (d *description) shorten() {
	said := map[string]page.Fact[string]{}
	for _, v := range d.candidate {
		said[v.Value.Value] = v.Label
	}
	for i, v := range d.field.Enum {
		if other := said[v.Value.Value]; other.Value != "" && (v.Label.Value == "" || len(other.Value) < len(v.Label.Value)) {
			d.field.Enum[i].Label = other
		}
	}
}

// fitType drops or mends what does not go with the field's type.
func (d *description) fitType() {
	f := d.field
	stated := len(f.Enum) > 0 && f.Enum[0].Value.From == page.Stated
	if f.TypeName.Known() && stated && len(f.Fields) == 0 {
		// The cell names an enum, not an object.
		if f.Type.Value == page.Object {
			f.Type.Value = page.String
		} else if f.Items.Value == page.Object {
			f.Items.Value = page.String
		}
	}
	kind := f.Type.Value
	if kind == page.Array && f.Items.Known() {
		kind = f.Items.Value
	}
	switch kind {
	case page.Boolean, page.Object, page.File:
		f.Enum = nil
	case page.Integer, page.Number:
		var kept []page.EnumValue
		for _, v := range f.Enum {
			if strings.Trim(v.Value.Value, "-0123456789") == "" {
				kept = append(kept, v)
			}
		}
		f.Enum = kept
	}
}

// marks reads what the description says about the value: a time, a secret,
// JSON, a default.
func (d *description) marks() {
	f := d.field
	text := strings.Join(d.lines, "\n")
	if text == "" {
		return
	}
	kind := f.Type.Value
	if kind == page.Array && f.Items.Value == page.String && label.Secret(text) {
		f.Secret = page.Seen(true, d.pos, page.Stated)
	}
	if kind == "" || kind == page.String {
		if label.Time(text) && len(f.Enum) == 0 {
			f.Time = page.Seen(true, d.pos, page.Stated)
		}
		if label.Secret(text) {
			f.Secret = page.Seen(true, d.pos, page.Stated)
		}
		if label.JSON(text) {
			f.JSON = page.Seen(true, d.pos, page.FromProse)
		}
	}
	if value, ok := label.Default(text); ok && d.fitsDefault(value) {
		f.Default = page.Seen(value, d.pos, page.FromProse)
	}
}

func (d *description) fitsDefault(value string) bool {
	number := strings.Trim(value, "-0123456789") == ""
	switch d.field.Type.Value {
	case page.Integer, page.Number:
		return number
	case page.Boolean:
		return value == "true" || value == "false"
	case page.String:
		if len(d.field.Enum) == 0 {
			return !number
		}
		for _, v := range d.field.Enum {
			if v.Value.Value == value {
				return true
			}
		}
	}
	return false
}
