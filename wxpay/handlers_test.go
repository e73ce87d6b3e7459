package wxpay_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay"
)

func TestOnAny(t *testing.T) {
	var got []string
	n := wxpay.NewNotifications(newClient(t, nil), wxpay.OnAny([]string{"A", "B"}, "a", func(_ context.Context, event *wxpay.Event, _ *transaction) error {
		got = append(got, event.EventType)
		return nil
	}))
	for _, event := range []string{"A", "B", "C"} {
		newDelivery(event, `{}`).expect(t, n, 204)
	}
	if fmt.Sprint(got) != "[A B]" {
		t.Errorf("handled were %v", got)
	}
	defer func() {
		if text := fmt.Sprint(recover()); !strings.Contains(text, `"B"`) {
			t.Errorf("panic is %s", text)
		}
	}()
	h := wxpay.OnAny([]string{"A", "B"}, "", func(context.Context, *wxpay.Event, *transaction) error { return nil })
	wxpay.NewNotifications(newClient(t, nil), h, wxpay.OnAny([]string{"B", "C"}, "", func(context.Context, *wxpay.Event, *transaction) error { return nil }))
}

type parking struct {
	PlateNumber string  `json:"plate_number"`
	Fee         float64 `json:"fee,omitzero"`
	Secret      any     `json:"secret,omitzero"`
}

func TestOnSync(t *testing.T) {
	calls := 0
	n := wxpay.NewNotifications(newClient(t, nil), wxpay.OnSync("A", "", func(_ context.Context, _ *wxpay.Event, in *parking) (*parking, error) {
		calls++
		switch in.PlateNumber {
		case "":
			return nil, nil
		case "error":
			return &parking{}, errors.New("database is down")
		case "no JSON":
			return &parking{Secret: make(chan int)}, nil
		}
		return &parking{PlateNumber: in.PlateNumber, Fee: float64(calls)}, nil
	}))
	n.Store = wxpay.NewMemoryEvents()
	for i, c := range []struct {
		id, plate string
		status    int
		body      string
	}{
		{"1", "粤B", 200, `{"plate_number":"粤B","fee":1}`},
		{"1", "粤B", 200, `{"plate_number":"粤B","fee":1}`}, // a repeat gets the answer that was given
		{"2", "粤B", 200, `{"plate_number":"粤B","fee":2}`},
		{"3", "", 204, ""},
		{"3", "", 204, ""},
		{"4", "error", 500, "FAIL"},
		{"5", "no JSON", 500, "FAIL"},
	} {
		header, body := notificationWithID(c.id, "A", `{"plate_number":"`+c.plate+`"}`)
		answer := n.Receive(t.Context(), header, body)
		if answer.Status != c.status || !strings.Contains(string(answer.Body), c.body) || (answer.ContentType() == "") != (c.body == "") {
			t.Errorf("%d: answered %d %s", i, answer.Status, answer.Body)
		}
		recorder := serve(n, header, body)
		if recorder.Code != answer.Status || recorder.Body.String() != string(answer.Body) || recorder.Header().Get("Content-Type") != answer.ContentType() {
			t.Errorf("%d: over HTTP %d %s", i, recorder.Code, recorder.Body)
		}
	}
}

