package page_test

import (
	"testing"

	"github.com/wxgen/wxgen/transcribe/page"
)

func TestKey(t *testing.T) {
	same := page.Key("GET", "/v3/demo/{id}/parts/{part_id}")
	for _, path := range []string{"/v3/demo/{gadget_id}/parts/{ part }", "/v3/demo/{id}/parts/{part_id}/"} {
		if got := page.Key("get", path); got != same {
			t.Errorf("%s: %q, want %q", path, got, same)
		}
	}
	for _, other := range []string{page.Key("POST", "/v3/demo/{id}/parts/{part_id}"), page.Key("GET", "/v3/demo/{id}/parts"), page.Key("GET", "/v3/demo/id/parts/{part_id}")} {
		if other == same {
			t.Errorf("%q is another operation", other)
		}
	}
}
