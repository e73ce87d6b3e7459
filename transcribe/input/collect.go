package input

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/catalogue"
	"github.com/wxgen/wxgen/transcribe/infer"
	"github.com/wxgen/wxgen/transcribe/join"
	"github.com/wxgen/wxgen/transcribe/page"
)

// Options say how documents are read, and which of their operations count.
type Options struct {
	Format string   // of all pages; empty: recognised
	Match  []string // patterns, see Collect; empty: all

	// Specs know notifications whose types and data are alike, and which are
	// not the same for all that. Nil: types and data decide.
	Specs interface {
		Apart(a, b *page.Event) bool
	}

	Progress func(documents int) // told how many documents were begun
}

func (o Options) apart(a, b *page.Event) bool { return o.Specs != nil && o.Specs.Apart(a, b) }

// Catalogue is the format of catalogues, beside those of pages.
const Catalogue = "catalogue"

// Read is what documents said.
type Read struct {
	Documents  int
	Pages      []*page.Page      // as they are, those that describe something
	Operations []*page.Operation // joined
	Events     []*page.Event
	Refused    []string // documents that describe nothing, with the reason
	Formats    map[string]int
	Repairs    map[string]int // step → how often
	Findings   []page.Finding

	// Skipped are operations and notifications that no pattern fits, and Unfit
	// the patterns that fit none.
	Skipped, Unfit []string
}

// Collect reads documents, several at once, and joins what they say of one
// operation. Patterns choose among what they describe: METHOD /path, /path or
// an event type, in which * stands for any text, also for any method.
func Collect(docs Source, opts Options) (*Read, error) {
	if formats := append(transcribe.Formats(), Catalogue); opts.Format != "" && !slices.Contains(formats, opts.Format) {
		return nil, fmt.Errorf("there is no format %q of pages; there are %s", opts.Format, strings.Join(formats, ", "))
	}
	c := &collector{opts: opts, patterns: newPatterns(opts.Match), catalogue: catalogue.New(),
		read: &Read{Formats: map[string]int{}, Repairs: map[string]int{}}}
	var all []*outcome
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var failed error
	for d, err := range docs {
		if err != nil {
			failed = err
			break
		}
		o := new(outcome)
		all = append(all, o)
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			*o = c.document(d)
		})
		if opts.Progress != nil {
			opts.Progress(len(all))
		}
	}
	wg.Wait()
	for _, o := range all {
		if failed == nil {
			failed = c.take(o)
		}
	}
	if failed != nil {
		return nil, failed
	}
	return c.finish(), nil
}

type collector struct {
	opts      Options
	patterns  *patterns
	catalogue *catalogue.Catalogue
	facts     int // files of the catalogue
	pages     []*page.Page
	read      *Read
}

// outcome is what became of a document.
type outcome struct {
	page    *page.Page
	refused string
	facts   []byte // of a catalogue
	name    string
	err     error // that ends the run
}

// document reads one document. It may be called by several goroutines at once.
func (c *collector) document(d *Document) outcome {
	data, err := d.Read()
	if err != nil {
		return outcome{err: err}
	}
	if c.opts.Format == Catalogue || c.opts.Format == "" && catalogue.Recognise(data) {
		return outcome{facts: data, name: d.Name}
	}
	p, err := transcribe.Read(d.Name, data, transcribe.Options{Format: c.opts.Format, Title: d.Title, Updated: d.Updated, Doc: d.Doc})
	if err != nil {
		return outcome{refused: err.Error()}
	}
	if c.keep(p); len(p.Operations)+len(p.Events) > 0 {
		infer.Complete(p)
	}
	return outcome{page: p}
}

// take adds what a document said to the rest, in the order of documents.
func (c *collector) take(o *outcome) error {
	c.read.Documents++
	switch {
	case o.err != nil:
		return o.err
	case o.refused != "":
		c.read.Refused = append(c.read.Refused, o.refused)
	case o.facts != nil:
		c.facts++
		c.read.Formats[Catalogue]++
		return c.catalogue.Add(o.name, o.facts)
	default:
		c.read.Formats[o.page.Format]++
		for _, r := range o.page.Repairs {
			c.read.Repairs[r.Step] += r.Count
		}
		if len(o.page.Operations)+len(o.page.Events) > 0 {
			c.pages = append(c.pages, o.page)
			c.read.Pages = append(c.read.Pages, o.page)
		}
	}
	return nil
}

