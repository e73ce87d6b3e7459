package corpus

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Result is how a reading compares with the truth.
type Result struct {
	Held    []Fact // what the rendering still says
	Missing []Fact // of it, what was not read
	Wrong   []Fact // what was read and is not true
	Read    int    // facts that were read
}

// Compare finds what a reading missed of the facts that a rendering holds, and
// what it gives that is not true. A fact that is true although this rendering
// lost it may be read: it was inferred rightly.
func Compare(truth, held, read *page.Page) Result {
	trueFacts, heldFacts, readFacts := Facts(truth), Facts(held), Facts(read)
	return Result{
		Held:    heldFacts,
		Missing: without(heldFacts, readFacts),
		Wrong:   without(readFacts, trueFacts),
		Read:    len(readFacts),
	}
}

// without lists the facts of a that are not in b, each as often as it stands
// in a more often.
func without(a, b []Fact) []Fact {
	count := map[Fact]int{}
	for _, f := range b {
		count[f]++
	}
	var out []Fact
	for _, f := range a {
		if count[f] == 0 {
			out = append(out, f)
			continue
		}
		count[f]--
	}
	return out
}

// canonical is the JSON document in a text, with its names in order. A call
// with curl shows it behind -d.
func canonical(s string) (string, bool) {
	from, to := strings.Index(s, "{"), strings.LastIndex(s, "}")
	if from < 0 || to < from {
		return "", false
	}
	tidy := slip.ReplaceAllString(s[from:to+1], "$2")
	var v any
	d := json.NewDecoder(strings.NewReader(tidy))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return "", false
	}
	out, err := json.Marshal(v)
	return string(out), err == nil
}

// slip is a comment or a comma too many, which a reader may leave in a text.
var slip = regexp.MustCompile(`,?( // [^\n]*)?\s*([}\]])`)

// Table counts facts by shape or kind.
type Table map[string]*Score

// Score is a line of a Table.
type Score struct{ Pages, Held, Found, Read, Wrong int }

// At is the line of a name.
func (t Table) At(name string) *Score {
	if t[name] == nil {
		t[name] = &Score{}
	}
	return t[name]
}

func (t Table) String() string {
	names := make([]string, 0, len(t))
	for name := range t {
		names = append(names, name)
	}
	sort.Strings(names)
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s %6s %8s %8s %8s %9s %7s\n", "", "pages", "held", "found", "recall", "read", "wrong")
	for _, name := range names {
		s := t[name]
		fmt.Fprintf(&b, "%-24s %6d %8d %8d %7.2f%% %9d %7d\n", name, s.Pages, s.Held, s.Found, s.Recall(), s.Read, s.Wrong)
	}
	return b.String()
}

// Recall is the share of what was held that was found, in percent.
func (s *Score) Recall() float64 {
	if s.Held == 0 {
		return 100
	}
	return 100 * float64(s.Found) / float64(s.Held)
}
