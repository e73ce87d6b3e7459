package wxpay

import (
	"errors"
	"fmt"
	"iter"
)

// ErrPageLimit is yielded by an iterator that had to stop though more items exist, because WeChat Pay serves no further
// pages. Narrow the query (a shorter period, a state) to reach the rest.
var ErrPageLimit = errors.New("the platform serves no further pages; narrow the query to reach the remaining items")

// Paging says how an operation counts its pages.
type Paging struct {
	First *int64 // where the caller wants to begin; nil: Start
	Start int64  // the first offset or page number there is: 0, or 1 where pages are numbered from 1
	Step  int64  // from one page to the next; 0: as many as items came, where the offset counts them; 1: where it counts pages
	Max   int64  // the highest offset or page number that the platform takes; 0: no limit
}

// ByOffset iterates over the items of all pages of an operation that pages by offset or by page number. fetch gets a copy
// of req and the offset to put into it; it returns the items of that page and the total if the answer has it, else nil.
//
// The iteration ends after the total is reached, after an empty page, or after an error, which is yielded once with a zero
// Item. Some operations state the total on the first page only: it is remembered. A total of 0 beside items is not
// believed. req is never changed, and each range over the result begins anew.
func ByOffset[Req, Item any](
	req *Req, paging Paging, fetch func(req *Req, offset int64) (items []Item, total *int64, err error),
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		progress := newProgress(paging)
		for more := true; more; {
			items, total, err := fetch(copyOf(req), progress.offset)
			if err == nil {
				if !yieldAll(yield, items) {
					return
				}
				more, err = progress.advance(len(items), total)
			}
			if err != nil {
				yieldError(yield, err)
				return
			}
		}
	}
}

// ByToken iterates over the items of all pages of an operation whose answer names the next page by a token. fetch gets a
// copy of req and the token to put into it (first for the first page); it returns the items and the next token.
//
// The iteration ends with an empty or a repeated token, or after an error, which is yielded once with a zero Item. An empty
// page with a new token does not end it. req is never changed, and each range over the result begins anew.
func ByToken[Req, Item any](
	req *Req, first string, fetch func(req *Req, token string) (items []Item, next string, err error),
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		token, seen := first, map[string]bool{first: true}
		for {
			items, next, err := fetch(copyOf(req), token)
			if err != nil {
				yieldError(yield, err)
				return
			}
			if !yieldAll(yield, items) || next == "" || seen[next] {
				return
			}
			token, seen[next] = next, true
		}
	}
}

// Int64 converts an optional integer of another size for [Paging] and for the total that a fetch function returns.
// nil stays nil.
func Int64[N ~int | ~int32 | ~uint32 | ~int64 | ~uint64](n *N) *int64 {
	if n == nil {
		return nil
	}
	return new(int64(*n))
}

// progress is where an iteration by offset stands.
type progress struct {
	paging Paging
	offset int64 // of the next page
	seen   int64 // items so far
	total  int64 // as the platform last stated it, 0: unknown
}

func newProgress(paging Paging) *progress {
	p := &progress{paging: paging, offset: paging.Start}
	if paging.First != nil && *paging.First > paging.Start {
		p.offset = *paging.First
	}
	return p
}

// advance moves to the next page and reports whether there may be one. The error says that there is one, out of reach.
func (p *progress) advance(items int, total *int64) (more bool, err error) {
	if total != nil && *total > 0 {
		p.total = *total
	}
	p.seen += int64(items)
	if p.paging.Step == 0 {
		p.offset += int64(items)
	} else {
		p.offset += p.paging.Step
	}
	if items == 0 || p.complete() {
		return false, nil
	}
	if p.paging.Max == 0 || p.offset <= p.paging.Max {
		return true, nil
	}
	if p.total == 0 {
		return false, nil // nobody knows whether there is more
	}
	return false, fmt.Errorf("after %d of %d items: %w", p.seen, p.total, ErrPageLimit)
}

// complete reports whether the stated total is reached.
func (p *progress) complete() bool {
	if p.total == 0 {
		return false
	}
	if p.paging.Step == 0 {
		return p.offset >= p.total
	}
	return p.seen >= p.total
}

func copyOf[Req any](req *Req) *Req {
	page := new(Req)
	if req != nil {
		*page = *req
	}
	return page
}

func yieldAll[Item any](yield func(Item, error) bool, items []Item) bool {
	for _, item := range items {
		if !yield(item, nil) {
			return false
		}
	}
	return true
}

func yieldError[Item any](yield func(Item, error) bool, err error) {
	var none Item
	yield(none, err)
}
