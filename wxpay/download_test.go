package wxpay_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/bill"
)

const fileURL = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=SECRET-TOKEN"

func sha1Of(content string) wxpay.Hash {
	sum := sha1.Sum([]byte(content))
	return wxpay.Hash{Type: wxpay.HashSHA1, Value: hex.EncodeToString(sum[:])}
}

// serving answers every request with content, unsigned, a few bytes a read.
func serving(content []byte) roundTrip {
	return streaming(func(context.Context) io.ReadCloser {
		return io.NopCloser(iotest.HalfReader(bytes.NewReader(content)))
	})
}

func download(t *testing.T, content []byte, want wxpay.Hash, opts ...wxpay.CallOption) (string, error) {
	t.Helper()
	stream, err := newClient(t, through(serving(content))).Download(t.Context(), fileURL, want, opts...)
	if err != nil {
		return "", err
	}
	defer stream.Close()
	got, err := io.ReadAll(stream)
	return string(got), err
}

func TestBillVectors(t *testing.T) {
	var v struct {
		Bill []struct {
			verdict
			Body      []byte `json:"body_base64"`
			HashType  string `json:"hash_type"`
			HashValue string `json:"hash_value"`
		} `json:"bill"`
	}
	must(0, json.Unmarshal(file("vectors.json"), &v))
	if len(v.Bill) != 6 {
		t.Fatalf("%d cases, expected 6", len(v.Bill))
	}
	for _, c := range v.Bill {
		t.Run(c.Name, func(t *testing.T) {
			text, err := download(t, c.Body, wxpay.Hash{Type: c.HashType, Value: c.HashValue})
			switch c.Want {
			case "ok":
				trades := bill.ReadTrades(strings.NewReader(text))
				for _, err := range trades.Rows() {
					if err != nil {
						t.Error(err)
					}
				}
				if summary, ok := trades.Summary(); err != nil || !ok || summary.SettlementTotal != 1 {
					t.Errorf("%v, summary %+v", err, summary)
				}
			case "hash_mismatch":
				if !errors.Is(err, wxpay.ErrHashMismatch) {
					t.Errorf("error is %v", err)
				}
			default:
				if err == nil || errors.Is(err, io.EOF) {
					t.Errorf("error is %v, want %s", err, c.Want)
				}
			}
		})
	}
}

func TestDownloadIsSignedAsGiven(t *testing.T) {
	for _, uri := range []string{
		"/v3/billdownload/file?token=a%2Fb%3D&tartype=gzip", "/v3/merchant-service/images/xx%2Fyy%3D%3D", "/v3/a%20b/%E4%B8%AD?x=%7E+y&&z", "/",
	} {
		var client *wxpay.Client
		client = newClient(t, through(func(r *http.Request) (*http.Response, error) {
			want := must(wxpay.Authorization(client, "GET", uri, nil))
			if r.URL.RequestURI() != uri || r.URL.Host != "api.mch.weixin.qq.com" || r.Header.Get("Authorization") != want {
				t.Errorf("sent %s, want %s", r.URL, uri)
			}
			return serving([]byte("x"))(r)
		}))
		wxpay.SetNonce(client, "n")
		stream, err := client.Download(t.Context(), " https://api.mch.weixin.qq.com"+uri, sha1Of("x"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(stream); string(got) != "x" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
}

func TestDownloadHosts(t *testing.T) {
	for url, base := range map[string]string{
		"https://api2.mch.weixin.qq.com/f":    "",
		"https://apihk.mch.weixin.qq.com/f":   "",
		"https://api.wechatpay.cn:443/f":      "",
		"http://127.0.0.1:8080/f":             "http://127.0.0.1:8080",
		"https://gateway.example/f":           "https://GATEWAY.example",
		"https://api.mch.weixin.qq.com/f?a#b": "http://127.0.0.1:8080",
	} {
		client := newClient(t, func(config *wxpay.Config) {
			config.BaseURL = base
			through(serving([]byte("x")))(config)
		})
		stream, err := client.Download(t.Context(), url, wxpay.Hash{Type: wxpay.HashNone})
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		_ = stream.Close()
	}
	var host string
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		host = r.URL.Host
		return serving(nil)(r)
	}))
	if _, err := client.Download(t.Context(), fileURL, wxpay.Hash{Type: wxpay.HashNone}, wxpay.WithBaseURL("https://gateway.example")); err != nil || host != "gateway.example" {
		t.Errorf("sent to %s, %v", host, err)
	}
}

