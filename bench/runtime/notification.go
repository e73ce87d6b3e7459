package runtime

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// More names of contestants.
const (
	Parse        = "wxpay: Parse and Decode"
	ServeHTTP    = "wxpay: ServeHTTP"
	FloorHandler = "floor in a handler"
)

// BatchOfNotifications is how many different notifications there are. No batch may be longer: ServeHTTP recognises copies.
const BatchOfNotifications = 400

// Notifications are the contestants for a notification of a payment.
type Notifications struct {
	keys   keys
	aead   cipher.AEAD
	body   []byte
	header []http.Header
	made   time.Time
	client *wxpay.Client
	served *wxpay.Notifications
	parsed *wxpay.Notifications
}

// NewNotifications makes a notification and signs it as often as a batch is long.
func NewNotifications() (*Notifications, error) {
	k, err := newKeys()
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher([]byte(apiV3Key))
	if err != nil {
		return nil, err
	}
	n := &Notifications{keys: k}
	if n.aead, err = cipher.NewGCM(block); err != nil {
		return nil, err
	}
	nonce := rand.Text()[:n.aead.NonceSize()]
	sealed := n.aead.Seal(nil, []byte(nonce), mustJSON(paid()), []byte("transaction"))
	n.body = mustJSON(envelope{
		ID: "8f3c1d52-9a40-5b7e-8c11-2f60d4e7a915", CreateTime: "2026-11-22T05:20:00+08:00", EventType: "TRANSACTION.SUCCESS",
		ResourceType: "encrypt-resource", Summary: "支付成功",
		Resource: resource{
			Algorithm: "AEAD_AES_256_GCM", Ciphertext: base64.StdEncoding.EncodeToString(sealed), AssociatedData: "transaction",
			Nonce: nonce, OriginalType: "transaction",
		},
	})
	n.client, err = wxpay.NewClient(wxpay.Config{
		MchID: merchantID, SerialNo: merchantSerial, Signer: k.merchant, APIv3Key: apiV3Key,
		PublicKeys: wxpay.PublicKey(publicKeyID, &k.platform.PublicKey),
	})
	n.parsed = wxpay.NewNotifications(n.client)
	return n, err
}

// Contestants returns those who take turns.
func (n *Notifications) Contestants() []Contestant {
	return []Contestant{
		{Parse, n.prepare, n.parse},
		{Floor, n.prepare, func(i int) error { return n.open(n.header[i], n.body, new(transaction)) }},
		{ServeHTTP, n.prepare, n.serve},
		{FloorHandler, n.prepare, n.floorHandler},
	}
}

// prepare forgets the notifications that were handled, and signs anew before the window ends.
func (n *Notifications) prepare() error {
	n.served = wxpay.NewNotifications(n.client, wxpay.On("TRANSACTION.SUCCESS", "transaction",
		func(_ context.Context, _ *wxpay.Event, t *transaction) error { return check(t) }))
	if time.Since(n.made) < 2*renewEvery {
		return nil
	}
	n.header, n.made = make([]http.Header, BatchOfNotifications), time.Now()
	for i := range n.header {
		s, err := n.keys.sign(n.body)
		if err != nil {
			return err
		}
		n.header[i] = http.Header{
			"Content-Type":             {"application/json"},
			"Wechatpay-Timestamp":      {s.timestamp},
			"Wechatpay-Nonce":          {s.nonce},
			"Wechatpay-Signature":      {s.signature},
			"Wechatpay-Signature-Type": {"WECHATPAY2-SHA256-RSA2048"},
			"Wechatpay-Serial":         {publicKeyID},
		}
	}
	return nil
}

func check(t *transaction) error {
	if t.OutTradeNo != outTradeNo {
		return errors.New("another order")
	}
	return nil
}

func (n *Notifications) parse(i int) error {
	event, err := n.parsed.Parse(context.Background(), n.header[i], n.body)
	if err != nil {
		return err
	}
	t := new(transaction)
	if err := event.Decode(t); err != nil {
		return err
	}
	return check(t)
}

func (n *Notifications) serve(i int) error {
	var answer writer
	n.served.ServeHTTP(&answer, n.request(i))
	return answer.check()
}

// floorHandler reads the body through a limit, and answers.
func (n *Notifications) floorHandler(i int) error {
	var answer writer
	r := n.request(i)
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return err
	}
	if err := n.open(r.Header, body, new(transaction)); err != nil {
		return err
	}
	answer.WriteHeader(http.StatusNoContent)
	return answer.check()
}

func (n *Notifications) request(i int) *http.Request {
	r := &http.Request{Method: http.MethodPost, Header: n.header[i], ContentLength: int64(len(n.body))}
	r.Body = io.NopCloser(bytes.NewReader(n.body))
	return r
}

// open is the floor: verify, decrypt, decode. The cipher is kept.
func (n *Notifications) open(header http.Header, body []byte, t *transaction) error {
	if err := verify(&n.keys.platform.PublicKey, header, body); err != nil {
		return err
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return err
	}
	sealed, err := base64.StdEncoding.DecodeString(e.Resource.Ciphertext)
	if err != nil {
		return err
	}
	if len(e.Resource.Nonce) != n.aead.NonceSize() {
		return errors.New("nonce")
	}
	plain, err := n.aead.Open(sealed[:0], []byte(e.Resource.Nonce), sealed, []byte(e.Resource.AssociatedData))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(plain, t); err != nil {
		return err
	}
	return check(t)
}

type envelope struct {
	ID           string   `json:"id"`
	CreateTime   string   `json:"create_time"`
	EventType    string   `json:"event_type"`
	ResourceType string   `json:"resource_type"`
	Summary      string   `json:"summary"`
	Resource     resource `json:"resource"`
}

type resource struct {
	Algorithm      string `json:"algorithm"`
	Ciphertext     string `json:"ciphertext"`
	AssociatedData string `json:"associated_data"`
	Nonce          string `json:"nonce"`
	OriginalType   string `json:"original_type"`
}

// writer keeps the status of an answer.
type writer struct {
	header http.Header
	status int
}

func (w *writer) Header() http.Header {
	if w.header == nil {
		w.header = make(http.Header)
	}
	return w.header
}

func (w *writer) Write(p []byte) (int, error)     { return len(p), nil }
func (w *writer) WriteHeader(status int)          { w.status = status }
func (w *writer) SetReadDeadline(time.Time) error { return nil }

func (w *writer) check() error {
	if w.status != http.StatusNoContent {
		return fmt.Errorf("answered with %d", w.status)
	}
	return nil
}
