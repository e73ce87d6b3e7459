package assemble

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

// line reads a line or heading, and tells whether it had a use for it.
func (b *builder) line(bl *block.Block) bool {
	text := strings.TrimSpace(bl.Text)
	if text == "" {
		return true
	}
	b.notes = nil
	if bl.Within {
		return b.fields.text(text, bl.Pos) || b.section == label.EventAnswer && b.eventStatus(text, bl.Pos)
	}
	if date, rest, ok := label.DateLine(text); ok {
		b.date(date, rest, bl.Pos)
		return true
	}
	if section, ok := label.Heading(text); ok && b.mayBegin(section, bl) {
		b.titles.section = bl.Level
		b.begin(section)
		if section == label.EventFields {
			b.draft.addRoles(label.EventRoles(text), bl.Pos)
		}
		return true
	}
	if place, ok := label.PlaceLine(text); ok && b.takesPlaces() {
		b.setPlace(place, bl.Pos)
		return true
	}
	if bl.Kind == block.Heading {
		b.otherHeading(bl)
		return false
	}
	if b.statement(text, bl.Pos) || b.pathLine(text, bl.Pos) || b.status(text, bl.Pos) || b.fields.text(text, bl.Pos) {
		return true
	}
	return b.prose(text, bl.Pos)
}

// mayBegin keeps words that are headings elsewhere from ending a description.
func (b *builder) mayBegin(section label.Section, bl *block.Block) bool {
	switch section {
	case label.Tail, label.Questions:
		return bl.Kind == block.Heading || b.section != label.NoSection && !b.fields.active()
	case label.Changes:
		return bl.Kind == block.Heading || b.section != label.NoSection
	}
	return true
}

// begin opens a section.
func (b *builder) begin(section label.Section) {
	b.fields.end()
	b.kinds = false
	if b.opensOperation(section) {
		b.open().entitle(b.titles.best())
		b.titles.clear()
	}
	b.section, b.place, b.bad = section, "", section == label.EventAnswerBad
	switch section {
	case label.Download:
		b.draft.download = true
	case label.EventAbout, label.EventFields, label.EventResource, label.EventAnswer, label.EventVerify:
		b.draft.isEvent = true
		b.draft.entitle(b.titles.best()) // where the introduction came first
	case label.EventExample:
		b.draft.isEvent = b.draft.isEvent || !b.draft.isCall() && !b.draft.op.Method.Known() && !b.draft.op.Path.Known()
	case label.Errors, label.CommonErrors, label.BusinessErrors:
		b.table = errorTable{common: section == label.CommonErrors}
	case label.Answer, label.AnswerExample:
		b.draft.ensureAnswer()
	}
	b.fields.reset(b.list())
}

// opensOperation tells whether a section is that of another operation than
// the one being read.
func (b *builder) opensOperation(section label.Section) bool {
	switch {
	case b.draft == nil:
		return section != label.Tail && section != label.Changes && section != label.Questions
	case section == label.Interface, section == label.Download:
		return b.draft.isCall()
	}
	return false
}

// isCall tells whether a call was read, so that what heads one heads another.
// Examples alone can be those of an introduction.
func (d *draft) isCall() bool {
	if !d.begun || d.isEvent {
		return false
	}
	return d.op.Path.Known() || d.op.Method.Known() || d.pathless || d.download || len(d.request) > 0 || len(d.answers) > 0
}

// list is where the fields of the section go, or nil.
func (b *builder) list() *[]*page.Field {
	switch b.section {
	case label.Request:
		return &b.current().request
	case label.Answer:
		return &b.current().ensureAnswer().Fields
	case label.EventFields:
		return &b.current().event.Envelope
	case label.EventResource, label.EventDecrypted:
		return &b.current().event.Resource
	}
	return nil
}

// otherHeading is a heading that no section has: a title, or one of a guide.
func (b *builder) otherHeading(bl *block.Block) {
	b.fields.end()
	b.kinds = b.draft != nil && b.draft.isEvent && eventKinds.MatchString(bl.Text)
	if b.draft != nil && b.draft.isEvent && keyFields.MatchString(bl.Text) {
		b.begin(label.EventFields)
		return
	}
	b.titles.head(bl.Text, bl.Level, bl.Pos)
	if b.section == label.Steps || b.section == label.FileFormat || bl.Level > 3 {
		return
	}
	switch b.section {
	case label.NoSection, label.Interface, label.Download, label.EventAbout:
	default:
		// What follows a heading of another kind belongs to no section.
		b.section = label.CallFields
		b.fields.reset(nil)
	}
}

