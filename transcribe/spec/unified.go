package spec

import (
	"fmt"
	"strings"
)

// String tells a change in a line.
func (c Change) String() string {
	s := fmt.Sprintf("%s: %s: %s", c.Kind, c.At, c.What)
	if c.Reason != "" {
		s += " (" + c.Reason + ")"
	}
	return s
}

// Diff writes the difference between two versions of a file as a unified diff.
func Diff(name string, before, after []byte) string {
	a, b := lines(before), lines(after)
	var out strings.Builder
	old := "a/" + name
	if before == nil {
		old = "/dev/null"
	}
	fmt.Fprintf(&out, "--- %s\n+++ b/%s\n", old, name)
	for _, h := range hunks(match(a, b), len(a), len(b)) {
		h.write(&out, a, b)
	}
	return out.String()
}

func lines(data []byte) []string {
	if len(data) == 0 {
		return nil
	}
	return strings.SplitAfter(strings.TrimSuffix(string(data), "\n"), "\n")
}

// run is a stretch of lines that both versions have.
type run struct{ a, b, n int }

// match finds the lines that stay. Versions of a spec differ in few places:
// lines that stand once in both anchor the rest, between which equal heads
// and tails are taken.
func match(a, b []string) []run {
	var out []run
	add := func(i, j int) {
		if k := len(out) - 1; k >= 0 && out[k].a+out[k].n == i && out[k].b+out[k].n == j {
			out[k].n++
			return
		}
		out = append(out, run{i, j, 1})
	}
	walk := func(a0, a1, b0, b1 int) {
		for a0 < a1 && b0 < b1 && a[a0] == b[b0] {
			add(a0, b0)
			a0, b0 = a0+1, b0+1
		}
		tail := 0
		for a0 < a1-tail && b0 < b1-tail && a[a1-1-tail] == b[b1-1-tail] {
			tail++
		}
		i, j := a0, b0
		for _, p := range anchors(a[a0:a1-tail], b[b0:b1-tail]) {
			x, y := a0+p[0], b0+p[1]
			walk2(&i, &j, x, y, a, b, add)
			add(x, y)
			i, j = x+1, y+1
		}
		walk2(&i, &j, a1-tail, b1-tail, a, b, add)
		for k := tail; k > 0; k-- {
			add(a1-k, b1-k)
		}
	}
	walk(0, len(a), 0, len(b))
	return out
}

// walk2 takes the equal lines at both ends of a gap between anchors.
func walk2(i, j *int, x, y int, a, b []string, add func(int, int)) {
	for *i < x && *j < y && a[*i] == b[*j] {
		add(*i, *j)
		*i, *j = *i+1, *j+1
	}
	tail := 0
	for *i < x-tail && *j < y-tail && a[x-1-tail] == b[y-1-tail] {
		tail++
	}
	for k := tail; k > 0; k-- {
		add(x-k, y-k)
	}
}

// anchors gives pairs of lines that stand once in both, in an order that both
// share: the longest such list.
func anchors(a, b []string) [][2]int {
	once := map[string][2]int{}
	count := map[string]int{}
	for i, s := range a {
		once[s] = [2]int{i, -1}
		count[s]++
	}
	inB := map[string]int{}
	for j, s := range b {
		inB[s]++
		if p, ok := once[s]; ok {
			once[s] = [2]int{p[0], j}
		}
	}
	var pairs [][2]int
	for i, s := range a {
		if p := once[s]; count[s] == 1 && inB[s] == 1 && p[0] == i {
			pairs = append(pairs, p)
		}
	}
	return rising(pairs)
}

// rising keeps the longest list whose second members rise.
func rising(pairs [][2]int) [][2]int {
	var tails []int // index of the pair that ends the best list of each length
	before := make([]int, len(pairs))
	for i, p := range pairs {
		lo, hi := 0, len(tails)
		for lo < hi {
			mid := (lo + hi) / 2
			if pairs[tails[mid]][1] < p[1] {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[i] = -1
		if lo > 0 {
			before[i] = tails[lo-1]
		}
		if lo == len(tails) {
			tails = append(tails, i)
		} else {
			tails[lo] = i
		}
	}
	out := make([][2]int, len(tails))
	if len(tails) == 0 {
		return nil
	}
	for i, k := len(tails)-1, tails[len(tails)-1]; i >= 0; i, k = i-1, before[k] {
		out[i] = pairs[k]
	}
	return out
}

// hunk is a part of a diff: lines of both versions with some around them.
type hunk struct {
	a0, a1, b0, b1 int
	keep           map[int]int // line of a → line of b
}

const around = 3

func hunks(runs []run, na, nb int) []hunk {
	keep := map[int]int{}
	for _, r := range runs {
		for k := range r.n {
			keep[r.a+k] = r.b + k
		}
	}
	var out []hunk
	i, j := 0, 0
	for _, r := range append(runs, run{na, nb, 0}) {
		if i < r.a || j < r.b {
			h := hunk{max(i-around, 0), min(r.a+around, na), max(j-around, 0), min(r.b+around, nb), keep}
			if k := len(out) - 1; k >= 0 && out[k].a1 >= h.a0 && out[k].b1 >= h.b0 {
				out[k].a1, out[k].b1 = h.a1, h.b1
			} else {
				out = append(out, h)
			}
		}
		i, j = r.a+r.n, r.b+r.n
	}
	return out
}

func (h hunk) write(out *strings.Builder, a, b []string) {
	fmt.Fprintf(out, "@@ -%s +%s @@\n", span(h.a0, h.a1), span(h.b0, h.b1))
	line := func(mark string, s string) { out.WriteString(mark + strings.TrimSuffix(s, "\n") + "\n") }
	j := h.b0
	for i := h.a0; i < h.a1; i++ {
		at, kept := h.keep[i]
		if !kept || at < h.b0 || at >= h.b1 {
			line("-", a[i])
			continue
		}
		for ; j < at; j++ {
			line("+", b[j])
		}
		line(" ", a[i])
		j++
	}
	for ; j < h.b1; j++ {
		line("+", b[j])
	}
}

func span(from, to int) string {
	if from == to {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}
