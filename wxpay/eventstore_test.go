package wxpay_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/storetest"
)

func TestMemoryEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		storetest.Events(t, wxpay.NewMemoryEvents(), time.Second, time.Sleep)
	})
}

// However many events come, the memory stays bounded, and what is forgotten is the oldest.
func TestMemoryEventsAreBounded(t *testing.T) {
	const most = 1 << 17
	store := wxpay.NewMemoryEvents()
	begin := func(i int) wxpay.EventState { return must(store.Begin(t.Context(), fmt.Sprint(i), time.Hour)).State }
	for i := range most + 1000 {
		if begin(i) != wxpay.EventNew {
			t.Fatal(i)
		}
		if err := store.Finish(t.Context(), fmt.Sprint(i), "", nil, time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	if first, last := begin(0), begin(most+999); first != wxpay.EventNew || last != wxpay.EventDone {
		t.Errorf("the first is in state %d, the last in %d", first, last)
	}
}
