package wxpay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const signTypeHMAC = "HMAC-SHA256"

// SignHMAC signs fields as some APIv3 products still want it (payscore, merchant coupons): HMAC-SHA256 with the APIv2 key
// (API密钥 of the merchant platform, 32 bytes) over the fields that are not empty, in the order of their names, but for sign.
// It returns 64 hexadecimal digits in capitals. Names sort as text: stock_id10 comes before stock_id2.
func SignHMAC(apiV2Key string, fields map[string]string) (string, error) {
	if len(apiV2Key) != apiV3KeyLength {
		return "", fmt.Errorf("the APIv2 key has %d bytes, but an APIv2 key has %d", len(apiV2Key), apiV3KeyLength)
	}
	mac := hmac.New(sha256.New, []byte(apiV2Key))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if value := fields[name]; value != "" && name != "sign" {
			mac.Write([]byte(name + "=" + value + "&")) // the values as they are: nothing is escaped
		}
	}
	mac.Write([]byte("key=" + apiV2Key))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil))), nil
}

// BusinessView are the arguments of wx.openBusinessView in a mini program, which are their JSON. Pages in WeChat and apps take
// BusinessType and [BusinessView.QueryString].
type BusinessView struct {
	BusinessType string            `json:"businessType"`
	ExtraData    map[string]string `json:"extraData"`
}

// QueryString returns the extra data as queryString of WeixinJSBridge, or query of the SDKs for apps: k=v joined by &, in the
// order of the names, with values escaped.
func (v *BusinessView) QueryString() string {
	pairs := make([]string, 0, len(v.ExtraData))
	for _, name := range slices.Sorted(maps.Keys(v.ExtraData)) {
		pairs = append(pairs, name+"="+url.QueryEscape(v.ExtraData[name]))
	}
	return strings.Join(pairs, "&")
}

// PayScoreConfirm returns what opens the page on which the customer confirms a payscore order (wxpayScoreUse). pkg is the
// package that creating the order answered.
//
// Sources disagree about what else is due (?). Pages since 2024 hand over the package alone: give an empty apiV2Key for that.
// Older ones sign it with the APIv2 key.
func (c *Client) PayScoreConfirm(apiV2Key, pkg string) (*BusinessView, error) {
	if pkg == "" {
		return nil, errors.New("PayScoreConfirm: package is missing: the answer to creating the order has it")
	}
	if apiV2Key == "" {
		return &BusinessView{BusinessType: "wxpayScoreUse", ExtraData: map[string]string{"package": pkg}}, nil
	}
	return c.businessView(apiV2Key, "wxpayScoreUse", map[string]string{"package": pkg})
}

// PayScoreDetail returns what opens the page that shows a payscore order (wxpayScoreDetail).
func (c *Client) PayScoreDetail(apiV2Key, serviceID, outOrderNo string) (*BusinessView, error) {
	return c.businessView(apiV2Key, "wxpayScoreDetail", map[string]string{"service_id": serviceID, "out_order_no": outOrderNo})
}

// PayScoreEnable returns what opens the page on which the customer grants a payscore service (wxpayScoreEnable).
func (c *Client) PayScoreEnable(apiV2Key, serviceID, outRequestNo string) (*BusinessView, error) {
	return c.businessView(apiV2Key, "wxpayScoreEnable", map[string]string{"service_id": serviceID, "out_request_no": outRequestNo})
}

// businessView adds what every one of them has, and signs. sign_type is signed, too.
func (c *Client) businessView(apiV2Key, kind string, fields map[string]string) (*BusinessView, error) {
	for name, value := range fields {
		if value == "" {
			return nil, fmt.Errorf("%s: %s is missing", kind, name)
		}
	}
	fields["mch_id"] = c.mchID
	fields["timestamp"] = strconv.FormatInt(c.now().Unix(), 10)
	fields["nonce_str"] = c.nonce()
	fields["sign_type"] = signTypeHMAC
	sign, err := SignHMAC(apiV2Key, fields)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	fields["sign"] = sign
	return &BusinessView{BusinessType: kind, ExtraData: fields}, nil
}
