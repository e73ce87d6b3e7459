// Package catalogue reads collections of facts about the platform: JSONL with
// an operation, an event, a table of errors or the limits of an operation on
// each line. They become the same pages that documentation becomes, with
// evidence that says that no page was seen.
//
// A line tells by its members what it is:
//
//	params, request, responses   an operation: names, types, labels, examples
//	event_type, payload          a notification
//	fields, response             limits: what pages say of lengths, flags, values
//	errors                       a table of errors, in short words of our own
package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// longest bounds a line; the longest of the known catalogue has 60 kB.
const longest = 8 << 20

// Catalogue is what was read of some files.
type Catalogue struct {
	operations []*page.Operation
	byKey      map[string]*page.Operation
	events     []*page.Event
	limits     []limits
	errors     []errorTable
	files      []string
	findings   []page.Finding
}

// New returns an empty catalogue.
func New() *Catalogue { return &Catalogue{byKey: map[string]*page.Operation{}} }

// Recognise tells whether a file holds lines of a catalogue.
func Recognise(data []byte) bool {
	first, _, _ := bytes.Cut(bytes.TrimLeft(data, " \r\n\t"), []byte("\n"))
	if len(first) > longest || !bytes.HasPrefix(first, []byte("{")) {
		return false
	}
	var l line
	return json.Unmarshal(first, &l) == nil && l.kind() != ""
}

// line is one of all kinds.
type line struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Source string `json:"source"`

	// An operation.
	Roles      []string         `json:"roles"`
	Updated    string           `json:"updated"`
	Label      string           `json:"label"`
	Doc        []string         `json:"doc"`
	Params     json.RawMessage  `json:"params"`
	Request    *node            `json:"request"`
	Responses  map[string]*node `json:"responses"`
	Multipart  bool             `json:"multipart"`
	Deprecated bool             `json:"deprecated"`
	Produces   []string         `json:"produces"`
	Hosts      []string         `json:"hosts"`

	// An event.
	EventType    string   `json:"event_type"`
	OriginalType []string `json:"original_type"`
	Payload      *node    `json:"payload"`
	Union        bool     `json:"union"`

	// Limits.
	Title          string          `json:"title"`
	Fields         json.RawMessage `json:"fields"`
	Response       json.RawMessage `json:"response"`
	ResponseStatus string          `json:"response_status"`
	Rate           string          `json:"rate"`

	// Errors.
	Errors []errorRow `json:"errors"`
}

func (l *line) kind() string {
	switch {
	case l.EventType != "":
		return "event"
	case l.Method == "" || l.Path == "":
		return ""
	case l.Errors != nil:
		return "errors"
	case l.Fields != nil:
		return "limits"
	case l.Params != nil || l.Responses != nil:
		return "operation"
	}
	return ""
}

// Add reads the lines of a file.
func (c *Catalogue) Add(file string, data []byte) error {
	c.files = append(c.files, file)
	n := 0
	for text := range bytes.Lines(data) {
		n++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		pos := page.Pos{File: file, Line: n, Col: 1}
		if len(text) > longest {
			return fmt.Errorf("%s: the line is longer than 8 MiB", pos)
		}
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			return fmt.Errorf("%s: reading a line of a catalogue: %w", pos, err)
		}
		if err := c.add(&l, pos); err != nil {
			return fmt.Errorf("%s: %w", pos, err)
		}
	}
	return nil
}

func (c *Catalogue) add(l *line, pos page.Pos) error {
	switch l.kind() {
	case "operation":
		return c.addOperation(l, pos)
	case "event":
		c.addEvent(l, pos)
	case "limits":
		return c.addLimits(l, pos)
	case "errors":
		c.addErrors(l, pos)
	default:
		return errors.New("the line is neither an operation nor an event, limits or errors")
	}
	return nil
}

func fact[T comparable](v T, pos page.Pos) page.Fact[T] { return page.Seen(v, pos, page.FromCatalogue) }

// given is a fact where the text is not empty.
func given(s string, pos page.Pos) page.Fact[string] {
	if s == "" {
		return page.Fact[string]{}
	}
	return fact(s, pos)
}

// Page gives what the files say of the operations and events that are wanted
// (by method and path, or by event type alone), with limits and errors laid
// onto the operations.
func (c *Catalogue) Page(wanted func(method, name string) bool) *page.Page {
	p := &page.Page{File: strings.Join(c.files, " "), Format: "catalogue"}
	for _, l := range c.limits {
		if wanted(l.op.Method.Value, l.op.Path.Value) {
			c.layLimits(l)
		}
	}
	for _, t := range c.errors {
		c.layErrors(t)
	}
	for _, op := range c.operations {
		if !strings.HasPrefix(op.Path.Value, "/") {
			c.find(op.Path.Pos, page.Gap, op.Method.Value+" "+op.Path.Value, "no path: the address comes from another answer")
			continue
		}
		if wanted(op.Method.Value, op.Path.Value) {
			p.Operations = append(p.Operations, op)
		}
	}
	for _, e := range c.events {
		if wanted("", e.Types[0].Value.Value) {
			p.Events = append(p.Events, e)
		}
	}
	p.Findings = c.findings
	c.limits, c.errors, c.findings = nil, nil, nil
	return p
}

// Operation finds an operation, or nil.
func (c *Catalogue) Operation(method, path string) *page.Operation {
	return c.byKey[page.Key(method, path)]
}

func (c *Catalogue) find(pos page.Pos, kind page.Kind, about, format string, args ...any) {
	c.findings = append(c.findings, page.Finding{Pos: pos, Kind: kind, About: about, What: fmt.Sprintf(format, args...)})
}

// operation gives the operation of a key, and makes it if it is new.
func (c *Catalogue) operation(method, path string, pos page.Pos) *page.Operation {
	k := page.Key(method, path)
	op := c.byKey[k]
	if op == nil {
		op = &page.Operation{Method: fact(strings.ToUpper(method), pos), Path: fact(path, pos)}
		c.byKey[k] = op
		c.operations = append(c.operations, op)
	}
	return op
}
