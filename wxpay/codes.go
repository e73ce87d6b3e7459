package wxpay

import "slices"

// ErrorCode is the code of an error answer, such as PARAM_ERROR. It is an error itself, so that a code can be asked for:
//
//	if errors.Is(err, wxpay.ErrNotEnough) { … }
//
// Any text may be a code: a code that has no constant here is kept as it came. Generated packages declare the codes of
// their own product.
type ErrorCode string

// The codes that all products or several of them share. Older spellings of a code count as the code, see
// [ErrorCode.Canonical].
const (
	ErrParamError            ErrorCode = "PARAM_ERROR"             // a parameter is wrong; Detail may name it
	ErrInvalidRequest        ErrorCode = "INVALID_REQUEST"         // against the rules of APIv3 or of the product
	ErrSignError             ErrorCode = "SIGN_ERROR"              // the request's signature was refused
	ErrSystemError           ErrorCode = "SYSTEM_ERROR"            // the outcome is unknown: query, or repeat unchanged
	ErrNoAuth                ErrorCode = "NO_AUTH"                 // the merchant may not make this call
	ErrRequestBlocked        ErrorCode = "REQUEST_BLOCKED"         // held back by a rule of the platform
	ErrRuleLimit             ErrorCode = "RULE_LIMIT"              // a business rule; the message says which
	ErrFrequencyLimited      ErrorCode = "FREQUENCY_LIMITED"       // too many requests: slow down, then repeat unchanged
	ErrNotFound              ErrorCode = "NOT_FOUND"               // no such resource
	ErrResourceNotExists     ErrorCode = "RESOURCE_NOT_EXISTS"     // no such resource
	ErrResourceAlreadyExists ErrorCode = "RESOURCE_ALREADY_EXISTS" // made before: query it
	ErrAlreadyExists         ErrorCode = "ALREADY_EXISTS"          // made before: query it
	ErrOrderNotExist         ErrorCode = "ORDER_NOT_EXIST"         // no such order
	ErrNotEnough             ErrorCode = "NOT_ENOUGH"              // too little balance
	ErrMchNotExists          ErrorCode = "MCH_NOT_EXISTS"          // no such merchant
	ErrAppIDMchIDNotMatch    ErrorCode = "APPID_MCHID_NOT_MATCH"   // the appid is not bound to the merchant
	ErrBankError             ErrorCode = "BANK_ERROR"              // the bank failed: repeat unchanged
	ErrAccountError          ErrorCode = "ACCOUNT_ERROR"           // the user's account is in no state for this
	ErrServiceUnavailable    ErrorCode = "SERVICE_UNAVAILABLE"     // a gateway is busy
)

// Error returns the code, which makes every code a sentinel error.
func (c ErrorCode) Error() string { return string(c) }

// Is reports whether target is the same code in any spelling.
func (c ErrorCode) Is(target error) bool {
	code, ok := target.(ErrorCode)
	return ok && code.Canonical() == c.Canonical()
}

// Canonical returns the present spelling of a code that products spell in several ways: FREQUENCY_LIMITED for
// RATELIMIT_EXCEEDED, NO_AUTH for NOAUTH. A code of one spelling is returned as it is.
func (c ErrorCode) Canonical() ErrorCode {
	switch c {
	case "NOAUTH":
		return ErrNoAuth
	case "SYSTEMERROR":
		return ErrSystemError
	case "NOTENOUGH":
		return ErrNotEnough
	case "ORDERNOTEXIST":
		return ErrOrderNotExist
	case "RULELIMIT":
		return ErrRuleLimit
	case "BANKERROR":
		return ErrBankError
	case "ACCOUNTERROR":
		return ErrAccountError
	case "FREQUENCY_LIMIT", "FREQUENCY_LIMIT_EXCEED", "FREQENCY_LIMIT",
		"RATELIMIT_EXCEEDED", "RATELIMIT_EXCEED", "RATE_LIMITED":
		return ErrFrequencyLimited
	}
	return c
}

// Codes lists the error codes that this package declares. Generated packages declare the others that they need.
func Codes() []ErrorCode {
	return []ErrorCode{
		ErrParamError, ErrInvalidRequest, ErrSignError, ErrSystemError, ErrNoAuth, ErrRequestBlocked, ErrRuleLimit,
		ErrFrequencyLimited, ErrNotFound, ErrResourceNotExists, ErrResourceAlreadyExists, ErrAlreadyExists,
		ErrOrderNotExist, ErrNotEnough, ErrMchNotExists, ErrAppIDMchIDNotMatch, ErrBankError, ErrAccountError,
		ErrServiceUnavailable,
	}
}

// Known reports whether this package declares a constant for the code, in whichever spelling.
func (c ErrorCode) Known() bool { return slices.Contains(Codes(), c.Canonical()) }
