package wxpay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/wxgen/wxgen/wxpay"
)

// TestHostileUploads has the rows of the table of hostile input. Nothing is sent for any of them.
func TestHostileUploads(t *testing.T) {
	broken := errors.New("disk failed")
	file := func(name string) wxpay.File {
		return wxpay.File{Name: name, Content: strings.NewReader("abc")}
	}
	sized := func(size int64, r io.Reader) wxpay.File { return wxpay.File{Name: "a.jpg", Content: r, Size: size} }
	for name, c := range map[string]struct {
		file wxpay.File
		meta uploadMeta
		want string
	}{
		"filename with CR LF":                {file("a\r\nX-Evil: 1.jpg"), uploadMeta{}, "control characters"},
		"filename with NUL":                  {file("a\x00.jpg"), uploadMeta{}, "control characters"},
		"filename is a path":                 {file("../../etc/passwd"), uploadMeta{}, "is a path"},
		"filename is a Windows path":         {file(`C:\a.jpg`), uploadMeta{}, "is a path"},
		"filename is dots":                   {file(".."), uploadMeta{}, "is a path"},
		"filename of 10 KB":                  {file(strings.Repeat("x", 10<<10)), uploadMeta{}, "more than 150 characters"},
		"filename longer than the page says": {file(strings.Repeat("x", 65)), uploadMeta{}, "meta.filename has 65 characters"},
		"filename is no UTF-8":               {file("a\xff.jpg"), uploadMeta{}, "UTF-8"},
		"filename with emoji":                {file("😀.jpg"), uploadMeta{}, "emoji"},
		"filename missing":                   {file(""), uploadMeta{}, "is missing"},
		"filenames differ":                   {file("a.jpg"), uploadMeta{Filename: "b.jpg"}, "meta.filename is not the Name of the file"},
		"reader fails midway":                {sized(0, io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken))), uploadMeta{}, "disk failed"},
		"reader longer than it said":         {sized(2, bytes.NewBufferString("abc")), uploadMeta{}, "more bytes, but Size says 2"},
		"reader shorter than it said":        {sized(4, bytes.NewBufferString("abc")), uploadMeta{}, "3 bytes, but Size says 4"},
		"seekable longer than it said":       {sized(2, strings.NewReader("abc")), uploadMeta{}, "more bytes, but Size says 2"},
		"endless reader":                     {sized(0, endless{}), uploadMeta{}, "longer than 33554432 bytes"},
		"empty":                              {sized(0, strings.NewReader("")), uploadMeta{}, "is empty"},
		"no content":                         {wxpay.File{Name: "a.jpg"}, uploadMeta{}, "has no Content"},
		"nothing":                            {wxpay.File{}, uploadMeta{}, "file is required"},
		"nil file":                           {sized(0, (*os.File)(nil)), uploadMeta{}, "invalid argument"},
		"sha256 mismatch":                    {file("a.jpg"), uploadMeta{SHA256: strings.Repeat("0", 64)}, "meta.sha256 is not the digest of the file"},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, through(func(*http.Request) (*http.Response, error) {
				t.Error("something was sent")
				return nil, io.EOF
			}))
			err := client.Do(t.Context(), uploadOp, &uploadRequest{c.file, c.meta}, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 1000 || errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Errorf("error is %v, want %q", err, c.want)
			}
		})
	}
	t.Run("filename with quotes", func(t *testing.T) {
		parts := upload(t, &uploadRequest{File: file(`a"; filename="b.jpg`)}, nil)
		if parts[1].filename != "a%22; filename=%22b.jpg" || !strings.Contains(parts[0].content, `a\"; filename=\"b.jpg`) {
			t.Errorf("parts are %q", parts)
		}
	})
	t.Run("unknown digest algorithm", func(t *testing.T) {
		type meta struct {
			Digest    string `json:"digest"`
			Algorithm string `json:"digest_algorithm"`
		}
		req := struct {
			File wxpay.File `json:"-" form:"file"`
			Meta meta       `json:"-" form:"meta"`
		}{file("a.jpg"), meta{Algorithm: "SM3"}}
		err := newClient(t, through(nil)).Do(t.Context(), uploadOp, &req, nil)
		if check, ok := errors.AsType[*wxpay.CheckError](err); !ok || check.Fields[0].Path != "meta.digest" || !strings.Contains(err.Error(), "Config.Hashes") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("a struct that embeds a file is none", func(t *testing.T) {
		type scan struct{ *wxpay.File }
		req := &struct {
			Scan scan `json:"-" form:"scan"`
		}{}
		err := newClient(t, through(nil)).Do(t.Context(), uploadOp, req, nil)
		if err == nil || !strings.Contains(err.Error(), "none of type wxpay.File") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("reading ends with the context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		stop := readerFunc(func(p []byte) (int, error) { cancel(); return copy(p, "x"), nil })
		err := newClient(t, through(nil)).Do(ctx, uploadOp, &uploadRequest{File: sized(0, stop)}, nil)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
