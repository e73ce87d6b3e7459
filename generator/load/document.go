package load

import (
	"time"

	"go.yaml.in/yaml/v4"
)

// Document is one spec file, with every reference resolved.
type Document struct {
	File        string
	Title       string
	Version     string
	Summary     string
	Description string
	Servers     []Server
	Operations  []*Operation
	Webhooks    []*Operation
	Schemas     []*Schema // components, in the order of the file
	Notes       []string
	Sources     []string // the file itself, then those it refers to, directly or not
	Glossary    map[string]Term

	parameters map[string]*Parameter
	responses  map[string]*Response
	bodies     map[string]*Body
	errorRows  map[string]*ErrorRow
	schemas    map[string]*Schema
}

// Server is a host that answers, with what the page calls it (main, backup).
type Server struct {
	URL         string
	Description string
}

// Operation is a call that a program makes or, in a webhook, a notification
// that it receives.
type Operation struct {
	Pos         Pos
	ID          string // operationId, the name of the Go method
	Method      string // upper case; POST for webhooks
	Path        string // a template; for webhooks the name of the webhook
	Summary     string
	Description string
	Deprecated  bool
	Servers     []Server
	Parameters  []*Parameter
	Body        *Body
	Responses   []*Response

	Source     Source
	Errors     []*ErrorRow
	RateLimits []RateLimit
	Idempotent bool
	Unsigned   bool
	Page       *Page
	Event      *Event
	Notes      []string
}

// Parameter is a value in the path, the query or a header.
type Parameter struct {
	Pos         Pos
	Name        string
	In          string
	Description string
	Required    bool
	Deprecated  bool
	JSON        bool // the value is JSON text (declared with content)
	Explode     bool // a list repeats the key; otherwise it is joined by commas
	GoName      string
	Schema      *Schema
	Example     *yaml.Node
	Roles       []RoleNeed
	Notes       []string
}

// Body is a request's content, one entry a media type.
type Body struct {
	Pos         Pos
	Description string
	Required    bool
	Content     []Media
}

// Response is what one status answers with.
type Response struct {
	Pos         Pos
	Status      string // 200, 204, default …
	Description string
	Content     []Media
}

// Media is the content in one media type.
type Media struct {
	Pos      Pos
	Type     string
	Schema   *Schema
	Examples []*yaml.Node
}

// Source says which page an operation was transcribed from (x-wx-doc).
type Source struct {
	Page    string
	Updated string
	Roles   []string
}

// RoleNeed says what a field is for one role, in an operation that roles share
// (x-wx-roles).
type RoleNeed struct {
	Role string
	Need string // required, optional or absent
}

// ErrorRow is a row of a page's error table (x-wx-errors).
type ErrorRow struct {
	Pos         Pos
	Status      int
	Code        string
	Description string
	Solution    string
	Common      bool // stands in the table of codes that every product shares
}

// RateLimit is a limit that the page states (x-wx-rate-limit).
type RateLimit struct {
	Requests int
	Period   time.Duration
	Per      string
}

// Page says how an operation pages (x-wx-page).
type Page struct {
	Pos       Pos
	Style     string // offset, index (a page number) or token
	Unit      string // item or page: what the offset counts
	Offset    string // parameter: the offset, page number or token
	Limit     string // parameter
	Items     string // response field
	Total     string // response field
	Next      string // response field: the next token
	Start     int64  // the first offset
	MaxLimit  int64
	MaxOffset int64
}

// Event says which notifications a webhook stands for (x-wx-event).
type Event struct {
	Pos          Pos
	Types        []string
	OriginalType string
	Member       string  // of the resource, which tells it from others of the same types; empty: none needed
	Resource     *Schema // the decrypted resource
}
