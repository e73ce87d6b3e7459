package load

import (
	"maps"
	"slices"
)

// dialectKeys are the keys that people misspell most: the dialect's own.
var dialectKeys = []string{
	"x-wx-doc", "x-wx-errors", "x-wx-rate-limit", "x-wx-idempotent", "x-wx-page", "x-wx-sensitive",
	"x-wx-unsigned", "x-wx-event", "x-wx-roles", "x-wx-note", "x-wx-todo",
	"operationId", "summary", "description", "title", "parameters", "requestBody", "responses", "properties",
	"required", "items", "format", "additionalProperties", "minLength", "maxLength", "minItems", "maxItems",
	"minimum", "maximum", "pattern", "example", "examples", "schema", "content", "components", "schemas", "webhooks",
	"originalType", "resource", "types", "requests", "period", "status", "code", "solution", "updated", "roles",
}

// nearest gives the word that is at most two letters away, or nothing.
func nearest(word string, words []string) string {
	best, at := "", 3
	for _, w := range words {
		if d := distance(word, w, at); d < at {
			best, at = w, d
		}
	}
	return best
}

// distance counts the letters to change, add or drop, up to a bound.
func distance(a, b string, bound int) int {
	if diff := len(a) - len(b); diff >= bound || -diff >= bound {
		return bound
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}

func keys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
