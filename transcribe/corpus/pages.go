package corpus

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"strconv"
)

// Case is a page to read, and what is to come of it.
type Case struct {
	Name    string
	Damages []string
	*Rendering
}

// Pages are the whole corpus: each truth in each shape that it fits, whole
// and damaged, generated ones besides, and several pages in one file.
func Pages() []Case {
	var out []Case
	truths := Truths()
	for seed := range seeds() {
		truths = append(truths, Generate(seed))
	}
	for _, t := range truths {
		for _, s := range Shapes() {
			if s.Fits == nil || s.Fits(t) {
				out = append(out, s.cases(t)...)
			}
		}
	}
	return append(out, files(truths)...)
}

// seeds are how many truths are made up. CORPUS_SEEDS asks for more.
func seeds() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("CORPUS_SEEDS"), 10, 16); err == nil {
		return n
	}
	return 16
}

// seedOf is a number that depends on names only, so that a case is the same
// whatever else is in the corpus.
func seedOf(names ...string) uint64 {
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n + "\x00"))
	}
	return h.Sum64()
}

// cases are a truth in a shape: as it is, with one damage, and with several.
func (s Shape) cases(t *Truth) []Case {
	seed := seedOf(t.Name, s.Name)
	out := []Case{s.page(t, seed)}
	kinds := s.damages()
	if len(kinds) == 0 {
		return append(out, s.page(t, seed+1))
	}
	rng := rand.New(rand.NewPCG(seed, 3))
	one := kinds[rng.IntN(len(kinds))]
	out = append(out, s.page(t, seed+1, one))
	var some []string
	for _, k := range kinds {
		if rng.IntN(2) == 0 {
			some = append(some, k)
		}
	}
	return append(out, s.page(t, seed+2, some...))
}

// damages are the names of those that the shape suffers.
func (s Shape) damages() []string {
	var out []string
	for _, d := range Damages() {
		if d.Suffers(s.Name) {
			out = append(out, d.Name)
		}
	}
	if wikiErrorRows[s.Name] {
		out = append(out, merged)
	}
	return out
}

// merged is the damage of merged cells, which is done before the rendering.
const merged = "merged-cells"

// wikiErrorRows are the shapes whose error tables have merged cells.
var wikiErrorRows = map[string]bool{"wiki-flat": true, "wiki-html": true, "hugo-wiki": true, "wiki-comment": true}

func (s Shape) page(t *Truth, seed uint64, damages ...string) Case {
	name := t.Name + " as " + s.Name
	for _, d := range damages {
		name += " +" + d
	}
	if contains(damages, merged) {
		t = MergeCells(t, rand.New(rand.NewPCG(seed, 5)))
	}
	r := s.Render(t, NewVariant(seed))
	r = Damaged(r, s.Name, seed, damages...)
	r.Shape, r.File = s.Name, fmt.Sprintf("%s.%s%s", t.Name, s.Name, s.Ext)
	return Case{Name: name, Damages: damages, Rendering: r}
}

// files are several pages in one file.
func files(truths []*Truth) []Case {
	var out []Case
	for _, s := range Shapes() {
		if !contains([]string{"docline", "copy", "wiki-flat", "wiki-comment", "hugo-wiki"}, s.Name) {
			continue
		}
		var some []*Rendering
		for i, t := range truths {
			if i%9 == 3 && len(t.Ops) == 1 && s.Fits(t) && !t.Ops[0].Download {
				some = append(some, s.page(t, seedOf(t.Name, s.Name, "file")).Rendering)
			}
			if len(some) == 3 {
				break
			}
		}
		r := Together(some...)
		r.Shape = s.Name
		out = append(out, Case{Name: "several pages as " + s.Name, Rendering: r})
	}
	return out
}
