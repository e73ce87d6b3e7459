package bill

import (
	"io"
	"time"
)

// Direction says which way money went.
type Direction string

// The directions. Others are kept as they came.
const (
	Income Direction = "收入"
	Outgo  Direction = "支出"
)

// FundFlow is a row of a fund-flow bill: one change of an account of the merchant.
type FundFlow struct {
	Time         time.Time // 记账时间
	BusinessID   string    // 微信支付业务单号
	FlowID       string    // 资金流水单号
	BusinessName string    // 业务名称
	BusinessType string    // 业务类型
	Direction    Direction // 收支类型
	Amount       int64     // 收支金额, in fen; the sign is in Direction
	Balance      int64     // 账户结余, in fen
	Applicant    string    // 资金变更提交申请人
	Note         string    // 备注
	VoucherID    string    // 业务凭证号

	Line  int               // in the bill, from 1
	Extra map[string]string // other columns, by their names; nil if there are none
}

// FundFlowSummary is the end of a fund-flow bill.
type FundFlowSummary struct {
	Count        int64 // 资金流水总笔数
	IncomeCount  int64 // 收入笔数
	IncomeAmount int64 // 收入金额, in fen
	OutgoCount   int64 // 支出笔数
	OutgoAmount  int64 // 支出金额, in fen
}

// ReadFundFlows reads a fund-flow bill.
func ReadFundFlows(r io.Reader) *Reader[FundFlow, FundFlowSummary] {
	return &Reader[FundFlow, FundFlowSummary]{lines: newLines(r), format: &flowFormat}
}

const flowFirst = "记账时间"

var flowFormat = format[FundFlow, FundFlowSummary]{
	kind: "fund-flow bill", first: flowFirst, total: "资金流水总笔数", foreign: "ReadTrades",
	rows: flowColumns, totals: flowTotals,
	add:    addFlow,
	finish: func(f *FundFlow, line int, extra map[string]string) { f.Line, f.Extra = line, extra },
}

func addFlow(s *FundFlowSummary, f *FundFlow) {
	s.Count++
	switch f.Direction {
	case Income:
		s.IncomeCount++
		s.IncomeAmount += f.Amount
	case Outgo:
		s.OutgoCount++
		s.OutgoAmount += f.Amount
	}
}

var flowColumns = []column[FundFlow]{
	{[]string{flowFirst}, moment(func(f *FundFlow) *time.Time { return &f.Time })},
	{[]string{"微信支付业务单号"}, text(func(f *FundFlow) *string { return &f.BusinessID })},
	{[]string{"资金流水单号"}, text(func(f *FundFlow) *string { return &f.FlowID })},
	{[]string{"业务名称"}, text(func(f *FundFlow) *string { return &f.BusinessName })},
	{[]string{"业务类型"}, text(func(f *FundFlow) *string { return &f.BusinessType })},
	{[]string{"收支类型"}, text(func(f *FundFlow) *string { return (*string)(&f.Direction) })},
	{[]string{"收支金额"}, fen(func(f *FundFlow) *int64 { return &f.Amount })},
	{[]string{"账户结余"}, fen(func(f *FundFlow) *int64 { return &f.Balance })},
	{[]string{"资金变更提交申请人"}, text(func(f *FundFlow) *string { return &f.Applicant })},
	{[]string{"备注"}, text(func(f *FundFlow) *string { return &f.Note })},
	{[]string{"业务凭证号"}, text(func(f *FundFlow) *string { return &f.VoucherID })},
}

var flowTotals = []total[FundFlowSummary]{
	{[]string{"资金流水总笔数"}, "", func(s *FundFlowSummary) *int64 { return &s.Count }, parseCount},
	{[]string{"收入笔数"}, "收支类型", func(s *FundFlowSummary) *int64 { return &s.IncomeCount }, parseCount},
	{[]string{"收入金额"}, "收支金额", func(s *FundFlowSummary) *int64 { return &s.IncomeAmount }, parseFen},
	{[]string{"支出笔数"}, "收支类型", func(s *FundFlowSummary) *int64 { return &s.OutgoCount }, parseCount},
	{[]string{"支出金额"}, "收支金额", func(s *FundFlowSummary) *int64 { return &s.OutgoAmount }, parseFen},
}
