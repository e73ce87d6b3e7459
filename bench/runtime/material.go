// Package runtime measures calls and notifications of package wxpay beside plain Go that does the same, and beside what no
// program can save. It holds the contestants; cmd/runtime lets them take turns.
package runtime

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

const (
	merchantID     = "1900000001"
	merchantSerial = "3775B6A45ACD588826D15E583A95F5DD00112233"
	publicKeyID    = "PUB_KEY_ID_0119000000012026010100000000000000"
	apiV3Key       = "0123456789abcdefghijklmnopqrstuv"
	bits           = 2048
)

// keys are the merchant's and WeChat Pay's.
type keys struct{ merchant, platform *rsa.PrivateKey }

func newKeys() (k keys, err error) {
	if k.merchant, err = rsa.GenerateKey(rand.Reader, bits); err != nil {
		return k, err
	}
	k.platform, err = rsa.GenerateKey(rand.Reader, bits)
	return k, err
}

// signed are the headers of what WeChat Pay signs.
type signed struct{ timestamp, nonce, signature string }

func (k keys) sign(body []byte) (signed, error) {
	s := signed{timestamp: strconv.FormatInt(time.Now().Unix(), 10), nonce: rand.Text()}
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n", s.timestamp, s.nonce, body))
	signature, err := rsa.SignPKCS1v15(nil, k.platform, crypto.SHA256, digest[:])
	s.signature = base64.StdEncoding.EncodeToString(signature)
	return s, err
}

type queryRequest struct {
	OutTradeNo string `json:"-" path:"out_trade_no" wx:"required,len=6..32"`
	MchID      string `json:"-" query:"mchid" wx:"required,len=..32"`
}

type amount struct {
	Total    int64  `json:"total" wx:"required,range=1.."`
	Currency string `json:"currency,omitzero" wx:"len=..16"`
}

type payer struct {
	OpenID string `json:"openid" wx:"required,len=1..128"`
}

type prepayRequest struct {
	AppID       string `json:"appid" wx:"required,len=1..32"`
	MchID       string `json:"mchid" wx:"required,len=1..32"`
	Description string `json:"description" wx:"required,len=1..127"`
	OutTradeNo  string `json:"out_trade_no" wx:"required,len=6..32"`
	Attach      string `json:"attach,omitzero" wx:"len=..128"`
	NotifyURL   string `json:"notify_url" wx:"required,len=1..255"`
	Amount      amount `json:"amount" wx:"required"`
	Payer       payer  `json:"payer" wx:"required"`
}

type prepayResponse struct {
	PrepayID string `json:"prepay_id"`
}

type paidAmount struct {
	Total         int64  `json:"total"`
	PayerTotal    int64  `json:"payer_total"`
	Currency      string `json:"currency"`
	PayerCurrency string `json:"payer_currency"`
}

// transaction is the answer to a query, with 14 fields, and the content of a notification.
type transaction struct {
	AppID          string     `json:"appid"`
	MchID          string     `json:"mchid"`
	OutTradeNo     string     `json:"out_trade_no"`
	TransactionID  string     `json:"transaction_id"`
	TradeType      string     `json:"trade_type"`
	TradeState     string     `json:"trade_state"`
	TradeStateDesc string     `json:"trade_state_desc"`
	BankType       string     `json:"bank_type"`
	Attach         string     `json:"attach"`
	Payer          payer      `json:"payer"`
	Amount         paidAmount `json:"amount"`
}

const (
	outTradeNo = "SHOP20261122000000000042"
	queryPath  = "/v3/pay/transactions/out-trade-no/" + outTradeNo + "?mchid=" + merchantID
	prepayPath = "/v3/pay/transactions/jsapi"
)

func newQuery() *queryRequest { return &queryRequest{OutTradeNo: outTradeNo, MchID: merchantID} }

func newPrepay() *prepayRequest {
	return &prepayRequest{
		AppID: "wx0123456789abcdef", MchID: merchantID, Description: "武夷山大红袍茶叶礼盒 250克 两罐装", OutTradeNo: outTradeNo,
		Attach: "门店南山一号柜", NotifyURL: "https://shop.example/wechat/events",
		Amount: amount{Total: 19900, Currency: "CNY"}, Payer: payer{OpenID: "oAbCdEfGhIjKlMnOpQrStUvWxYz0"},
	}
}

func paid() transaction {
	return transaction{
		AppID: "wx0123456789abcdef", MchID: merchantID, OutTradeNo: outTradeNo, TransactionID: "4200009999202611220000000042",
		TradeType: "JSAPI", TradeState: "SUCCESS", TradeStateDesc: "支付成功", BankType: "OTHERS", Attach: "门店南山一号柜",
		Payer:  payer{OpenID: "oAbCdEfGhIjKlMnOpQrStUvWxYz0"},
		Amount: paidAmount{Total: 19900, PayerTotal: 18900, Currency: "CNY", PayerCurrency: "CNY"},
	}
}

func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // of constants
	}
	return text
}
