package join

import (
	"fmt"

	"github.com/wxgen/wxgen/transcribe/page"
)

// merger is the work on one operation or event. Its versions stand in the
// order of preference, and everything that is taken from all of them is a
// slice with one element for each version.
type merger struct {
	joined   *Joined
	about    string
	versions []version
	newest   []int
	// old marks versions that are an earlier copy of a page that another
	// version is a copy of. What has changed between them is no
	// contradiction, so they only fill gaps.
	old []bool
}

func (j *Joined) merger(about string, versions []version) *merger {
	versions = preferred(versions)
	return &merger{joined: j, about: about, versions: versions, newest: newest(versions), old: copies(versions)}
}

// copies tells which versions come from a page that a preferred version comes
// from as well.
func copies(versions []version) []bool {
	old := make([]bool, len(versions))
	files := map[string]string{}
	for i, v := range versions {
		doc := v.source.Doc
		file, known := files[doc]
		old[i] = doc != "" && known && file != v.source.File
		if !known {
			files[doc] = v.source.File
		}
	}
	return old
}

// current leaves out what earlier copies of a page have, unless nothing else
// is left.
func current[T any](m *merger, lists [][]T) [][]T {
	out := make([][]T, len(lists))
	found := false
	for i, list := range lists {
		if !m.old[i] {
			out[i] = list
			found = found || len(list) > 0
		}
	}
	if !found {
		return lists
	}
	return out
}

func (m *merger) find(pos page.Pos, kind page.Kind, at, what, how string) {
	about := m.about
	if at != "" {
		about += ": " + at
	}
	m.joined.Findings = append(m.joined.Findings, page.Finding{Pos: pos, Kind: kind, About: about, What: what, How: how})
}

// strength orders evidence.
var strength = map[page.Evidence]int{
	page.FromSample: 1, page.FromExample: 2, page.FromProse: 3, page.FromCatalogue: 4, page.Stated: 5,
}

// pick chooses among what the versions say: the strongest evidence, then the
// preferred page. Whoever says otherwise is reported.
func pick[T comparable](m *merger, at, what string, facts []page.Fact[T]) page.Fact[T] {
	best := strongest(facts)
	if !best.Known() {
		return best
	}
	told := map[T]bool{best.Value: true}
	for i, f := range facts {
		if f.Known() && !told[f.Value] && !m.old[i] {
			told[f.Value] = true
			m.find(best.Pos, page.Contradiction, at, fmt.Sprintf("%s: %v here, %v at %s", what, best.Value, f.Value, f.Pos), "the first counts")
		}
	}
	return best
}

func strongest[T comparable](facts []page.Fact[T]) page.Fact[T] {
	var best page.Fact[T]
	for _, f := range facts {
		if strength[f.From] > strength[best.From] {
			best = f
		}
	}
	return best
}

// latest chooses a wording: that of the newest page that has one.
func latest[T comparable](m *merger, facts []page.Fact[T]) page.Fact[T] {
	for _, i := range m.newest {
		if facts[i].Known() {
			return facts[i]
		}
	}
	return page.Fact[T]{}
}

// each takes one fact of every version.
func each[V, T any](versions []V, take func(V) T) []T {
	out := make([]T, len(versions))
	for i, v := range versions {
		out[i] = take(v)
	}
	return out
}

// union collects facts of all versions, each value once, in their order.
func union[T comparable](lists [][]page.Fact[T]) []page.Fact[T] {
	var out []page.Fact[T]
	seen := map[T]bool{}
	for _, list := range lists {
		for _, f := range list {
			if !seen[f.Value] {
				seen[f.Value] = true
				out = append(out, f)
			}
		}
	}
	return out
}

// firstOf is the list of the newest version that has one.
func firstOf[T any](m *merger, lists [][]T) []T {
	for _, i := range m.newest {
		if len(lists[i]) > 0 {
			return lists[i]
		}
	}
	return nil
}
