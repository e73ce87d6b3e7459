package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// explain says what an error of a call means and what to do. Each case is a type of error that package wxpay documents; a
// program does something else in each, where this one prints.
func explain(out io.Writer, err error) {
	// Ask this first, whatever the type is: a call that changes something may have done so in spite of the error.
	if errors.Is(err, wxpay.ErrOutcomeUnknown) {
		fmt.Fprintln(out, "the call may have been carried out: query before you repeat it")
	}
	if checkErr, ok := errors.AsType[*wxpay.CheckError](err); ok {
		explainCheck(out, checkErr)
		return
	}
	if apiErr, ok := errors.AsType[*wxpay.APIError](err); ok {
		explainRefusal(out, apiErr)
		return
	}
	if verifyErr, ok := errors.AsType[*wxpay.VerifyError](err); ok {
		// Nothing of such an answer is handed over. Forgery is rare; a wrong or outdated key is not.
		fmt.Fprintf(out, "not proven to come from WeChat Pay: %s\n", verifyErr.Problem)
		if errors.Is(err, wxpay.ErrUnknownKey) {
			fmt.Fprintln(out, "compare WXPAY_PUBLIC_KEY_ID with 账户中心 > API安全")
		}
		return
	}
	if sendErr, ok := errors.AsType[*wxpay.SendError](err); ok && !sendErr.Sent {
		fmt.Fprintln(out, "nothing was sent, so the call can be made again:", err)
		return
	}
	fmt.Fprintln(out, err)
}

// explainCheck lists what has to be mended in the program: nothing was sent.
func explainCheck(out io.Writer, err *wxpay.CheckError) {
	fmt.Fprintf(out, "%s was not sent:\n", err.Operation)
	for _, field := range err.Fields {
		fmt.Fprintf(out, "  %s %s\n", field.Path, field.Problem)
	}
}

// explainRefusal prints what WeChat Pay said, and what its documentation says about that.
func explainRefusal(out io.Writer, err *wxpay.APIError) {
	if err.Code == "" { // a gateway's page, or a redirect
		fmt.Fprintln(out, err)
		return
	}
	fmt.Fprintf(out, "WeChat Pay refused: %d %s\n", err.Status, err.Code)
	fmt.Fprintf(out, "  message: %s\n", err.Message)
	if err.Detail.Field != "" {
		fmt.Fprintf(out, "  field: %s %s\n", err.Detail.Field, err.Detail.Issue)
	}
	for _, row := range err.Advice() {
		fmt.Fprintf(out, "  meaning: %s\n  what to do: %s\n", row.Meaning, row.Action)
	}
	if skew := err.ClockSkew; skew.Abs() > time.Minute {
		fmt.Fprintf(out, "  the clock here is wrong by %s, and five minutes make every call fail\n", skew)
	}
	fmt.Fprintf(out, "  Request-ID, for WeChat Pay's support: %s\n", err.RequestID)
}
