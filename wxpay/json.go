package wxpay

import (
	"bytes"
	"encoding/json"
)

// JSON is a JSON document of type T that travels inside a JSON string.
//
// Reading never fails: text that is no JSON of T is kept, Err says why and Text gives it. In a request set Value only:
//
//	Info: &wxpay.JSON[records.RequestedItemInfo]{Value: info}
type JSON[T any] struct {
	Value T // the document; the zero value if there is none or it could not be read

	text string
	err  error
}

// Text returns the document's text as it was received. For a value that was made here it is Value as JSON.
func (j JSON[T]) Text() string {
	if j.text != "" {
		return j.text
	}
	data, err := encodeJSON(j.Value)
	if err != nil {
		return ""
	}
	return string(data)
}

// Err returns why the received text is no JSON of T, or nil.
func (j JSON[T]) Err() error { return j.err }

// MarshalJSON returns Value as JSON inside a JSON string; text that could not be read is returned unchanged.
func (j JSON[T]) MarshalJSON() ([]byte, error) {
	if j.err != nil {
		return encodeJSON(j.text)
	}
	data, err := encodeJSON(j.Value)
	if err != nil {
		return nil, err
	}
	return encodeJSON(string(data))
}

// UnmarshalJSON reads the string and the document in it. A document that stands there without being put into a string is
// read as well. null leaves j as it is. It never fails on valid JSON.
func (j *JSON[T]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	*j = JSON[T]{}
	if data[0] != '"' {
		j.text = string(data)
	} else if err := json.Unmarshal(data, &j.text); err != nil {
		return err
	}
	if j.text == "" {
		return nil
	}
	var value T
	if j.err = json.Unmarshal([]byte(j.text), &value); j.err == nil {
		j.Value = value
	}
	return nil
}

// jsonDocument returns the document for checking and for query values; see documentHolder.
func (j JSON[T]) jsonDocument() {}

// documentHolder is implemented by every JSON[T] and nothing else: a struct whose first field is the document.
type documentHolder interface{ jsonDocument() }

// encodeJSON is json.Marshal without the escaping of <, > and & and without a line feed at the end: what is sent should
// look like what the caller wrote.
func encodeJSON(v any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// unquoteJSON returns the content of a JSON string.
func unquoteJSON(data []byte) (string, error) {
	var text string
	err := json.Unmarshal(data, &text)
	return text, err
}
