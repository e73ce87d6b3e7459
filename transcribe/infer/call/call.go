// Package call reads the calls that pages show as examples of requests: curl
// commands, bare addresses with a query, raw HTTP, forms with files, and JSON
// documents that stand alone.
package call

import (
	"net/url"
	"regexp"
	"sort"
	"strings"

	"github.com/wxgen/wxgen/transcribe/infer/document"
)

// Call is one call. Offsets count bytes of the text that was read.
type Call struct {
	Method  string
	URL     string  // as written, with its query
	Host    string  // not set if only a path is written
	Path    []Value // segments; their names are not set
	Query   []Value
	Headers []Value
	Body    []Body
	Parts   []Part // of a form
}

// Value is a value with a name, decoded.
type Value struct {
	Name   string
	Text   string
	Offset int // of the value
}

// Part is a part of a form: a file, a document or a text.
type Part struct {
	Name   string
	File   bool
	Text   string
	Body   *Body // the document that the part holds
	Offset int
}

// Body is a document that a call sends.
type Body struct {
	document.Document
	origin word
}

// At is the byte of the text at which a byte of the document stands.
func (b Body) At(offset int) int { return b.origin.at(offset) }

// Read returns the calls of a text in their order. A text that holds documents
// only is one call without an address.
func Read(text string) []Call {
	if at := curlWord(text); at >= 0 {
		return curls(text, at)
	}
	if at := strings.Index(text, "form-data"); at >= 0 && partHead.MatchString(text[at:]) {
		return []Call{multipart(text)}
	}
	return plain(text)
}

var curlPattern = regexp.MustCompile(`(?m)(^|[\s>$])curl(\.exe)?[ \t\\\r\n]`)

// curlWord finds the word curl, which must stand near the beginning.
func curlWord(text string) int {
	const window = 400
	m := curlPattern.FindStringSubmatchIndex(text[:min(len(text), window)])
	if m == nil {
		return -1
	}
	return m[3]
}

var (
	address = regexp.MustCompile("https?://[^\\s\"'`<>\\\\，。；）]+")
	naked   = regexp.MustCompile("(?m)^[ \\t]*(?:(GET|POST|PUT|PATCH|DELETE)[ \\t:：]*)?(/v\\d/[^\\s\"'`<>\\\\，。；）]+)")
	verb    = regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE)[\s:：]*$`)
	header  = regexp.MustCompile(`(?m)^[ \t]*([A-Z][A-Za-z]*(?:-[A-Za-z]+)+)[:：][ \t]*(.+?)[ \t\r]*$`)
)

const maxCalls = 20

// plain reads addresses and documents that stand in a text.
func plain(text string) []Call {
	var calls []Call
	for _, at := range addresses(text) {
		if len(calls) == maxCalls {
			break
		}
		calls = append(calls, at)
	}
	if len(calls) == 0 {
		calls = []Call{{}}
	}
	last := &calls[len(calls)-1]
	last.Headers = headers(text)
	origin := word{text: text}
	for _, d := range document.Read(text) {
		last.Body = append(last.Body, Body{Document: d, origin: origin})
	}
	if len(calls) == 1 && last.URL == "" && len(last.Body) == 0 && len(last.Headers) == 0 {
		return nil
	}
	return calls
}

// Addresses returns the calls that a program makes, as far as it writes their
// addresses out.
func Addresses(text string) []Call { return addresses(text) }

// Start is the byte at which the path of the call begins.
func (c Call) Start() int {
	if len(c.Path) == 0 {
		return 0
	}
	return c.Path[0].Offset
}

func addresses(text string) []Call {
	var calls []Call
	for _, m := range naked.FindAllStringSubmatchIndex(text, maxCalls) {
		c := located(text, m[4], m[5])
		if m[2] >= 0 {
			c.Method = text[m[2]:m[3]]
		}
		calls = append(calls, c)
	}
	if len(calls) > 0 {
		return calls
	}
	for _, m := range address.FindAllStringIndex(text, maxCalls) {
		if inDocument(text, m[0]) {
			continue
		}
		c := located(text, m[0], m[1])
		line := text[max(0, m[0]-20):m[0]]
		if v := verb.FindStringSubmatch(line); v != nil {
			c.Method = v[1]
		}
		calls = append(calls, c)
	}
	return calls
}

// inDocument tells whether an address is a value: a quote opens it and a colon
// stands before that.
func inDocument(text string, at int) bool {
	before := strings.TrimRight(text[max(0, at-12):at], " \t")
	quoted := strings.TrimRight(before, `"' `)
	return quoted != before && strings.HasSuffix(strings.TrimRight(quoted, " \t"), ":")
}

