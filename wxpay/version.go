package wxpay

// IsAtLeastVersion0_1 is what generated packages refer to, so that one that needs a newer runtime than this does not
// compile.
const IsAtLeastVersion0_1 = true
