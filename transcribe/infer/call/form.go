package call

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/infer/document"
)

var (
	partHead = regexp.MustCompile(`form-data;\s*name="?([\w.-]+)"?([^\n]*)`)
	partEnd  = regexp.MustCompile(`(?m)^[ \t]*--`)
)

// multipart reads the raw body of a form: its parts stand between lines that
// begin with two dashes.
func multipart(text string) Call {
	var c Call
	heads := partHead.FindAllStringSubmatchIndex(text, maxCalls)
	head := text[:strings.LastIndexByte(text[:heads[0][0]], '\n')+1]
	if before := addresses(head); len(before) > 0 {
		c = before[0]
	}
	c.Headers = headers(head)
	for i, m := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		body := text[m[1]:end]
		if stop := partEnd.FindStringIndex(body); stop != nil {
			body = body[:stop[0]]
		}
		p := Part{Name: text[m[2]:m[3]], File: strings.Contains(text[m[4]:m[5]], "filename"), Offset: m[2]}
		if found := document.Read(body); len(found) > 0 && !p.File {
			p.Body = &Body{Document: found[0], origin: word{text: body, pieces: []piece{{0, m[1]}}}}
		}
		c.Parts = append(c.Parts, p)
	}
	return c
}
