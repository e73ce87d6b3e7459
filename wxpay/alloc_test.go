package wxpay_test

import (
	"bytes"
	"context"
	"crypto"
	"fmt"
	"io"
	"net"
	"strconv"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

// signingKey stands for the private-key operation, which is nine tenths of a call: constant bytes in its place show what
// the runtime itself costs.
type signingKey struct{}

var constantSignature = make([]byte, 256)

func (*signingKey) Public() crypto.PublicKey { return merchantKey().Public() }

func (*signingKey) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return constantSignature, nil
}

func (*signingKey) SignContext(context.Context, []byte, crypto.SignerOpts) ([]byte, error) {
	return constantSignature, nil
}

// serveConstant answers every request on every connection with the same bytes and allocates nothing for it, so that
// allocations counted in this process are those of the client.
func serveConstant(t testing.TB, body string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	var answer bytes.Buffer
	answer.WriteString("HTTP/1.1 200 OK\r\n")
	_ = signedHeader([]byte(body)).Write(&answer)
	fmt.Fprintf(&answer, "Content-Length: %d\r\n\r\n%s", len(body), body)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answerConstant(conn, answer.Bytes())
		}
	}()
	return "http://" + listener.Addr().String()
}

func answerConstant(conn net.Conn, answer []byte) {
	defer conn.Close()
	buffer := make([]byte, 16<<10)
	filled := 0
	for {
		n, err := conn.Read(buffer[filled:])
		if err != nil {
			return
		}
		filled += n
		if complete(buffer[:filled]) {
			filled = 0
			if _, err := conn.Write(answer); err != nil {
				return
			}
		}
	}
}

var lengthHeader = []byte("Content-Length: ")

func complete(request []byte) bool {
	end := bytes.Index(request, []byte("\r\n\r\n"))
	if end < 0 {
		return false
	}
	length := 0
	if i := bytes.Index(request[:end], lengthHeader); i >= 0 {
		for _, digit := range request[i+len(lengthHeader):] {
			if digit < '0' || digit > '9' {
				break
			}
			length = 10*length + int(digit-'0')
		}
	}
	return len(request) >= end+4+length
}

type queryRequest struct {
	OutTradeNo string `json:"-" path:"out_trade_no" wx:"required,len=6..32"`
	MchID      string `json:"-" query:"mchid" wx:"required,len=..32"`
}

type amount struct {
	Total    int64  `json:"total,omitzero" wx:"range=1.."`
	Currency string `json:"currency,omitzero" wx:"len=..16"`
}

type payer struct {
	OpenID string `json:"openid,omitzero" wx:"len=1..128"`
}

type prepayRequest struct {
	AppID       string     `json:"appid" wx:"required,len=1..32"`
	MchID       string     `json:"mchid" wx:"required,len=1..32"`
	Description string     `json:"description" wx:"required,len=1..127"`
	OutTradeNo  string     `json:"out_trade_no" wx:"required,len=6..32"`
	Attach      string     `json:"attach,omitzero" wx:"len=..128"`
	NotifyURL   string     `json:"notify_url" wx:"required,len=1..255"`
	TimeExpire  wxpay.Time `json:"time_expire,omitzero"`
	Amount      amount     `json:"amount" wx:"required"`
	Payer       payer      `json:"payer" wx:"required"`
}

type queryResponse struct {
	AppID         string     `json:"appid"`
	MchID         string     `json:"mchid"`
	OutTradeNo    string     `json:"out_trade_no"`
	TransactionID string     `json:"transaction_id"`
	TradeType     string     `json:"trade_type"`
	TradeState    string     `json:"trade_state"`
	BankType      string     `json:"bank_type"`
	SuccessTime   wxpay.Time `json:"success_time"`
	Payer         payer      `json:"payer"`
	Amount        amount     `json:"amount"`
}

const (
	prepayBody = `{"prepay_id":"wx201410272009395522657a690389285100"}`
	queryBody  = `{"appid":"wxd678efh567hg6787","mchid":"1900000001","out_trade_no":"1217752501201407033233368018",` +
		`"transaction_id":"1217752501201407033233368018","trade_type":"JSAPI","trade_state":"SUCCESS","trade_state_desc":"支付成功",` +
		`"bank_type":"CMC","success_time":"2018-06-08T10:34:56+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},` +
		`"amount":{"total":100,"currency":"CNY"}}`
)

// callGET and callPOST return one whole call over loopback without the private-key operation.
func callGET(t testing.TB) func() error {
	client := constantClient(t, queryBody)
	op := &wxpay.Operation{Name: "jsapi.Query", Method: "GET", Path: "/v3/pay/transactions/out-trade-no/{out_trade_no}"}
	return func() error {
		req := &queryRequest{OutTradeNo: "1217752501201407033233368018", MchID: mchID}
		return client.Do(context.Background(), op, req, new(queryResponse))
	}
}

func callPOST(t testing.TB) func() error {
	client := constantClient(t, prepayBody)
	op := &wxpay.Operation{Name: "jsapi.Prepay", Method: "POST", Path: "/v3/pay/transactions/jsapi"}
	return func() error {
		req := &prepayRequest{
			AppID: "wxd678efh567hg6787", MchID: mchID, Description: "Image形象店-深圳腾大-QQ公仔",
			OutTradeNo: "1217752501201407033233368018", Attach: "自定义数据说明", NotifyURL: "https://example.com/notify",
			Amount: amount{Total: 100, Currency: "CNY"}, Payer: payer{OpenID: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
		}
		return client.Do(context.Background(), op, req, new(struct {
			PrepayID string `json:"prepay_id"`
		}))
	}
}

func constantClient(t testing.TB, body string) *wxpay.Client {
	url := serveConstant(t, body)
	return newClient(t, func(config *wxpay.Config) {
		config.BaseURL = url
		config.Signer = &signingKey{}
	})
}

// The limits are those that the peers were measured against; most of what they count is net/http and the verification.
func TestAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	for name, c := range map[string]struct {
		call func(testing.TB) func() error
		most float64
	}{"GET": {callGET, 120}, "POST": {callPOST, 115}} {
		call := c.call(t)
		got := testing.AllocsPerRun(200, func() {
			if err := call(); err != nil {
				t.Fatal(err)
			}
		})
		t.Log(name, strconv.FormatFloat(got, 'f', 0, 64), "allocations")
		if got > c.most {
			t.Errorf("%s: %.0f allocations, allowed are %.0f", name, got, c.most)
		}
	}
}

func BenchmarkGET(b *testing.B)  { benchmark(b, callGET(b)) }
func BenchmarkPOST(b *testing.B) { benchmark(b, callPOST(b)) }

func benchmark(b *testing.B, call func() error) {
	b.ReportAllocs()
	for b.Loop() {
		if err := call(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNotification(b *testing.B) {
	c := loadVectors().Notify[0]
	n := wxpay.NewNotifications(newClient(b, nil))
	header, body := c.header(), c.body()
	b.ReportAllocs()
	for b.Loop() {
		event, err := n.Parse(context.Background(), header, body)
		if err != nil || event.Decode(new(transaction)) != nil {
			b.Fatal(err)
		}
	}
}
