package sandbox

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/wxgen/wxgen/generator/load"
)

// builtin are operations that work like WeChat Pay's own, whether a spec describes them or not. Rules go before them.
type builtin struct {
	routes  []*route
	table   table
	answers map[string]func(*Server, *Request) (any, error) // by method and path
}

func newBuiltin() builtin {
	b := builtin{answers: map[string]func(*Server, *Request) (any, error){
		"GET /v3/certificates":   (*Server).certificates,
		"POST /v3/security/echo": (*Server).echoBack,
		"GET " + filePath:        (*Server).file,
	}}
	for _, op := range []*load.Operation{
		{Method: http.MethodGet, Path: "/v3/certificates"},
		{Method: http.MethodPost, Path: "/v3/security/echo"},
		{Method: http.MethodGet, Path: filePath, Unsigned: true},
	} {
		r := newRoute(op.Method+" "+op.Path, nil, op)
		r.operation = nil // nothing to validate by
		b.routes = append(b.routes, r)
	}
	b.table = newTable(b.routes)
	return b
}

// of returns the function that answers a route, nil if there is none.
func (b *builtin) of(r *route) func(*Server, *Request) (any, error) {
	return b.answers[r.method+" "+r.path]
}

// certificates lists the platform certificates, each sealed under the APIv3 key.
func (s *Server) certificates(*Request) (any, error) {
	data := list{}
	for _, c := range s.trust.certificates() {
		data = append(data, object{
			{"serial_no", c.id},
			{"effective_time", c.from.In(beijing).Format(time.RFC3339)},
			{"expire_time", c.to.In(beijing).Format(time.RFC3339)},
			{"encrypt_certificate", s.identity.seal("certificate", pemText("CERTIFICATE", c.der))},
		})
	}
	if len(data) == 0 {
		return nil, &Error{
			Status: http.StatusNotFound, Code: "RESOURCE_NOT_EXISTS",
			Message: "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。",
		}
	}
	return object{{"data", data}}, nil
}

var beijing = time.FixedZone("", 8*60*60)

// The event of echoBack, which no spec need describe.
const (
	echoEvent        = "SECURITY_ECHO.SUCCESS"
	echoOriginalType = "security"
)

// echoBack answers with what it was sent: a check of signatures and sensitive fields, and of notifications if one is wanted.
func (s *Server) echoBack(req *Request) (any, error) {
	var body struct {
		Message   *string `json:"echo_message"`
		Encrypted string  `json:"encrypted_echo_message"`
		NotifyURL string  `json:"notify_url"`
	}
	if err := json.Unmarshal(req.Body, &body); err != nil {
		return nil, paramError(detail{issue: "the body is no JSON of the documented form" + whereJSON(req.Body), location: "body"})
	}
	if body.Message == nil {
		return nil, paramError(detail{field: "/echo_message", issue: "is missing", location: "body"})
	}
	plain, err := s.decrypt(req, body.Encrypted, detail{field: "/encrypted_echo_message", location: "body"})
	if err != nil {
		return nil, err
	}
	sealed, err := s.identity.encrypt(plain)
	if err != nil {
		return nil, err
	}
	answer := object{{"echo_message", *body.Message}, {"encrypted_echo_message", sealed}}
	if req.route.operation != nil {
		answer[1].value = plain // the spec says that it is sensitive, so it is encrypted with the rest of the answer
	}
	if body.NotifyURL != "" {
		if err := checkAddress(body.NotifyURL); err != nil {
			return nil, paramError(detail{field: "/notify_url", issue: err.Error(), location: "body"})
		}
		if hook, _ := s.catalogue.webhook(echoEvent); hook != nil {
			sealed = plain // likewise
		}
		s.notifyLater(body.NotifyURL, echoEvent, object{{"echo_message", *body.Message}, {"encrypt_echo_message", sealed}})
	}
	return answer, nil
}

// notifyLater sends a notification once, without making the caller wait. Close waits for it.
func (s *Server) notifyLater(address, event string, resource any) {
	if !s.calls.enter() {
		return
	}
	go func() {
		defer s.calls.leave()
		_, _ = s.Notify(s.ending, address, event, resource) // the address is the caller's matter
	}()
}
