package model

import (
	"strings"
	"unicode"
)

// initialisms are words that Go writes in capitals, beside those that the
// platform uses.
var initialisms = map[string]string{
	"aead": "AEAD", "api": "API", "apis": "APIs", "app": "App", "aes": "AES", "ascii": "ASCII", "atm": "ATM", "b2b": "B2B", "b2c": "B2C", "cny": "CNY", "csv": "CSV",
	"cvv": "CVV", "css": "CSS", "dns": "DNS", "ecny": "ECNY", "eof": "EOF", "etc": "ETC", "fapiao": "Fapiao", "faq": "FAQ", "faqs": "FAQs", "gcm": "GCM", "gps": "GPS", "guid": "GUID",
	"gzip": "GZIP", "h5": "H5", "hkd": "HKD", "html": "HTML", "http": "HTTP", "https": "HTTPS", "id": "ID", "ids": "IDs", "imei": "IMEI",
	"ios": "IOS", "ip": "IP", "iso": "ISO", "jpg": "JPG", "jsapi": "JSAPI", "json": "JSON", "jwt": "JWT", "lbs": "LBS",
	"mac": "MAC", "md5": "MD5", "mp4": "MP4", "nfc": "NFC", "ocr": "OCR", "oauth": "OAuth", "ocsp": "OCSP", "pc": "PC",
	"pdf": "PDF", "pid": "PID", "png": "PNG", "poi": "POI", "pos": "POS", "qps": "QPS", "qq": "QQ", "qr": "QR", "rsa": "RSA",
	"sha1": "SHA1", "sha256": "SHA256", "sku": "SKU", "sm2": "SM2", "sm3": "SM3", "sm4": "SM4", "sms": "SMS", "sn": "SN", "sdk": "SDK",
	"spu": "SPU", "ssl": "SSL", "tls": "TLS", "ubo": "UBO", "ui": "UI", "uid": "UID", "upc": "UPC", "uri": "URI", "url": "URL",
	"urls": "URLs", "usd": "USD", "utc": "UTC", "utf8": "UTF8", "uuid": "UUID", "vip": "VIP", "wifi": "WiFi", "xml": "XML",
}

// runTogether splits words that the platform writes without a separator.
var runTogether = map[string]string{
	"appid": "AppID", "appids": "AppIDs", "mchid": "MchID", "mchids": "MchIDs", "openid": "OpenID", "openids": "OpenIDs",
	"unionid": "UnionID", "userid": "UserID", "orderid": "OrderID", "transactionid": "TransactionID", "prepayid": "PrepayID",
	"partnerid": "PartnerID", "noncestr": "NonceStr", "timestamp": "Timestamp", "outtradeno": "OutTradeNo",
	"outrefundno": "OutRefundNo", "outrequestno": "OutRequestNo", "notifyurl": "NotifyURL", "totalcount": "TotalCount",
	"submchid": "SubMchID", "subappid": "SubAppID", "subopenid": "SubOpenID", "spmchid": "SpMchID", "spappid": "SpAppID",
	"spopenid": "SpOpenID", "noauth": "NoAuth", "systemerror": "SystemError", "ordernotexist": "OrderNotExist",
	"notenough": "NotEnough", "notpay": "NotPay", "rulelimit": "RuleLimit", "bankerror": "BankError", "accounterror": "AccountError",
	"ratelimit": "RateLimit", "userpaying": "UserPaying", "miniapp": "MiniApp", "miniprogram": "MiniProgram",
	"paygift": "PayGift", "singleitem": "SingleItem", "busifavor": "BusiFavor", "payscore": "PayScore",
	"busicoupon": "BusiCoupon", "membercard": "MemberCard", "codeurl": "CodeURL", "mwebhook": "MWebhook",
	"goodsdetail": "GoodsDetail", "idcard": "IDCard", "fundflow": "FundFlow", "tradebill": "TradeBill",
	"nocash": "NoCash", "payerror": "PayError", "waitpay": "WaitPay", "bankcard": "BankCard", "microapp": "MicroApp",
	"facepay": "FacePay", "mweb": "MWeb", "multiuse": "MultiUse", "individualtrade": "IndividualTrade",
	"openorclose": "OpenOrClose", "liveroom": "LiveRoom", "userlimitamount": "UserLimitAmount", "bsrule": "BSRule",
	"smallprogram": "SmallProgram", "wxa": "WXA", "deviceid": "DeviceID", "storeid": "StoreID", "stockid": "StockID",
}

