package bill_test

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/wxgen/wxgen/wxpay/bill"
)

const (
	allHeader = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额," +
		"微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
	allSummary = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"

	payment = "`2026-01-01 08:30:00,`wxd678efh567hg6787,`1900000001,`0,`,`4200000001,`order-1,`openid,`JSAPI,`SUCCESS,`OTHERS,`CNY," +
		"`12.00,`0.34,`0,`0,`0.00,`0.00,`,`,`tea, two cups,`data,`0.07000,`0.60%,`12.34,`0.00,`"
	refund = "`2026-01-01 23:59:59,`wxd678efh567hg6787,`1900000001,`1900000109,`,`4200000001,`order-1,`openid,`JSAPI,`REFUND,`OTHERS,`CNY," +
		"`0.00,`0.00,`5030000001,`refund-1,`12.00,`0.30,`ORIGINAL,`PROCESSING,`tea, two cups,`data,`-0.07000,`0.60%,`0.00,`12.34,`note"
	allNumbers = "`2,`12.00,`12.00,`0.30,`0.00000,`12.34,`12.34"

	flowHeader  = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号"
	flowIn      = "`2026-01-01 10:00:00,`b1,`f1,`交易,`交易,`收入,`0.35,`10.00,`system,`,`v1"
	flowOut     = "`2026-01-01 11:00:00,`b2,`f2,`退款,`退款,`支出,`0.02,`9.98,`system,`退款总金额0.02元;含手续费0.00元,`v2"
	flowSummary = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"
)

func file(lines ...string) string { return strings.Join(lines, "\r\n") + "\r\n" }

func all() string { return file("\ufeff"+allHeader, payment, refund, allSummary, allNumbers) }

// readAll goes on behind every error.
func readAll[Row, Summary any](r *bill.Reader[Row, Summary]) (rows []Row, errs []error) {
	for row, err := range r.Rows() {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		rows = append(rows, row)
	}
	return rows, errs
}

func TestTrades(t *testing.T) {
	r := bill.ReadTrades(strings.NewReader(all()))
	rows, errs := readAll(r)
	if errs != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), errs)
	}
	want := bill.Trade{
		Time:  time.Date(2026, 1, 1, 0, 30, 0, 0, time.UTC).In(bill.Beijing),
		AppID: "wxd678efh567hg6787", MchID: "1900000001", TransactionID: "4200000001", OutTradeNo: "order-1", OpenID: "openid",
		TradeType: "JSAPI", TradeState: "SUCCESS", BankType: "OTHERS", Currency: "CNY", SettlementTotal: 1200, CouponAmount: 34,
		Description: "tea, two cups", Attach: "data", Fee: 7000, Rate: "0.60%", OrderTotal: 1234, Line: 2,
	}
	if !reflect.DeepEqual(rows[0], want) {
		t.Errorf("got  %+v\nwant %+v", rows[0], want)
	}
	back := rows[1]
	if !back.IsRefund() || rows[0].IsRefund() || back.SubMchID != "1900000109" || back.RefundID != "5030000001" ||
		back.RefundAmount != 1200 || back.CouponRefundAmount != 30 || back.Fee != -7000 || back.RefundRequested != 1234 || back.RateNote != "note" {
		t.Errorf("refund is %+v", back)
	}
	summary, ok := r.Summary()
	if want := (bill.TradeSummary{Count: 2, SettlementTotal: 1200, RefundAmount: 1200, CouponRefundAmount: 30, OrderTotal: 1234, RefundRequested: 1234}); !ok || summary != want {
		t.Errorf("summary is %+v, %v", summary, ok)
	}
	if again, errs := readAll(r); again != nil || errs != nil {
		t.Error("a second reading gives rows")
	}
}