func TestDownloadHashes(t *testing.T) {
	sum := sha256.Sum256([]byte("text"))
	other := md5.Sum([]byte("text"))
	added := newClient(t, func(config *wxpay.Config) {
		config.Hashes = map[string]func() hash.Hash{wxpay.HashSM3: md5.New} // any other function does
		through(serving([]byte("text")))(config)
	})
	for _, want := range []wxpay.Hash{
		sha1Of("text"), {Type: "SHA256", Value: hex.EncodeToString(sum[:])}, {Type: "sha-256", Value: strings.ToUpper(hex.EncodeToString(sum[:]))},
		{Type: "SM3", Value: hex.EncodeToString(other[:])}, {Type: wxpay.HashNone},
	} {
		stream, err := added.Download(t.Context(), fileURL, want)
		if err != nil {
			t.Errorf("%s: %v", want.Type, err)
			continue
		}
		if got, err := io.ReadAll(stream); string(got) != "text" || err != nil {
			t.Errorf("%s: %q, %v", want.Type, got, err)
		}
	}
}

// TestHostileDownloads has the rows of the table of hostile input: those that must be refused before a request is signed, and
// those that show while the file is read.
func TestHostileDownloads(t *testing.T) {
	text := strings.Repeat("bill,", 1000)
	plain, zipped := []byte(text), gzipped(strings.NewReader(text))
	bomb := gzipped(io.LimitReader(endless{}, 1<<26))
	for name, c := range map[string]struct {
		url  string
		want wxpay.Hash
		hint string
	}{
		"another host":          {"https://evil.example/f?token=SECRET-TOKEN", sha1Of(text), "neither https on a host of WeChat Pay"},
		"host that looks alike": {"https://api.mch.weixin.qq.com.evil.example/f", sha1Of(text), "neither"},
		"host behind an at":     {"https://api.mch.weixin.qq.com@evil.example/f", sha1Of(text), "user information"},
		"user information":      {"https://u:SECRET-TOKEN@api.mch.weixin.qq.com/f", sha1Of(text), "user information"},
		"http":                  {"http://api.mch.weixin.qq.com/f?token=SECRET-TOKEN", sha1Of(text), "neither"},
		"another port":          {"https://api.mch.weixin.qq.com:8443/f", sha1Of(text), "neither"},
		"another scheme":        {"file:///etc/passwd", sha1Of(text), "neither"},
		"no URL":                {"://SECRET-TOKEN", sha1Of(text), "is none"},
		"empty":                 {"", sha1Of(text), "neither"},
		"dots":                  {"https://api.mch.weixin.qq.com/v3/../secret", sha1Of(text), `".."`},
		"escaped dots":          {"https://api.mch.weixin.qq.com/v3/%2e%2e/secret", sha1Of(text), `".."`},
		"no path":               {"https://api.mch.weixin.qq.com", sha1Of(text), `".."`},
		"space in the query":    {"https://api.mch.weixin.qq.com/f?a=b c", sha1Of(text), "escaped"},
		"line break":            {"https://api.mch.weixin.qq.com/f\r\nX: SECRET-TOKEN", sha1Of(text), "is none"},
		"unknown hash type":     {fileURL, wxpay.Hash{Type: "SM3", Value: strings.Repeat("0", 64)}, "known: SHA1, SHA256"},
		"hash type missing":     {fileURL, wxpay.Hash{Value: strings.Repeat("0", 40)}, "no hash type"},
		"hash missing":          {fileURL, wxpay.Hash{}, "no hash type"},
		"hash value missing":    {fileURL, wxpay.Hash{Type: "SHA1"}, "40 digits"},
		"hash value cut":        {fileURL, wxpay.Hash{Type: "SHA1", Value: "00"}, "40 digits"},
		"hash value no hex":     {fileURL, wxpay.Hash{Type: "SHA1", Value: strings.Repeat("x", 40)}, "40 digits"},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) {
				config.Signer = signer{func() ([]byte, error) { t.Error("something was signed"); return nil, io.EOF }}
				through(func(*http.Request) (*http.Response, error) { t.Error("something was sent"); return nil, io.EOF })(config)
			})
			stream, err := client.Download(t.Context(), c.url, c.want)
			if err == nil || stream != nil || !strings.Contains(err.Error(), c.hint) || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("error is %v, want %q", err, c.hint)
			}
		})
	}
	for name, c := range map[string]struct {
		content []byte
		want    wxpay.Hash
		limit   int64
		is      error
		hint    string
	}{
		"genuine":            {plain, sha1Of(text), 0, io.EOF, ""},
		"genuine, gzip":      {zipped, sha1Of(text), 0, io.EOF, ""},
		"hash in capitals":   {plain, wxpay.Hash{Type: "SHA1", Value: strings.ToUpper(sha1Of(text).Value)}, 0, io.EOF, ""},
		"empty file":         {nil, sha1Of(""), 0, io.EOF, ""},
		"one byte":           {[]byte("x"), sha1Of("x"), 0, io.EOF, ""},
		"one byte changed":   {append([]byte("B"), plain[1:]...), sha1Of(text), 0, wxpay.ErrHashMismatch, "5000 bytes"},
		"one byte lost":      {plain[1:], sha1Of(text), 0, wxpay.ErrHashMismatch, ""},
		"nothing came":       {nil, sha1Of(text), 0, wxpay.ErrHashMismatch, "after 0 bytes"},
		"gzip cut":           {zipped[:len(zipped)-4], sha1Of(text), 0, io.ErrUnexpectedEOF, ""},
		"gzip cut at once":   {zipped[:2], sha1Of(text), 0, io.ErrUnexpectedEOF, ""},
		"gzip altered":       {append(append([]byte{}, zipped[:len(zipped)-8]...), 0, 0, 0, 0, 0, 0, 0, 0), sha1Of(text), 0, gzip.ErrChecksum, ""},
		"gzip with a tail":   {append(append([]byte{}, zipped...), "tail"...), sha1Of(text), 0, nil, ""},
		"gzip of gzip":       {gzipped(bytes.NewReader(zipped)), sha1Of(text), 0, wxpay.ErrHashMismatch, ""},
		"longer than bound":  {plain, sha1Of(text), 4999, nil, "longer than 4999 bytes"},
		"gzip bomb":          {bomb, sha1Of(text), 1 << 20, nil, "longer than 1048576 bytes"},
		"as long as allowed": {plain, sha1Of(text), 5000, io.EOF, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var opts []wxpay.CallOption
			if c.limit > 0 {
				opts = append(opts, wxpay.WithMaxBytes(c.limit))
			}
			got, err := download(t, c.content, c.want, opts...)
			if c.is == io.EOF {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.hint) || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("error is %v, want %v, %q", err, c.is, c.hint)
			}
			if c.limit > 0 && int64(len(got)) > c.limit {
				t.Errorf("%d bytes were handed over", len(got))
			}
		})
	}
	t.Run("unverified after reading half", func(t *testing.T) {
		stream := must(newClient(t, through(serving(plain))).Download(t.Context(), fileURL, sha1Of("other")))
		if _, err := io.CopyN(io.Discard, stream, 2500); err != nil {
			t.Error(err)
		}
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
		if _, err := stream.Read(make([]byte, 1)); err == nil || err == io.EOF {
			t.Errorf("a stream that was closed early ends with %v", err)
		}
	})
	t.Run("redirect to another host", func(t *testing.T) {
		client := newClient(t, through(func(*http.Request) (*http.Response, error) {
			return response(302, http.Header{"Location": {"https://evil.example/f"}}, nil), nil
		}))
		if _, err := client.Download(t.Context(), fileURL, sha1Of("x")); err == nil || !strings.Contains(err.Error(), "never followed") {
			t.Errorf("error is %v", err)
		}
	})
}

// A server that announces more than it sends.
func TestDownloadCutOffOverTheWire(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "half")
	}))
	defer server.Close()
	client := newClient(t, func(config *wxpay.Config) { config.BaseURL = server.URL })
	stream, err := client.Download(t.Context(), server.URL+"/v3/file", wxpay.Hash{Type: wxpay.HashNone})
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if got, err := io.ReadAll(stream); string(got) != "half" || !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "after 4 bytes") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestObserverSeesDownloads(t *testing.T) {
	o := new(observer)
	client := newClient(t, func(config *wxpay.Config) {
		config.Observer = o
		through(serving([]byte("x")))(config)
	})
	if _, err := client.Download(t.Context(), fileURL, sha1Of("x")); err != nil {
		t.Fatal(err)
	}
	if end := o.seen[len(o.seen)-1].call; end.Operation != "download" || strings.Contains(end.Path, "SECRET") || end.Status != 200 {
		t.Errorf("saw %+v", end)
	}
}
