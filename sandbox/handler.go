package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/generator/load"
)

// Answer is what goes back, signature included.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// ServeHTTP answers a call as WeChat Pay would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.serve(w, r, nil) }

// serve answers a call that came in on a domain, or elsewhere if that is nil.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, at *site) {
	if rule := s.early(r, at); rule != nil {
		s.wait(r.Context(), rule.Delay)
		s.misbehave(w, rule, nil, at)
		return
	}
	req, err := s.newRequest(r)
	req.Domain = at.name()
	var rule *Rule
	var answer *Answer
	if err == nil {
		rule, err = s.admit(r.Context(), req)
	}
	if err == nil {
		answer, err = s.answer(req, rule)
	}
	code := ""
	if err != nil {
		answer, code = errorAnswer(err)
	}
	s.finish(req, rule, answer)
	s.record(Call{Request: req, Status: answer.Status, Code: code})
	if rule != nil && rule.Fault.late() {
		s.misbehave(w, rule, answer, at)
		return
	}
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body) // the caller may be gone; nothing is lost
}

// early finds the rule for a request that is not even read.
func (s *Server) early(r *http.Request, at *site) *Rule {
	path := r.URL.EscapedPath()
	route, _, _ := s.table(r.Method, path)
	if route == nil {
		return nil
	}
	return s.rules.take(route, at.name(), true)
}

// admit refuses what WeChat Pay refuses, and finds the rule for the rest. A rule's delay passes here.
func (s *Server) admit(ctx context.Context, req *Request) (*Rule, error) {
	if err := s.find(req); err != nil {
		return nil, err
	}
	if err := s.authenticate(req); err != nil {
		return nil, err
	}
	if err := s.reveal(req); err != nil {
		return nil, err
	}
	if err := req.checkUpload(); err != nil {
		return nil, err
	}
	if err := s.validate(ctx, req); err != nil {
		return nil, err
	}
	if err := req.route.demanded(req.Header); err != nil {
		return nil, err
	}
	rule := s.rules.take(req.route, req.Domain, false)
	if rule != nil {
		s.wait(ctx, rule.Delay)
	}
	return rule, nil
}

func (s *Server) wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-s.ending.Done():
	}
}

// table finds the route of a method and a path: the user's own before those of the specs before those that are built in.
func (s *Server) table(method, path string) (r *route, values map[string]string, allowed []string) {
	for _, t := range []table{s.rules.own(), s.catalogue.table, s.builtin.table} {
		found, values, others := t.find(method, path)
		if found != nil {
			return found, values, nil
		}
		allowed = append(allowed, others...)
	}
	return nil, nil, allowed
}

// find sets the route of a request.
func (s *Server) find(req *Request) error {
	path, _, _ := strings.Cut(req.URI, "?")
	route, values, allowed := s.table(req.Method, path)
	switch {
	case route != nil:
		req.route, req.values, req.Operation = route, values, route.name
		return nil
	case len(allowed) > 0:
		return &Error{
			Status: http.StatusMethodNotAllowed, Code: "INVALID_REQUEST",
			Message: fmt.Sprintf("请求方法不支持: %s cannot be called with %s, use %s", path, req.Method, strings.Join(allowed, " or ")),
		}
	}
	message := "请求的资源不存在: no operation has the path " + shorten(path)
	if near := s.catalogue.near(path); len(near) > 0 {
		message += "; was " + strings.Join(near, ", or ") + " meant?"
	}
	return &Error{Status: http.StatusNotFound, Code: "NOT_FOUND", Message: message}
}

// answer computes the answer to a request that was admitted.
func (s *Server) answer(req *Request, rule *Rule) (*Answer, error) {
	if rule != nil && rule.answers() {
		switch {
		case rule.Code != "":
			return nil, rule.failure(req.route)
		case rule.Answer != nil:
			return s.custom(req, rule.Answer)
		}
		return &Answer{Status: rule.status(), Header: http.Header{}, Body: rule.Body}, nil
	}
	if compute := s.builtin.of(req.route); compute != nil {
		return s.custom(req, func(req *Request) (any, error) { return compute(s, req) })
	}
	content, err := s.content(req)
	if err != nil {
		return nil, err
	}
	if content, err = s.conceal(req.route.answerSchema(), content); err != nil {
		return nil, err
	}
	return req.route.answer(content)
}

