package wxpay

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// upload is a multipart body that can be read from its beginning as often as it is sent.
type upload struct {
	pieces []func() io.Reader
	size   int64
}

func (u *upload) open() io.Reader {
	readers := make([]io.Reader, len(u.pieces))
	for i, piece := range u.pieces {
		readers[i] = piece()
	}
	return io.MultiReader(readers...)
}

func (u *upload) addText(text []byte) {
	u.pieces = append(u.pieces, func() io.Reader { return bytes.NewReader(text) })
	u.size += int64(len(text))
}

func (u *upload) addFile(content *content) {
	u.pieces = append(u.pieces, content.open)
	u.size += content.size
}

// metaPart is the part whose text is signed in place of the body. It is sent first.
const metaPart = "meta"

// fill writes the multipart body: meta, the other values, the files.
func (fileUploader) fill(m *message, c *call, plan *requestPlan, value reflect.Value, files []*loadedFile) error {
	if !c.op.mayChange() {
		return fmt.Errorf("%s carries no files, but %s has some", c.op.Method, value.Type())
	}
	boundary := newBoundary()
	m.contentType, m.upload = "multipart/form-data; boundary="+boundary, new(upload)
	for _, meta := range [...]bool{true, false} {
		for i := range plan.parts {
			part := &plan.parts[i]
			if (part.name == metaPart) != meta {
				continue
			}
			if err := m.addPart(c.op, part, value, boundary); err != nil {
				return err
			}
		}
	}
	for _, file := range files {
		m.upload.addText(fmt.Appendf(nil, "--%s\r\nContent-Disposition: form-data; name=%q; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
			boundary, file.part, quotes.Replace(file.name), file.mediaType))
		m.upload.addFile(file.content)
		m.upload.addText([]byte("\r\n"))
	}
	m.upload.addText([]byte("--" + boundary + "--\r\n"))
	return nil
}

// quotes escapes a file name as RFC 7578 and the browsers do. Line breaks were refused.
var quotes = strings.NewReplacer(`"`, "%22")

func (m *message) addPart(op *Operation, part *param, value reflect.Value, boundary string) error {
	var problem error
	err := part.each(value, func(text string) {
		kind := ""
		if part.name == metaPart {
			m.signed = []byte(text)
			kind = "Content-Type: application/json\r\n"
			if !json.Valid(m.signed) {
				problem = &CheckError{Operation: op.label(), Fields: []FieldError{{Path: part.name, Rule: "file", Problem: "is no JSON"}}}
			}
		}
		m.upload.addText(fmt.Appendf(nil, "--%s\r\nContent-Disposition: form-data; name=%q\r\n%s\r\n%s\r\n", boundary, part.name, kind, text))
	})
	if err != nil {
		return fmt.Errorf("part %q: %w", part.name, err)
	}
	return problem
}

// newBoundary returns what stands between the parts: 128 random bits, which no content holds by chance.
func newBoundary() string {
	var random [16]byte
	_, _ = rand.Read(random[:])
	return "wxpay-" + hex.EncodeToString(random[:])
}
