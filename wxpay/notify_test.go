package wxpay_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// transaction is what the vectors' notifications hold, in part.
type transaction struct {
	TransactionID string `json:"transaction_id"`
	Amount        struct {
		Total int64 `json:"total"`
	} `json:"amount"`
}

func TestNotifyVectors(t *testing.T) {
	cases := loadVectors().Notify
	if len(cases) != 33 {
		t.Fatalf("%d cases, expected 33", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) { config.PublicKeys = keySource(c.Keys) })
			event, err := wxpay.NewNotifications(client).Parse(t.Context(), c.header(), c.body())
			if err == nil && c.Want == "malformed" {
				err = event.Decode(new(transaction)) // plaintext that is no object
			}
			if got := classOf(err); !c.allows(got) {
				t.Fatalf("got %s (%v), want %s", got, err, c.Want)
			}
			if err == nil && c.Plaintext != "" && string(event.Resource()) != c.Plaintext {
				t.Errorf("content is %s, want %s", event.Resource(), c.Plaintext)
			}
			checkAnswer(t, client, c, err)
		})
	}
}

// checkAnswer serves the case over HTTP.
func checkAnswer(t *testing.T, client *wxpay.Client, c verifyCase, parsed error) {
	t.Helper()
	called := false
	handler := wxpay.NewNotifications(client, wxpay.On("TRANSACTION.SUCCESS", "transaction",
		func(_ context.Context, event *wxpay.Event, got *transaction) error {
			called = event.ID == "EV-2018022511223320873" && got.Amount.Total == 100
			return nil
		}))
	answer := serve(handler, c.header(), c.body())
	want := map[string]int{
		"ok": 204, "bad_decrypt": 500, "malformed": 400,
		"missing_header": 401, "expired": 401, "unknown_serial": 401, "bad_signature": 401, "unknown_algorithm": 401,
	}[classOf(parsed)]
	if c.Name == "plaintext is not an object, signed" {
		want = 500 // it may decode in a next version of the program, so it should come again
	}
	if answer.Code != want || called != (want == 204) {
		t.Errorf("answered %d, handler called: %v; want %d", answer.Code, called, want)
	}
	checkBody(t, answer)
}

func checkBody(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	if answer.Code == 204 {
		if answer.Body.Len() > 0 {
			t.Errorf("204 with a body: %s", answer.Body)
		}
		return
	}
	var body struct{ Code, Message string }
	if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil || body.Code != "FAIL" || body.Message == "" || len(body.Message) > 64 {
		t.Errorf("body is %s, %v", answer.Body, err)
	}
}

