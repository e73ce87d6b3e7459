package join

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

func (j *Joined) operation(versions []version) *page.Operation {
	m := j.merger("", versions)
	ops := each(m.versions, func(v version) *page.Operation { return v.op })
	out := &page.Operation{
		Method: ops[0].Method,
		Path:   ops[0].Path,
	}
	m.about = strings.TrimSpace(out.Method.Value + " " + out.Path.Value)
	m.paths(ops)

	out.Title = latest(m, each(ops, func(o *page.Operation) page.Fact[string] { return o.Title }))
	out.Summary = latest(m, each(ops, func(o *page.Operation) page.Fact[string] { return o.Summary }))
	out.Updated = latest(m, each(ops, func(o *page.Operation) page.Fact[string] { return o.Updated }))
	out.Doc = latest(m, each(ops, func(o *page.Operation) page.Fact[string] { return o.Doc }))
	out.Hosts = union(each(ops, func(o *page.Operation) []page.Fact[string] { return o.Hosts }))
	out.Roles = union(each(ops, func(o *page.Operation) []page.Fact[string] { return o.Roles }))
	out.RateLimits = m.rateLimits(ops)
	out.Deprecated = pick(m, "", "deprecated", each(ops, func(o *page.Operation) page.Fact[bool] { return o.Deprecated }))
	out.Idempotent = pick(m, "", "idempotent", each(ops, func(o *page.Operation) page.Fact[bool] { return o.Idempotent }))
	out.Multipart = pick(m, "", "form with a file", each(ops, func(o *page.Operation) page.Fact[bool] { return o.Multipart }))
	out.Unsigned = pick(m, "", "answer without a signature", each(ops, func(o *page.Operation) page.Fact[bool] { return o.Unsigned }))

	out.Parameters, out.Body = m.request(ops)
	out.Answers = m.answers(ops)
	out.Errors = m.errors(each(ops, func(o *page.Operation) []page.ErrorRow { return o.Errors }))
	out.Requests = firstOf(m, each(ops, func(o *page.Operation) []page.Example { return o.Requests }))
	out.Samples = firstOf(m, each(ops, func(o *page.Operation) []page.Example { return o.Samples }))
	out.Sources = each(versions, func(v version) page.Source { return v.source })
	return out
}

// paths reports pages that write the path of the operation otherwise.
func (m *merger) paths(ops []*page.Operation) {
	told := map[string]bool{ops[0].Path.Value: true}
	for _, op := range ops[1:] {
		if !told[op.Path.Value] {
			told[op.Path.Value] = true
			m.find(ops[0].Path.Pos, page.Contradiction, "", fmt.Sprintf("path: %s here, %s at %s", ops[0].Path.Value, op.Path.Value, op.Path.Pos), "the first counts")
		}
	}
}

// rateLimits collects the limits. Two pages may state limits per merchant and
// per address; of two limits per the same thing one must be wrong.
func (m *merger) rateLimits(ops []*page.Operation) []page.Fact[page.RateLimit] {
	all := union(each(ops, func(o *page.Operation) []page.Fact[page.RateLimit] { return o.RateLimits }))
	var out []page.Fact[page.RateLimit]
	for _, limit := range all {
		if other := samePer(out, limit.Value.Per); other != nil && !together(ops, other.Value, limit.Value) {
			m.find(other.Pos, page.Contradiction, "", fmt.Sprintf("rate limit: %v here, %v at %s", other.Value, limit.Value, limit.Pos), "the first counts")
			continue
		}
		out = append(out, limit)
	}
	return out
}

func samePer(limits []page.Fact[page.RateLimit], per string) *page.Fact[page.RateLimit] {
	for i := range limits {
		if limits[i].Value.Per == per {
			return &limits[i]
		}
	}
	return nil
}

// together tells whether a page states both limits.
func together(ops []*page.Operation, a, b page.RateLimit) bool {
	for _, op := range ops {
		stated := values(op.RateLimits)
		hasA, hasB := false, false
		for _, l := range stated {
			hasA, hasB = hasA || l == a, hasB || l == b
		}
		if hasA && hasB {
			return true
		}
	}
	return false
}

// answers joins answers by their status. One without a status is that of the
// first.
func (m *merger) answers(ops []*page.Operation) []*page.Answer {
	var statuses []int
	byStatus := map[int][]*page.Answer{}
	put := func(status, version int, a *page.Answer) {
		if byStatus[status] == nil {
			statuses = append(statuses, status)
			byStatus[status] = make([]*page.Answer, len(ops))
		}
		if byStatus[status][version] == nil {
			byStatus[status][version] = a
		}
	}
	known := firstStatus(ops)
	for i, op := range ops {
		for _, a := range op.Answers {
			status := a.Status.Value
			if !a.Status.Known() {
				status = known
			}
			put(status, i, a)
		}
	}
	m.compareStatuses(ops, statuses, byStatus)
	var out []*page.Answer
	for _, status := range statuses {
		out = append(out, m.answer(byStatus[status], status, len(statuses) > 1))
	}
	return out
}

func firstStatus(ops []*page.Operation) int {
	for _, op := range ops {
		for _, a := range op.Answers {
			if a.Status.Known() {
				return a.Status.Value
			}
		}
	}
	return 0
}

// compareStatuses reports pages that give the answer another status.
func (m *merger) compareStatuses(ops []*page.Operation, statuses []int, byStatus map[int][]*page.Answer) {
	for _, status := range statuses[min(1, len(statuses)):] {
		first, other := byStatus[statuses[0]], byStatus[status]
		for i := range ops {
			if other[i] != nil && first[i] == nil && !m.old[i] {
				m.find(other[i].Status.Pos, page.Contradiction, "answer", fmt.Sprintf("status: %d here, %d elsewhere", status, statuses[0]), "both are kept")
				break
			}
		}
	}
}

func (m *merger) answer(answers []*page.Answer, status int, several bool) *page.Answer {
	at := "answer"
	if several {
		at = fmt.Sprintf("answer %d", status)
	}
	or := func(a *page.Answer) *page.Answer {
		if a == nil {
			return &page.Answer{}
		}
		return a
	}
	answers = each(answers, or)
	out := &page.Answer{
		Status: strongest(each(answers, func(a *page.Answer) page.Fact[int] { return a.Status })),
		Empty:  pick(m, at, "no body", each(answers, func(a *page.Answer) page.Fact[bool] { return a.Empty })),
		Stream: pick(m, at, "bytes of a file", each(answers, func(a *page.Answer) page.Fact[bool] { return a.Stream })),
	}
	out.Fields = m.fields(at, each(answers, func(a *page.Answer) level { return top(a.Fields) }))
	out.Examples = firstOf(m, each(answers, func(a *page.Answer) []page.Example { return a.Examples }))
	if len(out.Fields) > 0 && out.Empty.Value {
		m.find(out.Empty.Pos, page.Contradiction, at, fmt.Sprintf("no body here, fields at %s", out.Fields[0].Name.Pos), "the fields count")
		out.Empty = page.Fact[bool]{}
	}
	return out
}
