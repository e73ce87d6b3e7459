// Package web fetches documentation pages politely: one at a time, with a
// pause between them, and again only if they changed.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxSize bounds a page; the largest of the doc centre has half a megabyte.
const maxSize = 8 << 20

// Fetcher fetches pages one after the other. The zero Fetcher works, without
// a cache and without a pause.
type Fetcher struct {
	Client  *http.Client  // default: one that gives up after 30 seconds
	Cache   *Cache        // default: none
	Pause   time.Duration // between two requests
	Agent   string        // of the header User-Agent
	Offline bool          // answer from the cache only

	last time.Time
}

// Page is what was fetched.
type Page struct {
	URL    string
	Data   []byte
	Cached bool // the site said that it did not change, or Offline is set
}

// IsURL tells whether an argument of a command is an address of a page.
func IsURL(arg string) bool {
	return strings.HasPrefix(arg, "https://") || strings.HasPrefix(arg, "http://")
}

// Get fetches a page. A page that the cache has is asked for conditionally.
func (f *Fetcher) Get(ctx context.Context, address string) (*Page, error) {
	if u, err := url.Parse(address); err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q is no address of a page", address)
	}
	known, err := f.Cache.load(address)
	if err != nil {
		return nil, err
	}
	if f.Offline {
		if known == nil {
			return nil, fmt.Errorf("%s is not in the cache; fetch it once while online", address)
		}
		return &Page{URL: address, Data: known.data, Cached: true}, nil
	}
	if err := f.wait(ctx); err != nil {
		return nil, err
	}
	return f.fetch(ctx, address, known)
}

func (f *Fetcher) fetch(ctx context.Context, address string, known *entry) (*Page, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", address, err)
	}
	req.Header.Set("User-Agent", f.Agent)
	req.Header.Set("Accept", "text/html, text/markdown;q=0.9, text/plain;q=0.8")
	known.ask(req.Header)
	resp, err := f.client().Do(req)
	if err != nil {
		return nil, unreachable(address, err)
	}
	defer resp.Body.Close()
	f.last = time.Now()
	switch resp.StatusCode {
	case http.StatusNotModified:
		if known != nil {
			return &Page{URL: address, Data: known.data, Cached: true}, nil
		}
	case http.StatusOK:
		return f.take(address, resp)
	}
	return nil, fmt.Errorf("%s answered %s", address, resp.Status)
}

func (f *Fetcher) take(address string, resp *http.Response) (*Page, error) {
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", address, err)
	}
	if len(data) > maxSize {
		return nil, fmt.Errorf("%s is longer than %d MB, which no page is", address, maxSize>>20)
	}
	if err := f.Cache.store(address, resp.Header, data); err != nil {
		return nil, err
	}
	return &Page{URL: address, Data: data}, nil
}

// wait keeps the pause since the last answer.
func (f *Fetcher) wait(ctx context.Context) error {
	rest := f.Pause - time.Since(f.last)
	if f.last.IsZero() || rest <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (f *Fetcher) client() *http.Client {
	if f.Client != nil {
		return f.Client
	}
	return &http.Client{Timeout: 30 * time.Second}
}

// unreachable says in the words of a person why a page could not be had.
func unreachable(address string, err error) error {
	var dns *net.DNSError
	var op *net.OpError
	var timeout net.Error
	switch {
	case errors.As(err, &dns):
		return fmt.Errorf("%s cannot be reached: no address is known for %s; is this machine offline? A folder of saved pages works as well: %w",
			address, dns.Name, err)
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%s did not answer in time: %w", address, err)
	case errors.As(err, &op):
		return fmt.Errorf("%s cannot be reached; is this machine offline? A folder of saved pages works as well: %w", address, err)
	}
	return fmt.Errorf("fetching %s: %w", address, err)
}
