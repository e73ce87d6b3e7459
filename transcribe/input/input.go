// Package input gathers the documents that a command is to read: files,
// folders of them, standard input. An index beside a document (index.json, or
// NAME.json beside NAME.html, as tools that copy the doc centre leave them)
// tells the title, date and address that the document lost.
package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/transcribe/page"
	"github.com/wxgen/wxgen/transcribe/web"
)

// Stdin is the name of standard input.
const Stdin = "-"

// maxSize bounds a document. A catalogue of the whole platform has 3 MB.
const maxSize = 64 << 20

// Document is one document, not read yet.
type Document struct {
	Name string // file, or - for standard input
	// What an index tells of it; not known where there is none.
	Title, Updated, Doc page.Fact[string]

	open func() (io.ReadCloser, error)
}

// Read gives the document's bytes.
func (d *Document) Read() ([]byte, error) {
	r, err := d.open()
	if err != nil {
		return nil, fmt.Errorf("reading a page: %w", err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", d.Name, err)
	}
	if len(data) > maxSize {
		return nil, fmt.Errorf("%s is larger than 64 MB, which no page is", d.Name)
	}
	return data, nil
}

// Source gives documents one after the other. An error ends it.
type Source = iter.Seq2[*Document, error]

// From is where documents come from beside files. What is left out has none.
type From struct {
	Stdin io.Reader
	Fetch func(address string) ([]byte, error) // of a page on the web
}

// Open gives the documents that arguments of a command name: files, folders
// with all pages below them, addresses of pages, and standard input.
func Open(args []string, from From) Source {
	return func(yield func(*Document, error) bool) {
		l := &library{indexes: map[string]index{}}
		for _, arg := range args {
			if !l.open(arg, from, yield) {
				return
			}
		}
	}
}

// extensions are those of files in folders that can be pages.
var extensions = []string{".md", ".markdown", ".txt", ".html", ".htm", ".shtml", ".jsonl", ".php", ".java", ".erl"}

func (l *library) open(arg string, from From, yield func(*Document, error) bool) bool {
	switch {
	case arg == Stdin && from.Stdin != nil:
		return yield(&Document{Name: Stdin, open: func() (io.ReadCloser, error) { return io.NopCloser(from.Stdin), nil }}, nil)
	case web.IsURL(arg) && from.Fetch != nil:
		return yield(fetched(arg, from.Fetch))
	}
	info, err := os.Stat(arg)
	if err != nil {
		return yield(nil, fmt.Errorf("looking for pages: %w", err))
	}
	if !info.IsDir() {
		return yield(l.document(arg), nil)
	}
	found, going := 0, true
	err = filepath.WalkDir(arg, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != arg && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || strings.HasPrefix(d.Name(), ".") || !slices.Contains(extensions, strings.ToLower(filepath.Ext(name))):
			return nil
		}
		found++
		if going = yield(l.document(name), nil); !going {
			return fs.SkipAll
		}
		return nil
	})
	if err == nil && found == 0 {
		err = fmt.Errorf("the folder %s holds no page (%s)", arg, strings.Join(extensions, ", "))
	}
	if err != nil && going {
		return yield(nil, fmt.Errorf("looking for pages: %w", err))
	}
	return going
}

// fetched gets a page at once, so that a site is asked for one page after the
// other, however many are read at the same time.
func fetched(address string, fetch func(string) ([]byte, error)) (*Document, error) {
	data, err := fetch(address)
	if err != nil {
		return nil, err
	}
	d := &Document{Name: address, open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
	if u, err := url.Parse(address); err == nil && u.Host == "pay.weixin.qq.com" {
		d.Doc = page.Said(strings.TrimSuffix(u.Path, ".md"), page.Pos{File: address})
	}
	return d, nil
}

// library remembers the indexes of folders.
type library struct{ indexes map[string]index }

// index tells of documents by their id, which is the file's name.
type index map[string]entry

type entry struct {
	ID      string `json:"docId"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	Updated string `json:"updateTime"` // seconds since 1970
}

func (l *library) document(name string) *Document {
	d := &Document{Name: name, open: func() (io.ReadCloser, error) { return os.Open(name) }}
	id := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	e, at, ok := l.beside(name)
	for dir, up := filepath.Dir(name), 0; !ok && up < 3; dir, up = filepath.Dir(dir), up+1 {
		at = filepath.Join(dir, "index.json")
		e, ok = l.read(at)[id]
	}
	if ok {
		d.tell(e, page.Pos{File: at})
	}
	return d
}

// tell takes over what an index says.
func (d *Document) tell(e entry, pos page.Pos) {
	if e.Title != "" {
		d.Title = page.Said(e.Title, pos)
	}
	if seconds, err := strconv.ParseInt(e.Updated, 10, 64); err == nil && seconds > 0 {
		china := time.FixedZone("", 8*60*60)
		d.Updated = page.Said(time.Unix(seconds, 0).In(china).Format(time.DateOnly), pos)
	}
	if u, err := url.Parse(e.URL); err == nil && u.Path != "" {
		d.Doc = page.Said(strings.TrimSuffix(u.Path, ".md"), pos)
	}
}

// beside reads NAME.json.
func (l *library) beside(name string) (entry, string, bool) {
	at := strings.TrimSuffix(name, filepath.Ext(name)) + ".json"
	data, err := os.ReadFile(at)
	if err != nil || len(data) > 1<<20 {
		return entry{}, at, false
	}
	var e entry
	err = json.Unmarshal(data, &e)
	return e, at, err == nil && e.ID != ""
}

// read reads an index once. A file that is none, or none of these, tells
// nothing: it is no page, and no fault of one.
func (l *library) read(name string) index {
	if known, ok := l.indexes[name]; ok {
		return known
	}
	out := index{}
	l.indexes[name] = out
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) || len(data) > maxSize {
		return out
	}
	var file struct {
		Nodes []entry `json:"nodes"`
	}
	if json.Unmarshal(data, &file) != nil {
		return out
	}
	for _, e := range file.Nodes {
		out[e.ID] = e
	}
	return out
}
