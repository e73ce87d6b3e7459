package spec

import (
	"strings"

	"github.com/wxgen/wxgen/generator/model"
)

var (
	actions = wordSet(`close cancel complete pay sync modify terminate open activate pause restart stop return unfreeze finish apply
		withdraw add delete remove associate disassociate deactivate upload reverse response confirm submit revoke reset preview
		publish bind unbind start refund abandon notify query change send use deduct transfer receive end reactivate`)
	things = wordSet(`transactions orders order refunds refund transfers bills bill details detail applyment applyments withdraw
		return-orders batches transaction serviceorder withdraws`)
	// payments are what orders are placed by: transactions/jsapi.
	payments = wordSet(`jsapi app h5 native miniprogram mini-program`)
	nothing  = wordSet(`v3 domestic id mchid api partner out brand global apis`)
)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// operationName guesses a method's name from method and path. The rule is
// plain, so that it gives the same name whatever else the file holds.
func operationName(method, path string) string {
	segments := segmentsOf(path)
	last := len(segments) - 1
	if last < 0 {
		return model.GoName(strings.ToLower(method))
	}
	s := segments[last]
	noun, owner := nouns(segments)
	switch {
	case s.variable:
		verb := map[string]string{"GET": "Get", "POST": "Create", "PUT": "Set", "PATCH": "Update", "DELETE": "Delete"}[method]
		if method == "GET" && things[noun] {
			verb = "Query"
		}
		return verb + owner + model.Singular(model.GoName(noun)) + by(segments)
	case method == "POST" && payments[s.name]:
		return "Prepay" + model.GoName(s.name)
	case method != "GET" && actions[firstWord(s.name)]:
		return action(s.name, segments[:last]) + by(segments[:last])
	}
	switch method {
	case "GET":
		if model.Singular(model.GoName(s.name)) != model.GoName(s.name) {
			return "List" + owner + model.GoName(s.name)
		}
		return "Get" + owner + model.GoName(s.name)
	case "POST":
		return "Create" + owner + model.Singular(model.GoName(s.name))
	}
	verb := map[string]string{"PUT": "Set", "PATCH": "Update", "DELETE": "Delete"}[method]
	return verb + owner + model.Singular(model.GoName(s.name))
}

// action puts the verb that ends a path first: orders/{id}/close.
func action(name string, before []segment) string {
	verb, rest, _ := strings.Cut(name, "-")
	noun, _ := nouns(before)
	out := model.GoName(verb)
	if rest != "" {
		return out + model.GoName(rest)
	}
	return out + model.Singular(model.GoName(noun))
}

type segment struct {
	name     string
	variable bool
}

func segmentsOf(path string) []segment {
	var out []segment
	for s := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		name, variable := strings.CutPrefix(s, "{")
		if s != "" && s != "v3" {
			out = append(out, segment{strings.TrimSuffix(name, "}"), variable})
		}
	}
	return out
}

// nouns give what a path is about, and what that belongs to: of
// stocks/{stock_id}/items the items, and Stock.
func nouns(segments []segment) (noun, owner string) {
	i := len(segments) - 1
	for ; i > 0; i-- {
		if !segments[i].variable && !keyOf(segments, i) && !nothing[segments[i].name] {
			break
		}
	}
	noun = segments[max(i, 0)].name
	if i > 0 && segments[i-1].variable && i == len(segments)-1 {
		outer, _ := nouns(segments[:i])
		owner = model.Singular(model.GoName(outer))
	}
	return noun, owner
}

// keyOf tells whether a segment only names the variable behind it:
// out-trade-no/{out_trade_no}.
func keyOf(segments []segment, i int) bool {
	if i+1 >= len(segments) || !segments[i+1].variable {
		return false
	}
	name := strings.ReplaceAll(segments[i].name, "-", "_")
	return name == segments[i+1].name || name == "id" || strings.HasSuffix(segments[i+1].name, "_"+name)
}

// by tells how a thing is asked for, where the path says so.
func by(segments []segment) string {
	last := len(segments) - 1
	if last > 0 && keyOf(segments, last-1) {
		return "By" + model.GoName(segments[last-1].name)
	}
	return ""
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, "-")
	return first
}

// nounNames are what an operation is about, for the names of its components.
func nounNames(path string) []string {
	segments := segmentsOf(path)
	if len(segments) == 0 {
		return nil
	}
	noun, owner := nouns(segments)
	name := model.Singular(model.GoName(noun))
	if owner != "" {
		return []string{name, owner}
	}
	return []string{name}
}