// keep drops what the caller does not want.
func (c *collector) keep(p *page.Page) {
	p.Operations = slices.DeleteFunc(p.Operations, func(op *page.Operation) bool {
		if op.Method.Value == "" && strings.HasPrefix(op.Path.Value, "/") {
			p.Findings = append(p.Findings, page.Finding{Pos: op.Path.Pos, Kind: page.Gap, About: op.Path.Value,
				What: "no method: the operation is left out", How: "look at another copy of the page"})
		}
		return op.Method.Value == "" || !strings.HasPrefix(op.Path.Value, "/") || !c.patterns.want(op.Method.Value, op.Path.Value)
	})
	p.Events = slices.DeleteFunc(p.Events, func(e *page.Event) bool {
		return len(e.Types) == 0 || !c.patterns.want("", e.Types[0].Value.Value)
	})
}

func (c *collector) finish() *Read {
	r := c.read
	for _, p := range c.pages {
		r.Findings = append(r.Findings, p.Findings...)
	}
	joined := join.PagesApart(c.pages, c.opts.apart)
	r.Operations, r.Events = joined.Operations, joined.Events
	r.Findings = append(r.Findings, joined.Findings...)
	if c.facts > 0 {
		c.enrich(c.catalogue.Page(c.patterns.want))
	}
	r.Skipped, r.Unfit = c.patterns.skipped(), c.patterns.unfit()
	return r
}

// enrich lets the catalogue complete what pages say. What no page describes is
// the catalogue's alone.
func (c *collector) enrich(facts *page.Page) {
	r := c.read
	for _, op := range facts.Operations {
		if known := findOperation(r.Operations, op); known != nil {
			r.Findings = append(r.Findings, catalogue.Enrich(known, op)...)
			continue
		}
		r.Operations = append(r.Operations, op)
	}
	for _, e := range facts.Events {
		known, like := findEvent(r.Events, e)
		switch {
		case like != nil:
			r.Findings = append(r.Findings, catalogue.EnrichEvent(like, e)...)
		case known == nil:
			r.Events = append(r.Events, e)
		}
	}
	r.Findings = append(r.Findings, facts.Findings...)
}

// findEvent finds an event of the same type among those of pages, and one
// whose data are alike.
func findEvent(events []*page.Event, e *page.Event) (known, like *page.Event) {
	for _, x := range events {
		if !slices.ContainsFunc(x.Types, func(t page.EnumValue) bool { return t.Value.Value == e.Types[0].Value.Value }) {
			continue
		}
		known = x
		if catalogue.Alike(x, e) {
			return known, x
		}
	}
	return known, nil
}

func findOperation(ops []*page.Operation, like *page.Operation) *page.Operation {
	for _, op := range ops {
		if catalogue.Same(op, like) {
			return op
		}
	}
	return nil
}

// Remarks lists what people should look at, doubts and contradictions first.
func (r *Read) Remarks() []string {
	order := []page.Kind{page.Contradiction, page.Doubt, page.Gap, page.Inferred}
	found := slices.Clone(r.Findings)
	slices.SortStableFunc(found, func(a, b page.Finding) int { return slices.Index(order, a.Kind) - slices.Index(order, b.Kind) })
	var out []string
	for _, f := range found {
		out = append(out, f.String())
	}
	return out
}

// Repaired lists what was mended in the documents, the commonest first.
func (r *Read) Repaired() []string {
	steps := slices.SortedFunc(maps.Keys(r.Repairs), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.Repairs[b], r.Repairs[a]), cmp.Compare(a, b))
	})
	for i, step := range steps {
		steps[i] = fmt.Sprintf("%s, %d times", step, r.Repairs[step])
	}
	return steps
}

// Summary says in one line what was read and how.
func (r *Read) Summary() string {
	parts := []string{fmt.Sprintf("%d operations, %d notifications", len(r.Operations), len(r.Events))}
	if len(r.Refused) > 0 {
		parts = append(parts, fmt.Sprintf("%d refused", len(r.Refused)))
	}
	var formats []string
	for f, n := range r.Formats {
		formats = append(formats, fmt.Sprintf("%d %s", n, f))
	}
	slices.Sort(formats)
	if len(formats) > 0 {
		parts = append(parts, strings.Join(formats, ", "))
	}
	repaired := 0
	for _, n := range r.Repairs {
		repaired += n
	}
	if repaired > 0 {
		parts = append(parts, fmt.Sprintf("%d repairs", repaired))
	}
	return strings.Join(parts, "; ")
}
