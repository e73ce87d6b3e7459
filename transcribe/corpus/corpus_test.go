package corpus_test

import (
	"os"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/corpus"
	"github.com/wxgen/wxgen/transcribe/infer"
	"github.com/wxgen/wxgen/transcribe/page"
)

// read is the chain from bytes to a completed page.
func read(file string, data []byte) (*page.Page, error) {
	p, err := transcribe.Read(file, data, transcribe.Options{})
	if err != nil {
		return nil, err
	}
	infer.Complete(p)
	return p, nil
}

// tally adds the results of all pages up.
type tally struct {
	shapes, kinds, damages corpus.Table
	formats                map[string]map[string]int // by shape: how many pages each reader read
	misplaced              int
}

// TestCorpus reads every page of the corpus: nothing that is read may be
// wrong, and 99 of 100 facts that a rendering holds have to be read.
// CORPUS_CASE shows all about the cases whose names contain it.
func TestCorpus(t *testing.T) {
	t.Parallel()
	sum := &tally{shapes: corpus.Table{}, kinds: corpus.Table{}, damages: corpus.Table{}, formats: map[string]map[string]int{}}
	for _, c := range corpus.Pages() {
		only := os.Getenv("CORPUS_CASE")
		if only != "" && !strings.Contains(c.Name, only) {
			continue
		}
		sum.add(t, c, only != "")
	}
	t.Logf("by shape\n%v", sum.shapes)
	t.Logf("by kind of fact\n%v", sum.kinds)
	t.Logf("by damage\n%v", sum.damages)
	if sum.misplaced > 0 {
		t.Errorf("%d facts do not stand where they are said to", sum.misplaced)
	}
	t.Logf("read as %v", sum.formats)
	for name, s := range sum.shapes {
		if s.Wrong > 0 || s.Recall() < 99 {
			t.Errorf("%s: %d wrong facts, recall %.2f%%", name, s.Wrong, s.Recall())
		}
	}
}

func (sum *tally) add(t *testing.T, c corpus.Case, verbose bool) {
	p, err := read(c.File, []byte(c.Text))
	if err != nil {
		if verbose {
			t.Logf("%s: %v\n%s", c.Name, err, c.Text)
		}
		p = &page.Page{}
	}
	if sum.formats[c.Shape] == nil {
		sum.formats[c.Shape] = map[string]int{}
	}
	sum.formats[c.Shape][p.Format]++
	res := corpus.Compare(c.True, c.Held, p)
	if places := corpus.Misplaced(c.Text, p); len(places) > 0 {
		if sum.misplaced += len(places); sum.misplaced < 30 || verbose {
			t.Logf("%s (read as %s): %d misplaced: %s", c.Name, p.Format, len(places), strings.Join(places[:min(3, len(places))], "; "))
		}
	}
	sum.count(c, res)
	if verbose && len(res.Missing)+len(res.Wrong) > 0 {
		t.Logf("%s (read as %s)\n%s\nmissing:\n%s\nwrong:\n%s", c.Name, p.Format, c.Text, list(res.Missing), list(res.Wrong))
	}
	if testing.Verbose() && !verbose {
		report(t, c, p, res)
	}
}

// report shows the first facts of a page that went wrong.
func report(t *testing.T, c corpus.Case, p *page.Page, res corpus.Result) {
	if len(res.Missing)+len(res.Wrong) == 0 {
		return
	}
	show := func(facts []corpus.Fact) string { return list(facts[:min(len(facts), 40)]) }
	t.Logf("%s (read as %q): %d missing, %d wrong\n%s---\n%s", c.Name, p.Format, len(res.Missing), len(res.Wrong), show(res.Missing), show(res.Wrong))
}

func list(facts []corpus.Fact) string {
	var b strings.Builder
	for _, f := range facts {
		b.WriteString("  " + f.String() + "\n")
	}
	return b.String()
}

func (sum *tally) count(c corpus.Case, res corpus.Result) {
	lines := []*corpus.Score{sum.shapes.At(c.Shape), sum.shapes.At("~ all")}
	for _, d := range c.Damages {
		lines = append(lines, sum.damages.At(d))
	}
	for _, s := range lines {
		s.Pages++
		s.Held += len(res.Held)
		s.Found += len(res.Held) - len(res.Missing)
		s.Read += res.Read
		s.Wrong += len(res.Wrong)
	}
	for _, f := range res.Held {
		sum.kinds.At(f.Kind).Held++
		sum.kinds.At(f.Kind).Found++
	}
	for _, f := range res.Missing {
		sum.kinds.At(f.Kind).Found--
	}
	for _, f := range res.Wrong {
		sum.kinds.At(f.Kind).Wrong++
	}
}
