// Package bill reads the bills of WeChat Pay (微信支付): trade bills (交易账单) of the types ALL, SUCCESS and REFUND, and
// fund-flow bills (资金账单). It reads them row by row in constant memory, whatever their size:
//
//	file, err := client.Download(ctx, resp.DownloadURL, wxpay.Hash{Type: string(resp.HashType), Value: resp.HashValue})
//	…
//	defer file.Close()
//	trades := bill.ReadTrades(file)
//	for trade, err := range trades.Rows() {
//		if err != nil {
//			return err // also if the hash of the file or the summary does not fit: nothing before it may be relied on
//		}
//		…
//	}
//	summary, _ := trades.Summary()
//
// Amounts are in fen, as everywhere in APIv3, though bills write yuan; times are Beijing time. Columns are found by their
// names, so a bill may have them in any order; those that this package does not know are kept in Extra.
//
// Bills are text made by others: descriptions and notes hold what users and merchants typed. Escape them before showing.
package bill

import (
	"errors"
	"fmt"
	"time"
)

// Beijing is the zone of the times in bills.
var Beijing = time.FixedZone("UTC+8", 8*60*60)

// ErrSummary is wrapped by the error at the end of a bill whose summary does not fit the rows: rows are missing, doubled or
// altered. All rows were handed over before it.
var ErrSummary = errors.New("the summary does not fit the rows")

// LineError says that a line cannot be read. The reader can go on behind it: whether to is up to the loop that gets it.
type LineError struct {
	Line    int    // from 1
	Column  string // the name in the header; empty if the line as a whole is wrong
	Problem string
}

func (e *LineError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("bill: line %d %s", e.Line, e.Problem)
	}
	return fmt.Sprintf("bill: line %d, column %s: %s", e.Line, e.Column, e.Problem)
}
