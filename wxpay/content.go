package wxpay

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"
)

const (
	maxUpload   = 32 << 20 // bytes of a file; WeChat Pay takes 2 to 8 MB
	maxFileName = 150      // characters; pages say 128 or 150, and the rules of each upload check the exact bound
)

// content is what a file holds, ready to be sent more than once.
type content struct {
	size   int64
	digest string // hexadecimal; empty if no hash was wanted
	open   func() io.Reader
}

// errFile says what is wrong with a file that the caller gave.
type errFile string

func (e errFile) Error() string { return string(e) }

// load reads the content to its end, for its length and its hash, of which sum may be nil.
func (f File) load(ctx context.Context, sum hash.Hash) (*content, error) {
	if f.Content == nil {
		return nil, errFile("has no Content")
	}
	loaded, err := f.place(ctx, sum)
	switch {
	case err != nil:
		return nil, err
	case loaded.size > maxUpload:
		return nil, errFile(fmt.Sprintf("is longer than %d bytes", maxUpload))
	case loaded.size == 0:
		return nil, errFile("is empty: was its reader read before?")
	case f.Size != 0 && f.Size != loaded.size:
		return nil, errFile(fmt.Sprintf("has %s, but Size says %d", sizeText(loaded.size, f.Size), f.Size))
	}
	if sum != nil {
		loaded.digest = hex.EncodeToString(sum.Sum(nil))
	}
	return loaded, nil
}

func sizeText(size, limit int64) string {
	if size > limit {
		return "more bytes"
	}
	return fmt.Sprintf("%d bytes", size)
}

// place leaves the content where it is if it can be read at any place, and else holds it in memory.
func (f File) place(ctx context.Context, sum hash.Hash) (*content, error) {
	bound := int64(maxUpload)
	if f.Size > 0 {
		bound = min(bound, f.Size)
	}
	if section, ok := sectionOf(f.Content); ok {
		size := section.Size()
		if size > bound {
			return &content{size: size}, nil // refused by load: do not read it
		}
		open := func() io.Reader { return io.NewSectionReader(section, 0, size) }
		n, err := copyTo(ctx, sum, open())
		if err == nil && n != size {
			err = io.ErrUnexpectedEOF
		}
		return &content{size: size, open: open}, err
	}
	var memory bytes.Buffer
	n, err := copyTo(ctx, sum, io.TeeReader(io.LimitReader(f.Content, bound+1), &memory))
	return &content{size: n, open: func() io.Reader { return bytes.NewReader(memory.Bytes()) }}, err
}

// sectionOf returns what is left of a reader that can be read at any place and knows its length. The reader is not moved.
func sectionOf(r io.Reader) (*io.SectionReader, bool) {
	placed, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !ok {
		return nil, false
	}
	end := int64(-1)
	switch r := r.(type) {
	case interface{ Size() int64 }:
		end = r.Size()
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := r.Stat(); err == nil && info.Mode().IsRegular() {
			end = info.Size()
		}
	}
	if end < 0 {
		return nil, false
	}
	start, err := placed.Seek(0, io.SeekCurrent)
	return io.NewSectionReader(placed, start, max(0, end-start)), err == nil
}

// copyTo reads to the end, through the hash if there is one, as long as the context goes on.
func copyTo(ctx context.Context, sum hash.Hash, r io.Reader) (int64, error) {
	to := io.Discard
	if sum != nil {
		to = sum
	}
	n, err := io.Copy(struct{ io.Writer }{to}, readWithin{ctx, r})
	if err != nil {
		return n, fmt.Errorf("reading the file after %d bytes: %w", n, err)
	}
	return n, nil
}

// readWithin is a reader that ends with the context.
type readWithin struct {
	ctx context.Context
	r   io.Reader
}

func (r readWithin) Read(p []byte) (int, error) {
	if err := ended(r.ctx); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// checkFileName refuses names that are paths, that could end a header, or that no upload takes.
func checkFileName(name string) error {
	switch {
	case name == "":
		return errors.New("is missing")
	case name == "." || name == ".." || strings.ContainsAny(name, `/\`):
		return errors.New("is a path: give the last part of it only")
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return errors.New("holds control characters")
	case !utf8.ValidString(name):
		return errors.New("is not valid UTF-8")
	case utf8.RuneCountInString(name) > maxFileName:
		return fmt.Errorf("has more than %d characters", maxFileName)
	}
	return nil
}
