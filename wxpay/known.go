package wxpay

import "slices"

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

// IsAtLeastVersion0_1 is what generated packages refer to, so that one that needs a newer runtime than this does not
// compile.
const IsAtLeastVersion0_1 = true
