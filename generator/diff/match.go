package diff

// pair is a thing on both sides.
type pair[T any] struct{ old, new T }

// match finds what belongs together on the two sides: first all that the first
// of the predicates takes for the same, then, of what is left, what the next
// one does. Pairs come in the order of the new side, and position is no
// difference.
func match[T any](olds, news []T, same ...func(old, new T) bool) (both []pair[T], gone, came []T) {
	from := make([]int, len(news)) // index of the old one, counted from 1
	used := make([]bool, len(olds))
	for _, is := range same {
		for j := range news {
			for i := 0; i < len(olds) && from[j] == 0; i++ {
				if !used[i] && is(olds[i], news[j]) {
					from[j], used[i] = i+1, true
				}
			}
		}
	}
	for j, i := range from {
		if i == 0 {
			came = append(came, news[j])
		} else {
			both = append(both, pair[T]{olds[i-1], news[j]})
		}
	}
	for i := range olds {
		if !used[i] {
			gone = append(gone, olds[i])
		}
	}
	return both, gone, came
}
