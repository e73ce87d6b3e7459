package sandbox

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"net/http"
	"sync"
)

// filePath is where files are downloaded, as at WeChat Pay.
const filePath = "/v3/billdownload/file"

// Download says where a file can be downloaded, and what its content hashes to. It has the form of an answer of WeChat Pay, so
// a function for [Server.Handle] can return it.
type Download struct {
	HashType  string `json:"hash_type"`
	HashValue string `json:"hash_value"`
	URL       string `json:"download_url"`
}

// files are those that can be downloaded, by their tokens.
type files struct {
	mu      sync.Mutex
	of      map[string][]byte
	samples map[bool]Download // by whether they are zipped
}

// AddFile makes a file that can be downloaded from the server until [Server.Reset], as bills are: with a signed request, and
// an answer that bears no signature. With zip it is gzip data; the hash is that of the content in any case.
func (s *Server) AddFile(content []byte, zip bool) Download {
	digest := sha1.Sum(content)
	token, query := rand.Text(), ""
	if zip {
		query = "&tartype=gzip"
		content = zipped(content)
	}
	s.files.mu.Lock()
	defer s.files.mu.Unlock()
	if s.files.of == nil {
		s.files.of = make(map[string][]byte)
	}
	s.files.of[token] = bytes.Clone(content)
	return Download{HashType: "SHA1", HashValue: hex.EncodeToString(digest[:]), URL: s.URL + filePath + "?token=" + token + query}
}

func zipped(content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(content) // a buffer takes all
	_ = w.Close()
	return b.Bytes()
}

// file serves a file.
func (s *Server) file(req *Request) (any, error) {
	s.files.mu.Lock()
	content, ok := s.files.of[req.Query.Get("token")]
	s.files.mu.Unlock()
	if !ok {
		return nil, paramError(detail{field: "token", issue: "is that of no file here", location: "query"})
	}
	return &Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/octet-stream"}}, Body: content}, nil
}

// sampleBill is what the URLs in the examples of the documentation are made to lead to.
const sampleBill = "\xef\xbb\xbf交易时间,商户号,商户订单号,交易状态,订单金额,手续费\r\n" +
	"`2019-06-11 10:00:00,`1900000001,`O20190611001,`SUCCESS,`1.00,`0.01\r\n" +
	"`2019-06-11 11:00:00,`1900000001,`O20190611002,`SUCCESS,`2.50,`0.02\r\n" +
	"总交易单数,订单总金额,手续费总金额\r\n`2,`3.50,`0.03\r\n"

// download makes the URL in an answer lead to a file here, whose hash is that of the answer.
func (s *Server) download(answer object, given map[string]any) object {
	url, hash := answer.index("download_url"), answer.index("hash_value")
	if url < 0 || hash < 0 {
		return answer
	}
	sample := s.sample(given["tar_type"] == "GZIP")
	answer[url].value, answer[hash].value = sample.URL, sample.HashValue
	return answer.set("hash_type", sample.HashType)
}

// sample returns the file that all examples lead to.
func (s *Server) sample(zip bool) Download {
	s.files.mu.Lock()
	found, ok := s.files.samples[zip]
	s.files.mu.Unlock()
	if ok {
		return found
	}
	added := s.AddFile([]byte(sampleBill), zip)
	s.files.mu.Lock()
	defer s.files.mu.Unlock()
	if s.files.samples == nil {
		s.files.samples = make(map[bool]Download)
	}
	s.files.samples[zip] = added
	return added
}

func (f *files) reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.of, f.samples = nil, nil
}
