package sandbox

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	scheme = "WECHATPAY2-SHA256-RSA2048"

	// window is how far a request's clock may be off.
	window = 5 * time.Minute

	maxNonce = 32

	// maxSignMessage bounds what a refusal shows of the message that was signed.
	maxSignMessage = 256
)

// authItems are what the Authorization header must hold, each once.
var authItems = []string{"mchid", "nonce_str", "timestamp", "serial_no", "signature"}

// authenticate refuses a request that does not come from the merchant, or that came before.
func (s *Server) authenticate(req *Request) error {
	if req.Header.Get("Accept") == "" || req.Header.Get("User-Agent") == "" {
		return &Error{
			Status: http.StatusBadRequest, Code: "INVALID_REQUEST",
			Message: "Http头缺少Accept或User-Agent: each request needs the headers Accept and User-Agent",
		}
	}
	items, problem := parseAuthorization(req.Header.Values("Authorization"))
	if problem == nil {
		problem = s.checkItems(req, items)
	}
	if problem != nil {
		return problem.error(req, items)
	}
	return s.checkPlatformSerial(req)
}

// authProblem says which item of the Authorization header is wrong, and what to do about it.
type authProblem struct {
	field, issue string
	value        any
}

// error makes the refusal, which shows what the server took as signed: that is what a developer compares with.
func (p *authProblem) error(req *Request, items map[string]string) *Error {
	text := signMessage(req, items)
	return &Error{
		Status:  http.StatusUnauthorized,
		Code:    "SIGN_ERROR",
		Message: "签名错误: " + p.issue,
		Detail: detail{
			field: p.field, value: p.value, issue: p.issue, location: "authorization",
			more: object{{"sign_information", object{
				{"method", req.Method},
				{"url", req.URI},
				{"truncated_sign_message", strings.ToValidUTF8(text[:min(len(text), maxSignMessage)], "")},
				{"sign_message_length", len(text)},
			}}},
		}.object(),
	}
}

// parseAuthorization reads the header: the scheme, a space, and items name="value" with commas between them.
func parseAuthorization(headers []string) (map[string]string, *authProblem) {
	items := make(map[string]string)
	if len(headers) != 1 {
		return items, &authProblem{"Authorization", fmt.Sprintf("the header Authorization is there %d times; one is needed", len(headers)), nil}
	}
	given, rest, _ := strings.Cut(headers[0], " ")
	if given != scheme {
		return items, &authProblem{"Authorization", "the header Authorization must begin with " + scheme + " and a space", shorten(given)}
	}
	for text := range strings.SplitSeq(rest, ",") {
		name, value, ok := parseItem(text)
		if !ok || !slices.Contains(authItems, name) {
			return items, &authProblem{"Authorization", `the header Authorization holds something else than mchid="…",nonce_str="…",timestamp="…",serial_no="…",signature="…"`, nil}
		}
		if _, twice := items[name]; twice {
			return items, &authProblem{name, name + " is there twice", nil}
		}
		items[name] = value
	}
	for _, name := range authItems {
		if items[name] == "" {
			return items, &authProblem{name, name + " is missing from the header Authorization", nil}
		}
	}
	return items, nil
}

func parseItem(text string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(strings.TrimSpace(text), "=")
	if !ok || len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return "", "", false
	}
	value = value[1 : len(value)-1]
	return name, value, !strings.Contains(value, `"`)
}

func (s *Server) checkItems(req *Request, items map[string]string) *authProblem {
	if mchID := items["mchid"]; mchID != s.identity.mchID {
		return &authProblem{"mchid", fmt.Sprintf("the merchant is %s here, not %s", s.identity.mchID, shorten(mchID)), shorten(mchID)}
	}
	if problem := s.checkSerial(items["serial_no"]); problem != nil {
		return problem
	}
	if problem := s.checkTimestamp(items["timestamp"]); problem != nil {
		return problem
	}
	nonce := items["nonce_str"]
	if len(nonce) > maxNonce {
		return &authProblem{"nonce_str", fmt.Sprintf("the nonce has %d characters, %d are allowed", len(nonce), maxNonce), shorten(nonce)}
	}
	if problem := s.checkSignature(req, items); problem != nil {
		return problem
	}
	if !s.nonces.use(nonce, s.now()) { // last, so that only the merchant can fill the memory
		return &authProblem{"nonce_str", "the nonce was used before: make a new one for each request, also when one is repeated", nonce}
	}
	return nil
}

func (s *Server) checkSerial(serial string) *authProblem {
	want := s.identity.SerialNo()
	if serial == want {
		return nil
	}
	issue := fmt.Sprintf("the serial number of the merchant's certificate is %s here, not %s", want, shorten(serial))
	switch {
	case s.trust.knows(serial):
		issue = "serial_no names WeChat Pay's key; needed is the serial number of the merchant's certificate, " + want
	case strings.EqualFold(serial, want):
		issue = "serial_no must be written in capitals: " + want
	}
	return &authProblem{"serial_no", issue, shorten(serial)}
}

func (s *Server) checkTimestamp(text string) *authProblem {
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || text != strconv.FormatInt(seconds, 10) || seconds < 0 {
		return &authProblem{"timestamp", "the timestamp must be the Unix time in whole seconds", shorten(text)}
	}
	now := s.now()
	off := now.Unix() - seconds
	if off <= int64(window/time.Second) && off >= -int64(window/time.Second) {
		return nil
	}
	direction := "behind"
	if off < 0 {
		direction, off = "ahead of", -off
	}
	return &authProblem{"timestamp", fmt.Sprintf("the timestamp is %d s %s the clock here (%s), five minutes are allowed: set the clock, and sign right before sending",
		off, direction, now.UTC().Format(time.RFC3339)), text}
}

func (s *Server) checkSignature(req *Request, items map[string]string) *authProblem {
	signature, err := base64.StdEncoding.Strict().DecodeString(items["signature"])
	if err != nil {
		return &authProblem{"signature", "the signature is no standard Base64", nil}
	}
	digest := sha256.Sum256([]byte(signMessage(req, items)))
	if rsa.VerifyPKCS1v15(&s.identity.key.PublicKey, crypto.SHA256, digest[:], signature) == nil {
		return nil
	}
	return &authProblem{"signature", "sign not match: the signature does not fit the request as it arrived; compare the message that you signed " +
		"with sign_information (method, path and query as sent, timestamp, nonce and body, each ended by a line feed), and check that the key belongs to the certificate", nil}
}

// signMessage is what the signature of a request covers.
func signMessage(req *Request, items map[string]string) string {
	return req.Method + "\n" + req.URI + "\n" + items["timestamp"] + "\n" + items["nonce_str"] + "\n" + string(req.signed()) + "\n"
}

// checkPlatformSerial refuses a request that asks for an answer by a key that WeChat Pay does not have.
func (s *Server) checkPlatformSerial(req *Request) error {
	const name = "Wechatpay-Serial"
	id := req.Header.Get(name)
	if id == "" || s.trust.knows(id) {
		return nil
	}
	return paramError(detail{
		field: name, value: shorten(id), location: "header",
		issue: "names a key that WeChat Pay does not have here; " + s.trust.describe(),
	})
}

// shorten bounds text of a request that an error repeats.
func shorten(text string) string {
	const most = 64
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
