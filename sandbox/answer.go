package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"github.com/wxgen/wxgen/generator/load"
)

// example is the documented answer of an operation, read when it is first needed.
type example struct {
	response *load.Response
	once     sync.Once
	value    any // nil: no content
	err      error
}

func (e *example) read() (any, error) {
	e.once.Do(func() {
		if e.response == nil || len(e.response.Content) == 0 {
			return
		}
		media := load.JSON(e.response.Content)
		if media == nil {
			media = &e.response.Content[0]
		}
		if len(media.Examples) == 0 {
			e.value = object{}
			return
		}
		if e.value, e.err = fromYAML(media.Examples[0]); e.err != nil {
			e.err = fmt.Errorf("read the example at %s: %w", media.Pos, e.err)
		}
	})
	return e.value, e.err
}

// content computes what the server answers by itself: the example, with what the request bears too, and the page asked for.
func (s *Server) content(req *Request) (any, error) {
	value, err := req.route.example.read()
	if err != nil {
		return nil, err
	}
	content, ok := clone(value).(object)
	if !ok {
		return clone(value), nil
	}
	given := req.given()
	echo(content, given)
	content = s.download(content, given)
	if page := req.route.page(); page != nil {
		return s.pages.serve(req.route, page, content, given)
	}
	return content, nil
}

// given holds all named values of a request: path variables, query, and the members of the body.
func (r *Request) given() map[string]any {
	given := make(map[string]any)
	if value, err := decodeJSON(r.plain); err == nil {
		if body, ok := value.(map[string]any); ok {
			given = body
		}
	}
	for name, values := range r.Query {
		given[name] = values[0]
	}
	for name, value := range r.values {
		given[name] = value
	}
	return given
}

// echo replaces values of an answer by those that the request gives under the same name, as long as they are of the same
// kind. Objects are gone through, so that a part which only the answer has stays.
func echo(answer object, given map[string]any) {
	for i := range answer {
		value, ok := given[answer[i].name]
		if !ok {
			continue
		}
		if inner, ok := answer[i].value.(object); ok {
			if members, ok := value.(map[string]any); ok {
				echo(inner, members)
			}
			continue
		}
		answer[i].value = sameKind(value, answer[i].value)
	}
}

// sameKind returns value in the kind of like, or like itself if that cannot be. Query values are text and may be numbers.
func sameKind(value, like any) any {
	text, isText := value.(string)
	switch like.(type) {
	case string:
		if isText {
			return value
		}
	case json.Number:
		if number, ok := value.(json.Number); ok {
			return number
		}
		if _, err := strconv.ParseFloat(text, 64); err == nil && json.Valid([]byte(text)) {
			return json.Number(text)
		}
	case bool:
		if flag, ok := value.(bool); ok {
			return flag
		}
		if text == "true" || text == "false" {
			return text == "true"
		}
	}
	return like
}
