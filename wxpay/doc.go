// Package wxpay calls WeChat Pay (微信支付) APIv3: it signs requests, sends them, verifies the answers, and reads the
// notifications that WeChat Pay sends. The packages that wxgen generates, one a product, are built on it.
//
// A [Client] is made once from a [Config], and is then shared by all goroutines and all generated packages:
//
//	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
//	…
//	pub, err := wxpay.LoadPublicKey("pub_key.pem")
//	…
//	client, err := wxpay.NewClient(wxpay.Config{
//		MchID:      "1900000001",
//		SerialNo:   "3775B6A45ACD588826D15E583A95F5DD00112233",
//		Signer:     key,
//		APIv3Key:   apiV3Key,
//		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_0119…", pub),
//	})
//
// # Errors
//
// What can go wrong with a call has a type. [*CheckError]: the request was not sent, because fields of it are wrong.
// [*APIError]: WeChat Pay refused the call; errors.Is compares its code with the constants of type [ErrorCode], and Advice
// gives what the documentation says about the code. [*VerifyError]: the answer is not proven to come from WeChat Pay, so
// none of it is handed over. [*SendError]: no answer came. [*DecodeError]: a genuine answer could not be read.
// [*SensitiveError]: it was read, but for sensitive fields that could not be decrypted. [*CertificateError]: the call was not
// made, since platform certificates could not be downloaded. Other errors come before anything is sent: [ErrRateLimited], the
// error of a signer or a key source, an operation or an option that cannot be right. [Classify] sorts all of them.
//
// Whatever the type, errors.Is(err, [ErrOutcomeUnknown]) says that WeChat Pay may have carried out a call that changes
// something. Query before doing anything else, and never repeat such a call under a new business number: that pays twice.
//
// # Secrets
//
// Printing, logging or marshalling a Config, a Client, an Event or a File shows no key and no content. Errors and log records
// hold neither keys nor the Authorization header.
package wxpay
