package wxpay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// sentLayout is the form in which times are sent: whole seconds and a numeric zone, which every product takes.
const sentLayout = "2006-01-02T15:04:05-07:00"

// Time is a time as WeChat Pay writes it: RFC 3339, in requests with whole seconds and a numeric zone.
//
// Some fields hold a word in place of a time, such as 不限制 (no limit), and pages disagree with what is sent. So reading
// never fails: text that is no time is kept, Valid reports false and Text gives the text.
type Time struct {
	time.Time
	text string // what was received and is no time
}

// NewTime returns t for a request. Its zone is kept; fractions of a second are not sent.
func NewTime(t time.Time) Time { return Time{Time: t} }

// Valid reports whether t holds a time: neither nothing nor a word.
func (t Time) Valid() bool { return t.text == "" && !t.Time.IsZero() }

// IsZero reports whether t holds nothing at all: no time and no text.
func (t Time) IsZero() bool { return t.text == "" && t.Time.IsZero() }

// Equal reports whether both are the same instant, or the same text.
func (t Time) Equal(u Time) bool { return t.text == u.text && t.Time.Equal(u.Time) }

// Text returns the time as it is sent, the text that was received where that is no time, or "" for the zero Time.
func (t Time) Text() string {
	if t.text != "" || t.Time.IsZero() {
		return t.text
	}
	return t.Time.Format(sentLayout)
}

// Format formats a time as time.Time does. Text that is no time is returned as it is.
func (t Time) Format(layout string) string {
	if t.text != "" {
		return t.text
	}
	return t.Time.Format(layout)
}

// String is Text.
func (t Time) String() string { return t.Text() }

// MarshalText returns Text.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.Text()), nil }

// UnmarshalText reads a time, or keeps the text. It never fails.
func (t *Time) UnmarshalText(text []byte) error {
	*t = parseTime(text)
	return nil
}

// MarshalJSON returns Text as a JSON string. A year outside of 0 to 9999 is an error.
func (t Time) MarshalJSON() ([]byte, error) {
	if year := t.Year(); t.Valid() && (year < 0 || year > 9999) {
		return nil, fmt.Errorf("time: year %d cannot be sent, use one of 0 to 9999", year)
	}
	return encodeJSON(t.Text())
}

// UnmarshalJSON reads a time, or keeps the text. null leaves t as it is. It never fails on valid JSON.
func (t *Time) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if content, plain := plainString(data); plain {
		*t = parseTime(content)
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		text = string(data) // a number or an object where a time is due: the caller may know what it means
	}
	*t = parseTime([]byte(text))
	return nil
}

// plainString returns the content of a JSON string that stands there as it is: ASCII without escapes, as every time is.
func plainString(data []byte) ([]byte, bool) {
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return nil, false
	}
	content := data[1 : len(data)-1]
	for _, b := range content {
		if b < ' ' || b > '~' || b == '"' || b == '\\' {
			return nil, false
		}
	}
	return content, true
}

// parseTime reads a time as RFC 3339 has it, or else as time.Parse takes it, which allocates.
func parseTime(text []byte) Time {
	var parsed time.Time
	err := parsed.UnmarshalText(text)
	if err != nil {
		parsed, err = time.Parse(time.RFC3339, string(text))
	}
	if err != nil || parsed.IsZero() {
		return Time{text: string(text)}
	}
	return Time{Time: parsed}
}
