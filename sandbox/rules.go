package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wxgen/wxgen/generator/load"
)

// Always is for [Rule.Times]: the rule holds until [Server.Reset].
const Always = -1

// Rule changes how the server answers. A rule comes into play once a request is verified and valid: what WeChat Pay would
// refuse is refused all the same. Of Code, Answer and Body the first that is set counts; a rule with none of them leaves the
// usual answer, which is that of [Server.Handle] where that was called.
type Rule struct {
	// Operation is the operation that the rule is for: its name ("records.List"), or method and path, as a template or as
	// called ("GET /v3/marketing/favor/stocks/{stock_id}/items"). Empty: any operation.
	Operation string

	// Domain is the domain that the rule is for. Empty: any.
	Domain Domain

	// Times is how many calls the rule is for. 0 is one, Always is all.
	Times int

	// Delay passes before the answer, until the caller gives up or the server is closed.
	Delay time.Duration

	// Code is the code of an error of the operation's documentation, which tells status and message. Where several statuses
	// bear the code, "SYSTEM_ERROR 500" names one. With Status set, any code will do.
	Code string

	// Status and Body are answered as they are. Status alone is an empty answer; with a Fault it is the status of the usual
	// answer.
	Status int
	Body   []byte

	// Answer computes the answer: a value to marshal to JSON, nil for 204, an *Answer, or an error, best an *[Error].
	Answer func(*Request) (any, error)

	// Header is set on the answer.
	Header http.Header

	// Alter may change the answer after it was signed, so that it can be made one that a client must refuse.
	Alter func(*Answer)

	// Fault is a way to misbehave. It comes on top of all else, and after Delay.
	Fault Fault

	// Pace is the time between two bytes of FaultSlowHeader and FaultSlowBody. Default: 100 ms.
	Pace time.Duration
}

// Fail makes the next call fail as the documentation says it can: with the status and the message that it lists for the
// code. With an operation, named as in [Rule], it is the next call of that. Each Fail is for one call; several come in turn.
//
// It panics if the operation does not exist or has no such error. For the next call of any operation only the call can show
// it: it is answered with 400 and the codes that there are.
func (s *Server) Fail(code string, operation ...string) {
	s.Apply(Rule{Code: code, Operation: strings.Join(operation, "")})
}

// Handle makes answer compute the answers of an operation, named as in [Rule]. The requests are verified and valid, and the
// answers are signed. A method and a path that no spec has become an operation of their own, whose requests are verified
// only; the path may hold variables in braces.
func (s *Server) Handle(operation string, answer func(*Request) (any, error)) {
	s.Apply(Rule{Operation: operation, Times: Always, Answer: answer})
}

// Apply puts a rule into force. Rules for a number of calls go before those for all, in the order in which they were
// applied; among those for all, the last one counts. Apply panics if the rule cannot apply, as http.ServeMux does.
func (s *Server) Apply(rule Rule) {
	if err := rule.check(); err != nil {
		panic("sandbox: " + err.Error())
	}
	active := &activeRule{Rule: rule, left: max(rule.Times, 1)}
	if rule.Times < 0 {
		active.left = Always
	}
	if rule.Operation != "" {
		if active.routes = s.routesOf(rule.Operation); active.routes == nil && rule.Answer != nil {
			active.routes = s.rules.add(rule.Operation)
		}
		if active.routes == nil {
			active.routes = s.mustSelect(rule.Operation)
		}
	}
	if rule.Code != "" && rule.Status == 0 {
		for _, r := range active.routes {
			if _, err := r.failure(rule.Code); err != nil {
				panic("sandbox: " + err.Error())
			}
		}
	}
	s.rules.apply(active)
}

// Reset forgets all rules, the operations that Handle added, the numbers of items set, the files, and the calls. Domains and
// keys stay as they are.
func (s *Server) Reset() {
	s.rules.reset()
	s.calls.reset()
	s.files.reset()
	s.last.reset()
	s.pages.mu.Lock()
	s.pages.of = nil
	s.pages.mu.Unlock()
}

// failure is the error that a rule with a code answers.
func (r *Rule) failure(route *route) error {
	if r.Status != 0 {
		code, _, _ := strings.Cut(r.Code, " ")
		return &Error{Status: r.Status, Code: code, Message: "沙箱规则: the sandbox was told to answer this"}
	}
	failure, err := route.failure(r.Code)
	if err != nil {
		return &Error{Status: http.StatusBadRequest, Code: "PARAM_ERROR", Message: "参数错误: sandbox: " + err.Error()}
	}
	return failure
}

