// Package specs holds the OpenAPI documents that wxgen generates from.
package specs

import "embed"

// FS holds common.yaml, the glossary, the phrase book, the specs of all products and the JSON Schema of the
// dialect. Paths are relative to this folder: "marketing/favor.yaml". A new
// folder or file is covered without a change here.
//
//go:embed *.yaml */*.yaml dialect.schema.json
var FS embed.FS