func TestTypesOfTradeBills(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want bill.Trade
	}{
		"SUCCESS, four sums": {file(
			"交易时间,商户号,微信订单号,商户订单号,交易状态,应结订单金额,代金券金额,商品名称,商户数据包,手续费,费率,订单金额,费率备注",
			"`2026-01-01 08:30:00,`1900000001,`42,`o1,`SUCCESS,`0.01,`0.00,`a,`b,`0.00000,`0.60%,`0.01,`",
			"总交易单数,应结订单总金额,手续费总金额,订单总金额", "`1,`0.01,`0.00000,`0.01"),
			bill.Trade{MchID: "1900000001", TransactionID: "42", OutTradeNo: "o1", TradeState: "SUCCESS", SettlementTotal: 1,
				Description: "a", Attach: "b", Rate: "0.60%", OrderTotal: 1}},
		"SUCCESS, sums of refunds as well": {file(
			"交易时间,微信订单号,应结订单金额,手续费,订单金额", "`2026-01-01 08:30:00,`42,`0.01,`0.00000,`0.01",
			allSummary, "`1,`0.01,`0.00,`0.00,`0.00000,`0.01,`0.00"),
			bill.Trade{TransactionID: "42", SettlementTotal: 1, OrderTotal: 1}},
		"REFUND": {file(
			"交易时间,退款申请时间,退款成功时间,微信退款单号,退款金额,申请退款金额",
			"`2026-01-01 08:30:00,`2026-01-01 08:30:00,`,`50,`0.01,`0.02", allSummary, "`1,`0.00,`0.01,`0.00,`0.00000,`0.00,`0.02"),
			bill.Trade{RefundApplyTime: time.Date(2026, 1, 1, 8, 30, 0, 0, bill.Beijing), RefundID: "50", RefundAmount: 1, RefundRequested: 2}},
		"before 2018": {file(
			"交易时间,子商户号,总金额,代金券或立减优惠金额,退款金额,代金券或立减优惠退款金额,手续费", "`2026-01-01 08:30:00,`7,`0.02,`0.0,`0,`0,`0",
			"总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额", "`1.0,`0.02,`0.0,`0.0,`0"),
			bill.Trade{SubMchID: "7", SettlementTotal: 2}},
		"new column": {file("交易时间,新列,订单金额", "`2026-01-01 08:30:00,`x,`0.01", "总交易单数,新合计,订单总金额", "`1,`9,`0.01"),
			bill.Trade{OrderTotal: 1, Extra: map[string]string{"新列": "x"}}},
		"vector": {file("\ufeff交易时间,公众账号ID,商户号", "`2026-01-01 00:00:00,`wxd678efh567hg6787,`1900000001", "总交易单数,应结订单总金额", "`1,`0.01"),
			bill.Trade{AppID: "wxd678efh567hg6787", MchID: "1900000001"}},
		"no line feed at the end": {"交易时间,订单金额\n`2026-01-01 08:30:00,`0.01\n\n总交易单数\n`1", bill.Trade{OrderTotal: 1}},
	} {
		r := bill.ReadTrades(iotest.OneByteReader(strings.NewReader(c.text)))
		rows, errs := readAll(r)
		if _, ok := r.Summary(); !ok || errs != nil || len(rows) != 1 {
			t.Errorf("%s: %d rows, %v", name, len(rows), errs)
			continue
		}
		rows[0].Time, rows[0].Line = time.Time{}, 0
		if !reflect.DeepEqual(rows[0], c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, rows[0], c.want)
		}
	}
}

func TestFundFlows(t *testing.T) {
	r := bill.ReadFundFlows(strings.NewReader(file(flowHeader, "", flowIn, flowOut, "", flowSummary, "", "`2.0,`1.0,`0.35,`1.0,`0.02")))
	rows, errs := readAll(r)
	if errs != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), errs)
	}
	if f := rows[1]; f.Direction != bill.Outgo || f.Amount != 2 || f.Balance != 998 || f.Note != "退款总金额0.02元;含手续费0.00元" || f.VoucherID != "v2" {
		t.Errorf("row is %+v", f)
	}
	if summary, ok := r.Summary(); !ok || summary != (bill.FundFlowSummary{Count: 2, IncomeCount: 1, IncomeAmount: 35, OutgoCount: 1, OutgoAmount: 2}) {
		t.Errorf("summary is %+v, %v", summary, ok)
	}
}