// GoName turns a name of the wire into an exported Go name. It depends on
// nothing but the name, so that it is the same in every package.
func GoName(wire string) string {
	var b strings.Builder
	for _, w := range words(wire) {
		b.WriteString(goWord(w))
	}
	name := b.String()
	switch first := []rune(name + " ")[0]; {
	case unicode.IsDigit(first):
		return "N" + name
	case unicode.IsUpper(first):
		return name
	default:
		return "X" + name // letters without case, or nothing at all
	}
}

// tail is a Go name that stands behind another one, so that it may begin
// with a digit or a letter without case.
func tail(wire string) string {
	var b strings.Builder
	for _, w := range words(wire) {
		b.WriteString(goWord(w))
	}
	return b.String()
}

func goWord(w string) string {
	lower := strings.ToLower(w)
	if s, ok := initialisms[lower]; ok {
		return s
	}
	if s, ok := runTogether[lower]; ok {
		return s
	}
	if s, ok := allInitialisms(lower); ok && w == strings.ToUpper(w) {
		return s
	}
	runes := []rune(lower)
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// allInitialisms takes apart capitals that are several initialisms: the name
// H5URL, which a person wrote, stays as it is.
func allInitialisms(lower string) (string, bool) {
	if s, ok := initialisms[lower]; ok {
		return s, true
	}
	for i := 2; i+2 <= len(lower); i++ {
		if first, ok := initialisms[lower[:i]]; ok {
			if rest, ok := allInitialisms(lower[i:]); ok {
				return first + rest, true
			}
		}
	}
	return "", false
}

// words cuts a name at separators and where a capital begins a word.
func words(name string) []string {
	runes := []rune(name)
	shouted := strings.ToUpper(name) == name
	var out []string
	start := -1
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			if start >= 0 {
				out = append(out, string(runes[start:i]))
			}
			start = -1
		case start < 0:
			start = i
		case !shouted && begins(runes, i):
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	if start >= 0 {
		out = append(out, string(runes[start:]))
	}
	return out
}

// begins tells whether a new word starts at i in a name of mixed case:
// openId, or the last capital of HTTPServer. What already is Go's form of a
// word, such as MchIDs, stays whole.
func begins(runes []rune, i int) bool {
	if !unicode.IsUpper(runes[i]) {
		return false
	}
	if !unicode.IsUpper(runes[i-1]) {
		return true
	}
	plural := i+2 == len(runes) && runes[i+1] == 's'
	return i+1 < len(runes) && unicode.IsLower(runes[i+1]) && !plural
}

// Singular names one item of a list by the list's Go name.
func Singular(name string) string { return singular(name) }

// singular names one item of a list whose name is plural.
func singular(name string) string {
	for _, list := range []string{"List", "Lists", "Array"} {
		if cut, ok := strings.CutSuffix(name, list); ok && cut != "" {
			return singular(cut)
		}
	}
	switch {
	case strings.HasSuffix(name, "ies") && len(name) > 4:
		return name[:len(name)-3] + "y"
	case strings.HasSuffix(name, "sses"), strings.HasSuffix(name, "xes"), strings.HasSuffix(name, "ches"):
		return name[:len(name)-2]
	case strings.HasSuffix(name, "ss"), strings.HasSuffix(name, "us"), strings.HasSuffix(name, "is"),
		strings.HasSuffix(name, "Goods"), len(name) < 4:
		return name
	}
	return strings.TrimSuffix(name, "s")
}