// keyFields heads the fields of a notification that a digest finds worth
// telling.
var keyFields = regexp.MustCompile(`^(?:[0-9一二三四五六七八九十]{1,2}[、.．]\s*)?关键字段(?:说明)?$`)

// eventKinds heads the table of the event types.
var eventKinds = regexp.MustCompile(`^(?:[0-9一二三四五六七八九十]{1,2}[、.．]\s*)?event_type\s*(?:枚举|一览|说明|列表)?$`)

// takesPlaces tells whether a place line makes sense here. Before any
// section it opens the request: some copies lost the heading.
func (b *builder) takesPlaces() bool {
	switch b.section {
	case label.Request, label.RequestHeader, label.Interface, label.Download, label.Answer, label.AnswerHeader, label.NoSection:
		return true
	}
	return false
}

func (b *builder) setPlace(place page.Place, pos page.Pos) {
	b.fields.end()
	switch {
	case b.section != label.Answer && b.section != label.AnswerHeader:
		b.section, b.place = label.Request, place
		b.fields.reset(b.list())
	case place == page.Header:
		// The headers of an answer are no part of the model.
		b.section = label.AnswerHeader
		b.fields.reset(nil)
	default:
		b.section = label.Answer
		b.fields.reset(b.list())
	}
	if place == page.Form && b.section == label.Request {
		b.current().op.Multipart = page.Said(true, pos)
	}
}

// date takes the line with the date. In the text formats the title is the
// last line before it; what follows on its line is the introduction.
func (b *builder) date(date, rest string, pos page.Pos) {
	if b.section == label.Changes || b.section == label.Tail {
		return
	}
	b.fields.end()
	if !b.page.Updated.Known() {
		b.page.Updated = page.Said(date, pos)
	}
	d := b.draft
	if d == nil || d.begun {
		d = b.open()
		b.section = label.NoSection
	}
	d.entitle(b.titles.beforeDate())
	if b.section == label.NoSection {
		d.summary = nil // the title, and the menu of a mirror
	}
	b.titles.clear()
	d.op.Updated = page.Said(date, pos)
	if rest != "" && b.section == label.NoSection {
		d.summary = append(d.summary, rest)
	}
}

// prose is a line that no label claims: a title, the introduction, a note.
func (b *builder) prose(text string, pos page.Pos) bool {
	b.titles.line(text, pos)
	took := b.rates(text, pos)
	if label.Unsigned(text) && b.draft != nil && !b.draft.op.Unsigned.Known() {
		b.draft.op.Unsigned = page.Said(true, pos)
		took = true
	}
	switch b.section {
	case label.NoSection, label.Interface, label.Download, label.EventAbout:
		d := b.current()
		d.summary = append(d.summary, text)
		return true
	case label.AnswerExample:
		if failure(text) {
			b.bad = true
		}
	}
	return b.streams(text, pos) || took || withoutFacts[b.section]
}

// withoutFacts are sections whose prose is understood and holds no facts:
// how to sign, verify and decrypt, how often the platform repeats, what a file
// looks like.
var withoutFacts = map[label.Section]bool{
	label.EventVerify: true, label.EventRetry: true, label.EventAnswer: true, label.EventAnswerGood: true, label.EventAnswerBad: true,
	label.EventFields: true, label.EventResource: true, label.EventDecrypted: true, label.EventExample: true, label.Steps: true,
	label.FileFormat: true, label.Changes: true, label.Questions: true, label.Tail: true, label.RequestExample: true,
	label.AnswerExample: true, label.Errors: true, label.CommonErrors: true, label.BusinessErrors: true, label.AnswerHeader: true,
	label.RequestHeader: true,
}

// failure tells whether a line among the examples announces a failed call.
func failure(text string) bool {
	return short(text) && (strings.Contains(text, "失败") || strings.Contains(text, "错误") || failed.MatchString(text))
}

func short(text string) bool { return len([]rune(text)) <= 40 }

// streams takes the words for an answer that is a file.
func (b *builder) streams(text string, pos page.Pos) bool {
	switch b.section {
	case label.Answer, label.AnswerExample, label.Interface, label.Download:
	default:
		return false
	}
	if !short(text) || !strings.Contains(text, "二进制流") && !strings.Contains(text, "文件流") && !strings.Contains(text, "数据流") {
		return false
	}
	b.current().ensureAnswer().Stream = page.Said(true, pos)
	return true
}
