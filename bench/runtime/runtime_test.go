package runtime

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
)

// What is measured works, and the floor does what it is said to do.
func TestContestantsAgree(t *testing.T) {
	for _, post := range []bool{false, true} {
		calls := newCalls(t, post, true)
		try(t, calls.Contestants())
	}
	try(t, newNotifications(t).Contestants())
}

func try(t *testing.T, all []Contestant) {
	t.Helper()
	if _, err := Turns(all, 2, 8, 1); err != nil {
		t.Error(err)
	}
}

func TestMedians(t *testing.T) {
	a, b := []Cost{{Wall: 30}, {Wall: 10}, {Wall: 20}}, []Cost{{Wall: 10}, {Wall: 10}, {Wall: 10}}
	if got := Median(a, func(c Cost) float64 { return float64(c.Wall) }); got != 20 {
		t.Errorf("median %v, want 20", got)
	}
	got := make([]float64, 3)
	got[0], got[1], got[2] = Ratio(a, b, WallOf)
	if !slices.Equal(got, []float64{1.5, 2, 2.5}) {
		t.Errorf("quartiles %v, want 1.5, 2 and 2.5", got)
	}
}

func BenchmarkGET(b *testing.B)  { benchmarkCalls(b, false) }
func BenchmarkPOST(b *testing.B) { benchmarkCalls(b, true) }

func benchmarkCalls(b *testing.B, post bool) {
	for _, withKey := range []bool{true, false} {
		calls := newCalls(b, post, withKey)
		for _, goroutines := range []int{1, 2, 64} {
			for _, c := range calls.Contestants() {
				b.Run(fmt.Sprintf("%s/%d/%s", signing(withKey), goroutines, c.Name), func(b *testing.B) { benchmark(b, c, goroutines) })
			}
		}
	}
}

func signing(withKey bool) string {
	if withKey {
		return "whole"
	}
	return "without the private-key operation"
}

func BenchmarkNotification(b *testing.B) {
	for _, c := range newNotifications(b).Contestants() {
		b.Run(c.Name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%BatchOfNotifications == 0 {
					b.StopTimer()
					if err := c.Prepare(); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
				if err := c.Do(i % BatchOfNotifications); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmark(b *testing.B, c Contestant, goroutines int) {
	b.ReportAllocs()
	b.SetParallelism(max(1, goroutines/runtime.GOMAXPROCS(0)))
	if goroutines == 1 {
		for b.Loop() {
			if err := c.Do(0); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := c.Do(0); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func newCalls(t testing.TB, post, withKey bool) *Calls {
	t.Helper()
	calls, err := NewCalls(post, withKey)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := calls.Close(); err != nil {
			t.Error(err)
		}
	})
	return calls
}

func newNotifications(t testing.TB) *Notifications {
	t.Helper()
	n, err := NewNotifications()
	if err != nil {
		t.Fatal(err)
	}
	return n
}
