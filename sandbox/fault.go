package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault is a way to misbehave, for [Rule.Fault]. What a client makes of each is in docs/guides/faults.md. A domain that
// refuses connections is [Server.Down], a key that changes [Server.Rotate]; answers of errors are [Rule.Code] and
// [Rule.Status].
type Fault string

// Faults of the connection. Each ends it, so that no other call meets the remains.
const (
	// FaultResetBefore resets the connection without reading the request, which is not verified and not in Calls.
	FaultResetBefore Fault = "reset before the request is read"

	// FaultResetAfter resets the connection once the request was carried out: Calls has it.
	FaultResetAfter Fault = "reset after the request was read"

	// FaultHangUp closes the connection in an orderly way once the request was carried out, without an answer.
	FaultHangUp Fault = "closed without an answer"

	// FaultSlowHeader sends the header of the answer byte by byte, with Rule.Pace between two bytes.
	FaultSlowHeader Fault = "slow headers"

	// FaultSlowBody sends the body of the answer byte by byte, with Rule.Pace between two bytes.
	FaultSlowBody Fault = "slow body"

	// FaultTruncated ends the connection in the middle of the body.
	FaultTruncated Fault = "truncated body"

	// FaultWrongLength states half of the body's length, so that a client which believes it sees half of the body.
	FaultWrongLength Fault = "wrong length"

	// FaultEndless sends chunks of spaces behind the body until the client has had enough.
	FaultEndless Fault = "chunked for ever"

	// FaultGzipBomb sends one megabyte of gzip data that unzips to one gigabyte.
	FaultGzipBomb Fault = "gzip bomb"
)

// Faults of the content.
const (
	// FaultHTML answers as a gateway does: an HTML page, not signed, with Rule.Status.
	FaultHTML Fault = "HTML of a gateway"

	// FaultSignedHTML answers with HTML that is signed as it should be.
	FaultSignedHTML Fault = "HTML, signed"

	// FaultEmpty answers with nothing, signed as it should be.
	FaultEmpty Fault = "empty, signed"

	// FaultTampered changes the last digit or letter of the body after it was signed.
	FaultTampered Fault = "altered body"
)

// Faults of the signature. They leave alone answers that bear none.
const (
	// FaultUnsigned leaves all headers of the signature out.
	FaultUnsigned Fault = "unsigned"

	// FaultBadBase64 sends a signature that is no Base64.
	FaultBadBase64 Fault = "bad Base64"

	// FaultBadSignature sends a signature of the right form that fits nothing.
	FaultBadSignature Fault = "bad signature"

	// FaultMerchantKey signs with the merchant's own key, as a set-up with mixed-up keys does.
	FaultMerchantKey Fault = "signed with the merchant's key"

	// FaultProbe puts WECHATPAY/SIGNTEST/ before the signature, as WeChat Pay does now and then to see whether signatures
	// are verified.
	FaultProbe Fault = "probe signature"

	// FaultUnknownSerial names a key that does not exist.
	FaultUnknownSerial Fault = "wrong serial"

	// FaultExpired and FaultFuture sign well, but ten minutes ago and ten minutes from now.
	FaultExpired Fault = "expired timestamp"
	FaultFuture  Fault = "future timestamp"

	// FaultReplayed sends the last signed answer of the operation once more: body, timestamp, nonce and signature. The first
	// answer of an operation cannot be one, and is as usual.
	FaultReplayed Fault = "replayed answer"
)

// Faults lists all faults.
func Faults() []Fault {
	return []Fault{
		FaultResetBefore, FaultResetAfter, FaultHangUp, FaultSlowHeader, FaultSlowBody, FaultTruncated, FaultWrongLength,
		FaultEndless, FaultGzipBomb,
		FaultHTML, FaultSignedHTML, FaultEmpty, FaultTampered,
		FaultUnsigned, FaultBadBase64, FaultBadSignature, FaultMerchantKey, FaultProbe, FaultUnknownSerial,
		FaultExpired, FaultFuture, FaultReplayed,
	}
}

