package source

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	uni "golang.org/x/text/encoding/unicode"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Reasons why a document cannot be read.
var (
	ErrEmpty    = errors.New("the document is empty")
	ErrTooLarge = errors.New("the document is too large to be a page")
	ErrBinary   = errors.New("the document is not text")
	ErrEncoding = errors.New("the document's encoding is not known (UTF-8, UTF-16 with a byte order mark, GB18030 and Big5 are)")
)

// Read makes lines of a document. The file's name is for messages only.
func Read(file string, data []byte) (Text, error) {
	text, how, err := decode(data)
	if err != nil {
		return Text{}, fmt.Errorf("read %s: %w", file, err)
	}
	if n := strings.Count(text, "\n") + strings.Count(text, "\r"); n > 2*MaxLines {
		return Text{}, fmt.Errorf("read %s: %w: %d lines", file, ErrTooLarge, n)
	}
	if strings.TrimSpace(text) == "" {
		return Text{}, fmt.Errorf("read %s: %w", file, ErrEmpty)
	}
	t := Lines(file, text)
	if len(t.Lines) > MaxLines {
		return Text{}, fmt.Errorf("read %s: %w: %d lines", file, ErrTooLarge, len(t.Lines))
	}
	if how != "" {
		t.Repaired("encoding", how, 1, page.Pos{File: file, Line: 1, Col: 1})
	}
	return t, nil
}

// decode makes UTF-8 of a document and says how, if it was not that before.
func decode(data []byte) (text, how string, err error) {
	switch {
	case len(data) == 0:
		return "", "", ErrEmpty
	case len(data) > MaxBytes:
		return "", "", fmt.Errorf("%w: %d bytes, at most %d are read", ErrTooLarge, len(data), MaxBytes)
	}
	if kind := binary(data); kind != "" {
		return "", "", fmt.Errorf("%w: it looks like %s", ErrBinary, kind)
	}
	if rest, ok := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF")); ok {
		data = rest
	}
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		wide, err := uni.UTF16(uni.LittleEndian, uni.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", "", fmt.Errorf("%w: %w", ErrEncoding, err)
		}
		return string(wide), "converted UTF-16 to UTF-8", nil
	}
	if utf8.Valid(data) {
		return string(data), "", nil
	}
	return convert(data)
}

// magics are the first bytes of what people hand over instead of a page.
var magics = []struct{ prefix, kind string }{
	{"%PDF-", "a PDF document (save the page as HTML, Markdown or text)"},
	{"PK\x03\x04", "an archive or an office document (save the page as HTML, Markdown or text)"},
	{"\x1f\x8b", "a compressed file (unpack it first)"},
	{"\x89PNG", "a picture"},
	{"\xff\xd8\xff", "a picture"},
	{"GIF8", "a picture"},
	{"\x7fELF", "a program"},
	{"bplist00", "a web archive (save the page as HTML, Markdown or text)"},
}

// binary says what a document is, if it is not text.
func binary(data []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.kind
		}
	}
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return ""
	}
	control := 0
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' {
			control++
		}
	}
	if control*50 > len(data) {
		return "a binary file"
	}
	return ""
}

// convert makes UTF-8 of a document that is not. A few damaged bytes in UTF-8
// are marked with U+FFFD; a page of another encoding has the platform's words
// in it once it is decoded.
func convert(data []byte) (text, how string, err error) {
	if cut := truncated(data); cut < len(data) && utf8.Valid(data[:cut]) {
		return string(data[:cut]), "cut off a character that the document's end broke", nil
	}
	good, bad := quality(data)
	if good > 20*bad {
		return strings.ToValidUTF8(string(data), "\uFFFD"), "marked bytes that are no UTF-8 with U+FFFD", nil
	}
	for _, e := range []struct {
		name string
		enc  encoding.Encoding
	}{
		{"GB18030", simplifiedchinese.GB18030},
		{"Big5", traditionalchinese.Big5},
	} {
		decoded, err := e.enc.NewDecoder().Bytes(data)
		if err == nil && familiar(decoded) {
			return string(decoded), "converted " + e.name + " to UTF-8", nil
		}
	}
	return "", "", ErrEncoding
}

// truncated is the length of the document without an incomplete character at
// its end.
func truncated(data []byte) int {
	for i := len(data) - 1; i >= max(0, len(data)-utf8.UTFMax); i-- {
		if utf8.RuneStart(data[i]) {
			return i
		}
	}
	return len(data)
}

// quality counts the Han characters and the bytes that are no UTF-8.
func quality(data []byte) (good, bad int) {
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case unicode.Is(unicode.Han, r):
			good++
		}
		data = data[size:]
	}
	return good, bad
}

// words are in nearly every page, in both scripts.
var words = []string{"参数", "请求", "错误", "微信", "接口", "商户", "參數", "請求", "錯誤", "商戶"}

// familiar tells whether decoded text reads like a page.
func familiar(text []byte) bool {
	if damaged := bytes.Count(text, []byte("\uFFFD")); damaged*50 > len(text) {
		return false
	}
	for _, w := range words {
		if bytes.Contains(text, []byte(w)) {
			return true
		}
	}
	return false
}