func (r *Rule) status() int {
	if r.Status == 0 {
		return http.StatusOK
	}
	return r.Status
}

// finish has the rule's last word on an answer.
func (r *Rule) finish(answer *Answer) {
	for name, values := range r.Header {
		answer.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	if r.Alter != nil {
		r.Alter(answer)
	}
}

// rules are those in force, and the routes that they added.
type rules struct {
	mu     sync.Mutex
	active []*activeRule
	added  []*route
	table  table
}

type activeRule struct {
	Rule
	routes []*route // nil: all
	left   int
}

func (r *rules) apply(rule *activeRule) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active = append(r.active, rule)
}

func (r *rules) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active, r.added, r.table = nil, nil, nil
}

// take returns the rule for a call of a route and uses it up. Rules for faults before a request is read are found in a turn of
// their own, early, which passes over none that goes before them.
func (r *rules) take(route *route, at Domain, early bool) *Rule {
	r.mu.Lock()
	defer r.mu.Unlock()
	var always, found *activeRule
	for _, rule := range r.active {
		switch {
		case !rule.fits(route, at):
		case rule.left < 0:
			always = rule
		case found == nil:
			found = rule
		}
	}
	if found == nil {
		found = always
	}
	if found == nil || early && !found.Fault.early() {
		return nil
	}
	if found.left > 0 {
		if found.left--; found.left == 0 {
			r.active = slices.DeleteFunc(r.active, func(rule *activeRule) bool { return rule == found })
		}
	}
	return r.complete(found, route, at)
}

// complete returns a rule with the answer of the last one that has any, if it has none itself.
func (r *rules) complete(found *activeRule, route *route, at Domain) *Rule {
	out := found.Rule
	for i := len(r.active) - 1; i >= 0 && !out.answers(); i-- {
		if rule := r.active[i]; rule.left < 0 && rule.fits(route, at) && rule.Answer != nil {
			out.Answer = rule.Answer
		}
	}
	return &out
}

// answers reports whether the rule says what to answer.
func (r *Rule) answers() bool {
	return r.Code != "" || r.Answer != nil || r.Body != nil || r.Status != 0 && r.Fault == ""
}

func (r *activeRule) fits(route *route, at Domain) bool {
	return (r.routes == nil || slices.Contains(r.routes, route)) && (r.Domain == "" || r.Domain == at)
}

// own returns the table of the added routes. It is not changed once it is handed out.
func (r *rules) own() table {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.table
}

// add makes a route of a method and a path, nil if the text is none.
func (r *rules) add(operation string) []*route {
	method, path, ok := strings.Cut(operation, " ")
	if !ok || !strings.HasPrefix(path, "/") || method == "" || method != strings.ToUpper(method) {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	added := newRoute(operation, nil, &load.Operation{Method: method, Path: path})
	added.operation = nil
	r.added = append(r.added, added)
	r.table = newTable(r.added)
	return []*route{added}
}

// routesOf finds the operations with a name, or the one with a method and a path.
func (s *Server) routesOf(operation string) []*route {
	s.rules.mu.Lock()
	all := slices.Concat(s.rules.added, s.catalogue.routes, s.builtin.routes)
	s.rules.mu.Unlock()
	var out []*route
	for _, r := range all {
		if r.name == operation || r.method+" "+r.path == operation || r.operation != nil && r.operation.ID == operation {
			out = append(out, r)
		}
	}
	method, path, ok := strings.Cut(operation, " ")
	if len(out) == 0 && ok && !strings.Contains(path, "{") {
		if r, _, _ := s.catalogue.table.find(method, path); r != nil {
			out = []*route{r}
		}
	}
	return out
}

// mustSelect is routesOf for names that must exist.
func (s *Server) mustSelect(operation string) []*route {
	routes := s.routesOf(operation)
	if routes == nil {
		panic(fmt.Sprintf("sandbox: no operation is called %q; there are %s", operation, s.catalogue.names()))
	}
	return routes
}

func (c *catalogue) names() string {
	const most = 20
	var out []string
	for _, r := range c.routes[:min(len(c.routes), most)] {
		out = append(out, r.name)
	}
	if len(c.routes) > most {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}
