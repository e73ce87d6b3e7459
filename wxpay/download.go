package wxpay

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Download gets a file that an answer of WeChat Pay named: a bill by its download_url, a receipt, a picture. The URL is used as
// it came, and must lead to a host of WeChat Pay, or to one of [Config.BaseURL] and [Config.BackupURLs]; anything else is an
// error, and nothing is signed. A file that is gzip data is unzipped, once.
//
// want is the hash that came with the URL. It covers the file as it is read here, unzipped, and is checked at the end:
// [ErrHashMismatch] in place of io.EOF says that the file is altered or incomplete. Until io.EOF, nothing of it should be
// acted upon. For files without a hash give Hash{Type: HashNone}.
//
// The file itself is not signed by WeChat Pay, but for overseas statements, which come with a hash that is: see [Stream]. It is
// read in constant memory. Close the Stream. [WithTimeout] and [WithMaxBytes] apply as for any stream, the latter to the unzipped
// file.
func (c *Client) Download(ctx context.Context, fileURL string, want Hash, opts ...CallOption) (*Stream, error) {
	stream := new(Stream)
	call := &call{client: c, op: &opDownload, started: time.Now()}
	ctx = call.startCall(ctx)
	err := call.download(ctx, fileURL, want, stream, opts)
	call.endCall(ctx, err)
	if err != nil {
		return nil, err
	}
	return stream, nil
}

var (
	opDownload  = Operation{Name: "download", Method: http.MethodGet, Path: "{url}", Unsigned: true}
	opStatement = Operation{Name: "download", Method: http.MethodGet, Path: "{url}"} // of which a hash is signed
)

func (c *call) download(ctx context.Context, fileURL string, want Hash, stream *Stream, opts []CallOption) error {
	if err := c.configure(opts); err != nil {
		return c.wrap("options", err)
	}
	sum, digest, err := c.client.hashes.expect(want)
	if err != nil {
		return c.wrap("not started", err)
	}
	message, host, err := c.downloadOf(fileURL)
	if err != nil {
		return c.wrap("not started: the URL", err)
	}
	if isStatement(message.path) {
		if sum != nil {
			return c.wrap("not started", errors.New("the hash of a statement comes with it: give Hash{Type: HashNone}"))
		}
		c.op = &opStatement
	}
	if c.settings.base == (endpoint{}) {
		c.settings.base = host // the file is there and nowhere else
	}
	if err := c.deliver(ctx, message, stream); err != nil {
		return err
	}
	if !c.statement {
		stream.body = &fileBody{call: c, source: stream.body, limit: c.limit(maxStream), sum: sum, want: digest}
	}
	return nil
}

// expect returns the function and the value of the hash that a file must have. The function is nil if none is wanted.
func (h hashes) expect(want Hash) (hash.Hash, []byte, error) {
	if strings.EqualFold(want.Type, HashNone) && want.Value == "" {
		return nil, nil, nil
	}
	sum, err := h.of(want.Type)
	if err != nil {
		return nil, nil, err
	}
	value, err := hex.DecodeString(strings.TrimSpace(want.Value))
	if err != nil || len(value) != sum.Size() {
		return nil, nil, fmt.Errorf("the hash value is no %s in hexadecimal: that has %d digits", cut(want.Type, 32), 2*sum.Size())
	}
	return sum, value, nil
}

// downloadOf reads the URL of a file. No error quotes it, because it bears a token.
func (c *call) downloadOf(fileURL string) (*message, endpoint, error) {
	u, err := url.Parse(strings.TrimSpace(fileURL)) // some answers have a space in front of it
	if err != nil {
		return nil, endpoint{}, errors.New("is none")
	}
	to := endpoint{scheme: u.Scheme, host: u.Host}
	switch {
	case u.User != nil:
		return nil, to, errors.New("has user information")
	case !c.client.routes.serve(u):
		return nil, to, fmt.Errorf("leads to %q, which is neither https on a host of WeChat Pay nor configured", cut(u.Scheme+"://"+u.Host, 128))
	case climbs(u.Path):
		return nil, to, errors.New(`has a path with "." or ".." in it`)
	case strings.ContainsFunc(u.RequestURI(), func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return nil, to, errors.New("holds characters that should be escaped")
	}
	return &message{path: u.Path, rawPath: u.RawPath, query: u.RawQuery, contentType: "application/json"}, to, nil
}

// serve reports whether a signed request may go to the host of a URL.
func (r *routes) serve(u *url.URL) bool {
	if r.fixed != nil {
		for _, base := range r.fixed.endpoints {
			if base.scheme == u.Scheme && strings.EqualFold(base.host, u.Host) {
				return true
			}
		}
	}
	return u.Scheme == "https" && platformHost(u.Hostname()) && (u.Port() == "" || u.Port() == "443")
}

// climbs reports whether a path has segments that servers resolve to another path.
func climbs(path string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return true
		}
	}
	return path == "" || path[0] != '/'
}

// fileBody is a downloaded file: unzipped if it is gzip data, bounded, and hashed on the way.
type fileBody struct {
	call   *call
	source io.ReadCloser
	plain  io.Reader // nil until the first Read
	limit  int64
	read   int64
	sum    hash.Hash // of what is read; nil: none wanted
	raw    hash.Hash // of what came, which may be the right one instead; nil: it may not
	want   []byte
	err    error // once there is one, it stays
}

func (b *fileBody) Read(p []byte) (int, error) {
	if b.err != nil || len(p) == 0 {
		return 0, b.err
	}
	if b.plain == nil {
		if b.plain, b.err = unzipped(b.source); b.err != nil {
			b.err = b.explain(b.err)
			return 0, b.err
		}
	}
	n, err := b.plain.Read(p)
	if b.read += int64(n); b.read > b.limit {
		n -= int(b.read - b.limit)
		err = tooLarge(b.limit)
	}
	if b.sum != nil {
		b.sum.Write(p[:n])
	}
	if err != nil {
		b.err = b.explain(err)
	}
	return n, b.err
}

// explain turns the end of the file into the verdict on it, and names the download in other errors.
func (b *fileBody) explain(err error) error {
	_ = b.source.Close()
	if err == io.EOF {
		if b.whole() {
			return io.EOF
		}
		err = ErrHashMismatch
	}
	if _, ok := errors.AsType[*SendError](err); ok || errors.Is(err, errClosed) {
		return err
	}
	return fmt.Errorf("%s: after %d bytes of the file: %w", b.call.op.label(), b.read, err)
}

// whole reports whether the content has the hash that is wanted.
func (b *fileBody) whole() bool {
	is := func(sum hash.Hash) bool { return subtle.ConstantTimeCompare(sum.Sum(nil), b.want) == 1 }
	return b.sum == nil || is(b.sum) || b.raw != nil && is(b.raw)
}

// hashedBody hashes what is read from it.
type hashedBody struct {
	io.ReadCloser
	sum hash.Hash
}

func (b *hashedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.sum.Write(p[:n])
	return n, err
}

func (b *fileBody) Close() error {
	if b.err == nil {
		b.err = errClosed
	}
	return b.source.Close()
}

// unzipped looks at the beginning of a file: gzip data says what it is, whatever the headers say.
func unzipped(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	magic, err := buffered.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(magic) < 2 || magic[0] != 0x1f || magic[1] != 0x8b {
		return buffered, nil
	}
	unzip, err := gzip.NewReader(buffered)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return unzip, err
}
