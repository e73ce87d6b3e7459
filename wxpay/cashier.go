package wxpay

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// JSAPIParams are the signed parameters that a page in WeChat calls up the cashier with. Their JSON is what
// WeixinJSBridge.invoke("getBrandWCPayRequest", …) takes. (wx.chooseWXPay of the JS-SDK wants the same values, but calls
// timeStamp timestamp.)
type JSAPIParams struct {
	AppID     string `json:"appId"`
	TimeStamp string `json:"timeStamp"` // seconds, as text
	NonceStr  string `json:"nonceStr"`
	Package   string `json:"package"`  // prepay_id=…
	SignType  string `json:"signType"` // RSA
	PaySign   string `json:"paySign"`
}

// MiniProgramParams are the signed parameters of wx.requestPayment in a mini program. Their JSON is its argument.
type MiniProgramParams struct {
	TimeStamp string `json:"timeStamp"` // seconds, as text
	NonceStr  string `json:"nonceStr"`
	Package   string `json:"package"`  // prepay_id=…
	SignType  string `json:"signType"` // RSA
	PaySign   string `json:"paySign"`
}

// AppParams are the signed parameters that an app calls up the cashier with. Their JSON has the names of the documentation;
// the SDKs for iOS and Android name the properties partnerId, prepayId, nonceStr and timeStamp.
type AppParams struct {
	AppID     string `json:"appid"`
	PartnerID string `json:"partnerid"` // not signed, so it can be changed; see Client.AppParams
	PrepayID  string `json:"prepayid"`
	Package   string `json:"package"` // Sign=WXPay
	NonceStr  string `json:"noncestr"`
	TimeStamp string `json:"timestamp"` // seconds, as text
	Sign      string `json:"sign"`
}

// JSAPIParams signs what a page in WeChat needs to call up the cashier for an order, within the two hours that prepayID is
// good for. It makes no call. That the client then reports success proves nothing: wait for the notification, or query.
//
// appID is that of the official account whose page it is, as the order named it. A service provider gives sub_appid if the
// order has one, else sp_appid; for a combined order it is combine_appid. The signature is always the caller's own, which is
// the service provider's where there is one.
func (c *Client) JSAPIParams(ctx context.Context, appID, prepayID string) (*JSAPIParams, error) {
	s, err := c.signCashier(ctx, "JSAPIParams", appID, prepayID, "prepay_id="+prepayID)
	if err != nil {
		return nil, err
	}
	return &JSAPIParams{
		AppID: appID, TimeStamp: s.timestamp, NonceStr: s.nonce, Package: "prepay_id=" + prepayID, SignType: "RSA", PaySign: s.signature,
	}, nil
}

// MiniProgramParams signs what a mini program needs to call up the cashier. appID is that of the mini program; the rest is as
// for [Client.JSAPIParams].
func (c *Client) MiniProgramParams(ctx context.Context, appID, prepayID string) (*MiniProgramParams, error) {
	p, err := c.JSAPIParams(ctx, appID, prepayID)
	if err != nil {
		return nil, err
	}
	return &MiniProgramParams{TimeStamp: p.TimeStamp, NonceStr: p.NonceStr, Package: p.Package, SignType: p.SignType, PaySign: p.PaySign}, nil
}

// AppParams signs what an app needs to call up the cashier. appID is that of the app; the rest is as for
// [Client.JSAPIParams].
//
// PartnerID is the client's own merchant number. For the order of a service provider sources differ whether it is that or the
// sub-merchant's (?); it is not signed, so set the field where the sub-merchant's is wanted.
func (c *Client) AppParams(ctx context.Context, appID, prepayID string) (*AppParams, error) {
	s, err := c.signCashier(ctx, "AppParams", appID, prepayID, prepayID)
	if err != nil {
		return nil, err
	}
	return &AppParams{
		AppID: appID, PartnerID: c.mchID, PrepayID: prepayID, Package: "Sign=WXPay", NonceStr: s.nonce, TimeStamp: s.timestamp, Sign: s.signature,
	}, nil
}

type cashierSignature struct{ timestamp, nonce, signature string }

// signCashier signs the four lines. The last one takes the place of the body, which ends in a line feed in the same way.
func (c *Client) signCashier(ctx context.Context, operation, appID, prepayID, last string) (*cashierSignature, error) {
	if err := errors.Join(checkCashier("appid", appID), checkCashier("prepay_id", prepayID)); err != nil {
		return nil, fmt.Errorf("%s: %w", operation, err)
	}
	if _, ok := c.merchant.(*rsa.PublicKey); !ok {
		// No page tells the signType of other schemes (?), and a guess would fail in the customer's hand.
		return nil, fmt.Errorf("%s: signType RSA is the only one documented, and the scheme %s has no RSA key", operation, c.scheme.Name())
	}
	s := &cashierSignature{timestamp: strconv.FormatInt(c.now().Unix(), 10), nonce: c.nonce()}
	signature, err := c.sign(ctx, signedMessage([]byte(last), appID, s.timestamp, s.nonce))
	if err != nil {
		return nil, fmt.Errorf("%s: sign: %w", operation, err)
	}
	s.signature = base64.StdEncoding.EncodeToString(signature)
	return s, nil
}

// checkCashier refuses what would be signed without an error here and refused by the cashier without a reason.
func checkCashier(name, value string) error {
	const most = 128
	switch {
	case value == "":
		return fmt.Errorf("%s is missing", name)
	case strings.HasPrefix(value, "prepay_id="):
		return fmt.Errorf("%s begins with prepay_id=, which is put before it here: give the value alone", name)
	case len(value) > most || strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r > '~' }):
		return fmt.Errorf("%s has spaces, control characters or more than %d bytes: it is not what the order answered", name, most)
	}
	return nil
}

// QRText checks the code_url of a Native order and returns the text to put into the QR code, which is code_url as it is: a
// QR code of anything else, or of an escaped form, is refused by WeChat. It is good for two hours.
func QRText(codeURL string) (string, error) {
	u, err := url.Parse(codeURL)
	switch {
	case codeURL == "":
		return "", errors.New("code_url is empty: was the order made for Native?")
	case err != nil || u.Scheme != "weixin" || u.Host == "" || len(codeURL) > 512 || u.String() != codeURL:
		return "", errors.New("code_url is not of the form weixin://wxpay/bizpayurl?pr=…: give it as the order answered it, not escaped")
	}
	return codeURL, nil
}

// H5URL returns the address that a browser outside of WeChat opens to pay an H5 order: h5_url as it came and redirectURL, to
// which the customer comes back, percent-escaped. It must be opened within five minutes, from a page under the domain that
// the merchant registered. An empty redirectURL leaves the customer at the page they came from.
func H5URL(h5URL, redirectURL string) (string, error) {
	pay, err := url.Parse(h5URL)
	switch {
	case err != nil || pay.Scheme != "https" || pay.Host == "" || pay.User != nil || pay.Fragment != "":
		return "", errors.New("h5_url is not a URL of the form https://wx.tenpay.com/…: give it as the order answered it")
	case redirectURL == "":
		return h5URL, nil
	case pay.Query().Has("redirect_url"):
		return "", errors.New("h5_url has a redirect_url already: give it as the order answered it")
	}
	back, err := url.Parse(redirectURL)
	if err != nil || back.Scheme != "https" && back.Scheme != "http" || back.Host == "" {
		return "", errors.New("the redirect URL needs a scheme and a host: https://shop.example/paid?order=1, not escaped")
	}
	separator := "&"
	if pay.RawQuery == "" {
		separator = "?"
	}
	return h5URL + separator + "redirect_url=" + url.QueryEscape(redirectURL), nil
}
