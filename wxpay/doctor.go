package wxpay

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Report is what [Client.Check] found, in the order in which a call goes.
type Report struct{ Findings []Finding }

// Finding is one line of a Report.
type Finding struct {
	What string // keys, connection, request, answer, clock, sensitive fields or notification
	Text string // what was seen, or what is wrong and what to do
	Err  error  // nil: all is well
}

// OK reports whether everything that was checked works.
func (r *Report) OK() bool { return r.Err() == nil }

// Err joins the errors of all findings.
func (r *Report) Err() error {
	var problems []error
	for _, f := range r.Findings {
		if f.Err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", f.What, f.Err))
		}
	}
	return errors.Join(problems...)
}

// String returns the report for people, a line each finding.
func (r *Report) String() string {
	var text strings.Builder
	for _, f := range r.Findings {
		mark := "ok  "
		if f.Err != nil {
			mark = "FAIL"
		}
		fmt.Fprintf(&text, "%s %s: %s\n", mark, f.What, f.Text)
	}
	return text.String()
}

func (r *Report) add(what, text string, err error) {
	if err != nil {
		text = err.Error()
	}
	r.Findings = append(r.Findings, Finding{What: what, Text: text, Err: err})
}

// echoRequest and echoResponse are what POST /v3/security/echo takes and answers.
type echoRequest struct {
	EchoMessage          string `json:"echo_message" wx:"required"`
	EncryptedEchoMessage string `json:"encrypted_echo_message,omitzero" wx:"sensitive"`
	NotifyURL            string `json:"notify_url,omitzero"`
}

type echoResponse struct {
	EchoMessage          string `json:"echo_message"`
	EncryptedEchoMessage string `json:"encrypted_echo_message" wx:"sensitive"`
}

var opEcho = Operation{Name: "security.Echo", Method: http.MethodPost, Path: "/v3/security/echo", Idempotent: true}

// Check makes one harmless call, POST /v3/security/echo, and reports how far it came: WeChat Pay's key, the connection, the
// signature of the request, that of the answer, the clock, and sensitive fields in both directions. It is for set-up and for
// start scripts; no money is touched.
//
// With a notifyURL WeChat Pay also sends the notification SECURITY_ECHO.SUCCESS there, which shows that notifications arrive
// and can be verified and decrypted; the report says so, but does not wait for it.
func (c *Client) Check(ctx context.Context, notifyURL string) *Report {
	r := new(Report)
	key, err := c.keys.Preferred(ctx, c.now())
	if err != nil || key == nil {
		if err == nil {
			err = errors.New("the KeySource prefers none: sensitive fields cannot be encrypted")
		}
		r.add("keys", "", err)
		return r
	}
	r.add("keys", keyText(key, c.now()), nil)
	const message = "wxgen check"
	req := &echoRequest{EchoMessage: message, EncryptedEchoMessage: message, NotifyURL: notifyURL}
	resp, raw := new(echoResponse), new(Response)
	err = c.Do(ctx, &opEcho, req, resp, WithResponse(raw))
	if !r.explain(c, raw, err) {
		return r
	}
	if err == nil && (resp.EchoMessage != message || resp.EncryptedEchoMessage != message) {
		err = errors.New("WeChat Pay echoed another message than was sent: is Config.BaseURL that of WeChat Pay?")
	}
	r.add("sensitive fields", "encrypted to WeChat Pay's key, and decrypted with the merchant's", err)
	if notifyURL != "" {
		r.add("notification", "expect SECURITY_ECHO.SUCCESS at "+cut(notifyURL, 256), nil)
	}
	return r
}

func keyText(key *Key, now time.Time) string {
	if key.NotAfter.IsZero() {
		return "requests name and encrypt with " + key.ID
	}
	return fmt.Sprintf("requests name and encrypt with certificate %s, which ends in %d days",
		key.ID, int(key.NotAfter.Sub(now)/(24*time.Hour)))
}

// explain adds what the outcome of the call says about its steps, and reports whether the answer could be used.
func (r *Report) explain(c *Client, raw *Response, err error) bool {
	if raw.Status == 0 {
		what := "connection"
		if _, sent := errors.AsType[*SendError](err); !sent {
			what = "request" // the signer, or a key to encrypt with
		}
		r.add(what, "", err)
		return false
	}
	r.add("connection", fmt.Sprintf("answered with status %d, request id %s", raw.Status, raw.RequestID), nil)
	r.addClock(c, raw.Header)
	if refused, ok := errors.AsType[*APIError](err); ok {
		r.add("request", "", refused)
		return false
	}
	r.add("request", "MchID, SerialNo and Signer belong together: the signature was accepted", nil)
	if _, ok := errors.AsType[*SensitiveError](err); err != nil && !ok {
		r.add("answer", "", err)
		return false
	}
	r.add("answer", "verified with "+cut(raw.Header.Get("Wechatpay-Serial"), 128), nil)
	if err != nil {
		r.add("sensitive fields", "", err)
		return false
	}
	return true
}

// addClock compares the clocks well before five minutes, from where every call fails.
func (r *Report) addClock(c *Client, header http.Header) {
	date, ok := dateOf(header)
	if !ok {
		return
	}
	const worrying = time.Minute
	if off := date.Sub(c.now()); off.Abs() >= worrying {
		r.add("clock", "", errors.New(clockText(off)+" (five minutes make every call fail)"))
		return
	}
	r.add("clock", "right to the minute", nil)
}
