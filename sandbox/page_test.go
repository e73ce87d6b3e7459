package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

func TestPageByItem(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithItems(12))
	seen := make(map[string]bool)
	for offset, want := range map[int]int{0: 5, 5: 5, 10: 2, 12: 0, 1000: 0} {
		var page struct {
			Data []struct {
				ID   string `json:"manage_record_id"`
				Type string `json:"manage_record_type"`
			}
			Offset, Limit int
			Total         int `json:"total_count"`
		}
		call(t, srv, "GET", fmt.Sprintf("%s&offset=%d", recordsPage, offset), "", nil).decode(t, &page)
		if len(page.Data) != want || page.Offset != offset || page.Limit != 5 || page.Total != 12 {
			t.Errorf("offset %d: %d items, %+v", offset, len(page.Data), page)
		}
		for _, item := range page.Data {
			seen[item.ID] = true
			if item.Type != "INVESTIGATE_RECORD" || len(item.ID) != 32 {
				t.Errorf("%+v", item)
			}
		}
	}
	if len(seen) != 12 {
		t.Errorf("%d different items", len(seen))
	}
	var page struct{ Offset, Limit int }
	call(t, srv, "GET", recordsPage, "", nil).decode(t, &page)
	if page.Offset != 0 {
		t.Errorf("the offset is %d where none was given", page.Offset)
	}
}

func TestPageByPage(t *testing.T) {
	srv := sandbox.Start(t)
	srv.SetItems("favor.ListStockItems", 7)
	for offset, want := range []string{`"data":["1232001","1232002","1232003"]`, `"data":["1232004","1232005","1232006"]`, `"data":["1232007"]`, `{"limit"`} {
		uri := fmt.Sprintf("%s?offset=%d&limit=3&stock_creator_mchid=1", items, offset)
		got := call(t, srv, "GET", uri, "", nil)
		got.want(t, 200, "", want, `"total_count":7`, fmt.Sprintf(`"offset":%d`, offset))
	}
}

func TestPageByToken(t *testing.T) {
	srv := startShop(t, sandbox.WithItems(5))
	var numbers []string
	token, calls := "", 0
	for {
		var page struct {
			Orders []struct {
				No   string `json:"order_no"`
				Kind string
			}
			Next string `json:"next_page_token"`
		}
		call(t, srv, "GET", "/v3/orders?page_size=2&page_token="+token, "", nil).decode(t, &page)
		for _, order := range page.Orders {
			numbers = append(numbers, order.Kind+order.No)
		}
		calls++
		if token = page.Next; token == "" {
			break
		}
	}
	if text := strings.Join(numbers, " "); text != "A2021 B7772 A2023 B7774 A2025" || calls != 3 {
		t.Errorf("%d calls, %s", calls, text)
	}
	call(t, srv, "GET", "/v3/orders?page_token=other", "", nil).want(t, 400, "PARAM_ERROR", "no token")
	srv.SetItems("orders.List", 0)
	call(t, srv, "GET", "/v3/orders", "", nil).want(t, 200, "", `"orders":[]`, `"next_page_token":""`)
	mustPanic(t, "does not page", func() { srv.SetItems("orders.Create", 1) })
}

// TestPagingHelpers goes through all pages as generated packages do.
func TestPagingHelpers(t *testing.T) {
	srv := sandbox.Start(t)
	type request struct {
		Stock   string `json:"-" path:"stock_id"`
		Creator string `json:"-" query:"stock_creator_mchid"`
		Limit   int64  `json:"-" query:"limit"`
		Offset  int64  `json:"-" query:"offset"`
	}
	op := &wxpay.Operation{Name: "favor.ListStockItems", Method: "GET", Path: "/v3/marketing/favor/stocks/{stock_id}/items"}
	seen := make(map[string]bool)
	all := wxpay.ByOffset(&request{Stock: "1", Creator: "2", Limit: 10}, wxpay.Paging{Step: 1}, func(req *request, offset int64) ([]string, *int64, error) {
		req.Offset = offset
		var page struct {
			Data  []string
			Total *int64 `json:"total_count"`
		}
		err := srv.Client().Do(t.Context(), op, req, &page)
		return page.Data, page.Total, err
	})
	for item, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		seen[item] = true
	}
	if len(seen) != 25 || len(srv.Calls()) != 3 {
		t.Errorf("%d items in %d calls", len(seen), len(srv.Calls()))
	}
}

func mustPanic(t *testing.T, words string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); !strings.Contains(got, words) {
			t.Errorf("panic %q, want one about %q", got, words)
		}
	}()
	f()
}