// What a handler answers bears the merchant's signature, over the body as it is sent. Nothing else does.
func TestAnswersAreSigned(t *testing.T) {
	echo := func(_ context.Context, _ *wxpay.Event, in *parking) (*parking, error) { return in, nil }
	n := wxpay.NewNotifications(newClient(t, nil), wxpay.OnSync("A", "", echo),
		wxpay.On("B", "", func(context.Context, *wxpay.Event, *parking) error { return nil }))
	header, body := notificationWithID("1", "A", `{"plate_number":"粤B"}`)
	answer := n.Receive(t.Context(), header, body)
	if got := serve(n, header, body).Header().Get("Authorization"); len(got) != len(answer.Authorization) || got == answer.Authorization {
		t.Errorf("the header over HTTP is %q, want one of its own", got)
	}
	fields := regexp.MustCompile(`^WECHATPAY2-SHA256-RSA2048 mchid="([^"]*)",nonce_str="([^"]*)",timestamp="([^"]*)",serial_no="([^"]*)",signature="([^"]*)"$`).
		FindStringSubmatch(answer.Authorization)
	if fields == nil || fields[1] != config().MchID || fields[4] != config().SerialNo {
		t.Fatalf("Authorization is %q", answer.Authorization)
	}
	sum := sha256.Sum256([]byte(fields[3] + "\n" + fields[2] + "\n" + string(answer.Body) + "\n"))
	if err := rsa.VerifyPKCS1v15(&merchantKey().PublicKey, crypto.SHA256, sum[:], must(base64.StdEncoding.DecodeString(fields[5]))); err != nil {
		t.Error(err)
	}
	header, body = notificationWithID("2", "B", `{}`)
	if answer := n.Receive(t.Context(), header, body); answer.Authorization != "" {
		t.Errorf("an answer without content is signed: %q", answer.Authorization)
	}
	n = wxpay.NewNotifications(newClient(t, func(config *wxpay.Config) { config.Signer = failingSigner{merchantKey()} }), wxpay.OnSync("A", "", echo))
	var told error
	n.OnError = func(_ context.Context, err error) { told = err }
	header, body = notificationWithID("3", "A", `{}`)
	if answer := n.Receive(t.Context(), header, body); answer.Status != 500 || told == nil || !strings.Contains(told.Error(), "sign the answer") {
		t.Errorf("a signer that fails: answered %d, told %v", answer.Status, told)
	}
}

type failingSigner struct{ *rsa.PrivateKey }

func (failingSigner) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, errors.New("the key store is down")
}

// Products share event types and original types. Their contents tell which handler is meant.
func TestHaving(t *testing.T) {
	var got string
	on := func(name, original string) wxpay.EventHandler {
		return wxpay.On("PAID", original, func(context.Context, *wxpay.Event, *transaction) error { got = name; return nil })
	}
	n := wxpay.NewNotifications(newClient(t, nil),
		on("direct", "transaction"), on("combined", "transaction").Having("combine_no"), on("partner", "transaction").Having("sp_mchid"),
		on("parking", "").Having("trade_scene"), on("shared", "sharing"))
	n.Fallback = func(context.Context, *wxpay.Event) error { got = "nobody"; return nil }
	for i, c := range []struct{ original, content, want string }{
		{"transaction", `{"mchid":"1"}`, "direct"},
		{"transaction", `{"sp_mchid":"1","mchid":"1"}`, "partner"},
		{"transaction", `{"combine_no":"1"}`, "combined"},
		{"transaction", `{"mchid":"1","trade_scene":"PARKING"}`, "parking"},
		{"", `{"trade_scene":"PARKING"}`, "parking"},
		{"", `{"sp_mchid":"1"}`, "partner"},
		{"", `{}`, "direct"},
		{"sharing", `{"sp_mchid":"1"}`, "shared"},
		{"other", `{"sp_mchid":"1"}`, "nobody"},
	} {
		got = ""
		header, body := sealNotification(fmt.Sprint(i), "PAID", c.original, c.content)
		n.Receive(t.Context(), header, body)
		if got != c.want {
			t.Errorf("%s %s went to %q, want %q", c.original, c.content, got, c.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("two handlers that look for the same member are no panic")
		}
	}()
	wxpay.NewNotifications(newClient(t, nil), on("a", "x").Having("m"), on("b", "x").Having("m"))
}

func TestAnswerError(t *testing.T) {
	for _, c := range []struct {
		err    *wxpay.AnswerError
		status int
		code   string
	}{
		{&wxpay.AnswerError{Status: 400, Code: "PARAM_ERROR", Message: `no such "order"`}, 400, "PARAM_ERROR"},
		{&wxpay.AnswerError{Status: 503}, 503, "FAIL"},
		{&wxpay.AnswerError{Status: 200, Code: "SUCCESS"}, 500, "SUCCESS"}, // an error is never answered as handled
		{&wxpay.AnswerError{Status: 422, Code: strings.Repeat("X", 100), Message: strings.Repeat("错", 100)}, 422, strings.Repeat("X", 32)},
	} {
		n, calls := newCounted(t, wxpay.NewMemoryEvents(), func(context.Context, int64) error { return fmt.Errorf("wrapped: %w", c.err) })
		d := newDelivery("A", `{}`)
		d.expect(t, n, c.status)
		d.expect(t, n, c.status)
		expectCalls(t, calls, 2)
		answer := wxpay.AnswerTo(c.err)
		var body struct{ Code, Message string }
		if err := json.Unmarshal(answer.Body, &body); err != nil || body.Code != c.code || utf8.RuneCountInString(body.Message) > 64 {
			t.Errorf("%v: %s, %v", c.err, answer.Body, err)
		}
	}
}

func TestPanicError(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{"index out of range", "index out of range"},
		{errors.New("nil map"), "nil map"},
		{parking{PlateNumber: "粤B"}, "wxpay_test.parking"}, // its content stays out
		{strings.Repeat("x", 10000), "x"},
	} {
		n, _ := newCounted(t, nil, func(context.Context, int64) error { panic(c.value) })
		header, body := notification("A", "a", `{}`)
		err := n.Dispatch(t.Context(), must(n.Parse(t.Context(), header, body)))
		caught, ok := errors.AsType[*wxpay.PanicError](err)
		if !ok || caught.EventType != "A" || !strings.Contains(string(caught.Stack), "TestPanicError") {
			t.Fatalf("error is %v", err)
		}
		if text := err.Error(); !strings.Contains(text, c.want) || strings.Contains(text, "粤B") || len(text) > 400 {
			t.Errorf("error is %v", err)
		}
	}
}

