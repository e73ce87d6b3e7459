package wxpay

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	window      = 300 * time.Second // how far a timestamp may be from now, exclusive (official SDKs differ at exactly 300 s)
	probePrefix = "WECHATPAY/SIGNTEST/"
)

// proof is what the headers say about who signed a body, and when. The texts are as received: they are what was signed.
type proof struct {
	timestamp, nonce, serial, signature string

	at     time.Time
	verify Verifier
}

// verify proves that WeChat Pay signed the body, just now, with the key that the headers name. No other key is ever tried.
// The error has Reason and Problem set.
func (c *Client) verify(ctx context.Context, header http.Header, body []byte) *VerifyError {
	p, problem := readProof(c.scheme, header)
	if problem == nil {
		problem = c.verifyProof(ctx, p, header, body)
	}
	if problem == nil {
		return nil
	}
	return problem.about(p)
}

// about says whose proof was refused. WeChat Pay sends wrong signatures on purpose now and then; they fail as any bad
// signature does, but are named.
func (e *VerifyError) about(p proof) *VerifyError {
	e.Serial = cut(p.serial, 128)
	e.Probe = strings.HasPrefix(p.signature, probePrefix)
	return e
}

func (c *Client) verifyProof(ctx context.Context, p proof, header http.Header, body []byte) *VerifyError {
	if problem := c.verifyTime(p, header); problem != nil {
		return problem
	}
	return c.verifyKey(ctx, c.keys, p, body)
}

// verifyKey proves a body with the key that the headers name.
func (c *Client) verifyKey(ctx context.Context, keys KeySource, p proof, body []byte) *VerifyError {
	key, err := keys.Key(ctx, p.serial)
	if err != nil {
		return refuse(ErrUnknownKey, "", err)
	}
	if key == nil {
		return refuse(ErrUnknownKey, "the KeySource returned no key", nil)
	}
	if !key.inForce(c.now()) {
		return refuse(ErrExpired, fmt.Sprintf("the certificate %s is valid from %s to %s only: give the present one",
			key.ID, key.NotBefore.UTC().Format(time.RFC3339), key.NotAfter.UTC().Format(time.RFC3339)), nil)
	}
	return c.verifySignature(key, p, body)
}

func (c *Client) verifySignature(key *Key, p proof, body []byte) *VerifyError {
	if err := c.scheme.CheckKey(key.Public); err != nil {
		return refuse(ErrUnknownKey, fmt.Sprintf("key %s is %v", key.ID, err), nil)
	}
	if strings.ContainsAny(p.signature, "\r\n") {
		return refuse(ErrBadSignature, "it holds line breaks", nil)
	}
	signature, err := base64.StdEncoding.DecodeString(p.signature)
	if err != nil {
		return refuse(ErrBadSignature, "it is not base64", nil)
	}
	message := signedMessage(body, p.timestamp, p.nonce)
	if p.verify(key.Public, message, signature) {
		return nil
	}
	// The mix-up of the two private keys, which test set-ups make.
	if p.verify(c.merchant, message, signature) {
		return refuse(ErrBadSignature, "the merchant's own key signed it: the other side uses the wrong one of the two keys", nil)
	}
	return refuse(ErrBadSignature, "the body was altered on its way (proxy, framework), or the key held as "+key.ID+" is another one", nil)
}

func (c *Client) verifyTime(p proof, header http.Header) *VerifyError {
	now := c.now()
	off := p.at.Sub(now) // saturates, so that no timestamp overflows it
	if off > -window && off < window {
		return nil
	}
	problem := fmt.Sprintf("timestamp %s is %s off, allowed are less than %s", p.timestamp, offText(off), window)
	if date, ok := dateOf(header); ok && date.Sub(p.at).Abs() < window {
		problem += "; " + clockText(date.Sub(now))
	}
	return refuse(ErrExpired, problem, nil)
}

