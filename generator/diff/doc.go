// Package diff tells what a change of the specs means for programs that use the
// generated packages: it models both sides as the generator does and compares
// what comes out, not the YAML. So a shape that moved into a component, a field
// at another position, a row of an error table that became a common one, notes
// and examples are no change.
//
// # What breaks
//
// Every kind of change belongs to one class. The question is always what
// happens to a program that was written against the old packages and is built
// with the new ones; as with Go itself, struct literals without field names,
// and other things that go vet reports, do not count. Reading an error code
// that is new, or a value that an enum did not have, is no break either: every
// program must expect both from WeChat Pay at any time.
//
// # Breaks the build
//
// A program that uses the changed thing no longer compiles:
//
//	package-removed                    no spec makes the package any more
//	operation-removed                  the method is gone
//	operation-renamed                  the method of the same request has another name
//	signature-changed                  the method takes or returns another type
//	event-removed                      the function for a notification is gone
//	event-renamed                      the function for the same notification has another name
//	event-payload-changed              the notification's handler takes another type
//	type-renamed                       a struct, union or enum has another name, and so have its constants
//	type-form-changed                  a type became a struct, a union, an enum of strings or one of integers
//	field-removed                      a field is gone
//	field-renamed                      the field of the same name on the wire has another name in Go
//	field-type-changed                 a field has another type
//	field-pointer-changed              a field became a pointer, or a plain value
//	constant-removed                   an enum's value is gone, and its constant with it
//	constant-renamed                   the constant of the same value has another name
//	alternative-removed                a union lost one of its alternatives
//	alternative-renamed                the same alternative of a union has another name or type
//	sentinel-removed                   the constant of an error code is gone
//	sentinel-renamed                   the constant of the same error code has another name
//	pager-removed                      the method that walks through all pages is gone
//	pager-renamed                      the method that walks through all pages has another name
//	pager-item-changed                 the method that walks through all pages yields another type
//
// # Breaks behaviour
//
// A program compiles as before, but a call that worked fails, goes elsewhere or is read otherwise:
//
//	request-line-changed               the same method calls another path, or by another HTTP method
//	field-wire-changed                 the same field has another name on the wire
//	field-moved                        a value travels elsewhere: path, query, header, form or body
//	field-encoding-changed             a query value is written in another way
//	field-added-required               a request has a new field that must be set
//	field-became-required              a field of a request must be set now
//	field-became-optional-in-response  a field that always came may be missing now
//	limit-tightened                    values that passed the check of a request fail it now
//	pattern-changed                    a text of a request is checked against another pattern, or for the first time
//	sensitivity-changed                a field is encrypted now, or no longer
//	constant-value-changed             the same constant stands for another value
//	alternative-told-otherwise         another sign tells an alternative of a union
//	error-code-removed                 the operation no longer answers an error code, so handling it is idle
//	error-status-changed               an error code comes with another HTTP status
//	event-type-removed                 the handler is no longer called for an event type
//	event-original-type-changed        the notification's resource says another original_type
//	event-member-changed               another member of the resource tells the notification from others of its types
//	pager-changed                      pages are walked through in another way
//	rate-limit-lowered                 fewer requests are allowed
//	idempotency-removed                a failed call is no longer repeated
//	unsigned-changed                   the answer's signature is demanded now, or no longer
//	hosts-changed                      calls go to other hosts
//
// # Addition
//
// A program does what it did, and could do more:
//
//	package-added                      a spec makes a new package
//	operation-added                    there is a new method
//	event-added                        there is a function for a new notification
//	field-added                        there is a new field, which a request need not set
//	field-became-optional              a field of a request need not be set any more
//	field-became-required-in-response  a field that could be missing always comes now
//	limit-loosened                     values that failed the check of a request pass it now
//	pattern-removed                    a text of a request is checked against no pattern any more
//	constant-added                     an enum has a new value
//	alternative-added                  a union has a new alternative
//	sentinel-added                     there is a constant for a new error code
//	error-code-added                   the operation answers a new error code
//	event-type-added                   the handler is called for a new event type
//	pager-added                        there is a method that walks through all pages
//	rate-limit-raised                  more requests are allowed
//	idempotency-added                  a failed call may be repeated
//
// # Documentation
//
// Only what people read differs:
//
//	deprecated                         something should not be used any more
//	undeprecated                       something may be used again
//	error-rows-changed                 the advice for an error code has other words or rows
//	limit-restated                     a limit that nothing checks reads otherwise
//	label-changed                      the page's label is another one
//	description-changed                the explanation is another one
//	source-changed                     the page, its date or the roles that may call are others
//
// # How sides are matched
//
// Packages belong together by their folder, methods by their name and then by
// their request, notifications by their function and then by their event types,
// fields by their names on the wire. Types are compared where operations use
// them; a type of the same name is the same type. What several operations share
// is told once, with the names of them all. A method, notification or package
// that came or went is told as a whole, without what it is made of.
//
// Names that wxgen makes up are kept as wxgen.lock has them. Where a side has
// no lock, the new side keeps the names of the old one, as the next run of the
// generator would.
package diff
