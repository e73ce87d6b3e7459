package sandbox_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

var bills = fstest.MapFS{"bills.yaml": {Data: []byte(`
openapi: 3.1.0
info: {title: bills, version: '1'}
paths:
  /v3/bill/tradebill:
    get:
      operationId: GetTradeBill
      parameters:
        - {name: tar_type, in: query, schema: {type: string}}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {type: object}
              example: {hash_type: SHA1, hash_value: 79bb0f45, download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=xx'}
`)}}

type billAnswer struct {
	HashType  string `json:"hash_type"`
	HashValue string `json:"hash_value"`
	URL       string `json:"download_url"`
}

func fetch(t *testing.T, client *wxpay.Client, bill billAnswer) (string, error) {
	t.Helper()
	stream, err := client.Download(t.Context(), bill.URL, wxpay.Hash{Type: bill.HashType, Value: bill.HashValue})
	if err != nil {
		return "", err
	}
	defer stream.Close()
	content, err := io.ReadAll(stream)
	return string(content), err
}

// TestBill: the URL in the example of the documentation leads to a bill.
func TestBill(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithSpecs(bills))
	for _, query := range []string{"", "?tar_type=GZIP", "?tar_type=GZIP"} {
		var bill billAnswer
		if err := srv.Client().Do(t.Context(), &wxpay.Operation{Method: "GET", Path: "/v3/bill/tradebill" + query}, nil, &bill); err != nil {
			t.Fatal(err)
		}
		content, err := fetch(t, srv.Client(), bill)
		if err != nil || !strings.Contains(content, "`O20190611002,`SUCCESS") || strings.Contains(bill.URL, "gzip") != (query != "") {
			t.Errorf("%s: %q, %v, %+v", query, content, err, bill)
		}
	}
}

func TestAddFile(t *testing.T) {
	srv := startShop(t)
	srv.Handle("GET /v3/receipts", func(r *sandbox.Request) (any, error) {
		return srv.AddFile([]byte("a receipt"), r.Query.Get("tar_type") == "GZIP"), nil
	})
	var bill billAnswer
	op := &wxpay.Operation{Method: "GET", Path: "/v3/receipts?tar_type=GZIP"}
	if err := srv.Client().Do(t.Context(), op, nil, &bill); err != nil {
		t.Fatal(err)
	}
	if content, err := fetch(t, srv.Client(), bill); err != nil || content != "a receipt" {
		t.Errorf("%q, %v", content, err)
	}
	plain := srv.AddFile([]byte("a receipt"), false)
	client := newClient(t, srv, nil)
	for f, want := range map[sandbox.Fault]func(error) bool{
		sandbox.FaultTampered:  func(err error) bool { return errors.Is(err, wxpay.ErrHashMismatch) },
		sandbox.FaultTruncated: isSendError,
		sandbox.FaultHTML:      func(err error) bool { return errors.Is(err, wxpay.ErrHashMismatch) },
		sandbox.FaultUnsigned:  func(err error) bool { return err == nil }, // it never is signed
	} {
		srv.Apply(sandbox.Rule{Operation: "GET /v3/billdownload/file", Fault: f})
		if _, err := fetch(t, client, billAnswer(plain)); !want(err) {
			t.Errorf("%s: %v", f, err)
		}
	}
	srv.Reset()
	if _, err := fetch(t, srv.Client(), billAnswer(plain)); !errors.Is(err, wxpay.ErrParamError) {
		t.Errorf("after Reset: %v", err)
	}
}

func isSendError(err error) bool {
	_, ok := errors.AsType[*wxpay.SendError](err)
	return ok
}

// upload is the request of an upload as generated packages have it.
type upload struct {
	File wxpay.File `json:"-" form:"file" wx:"required"`
	Meta meta       `json:"-" form:"meta"`
}

type meta struct {
	Filename string `json:"filename" wx:"required"`
	SHA256   string `json:"sha256" wx:"required"`
}

// TestUpload: what is signed is the part meta, and what that says of the file is checked.
func TestUpload(t *testing.T) {
	srv := startShop(t)
	srv.Handle("POST /v3/merchant/media/upload", func(r *sandbox.Request) (any, error) {
		var m meta
		if err := r.Decode(&m); err != nil {
			return nil, err
		}
		f := r.Files[0]
		return map[string]string{"media_id": m.Filename + " " + f.Name + " " + f.ContentType + " " + string(f.Content)}, nil
	})
	var answer struct {
		MediaID string `json:"media_id"`
	}
	op := &wxpay.Operation{Method: "POST", Path: "/v3/merchant/media/upload"}
	req := upload{File: wxpay.File{Name: "a.jpg", Content: strings.NewReader("a picture")}}
	if err := srv.Client().Do(t.Context(), op, &req, &answer); err != nil {
		t.Fatal(err)
	}
	if answer.MediaID != "a.jpg a.jpg image/jpeg a picture" {
		t.Errorf("%+v", answer)
	}
}

func TestUploadErrors(t *testing.T) {
	srv := startShop(t)
	srv.Handle("POST /v3/upload", func(*sandbox.Request) (any, error) { return nil, nil })
	const file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nx\r\n"
	metaPart := func(text string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n" + text + "\r\n"
	}
	for name, test := range map[string]struct {
		body, signed string
		words        []string
	}{
		"well":        {metaPart(`{"filename":"a.jpg"}`) + file + "--b--\r\n", `{"filename":"a.jpg"}`, nil},
		"other name":  {metaPart(`{"filename":"b.jpg"}`) + file + "--b--\r\n", `{"filename":"b.jpg"}`, []string{"/filename"}},
		"other hash":  {metaPart(`{"sha256":"00"}`) + file + "--b--\r\n", `{"sha256":"00"}`, []string{"/sha256"}},
		"no meta":     {file + "--b--\r\n", "", []string{"meta is missing"}},
		"no file":     {metaPart(`{}`) + "--b--\r\n", `{}`, []string{"file is missing"}},
		"no JSON":     {metaPart(`x`) + file + "--b--\r\n", `x`, []string{"no JSON object"}},
		"no end":      {metaPart(`{}`) + file, `{}`, []string{"cannot be read"}},
		"body signed": {metaPart(`{}`) + file + "--b--\r\n", metaPart(`{}`), []string{"sign not match"}},
	} {
		got := call(t, srv, http.MethodPost, "/v3/upload", test.body, func(c *credentials, r *http.Request) {
			r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
			r.Header.Set("Authorization", c.authorization(t, r, test.signed))
		})
		switch {
		case test.words == nil && got.StatusCode != 204:
			t.Errorf("%s: %d %s", name, got.StatusCode, got.body)
		case test.words != nil && (got.StatusCode < 400 || !strings.Contains(string(got.body), test.words[0])):
			t.Errorf("%s: %d %s", name, got.StatusCode, got.body)
		}
	}
}
