package diff

import "fmt"

// Class says how much a change matters to a program that uses the package.
type Class int

// The classes, from the one that readers must see first.
const (
	Build         Class = iota // the program no longer compiles
	Behaviour                  // it compiles, but does something else
	Addition                   // it does what it did, and could do more
	Documentation              // only what people read differs
)

var classNames = [...]string{"build", "behaviour", "addition", "documentation"}

// String gives the class as JSON has it.
func (c Class) String() string { return classNames[c] }

// MarshalText gives the class as JSON has it.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a class, for programs that read reports.
func (c *Class) UnmarshalText(text []byte) error {
	for i, name := range classNames {
		if name == string(text) {
			*c = Class(i)
			return nil
		}
	}
	return fmt.Errorf("diff: no class is called %q", text)
}

// Breaking tells whether a program may stop to work.
func (c Class) Breaking() bool { return c <= Behaviour }

// Kind names a sort of change. It is stable, so that scripts can pick by it.
type Kind string

// Rule says which class all changes of a kind have.
type Rule struct {
	Kind  Kind
	Class Class
	Means string
}

// Rules are all kinds of changes. The package's documentation lists them too,
// and a test holds the two together.
var Rules = []Rule{
	{"package-removed", Build, "no spec makes the package any more"},
	{"operation-removed", Build, "the method is gone"},
	{"operation-renamed", Build, "the method of the same request has another name"},
	{"signature-changed", Build, "the method takes or returns another type"},
	{"event-removed", Build, "the function for a notification is gone"},
	{"event-renamed", Build, "the function for the same notification has another name"},
	{"event-payload-changed", Build, "the notification's handler takes another type"},
	{"type-renamed", Build, "a struct, union or enum has another name, and so have its constants"},
	{"type-form-changed", Build, "a type became a struct, a union, an enum of strings or one of integers"},
	{"field-removed", Build, "a field is gone"},
	{"field-renamed", Build, "the field of the same name on the wire has another name in Go"},
	{"field-type-changed", Build, "a field has another type"},
	{"field-pointer-changed", Build, "a field became a pointer, or a plain value"},
	{"constant-removed", Build, "an enum's value is gone, and its constant with it"},
	{"constant-renamed", Build, "the constant of the same value has another name"},
	{"alternative-removed", Build, "a union lost one of its alternatives"},
	{"alternative-renamed", Build, "the same alternative of a union has another name or type"},
	{"sentinel-removed", Build, "the constant of an error code is gone"},
	{"sentinel-renamed", Build, "the constant of the same error code has another name"},
	{"pager-removed", Build, "the method that walks through all pages is gone"},
	{"pager-renamed", Build, "the method that walks through all pages has another name"},
	{"pager-item-changed", Build, "the method that walks through all pages yields another type"},

	{"request-line-changed", Behaviour, "the same method calls another path, or by another HTTP method"},
	{"field-wire-changed", Behaviour, "the same field has another name on the wire"},
	{"field-moved", Behaviour, "a value travels elsewhere: path, query, header, form or body"},
	{"field-encoding-changed", Behaviour, "a query value is written in another way"},
	{"field-added-required", Behaviour, "a request has a new field that must be set"},
	{"field-became-required", Behaviour, "a field of a request must be set now"},
	{"field-became-optional-in-response", Behaviour, "a field that always came may be missing now"},
	{"limit-tightened", Behaviour, "values that passed the check of a request fail it now"},
	{"pattern-changed", Behaviour, "a text of a request is checked against another pattern, or for the first time"},
	{"sensitivity-changed", Behaviour, "a field is encrypted now, or no longer"},
	{"constant-value-changed", Behaviour, "the same constant stands for another value"},
	{"alternative-told-otherwise", Behaviour, "another sign tells an alternative of a union"},
	{"error-code-removed", Behaviour, "the operation no longer answers an error code, so handling it is idle"},
	{"error-status-changed", Behaviour, "an error code comes with another HTTP status"},
	{"event-type-removed", Behaviour, "the handler is no longer called for an event type"},
	{"event-original-type-changed", Behaviour, "the notification's resource says another original_type"},
	{"event-member-changed", Behaviour, "another member of the resource tells the notification from others of its types"},
	{"pager-changed", Behaviour, "pages are walked through in another way"},
	{"rate-limit-lowered", Behaviour, "fewer requests are allowed"},
	{"idempotency-removed", Behaviour, "a failed call is no longer repeated"},
	{"unsigned-changed", Behaviour, "the answer's signature is demanded now, or no longer"},
	{"hosts-changed", Behaviour, "calls go to other hosts"},

	{"package-added", Addition, "a spec makes a new package"},
	{"operation-added", Addition, "there is a new method"},
	{"event-added", Addition, "there is a function for a new notification"},
	{"field-added", Addition, "there is a new field, which a request need not set"},
	{"field-became-optional", Addition, "a field of a request need not be set any more"},
	{"field-became-required-in-response", Addition, "a field that could be missing always comes now"},
	{"limit-loosened", Addition, "values that failed the check of a request pass it now"},
	{"pattern-removed", Addition, "a text of a request is checked against no pattern any more"},
	{"constant-added", Addition, "an enum has a new value"},
	{"alternative-added", Addition, "a union has a new alternative"},
	{"sentinel-added", Addition, "there is a constant for a new error code"},
	{"error-code-added", Addition, "the operation answers a new error code"},
	{"event-type-added", Addition, "the handler is called for a new event type"},
	{"pager-added", Addition, "there is a method that walks through all pages"},
	{"rate-limit-raised", Addition, "more requests are allowed"},
	{"idempotency-added", Addition, "a failed call may be repeated"},

	{"deprecated", Documentation, "something should not be used any more"},
	{"undeprecated", Documentation, "something may be used again"},
	{"error-rows-changed", Documentation, "the advice for an error code has other words or rows"},
	{"limit-restated", Documentation, "a limit that nothing checks reads otherwise"},
	{"label-changed", Documentation, "the page's label is another one"},
	{"description-changed", Documentation, "the explanation is another one"},
	{"source-changed", Documentation, "the page, its date or the roles that may call are others"},
}

// ClassOf gives the class of a kind. It panics for a kind that no rule knows,
// since only this package makes kinds up.
func ClassOf(kind Kind) Class {
	for _, r := range Rules {
		if r.Kind == kind {
			return r.Class
		}
	}
	panic("diff: no rule for " + string(kind))
}
