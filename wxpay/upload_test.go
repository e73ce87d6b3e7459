package wxpay_test

import (
	"bytes"
	"crypto/md5"
	"hash"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"github.com/wxgen/wxgen/wxpay"
)

// The request as generated packages have it.
type uploadRequest struct {
	File wxpay.File `json:"-" form:"file" wx:"required"`
	Meta uploadMeta `json:"-" form:"meta"`
}

type uploadMeta struct {
	Filename string `json:"filename" wx:"required,len=..64"`
	SHA256   string `json:"sha256" wx:"required"`
}

var uploadOp = &wxpay.Operation{Name: "media.Upload", Method: "POST", Path: "/v3/merchant/media/upload"}

// part is a part of an upload as a server sees it.
type part struct{ name, filename, kind, content string }

func partsOf(t *testing.T, r *http.Request) []part {
	t.Helper()
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		t.Fatalf("type is %q, %v", kind, err)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || int64(len(body)) != r.ContentLength {
		t.Fatalf("%d bytes, announced were %d: %v", len(body), r.ContentLength, err)
	}
	var parts []part
	for reader := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		p, err := reader.NextRawPart()
		if err == io.EOF {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		content, _ := io.ReadAll(p)
		_, disposition, _ := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		parts = append(parts, part{p.FormName(), disposition["filename"], p.Header.Get("Content-Type"), string(content)})
	}
}

// upload makes a call and returns what arrived. The signature is checked against meta.
func upload(t *testing.T, req any, change func(*wxpay.Config)) []part {
	t.Helper()
	var parts []part
	var client *wxpay.Client
	client = newClient(t, func(config *wxpay.Config) {
		through(func(r *http.Request) (*http.Response, error) {
			parts = partsOf(t, r)
			var meta string
			if parts[0].name == "meta" {
				meta = parts[0].content
			}
			if want := must(wxpay.Authorization(client, "POST", uploadOp.Path, []byte(meta))); r.Header.Get("Authorization") != want {
				t.Error("the signature does not cover meta")
			}
			return response(200, signedHeader([]byte("{}")), []byte("{}")), nil
		})(config)
		if change != nil {
			change(config)
		}
	})
	wxpay.SetNonce(client, "n")
	if err := client.Do(t.Context(), uploadOp, req, nil); err != nil {
		t.Fatal(err)
	}
	return parts
}

func TestUploadVector(t *testing.T) {
	c := loadVectors().CapturedRequests[4]
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		if !strings.Contains(r.Header.Get("Authorization"), c.Signature) {
			t.Errorf("Authorization\n got %s\nwant %s", r.Header.Get("Authorization"), c.Signature)
		}
		parts := partsOf(t, r)
		if len(parts) != 2 || parts[0] != (part{"meta", "", "application/json", c.SignedBody}) || parts[1] != (part{"file", "门店招牌.jpg", "image/jpeg", "not really a jpeg"}) {
			t.Errorf("parts are %q", parts)
		}
		return succeeds()(r)
	}))
	wxpay.SetNonce(client, c.Nonce)
	req := &uploadRequest{File: wxpay.File{Name: "门店招牌.jpg", Content: strings.NewReader("not really a jpeg")}}
	if err := client.Do(t.Context(), uploadOp, req, nil); err != nil {
		t.Error(err)
	}
	if req.Meta != (uploadMeta{}) {
		t.Errorf("the caller's request was changed: %+v", req.Meta)
	}
}

type algorithm string

func (a algorithm) Known() bool { return a == "SM3" }

