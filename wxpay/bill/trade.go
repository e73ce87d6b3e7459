package bill

import (
	"io"
	"time"
)

// Trade is a row of a trade bill: a payment, or a refund. Which fields are set depends on the type of the bill; those that it
// does not have are zero.
type Trade struct {
	Time          time.Time // 交易时间: of the payment, or of the application for the refund
	AppID         string    // 公众账号ID
	MchID         string    // 商户号
	SubMchID      string    // 特约商户号; empty for a merchant of its own
	DeviceInfo    string    // 设备号
	TransactionID string    // 微信订单号
	OutTradeNo    string    // 商户订单号
	OpenID        string    // 用户标识
	TradeType     string    // 交易类型: JSAPI, NATIVE, APP, MICROPAY …
	TradeState    string    // 交易状态: SUCCESS, REFUND, REVOKED …
	BankType      string    // 付款银行
	Currency      string    // 货币种类: CNY …

	SettlementTotal int64 // 应结订单金额, in fen
	CouponAmount    int64 // 代金券金额, in fen

	RefundApplyTime    time.Time // 退款申请时间; in bills of type REFUND
	RefundSuccessTime  time.Time // 退款成功时间; in bills of type REFUND
	RefundID           string    // 微信退款单号; empty for a payment
	OutRefundNo        string    // 商户退款单号; empty for a payment
	RefundAmount       int64     // 退款金额, in fen
	CouponRefundAmount int64     // 充值券退款金额, in fen
	RefundType         string    // 退款类型: ORIGINAL, BALANCE …
	RefundState        string    // 退款状态, when the bill was made: SUCCESS, PROCESSING …

	Description string // 商品名称
	Attach      string // 商户数据包

	Fee             Millifen // 手续费, in thousandths of a fen; negative if a refund gives it back
	Rate            string   // 费率, such as 0.60%
	OrderTotal      int64    // 订单金额, in fen
	RefundRequested int64    // 申请退款金额, in fen
	RateNote        string   // 费率备注

	Line  int               // in the bill, from 1
	Extra map[string]string // other columns, by their names; nil if there are none
}

// IsRefund reports whether the row is a refund.
func (t *Trade) IsRefund() bool { return t.RefundID != "" || t.TradeState == "REFUND" }

// TradeSummary is the end of a trade bill. What a bill does not sum up is zero.
type TradeSummary struct {
	Count              int64    // 总交易单数
	SettlementTotal    int64    // 应结订单总金额, in fen
	RefundAmount       int64    // 退款总金额, in fen
	CouponRefundAmount int64    // 充值券退款总金额, in fen
	Fee                Millifen // 手续费总金额, in thousandths of a fen
	OrderTotal         int64    // 订单总金额, in fen
	RefundRequested    int64    // 申请退款总金额, in fen
}

// ReadTrades reads a trade bill of type ALL, SUCCESS or REFUND. Bills in the form of before 2018, which some merchants still
// get, are read as well.
func ReadTrades(r io.Reader) *Reader[Trade, TradeSummary] {
	return &Reader[Trade, TradeSummary]{lines: newLines(r), format: &tradeFormat}
}

const tradeFirst = "交易时间"

var tradeFormat = format[Trade, TradeSummary]{
	kind: "trade bill", first: tradeFirst, total: "总交易单数", foreign: "ReadFundFlows",
	rows: tradeColumns, totals: tradeTotals,
	add: func(s *TradeSummary, t *Trade) {
		s.Count++
		s.SettlementTotal += t.SettlementTotal
		s.RefundAmount += t.RefundAmount
		s.CouponRefundAmount += t.CouponRefundAmount
		s.Fee += t.Fee
		s.OrderTotal += t.OrderTotal
		s.RefundRequested += t.RefundRequested
	},
	finish: func(t *Trade, line int, extra map[string]string) { t.Line, t.Extra = line, extra },
}