func serve(handler http.Handler, header http.Header, body []byte) *httptest.ResponseRecorder {
	request := httptest.NewRequest("POST", "/notify", bytes.NewReader(body))
	request.Header = header
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

func TestAESGCMVectors(t *testing.T) {
	for _, c := range loadVectors().AESGCM {
		t.Run(c.Name, func(t *testing.T) {
			got, err := wxpay.Open(c.Key, wxpay.AlgorithmAES, c.Nonce, c.AssociatedData, c.Ciphertext)
			class := classOf(err)
			if err != nil && strings.Contains(err.Error(), "needed are 32") {
				class = "malformed" // the key is refused before there is a cipher
			}
			if !c.allows(class) {
				t.Fatalf("got %s (%v), want %s", class, err, c.Want)
			}
			if err == nil && string(got) != c.Plaintext {
				t.Errorf("plaintext is %q, want %q", got, c.Plaintext)
			}
		})
	}
}

// notification encrypts and signs one.
func notification(eventType, originalType, content string) (http.Header, []byte) {
	return sealNotification("EV-1", eventType, originalType, content)
}

func notificationWithID(id, eventType, content string) (http.Header, []byte) {
	return sealNotification(id, eventType, "a", content)
}

func sealNotification(id, eventType, originalType, content string) (http.Header, []byte) {
	const nonce, associated = "fdasflkja484", "x"
	aead := must(cipher.NewGCM(must(aes.NewCipher([]byte(apiV3Key)))))
	ciphertext := aead.Seal(nil, []byte(nonce), []byte(content), []byte(associated))
	body := must(json.Marshal(map[string]any{
		"id": id, "create_time": "2015-05-20T13:29:35+08:00", "event_type": eventType,
		"resource_type": "encrypt-resource", "summary": "支付成功",
		"resource": map[string]string{
			"algorithm": "AEAD_AES_256_GCM", "original_type": originalType, "nonce": nonce,
			"associated_data": associated, "ciphertext": base64.StdEncoding.EncodeToString(ciphertext),
		},
	}))
	return signedHeader(body), body
}

func TestDispatch(t *testing.T) {
	var got string
	note := func(name string) func(context.Context, *wxpay.Event, *transaction) error {
		return func(context.Context, *wxpay.Event, *transaction) error { got = name; return nil }
	}
	handlers := []wxpay.EventHandler{
		wxpay.On("REFUND.SUCCESS", "refund", note("refund")),
		wxpay.On("REFUND.SUCCESS", "coupon", note("coupon")),
		wxpay.On("COUPON.SEND", "", note("any")),
		wxpay.On("COUPON.SEND", "coupon", note("exact")),
	}
	for _, c := range []struct{ event, original, want string }{
		{"REFUND.SUCCESS", "refund", "refund"},
		{"REFUND.SUCCESS", "coupon", "coupon"},
		{"REFUND.SUCCESS", "", "refund"},
		{"REFUND.SUCCESS", "other", "fallback"},
		{"COUPON.SEND", "coupon", "exact"},
		{"COUPON.SEND", "other", "any"},
		{"COUPON.SEND", "", "any"},
		{"NEW.EVENT", "x", "fallback"},
	} {
		for _, withFallback := range []bool{true, false} {
			got = ""
			n := wxpay.NewNotifications(newClient(t, nil), handlers...)
			want := c.want
			if withFallback {
				n.Fallback = func(context.Context, *wxpay.Event) error { got = "fallback"; return nil }
			} else if want == "fallback" {
				want = ""
			}
			header, body := notification(c.event, c.original, `{}`)
			if answer := serve(n, header, body); answer.Code != 204 || got != want {
				t.Errorf("%s/%s: answered %d, handled by %q, want %q", c.event, c.original, answer.Code, got, want)
			}
		}
	}
}

func TestTwoHandlersForOneEventPanic(t *testing.T) {
	defer func() {
		if text := fmt.Sprint(recover()); !strings.Contains(text, `"A"`) {
			t.Errorf("panic is %s", text)
		}
	}()
	h := wxpay.On("A", "", func(context.Context, *wxpay.Event, *transaction) error { return nil })
	wxpay.NewNotifications(newClient(t, nil), h, h)
}

func TestHandlerFailures(t *testing.T) {
	for name, c := range map[string]struct {
		handle  func() error
		content string
		want    string
	}{
		"error":         {func() error { return errors.New("database is down") }, `{}`, "database is down"},
		"panic":         {func() error { panic("index out of range") }, `{}`, "index out of range"},
		"other content": {func() error { return nil }, `{"transaction_id":{"name":"Zhang San"}}`, "transaction_id is a JSON object"},
		"not JSON":      {func() error { return nil }, `Zhang San`, "malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			client := newClient(t, func(config *wxpay.Config) { config.Logger = jsonLogger(&log) })
			n := wxpay.NewNotifications(client, wxpay.On("A", "", func(context.Context, *wxpay.Event, *transaction) error {
				return c.handle()
			}))
			var told error
			n.OnError = func(_ context.Context, err error) { told = err }
			header, body := notification("A", "a", c.content)
			answer := serve(n, header, body)
			checkBody(t, answer)
			if answer.Code != 500 || told == nil || !strings.Contains(told.Error(), c.want) {
				t.Errorf("answered %d, told %v", answer.Code, told)
			}
			if strings.Contains(answer.Body.String(), c.want) || strings.Contains(told.Error()+log.String(), "Zhang") {
				t.Errorf("too much is told: %s, %v, %s", answer.Body, told, log.String())
			}
			if !strings.Contains(log.String(), `"event_type":"A"`) {
				t.Errorf("log is %s", log.String())
			}
		})
	}
}

// A handler that takes too long is not waited for, and what it does later writes nothing.
func TestSlowHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan struct{})
		n := wxpay.NewNotifications(newClient(t, nil), wxpay.On("A", "", func(ctx context.Context, _ *wxpay.Event, _ *transaction) error {
			defer close(ended)
			<-ctx.Done()
			time.Sleep(time.Second)
			return nil
		}))
		header, body := notification("A", "a", `{}`)
		started := time.Now()
		answer := serve(n, header, body)
		if took := time.Since(started); answer.Code != 500 || took != 5*time.Second {
			t.Errorf("answered %d after %s", answer.Code, took)
		}
		<-ended
	})
}