func TestUploadDescriptions(t *testing.T) {
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	content := func() wxpay.File { return wxpay.File{Name: "a.pdf", Content: strings.NewReader("abc")} }
	sm3 := func(c *wxpay.Config) { c.Hashes = map[string]func() hash.Hash{"sm3": md5.New} } // any other function does
	type digestMeta struct {
		FileName   string `json:"file_name"`
		FileDigest string `json:"file_digest"`
		DigestType string `json:"digest_type,omitzero"`
	}
	type fapiaoMeta struct {
		FileType  string    `json:"file_type"`
		Algorithm algorithm `json:"digest_alogrithm"`
		Digest    string    `json:"digest"`
	}
	for name, c := range map[string]struct {
		req  any
		want string
	}{
		"sha256": {&uploadRequest{File: content()}, `{"filename":"a.pdf","sha256":"` + abc + `"}`},
		"given rightly": {&uploadRequest{File: content(), Meta: uploadMeta{"a.pdf", strings.ToUpper(abc)}},
			`{"filename":"a.pdf","sha256":"` + strings.ToUpper(abc) + `"}`},
		"name in meta only": {&uploadRequest{File: wxpay.File{Content: strings.NewReader("abc")}, Meta: uploadMeta{Filename: "b.jpg"}},
			`{"filename":"b.jpg","sha256":"` + abc + `"}`},
		"file_digest": {&struct {
			File *wxpay.File `json:"-" form:"file"`
			Meta *digestMeta `json:"-" form:"meta"`
		}{new(content()), &digestMeta{}}, `{"file_name":"a.pdf","file_digest":"` + abc + `","digest_type":"SHA256"}`},
		"only SM3": {&struct {
			File wxpay.File `json:"-" form:"file"`
			Meta fapiaoMeta `json:"-" form:"meta"`
		}{content(), fapiaoMeta{FileType: "PDF"}}, `{"file_type":"PDF","digest_alogrithm":"SM3","digest":"900150983cd24fb0d6963f7d28e17f72"}`},
		"JSON[T]": {&struct {
			Meta wxpay.JSON[uploadMeta] `json:"-" form:"meta"`
			File wxpay.File             `json:"-" form:"file"`
		}{File: content()}, `{"filename":"a.pdf","sha256":"` + abc + `"}`},
		"text as it is": {&struct {
			File wxpay.File `json:"-" form:"file"`
			Meta string     `json:"-" form:"meta"`
		}{content(), `{ "a" : 1 }`}, `{ "a" : 1 }`},
	} {
		t.Run(name, func(t *testing.T) {
			parts := upload(t, c.req, sm3)
			if len(parts) != 2 || parts[0].content != c.want || parts[1].name != "file" || parts[1].content != "abc" {
				t.Errorf("parts are %q, want meta %s", parts, c.want)
			}
		})
	}
	parts := upload(t, &struct {
		Note string      `json:"-" form:"note"`
		File wxpay.File  `json:"-" form:"file"`
		More *wxpay.File `json:"-" form:"more"`
		Gone *wxpay.File `json:"-" form:"gone"`
		Meta uploadMeta  `json:"-" form:"meta"`
	}{Note: "text", File: content(), More: &wxpay.File{Name: "b.xyz", Content: strings.NewReader("2")}}, nil)
	want := []string{"meta", "note", "file", "more"}
	for i := range want {
		if len(parts) != 4 || parts[i].name != want[i] {
			t.Fatalf("parts are %q", parts)
		}
	}
	if parts[1].content != "text" || parts[1].kind != "" || parts[3].kind != "application/octet-stream" {
		t.Errorf("parts are %q", parts)
	}
}

func TestUploadReaders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.mp4")
	must(0, os.WriteFile(path, []byte("0123456789"), 0o600))
	opened := must(os.Open(path))
	defer opened.Close()
	moved := strings.NewReader("xx0123456789")
	_, _ = moved.Seek(2, io.SeekStart)
	for name, r := range map[string]io.Reader{
		"bytes": bytes.NewReader([]byte("0123456789")), "text": moved, "file": opened,
		"section": io.NewSectionReader(strings.NewReader("xx0123456789yy"), 2, 10),
		"stream":  iotest.OneByteReader(strings.NewReader("0123456789")),
		"buffer":  bytes.NewBufferString("0123456789"),
	} {
		for round := range 2 {
			if round == 1 && (name == "stream" || name == "buffer") {
				break // read once, held in memory
			}
			parts := upload(t, &uploadRequest{File: wxpay.File{Name: "a.MP4", Content: r, Size: int64(10 * round)}}, nil)
			if parts[1].content != "0123456789" || parts[1].kind != "video/mp4" {
				t.Errorf("%s, round %d: %q", name, round, parts[1])
			}
		}
	}
}

