package diff

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// operations compares the methods. Those of one name belong together, since
// that is what a program calls; of the others, those with the same request.
func (c *comparison) operations() {
	sameName := func(a, b *model.Operation) bool { return a.Name == b.Name }
	sameRequest := func(a, b *model.Operation) bool {
		return a.Spec.Method == b.Spec.Method && shape(a.Spec.Path) == shape(b.Spec.Path)
	}
	both, gone, came := match(c.old.Operations, c.new.Operations, sameName, sameRequest)
	for _, op := range both {
		c.begin(op.new.Name)
		c.method(op.old, op.new)
	}
	for _, op := range came {
		c.begin(op.Name)
		c.add("operation-added", "the operation is new", "", requestLine(op), load.Pos{}, op.Spec.Pos)
	}
	for _, op := range gone {
		c.begin(op.Name)
		c.add("operation-removed", "the operation is gone", requestLine(op), "", op.Spec.Pos, load.Pos{})
	}
	c.begin("")
}

// begin turns to another operation.
func (c *comparison) begin(name string) {
	c.operation, c.seen, c.variables = name, map[visit]bool{}, nil
}

// shape is a path without the names of its variables, which do not travel.
func shape(path string) string {
	for _, name := range load.Variables(path) {
		path = strings.Replace(path, "{"+name+"}", "{}", 1)
	}
	return path
}

func requestLine(op *model.Operation) string { return op.Spec.Method + " " + op.Spec.Path }

func (c *comparison) method(old, new *model.Operation) {
	a, b := old.Spec, new.Spec
	c.addIf("operation-renamed", "the method has another name", old.Name, new.Name, a.Pos, b.Pos)
	if shape(requestLine(old)) != shape(requestLine(new)) {
		c.add("request-line-changed", "the request goes elsewhere", requestLine(old), requestLine(new), a.Pos, b.Pos)
	} else {
		c.pairVariables(a.Path, b.Path)
	}
	c.signature(old, new)
	c.pager(old, new)
	c.facts(a, b)
	c.errorTable(a, b)
	c.texts(a, b)
	if old.Request != nil && new.Request != nil {
		c.named(old.Request, new.Request, true)
	}
	if old.Response != nil && new.Response != nil {
		c.inside(old.Response, new.Response, false)
	}
}

// pairVariables notes which variables stand at the same place of a path.
func (c *comparison) pairVariables(old, new string) {
	c.variables = map[string]string{}
	to := load.Variables(new)
	for i, name := range load.Variables(old) {
		c.variables[name] = to[i]
	}
}

func (c *comparison) signature(old, new *model.Operation) {
	same := c.sameNamed(old.Request, new.Request) && c.sameType(old.Response, new.Response)
	if !same {
		c.add("signature-changed", "the method takes or returns another type", signature(old), signature(new), old.Spec.Pos, new.Spec.Pos)
	}
}

// signature writes a method's parameters and results, but for the options.
func signature(op *model.Operation) string {
	takes := "(ctx)"
	if op.Request != nil {
		takes = "(ctx, *" + op.Request.Name + ")"
	}
	switch {
	case op.Response == nil:
		return takes + " error"
	case op.Response.Kind == model.Ref, op.Response.Kind == model.Stream:
		return takes + " (*" + typeText(op.Response) + ", error)"
	}
	return takes + " (" + typeText(op.Response) + ", error)"
}

// facts compares what the documentation states of a call as a whole.
func (c *comparison) facts(a, b *load.Operation) {
	if a.Servers != nil || b.Servers != nil {
		c.addIf("hosts-changed", "the hosts changed", hosts(serversOf(a, c.old)), hosts(serversOf(b, c.new)), a.Pos, b.Pos)
	}
	if safe := repeatable(b); safe != repeatable(a) {
		kind, what := Kind("idempotency-added"), "a call may be repeated with the same parameters"
		if !safe {
			kind, what = "idempotency-removed", "a call must not be repeated any more"
		}
		c.add(kind, what, "", "", a.Pos, b.Pos)
	}
	if a.Unsigned != b.Unsigned {
		c.add("unsigned-changed", "the answer's signature", signed(a), signed(b), a.Pos, b.Pos)
	}
	c.rateLimits(a, b)
}

