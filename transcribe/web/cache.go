package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
)

// Cache keeps pages in a folder, with what is needed to ask whether they
// changed. A nil Cache keeps nothing.
type Cache struct {
	Dir string
}

// UserCache is the cache of the user who runs the program.
func UserCache() (*Cache, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("finding the folder for fetched pages: %w", err)
	}
	return &Cache{Dir: filepath.Join(dir, "wxgen", "pages")}, nil
}

// entry is a page in the cache. Its validators stand in a file beside it.
type entry struct {
	URL          string `json:"url"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	Digest       string `json:"sha256"`

	data []byte
}

// ask makes a request conditional.
func (e *entry) ask(h http.Header) {
	if e == nil {
		return
	}
	if e.ETag != "" {
		h.Set("If-None-Match", e.ETag)
	}
	if e.LastModified != "" {
		h.Set("If-Modified-Since", e.LastModified)
	}
}

// load returns nil for a page that is not there, or not whole: a run may have
// been stopped between the two files.
func (c *Cache) load(address string) (*entry, error) {
	if c == nil {
		return nil, nil
	}
	about, err := os.ReadFile(c.file(address, ".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the cache of pages: %w", err)
	}
	e := new(entry)
	if json.Unmarshal(about, e) != nil || e.URL != address {
		return nil, nil
	}
	e.data, err = os.ReadFile(c.file(address, ".page"))
	if errors.Is(err, fs.ErrNotExist) || err == nil && digest(e.data) != e.Digest {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the cache of pages: %w", err)
	}
	return e, nil
}

func (c *Cache) store(address string, h http.Header, data []byte) error {
	if c == nil {
		return nil
	}
	e := entry{URL: address, ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified"), Digest: digest(data)}
	about, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return fmt.Errorf("making the cache of pages: %w", err)
	}
	if err := os.WriteFile(c.file(address, ".page"), data, 0o644); err != nil {
		return fmt.Errorf("writing the cache of pages: %w", err)
	}
	if err := os.WriteFile(c.file(address, ".json"), about, 0o644); err != nil {
		return fmt.Errorf("writing the cache of pages: %w", err)
	}
	return nil
}

func (c *Cache) file(address, suffix string) string {
	return filepath.Join(c.Dir, digest([]byte(address))[:32]+suffix)
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
