package wxpay

import (
	"net/http"
	"time"
)

// Operation says all that the runtime must know about one call. Generated packages hold one for each operation; for a call
// that no package has, make one by hand and give it to [Client.Do].
type Operation struct {
	// Name is how errors and log records call the operation, such as "records.List". Empty: method and path.
	Name string

	// Method is the HTTP method in capitals.
	Method string

	// Path begins with '/' and holds a {name} for each path variable. It may end in a fixed query that is escaped already.
	Path string

	// Hosts are the host names that serve the operation, the main one first; the others stand in while it cannot be reached.
	// Empty: api.mch.weixin.qq.com and api2.mch.weixin.qq.com. [Config.BaseURL] and [WithBaseURL] go before it.
	Hosts []string

	// Idempotent says that a repeated call with the same parameters is safe, so it may be tried again; see [RetryPolicy].
	Idempotent bool

	// Unsigned says that the answer bears no signature (file downloads). Only then is an unsigned answer accepted.
	Unsigned bool

	// MatchPattern checks the rules pattern=… of the request: [MatchPattern], or a function like it. Nil is right for a
	// request without such rules, and keeps the regular expressions out of the program.
	MatchPattern func(pattern, text string) (bool, error)

	// RateLimits are the limits that the documentation states. A [Limiter] keeps to them.
	RateLimits []RateLimit

	// Errors are the rows of the operation's own error table, CommonErrors those that every operation has.
	Errors, CommonErrors []ErrorRow
}

// ErrorRow is a row of the error table in the documentation of an operation.
type ErrorRow struct {
	Status  int       // HTTP status; 0: the table does not say
	Code    ErrorCode // empty: the table does not say
	Meaning string    // what it means here
	Action  string    // what to do about it
}

// RateLimit says how many requests WeChat Pay takes in a period.
type RateLimit struct {
	Requests int
	Period   time.Duration
	Per      string // what is counted together: merchant, ip, appid, all …
}

// label names the operation in errors and log records.
func (op *Operation) label() string {
	if op.Name != "" {
		return op.Name
	}
	return op.Method + " " + op.Path
}

// mayChange reports whether the call can have changed something at WeChat Pay. Idempotent calls count: repeating one is
// safe, but it is still unknown whether it happened.
func (op *Operation) mayChange() bool {
	return op.Method != http.MethodGet && op.Method != http.MethodHead
}
