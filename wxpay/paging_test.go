package wxpay_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

type pageRequest struct {
	Offset *int64
	Token  string
}

// pages serves the numbers 0 to total-1, limit a page, by offset of items or by page number.
func pages(total, limit int64, tell bool, asked *[]int64, start, step int64) func(*pageRequest, int64) ([]int64, *int64, error) {
	return func(req *pageRequest, offset int64) ([]int64, *int64, error) {
		req.Offset = &offset
		*asked = append(*asked, offset)
		first := offset
		if step > 0 {
			first = (offset - start) / step * limit
		}
		var items []int64
		for i := first; i < min(first+limit, total); i++ {
			items = append(items, i)
		}
		if !tell {
			return items, nil, nil
		}
		return items, &total, nil
	}
}

func TestByOffset(t *testing.T) {
	for name, c := range map[string]struct {
		paging wxpay.Paging
		total  int64
		tell   bool
		items  int
		asked  []int64
		err    error
	}{
		"items, total told":         {wxpay.Paging{}, 7, true, 7, []int64{0, 3, 6}, nil},
		"items, total not told":     {wxpay.Paging{}, 6, false, 6, []int64{0, 3, 6}, nil},
		"items, nothing there":      {wxpay.Paging{}, 0, true, 0, []int64{0}, nil},
		"items, from the middle":    {wxpay.Paging{First: new(int64(4))}, 7, true, 3, []int64{4}, nil},
		"items, first is zero":      {wxpay.Paging{First: new(int64(0))}, 3, true, 3, []int64{0}, nil},
		"items, beyond the end":     {wxpay.Paging{First: new(int64(99))}, 7, true, 0, []int64{99}, nil},
		"pages from 0, total told":  {wxpay.Paging{Step: 1}, 7, true, 7, []int64{0, 1, 2}, nil},
		"pages from 1, total told":  {wxpay.Paging{Start: 1, Step: 1}, 6, true, 6, []int64{1, 2}, nil},
		"pages from 1, first unset": {wxpay.Paging{First: new(int64(0)), Start: 1, Step: 1}, 3, false, 3, []int64{1, 2}, nil},
		"pages from 1, second":      {wxpay.Paging{First: new(int64(2)), Start: 1, Step: 1}, 6, false, 3, []int64{2, 3}, nil},
		"limit, more there":         {wxpay.Paging{Max: 4}, 9, true, 6, []int64{0, 3}, wxpay.ErrPageLimit},
		"limit, just all":           {wxpay.Paging{Max: 4}, 6, true, 6, []int64{0, 3}, nil},
		"limit, total unknown":      {wxpay.Paging{Max: 4}, 9, false, 6, []int64{0, 3}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var asked []int64
			req := &pageRequest{Offset: c.paging.First}
			all := wxpay.ByOffset(req, c.paging, pages(c.total, 3, c.tell, &asked, c.paging.Start, c.paging.Step))
			for range 2 { // each range begins anew
				asked = nil
				items := 0
				var last error
				for _, err := range all {
					if last = err; err == nil {
						items++
					}
				}
				if items != c.items || !errors.Is(last, c.err) || !reflect.DeepEqual(asked, c.asked) {
					t.Errorf("%d items, asked for %v, %v; want %d, %v, %v", items, asked, last, c.items, c.asked, c.err)
				}
			}
			if req.Offset != c.paging.First {
				t.Error("the caller's request was changed")
			}
		})
	}
}

// Some operations state the total on the first page only, or a total of 0 beside items.
func TestByOffsetOddTotals(t *testing.T) {
	for name, totals := range map[string][]*int64{
		"first page only": {new(int64(6)), nil},
		"zero":            {new(int64(0)), new(int64(-1)), nil},
	} {
		calls, items := 0, 0
		for _, err := range wxpay.ByOffset(new(pageRequest), wxpay.Paging{}, func(*pageRequest, int64) ([]int, *int64, error) {
			calls++
			if calls == 3 {
				return nil, nil, nil
			}
			return []int{1, 2, 3}, totals[calls-1], nil
		}) {
			if err != nil {
				t.Error(err)
			}
			items++
		}
		if items != 6 || calls != len(totals) {
			t.Errorf("%s: %d items in %d calls", name, items, calls)
		}
	}
}

func TestPagingStops(t *testing.T) {
	var asked []int64
	for item := range wxpay.ByOffset[pageRequest](nil, wxpay.Paging{}, pages(9, 3, true, &asked, 0, 0)) {
		if item == 1 {
			break
		}
	}
	if len(asked) != 1 {
		t.Errorf("pages were fetched after the loop ended: %v", asked)
	}
	failed := errors.New("failed")
	n := 0
	for item, err := range wxpay.ByOffset(new(pageRequest), wxpay.Paging{}, func(*pageRequest, int64) ([]string, *int64, error) {
		return []string{"x"}, nil, failed
	}) {
		n++
		if item != "" || !errors.Is(err, failed) {
			t.Errorf("yielded %q, %v", item, err)
		}
	}
	if n != 1 {
		t.Errorf("an error was yielded %d times", n)
	}
}

func TestByToken(t *testing.T) {
	for name, c := range map[string]struct {
		first string
		next  map[string]string
		asked []string
	}{
		"three pages":      {"", map[string]string{"": "a", "a": "b", "b": ""}, []string{"", "a", "b"}},
		"from the middle":  {"a", map[string]string{"a": "b", "b": ""}, []string{"a", "b"}},
		"repeated token":   {"", map[string]string{"": "a", "a": "b", "b": "a"}, []string{"", "a", "b"}},
		"the same token":   {"a", map[string]string{"a": "a"}, []string{"a"}},
		"empty page early": {"", map[string]string{"": "empty", "empty": "b", "b": ""}, []string{"", "empty", "b"}},
	} {
		var asked []string
		items := 0
		for _, err := range wxpay.ByToken(&pageRequest{Token: c.first}, c.first, func(req *pageRequest, token string) ([]string, string, error) {
			req.Token = token
			asked = append(asked, token)
			if token == "empty" {
				return nil, c.next[token], nil
			}
			return []string{token}, c.next[token], nil
		}) {
			if err != nil {
				t.Error(err)
			}
			items++
		}
		if !reflect.DeepEqual(asked, c.asked) {
			t.Errorf("%s: asked for %q, want %q", name, asked, c.asked)
		}
	}
	failed := errors.New("failed")
	for _, err := range wxpay.ByToken[pageRequest](nil, "", func(*pageRequest, string) ([]string, string, error) { return nil, "x", failed }) {
		if !errors.Is(err, failed) {
			t.Error(err)
		}
	}
}

func TestInt64(t *testing.T) {
	if got := wxpay.Int64(new(uint32(7))); *got != 7 || wxpay.Int64[int32](nil) != nil {
		t.Errorf("got %v", got)
	}
}
