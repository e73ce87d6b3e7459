package sandbox_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/wxgen/wxgen/sandbox"
)

const (
	quotas   = "/v3/payscore/partner/servicequotas/service-id/S1?sub_mchid=1900000109&appid=wx1&risk_level_version=2"
	items    = "/v3/marketing/favor/stocks/9865001/items"
	records  = "/v3/mch-manage/mch-manage-records/sub-mchid/123000111"
	callback = "/v3/marketing/busifavor/callbacks"

	itemsPage   = items + "?offset=0&limit=10&stock_creator_mchid=9865000"
	recordsPage = records + "?limit=5&manage_record_type=INVESTIGATE_RECORD"
)

// credentials are what a request is signed with; tests change one of them at a time.
type credentials struct {
	scheme, mchID, serial, nonce, timestamp string
	key                                     crypto.Signer
	message                                 func(string) string
}

func credentialsOf(srv *sandbox.Server) credentials {
	config := srv.Config()
	return credentials{
		scheme: "WECHATPAY2-SHA256-RSA2048", mchID: config.MchID, serial: config.SerialNo, nonce: rand.Text(),
		timestamp: strconv.FormatInt(config.Now().Unix(), 10), key: config.Signer,
		message: func(text string) string { return text },
	}
}

func (c credentials) authorization(t *testing.T, r *http.Request, body string) string {
	t.Helper()
	text := c.message(r.Method + "\n" + r.URL.RequestURI() + "\n" + c.timestamp + "\n" + c.nonce + "\n" + body + "\n")
	digest := sha256.Sum256([]byte(text))
	signature, err := c.key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`%s mchid="%s",nonce_str="%s",timestamp="%s",serial_no="%s",signature="%s"`,
		c.scheme, c.mchID, c.nonce, c.timestamp, c.serial, base64.StdEncoding.EncodeToString(signature))
}

// reply is an answer with what tests look at.
type reply struct {
	*http.Response
	body []byte
	fields
}

type fields struct {
	Code, Message string
	Detail        struct {
		Field, Issue, Location string
		Value                  any
		Sign                   struct {
			Method, URL string
			Message     string `json:"truncated_sign_message"`
			Length      int    `json:"sign_message_length"`
		} `json:"sign_information"`
	}
}

// call sends a signed request. change may be nil.
func call(t *testing.T, srv *sandbox.Server, method, uri, body string, change func(*credentials, *http.Request)) reply {
	t.Helper()
	r, err := http.NewRequest(method, srv.URL+uri, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "test")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	c := credentialsOf(srv)
	if change != nil {
		change(&c, r)
	}
	if r.Header.Get("Authorization") == "" {
		r.Header.Set("Authorization", c.authorization(t, r, body))
	}
	return send(t, r)
}

func send(t *testing.T, r *http.Request) reply {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	response, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	out := reply{Response: response}
	if out.body, err = io.ReadAll(response.Body); err != nil {
		t.Fatal(err)
	}
	_ = json.Unmarshal(out.body, &out.fields) // answers of other forms have no such fields
	return out
}

