package process

import (
	"cmp"
	"slices"
	"time"
)

// Series is what the same program took in several rounds.
type Series []Cost

// Wall gives the median, the least and the most.
func (s Series) Wall() (median, least, most time.Duration) {
	d := sorted(s, func(c Cost) time.Duration { return c.Wall })
	return d[len(d)/2], d[0], d[len(d)-1]
}

// CPU gives the median of the processors' time.
func (s Series) CPU() time.Duration {
	return sorted(s, func(c Cost) time.Duration { return c.CPU })[len(s)/2]
}

// Peak gives the median of the memory.
func (s Series) Peak() int64 {
	return sorted(s, func(c Cost) int64 { return c.Peak })[len(s)/2]
}

func sorted[T cmp.Ordered](s Series, of func(Cost) T) []T {
	out := make([]T, len(s))
	for i, c := range s {
		out[i] = of(c)
	}
	slices.Sort(out)
	return out
}
