package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
)

// catalogue is what the specs say: the operations to answer and the notifications to send. It is read-only and serves any
// number of servers.
type catalogue struct {
	routes   []*route
	table    table
	webhooks []*webhook
}

// webhook is a notification that the specs describe.
type webhook struct {
	name string // favor.OnCouponUse
	*load.Operation
}

// embedded is the catalogue of all specs in this module. Reading it costs time, so a process does it once.
var embedded = sync.OnceValues(func() (*catalogue, error) { return loadCatalogue(specs.FS) })

func loadCatalogue(fsys fs.FS, files ...string) (*catalogue, error) {
	if len(files) == 0 {
		var err error
		if files, err = load.Files(fsys); err != nil {
			return nil, err
		}
	}
	set, err := load.Load(fsys, files...)
	if err != nil {
		return nil, fmt.Errorf("load the specs: %w", err)
	}
	c := &catalogue{}
	for _, d := range set.Documents {
		c.add(fsys, d)
	}
	if len(c.routes) == 0 {
		return nil, errors.New("load the specs: they hold no operation")
	}
	c.table = newTable(c.routes)
	return c, nil
}

// add takes over a document. Operations are named as in the generated package: specs/mchmanage/records.yaml holds
// records.List.
func (c *catalogue) add(fsys fs.FS, d *load.Document) {
	pkg := strings.TrimSuffix(path.Base(d.File), path.Ext(d.File))
	document := &document{fsys: fsys, file: d.File}
	for _, op := range d.Operations {
		c.routes = append(c.routes, newRoute(pkg+"."+op.ID, document, op))
	}
	for _, op := range d.Webhooks {
		c.webhooks = append(c.webhooks, &webhook{name: pkg + "." + op.ID, Operation: op})
	}
}

// route is an operation and where it is called.
type route struct {
	name      string // records.List; for a route of the user's own, method and path
	method    string
	path      string // the template
	segments  []segment
	document  *document       // nil for a route of the user's own
	operation *load.Operation // nil for a route of the user's own
	unsigned  bool            // the answer bears no signature
	example   example
}

func newRoute(name string, document *document, op *load.Operation) *route {
	r := &route{name: name, method: op.Method, path: op.Path, document: document, operation: op, unsigned: op.Unsigned}
	r.segments = parseTemplate(op.Path)
	r.example.response = op.Success()
	return r
}

// segment is a part of a path template between slashes: text, or a variable that may stand between fixed texts.
type segment struct{ prefix, variable, suffix string }

func parseTemplate(template string) []segment {
	var out []segment
	for _, text := range splitPath(template) {
		prefix, rest, found := strings.Cut(text, "{")
		variable, suffix, _ := strings.Cut(rest, "}")
		if !found {
			prefix, variable, suffix = text, "", ""
		}
		out = append(out, segment{prefix, variable, suffix})
	}
	return out
}

func splitPath(path string) []string { return strings.Split(strings.TrimPrefix(path, "/"), "/") }

// match returns the value of the segment's variable. A variable is never empty.
func (s segment) match(text string) (value string, ok bool) {
	if s.variable == "" {
		return "", text == s.prefix
	}
	rest, ok := strings.CutPrefix(text, s.prefix)
	if !ok {
		return "", false
	}
	value, ok = strings.CutSuffix(rest, s.suffix)
	return value, ok && value != ""
}

// match returns the values of the variables, nil if the path is another one.
func (r *route) match(segments []string) map[string]string {
	values := make(map[string]string)
	for i, s := range r.segments {
		text, err := url.PathUnescape(segments[i])
		if err != nil {
			return nil
		}
		value, ok := s.match(text)
		if !ok {
			return nil
		}
		if s.variable != "" {
			values[s.variable] = value
		}
	}
	return values
}

// table finds routes by path. Those with fixed text where others have a variable come first.
type table map[int][]*route // by number of segments

func newTable(routes []*route) table {
	t := make(table)
	for _, r := range routes {
		t[len(r.segments)] = append(t[len(r.segments)], r)
	}
	for _, list := range t {
		slices.SortStableFunc(list, func(a, b *route) int {
			return slices.CompareFunc(a.segments, b.segments, func(a, b segment) int {
				return cmp.Or(cmp.Compare(min(len(a.variable), 1), min(len(b.variable), 1)), -cmp.Compare(len(a.prefix), len(b.prefix)))
			})
		})
	}
	return t
}

// find returns the route of a request and the values of its path variables; failing that, the methods that the path has.
func (t table) find(method, escapedPath string) (r *route, values map[string]string, allowed []string) {
	segments := splitPath(escapedPath)
	for _, r := range t[len(segments)] {
		values := r.match(segments)
		switch {
		case values == nil:
		case r.method == method:
			return r, values, nil
		default:
			allowed = append(allowed, r.method)
		}
	}
	return nil, nil, allowed
}

// near lists routes that a mistaken path may have meant: those that differ in the fewest segments.
func (c *catalogue) near(escapedPath string) []string {
	const most = 3
	segments := splitPath(escapedPath)
	type candidate struct {
		text     string
		distance int
	}
	var found []candidate
	for _, r := range c.routes {
		if d := r.distance(segments); 2*d <= max(len(segments), len(r.segments)) {
			found = append(found, candidate{r.method + " " + r.path, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	for _, c := range found[:min(len(found), most)] {
		out = append(out, c.text)
	}
	return out
}

// distance counts the segments to insert, remove or replace.
func (r *route) distance(segments []string) int {
	row := make([]int, len(segments)+1)
	for j := range row {
		row[j] = j
	}
	for i, s := range r.segments {
		diagonal := row[0]
		row[0] = i + 1
		for j, text := range segments {
			cost := 1
			if _, ok := s.match(text); ok {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(segments)]
}