func TestUploadIsTriedAgainWhereThatIsSafe(t *testing.T) {
	for name, c := range map[string]struct {
		first step
		opts  []wxpay.CallOption
		again bool
	}{
		"refused":                   {fails(errRefused), nil, true},
		"cut off":                   {fails(io.ErrUnexpectedEOF), nil, false},
		"cut off, but safe":         {fails(io.ErrUnexpectedEOF), []wxpay.CallOption{wxpay.WithIdempotent()}, true},
		"503 after half the upload": {answers(503, ""), []wxpay.CallOption{wxpay.WithIdempotent()}, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			half := func(r *http.Request) (*http.Response, error) {
				_, _ = io.CopyN(io.Discard, r.Body, 100)
				return c.first(r)
			}
			whole := func(r *http.Request) (*http.Response, error) {
				if parts := partsOf(t, r); len(parts) != 2 || parts[1].content != "abc" {
					t.Errorf("the second try sent %q", parts)
				}
				return succeeds()(r)
			}
			steps := []step{half, whole}
			if !c.again {
				steps = steps[:1]
			}
			client, script := play(t, nil, steps...)
			req := &uploadRequest{File: wxpay.File{Name: "a.jpg", Content: bytes.NewBufferString("abc")}}
			err := client.Do(t.Context(), uploadOp, req, nil, c.opts...)
			if len(script.at) != len(steps) || (err == nil) != c.again {
				t.Errorf("%s: %d tries, %v", name, len(script.at), err)
			}
		})
	}
}

func TestUploadsThatCannotBeBuilt(t *testing.T) {
	client := newClient(t, through(nil))
	f := wxpay.File{Name: "a.jpg", Content: strings.NewReader("abc")}
	for name, c := range map[string]struct {
		op   *wxpay.Operation
		req  any
		want string
	}{
		"GET": {get, &uploadRequest{File: f}, "carries no files"},
		"JSON beside": {uploadOp, &struct {
			File wxpay.File `json:"-" form:"file"`
			A    string     `json:"a"`
		}{File: f}, "upload and fields of a JSON body"},
		"no file": {uploadOp, &struct {
			Meta string `json:"-" form:"meta"`
		}{"{}"}, "none of type wxpay.File"},
		"file within a type": {uploadOp, &struct {
			File struct{ wxpay.File } `json:"-" form:"file"`
		}{}, "none of type wxpay.File"},
		"meta is no JSON": {uploadOp, &struct {
			File wxpay.File `json:"-" form:"file"`
			Meta string     `json:"-" form:"meta"`
		}{f, "{"}, "is no JSON"},
	} {
		if err := client.Do(t.Context(), c.op, c.req, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestFileShowsNoContent(t *testing.T) {
	f := wxpay.File{Name: "id.jpg", Content: strings.NewReader("SECRET")}
	for _, value := range []any{f, &f, uploadRequest{File: f}, []wxpay.File{f}} {
		if text := prints(value); strings.Contains(text, "SECRET") || !strings.Contains(text, "id.jpg") {
			t.Errorf("%T is printed as %s", value, text)
		}
	}
}

// A large file that can be read at any place is never held in memory.
func TestLargeUploadIsNotHeld(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	section := io.NewSectionReader(zeros{}, 0, 16<<20)
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		n, err := io.Copy(io.Discard, r.Body)
		if n != r.ContentLength || err != nil {
			t.Errorf("%d of %d bytes, %v", n, r.ContentLength, err)
		}
		return succeeds()(r)
	}))
	before := allocated()
	if err := client.Do(t.Context(), uploadOp, &uploadRequest{File: wxpay.File{Name: "a.mp4", Content: section}}, nil); err != nil {
		t.Fatal(err)
	}
	if used := allocated() - before; used > 1<<20 {
		t.Errorf("%d bytes were allocated", used)
	}
}

// allocated returns how many bytes were ever allocated.
func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

type zeros struct{}

func (zeros) ReadAt(p []byte, _ int64) (int, error) { clear(p); return len(p), nil }

// Sensitive fields of a description are encrypted as everywhere else.
func TestUploadDescriptionMayBeSensitive(t *testing.T) {
	type meta struct {
		Name string `json:"name" wx:"sensitive"`
	}
	req := struct {
		File wxpay.File `json:"-" form:"file"`
		Meta meta       `json:"-" form:"meta"`
	}{wxpay.File{Name: "a.jpg", Content: strings.NewReader("abc")}, meta{"Zhang San"}}
	parts := upload(t, &req, nil)
	if strings.Contains(parts[0].content, "Zhang") || len(parts[0].content) < 300 || req.Meta.Name != "Zhang San" {
		t.Errorf("meta is %.100s", parts[0].content)
	}
}

func TestEmptyPartsAreLeftOut(t *testing.T) {
	parts := upload(t, &struct {
		File wxpay.File `json:"-" form:"file"`
		Note string     `json:"-" form:"note"`
	}{File: wxpay.File{Name: "a.jpg", Content: strings.NewReader("abc")}}, nil)
	if len(parts) != 1 || parts[0].name != "file" {
		t.Errorf("parts are %q", parts)
	}
}
