package call

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/infer/document"
)

// curls reads the commands of a text that begins with curl.
func curls(text string, at int) []Call {
	var calls []Call
	var args []word
	for _, w := range words(text, at) {
		if w.text == "curl" || w.text == "curl.exe" {
			if len(args) > 0 && len(calls) < maxCalls {
				calls = append(calls, command(args))
			}
			args = nil
			continue
		}
		args = append(args, w)
	}
	return append(calls, command(args))
}

// The options that take a value, by what the value is. Of the others only the
// ones of other meaning with a value are listed.
var options = map[string]string{
	"-X": "method", "--request": "method",
	"-H": "header", "--header": "header",
	"-d": "body", "--data": "body", "--data-raw": "body", "--data-binary": "body", "--json": "body", "--data-ascii": "body",
	"--data-urlencode": "query",
	"-F":               "part", "--form": "part", "--form-string": "part",
	"--url": "address",
	"-o":    "other", "--output": "other", "-u": "other", "--user": "other", "-A": "other", "-e": "other", "-b": "other",
	"-w": "other", "--cert": "other", "--key": "other", "--cacert": "other", "-x": "other",
}

func command(args []word) Call {
	var c Call
	for i := 0; i < len(args); i++ {
		what, value, glued := option(args[i])
		if what != "" && !glued {
			i++
			if i == len(args) {
				break
			}
			value = args[i]
		}
		c.take(what, value)
	}
	return c
}

// option splits an argument into what its value is and the value, if it is
// glued to the option.
func option(w word) (what string, value word, glued bool) {
	if !strings.HasPrefix(w.text, "-") {
		return "", w, true
	}
	if what, ok := options[w.text]; ok {
		return what, word{}, false
	}
	if name, _, ok := strings.Cut(w.text, "="); ok && options[name] != "" && strings.HasPrefix(name, "--") {
		return options[name], w.cut(len(name) + 1), true
	}
	if len(w.text) > 2 && w.text[1] != '-' && options[w.text[:2]] != "" {
		return options[w.text[:2]], w.cut(2), true
	}
	return "other", w, true
}

func (c *Call) take(what string, value word) {
	switch what {
	case "method":
		c.Method = strings.ToUpper(value.text)
	case "header":
		if name, text, ok := strings.Cut(value.text, ":"); ok {
			trimmed := strings.TrimLeft(text, " ")
			c.Headers = append(c.Headers, Value{strings.TrimSpace(name), strings.TrimSpace(text), value.at(len(value.text) - len(trimmed))})
		}
	case "body":
		c.Body = append(c.Body, bodies(value)...)
	case "query":
		c.Query = append(c.Query, pairs(word{"?" + value.text, []piece{{1, value.at(0)}}, false}, 0, len(value.text)+1)...)
	case "part":
		c.part(value)
	case "other":
	default:
		if c.URL == "" && isAddress(value.text) {
			c.locate(value)
		}
	}
}

func isAddress(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, "/v3/") || strings.HasPrefix(s, "api.mch.")
}

func bodies(w word) []Body {
	var found []Body
	for _, d := range document.Read(w.text) {
		found = append(found, Body{Document: d, origin: w})
	}
	return found
}

// part reads name=@file, name={document} and name=text, each with ;type=…
func (c *Call) part(w word) {
	name, text, ok := strings.Cut(w.text, "=")
	if !ok {
		return
	}
	value := w.cut(len(name) + 1)
	p := Part{Name: strings.TrimSpace(name), Offset: value.at(0)}
	trimmed := strings.TrimLeft(text, " \t\r\n\"'")
	switch {
	case strings.HasPrefix(trimmed, "@") || strings.HasPrefix(trimmed, "<"):
		p.File = true
	case strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "["):
		if found := bodies(value); len(found) > 0 {
			p.Body = &found[0]
		}
	default:
		p.Text, _, _ = strings.Cut(text, ";type=")
	}
	c.Parts = append(c.Parts, p)
}