func TestSummaryThatDoesNotFit(t *testing.T) {
	for name, c := range map[string]struct{ numbers, want string }{
		"a row is missing":     {"`3,`12.00,`12.00,`0.30,`0.00000,`12.34,`12.34", "总交易单数 is 3, the rows give 2"},
		"an amount is altered": {"`2,`12.01,`12.00,`0.30,`0.00000,`12.34,`12.34", "应结订单总金额 is 1201"},
		"fee":                  {"`2,`12.00,`12.00,`0.30,`0.00001,`12.34,`12.34", "手续费总金额 is 1"},
		"refunds":              {"`2,`12.00,`12.00,`0.30,`0.00000,`12.34,`12.33", "申请退款总金额"},
		"no number":            {"`2,`x,`12.00,`0.30,`0.00000,`12.34,`12.34", "line 5"},
		"fields":               {"`2,`12.00", "has 2 fields"},
		"cut in a number":      {"`2,`12.00,`12.00,`0.30,`0.00000,`12.34,`12.", "申请退款总金额 is 1200"},
		"more behind it":       {allNumbers + "\r\n" + payment, "behind the summary"},
	} {
		r := bill.ReadTrades(strings.NewReader(file(allHeader, payment, refund, allSummary, c.numbers)))
		rows, errs := readAll(r)
		if _, ok := r.Summary(); ok || len(rows) != 2 || len(errs) != 1 || !errors.Is(errs[0], bill.ErrSummary) || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%s: %d rows, %v, want %q", name, len(rows), errs, c.want)
		}
	}
}

func TestDamagedLines(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"cut":        {payment[:100], "line 3 has"},
		"no tick":    {payment[1:], "line 3 does not begin with a back-tick"},
		"extra":      {payment + ",`x", "line 3 has 28 fields, the header has 27"},
		"time":       {strings.Replace(payment, "2026-01-01 08", "2026-13-01 08", 1), "line 3, column 交易时间: is no time"},
		"amount":     {strings.Replace(payment, "`12.34", "`1e3", 1), "line 3, column 订单金额: is no decimal number"},
		"precision":  {strings.Replace(payment, "`12.34", "`12.345", 1), "column 订单金额: has more digits"},
		"too large":  {strings.Replace(payment, "`12.34", "`99999999999999999999.00", 1), "is too large"},
		"plus":       {strings.Replace(payment, "`12.34", "`+1", 1), "no decimal"},
		"no quoting": {`"` + payment + `"`, "line 3"},
	} {
		rows, errs := readAll(bill.ReadTrades(strings.NewReader(file(allHeader, payment, c.line, refund, allSummary, allNumbers))))
		if len(rows) != 2 || len(errs) != 2 {
			t.Errorf("%s: %d rows, %v", name, len(rows), errs)
			continue
		}
		damage, ok := errs[0].(*bill.LineError)
		if !ok || damage.Line != 3 || !strings.Contains(damage.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, errs[0], c.want)
		}
		if !errors.Is(errs[1], bill.ErrSummary) {
			t.Errorf("%s: the bill as a whole is taken to be right: %v", name, errs[1])
		}
	}
}

func TestNoBill(t *testing.T) {
	broken := errors.New("broken")
	long := allHeader + "\n" + payment + "\n`" + strings.Repeat("x", 2<<20)
	for name, c := range map[string]struct {
		in   io.Reader
		want string
		is   error
	}{
		"empty":             {strings.NewReader(""), "no header", io.ErrUnexpectedEOF},
		"HTML":              {strings.NewReader("<html>"), "no trade bill", nil},
		"other kind":        {strings.NewReader(flowHeader), "use ReadFundFlows", nil},
		"gzip":              {strings.NewReader("\x1f\x8b\x08"), "gzip", nil},
		"cut in the rows":   {strings.NewReader(file(allHeader, payment)), "summary at its end is missing", io.ErrUnexpectedEOF},
		"cut in the header": {strings.NewReader(file(allHeader, payment, allSummary)), "numbers of the summary", io.ErrUnexpectedEOF},
		"broken":            {io.MultiReader(strings.NewReader(all()), iotest.ErrReader(broken)), "broken", broken},
		"endless line":      {strings.NewReader(long), "line 3 is longer than", nil},
	} {
		r := bill.ReadTrades(c.in)
		_, errs := readAll(r)
		if _, ok := r.Summary(); ok || len(errs) != 1 || !strings.Contains(errs[0].Error(), c.want) || c.is != nil && !errors.Is(errs[0], c.is) {
			t.Errorf("%s: %v, want %q", name, errs, c.want)
		}
	}
}

