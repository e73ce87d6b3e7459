package wxpay_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

const statementPath = "/v3/global/statements"

func zipped(content string) []byte {
	var buffer bytes.Buffer
	w := gzip.NewWriter(&buffer)
	_ = must(w.Write([]byte(content)))
	must(0, w.Close())
	return buffer.Bytes()
}

// statement is an answer whose signature covers the hash that its header gives.
func statement(hash string, content []byte) *http.Response {
	header := signedHeader([]byte(`{"sha1":"` + hash + `"}`))
	header.Set("Wechatpay-Statement-Sha1", hash)
	return response(200, header, content)
}

// statementReaders get a statement in both ways that there are.
func statementReaders(t *testing.T, path string, answer func() *http.Response) map[string]func() (string, error) {
	client := newClient(t, through(func(*http.Request) (*http.Response, error) { return answer(), nil }))
	return map[string]func() (string, error){
		"Do": func() (string, error) {
			stream := new(wxpay.Stream)
			op := &wxpay.Operation{Method: "GET", Path: path + "?date=20261121"}
			if err := client.Do(t.Context(), op, nil, stream, wxpay.WithoutRetry()); err != nil {
				return "", err
			}
			defer stream.Close()
			text, err := io.ReadAll(stream)
			return string(text), err
		},
		"Download": func() (string, error) {
			none := wxpay.Hash{Type: wxpay.HashNone}
			stream, err := client.Download(t.Context(), "https://apihk.mch.weixin.qq.com"+path+"?date=20261121", none, wxpay.WithoutRetry())
			if err != nil {
				return "", err
			}
			defer stream.Close()
			text, err := io.ReadAll(stream)
			return string(text), err
		},
	}
}

func TestOverseasStatements(t *testing.T) {
	const text = "Time,Amount\n2026-11-21,1.00\n"
	zip := zipped(text)
	for name, c := range map[string]struct {
		path   string
		answer func() *http.Response
		want   error // nil: text is read
	}{
		"plain":                 {statementPath, func() *http.Response { return statement(sha1Of(text).Value, []byte(text)) }, nil},
		"Hong Kong":             {"/hk/v3/statements", func() *http.Response { return statement(sha1Of(text).Value, []byte(text)) }, nil},
		"hash in capitals":      {statementPath, func() *http.Response { return statement(strings.ToUpper(sha1Of(text).Value), []byte(text)) }, nil},
		"hash of what it holds": {statementPath, func() *http.Response { return statement(sha1Of(text).Value, zip) }, nil},
		"hash of what is sent":  {statementPath, func() *http.Response { return statement(sha1Of(string(zip)).Value, zip) }, nil},
		"signed as a whole":     {statementPath, func() *http.Response { return response(200, signedHeader([]byte(text)), []byte(text)) }, nil},
		"altered":               {statementPath, func() *http.Response { return statement(sha1Of(text).Value, []byte(text+" ")) }, wxpay.ErrHashMismatch},
		"cut off":               {statementPath, func() *http.Response { return statement(sha1Of(text).Value, []byte(text[:9])) }, wxpay.ErrHashMismatch},
		"another hash": {statementPath, func() *http.Response {
			answer := statement(sha1Of(text).Value, []byte("forged"))
			answer.Header.Set("Wechatpay-Statement-Sha1", sha1Of("forged").Value)
			return answer
		}, wxpay.ErrBadSignature},
		"two hashes": {statementPath, func() *http.Response {
			answer := statement(sha1Of(text).Value, []byte(text))
			answer.Header.Add("Wechatpay-Statement-Sha1", sha1Of(text).Value)
			return answer
		}, wxpay.ErrUnsigned},
		"no hash":    {statementPath, func() *http.Response { return statement(`x","sha1":"`+sha1Of(text).Value, []byte(text)) }, wxpay.ErrUnsigned},
		"not signed": {statementPath, func() *http.Response { return response(200, http.Header{}, []byte(text)) }, wxpay.ErrUnsigned},
		"hash alone": {statementPath, func() *http.Response {
			return response(200, http.Header{"Wechatpay-Statement-Sha1": {sha1Of(text).Value}}, []byte(text))
		}, wxpay.ErrUnsigned},
		"refused": {statementPath, func() *http.Response { return response(404, http.Header{}, []byte(`{"code":"NO_STATEMENT_EXIST"}`)) }, wxpay.ErrorCode("NO_STATEMENT_EXIST")},
	} {
		for way, read := range statementReaders(t, c.path, c.answer) {
			got, err := read()
			if !errors.Is(err, c.want) || c.want == nil && got != text {
				t.Errorf("%s, %s: read %q, %v; want %v", name, way, got, err, c.want)
			}
		}
	}
}

// For any other path a signature covers the content.
func TestHashHeaderCountsForStatementsOnly(t *testing.T) {
	const text = "Time,Amount\n"
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		return statement(sha1Of(text).Value, []byte(text)), nil
	}))
	op := &wxpay.Operation{Method: "GET", Path: "/v3/global/statements/other"}
	err := client.Do(t.Context(), op, nil, new(wxpay.Stream), wxpay.WithoutRetry())
	if !errors.Is(err, wxpay.ErrBadSignature) {
		t.Errorf("error is %v", err)
	}
	op.Path = statementPath
	var content map[string]any
	if err := client.Do(t.Context(), op, nil, &content, wxpay.WithoutRetry()); !errors.Is(err, wxpay.ErrBadSignature) {
		t.Errorf("without a stream the error is %v", err)
	}
	_, err = client.Download(t.Context(), "https://apihk.mch.weixin.qq.com"+statementPath, sha1Of(text))
	if err == nil || !strings.Contains(err.Error(), "HashNone") {
		t.Errorf("with a hash of the caller's the error is %v", err)
	}
}

type closing struct {
	io.Reader
	closed *int
}

func (c closing) Close() error { *c.closed++; return nil }

// A statement that is refused at its beginning is asked for again, and nobody holds the first connection.
func TestRefusedStatementIsClosed(t *testing.T) {
	const text = "Time,Amount\n"
	asked, closed := 0, 0
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		asked++
		answer := statement(sha1Of(text).Value, []byte(text))
		answer.Body = closing{strings.NewReader(text), &closed}
		if asked == 1 {
			answer.Header.Set("Wechatpay-Signature", "WECHATPAY/SIGNTEST/x")
		}
		return answer, nil
	}))
	stream := new(wxpay.Stream)
	op := &wxpay.Operation{Method: "GET", Path: statementPath}
	if err := client.Do(t.Context(), op, nil, stream, wxpay.WithRetry(wxpay.RetryPolicy{FirstWait: 1})); err != nil {
		t.Fatal(err)
	}
	if asked != 2 || closed != 1 {
		t.Errorf("asked %d times, closed %d", asked, closed)
	}
	if got, err := io.ReadAll(stream); string(got) != text || err != nil || stream.Close() != nil || closed != 2 {
		t.Errorf("read %q, %v; closed %d", got, err, closed)
	}
}