func serversOf(op *load.Operation, p *model.Package) []load.Server {
	if op.Servers != nil {
		return op.Servers
	}
	return p.Spec.Servers
}

// repeatable tells whether the runtime repeats a failed call.
func repeatable(op *load.Operation) bool { return op.Idempotent || op.Method == "GET" }

func signed(op *load.Operation) string {
	if op.Unsigned {
		return "not demanded"
	}
	return "verified"
}

// mainHost is the host that the runtime uses unless it is told another: specs
// that name it first leave the choice of hosts to the runtime.
const mainHost = "api.mch.weixin.qq.com"

// hosts lists the hosts that generated code names.
func hosts(servers []load.Server) string {
	var out []string
	for _, s := range servers {
		if u, err := url.Parse(s.URL); err == nil {
			out = append(out, u.Host)
		}
	}
	if len(out) == 0 || out[0] == mainHost {
		return "the runtime's"
	}
	return strings.Join(out, ", ")
}

func (c *comparison) rateLimits(a, b *load.Operation) {
	both, gone, came := match(a.RateLimits, b.RateLimits,
		func(x, y load.RateLimit) bool { return x == y },
		func(x, y load.RateLimit) bool { return x.Per == y.Per && x.Period == y.Period },
		func(x, y load.RateLimit) bool { return x.Per == y.Per })
	for _, l := range both {
		if l.old != l.new {
			c.add(lowered(l.old, l.new), "the rate limit per "+l.new.Per+" changed", rate(l.old), rate(l.new), a.Pos, b.Pos)
		}
	}
	for _, l := range gone {
		c.add("rate-limit-raised", "the rate limit per "+l.Per+" is gone", rate(l), "", a.Pos, b.Pos)
	}
	for _, l := range came {
		c.add("rate-limit-lowered", "the rate limit per "+l.Per+" is new", "", rate(l), a.Pos, b.Pos)
	}
}

// lowered compares requests per time. Of equal rates, the one with the shorter
// period allows fewer requests at once.
func lowered(old, new load.RateLimit) Kind {
	was, is := float64(old.Requests)/float64(old.Period), float64(new.Requests)/float64(new.Period)
	if is < was || is == was && new.Period < old.Period {
		return "rate-limit-lowered"
	}
	return "rate-limit-raised"
}

func rate(l load.RateLimit) string {
	period := l.Period.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(period, zero) {
			period = period[:len(period)-2]
		}
	}
	return strconv.Itoa(l.Requests) + " requests in " + period
}

// texts compares what people read of an operation or notification.
func (c *comparison) texts(a, b *load.Operation) {
	c.deprecation("the operation", a.Deprecated, b.Deprecated, a.Pos, b.Pos)
	c.addIf("label-changed", "the title changed", a.Summary, b.Summary, a.Pos, b.Pos)
	c.addIf("description-changed", "the description changed", a.Description, b.Description, a.Pos, b.Pos)
	c.addIf("source-changed", "the page changed", a.Source.Page, b.Source.Page, a.Pos, b.Pos)
	c.addIf("source-changed", "the page's date changed", a.Source.Updated, b.Source.Updated, a.Pos, b.Pos)
	c.addIf("source-changed", "the roles changed", roles(a), roles(b), a.Pos, b.Pos)
}

// roles lists who may call, in one order: another order says nothing.
func roles(op *load.Operation) string {
	return strings.Join(slices.Sorted(slices.Values(op.Source.Roles)), ", ")
}

func (c *comparison) deprecation(what string, old, new bool, oldPos, newPos load.Pos) {
	switch {
	case new && !old:
		c.add("deprecated", what+" is deprecated", "", "", oldPos, newPos)
	case old && !new:
		c.add("undeprecated", what+" is not deprecated any more", "", "", oldPos, newPos)
	}
}
