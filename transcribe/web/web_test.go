package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/transcribe/web"
)

// site serves one page and counts how often it is sent whole.
type site struct {
	page string
	sent int
	seen []http.Header
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.seen = append(s.seen, r.Header)
	etag := `"` + s.page + `"`
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.sent++
	_, _ = w.Write([]byte(s.page))
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	s := &site{page: "one"}
	srv := httptest.NewServer(s)
	defer srv.Close()
	f := &web.Fetcher{Cache: &web.Cache{Dir: t.TempDir()}, Agent: "wxgen/test"}

	for i, want := range []struct {
		page   string
		cached bool
	}{{"one", false}, {"one", true}, {"two", false}} {
		s.page = want.page
		got, err := f.Get(t.Context(), srv.URL+"/doc")
		if err != nil {
			t.Fatal(err)
		}
		if string(got.Data) != want.page || got.Cached != want.cached {
			t.Errorf("request %d: got %q, cached %v", i, got.Data, got.Cached)
		}
	}
	if s.sent != 2 {
		t.Errorf("the page was sent %d times", s.sent)
	}
	if agent := s.seen[0].Get("User-Agent"); agent != "wxgen/test" {
		t.Errorf("User-Agent is %q", agent)
	}
}

func TestDamagedCacheIsFetchedAgain(t *testing.T) {
	s := &site{page: "whole"}
	srv := httptest.NewServer(s)
	defer srv.Close()
	dir := t.TempDir()
	f := &web.Fetcher{Cache: &web.Cache{Dir: dir}}
	if _, err := f.Get(t.Context(), srv.URL); err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.page"))
	if err != nil || len(pages) != 1 {
		t.Fatal(pages, err)
	}
	if err := os.WriteFile(pages[0], []byte("wh"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := f.Get(t.Context(), srv.URL)
	if err != nil || string(got.Data) != "whole" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestPause(t *testing.T) {
	s := &site{page: "x"}
	srv := httptest.NewServer(s)
	defer srv.Close()
	f := &web.Fetcher{Pause: 50 * time.Millisecond}
	start := time.Now()
	for range 3 {
		if _, err := f.Get(t.Context(), srv.URL); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("three requests took %v, shorter than two pauses", took)
	}
}

func TestPauseEndsWithItsContext(t *testing.T) {
	srv := httptest.NewServer(&site{page: "x"})
	defer srv.Close()
	f := &web.Fetcher{Pause: time.Hour}
	if _, err := f.Get(t.Context(), srv.URL); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := f.Get(ctx, srv.URL); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestOffline(t *testing.T) {
	s := &site{page: "kept"}
	srv := httptest.NewServer(s)
	cache := &web.Cache{Dir: t.TempDir()}
	if _, err := (&web.Fetcher{Cache: cache}).Get(t.Context(), srv.URL); err != nil {
		t.Fatal(err)
	}
	srv.Close()

	_, err := (&web.Fetcher{Cache: cache}).Get(t.Context(), srv.URL)
	if err == nil || !strings.Contains(err.Error(), "is this machine offline?") {
		t.Errorf("got %v", err)
	}
	got, err := (&web.Fetcher{Cache: cache, Offline: true}).Get(t.Context(), srv.URL)
	if err != nil || string(got.Data) != "kept" || !got.Cached {
		t.Errorf("from the cache: %v, %v", got, err)
	}
	if _, err := (&web.Fetcher{Cache: cache, Offline: true}).Get(t.Context(), srv.URL+"/other"); err == nil {
		t.Error("a page that is not in the cache was found")
	}
}

func TestRefusals(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/long" {
			_, _ = w.Write(make([]byte, 9<<20))
			return
		}
		http.NotFound(w, r)
	}))
	defer srv.Close()
	for address, want := range map[string]string{
		srv.URL + "/gone": "404",
		srv.URL + "/long": "longer than",
		"/doc/v3":         "is no address",
	} {
		_, err := (&web.Fetcher{}).Get(t.Context(), address)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", address, err, want)
		}
	}
}
