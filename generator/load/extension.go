package load

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// operationExtension reads what the dialect adds to an operation.
func (r *reader) operationExtension(op *Operation, key, v *yaml.Node) bool {
	switch key.Value {
	case "x-wx-doc":
		op.Source = r.source(v)
	case "x-wx-errors":
		op.Errors = r.errorRows(v)
	case "x-wx-rate-limit":
		r.list(v, key.Value, func(item *yaml.Node) { op.RateLimits = append(op.RateLimits, r.rateLimit(item)) })
	case "x-wx-idempotent":
		op.Idempotent = r.boolean(v, key.Value)
	case "x-wx-unsigned":
		op.Unsigned = r.boolean(v, key.Value)
	case "x-wx-page":
		op.Page = r.page(v)
	case "x-wx-event":
		op.Event = r.event(v)
	case "x-wx-note":
		op.Notes = r.notes(v)
	case "x-wx-todo":
	default:
		return false
	}
	return true
}

func (r *reader) source(n *yaml.Node) Source {
	var s Source
	r.each(n, "x-wx-doc", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "page":
			s.Page = r.text(v, "page")
			if !strings.HasPrefix(s.Page, "/") {
				r.fail(v, "write the path behind the host pay.weixin.qq.com", "page must be a path, not %q", s.Page)
			}
		case "updated":
			s.Updated = r.text(v, "updated")
			if _, err := time.Parse(time.DateOnly, s.Updated); err != nil {
				r.fail(v, "write it as 2006-01-02", "updated must be a date, not %q", s.Updated)
			}
		case "roles":
			s.Roles = r.texts(v, "roles")
		default:
			return false
		}
		return true
	})
	return s
}

// roleNeeds reads what a field is for each role, in the order of the file.
func (r *reader) roleNeeds(n *yaml.Node) []RoleNeed {
	var out []RoleNeed
	r.each(n, "x-wx-roles", func(role, v *yaml.Node) bool {
		out = append(out, RoleNeed{Role: role.Value, Need: r.oneOf(v, "x-wx-roles", "required", "optional", "absent")})
		return true
	})
	return out
}

func (r *reader) errorRows(n *yaml.Node) []*ErrorRow {
	var out []*ErrorRow
	r.list(n, "x-wx-errors", func(item *yaml.Node) {
		at := len(out)
		out = append(out, new(ErrorRow))
		if !r.isRef(item, refErrorRow, func(t target) { out[at] = t.errorRow }) {
			out[at] = r.errorRow(item)
		}
	})
	return out
}

func (r *reader) errorRow(n *yaml.Node) *ErrorRow {
	row := &ErrorRow{Pos: r.pos(n)}
	r.each(n, "an error row", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "status":
			row.Status = int(r.integer(v, "status"))
		case "code":
			row.Code = r.text(v, "code")
		case "description":
			row.Description = r.text(v, "description")
		case "solution":
			row.Solution = r.text(v, "solution")
		case "x-wx-note":
		default:
			return false
		}
		return true
	})
	if n.Kind == yaml.MappingNode && (row.Code == "" || row.Status < 200 || row.Status > 599) {
		r.fail(n, "write status: and code:", "an error row needs a code and an HTTP status")
	}
	return row
}

func (r *reader) rateLimit(n *yaml.Node) RateLimit {
	l := RateLimit{Per: "merchant"}
	r.each(n, "a rate limit", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "requests":
			l.Requests = int(r.integer(v, "requests"))
		case "period":
			var err error
			if l.Period, err = time.ParseDuration(r.text(v, "period")); err != nil || l.Period <= 0 {
				r.fail(v, "write it as 1s, 60s or 24h", "period is no duration: %s", kindName(v))
			}
		case "per":
			l.Per = r.text(v, "per")
		default:
			return false
		}
		return true
	})
	if l.Requests <= 0 || l.Period <= 0 {
		r.fail(n, "write requests: and period:", "a rate limit needs a number of requests and a period")
	}
	return l
}

func (r *reader) page(n *yaml.Node) *Page {
	p := &Page{Pos: r.pos(n), Style: "offset", Unit: "item"}
	r.each(n, "x-wx-page", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "style":
			p.Style = r.oneOf(v, "style", "offset", "index", "token")
		case "unit":
			p.Unit = r.oneOf(v, "unit", "item", "page")
		case "offset":
			p.Offset = r.text(v, "offset")
		case "limit":
			p.Limit = r.text(v, "limit")
		case "items":
			p.Items = r.text(v, "items")
		case "total":
			p.Total = r.text(v, "total")
		case "next":
			p.Next = r.text(v, "next")
		case "start":
			p.Start = r.integer(v, "start")
		case "maxLimit":
			p.MaxLimit = r.integer(v, "maxLimit")
		case "maxOffset":
			p.MaxOffset = r.integer(v, "maxOffset")
		default:
			return false
		}
		return true
	})
	if p.Style == "index" {
		p.Unit = "page"
	}
	return p
}

func (r *reader) event(n *yaml.Node) *Event {
	e := &Event{Pos: r.pos(n)}
	r.each(n, "x-wx-event", func(key, v *yaml.Node) bool {
		switch key.Value {
		case "types":
			e.Types = r.texts(v, "types")
		case "originalType":
			e.OriginalType = r.text(v, "originalType")
		case "member":
			e.Member = r.text(v, "member")
		case "resource":
			e.Resource = r.schema(v)
		default:
			return false
		}
		return true
	})
	if n.Kind == yaml.MappingNode && (len(e.Types) == 0 || e.Resource == nil) {
		r.fail(n, "write types: and resource:", "x-wx-event needs the event types and the decrypted resource")
		e.Resource = cmpSchema(e.Resource, r.doc)
	}
	return e
}

// cmpSchema stands in for a schema that is missing, so that reading goes on.
func cmpSchema(s *Schema, doc *Document) *Schema {
	if s == nil {
		return &Schema{Pos: Pos{File: doc.File}, Document: doc}
	}
	return s
}

func (r *reader) pattern(n *yaml.Node) string {
	p := r.text(n, "pattern")
	if _, err := regexp.Compile(p); err != nil {
		r.fail(n, "use the syntax of Go's regexp", "pattern %s cannot be matched: %v", strconv.Quote(p), err)
		return ""
	}
	return p
}