// verify checks the signature of WeChat Pay over an answer.
func verify(t *testing.T, srv *sandbox.Server, header http.Header, body []byte) {
	t.Helper()
	text := header.Get("Wechatpay-Timestamp") + "\n" + header.Get("Wechatpay-Nonce") + "\n" + string(body) + "\n"
	digest := sha256.Sum256([]byte(text))
	signature, err := base64.StdEncoding.DecodeString(header.Get("Wechatpay-Signature"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := srv.Config().PublicKeys.Key(t.Context(), header.Get("Wechatpay-Serial"))
	if err != nil {
		t.Fatal(err)
	}
	if err := rsa.VerifyPKCS1v15(key.Public.(*rsa.PublicKey), crypto.SHA256, digest[:], signature); err != nil {
		t.Errorf("the answer's signature: %v", err)
	}
}

func (r reply) want(t *testing.T, status int, code string, words ...string) {
	t.Helper()
	if r.StatusCode != status || r.Code != code {
		t.Fatalf("got %d %s, want %d %s\n%s", r.StatusCode, r.Code, status, code, r.body)
	}
	for _, word := range words {
		if !bytes.Contains(r.body, []byte(word)) {
			t.Errorf("the answer does not speak of %q:\n%s", word, r.body)
		}
	}
}

// decode reads an answer that must be a success.
func (r reply) decode(t *testing.T, v any) {
	t.Helper()
	if r.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", r.StatusCode, r.body)
	}
	if err := json.Unmarshal(r.body, v); err != nil {
		t.Fatal(err)
	}
}

// shop is a spec of what the real ones do not have yet.
var shop = fstest.MapFS{
	"common.yaml": {Data: []byte(`
openapi: 3.1.0
info: {title: common, version: '1'}
paths: {}
components:
  schemas:
    Amount:
      type: object
      required: [total]
      properties:
        total: {type: integer, format: uint32}
        word: {const: fixed}
  x-wx-errors:
    PARAM_ERROR: {status: 400, code: PARAM_ERROR, description: '参数: Common.', solution: Mend it.}
`)},
	"shop/orders.yaml": {Data: []byte(`
openapi: 3.1.0
info: {title: orders, version: '1'}
paths:
  /v3/orders:
    post:
      operationId: Create
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, minLength: 2, maxLength: 4}
                letters: {type: string, pattern: '^[a-z]+$'}
                at: {type: string, format: date-time}
                until: {type: string, anyOf: [{format: date-time}, {const: 不限制}]}
                kind: {$ref: '#/components/schemas/Kind', title: label}
                amount: {$ref: '../common.yaml#/components/schemas/Amount'}
                tags: {type: array, minItems: 1, maxItems: 2, items: {type: string, maxLength: 2}}
                flag: {type: boolean}
                price: {type: number}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {type: object}
              example: {zeta: '1', name: x, amount: {total: 1, payer_total: 2}, flag: false, price: 1.50, url: 'https://x/?a=1&b=2', none: null}
      x-wx-errors:
        - {$ref: '../common.yaml#/components/x-wx-errors/PARAM_ERROR'}
        - {status: 400, code: PARAM_ERROR, description: '名字: The name.', solution: Mend it.}
        - {status: 400, code: SYSTEM_ERROR, description: '忙: Busy.', solution: Wait.}
        - {status: 500, code: SYSTEM_ERROR, description: '坏: Broken.', solution: Wait.}
    get:
      operationId: List
      x-wx-page: {style: token, offset: page_token, limit: page_size, items: orders, next: next_page_token}
      parameters:
        - {name: page_token, in: query, schema: {type: string}}
        - {name: page_size, in: query, schema: {type: integer}}
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  orders: {type: array, items: {type: object, properties: {order_no: {type: string}, kind: {type: string}}}}
                  next_page_token: {type: string}
              example: {orders: [{kind: A, order_no: '2024'}, {kind: B, order_no: '7777'}], next_page_token: abc}
  /v3/orders/{order_no}:
    delete:
      operationId: Delete
      parameters:
        - {name: order_no, in: path, required: true, schema: {type: string, maxLength: 8}}
      responses:
        '204': {description: gone}
  /v3/orders/all:
    get:
      operationId: All
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {type: object}
              example: {}
  /v3/orders/{order_no}/file:
    get:
      operationId: Download
      x-wx-unsigned: true
      parameters:
        - {name: order_no, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: ok
          content:
            text/plain:
              schema: {type: string}
              example: the file
components:
  schemas:
    Kind: {type: string, enum: [A, B]}
`)},
}

func startShop(t *testing.T, opts ...sandbox.Option) *sandbox.Server {
	t.Helper()
	return sandbox.Start(t, append([]sandbox.Option{sandbox.WithSpecs(shop)}, opts...)...)
}

// fixedClock is a clock that tests turn.
type fixedClock struct{ now time.Time }

func (c *fixedClock) Now() time.Time { return c.now }