// faultOffset is how far the clock is off that FaultExpired and FaultFuture sign with: twice what is allowed.
const faultOffset = 2 * window

const gatewayPage = "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>\r\n<center><h1>Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"

// signatureHeaders are all headers of a signature.
var signatureHeaders = []string{
	"Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial", "Wechatpay-Signature-Type",
}

// check reports a fault that does not exist, or that a rule cannot have.
func (r *Rule) check() error {
	switch {
	case r.Fault != "" && !slices.Contains(Faults(), r.Fault):
		return fmt.Errorf("there is no fault %q", r.Fault)
	case r.Domain != "" && r.Domain != Main && r.Domain != Backup:
		return fmt.Errorf("there is no domain %q", r.Domain)
	}
	return nil
}

// beforeSigning changes the content of an answer that is signed as it should be.
func (f Fault) beforeSigning(answer *Answer) {
	switch f {
	case FaultSignedHTML, FaultHTML:
		answer.Body = []byte(gatewayPage)
		answer.Header.Set("Content-Type", "text/html")
	case FaultEmpty:
		answer.Body = nil
	}
}

// signed returns key and clock to sign with.
func (s *Server) signed(f Fault, key platformKey) (platformKey, time.Time) {
	now := s.now()
	switch f {
	case FaultMerchantKey:
		key.key = s.identity.key
	case FaultExpired:
		now = now.Add(-faultOffset)
	case FaultFuture:
		now = now.Add(faultOffset)
	}
	return key, now
}

// afterSigning spoils an answer that was signed.
func (f Fault) afterSigning(answer *Answer) {
	h := answer.Header
	signature := h.Get("Wechatpay-Signature")
	switch {
	case f == FaultTampered:
		answer.Body = tampered(answer.Body)
	case signature == "":
	case f == FaultBadBase64:
		h.Set("Wechatpay-Signature", "*"+signature[1:])
	case f == FaultBadSignature:
		h.Set("Wechatpay-Signature", strings.Repeat("A", 342)+"==") // 256 bytes
	case f == FaultProbe:
		h.Set("Wechatpay-Signature", "WECHATPAY/SIGNTEST/"+signature)
	case f == FaultUnknownSerial:
		h.Set("Wechatpay-Serial", unknownSerial(h.Get("Wechatpay-Serial")))
	case f == FaultUnsigned || f == FaultHTML:
		for _, name := range signatureHeaders {
			h.Del(name)
		}
	}
}

// tampered changes one character, so that JSON stays JSON.
func tampered(body []byte) []byte {
	out := slices.Clone(body)
	for i := len(out) - 1; i >= 0; i-- {
		switch c := out[i]; {
		case c >= '0' && c <= '8', c >= 'a' && c <= 'y', c >= 'A' && c <= 'Y':
			out[i]++
			return out
		}
	}
	return append(out, ' ')
}

// unknownSerial makes an id of the same kind that nobody has.
func unknownSerial(id string) string {
	if strings.HasPrefix(id, publicKeyPrefix) {
		return publicKeyPrefix + strings.Repeat("9", len(id)-len(publicKeyPrefix))
	}
	return strings.Repeat("F", len(id))
}

// lastAnswers are the last signed answers of the routes, for FaultReplayed.
type lastAnswers struct {
	mu sync.Mutex
	of map[*route]Answer
}

func (l *lastAnswers) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of = nil
}

// replay remembers the last signed answer of a route, or puts the remembered one into its place.
func (s *Server) replay(f Fault, r *route, answer *Answer) {
	if r == nil || answer.Header.Get("Wechatpay-Signature") == "" {
		return
	}
	s.last.mu.Lock()
	defer s.last.mu.Unlock()
	if last, ok := s.last.of[r]; ok && f == FaultReplayed {
		answer.Status, answer.Body = last.Status, last.Body
		for _, name := range append(signatureHeaders, "Content-Type") {
			answer.Header[name] = last.Header[name]
		}
		return
	}
	if s.last.of == nil {
		s.last.of = make(map[*route]Answer)
	}
	s.last.of[r] = Answer{Status: answer.Status, Header: answer.Header.Clone(), Body: answer.Body}
}
