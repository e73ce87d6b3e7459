package wxpay_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

const (
	appID    = "wxd678efh567hg6787"
	prepayID = "wx201410272009395522657a690389285100"
)

func cashierClient(t *testing.T, timestamp, nonce string) *wxpay.Client {
	seconds := must(strconv.ParseInt(timestamp, 10, 64))
	client := newClient(t, func(c *wxpay.Config) { c.Now = func() time.Time { return time.Unix(seconds, 0) } })
	wxpay.SetNonce(client, nonce)
	return client
}

func TestPaySignVectors(t *testing.T) {
	cases := loadVectors().PaySign
	if len(cases) != 7 {
		t.Fatalf("%d cases, expected 7", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			c = c.complete()
			client := cashierClient(t, c.Timestamp, c.Nonce)
			got := ""
			if c.Kind == "app" {
				p, err := client.AppParams(t.Context(), c.AppID, strings.TrimPrefix(c.FourthLine, "prepay_id="))
				if err != nil {
					t.Fatal(err)
				}
				got = p.Sign
				want := wxpay.AppParams{c.AppID, mchID, c.FourthLine, "Sign=WXPay", c.Nonce, c.Timestamp, c.Sign}
				if *p != want {
					t.Errorf("got %+v, want %+v", *p, want)
				}
			} else {
				p, err := client.JSAPIParams(t.Context(), c.AppID, strings.TrimPrefix(c.FourthLine, "prepay_id="))
				if err != nil {
					t.Fatal(err)
				}
				got = p.PaySign
				want := wxpay.JSAPIParams{c.AppID, c.Timestamp, c.Nonce, c.FourthLine, "RSA", c.Sign}
				if *p != want {
					t.Errorf("got %+v, want %+v", *p, want)
				}
			}
			if got != c.Sign {
				t.Errorf("signature\n got %s\nwant %s", got, c.Sign)
			}
		})
	}
}

// complete reads the cases that hold what the official SDK returned in place of the inputs.
func (c paySignCase) complete() paySignCase {
	f := c.Fields
	if f == nil || c.Sign != "" {
		return c
	}
	if c.AppID == "" {
		c.AppID = f["appid"] + f["appId"]
	}
	c.Timestamp, c.Nonce, c.FourthLine, c.Sign = f["timeStamp"], f["nonceStr"], f["package"], f["paySign"]
	if c.Kind == "app" {
		c.FourthLine, c.Sign = f["prepayId"], f["sign"]
	}
	return c
}

