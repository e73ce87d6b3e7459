package wxpay

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// span is a range of a tag, a..b, where either side may be missing. Whole bounds are kept as integers, since a float64
// does not hold every int64.
type span struct {
	set      bool
	text     string
	min, max bound
}

type bound struct {
	set, whole bool
	i          int64
	f          float64
}

func parseSpan(text string) (span, error) {
	low, high, ok := strings.Cut(text, "..")
	if !ok {
		return span{}, fmt.Errorf("%q in the tag wx is no range, write a..b", text)
	}
	s := span{set: true, text: text}
	var err error
	if s.min, err = parseBound(low); err != nil {
		return span{}, err
	}
	s.max, err = parseBound(high)
	return s, err
}

func parseBound(text string) (bound, error) {
	if text == "" {
		return bound{}, nil
	}
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return bound{set: true, whole: true, i: i, f: float64(i)}, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return bound{}, fmt.Errorf("%q in the tag wx is no number", text)
	}
	return bound{set: true, f: f}, nil
}

// holds reports whether a number lies in the span; what is no number does.
func (s *span) holds(v reflect.Value) bool {
	switch {
	case v.CanInt():
		return s.holdsInt(v.Int())
	case v.CanUint():
		return s.holdsInt(int64(min(v.Uint(), math.MaxInt64)))
	case v.CanFloat():
		return (!s.min.set || v.Float() >= s.min.f) && (!s.max.set || v.Float() <= s.max.f)
	}
	return true
}

func (s *span) holdsInt(n int64) bool {
	return (!s.min.set || s.min.compare(n) <= 0) && (!s.max.set || s.max.compare(n) >= 0)
}

// compare returns the sign of the bound minus n.
func (b bound) compare(n int64) int {
	switch f := float64(n); {
	case b.whole && b.i < n, !b.whole && b.f < f:
		return -1
	case b.whole && b.i > n, !b.whole && b.f > f:
		return 1
	}
	return 0
}