func TestLoopMayEndEarly(t *testing.T) {
	r := bill.ReadTrades(strings.NewReader(all()))
	for range r.Rows() {
		break
	}
	if _, ok := r.Summary(); ok {
		t.Error("half a bill has a summary")
	}
}

func TestMillifen(t *testing.T) {
	for m, want := range map[bill.Millifen]string{0: "0.00000", 1: "0.00001", -7000: "-0.07000", 779000: "7.79000", 123456789: "1234.56789"} {
		if got := m.String(); got != want {
			t.Errorf("%d is %s, want %s", int64(m), got, want)
		}
	}
	if fen, whole := bill.Millifen(-7000).Fen(); fen != -7 || !whole {
		t.Error(fen, whole)
	}
	if fen, whole := bill.Millifen(5940).Fen(); fen != 5 || whole {
		t.Error(fen, whole)
	}
}

// rows is a bill of any length that exists nowhere.
func rows(n int) io.Reader {
	line := payment + "\r\n"
	count := fmt.Sprintf("%s\r\n`%d,`%d.00,`0.00,`0.00,`%d.%02d000,`%d.%02d,`0.00\r\n", allSummary, n, 12*n, 7*n/100, 7*n%100, 1234*n/100, 1234*n%100)
	body := io.LimitReader(&repeat{text: line}, int64(n*len(line)))
	return io.MultiReader(strings.NewReader(allHeader+"\r\n"), body, strings.NewReader(count))
}

type repeat struct {
	text string
	at   int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

func TestConstantMemory(t *testing.T) {
	const n = 100_000 // 27 MB
	var before, during runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := bill.ReadTrades(rows(n))
	seen := 0
	for _, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen == n/2 {
			runtime.GC()
			runtime.ReadMemStats(&during)
		}
	}
	if summary, ok := r.Summary(); !ok || summary.Count != n {
		t.Errorf("summary is %+v", summary)
	}
	if during.HeapAlloc > before.HeapAlloc+4<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before.HeapAlloc, during.HeapAlloc)
	}
}

func BenchmarkTrades(b *testing.B) {
	b.ReportAllocs()
	r := bill.ReadTrades(rows(b.N))
	for _, err := range r.Rows() {
		if err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzBills: whatever a file holds, reading ends, and a summary is only there if it was compared with every row.
func FuzzBills(f *testing.F) {
	f.Add([]byte(all()))
	f.Add([]byte(file(flowHeader, flowIn, flowOut, flowSummary, "`2,`1,`0.35,`1,`0.02")))
	f.Add([]byte(file("交易时间", "`2026-01-01 08:30:00", "总交易单数", "`1")))
	f.Add([]byte("\ufeff交易时间,,\n`,`,`\n总交易单数\n`"))
	f.Fuzz(func(t *testing.T, data []byte) {
		trades := bill.ReadTrades(strings.NewReader(string(data)))
		rows, errs := readAll(trades)
		if summary, ok := trades.Summary(); ok != (errs == nil) || ok && summary.Count != int64(len(rows)) {
			t.Errorf("%d rows, summary %+v, %v, errors %v", len(rows), summary, ok, errs)
		}
		flows := bill.ReadFundFlows(strings.NewReader(string(data)))
		if changes, errs := readAll(flows); errs == nil {
			if summary, ok := flows.Summary(); !ok || summary.Count != int64(len(changes)) {
				t.Errorf("%d rows, summary %+v, %v", len(changes), summary, ok)
			}
		}
	})
}