// status is that of the route's first 2xx response.
func (r *route) status() int {
	if r.operation != nil {
		if success := r.operation.Success(); success != nil {
			if status, err := strconv.Atoi(success.Status); err == nil {
				return status
			}
		}
	}
	return http.StatusOK
}

// answer writes the content of a 2xx response; nil is no content.
func (r *route) answer(content any) (*Answer, error) {
	answer := &Answer{Status: r.status(), Header: http.Header{}}
	if content == nil {
		if answer.Status == http.StatusOK {
			answer.Status = http.StatusNoContent
		}
		return answer, nil
	}
	if text, ok := content.(string); ok && r.file() != "" {
		answer.Header.Set("Content-Type", r.file())
		answer.Body = []byte(text)
		return answer, nil
	}
	var err error
	answer.Body, err = marshal(content)
	return answer, err
}

// file is the media type of an operation that answers with something else than JSON.
func (r *route) file() string {
	if r.operation == nil {
		return ""
	}
	success := r.operation.Success()
	if success == nil || len(success.Content) == 0 || load.JSON(success.Content) != nil {
		return ""
	}
	return success.Content[0].Type
}

// custom makes an answer of what a function returns, usually one of the user's.
func (s *Server) custom(req *Request, compute func(*Request) (any, error)) (*Answer, error) {
	value, err := compute(req)
	if err != nil {
		return nil, err
	}
	switch given := value.(type) {
	case *Answer:
		if given == nil {
			break
		}
		copied := *given
		copied.Header = given.Header.Clone()
		return &copied, nil
	case nil:
		return &Answer{Status: http.StatusNoContent}, nil
	}
	value, err = s.conceal(req.route.answerSchema(), value)
	if err != nil {
		return nil, fmt.Errorf("write the answer of a function for %s: %w", req.route.name, err)
	}
	if text, ok := value.(json.RawMessage); ok {
		return &Answer{Status: req.route.status(), Body: text}, nil
	}
	body, err := marshal(value)
	if err != nil {
		return nil, fmt.Errorf("write the answer of a function for %s: %w", req.route.name, err)
	}
	return &Answer{Status: req.route.status(), Body: body}, nil
}

// errorAnswer writes an error. One that is no *Error is a fault of the sandbox or of a user's function: it is shown, since its
// reader is the one who can mend it.
func errorAnswer(err error) (*Answer, string) {
	failure, ok := errors.AsType[*Error](err)
	if !ok {
		failure = &Error{Status: http.StatusInternalServerError, Code: "SYSTEM_ERROR", Message: "系统错误: sandbox: " + err.Error()}
	}
	status := failure.Status
	if status < 200 || status > 599 {
		status = http.StatusInternalServerError
	}
	return &Answer{Status: status, Body: failure.body()}, failure.Code
}

// finish adds what every answer has, signs it, and lets the rule have the last word.
func (s *Server) finish(req *Request, rule *Rule, answer *Answer) {
	if rule == nil {
		rule = new(Rule)
	}
	if answer.Status < 200 || answer.Status > 599 {
		answer.Status = http.StatusOK
	}
	if rule.Fault != "" && rule.Status != 0 {
		answer.Status = rule.status()
	}
	if answer.Header == nil {
		answer.Header = http.Header{}
	}
	rule.Fault.beforeSigning(answer)
	if answer.Status == http.StatusNoContent || answer.Status == http.StatusNotModified {
		answer.Body = nil
	}
	s.addHeader(answer)
	if req.route == nil || !req.route.unsigned {
		key, now := s.signed(rule.Fault, s.trust.signer(req.Header.Get("Wechatpay-Serial")))
		key.sign(answer.Header, now, answer.Body)
		s.replay(rule.Fault, req.route, answer)
	}
	rule.Fault.afterSigning(answer)
	rule.finish(answer)
}

func (s *Server) addHeader(answer *Answer) {
	h := answer.Header
	if h.Get("Content-Type") == "" && len(answer.Body) > 0 {
		h.Set("Content-Type", "application/json; charset=utf-8")
	}
	h.Set("Request-Id", newRequestID())
	h.Set("Content-Language", "zh-CN")
	h.Set("Cache-Control", "no-cache, must-revalidate")
}