// Receive and AnswerTo give other servers the answers that ServeHTTP gives.
func TestReceive(t *testing.T) {
	n, _ := newCounted(t, nil, succeed)
	var told error
	n.OnError = func(_ context.Context, err error) { told = err }
	header, body := notification("A", "a", `{}`)
	lower := make(http.Header)
	for name, values := range header {
		lower[strings.ToLower(name)] = values
	}
	tooLong := make([]byte, 1<<20+1)
	unsealed := []byte(`{"id":"1"}`)
	for name, c := range map[string]struct {
		header http.Header
		body   []byte
		want   int
	}{
		"good":     {lower, body, 204},
		"no body":  {header, nil, 401},
		"unsigned": {nil, body, 401},
		"too long": {header, tooLong, 413},
		"no event": {signedHeader(unsealed), unsealed, 400},
	} {
		told = nil
		answer := n.Receive(t.Context(), c.header, c.body)
		if answer.Status != c.want || (told == nil) != (c.want == 204) {
			t.Errorf("%s: answered %d, told %v", name, answer.Status, told)
		}
	}
	if answer := wxpay.AnswerTo(nil); answer.Status != 204 || answer.Body != nil {
		t.Errorf("%+v", answer)
	}
	if answer := wxpay.AnswerTo(fmt.Errorf("x: %w", wxpay.ErrEventInProgress)); answer.Status != 503 {
		t.Errorf("%+v", answer)
	}
	_, err := n.Parse(t.Context(), signedHeader(unsealed), unsealed)
	if answer := wxpay.AnswerTo(err); answer.Status != 400 {
		t.Errorf("a malformed one is answered %d after Parse, with 400 by Receive", answer.Status)
	}
}

// Sensitive fields in the content of an event are decrypted by their tag, as those of an answer are.
func TestSensitiveEvent(t *testing.T) {
	type payee struct {
		Names []string `json:"names" wx:"sensitive"`
		Note  string   `json:"note"`
	}
	sealed := base64.StdEncoding.EncodeToString(must(rsa.EncryptOAEP(sha1.New(), rand.Reader, &merchantKey().PublicKey, []byte("张三"), nil)))
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"good":         {`{"names":["` + sealed + `",""],"note":"n"}`, nil},
		"other key":    {`{"names":["` + base64.StdEncoding.EncodeToString(make([]byte, 256)) + `"],"note":"n"}`, wxpay.ErrDecrypt},
		"plain, so no": {`{"names":["张三"],"note":"n"}`, wxpay.ErrDecrypt},
	} {
		var got payee
		n := wxpay.NewNotifications(newClient(t, nil), wxpay.On("A", "", func(_ context.Context, _ *wxpay.Event, p *payee) error { got = *p; return nil }))
		header, body := notification("A", "a", c.content)
		err := n.Dispatch(t.Context(), must(n.Parse(t.Context(), header, body)))
		if !errors.Is(err, c.want) || c.want == nil && (err != nil || fmt.Sprint(got) != "{[张三 ] n}") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if err != nil && (got.Note != "" || !strings.Contains(err.Error(), "names[0]") || strings.Contains(err.Error(), "张三")) {
			t.Errorf("%s: handed over: %+v; error %v", name, got, err)
		}
	}
}
