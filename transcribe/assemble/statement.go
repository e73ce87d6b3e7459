package assemble

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

var failed = regexp.MustCompile(`^>?\s*[45](?:\d\d|XX)\b`)

// statement takes lines of the form label：value that describe the call.
func (b *builder) statement(text string, pos page.Pos) bool {
	if label.Legend(text) {
		return true
	}
	key, value, offset := label.Statement(text)
	if key == "" && b.bareCall(text) {
		return b.call(label.KeyURL, text, pos)
	}
	if key == "" {
		return b.backup(text, pos)
	}
	if b.fields.active() && key != label.KeyMethod {
		return false // the description of a field has labels of its own
	}
	at := moved(pos, text, offset)
	switch key {
	case label.KeyMethod, label.KeyURL:
		return b.call(key, value, at)
	case label.KeyRoles:
		return b.roles(value, at)
	case label.KeyHosts:
		b.current().addHosts(label.Hosts(value), at)
		return true
	case label.KeyIdempotent:
		if yes, ok := label.Idempotent(value); ok {
			b.current().op.Idempotent = page.Said(yes, at)
			return true
		}
	case label.KeyRate:
		return b.rates(text, pos)
	case label.KeyIgnored, label.KeyCallback:
		return true
	}
	return false
}

// bareCall tells whether a line outside of examples is a method and an address
// of the platform, and nothing else, or the address that belongs to the method
// above it.
func (b *builder) bareCall(text string) bool {
	if d := b.draft; d != nil && d.pathless && !d.op.Path.Known() && !d.begun && label.PathLine(text) {
		return true
	}
	switch b.section {
	case label.NoSection, label.Interface, label.Answer, label.Errors, label.CommonErrors, label.BusinessErrors, label.CallFields:
		return !b.fields.active() && label.CallLine(text)
	}
	return false
}

// backup takes the line with the backup domain, which follows the main one.
func (b *builder) backup(text string, pos page.Pos) bool {
	if b.fields.active() || !strings.Contains(text, "备域名") && !strings.Contains(text, "主域名") {
		return false
	}
	hosts := label.Hosts(text)
	b.current().addHosts(hosts, pos)
	return len(hosts) > 0
}

// moved is the position of an offset in a text that begins at a position.
func moved(pos page.Pos, text string, offset int) page.Pos {
	if pos.Col > 0 && offset > 0 && offset <= len(text) {
		pos.Col += utf8.RuneCountInString(text[:offset])
	}
	return pos
}

// roles takes who may call.
func (b *builder) roles(value string, pos page.Pos) bool {
	names := label.Roles(value)
	if len(names) == 0 {
		return false
	}
	d := b.draft
	if d == nil || d.isCall() {
		d = b.open()
		d.entitle(b.titles.best())
		b.titles.clear()
		b.section = label.Interface
	}
	d.addRoles(names, pos)
	return true
}

// addRoles takes the roles that a page states first.
func (d *draft) addRoles(names []string, pos page.Pos) {
	if len(d.op.Roles) > 0 {
		return
	}
	for _, name := range names {
		d.op.Roles = append(d.op.Roles, page.Said(name, pos))
	}
}

func (d *draft) addHosts(hosts []string, pos page.Pos) {
	for _, host := range hosts {
		known := false
		for _, have := range d.op.Hosts {
			known = known || have.Value == host
		}
		if !known {
			d.op.Hosts = append(d.op.Hosts, page.Said(host, pos))
		}
	}
}

// call takes 请求方式 and 请求URL.
func (b *builder) call(key label.Key, value string, pos page.Pos) bool {
	if b.section == label.Steps || b.section == label.FileFormat {
		return false
	}
	call := label.ReadCall(value)
	if call.Method == "" && len(call.Paths) == 0 {
		return key == label.KeyURL
	}
	if b.fields.active() && len(call.Paths) == 0 {
		return false
	}
	b.fields.end()
	d := b.draft
	if d == nil || d.anotherCall(call) {
		d = b.open()
		d.entitle(b.titles.best())
		b.titles.clear()
		b.section = label.Interface
	}
	if !d.op.Method.Known() && !d.op.Path.Known() {
		d.entitle(b.titles.best()) // where the introduction came first
		b.titles.clear()
	}
	if call.Method != "" && !d.op.Method.Known() {
		d.op.Method = page.Said(call.Method, moved(pos, value, call.MethodAt))
	}
	if len(call.Paths) == 0 {
		d.pathless = d.pathless || key == label.KeyMethod
		return true
	}
	if b.section == label.NoSection {
		b.section = label.Interface
	}
	at := moved(pos, value, call.PathAt)
	for _, path := range call.Paths {
		d.addPath(page.Said(path, at))
	}
	if call.Host != "" {
		d.addHosts([]string{call.Host}, pos)
	}
	return true
}

// pathLine takes a path that stands alone on the line behind the method.
func (b *builder) pathLine(text string, pos page.Pos) bool {
	d := b.draft
	if d == nil || !d.pathless || d.begun || d.op.Path.Known() || !strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "http") {
		return false
	}
	call := label.ReadCall(text)
	if len(call.Paths) == 0 || call.PathAt > len("https://")+len(call.Host) {
		return false
	}
	return b.call(label.KeyURL, text, pos)
}

func (d *draft) addPath(path page.Fact[string]) {
	if !d.op.Path.Known() {
		d.op.Path = path
		return
	}
	if d.op.Path.Value == path.Value {
		return
	}
	for _, other := range d.others {
		if other.Value == path.Value {
			return
		}
	}
	d.others = append(d.others, path)
}

// anotherCall tells whether a call belongs to another operation than the one
// being read, although no heading said so.
func (d *draft) anotherCall(call label.Call) bool {
	if !d.begun {
		// Two addresses of one operation stand in one line.
		return len(call.Paths) > 0 && d.op.Path.Known() && d.op.Method.Known() && d.op.Path.Value != call.Paths[0]
	}
	if len(call.Paths) == 0 {
		return d.op.Path.Known() && d.op.Method.Known()
	}
	if !d.op.Path.Known() && !d.op.Method.Known() {
		return d.isCall() // what was read before belongs to a call that nothing names
	}
	return d.op.Path.Known() && (d.op.Path.Value != call.Paths[0] || call.Method != "" && d.op.Method.Known() && d.op.Method.Value != call.Method)
}

// status takes the line with the status of an answer, or that it is empty.
func (b *builder) status(text string, pos page.Pos) bool {
	switch b.section {
	case label.Answer, label.AnswerExample, label.AnswerHeader:
	case label.EventAnswer, label.EventAnswerGood:
		return b.eventStatus(text, pos)
	default:
		return false
	}
	if failed.MatchString(text) && short(text) {
		b.bad = true
		return true
	}
	codes, ok := label.StatusLine(text)
	if !ok {
		return b.empty(text, pos)
	}
	b.fields.end()
	b.bad = false
	b.current().setStatus(codes[0], pos, b.section == label.AnswerExample)
	if b.section == label.Answer {
		b.fields.reset(b.list())
	}
	return true
}

// empty takes the words for an answer without a body.
func (b *builder) empty(text string, pos page.Pos) bool {
	code, ok := label.EmptyBody(text)
	if !ok || b.fields.active() {
		return false
	}
	a := b.current().ensureAnswer()
	a.Empty = page.Said(true, pos)
	if code > 0 && !a.Status.Known() {
		a.Status = page.Said(code, pos)
	}
	return true
}

func (d *draft) ensureAnswer() *page.Answer {
	if d.answer == nil {
		d.answer = &page.Answer{}
		d.answers = append(d.answers, d.answer)
	}
	return d.answer
}

// setStatus gives the answer its status, or begins another answer where the
// page documents several.
func (d *draft) setStatus(code int, pos page.Pos, example bool) {
	a := d.ensureAnswer()
	if !a.Status.Known() {
		a.Status = page.Said(code, pos)
	}
	if a.Status.Value == code {
		return
	}
	for _, have := range d.answers {
		if have.Status.Value == code {
			d.answer = have
			return
		}
	}
	if example {
		d.otherStatus = page.Said(code, pos)
		return
	}
	d.answer = &page.Answer{Status: page.Said(code, pos)}
	d.answers = append(d.answers, d.answer)
}
