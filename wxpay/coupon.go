package wxpay

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
)

// Coupon is a merchant coupon (商家券) to hand out.
type Coupon struct {
	StockID           string `json:"stock_id"`
	OutRequestNo      string `json:"out_request_no"`
	CouponCode        string `json:"coupon_code,omitzero"`         // where the merchant gives codes
	CustomizeSendTime string `json:"customize_send_time,omitzero"` // RFC 3339; in the mini program only
}

// CouponPlugin are the properties of the component send-coupon of the mini-program plugin. Their JSON has its names.
type CouponPlugin struct {
	SendCouponParams   []Coupon `json:"send_coupon_params"`
	SendCouponMerchant string   `json:"send_coupon_merchant"`
	Sign               string   `json:"sign"`
}

// SignCoupons signs coupons for the mini-program plugin. merchant is the number of the merchant who hands them out.
func SignCoupons(apiV2Key, merchant string, coupons ...Coupon) (*CouponPlugin, error) {
	if merchant == "" || len(coupons) == 0 {
		return nil, errors.New("SignCoupons: send_coupon_merchant and at least one coupon are needed")
	}
	fields := map[string]string{"send_coupon_merchant": merchant}
	for i, coupon := range coupons {
		if err := coupon.check(); err != nil {
			return nil, fmt.Errorf("SignCoupons: send_coupon_params[%d]: %w", i, err)
		}
		n := strconv.Itoa(i)
		fields["stock_id"+n] = coupon.StockID
		fields["out_request_no"+n] = coupon.OutRequestNo
		fields["coupon_code"+n] = coupon.CouponCode
		fields["customize_send_time"+n] = coupon.CustomizeSendTime
	}
	sign, err := SignHMAC(apiV2Key, fields)
	if err != nil {
		return nil, fmt.Errorf("SignCoupons: %w", err)
	}
	return &CouponPlugin{SendCouponParams: coupons, SendCouponMerchant: merchant, Sign: sign}, nil
}

// CouponH5URL returns the address of the page on which a customer takes a merchant coupon, in WeChat's browser. merchant is
// the number of the merchant who hands it out, openID the customer.
func CouponH5URL(apiV2Key, merchant, openID string, coupon Coupon) (string, error) {
	err := coupon.check()
	switch {
	case err != nil:
	case merchant == "" || openID == "":
		err = errors.New("send_coupon_merchant and open_id are needed")
	case coupon.CustomizeSendTime != "":
		err = errors.New("customize_send_time exists in the mini program only")
	}
	if err != nil {
		return "", fmt.Errorf("CouponH5URL: %w", err)
	}
	fields := map[string]string{
		"stock_id": coupon.StockID, "out_request_no": coupon.OutRequestNo, "coupon_code": coupon.CouponCode,
		"send_coupon_merchant": merchant, "open_id": openID,
	}
	sign, err := SignHMAC(apiV2Key, fields)
	if err != nil {
		return "", fmt.Errorf("CouponH5URL: %w", err)
	}
	query := url.Values{"sign": {sign}}
	for name, value := range fields {
		if value != "" {
			query.Set(name, value)
		}
	}
	return "https://action.weixin.qq.com/busifavor/getcouponinfo?" + query.Encode() + "#wechat_pay&wechat_redirect", nil
}

func (c Coupon) check() error {
	if c.StockID == "" || c.OutRequestNo == "" {
		return errors.New("stock_id and out_request_no are needed")
	}
	return nil
}