// readProof reads the headers. All four must be there, once and in their form.
func readProof(scheme Scheme, header http.Header) (proof, *VerifyError) {
	var p proof
	for _, part := range [...]struct {
		name string
		most int // bytes; the real ones are far shorter
		to   *string
	}{
		{"Wechatpay-Timestamp", 32, &p.timestamp},
		{"Wechatpay-Nonce", 256, &p.nonce},
		{"Wechatpay-Serial", 256, &p.serial},
		{"Wechatpay-Signature", 4096, &p.signature},
	} {
		text, problem := single(header, part.name)
		if problem == "" && text == "" {
			problem = "is missing"
		}
		if problem == "" && len(text) > part.most {
			problem = fmt.Sprintf("has %d bytes, allowed are %d", len(text), part.most)
		}
		if problem != "" {
			return p, refuse(ErrUnsigned, "header "+part.name+" "+problem, nil)
		}
		*part.to = text
	}
	return p, p.parse(scheme, header)
}

func (p *proof) parse(scheme Scheme, header http.Header) *VerifyError {
	kind, problem := single(header, "Wechatpay-Signature-Type")
	if problem != "" {
		return refuse(ErrUnsigned, "header Wechatpay-Signature-Type "+problem, nil)
	}
	if p.verify = scheme.Verifier(kind); p.verify == nil {
		return refuse(ErrUnknownAlgorithm, fmt.Sprintf("it is %q, the scheme of this client is %s", cut(kind, 64), scheme.Name()), nil)
	}
	seconds, err := strconv.ParseInt(p.timestamp, 10, 64)
	if err != nil || strings.Trim(p.timestamp, "0123456789") != "" || len(p.timestamp) > 1 && p.timestamp[0] == '0' {
		return refuse(ErrUnsigned, fmt.Sprintf("header Wechatpay-Timestamp is %q, no number of seconds", p.timestamp), nil)
	}
	p.at = time.Unix(seconds, 0)
	return nil
}

// single returns the one value of a header, or what is wrong with it. Frameworks hand over headers in lower case, so names
// are compared without case where the usual form is not found.
func single(header http.Header, name string) (value, problem string) {
	values := header[name]
	if values == nil {
		for key, more := range header {
			if strings.EqualFold(key, name) {
				values = append(values, more...)
			}
		}
	}
	switch len(values) {
	case 0:
		return "", ""
	case 1:
		return values[0], ""
	}
	return "", fmt.Sprintf("is there %d times", len(values))
}

func refuse(reason error, problem string, cause error) *VerifyError {
	if cause != nil && problem == "" {
		problem = cause.Error()
	}
	return &VerifyError{Reason: reason, Problem: problem, cause: cause}
}

// dateOf returns the Date header, the clock of the other side.
func dateOf(header http.Header) (time.Time, bool) {
	date, err := http.ParseTime(header.Get("Date"))
	return date, err == nil
}

// offText writes how far a time is from now.
func offText(off time.Duration) string {
	if off < 0 {
		return off.Abs().Round(time.Second).String() + " in the past"
	}
	return off.Round(time.Second).String() + " in the future"
}

// clockText says how far the local clock is from that of WeChat Pay, which is ahead of it by off.
func clockText(off time.Duration) string {
	if off < 0 {
		return fmt.Sprintf("the local clock is %s fast, set it right", off.Abs().Round(time.Second))
	}
	return fmt.Sprintf("the local clock is %s slow, set it right", off.Round(time.Second))
}

// Why an answer or a notification was refused: errors.Is compares a [*VerifyError] with these.
var (
	// ErrUnsigned: a signature header is missing, empty, doubled or not of its form. Where a signature is due, this is
	// how a forged answer looks.
	ErrUnsigned = errors.New("not signed")

	// ErrExpired: the timestamp is five minutes or more from now, or the certificate is outside of its dates.
	ErrExpired = errors.New("signature out of date")

	// ErrUnknownKey: the key that was named is not held. A KeySource returns it, too.
	ErrUnknownKey = errors.New("unknown key")

	// ErrBadSignature: the key is held, but did not make the signature.
	ErrBadSignature = errors.New("bad signature")

	// ErrUnknownAlgorithm: Wechatpay-Signature-Type names one that this client does not verify.
	ErrUnknownAlgorithm = errors.New("unknown signature algorithm")
)