// located reads an address. Its query may go on in the next lines.
func located(text string, start, end int) Call {
	for {
		next := len(text) - len(strings.TrimLeft(text[end:], " \t\r\n\\"))
		if next == end || next >= len(text) || text[next] != '&' && text[next] != '?' {
			break
		}
		rest := text[next:]
		if stop := strings.IndexAny(rest, " \t\r\n\"'`<>\\"); stop >= 0 {
			rest = rest[:stop]
		}
		end = next + len(rest)
	}
	c := Call{}
	c.locate(word{text: text[start:end], pieces: []piece{{0, start}}})
	return c
}

// locate splits an address into host, segments and query.
func (c *Call) locate(w word) {
	c.URL = strings.Join(strings.Fields(w.text), "")
	path, from := w.text, 0
	if i := strings.Index(path, "://"); i >= 0 {
		from = i + 3
		path = path[from:]
	}
	if i := strings.IndexAny(path, "/?"); i >= 0 {
		c.Host = path[:i]
		from += i
	} else {
		c.Host = path
		return
	}
	end := len(w.text)
	if i := strings.IndexByte(w.text[from:], '#'); i >= 0 {
		end = from + i
	}
	query := end
	if i := strings.IndexByte(w.text[from:end], '?'); i >= 0 {
		query = from + i
	}
	c.Path = segments(w, from, query)
	c.Query = pairs(w, query, end)
}

func segments(w word, from, to int) []Value {
	var values []Value
	for from < to {
		from++ // the slash
		end := to
		if i := strings.IndexByte(w.text[min(from, to):to], '/'); i >= 0 {
			end = from + i
		}
		text := strings.TrimSpace(w.text[min(from, end):end])
		values = append(values, Value{Text: unescape(text), Offset: w.at(min(from, end))})
		from = end
	}
	return values
}

// pairs reads a=b&c=d. Pairs that go on in the next line have blanks before.
func pairs(w word, from, to int) []Value {
	var values []Value
	for from < to {
		from++ // the ? or &
		end := to
		if i := strings.IndexAny(w.text[min(from, to):to], "&?"); i >= 0 {
			end = from + i
		}
		pair := w.text[min(from, end):end]
		if name, text, ok := strings.Cut(pair, "="); ok {
			name = strings.TrimPrefix(strings.TrimSpace(name), "amp;")
			offset := w.at(end - len(text))
			values = append(values, Value{Name: unescape(name), Text: unescape(strings.TrimSpace(text)), Offset: offset})
		}
		from = end
	}
	return values
}

// unescape leaves plus signs alone: pages write times with them.
func unescape(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

func headers(text string) []Value {
	var values []Value
	for _, m := range header.FindAllStringSubmatchIndex(text, 50) {
		values = append(values, Value{Name: text[m[2]:m[3]], Text: text[m[4]:m[5]], Offset: m[4]})
	}
	return values
}

// word is a text whose bytes stand elsewhere: pieces say from which of its
// bytes on it stands where. Without pieces it stands where it is.
type word struct {
	text   string
	pieces []piece
	json   bool // a document that the shell's quoting was not applied to
}

type piece struct{ from, at int }

func (w word) at(offset int) int {
	i := sort.Search(len(w.pieces), func(i int) bool { return w.pieces[i].from > offset })
	if i == 0 {
		return offset
	}
	p := w.pieces[i-1]
	return p.at + offset - p.from
}

// cut is a part of the word.
func (w word) cut(from int) word {
	rest := word{text: w.text[from:], pieces: []piece{{0, w.at(from)}}, json: w.json}
	for _, p := range w.pieces {
		if p.from > from {
			rest.pieces = append(rest.pieces, piece{p.from - from, p.at})
		}
	}
	return rest
}
