package model_test

import (
	"go/token"
	"testing"

	"github.com/wxgen/wxgen/generator/model"
)

func TestGoName(t *testing.T) {
	for _, test := range []struct{ wire, want string }{
		{"id", "ID"},
		{"mchid", "MchID"},
		{"mch_id", "MchID"},
		{"sub_mchid", "SubMchID"},
		{"sp_mchid", "SpMchID"},
		{"appid", "AppID"},
		{"sub_appid", "SubAppID"},
		{"openid", "OpenID"},
		{"user_openid", "UserOpenID"},
		{"out_trade_no", "OutTradeNo"},
		{"outtradeno", "OutTradeNo"},
		{"notify_url", "NotifyURL"},
		{"h5_url", "H5URL"},
		{"code_url", "CodeURL"},
		{"jsapi", "JSAPI"},
		{"sha256", "SHA256"},
		{"ids", "IDs"},
		{"goods_ids", "GoodsIDs"},
		{"openids", "OpenIDs"},
		{"payer_client_ip", "PayerClientIP"},
		{"user_payable_https_url", "UserPayableHTTPSURL"},

		// from Go names, as operationId and component names write them
		{"List", "List"},
		{"ListStockItems", "ListStockItems"},
		{"GetByMchID", "GetByMchID"},
		{"MchIDs", "MchIDs"},
		{"QueryURLs", "QueryURLs"},
		{"HTTPServer", "HTTPServer"},
		{"JSAPIPrepay", "JSAPIPrepay"},
		{"OnCouponUse", "OnCouponUse"},
		{"H5", "H5"},
		{"openId", "OpenID"},
		{"notifyUrl", "NotifyURL"},
		{"pageToken", "PageToken"},

		// from shouted names
		{"PARAM_ERROR", "ParamError"},
		{"NOAUTH", "NoAuth"},
		{"MCH_NOT_EXISTS", "MchNotExists"},
		{"APPID_MCHID_NOT_MATCH", "AppIDMchIDNotMatch"},
		{"USERPAYING", "UserPaying"},
		{"CNY", "CNY"},

		// what no Go name can begin with or hold
		{"", "X"},
		{"1st", "N1st"},
		{"2026-01-01", "N20260101"},
		{"支付", "X支付"},
		{"支付state", "X支付state"},
		{"a支付", "A支付"},
		{"@type", "Type"},
		{"card.id", "CardID"},
		{"a-b c/d", "ABCD"},
		{"__", "X"},
		{"_private", "Private"},
		{"type", "Type"},
		{"ünder", "Ünder"},
	} {
		got := model.GoName(test.wire)
		if got != test.want {
			t.Errorf("GoName(%q) = %s, want %s", test.wire, got, test.want)
		}
		if !token.IsIdentifier(got) || !token.IsExported(got) {
			t.Errorf("GoName(%q) = %s, which is no exported name", test.wire, got)
		}
		if again := model.GoName(got); test.wire != "a-b c/d" && got[0] != 'X' && got[0] != 'N' && again != got {
			t.Errorf("GoName(%q) = %s, but a Go name is to be kept", got, again)
		}
	}
}

// FuzzGoName makes names of anything: they can always be declared.
func FuzzGoName(f *testing.F) {
	for _, seed := range []string{"sub_mchid", "", "支付", "ǅ", "1", "a\x00b", "\xff", "²", "ⅷ", "ª"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, wire string) {
		if got := model.GoName(wire); !token.IsIdentifier(got) || !token.IsExported(got) {
			t.Errorf("GoName(%q) = %q, which is no exported name", wire, got)
		}
	})
}

func TestFolder(t *testing.T) {
	for _, test := range []struct{ file, want string }{
		{"pay.yaml", "pay"},
		{"payscore/partner.yaml", "payscore/partner"},
		{"mch-manage/sub_records.yaml", "mchmanage/subrecords"},
		{"Marketing/Favor.yaml", "marketing/favor"},
		{"pay/go.yaml", "pay/goapi"},
		{"import.yaml", "importapi"},
		{"main.yaml", "mainapi"},
	} {
		if got := model.Folder(test.file); got != test.want {
			t.Errorf("Folder(%q) = %s, want %s", test.file, got, test.want)
		}
	}
}