func TestCashierJSON(t *testing.T) {
	client := newClient(t, nil)
	names := func(v any, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		var object map[string]string // the cashier takes nothing but texts
		if err := json.Unmarshal(must(json.Marshal(v)), &object); err != nil {
			t.Fatal(err)
		}
		list := make([]string, 0, len(object))
		for name := range object {
			list = append(list, name)
		}
		slices.Sort(list)
		return strings.Join(list, " ")
	}
	jsapi, err1 := client.JSAPIParams(t.Context(), appID, prepayID)
	mini, err2 := client.MiniProgramParams(t.Context(), appID, prepayID)
	app, err3 := client.AppParams(t.Context(), appID, prepayID)
	for _, c := range []struct{ got, want string }{
		{names(jsapi, err1), "appId nonceStr package paySign signType timeStamp"},
		{names(mini, err2), "nonceStr package paySign signType timeStamp"},
		{names(app, err3), "appid noncestr package partnerid prepayid sign timestamp"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	// The signature of the mini program covers the appid, though its parameters do not hold it.
	message := appID + "\n" + mini.TimeStamp + "\n" + mini.NonceStr + "\n" + mini.Package + "\n"
	digest := sha256.Sum256([]byte(message))
	sign := must(base64.StdEncoding.DecodeString(mini.PaySign))
	if err := rsa.VerifyPKCS1v15(&merchantKey().PublicKey, crypto.SHA256, digest[:], sign); err != nil {
		t.Error(err)
	}
}

func TestCashierRefuses(t *testing.T) {
	client := newClient(t, nil)
	for name, c := range map[string]struct{ appID, prepayID, want string }{
		"no appid":         {"", prepayID, "appid is missing"},
		"no prepay_id":     {appID, "", "prepay_id is missing"},
		"with its name":    {appID, "prepay_id=" + prepayID, "give the value alone"},
		"line feed":        {appID, prepayID + "\n", "control characters"},
		"another language": {appID, "微信", "control characters"},
		"too long":         {appID, strings.Repeat("w", 129), "128 bytes"},
	} {
		_, err := client.AppParams(t.Context(), c.appID, c.prepayID)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if _, err := client.MiniProgramParams(t.Context(), c.appID, c.prepayID); err == nil {
			t.Errorf("%s: no error for the mini program", name)
		}
	}
}

func TestQRText(t *testing.T) {
	const good = "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"
	if got, err := wxpay.QRText(good); got != good || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	for _, bad := range []string{
		"", "https://wx.tenpay.com/x", url.QueryEscape(good), " " + good, good + "\n", "weixin:", "weixin://" + strings.Repeat("x", 600),
	} {
		if got, err := wxpay.QRText(bad); err == nil {
			t.Errorf("%q was taken: %s", bad, got)
		}
	}
}

func TestH5URL(t *testing.T) {
	const h5 = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016&package=2150917749"
	for _, c := range []struct{ h5, redirect, want string }{
		{h5, "", h5},
		{h5, "https://shop.example/paid?order=1&a=中", h5 + "&redirect_url=https%3A%2F%2Fshop.example%2Fpaid%3Forder%3D1%26a%3D%E4%B8%AD"},
		{"https://wx.tenpay.com/x", "https://shop.example", "https://wx.tenpay.com/x?redirect_url=https%3A%2F%2Fshop.example"},
		{"http://wx.tenpay.com/x", "", ""},
		{"", "", ""},
		{"https://u@wx.tenpay.com/x", "", ""},
		{h5 + "#x", "", ""},
		{h5 + "&redirect_url=x", "https://shop.example", ""},
		{h5, "/paid", ""},
		{h5, "https%3A%2F%2Fshop.example", ""},
		{h5, "javascript:alert(1)", ""},
	} {
		got, err := wxpay.H5URL(c.h5, c.redirect)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s and %s: %s, %v, want %s", c.h5, c.redirect, got, err, c.want)
		}
	}
}

type hmacCase struct {
	Name   string            `json:"name"`
	Kind   string            `json:"kind"`
	Fields map[string]string `json:"fields"`
	Sign   string            `json:"sign"`
}

func loadHMAC(t *testing.T) (apiV2Key string, cases []hmacCase) {
	var v struct {
		Key   string     `json:"api_v2_key"`
		Cases []hmacCase `json:"cases"`
	}
	if err := json.Unmarshal(file("hmac.json"), &v); err != nil {
		t.Fatal(err)
	}
	return v.Key, v.Cases
}

func TestHMACVectors(t *testing.T) {
	key, cases := loadHMAC(t)
	if len(cases) != 10 {
		t.Fatalf("%d cases, expected 10", len(cases))
	}
	for _, c := range cases {
		if got, err := wxpay.SignHMAC(key, c.Fields); got != c.Sign || err != nil {
			t.Errorf("%s: %s, %v, want %s", c.Name, got, err, c.Sign)
		}
	}
	if _, err := wxpay.SignHMAC(key[1:], nil); err == nil || !strings.Contains(err.Error(), "31 bytes") {
		t.Errorf("a key of 31 bytes: %v", err)
	}
}

// The typed helpers must sign the fields of the vectors and hand over the same.
func TestHMACHelpersMakeTheVectors(t *testing.T) {
	key, cases := loadHMAC(t)
	for _, c := range cases[:3] {
		f := c.Fields
		config := config()
		config.MchID = f["mch_id"]
		client := must(wxpay.NewClient(config))
		wxpay.SetNonce(client, f["nonce_str"])
		var view *wxpay.BusinessView
		var err error
		switch {
		case f["package"] != "":
			view, err = client.PayScoreConfirm(key, f["package"])
		case f["out_order_no"] != "":
			view, err = client.PayScoreDetail(key, f["service_id"], f["out_order_no"])
		default:
			view, err = client.PayScoreEnable(key, f["service_id"], f["out_request_no"])
		}
		if err != nil || view.ExtraData["sign"] != c.Sign || !strings.Contains(c.Name, view.BusinessType) {
			t.Errorf("%s: %+v, %v", c.Name, view, err)
		}
	}
	two := cases[3]
	plugin, err := wxpay.SignCoupons(key, "10016226",
		wxpay.Coupon{StockID: "1212100000000012", OutRequestNo: "8900000000000001", CouponCode: "QWE123"},
		wxpay.Coupon{StockID: "1212100000000013", OutRequestNo: "8900000000000002"})
	if err != nil || plugin.Sign != two.Sign {
		t.Errorf("%s: %+v, %v", two.Name, plugin, err)
	}
	const want = `{"send_coupon_params":[{"stock_id":"1212100000000012","out_request_no":"8900000000000001","coupon_code":"QWE123"},` +
		`{"stock_id":"1212100000000013","out_request_no":"8900000000000002"}],"send_coupon_merchant":"10016226","sign":"`
	if got := string(must(json.Marshal(plugin))); !strings.HasPrefix(got, want) {
		t.Errorf("JSON is %s", got)
	}
	h5 := cases[5]
	address, err := wxpay.CouponH5URL(key, "10016226", h5.Fields["open_id"],
		wxpay.Coupon{StockID: "12111100000001", OutRequestNo: "1230000000000001", CouponCode: "75345199"})
	u := must(url.Parse(address))
	if err != nil || u.Query().Get("sign") != h5.Sign || u.Fragment != "wechat_pay&wechat_redirect" || u.Host != "action.weixin.qq.com" {
		t.Errorf("%s: %s, %v", h5.Name, address, err)
	}
}

func TestPayScorePackageAlone(t *testing.T) {
	view, err := newClient(t, nil).PayScoreConfirm("", "a&b=c")
	if err != nil || view.QueryString() != "package=a%26b%3Dc" {
		t.Errorf("%+v, %v", view, err)
	}
}

func TestHMACHelpersRefuse(t *testing.T) {
	key, _ := loadHMAC(t)
	client := newClient(t, nil)
	good := wxpay.Coupon{StockID: "1", OutRequestNo: "2"}
	for name, err := range map[string]error{
		"no package":           second(client.PayScoreConfirm(key, "")),
		"no order":             second(client.PayScoreDetail(key, "1", "")),
		"APIv3 key cut":        second(client.PayScoreEnable(key[:16], "1", "2")),
		"no coupon":            second(wxpay.SignCoupons(key, "1")),
		"no merchant":          second(wxpay.SignCoupons(key, "", good)),
		"coupon without stock": second(wxpay.SignCoupons(key, "1", wxpay.Coupon{OutRequestNo: "2"})),
		"no customer":          second(wxpay.CouponH5URL(key, "1", "", good)),
		"send time in H5":      second(wxpay.CouponH5URL(key, "1", "o", wxpay.Coupon{StockID: "1", OutRequestNo: "2", CustomizeSendTime: "x"})),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		} else if strings.Contains(err.Error(), key[:16]) {
			t.Errorf("%s: the error holds the key", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }
