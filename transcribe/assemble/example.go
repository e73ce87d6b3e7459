package assemble

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

var (
	placeholder = regexp.MustCompile(`^[\s{]*(?:JAVA|Java|java|PHP|GO|Go|Python)\s*示例代码[\s}]*$`)
	httpLine    = regexp.MustCompile(`(?m)^\s*(?:GET|POST|PUT|PATCH|DELETE)\s+(?:https?://|/)\S+`)
	urlLine     = regexp.MustCompile(`^\s*https?://\S+\s*$`)
	goCode      = regexp.MustCompile(`(?m)^\s*package [a-z_]+\s*$|\bfunc main\(\)`)
	javaCode    = regexp.MustCompile(`(?m)^\s*import (?:java|com|org|okhttp3)\.|^\s*package [a-z.]+;|\bpublic (?:static )?(?:class|void)\b`)
	failedBody  = regexp.MustCompile(`^\s*\{\s*"code"\s*:\s*"[A-Z][A-Z_]*"\s*,\s*"(?:message|detail)"`)
	phpCode     = regexp.MustCompile(`<\?php|\$[a-z]+\s*=|use GuzzleHttp`)
)

// example puts a program or document where it belongs.
func (b *builder) example(bl *block.Block) {
	text := strings.Trim(bl.Text, "\n\r")
	if strings.TrimSpace(text) == "" || placeholder.MatchString(text) {
		return
	}
	if b.emptyExample(text, bl.Pos) {
		return
	}
	pos, lines := origin(bl)
	e := page.Example{Lang: Lang(bl.Lang, text), Text: text, Pos: pos, Lines: lines}
	b.fields.end()
	switch b.section {
	case label.RequestExample, label.Request:
		b.requestExample(e)
	case label.AnswerExample, label.Answer:
		b.answerExample(e)
	case label.Download, label.Steps, label.FileFormat:
		if e.Lang == "curl" || e.Lang == "http" {
			b.requestExample(e)
		}
	case label.EventFields, label.EventExample:
		b.eventExample(e)
	case label.EventResource, label.EventDecrypted:
		if e.Lang == "json" {
			b.current().event.Decrypted = append(b.current().event.Decrypted, e)
		}
	}
}

// emptyExample takes 无应答包体 in the place of a document.
func (b *builder) emptyExample(text string, pos page.Pos) bool {
	if b.section != label.AnswerExample && b.section != label.Answer {
		return false
	}
	if _, ok := label.EmptyBody(strings.Trim(strings.TrimSpace(text), `"'{}`+" \n")); !ok {
		return false
	}
	if !b.bad {
		b.current().ensureAnswer().Empty = page.Said(true, pos)
	}
	return true
}

func (b *builder) requestExample(e page.Example) {
	d := b.current()
	d.begun = true
	switch e.Lang {
	case "java", "go", "php", "python", "csharp":
		d.op.Samples = append(d.op.Samples, e)
	default:
		d.op.Requests = append(d.op.Requests, e)
	}
}

func (b *builder) answerExample(e page.Example) {
	if b.bad {
		return
	}
	d := b.current()
	d.begun = true
	switch e.Lang {
	case "java", "go", "php", "python", "csharp":
		d.op.Samples = append(d.op.Samples, e)
	case "json":
		a := d.ensureAnswer()
		if len(a.Examples) > 0 && failedBody.MatchString(e.Text) && page.Find(a.Fields, "code") == nil {
			return // some pages show a failed answer behind the good one
		}
		a.Examples = append(a.Examples, e)
	}
}

// Lang tells the language of an example, from what the document says and
// from the text itself, which counts for more.
func Lang(said, text string) string {
	head := strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(strings.TrimLeft(head, "$ "), "curl ") || strings.Contains(text, "\ncurl -X"):
		return "curl"
	case strings.HasPrefix(head, "{") || strings.HasPrefix(head, "["):
		return "json"
	case javaCode.MatchString(text):
		return "java"
	case goCode.MatchString(text):
		return "go"
	case phpCode.MatchString(text):
		return "php"
	case httpLine.MatchString(text) || urlLine.MatchString(text):
		return "http"
	}
	switch said = strings.ToLower(said); said {
	case "shell", "bash", "sh", "curl":
		return "curl"
	case "golang":
		return "go"
	}
	return said
}

// origin gives the places of an example's lines, without the empty ones that
// were cut off before the first.
func origin(bl *block.Block) (page.Pos, []page.Pos) {
	cut := strings.TrimLeft(bl.Text, "\n\r")
	empty := strings.Count(bl.Text[:len(bl.Text)-len(cut)], "\n")
	pos := bl.Pos
	switch {
	case empty < len(bl.Lines):
		return bl.Lines[empty], bl.Lines[empty:]
	case empty > 0:
		pos.Line, pos.Col = pos.Line+empty, 1
	}
	return pos, nil
}