func TestNotificationsThatAreNone(t *testing.T) {
	n := wxpay.NewNotifications(newClient(t, nil))
	header, body := notification("A", "a", `{}`)
	request := func(method string, body io.Reader) *http.Request {
		r := httptest.NewRequest(method, "/notify", body)
		r.Header = header.Clone()
		return r
	}
	noBody := request("POST", nil)
	noBody.Body = nil
	for name, c := range map[string]struct {
		request *http.Request
		want    int
	}{
		"GET":          {request("GET", nil), 405},
		"no body":      {noBody, 401},
		"body read":    {request("POST", strings.NewReader("")), 401},
		"too long":     {request("POST", io.LimitReader(endless{}, 100<<20)), 413},
		"broken off":   {request("POST", io.MultiReader(bytes.NewReader(body[:10]), iotest.ErrReader(io.ErrUnexpectedEOF))), 400},
		"one byte off": {request("POST", bytes.NewReader(body[1:])), 401},
	} {
		var told error
		n.OnError = func(_ context.Context, err error) { told = err }
		recorder := httptest.NewRecorder()
		n.ServeHTTP(recorder, c.request)
		if recorder.Code != c.want {
			t.Errorf("%s: answered %d, want %d", name, recorder.Code, c.want)
		}
		checkBody(t, recorder)
		if name == "body read" && !strings.Contains(told.Error(), "was it read before?") {
			t.Errorf("%s: %v", name, told)
		}
	}
}

// pipes is a listener without a network, so that the clock of a test can run a server.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p pipes) Close() error   { close(p.done); return nil }
func (p pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func TestSlowBodyIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		listener := pipes{make(chan net.Conn), make(chan struct{})}
		server := &http.Server{Handler: wxpay.NewNotifications(newClient(t, nil)), ErrorLog: log.New(io.Discard, "", 0)}
		go func() { _ = server.Serve(listener) }()
		conn, serverSide := net.Pipe()
		listener.conns <- serverSide
		started := time.Now()
		go func() {
			_, _ = io.WriteString(conn, "POST /notify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
			for { // a byte a second, for a quarter of an hour
				if _, err := io.WriteString(conn, " "); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || answer.StatusCode != 400 || time.Since(started) > 6*time.Second {
			t.Errorf("%v, %v after %s", answer, err, time.Since(started))
		}
		conn.Close()
		server.Close()
		time.Sleep(2 * time.Second) // the sender notices that it writes to nobody
	})
}

func TestParseTakesHeadersOfOtherServers(t *testing.T) {
	n := wxpay.NewNotifications(newClient(t, nil))
	header, body := notification("A", "a", `{"transaction_id":"1"}`)
	lower := make(http.Header)
	for name, values := range header {
		lower[strings.ToLower(name)] = values
	}
	event, err := n.Parse(t.Context(), lower, body)
	if err != nil {
		t.Fatal(err)
	}
	var got transaction
	if err := event.Decode(&got); err != nil || got.TransactionID != "1" || !event.CreateTime.Valid() {
		t.Errorf("event %v, content %+v, %v", event, got, err)
	}
	lower["WECHATPAY-NONCE"] = []string{"x"}
	if _, err := n.Parse(t.Context(), lower, body); !errors.Is(err, wxpay.ErrUnsigned) {
		t.Errorf("a header given twice: %v", err)
	}
}

func TestNoAPIv3Key(t *testing.T) {
	client := newClient(t, func(config *wxpay.Config) { config.APIv3Key = "" })
	header, body := notification("A", "a", `{}`)
	n := wxpay.NewNotifications(client)
	_, err := n.Parse(t.Context(), header, body)
	if !errors.Is(err, wxpay.ErrDecrypt) || !strings.Contains(err.Error(), "Config.APIv3Key") {
		t.Errorf("error is %v", err)
	}
	if answer := serve(n, header, body); answer.Code != 500 {
		t.Errorf("answered %d; with 500 it comes again once the key is set", answer.Code)
	}
}

// endless is a body without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