// Old names stand behind the present ones.
var tradeColumns = []column[Trade]{
	{[]string{tradeFirst}, moment(func(t *Trade) *time.Time { return &t.Time })},
	{[]string{"公众账号ID"}, text(func(t *Trade) *string { return &t.AppID })},
	{[]string{"商户号"}, text(func(t *Trade) *string { return &t.MchID })},
	{[]string{"特约商户号", "子商户号"}, id(func(t *Trade) *string { return &t.SubMchID })},
	{[]string{"设备号"}, text(func(t *Trade) *string { return &t.DeviceInfo })},
	{[]string{"微信订单号"}, text(func(t *Trade) *string { return &t.TransactionID })},
	{[]string{"商户订单号"}, text(func(t *Trade) *string { return &t.OutTradeNo })},
	{[]string{"用户标识"}, text(func(t *Trade) *string { return &t.OpenID })},
	{[]string{"交易类型"}, text(func(t *Trade) *string { return &t.TradeType })},
	{[]string{"交易状态"}, text(func(t *Trade) *string { return &t.TradeState })},
	{[]string{"付款银行"}, text(func(t *Trade) *string { return &t.BankType })},
	{[]string{"货币种类"}, text(func(t *Trade) *string { return &t.Currency })},
	{[]string{"应结订单金额", "总金额"}, fen(func(t *Trade) *int64 { return &t.SettlementTotal })},
	{[]string{"代金券金额", "代金券或立减优惠金额", "企业红包金额"}, fen(func(t *Trade) *int64 { return &t.CouponAmount })},
	{[]string{"退款申请时间"}, moment(func(t *Trade) *time.Time { return &t.RefundApplyTime })},
	{[]string{"退款成功时间"}, moment(func(t *Trade) *time.Time { return &t.RefundSuccessTime })},
	{[]string{"微信退款单号"}, id(func(t *Trade) *string { return &t.RefundID })},
	{[]string{"商户退款单号"}, id(func(t *Trade) *string { return &t.OutRefundNo })},
	{[]string{"退款金额"}, fen(func(t *Trade) *int64 { return &t.RefundAmount })},
	{[]string{"充值券退款金额", "代金券或立减优惠退款金额", "企业红包退款金额"}, fen(func(t *Trade) *int64 { return &t.CouponRefundAmount })},
	{[]string{"退款类型"}, text(func(t *Trade) *string { return &t.RefundType })},
	{[]string{"退款状态"}, text(func(t *Trade) *string { return &t.RefundState })},
	{[]string{"商品名称"}, text(func(t *Trade) *string { return &t.Description })},
	{[]string{"商户数据包"}, text(func(t *Trade) *string { return &t.Attach })},
	{[]string{"手续费"}, millifen(func(t *Trade) *Millifen { return &t.Fee })},
	{[]string{"费率"}, text(func(t *Trade) *string { return &t.Rate })},
	{[]string{"订单金额"}, fen(func(t *Trade) *int64 { return &t.OrderTotal })},
	{[]string{"申请退款金额"}, fen(func(t *Trade) *int64 { return &t.RefundRequested })},
	{[]string{"费率备注"}, text(func(t *Trade) *string { return &t.RateNote })},
}

var tradeTotals = []total[TradeSummary]{
	{[]string{"总交易单数"}, "", func(s *TradeSummary) *int64 { return &s.Count }, parseCount},
	{[]string{"应结订单总金额", "总交易额"}, "应结订单金额", func(s *TradeSummary) *int64 { return &s.SettlementTotal }, parseFen},
	{[]string{"退款总金额", "总退款金额"}, "退款金额", func(s *TradeSummary) *int64 { return &s.RefundAmount }, parseFen},
	{[]string{"充值券退款总金额", "总代金券或立减优惠退款金额", "总企业红包退款金额"}, "充值券退款金额",
		func(s *TradeSummary) *int64 { return &s.CouponRefundAmount }, parseFen},
	{[]string{"手续费总金额"}, "手续费", func(s *TradeSummary) *int64 { return (*int64)(&s.Fee) }, parseMillifen},
	{[]string{"订单总金额"}, "订单金额", func(s *TradeSummary) *int64 { return &s.OrderTotal }, parseFen},
	{[]string{"申请退款总金额"}, "申请退款金额", func(s *TradeSummary) *int64 { return &s.RefundRequested }, parseFen},
}
