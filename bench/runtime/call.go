package runtime

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// Contestant does one thing, which any number of goroutines may do at once.
type Contestant struct {
	Name    string
	Prepare func() error    // before each batch, not measured; may be nil
	Do      func(int) error // the number counts within a batch
}

// The names of contestants.
const (
	Runtime         = "wxpay"
	Minimal         = "minimal"
	MinimalDeadline = "minimal with a limit of 30 s"
	Floor           = "floor"
)

// Calls are the contestants for one call, GET or POST.
type Calls struct {
	keys       keys
	post       bool
	mock       *mock
	transports []*http.Transport
	client     *wxpay.Client
	signer     crypto.Signer
}

// NewCalls starts a mock for a query (GET) or a prepay (POST), and returns those who call it. Without the private-key
// operation, constant bytes stand in place of the merchant's signature.
func NewCalls(post, withKey bool) (*Calls, error) {
	k, err := newKeys()
	if err != nil {
		return nil, err
	}
	body := mustJSON(paid())
	if post {
		body = mustJSON(prepayResponse{PrepayID: "wx22052345678901abcdef0123456789abcd0000"})
	}
	c := &Calls{keys: k, post: post}
	if c.mock, err = newMock(k, body); err != nil {
		return nil, err
	}
	c.signer = k.merchant // the type that wxpay knows
	if !withKey {
		c.signer = signer{Signer: k.merchant, constant: make([]byte, bits/8)}
	}
	c.client, err = wxpay.NewClient(wxpay.Config{
		MchID: merchantID, SerialNo: merchantSerial, Signer: c.signer, APIv3Key: apiV3Key,
		PublicKeys: wxpay.PublicKey(publicKeyID, &k.platform.PublicKey), BaseURL: c.mock.url(),
	})
	if err != nil {
		return nil, errors.Join(err, c.mock.close())
	}
	return c, nil
}

// Close ends the mock.
func (c *Calls) Close() error {
	c.client.CloseIdleConnections()
	for _, t := range c.transports {
		t.CloseIdleConnections()
	}
	return c.mock.close()
}

// Contestants returns those who take turns.
func (c *Calls) Contestants() []Contestant {
	return []Contestant{
		{Name: Runtime, Do: c.runtime()},
		{Name: Minimal, Do: c.minimal(0)},
		{Name: MinimalDeadline, Do: c.minimal(30 * time.Second)},
		{Name: Floor, Do: c.floor()},
	}
}

func (c *Calls) runtime() func(int) error {
	if c.post {
		op := &wxpay.Operation{Name: "jsapi.Prepay", Method: http.MethodPost, Path: prepayPath}
		return func(int) error { return c.client.Do(context.Background(), op, newPrepay(), new(prepayResponse)) }
	}
	op := &wxpay.Operation{Name: "jsapi.Query", Method: http.MethodGet, Path: "/v3/pay/transactions/out-trade-no/{out_trade_no}"}
	return func(int) error { return c.client.Do(context.Background(), op, newQuery(), new(transaction)) }
}

func (c *Calls) minimal(timeout time.Duration) func(int) error {
	m := &minimal{
		client: c.httpClient(), base: c.mock.url(), signer: c.signer, platform: &c.keys.platform.PublicKey, timeout: timeout,
	}
	if c.post {
		return func(int) error { return m.post(context.Background(), prepayPath, newPrepay(), new(prepayResponse)) }
	}
	return func(int) error { return m.get(context.Background(), queryPath, new(transaction)) }
}

func (c *Calls) httpClient() *http.Client {
	t := plainTransport()
	c.transports = append(c.transports, t)
	return &http.Client{Transport: t}
}

// floor signs once, verifies once, makes a bare round trip with the same bytes, and encodes and decodes the same JSON. Nothing
// of it depends on anything else of it: messages, digests and headers are made before.
func (c *Calls) floor() func(int) error {
	f := &floor{signer: c.signer, platform: &c.keys.platform.PublicKey, client: c.httpClient(), url: c.mock.url() + queryPath}
	f.digest = sha256.Sum256([]byte("message"))
	f.signature, _ = rsa.SignPKCS1v15(nil, c.keys.platform, crypto.SHA256, f.digest[:]) // verified at each call
	f.header = make(http.Header)
	setHeader(f.header, "WECHATPAY2-SHA256-RSA2048 "+strings.Repeat("x", authorizationLength), c.post)
	if c.post {
		f.url = c.mock.url() + prepayPath
		return func(int) error { return f.post(newPrepay(), new(prepayResponse)) }
	}
	return func(int) error { return f.get(new(transaction)) }
}

// authorizationLength is that of the parameters in a real header.
const authorizationLength = 478

type floor struct {
	signer    crypto.Signer
	platform  *rsa.PublicKey
	client    *http.Client
	url       string
	header    http.Header
	digest    [sha256.Size]byte
	signature []byte
}

func (f *floor) get(out any) error { return f.do(http.MethodGet, nil, out) }

func (f *floor) post(in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return f.do(http.MethodPost, bytes.NewReader(body), out)
}

func (f *floor) do(method string, body io.Reader, out any) error {
	if _, err := f.signer.Sign(nil, f.digest[:], crypto.SHA256); err != nil {
		return err
	}
	request, err := http.NewRequest(method, f.url, body)
	if err != nil {
		return err
	}
	request.Header = f.header // which net/http only reads
	answer, err := f.client.Do(request)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		return err
	}
	if err := rsa.VerifyPKCS1v15(f.platform, crypto.SHA256, f.digest[:], f.signature); err != nil {
		return err
	}
	return json.Unmarshal(text, out)
}
